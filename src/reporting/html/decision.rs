//! The decision box: what the plan costs, how good it is, and what it leaves open.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::page::Section;
use super::rules;
use super::text::{self, amount, escape, hours, money, number, percent, plural};
use super::view::View;
use crate::planning::Holding;
use crate::units::Money;
use crate::workforce::PoolKind;

pub(super) fn section(view: &View<'_>) -> String {
    let mut s = Section::new("decision", "The decision");
    s.markup(&cards(view));
    s.say(&proof(view));
    if let Some(kept) = &view.plan.scenario.kept {
        let price = money(kept.price_per_change, view.currency());
        let changes = view.plan.report.changes;
        s.say(&format!(
            "The plan starts from shifts that are agreed and makes {} (one person more or fewer on a \
             shift), each counted {price} in the search, which nobody is paid.",
            plural(usize::try_from(changes).unwrap_or(0), "change")
        ));
    }
    missing(view, &mut s);
    promises(view, &mut s);
    tested(view, &mut s);
    s.say(&binding(view));
    s.finish()
        .replacen("<section ", "<section class=\"box\" ", 1)
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
        amount(paid.get() / per_contact, view.currency())
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
            money(paid, view.currency()),
            "paid to all pools over the horizon".to_owned(),
        ),
        (
            "Cost per contact",
            each,
            format!("{} contacts expected", number(plan.contacts(), 0)),
        ),
    ];
    for (kind, count) in people {
        let label = match kind {
            PoolKind::InHouse => "In-house shifts",
            PoolKind::Bpo => "Outsourced shifts",
        };
        cards.push((
            label,
            number(f64::from(count), 0),
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

/// What simulation says: how likely promises are kept, and what the correction did.
fn tested(view: &View<'_>, s: &mut Section) {
    let live = view.plan.queues.iter();
    let worst = live
        .filter_map(|q| Some((q, q.simulated?)))
        .min_by(|a, b| a.1.week.get().total_cmp(&b.1.week.get()));
    if let Some((queue, simulated)) = worst {
        s.say(&format!(
            "Simulated day by day, the queue at most risk is {}: a week keeps its promise with a \
             probability of {}, a single day of {}.",
            queue.id,
            percent(simulated.week.get()),
            percent(simulated.day.get())
        ));
    }
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
        plural(corrected.rounds.len() - 1, "round"),
        number(held as f64, 0),
        number(all as f64, 0),
        number(first.missed as f64, 0),
        money(first.cost, view.currency()),
        money(last.cost, view.currency())
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
    let within = percent((gap * 1000.0).ceil() / 1000.0);
    format!(
        "No plan costs less than {}{with}: that is proven. This one is within {within} of the cheapest \
         there can be.",
        amount(solved.bound, view.currency())
    )
}

fn missing(view: &View<'_>, s: &mut Section) {
    let plan = view.plan;
    let missing = plan.missing_hours();
    if missing < 0.05 {
        s.markup(
            "<p class=\"fine\">Nobody is missing: every interval has the agents it needs.</p>\n",
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
        .map(|(missing, name)| format!("{name} {}", hours(*missing)))
        .collect();
    let more = match worst.len().saturating_sub(4) {
        0 => String::new(),
        n => format!("; and {}", plural(n, "more group")),
    };
    let words = format!(
        "{} of agents are missing: {}{more}. No pool can work these hours within its limits, or \
         doing so would cost more than the price put on a missing hour. In the search they count \
         {}, which nobody is paid.",
        hours(missing),
        named.join(", "),
        money(plan.solved.schedule.cost.understaffing, view.currency())
    );
    s.markup(&format!("<p class=\"alarm\">{}</p>\n", escape(&words)));
}

fn promises(view: &View<'_>, s: &mut Section) {
    let missed: Vec<String> = (view.plan.queues.iter())
        .filter(|q| !View::keeps(q.service_level.get(), q.target.share().get()))
        .map(|q| {
            format!(
                "{} ({} planned, {} promised)",
                q.id,
                percent(q.service_level.get()),
                percent(q.target.share().get())
            )
        })
        .collect();
    if missed.is_empty() {
        s.say("Every queue is planned to keep its promise over the horizon.");
    } else {
        let words = format!("Promises missed: {}.", missed.join(", "));
        s.markup(&format!("<p class=\"alarm\">{}</p>\n", escape(&words)));
    }
}

fn binding(view: &View<'_>) -> String {
    let found = rules::priced(view);
    if found.is_empty() {
        return "No rule makes the plan dearer: its cost comes from the work and the prices alone."
            .to_owned();
    }
    let named: Vec<String> = (found.iter().take(3)).map(|r| r.rule.clone()).collect();
    let count = found.len();
    let lead = if count > 3 {
        format!("{count} rules make the plan dearer, most of all: ")
    } else {
        "What makes the plan dearer: ".to_owned()
    };
    format!("{lead}{}.", text::list(&named))
}
