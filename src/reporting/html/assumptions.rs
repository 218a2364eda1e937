//! Assumptions and what is needed to make the same plan again.

use super::axis;
use super::decision;
use super::page::{Section, Table};
use super::rules::policy_words;
use super::text::{amount, duration, full_day, kind, list, money, number, percent, plural, short};
use super::view::View;
use crate::milp::Termination;
use crate::reporting::special_days;
use crate::requirements::{Mode, Rounding};
use crate::workforce::{Pool, PromiseScope, Scope};

/// The horizon in one sentence.
pub(super) fn horizon(view: &View<'_>) -> String {
    let horizon = &view.plan.scenario.horizon;
    let days = view.plan.problem.grid.local_days(horizon.zone);
    let (first, last) = (days.first().copied(), days.last().copied());
    format!(
        "{} to {}: {} in the local time of {}, in intervals of {} minutes.",
        full_day(first.unwrap_or(horizon.first)),
        full_day(last.unwrap_or(horizon.first)),
        plural(days.len(), "day"),
        horizon.zone,
        horizon.interval.minutes()
    )
}

pub(super) fn section(view: &View<'_>, input_hash: &str) -> String {
    let mut s = Section::new("assumptions", "Assumptions and how to make this plan again");
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
    s.heading("How to make this plan again");
    s.table(reproduction(view, input_hash));
    s.finish()
}

/// What a promise is kept over, with commas around it; nothing where it is every interval.
fn over(scope: PromiseScope) -> String {
    scope.floor().map_or(String::new(), |floor| {
        let floor = percent(floor.get());
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
            percent(rules.blended_share.get()),
            duration(rules.blended_within),
            over(rules.blended_scope),
            percent(rules.blended_cap.get())
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
    row(
        "Clock changes",
        axis::zone_note(&view.plan.problem.grid, view.zone),
    );
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
                percent(extra.abs())
            ),
        );
    }
    row(
        "Price of a missing agent",
        format!(
            "{} an hour, paid to nobody",
            money(scenario.understaffing_per_hour, &scenario.currency)
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
        table.row([policy_words(policy, None, &of), scope]);
    }
    table
}

fn special_days(view: &View<'_>, s: &mut Section) {
    let rows = special_days::rows(view.plan);
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
            queue.aht.map_or("from the history".to_owned(), duration),
            short(queue.concurrency),
            percent(queue.occupancy_cap.get()),
            format!("{}\u{a0}s", number(agent, 0)),
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
    let currency = view.currency();
    let dearer = |pool: &Pool| {
        let each = |(l, m): (&crate::workforce::Language, &crate::units::Money)| {
            format!("{l} {}", money(*m, currency))
        };
        let words: Vec<String> = pool.price.by_language.iter().map(each).collect();
        words.join(", ")
    };
    let premiums = |pool: &Pool| {
        let each = |p: &crate::workforce::Premium| format!("{} +{}", p.name, percent(p.share));
        let words: Vec<String> = pool.price.premiums.iter().map(each).collect();
        words.join(", ")
    };
    for pool in &view.plan.scenario.pools {
        table.row([
            pool.id.to_string(),
            kind(pool.kind).to_owned(),
            pool.region.clone(),
            money(pool.price.per_hour, currency),
            dearer(pool),
            premiums(pool),
            percent(pool.shrinkage_out.get()),
            percent(pool.shrinkage_in.get()),
            short(pool.contract_hours),
            format!("×{}", number(pool.aht_factor, 2)),
            pool.csat
                .map_or("not measured".to_owned(), |c| percent(c.get())),
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
            format!("×{}", number(s.volume_factor, 2)),
            format!("×{}", number(s.aht_factor, 2)),
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
            percent(e.share),
            format!(
                "{}, handling time ×{}",
                e.fallback,
                number(e.fallback_aht_factor, 2)
            ),
        ]);
    }
    table
}

const fn ended(termination: Termination) -> &'static str {
    match termination {
        Termination::Optimal => "nothing better exists",
        Termination::GapReached => "the gap that was asked for was reached",
        Termination::WorkLimit => "its limit of work was reached; a longer search may find better",
        Termination::TimeLimit => "time ran out; another run may end elsewhere",
        Termination::Interrupted => "somebody stopped it",
        Termination::Infeasible => "no plan keeps all rules",
        Termination::Unbounded => "the cost has no lower limit",
        Termination::NumericalTrouble => "the solver lost its numerical footing",
    }
}

fn reproduction(view: &View<'_>, input_hash: &str) -> Table {
    let plan = view.plan;
    let mut table = Table::new(&["What", "Value"]);
    let mut row = |what: &str, value: String| table.row([what.to_owned(), value]);
    row(
        "Version",
        format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
    );
    row("Input hash", input_hash.to_owned());
    row("Seed", plan.scenario.seed.to_string());
    row("Solver", plan.backend.name().to_owned());
    row(
        "Why the search stopped",
        ended(plan.solved.termination).to_owned(),
    );
    row(
        "Cost that was minimised",
        amount(plan.cost().get(), view.currency()),
    );
    row(
        "Proven lower bound",
        amount(plan.solved.bound, view.currency()),
    );
    row(
        "Gap",
        format!("{}\u{a0}%", number(plan.solved.gap() * 100.0, 3)),
    );
    row("In words", decision::proof(view));
    let faults = match plan.report.faults.len() {
        0 => "every shift, break, limit and rule was walked again, no fault found".to_owned(),
        n => format!("{}: {}", plural(n, "fault"), plan.report.faults.join("; ")),
    };
    row("Independent check", faults);
    table
}
