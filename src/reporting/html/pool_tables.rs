//! The tables behind the charts of the pools.

use std::collections::BTreeMap;

use super::allocation::pools;
use super::page::{Cell, Table};
use super::text::{day, kind};
use super::view::View;
use crate::calendar::NaiveDate;
use crate::units::Money;
use crate::workforce::{Commitment, Pool};

/// Full-time equivalents on the payroll behind hours on the queue.
fn fte(view: &View<'_>, pool: &Pool, on_queue: f64) -> f64 {
    let contract = pool.contract_hours * view.plan.problem.weeks;
    if contract > 0.0 {
        pool.paid_hours(on_queue) / contract
    } else {
        0.0
    }
}

/// Shifts, hours, payroll and limits of each pool.
pub(super) fn hours_table(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "Pool",
        "Kind",
        "Time zone",
        ">Shifts (people)",
        ">Hours on the queue",
        ">Paid hours",
        ">FTE",
        ">Week hours allowed",
        ">Committed",
    ]);
    for (pool, cost) in pools(view) {
        let limits = match (pool.limits.week_hours_min, pool.limits.week_hours_max) {
            (None, None) => "no limit".to_owned(),
            (Some(min), None) => format!("from {}", view.words.short(min)),
            (None, Some(max)) => format!("up to {}", view.words.short(max)),
            (Some(min), Some(max)) => {
                format!("{} to {}", view.words.short(min), view.words.short(max))
            }
        };
        let committed = match pool.commitment {
            None => "–".to_owned(),
            Some(Commitment::ShiftsPerDay(n)) => format!("{n} shifts a day"),
            Some(Commitment::HoursPerWeek(h)) => format!("{} a week", view.words.hours(h)),
        };
        table.row([
            pool.id.to_string(),
            kind(pool.kind).to_owned(),
            pool.zone.to_string(),
            view.words
                .number(f64::from(view.plan.solved.schedule.people_of(&pool.id)), 0),
            view.words.hours(cost.hours),
            view.words.hours(pool.paid_hours(cost.hours)),
            view.words.number(fte(view, pool, cost.hours), 1),
            limits,
            committed,
        ]);
    }
    table
}

/// The cost of each pool by what it is for.
pub(super) fn cost_table(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "Pool",
        ">Shifts",
        ">Languages",
        ">Premiums",
        ">Not used",
        ">Total",
        ">Share",
    ]);
    let rows = pools(view);
    let total: Money = rows.iter().map(|(_, c)| c.total()).sum();
    let m = |value| view.words.money(value);
    let share = |part: Money| {
        view.words.percent(if total.get() > 0.0 {
            part.get() / total.get()
        } else {
            0.0
        })
    };
    let (mut shifts, mut languages) = (Money::ZERO, Money::ZERO);
    let (mut premiums, mut unused) = (Money::ZERO, Money::ZERO);
    for (pool, cost) in rows {
        shifts += cost.shifts;
        languages += cost.languages;
        premiums += cost.premiums;
        unused += cost.unused + cost.guaranteed;
        table.row([
            pool.id.to_string(),
            m(cost.shifts),
            m(cost.languages),
            m(cost.premiums),
            m(cost.unused + cost.guaranteed),
            m(cost.total()),
            share(cost.total()),
        ]);
    }
    let sums = [
        "All".to_owned(),
        m(shifts),
        m(languages),
        m(premiums),
        m(unused),
        m(total),
        share(total),
    ];
    table.row(sums.map(|text| Cell::classed(text, "sum")));
    table
}

/// Shifts that start on each local day of a pool, against the limits of a day.
pub(super) fn daily_table(view: &View<'_>) -> Table {
    let mut started: BTreeMap<(&str, NaiveDate), u32> = BTreeMap::new();
    let mut days: Vec<NaiveDate> = Vec::new();
    for pool in &view.plan.problem.pools {
        days.extend(view.plan.problem.grid.local_days(pool.zone));
        for shift in (view.plan.solved.schedule.shifts.iter()).filter(|s| s.pool == pool.id) {
            let date = pool.zone.local(shift.start).date();
            days.push(date);
            *started.entry((pool.id.as_str(), date)).or_default() += shift.count;
        }
    }
    days.sort_unstable();
    days.dedup();
    let mut heads = vec!["Pool".to_owned(), "Limits of a day".to_owned()];
    heads.extend(days.iter().map(|d| format!(">{}", day(*d))));
    let mut table = Table::new(&heads);
    for pool in &view.plan.problem.pools {
        let (min, max) = (
            pool.limits.shifts_per_day_min,
            pool.limits.shifts_per_day_max,
        );
        let limits = match (min, max) {
            (None, None) => "no limit".to_owned(),
            (Some(min), None) => format!("from {min}"),
            (None, Some(max)) => format!("up to {max}"),
            (Some(min), Some(max)) => format!("{min} to {max}"),
        };
        let counts = days.iter().map(|&date| {
            let count = started.get(&(pool.id.as_str(), date)).copied().unwrap_or(0);
            let mark = match count {
                n if Some(n) == max => " (most)",
                n if n > 0 && Some(n) == min => " (fewest)",
                _ => "",
            };
            Cell::from(format!("{count}{mark}"))
        });
        let head = [Cell::from(pool.id.as_str()), Cell::from(limits)];
        table.row(head.into_iter().chain(counts));
    }
    table
}
