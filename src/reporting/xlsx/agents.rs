//! Who works when: tours of anonymous agents, rosters of named ones, and what nobody takes.

use super::round;
use super::sheet::{Cell, Sheet};
use super::shifts::breaks;
use crate::reporting::html::view::View;
use crate::reporting::named_roster::reasons;
use crate::scheduling::law::shift_class;
use crate::workforce::{Pool, Shift, Tour};

const SHIFT: [&str; 9] = [
    "Shift",
    "Start (local time of the pool)",
    "End (local time of the pool)",
    "Time zone",
    "Start (UTC)",
    "Hours without unpaid breaks",
    "Legal class",
    "Night hours",
    "Breaks (local)",
];

/// The tours of all pools.
pub(super) fn tours(view: &View<'_>) -> Sheet {
    let own = view.plan.tours.iter().map(|own| (own.pool, &own.tours));
    people(view, "Tours", own)
}

/// The rosters of pools with named agents.
pub(super) fn roster(view: &View<'_>) -> Sheet {
    let own = view.plan.rosters.iter().map(|own| (own.pool, &own.tours));
    people(view, "Roster", own)
}

fn people<'a>(
    view: &View<'_>,
    name: &'static str,
    by_pool: impl Iterator<Item = (usize, &'a Vec<Tour>)>,
) -> Sheet {
    let mut heads = vec!["Pool", "Agent", "Contract"];
    heads.extend(SHIFT);
    let mut sheet = Sheet::new(name, &heads);
    sheet.frozen = 2;
    for (pool, tours) in by_pool {
        let pool = &view.plan.problem.pools[pool];
        for tour in tours {
            for shift in &tour.shifts {
                let mut row = vec![
                    Cell::text(&pool.id),
                    Cell::text(&tour.agent),
                    Cell::text(&tour.contract),
                ];
                row.extend(cells(pool, shift));
                sheet.rows.push(row);
            }
        }
    }
    sheet
}

/// Shifts that nobody takes, with what stands against it.
pub(super) fn open_shifts(view: &View<'_>) -> Sheet {
    let mut heads = vec!["Pool"];
    heads.extend(SHIFT);
    heads.push("Agents by what stands against it");
    let mut sheet = Sheet::new("Open shifts", &heads);
    for own in &view.plan.rosters {
        let pool = &view.plan.problem.pools[own.pool];
        for open in &own.open {
            let mut row = vec![Cell::text(&pool.id)];
            row.extend(cells(pool, &open.shift));
            row.push(Cell::Text(reasons(open)));
            sheet.rows.push(row);
        }
    }
    sheet
}

fn cells(pool: &Pool, shift: &Shift) -> [Cell; 9] {
    let zone = pool.zone;
    let law = pool.law.as_ref();
    let class = law.map(|law| shift_class(law, zone, shift.start, shift.end));
    [
        Cell::text(&shift.shift_type),
        Cell::Moment(zone.local(shift.start)),
        Cell::Moment(zone.local(shift.end)),
        Cell::text(&zone),
        Cell::utc(shift.start),
        Cell::two(round(shift.worked_hours(), 4)),
        Cell::maybe(class.map(|c| Cell::text(c.class.word()))),
        Cell::maybe(class.map(|c| Cell::two(round(c.night_hours, 4)))),
        Cell::Text(breaks(shift, zone)),
    ]
}
