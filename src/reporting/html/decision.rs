//! The decision box: what the plan costs, how good it is, and what it leaves open.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::page::{Cell, Section, Table};
use super::text::escape;
use super::view::View;
use crate::planning::{Holding, QueueOutlook, QueueTrial};
use crate::units::{Money, Probability};
use crate::workforce::PoolKind;

/// Queues that are named with their chances; all of them are behind a line.
const NAMED: usize = 8;

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("decision", "The decision");
    s.markup(&cards(view));
    missing(view, &mut s);
    promises(view, &mut s);
    s.heading("What to decide");
    s.steps(&super::steps::steps(view));
    chances(view, &mut s);
    tested(view, &mut s);
    s.heading("How good the plan is");
    s.say(&proof(view));
    if let Some(kept) = &view.plan.scenario.kept {
        let price = view.words.money(kept.price_per_change);
        let changes = view.plan.report.changes;
        s.say(&format!(
            "The plan starts from shifts that are agreed and makes {} (one person more or fewer on a \
             shift), each counted {price} in the search, which nobody is paid.",
            view.words
                .plural(usize::try_from(changes).unwrap_or(0), "change")
        ));
    }
    s.boxed()
}

/// How likely each promise is kept, the least likely first.
fn chances(view: &View<'_>, s: &mut Section) {
    let mut queues: Vec<(&QueueOutlook, QueueTrial)> = (view.plan.queues.iter())
        .filter_map(|q| Some((q, q.simulated?)))
        .collect();
    if queues.is_empty() {
        s.note("The plan was not simulated, so nothing is known of the chances of its promises.");
        return;
    }
    queues.sort_by(|a, b| {
        let by_week = a.1.week.get().total_cmp(&b.1.week.get());
        by_week.then_with(|| a.0.id.cmp(&b.0.id))
    });
    s.heading("Chance to keep each promise");
    s.table(chance_table(view, &queues[..queues.len().min(NAMED)]));
    if queues.len() > NAMED {
        let line = format!("All {} simulated queues", queues.len());
        s.behind(&line, chance_table(view, &queues));
    }
    let deferred = view.plan.queues.len() - queues.len();
    let rest = if deferred > 0 {
        format!(
            " The {} of deferred work are worked off by deadline and not simulated.",
            view.words.plural(deferred, "queue")
        )
    } else {
        String::new()
    };
    s.note(&format!(
        "Simulated day by day, least likely first: how likely a day, a week and a month of such days \
         keep the share promised.{rest}"
    ));
}

fn chance_table(view: &View<'_>, queues: &[(&QueueOutlook, QueueTrial)]) -> Table {
    let words = view.words;
    let mut table = Table::new(&[
        "Queue",
        ">A week",
        ">A day",
        ">A month",
        ">In time, simulated",
        ">By formula",
        "Promise",
    ]);
    for (queue, seen) in queues {
        let chance = |share: Probability| {
            let class = if share.get() < 0.5 { "bad" } else { "" };
            Cell::classed(words.percent(share.get()), class)
        };
        table.row([
            Cell::from(queue.id.as_str()),
            chance(seen.week),
            chance(seen.day),
            chance(seen.month),
            words.percent(seen.service_level.get()).into(),
            words.percent(queue.service_level.get()).into(),
            words.promise(queue.target).into(),
        ]);
    }
    table
}

fn cards(view: &View<'_>) -> String {
    let plan = view.plan;
    let cost = &plan.solved.schedule.cost;
    let paid: Money = cost
        .pools
        .iter()
        .map(crate::scheduling::PoolCost::total)
        .sum();
    let per_contact = plan.contacts().max(0.0);
    let each = if per_contact > 0.0 {
        view.words.amount(paid.get() / per_contact)
    } else {
        "–".to_owned()
    };
    let mut people: BTreeMap<PoolKind, u32> = BTreeMap::new();
    for pool in &plan.problem.pools {
        *people.entry(pool.kind).or_default() += plan.solved.schedule.people_of(&pool.id);
    }
    let mut cards = vec![
        (
            "Cost of the plan",
            view.words.money(paid),
            "paid to all pools over the horizon".to_owned(),
        ),
        (
            "Cost per contact",
            each,
            format!(
                "{} contacts expected",
                view.words.number(plan.contacts(), 0)
            ),
        ),
    ];
    for (kind, count) in people {
        let label = match kind {
            PoolKind::InHouse => "In-house shifts",
            PoolKind::Bpo => "Outsourced shifts",
        };
        cards.push((
            label,
            view.words.number(f64::from(count), 0),
            "one person, one day".to_owned(),
        ));
    }
    let kept = plan
        .queues
        .iter()
        .filter(|q| View::keeps(q.service_level.get(), q.target.share().get()));
    cards.push((
        "Promises kept",
        format!("{} of {}", kept.count(), plan.queues.len()),
        "queues, as planned".to_owned(),
    ));
    let mut html = String::from("<dl class=\"cards\">");
    for (label, value, sub) in cards {
        let _ = write!(
            html,
            "<div><dt>{}</dt><dd>{}</dd><dd class=\"sub\">{}</dd></div>",
            escape(label),
            escape(&value),
            escape(&sub)
        );
    }
    html + "</dl>\n"
}

/// What the correction by simulation did.
fn tested(view: &View<'_>, s: &mut Section) {
    let Some(corrected) = &view.plan.corrected else {
        return;
    };
    let (first, last) = (corrected.rounds.first(), corrected.rounds.last());
    let (Some(first), Some(last)) = (first, last) else {
        return;
    };
    let all = corrected.verdicts.len();
    let held = (corrected.verdicts.iter()).filter(|v| v.holding() == Holding::Holds);
    let held = held.count();
    s.say(&format!(
        "The plan was corrected by simulation in {}: {} of {} promises hold at 95 % confidence. The \
         formula alone missed {} for certain; its shifts would have cost {}, these cost {}.",
        view.words.plural(corrected.rounds.len() - 1, "round"),
        view.words.number(held as f64, 0),
        view.words.number(all as f64, 0),
        view.words.number(first.missed as f64, 0),
        view.words.money(first.cost),
        view.words.money(last.cost)
    ));
    for obstacle in corrected.obstacles.iter().take(5) {
        s.note(obstacle);
    }
}

/// Bound and gap in words.
pub(super) fn proof(view: &View<'_>) -> String {
    let solved = &view.plan.solved;
    let gap = solved.gap();
    let penalty = solved.schedule.cost.understaffing.get();
    let with = if penalty > 0.0 {
        " (missing hours priced in)"
    } else {
        ""
    };
    if gap <= 1e-6 {
        return format!("No plan costs less{with}: that is proven.");
    }
    let within = view.words.percent((gap * 1000.0).ceil() / 1000.0);
    format!(
        "No plan costs less than {}{with}: that is proven. This one is within {within} of the cheapest \
         there can be.",
        view.words.amount(solved.bound)
    )
}

fn missing(view: &View<'_>, s: &mut Section) {
    let plan = view.plan;
    let missing = plan.missing_hours();
    if missing < 0.05 {
        s.paragraph(
            "fine",
            "Nobody is missing: every interval has the agents it needs.",
        );
        return;
    }
    let mut worst: Vec<(f64, &str)> = (view.groups.iter().zip(&plan.problem.groups))
        .map(|(staffing, group)| {
            let agents: f64 = staffing.missing.iter().sum();
            (agents * plan.problem.interval_hours(), group.name.as_str())
        })
        .filter(|(hours, _)| *hours >= 0.05)
        .collect();
    worst.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let named: Vec<String> = (worst.iter().take(4))
        .map(|(missing, name)| format!("{name} {}", view.words.hours(*missing)))
        .collect();
    let more = match worst.len().saturating_sub(4) {
        0 => String::new(),
        n => format!("; and {}", view.words.plural(n, "more group")),
    };
    // Hours that vanish in a group may still be told of all together.
    let named = if named.is_empty() {
        String::new()
    } else {
        format!(": {}{more}", named.join(", "))
    };
    let words = format!(
        "{} of agents are missing{named}. No pool can work these hours within its limits, or \
         doing so would cost more than the price put on a missing hour. In the search they count \
         {}, which nobody is paid.",
        view.words.hours(missing),
        view.words.money(plan.solved.schedule.cost.understaffing)
    );
    s.paragraph("alarm", &words);
}

fn promises(view: &View<'_>, s: &mut Section) {
    let missed: Vec<String> = (view.plan.queues.iter())
        .filter(|q| !View::keeps(q.service_level.get(), q.target.share().get()))
        .map(|q| {
            format!(
                "{} ({} planned, {} promised)",
                q.id,
                view.words.percent(q.service_level.get()),
                view.words.percent(q.target.share().get())
            )
        })
        .collect();
    if missed.is_empty() {
        s.say("Every queue is planned to keep its promise over the horizon.");
    } else {
        let words = format!("Promises missed: {}.", missed.join(", "));
        s.paragraph("alarm", &words);
    }
}
