//! How many people start when.

use super::round;
use super::sheet::{Cell, Sheet};
use crate::calendar::Zone;
use crate::reporting::html::view::View;
use crate::workforce::Shift;

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let plan = view.plan;
    let mut sheet = Sheet::new(
        "Shifts",
        &[
            "Pool",
            "Shift",
            "Start (local time of the pool)",
            "End (local time of the pool)",
            "Time zone",
            "Start (UTC)",
            "People",
            "Hours without unpaid breaks, all people",
            "Breaks (local, people)",
        ],
    );
    for shift in &plan.solved.schedule.shifts {
        let pool = plan.scenario.pools.iter().find(|p| p.id == shift.pool);
        let zone = pool.map_or(Zone::UTC, |p| p.zone);
        sheet.rows.push(vec![
            Cell::text(&shift.pool),
            Cell::text(&shift.shift_type),
            Cell::Moment(zone.local(shift.start)),
            Cell::Moment(zone.local(shift.end)),
            Cell::text(&zone),
            Cell::utc(shift.start),
            Cell::whole(shift.count),
            Cell::two(round(shift.worked_hours(), 4)),
            Cell::Text(breaks(shift, zone)),
        ]);
    }
    sheet
}

/// `12:00–12:30 (3), 12:30–13:00 paid (2)`; the number is left out for a single person.
pub(super) fn breaks(shift: &Shift, zone: Zone) -> String {
    let clock = |at| zone.local(at).format("%H:%M");
    let words = shift.breaks.iter().map(|b| {
        let paid = if b.paid { " paid" } else { "" };
        let people = match shift.count {
            1 => String::new(),
            _ => format!(" ({})", b.count),
        };
        format!("{}–{}{paid}{people}", clock(b.start), clock(b.end))
    });
    words.collect::<Vec<_>>().join(", ")
}
