//! Who serves what, and how that lies between what contracts ask for and allow.

use std::collections::BTreeMap;

use super::round;
use super::sheet::{Cell, Mark, Sheet};
use crate::calendar::NaiveDate;
use crate::reporting::html::view::View;
use crate::workforce::{Commitment, Pool};

/// Hours of each pool for each group.
pub(super) fn served(view: &View<'_>) -> Sheet {
    let heads = [
        "Pool",
        "Kind",
        "Group",
        "Tier",
        "Language",
        "Agent-hours",
        "Share of the pool's",
        "Share of the group's",
    ];
    let mut sheet = Sheet::new("Allocation", &heads);
    let problem = &view.plan.problem;
    let served = view.served();
    let sums: Vec<f64> = (0..problem.groups.len())
        .map(|g| served.iter().map(|row| row[g]).sum())
        .collect();
    for (pool, row) in problem.pools.iter().zip(&served) {
        let own: f64 = row.iter().sum();
        for ((group, &hours), all) in problem.groups.iter().zip(row).zip(&sums) {
            if hours <= 0.0 {
                continue;
            }
            sheet.rows.push(vec![
                Cell::text(&pool.id),
                Cell::text(pool.kind.word()),
                Cell::text(&group.name),
                Cell::text(&group.skill.tier),
                Cell::text(&group.skill.language),
                Cell::two(round(hours, 6)),
                Cell::share(round(hours / own, 6)),
                Cell::share(round(hours / all, 6)),
            ]);
        }
    }
    sheet
}

/// Hours and shifts of each pool by local day, between the least and the most of a day.
pub(super) fn limits(view: &View<'_>) -> Sheet {
    let heads = [
        "Pool",
        "Kind",
        "Day (local time of the pool)",
        "Shifts that begin",
        "Fewest shifts",
        "Most shifts",
        "Committed shifts",
    ];
    let mut sheet = Sheet::new("Shifts by day", &heads);
    sheet.frozen = 3;
    sheet.marks = vec![(3, Mark::Below(4)), (3, Mark::Below(6))];
    let plan = view.plan;
    for pool in &plan.scenario.pools {
        let ruled = plan.problem.days(pool);
        let mut begin: BTreeMap<NaiveDate, u32> = ruled.iter().map(|day| (*day, 0)).collect();
        let shifts = plan.solved.schedule.shifts.iter();
        for shift in shifts.filter(|s| s.pool == pool.id) {
            *begin
                .entry(pool.zone.local(shift.start).date())
                .or_default() += shift.count;
        }
        for (day, people) in begin {
            // Days at the edge of the horizon have shifts but no limits.
            let limit =
                |n: Option<u32>| Cell::maybe(n.filter(|_| ruled.contains(&day)).map(Cell::whole));
            sheet.rows.push(vec![
                Cell::text(&pool.id),
                Cell::text(pool.kind.word()),
                Cell::Day(day),
                Cell::whole(people),
                limit(pool.limits.shifts_per_day_min),
                limit(pool.limits.shifts_per_day_max),
                limit(committed(pool)),
            ]);
        }
    }
    sheet
}

const fn committed(pool: &Pool) -> Option<u32> {
    match pool.commitment {
        Some(Commitment::ShiftsPerDay(shifts)) => Some(shifts),
        _ => None,
    }
}
