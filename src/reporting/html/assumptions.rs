//! Assumptions and what is needed to make the same plan again.

use super::axis;
use super::page::{Section, Table};
use super::rules::policy_words;
use super::text::{Words, full_day, kind, list};
use super::view::View;
use crate::requirements::{Mode, Rounding};
use crate::workforce::{Pool, PromiseScope, Scope};

/// The horizon in one sentence.
pub(super) fn horizon(view: &View<'_>) -> String {
    let horizon = &view.plan.scenario.horizon;
    let days = view.plan.problem.grid.local_days(horizon.zone);
    let (first, last) = (days.first().copied(), days.last().copied());
    let (first, last) = (
        first.unwrap_or(horizon.first),
        last.unwrap_or(horizon.first),
    );
    let to = if last > first {
        format!(" to {}", full_day(last))
    } else {
        String::new()
    };
    format!(
        "{}{to}: {} in the local time of {}, in intervals of {} minutes.",
        full_day(first),
        view.words.plural(days.len(), "day"),
        horizon.zone,
        horizon.interval.minutes()
    )
}

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new(
        "assumptions",
        "Assumptions, data and how to make this plan again",
    );
    s.heading("What was assumed");
    s.table(assumed(view));
    if !view.plan.scenario.policies.is_empty() {
        s.heading("Company rules");
        s.table(policies(view));
    }
    s.heading("Special days");
    special_days(view, &mut s);
    s.behind(
        "Queues: handling time, sessions and occupancy",
        queues(view),
    );
    s.behind("Pools: prices, shrinkage and speed", pools(view));
    let streams = streams(view);
    if let Some(streams) = streams {
        s.behind("Changes to volume and handling time", streams);
    }
    if !view.plan.scenario.escalations.is_empty() {
        s.behind("Contacts handed on to another tier", escalations(view));
    }
    super::data::add(view, &mut s);
    s.heading("How to make this plan again");
    s.table(super::reproduction::table(view));
    s
}

/// What a promise is kept over, with commas around it; nothing where it is every interval.
fn over(words: Words<'_>, scope: PromiseScope) -> String {
    scope.floor().map_or(String::new(), |floor| {
        let floor = words.percent(floor.get());
        format!(
            ", taken over each {}, at least {floor} in each interval,",
            scope.word()
        )
    })
}

fn assumed(view: &View<'_>) -> Table {
    let scenario = &view.plan.scenario;
    let rules = &scenario.staffing;
    let staffing = match rules.mode {
        Mode::Silo => "every queue alone".to_owned(),
        Mode::Blended => format!(
            "the live queues of a skill together, {} answered within {}{} at most {} busy",
            view.words.percent(rules.blended_share.get()),
            view.words.duration(rules.blended_within),
            over(view.words, rules.blended_scope),
            view.words.percent(rules.blended_cap.get())
        ),
    };
    let idle = if rules.fill_idle {
        "agents on live work do deferred work while they wait"
    } else {
        "only agents beyond the live need do deferred work"
    };
    let rounding = match rules.rounding {
        Rounding::Whole => "whole agents in each group and interval",
        Rounding::Fractional => "fractions: agents may divide an interval between groups",
    };
    let markets: Vec<String> = (scenario.markets.iter())
        .map(|m| format!("{} ({})", m.id, m.zone))
        .collect();
    let mut table = Table::new(&["What", "Value"]);
    let mut row = |what: &str, value: String| table.row([what.to_owned(), value]);
    row("Horizon", horizon(view));
    row("Clock", axis::zone_note(&view.plan.problem.grid, view.zone));
    row("Markets", list(&markets));
    row("Staffing", staffing);
    row("Deferred work", idle.to_owned());
    row("Agents", rounding.to_owned());
    let extra = rules.allowance - 1.0;
    if extra != 0.0 {
        let more = if extra > 0.0 { "more" } else { "fewer" };
        row(
            "Allowance",
            format!(
                "{} {more} agents than the formula asks",
                view.words.percent(extra.abs())
            ),
        );
    }
    row(
        "Price of a missing agent",
        format!(
            "{} an hour, paid to nobody",
            view.words.money(scenario.understaffing_per_hour)
        ),
    );
    table
}

fn policies(view: &View<'_>) -> Table {
    let mut table = Table::new(&["Rule", "Applies to"]);
    for policy in &view.plan.scenario.policies {
        let scope = match policy.scope() {
            Scope::Overall => "all languages together".to_owned(),
            Scope::EachLanguage => "each language".to_owned(),
            Scope::Languages(names) => {
                list(&names.iter().map(ToString::to_string).collect::<Vec<_>>())
            }
        };
        let of = format!("tier {}", policy.tier());
        table.row([policy_words(view.words, policy, None, &of), scope]);
    }
    table
}

fn special_days(view: &View<'_>, s: &mut Section) {
    let rows = view.special_days();
    if rows.is_empty() {
        s.say("None in the horizon.");
        return;
    }
    let mut table = Table::new(&["Day", "Where", "What", "Effect"]);
    for row in rows {
        table.row([full_day(row.date), row.place, row.name, row.effect]);
    }
    s.table(table);
}

fn queues(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "Queue",
        "Tier and language",
        "Channel",
        ">Handling time",
        ">Sessions at once",
        ">Most busy",
        ">Agent time a contact",
    ]);
    let seconds = view.plan.scenario.interval().as_secs_f64();
    for (i, queue) in view.plan.scenario.queues.iter().enumerate() {
        let need = view.plan.requirement.queues.get(i);
        let agent = need.map_or(0.0, |n| n.mean_agent_seconds(seconds));
        table.row([
            queue.id.to_string(),
            queue.skill.to_string(),
            queue.channel.word().replace('_', " "),
            (queue.aht).map_or("from the history".to_owned(), |aht| {
                view.words.duration(aht)
            }),
            view.words.short(queue.concurrency),
            view.words.percent(queue.occupancy_cap.get()),
            format!("{}\u{a0}s", view.words.number(agent, 0)),
        ]);
    }
    table
}

fn pools(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "Pool",
        "Kind",
        "Region",
        ">Price an hour",
        "Dearer languages",
        "Premiums",
        ">Away for days",
        ">Away within the day",
        ">Contract hours a week",
        ">Handling time",
        ">Satisfaction",
    ]);
    let dearer = |pool: &Pool| {
        let each = |(l, m): (&crate::workforce::Language, &crate::units::Money)| {
            format!("{l} {}", view.words.money(*m))
        };
        let words: Vec<String> = pool.price.by_language.iter().map(each).collect();
        words.join(", ")
    };
    let premiums = |pool: &Pool| {
        let each =
            |p: &crate::workforce::Premium| format!("{} +{}", p.name, view.words.percent(p.share));
        let words: Vec<String> = pool.price.premiums.iter().map(each).collect();
        words.join(", ")
    };
    for pool in &view.plan.scenario.pools {
        table.row([
            pool.id.to_string(),
            kind(pool.kind).to_owned(),
            pool.region.clone(),
            view.words.money(pool.price.per_hour),
            dearer(pool),
            premiums(pool),
            view.words.percent(pool.shrinkage_out.get()),
            view.words.percent(pool.shrinkage_in.get()),
            view.words.short(pool.contract_hours),
            format!("×{}", view.words.number(pool.aht_factor, 2)),
            pool.csat
                .map_or("not measured".to_owned(), |c| view.words.percent(c.get())),
        ]);
    }
    table
}

fn streams(view: &View<'_>) -> Option<Table> {
    let mut table = Table::new(&["Contacts of", ">Volume", ">Handling time"]);
    let mut changed = (view.plan.scenario.streams.iter())
        .filter(|s| s.volume_factor != 1.0 || s.aht_factor != 1.0)
        .peekable();
    changed.peek()?;
    for s in changed {
        table.row([
            format!("{} {} of {}", s.skill, s.channel, s.market),
            format!("×{}", view.words.number(s.volume_factor, 2)),
            format!("×{}", view.words.number(s.aht_factor, 2)),
        ]);
    }
    Some(table)
}

fn escalations(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "From",
        "To",
        "Channel",
        ">Share",
        "Without the own language",
    ]);
    for e in &view.plan.scenario.escalations {
        table.row([
            format!("tier {}", e.from),
            format!("tier {}", e.to),
            e.channel.to_string(),
            view.words.percent(e.share),
            format!(
                "{}, handling time ×{}",
                e.fallback,
                view.words.number(e.fallback_aht_factor, 2)
            ),
        ]);
    }
    table
}
