//! Rosters of named agents as tables and on one screen.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::tables::Table;
use super::text::{aligned, number};
use super::tour_table::class;
use crate::planning::Plan;
use crate::scheduling::named::{Load, OpenShift, PoolRoster};
use crate::workforce::{Pool, Shift};

/// What stands against an open shift, and for how many agents: `absence 2, daily_rest 3`.
pub(super) fn reasons(open: &OpenShift) -> String {
    let mut against: Vec<_> = open.against.iter().collect();
    against.sort_by_key(|(_, agents)| std::cmp::Reverse(**agents));
    let words: Vec<String> = against
        .iter()
        .map(|(rule, n)| format!("{rule} {n}"))
        .collect();
    words.join(", ")
}

/// Every shift of every named agent.
pub(super) fn roster(plan: &Plan) -> Table {
    let mut rows = Vec::new();
    for own in &plan.rosters {
        let pool = &plan.problem.pools[own.pool];
        for tour in &own.tours {
            for shift in &tour.shifts {
                let mut row = vec![
                    pool.id.to_string(),
                    tour.agent.clone(),
                    tour.contract.clone(),
                ];
                row.extend(cells(pool, shift));
                rows.push(row);
            }
        }
    }
    Table {
        name: "roster",
        columns: [&["pool", "agent", "contract"][..], &SHIFT].concat(),
        rows,
    }
}

/// Every shift that nobody takes, with what stands against it.
pub(super) fn open_shifts(plan: &Plan) -> Table {
    let rows = plan.rosters.iter().flat_map(|own| {
        let pool = &plan.problem.pools[own.pool];
        own.open.iter().map(|open| {
            let mut row = vec![pool.id.to_string()];
            row.extend(cells(pool, &open.shift));
            row.push(reasons(open));
            row
        })
    });
    Table {
        name: "open_shifts",
        columns: [&["pool"][..], &SHIFT, &["agents_by_reason"]].concat(),
        rows: rows.collect(),
    }
}

/// What a table says of one shift.
const SHIFT: [&str; 7] = [
    "date",
    "local_start",
    "local_end",
    "shift",
    "worked_hours",
    "night_hours",
    "legal_class",
];

fn cells(pool: &Pool, shift: &Shift) -> Vec<String> {
    let local = |at| pool.zone.local(at);
    let [class, night] = class(pool.law.as_ref(), pool.zone, shift);
    vec![
        local(shift.start).format("%Y-%m-%d").to_string(),
        local(shift.start).format("%Y-%m-%dT%H:%M").to_string(),
        local(shift.end).format("%Y-%m-%dT%H:%M").to_string(),
        shift.shift_type.to_string(),
        format!("{:.2}", shift.worked_hours()),
        night,
        class,
    ]
}

/// Rosters on one screen: how much is given to whom, and what is open.
pub(super) fn lines(plan: &Plan) -> String {
    if plan.rosters.is_empty() {
        return String::new();
    }
    let mut rows = vec![heads(&[
        "pool",
        "agents",
        "shifts",
        "open",
        "wishes kept",
        "broken",
        "guaranteed hours unworked",
    ])];
    let mut spreads = vec![heads(&[
        "pool",
        "contract",
        "agents",
        "hours",
        "nights",
        "weekends",
        "unpopular",
    ])];
    for own in &plan.rosters {
        let given: usize = own.tours.iter().map(|t| t.shifts.len()).sum();
        rows.push(vec![
            plan.problem.pools[own.pool].id.to_string(),
            own.tours.len().to_string(),
            given.to_string(),
            own.open.len().to_string(),
            own.wishes.0.to_string(),
            own.wishes.1.to_string(),
            number(own.penalty.unworked_hours, 1),
        ]);
        spreads.extend(spread_rows(plan, own));
    }
    let mut out = String::from("\nRosters of named agents\n");
    out.push_str(&aligned(&rows));
    for own in plan.rosters.iter().filter(|own| own.weekends_over > 0) {
        let pool = &plan.problem.pools[own.pool].id;
        let over = own.weekends_over;
        let _ = writeln!(
            out,
            "{pool}: {over} agents work on a weekend beyond the share of their contract"
        );
    }
    out.push_str("\nFewest and most of an agent, with those before the horizon in brackets\n");
    out.push_str(&aligned(&spreads));
    let open = plan
        .rosters
        .iter()
        .flat_map(|own| own.open.iter().map(move |o| (own, o)));
    let rows: Vec<Vec<String>> = open
        .take(8)
        .map(|(own, open)| open_row(plan, own, open))
        .collect();
    if !rows.is_empty() {
        out.push_str("\nOpen shifts, and how many agents what stands against\n");
        out.push_str(&aligned(&rows));
    }
    out
}

/// What the agents of each contract have at the least and at the most.
fn spread_rows(plan: &Plan, own: &PoolRoster) -> Vec<Vec<String>> {
    let mut by_contract: BTreeMap<&str, Vec<(Load, Load)>> = BTreeMap::new();
    for (tour, loads) in own.tours.iter().zip(own.loads.iter().zip(&own.past)) {
        let all = by_contract.entry(&tour.contract).or_default();
        all.push((*loads.0, *loads.1));
    }
    let pool = plan.problem.pools[own.pool].id.to_string();
    let rows = by_contract.into_iter().map(|(contract, loads)| {
        let hours = loads.iter().map(|(now, _)| now.hours);
        let (least, most) = (
            hours.clone().fold(f64::INFINITY, f64::min),
            hours.fold(0.0, f64::max),
        );
        vec![
            pool.clone(),
            contract.to_owned(),
            loads.len().to_string(),
            format!("{}–{}", number(least, 1), number(most, 1)),
            spread(&loads, |l| l.nights),
            spread(&loads, |l| l.weekends),
            spread(&loads, |l| l.unpopular),
        ]
    });
    rows.collect()
}

/// `0–3 (2–4)`: of the horizon, and together with the history.
fn spread(loads: &[(Load, Load)], of: fn(&Load) -> u32) -> String {
    let range = |counts: Vec<u32>| {
        let (least, most) = (counts.iter().min(), counts.iter().max());
        format!("{}–{}", least.unwrap_or(&0), most.unwrap_or(&0))
    };
    let now = loads.iter().map(|(now, _)| of(now)).collect();
    let all = loads.iter().map(|(now, past)| of(now) + of(past)).collect();
    format!("{} ({})", range(now), range(all))
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn open_row(plan: &Plan, own: &PoolRoster, open: &OpenShift) -> Vec<String> {
    let pool = &plan.problem.pools[own.pool];
    let start = pool.zone.local(open.shift.start);
    vec![
        format!("{} {}", pool.id, open.shift.shift_type),
        start.format("%a %F %R").to_string(),
        reasons(open),
    ]
}
