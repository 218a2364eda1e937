//! What each queue gets, and each day or week of its promise.

use super::round;
use super::sheet::{Cell, Mark, Sheet};
use crate::planning::{QueueOutlook, QueueTrial};
use crate::reporting::html::view::View;

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let mut sheet = Sheet::new(
        "Queues",
        &[
            "Queue",
            "Tier and language",
            "Channel",
            "Contacts",
            "Promise",
            "Kept over",
            "Share promised",
            "Share planned",
            "Share simulated",
            "Half width of it",
            "Chance of a day",
            "Chance of a week",
            "Chance of a month",
            "Occupancy",
            "Contacts that came",
        ],
    );
    sheet.marks = vec![(7, Mark::Below(6)), (8, Mark::Below(6))];
    for (outlook, queue) in view.plan.queues.iter().zip(&view.plan.scenario.queues) {
        let tried = |value: fn(&QueueTrial) -> f64, decimals| {
            let share = outlook.simulated.as_ref().map(value);
            Cell::maybe(share.map(|s| Cell::share(round(s, decimals))))
        };
        sheet.rows.push(vec![
            Cell::text(&outlook.id),
            Cell::text(&queue.skill),
            Cell::Text(queue.channel.word().replace('_', " ")),
            Cell::two(round(outlook.offered, 6)),
            Cell::text(&outlook.target),
            // Only live promises are kept over something.
            Cell::maybe(
                queue
                    .target
                    .is_live()
                    .then(|| Cell::text(queue.scope.word())),
            ),
            Cell::share(outlook.target.share().get()),
            Cell::share(round(outlook.service_level.get(), 6)),
            tried(|s| s.service_level.get(), 6),
            tried(|s| s.half_width, 6),
            tried(|s| s.day.get(), 4),
            tried(|s| s.week.get(), 4),
            tried(|s| s.month.get(), 4),
            Cell::share(round(outlook.occupancy.get(), 6)),
            came(outlook),
        ]);
    }
    sheet
}

fn came(outlook: &QueueOutlook) -> Cell {
    let actual = outlook.actual.as_ref().map(|a| round(a.total(), 6));
    Cell::maybe(actual.map(Cell::two))
}

/// Each day or week of promises that are kept over them; nothing where there are none.
pub(super) fn promises(view: &View<'_>) -> Option<Sheet> {
    let plan = view.plan;
    let zone = view.zone;
    let grid = &plan.problem.grid;
    let from = format!("From ({zone})");
    let heads = [
        "Promise of",
        "Kept over",
        &from,
        "Contacts",
        "Share promised",
        "Share planned",
    ];
    let mut sheet = Sheet::new("Promises", &heads);
    sheet.marks = vec![(5, Mark::Below(4))];
    for kept in &plan.report.promises {
        sheet.rows.push(vec![
            Cell::text(&kept.name),
            Cell::text(kept.scope.word()),
            Cell::Moment(zone.local(grid.instant(kept.intervals.start))),
            Cell::two(round(kept.offered, 6)),
            Cell::share(kept.share.get()),
            Cell::share(round(kept.service_level.get(), 6)),
        ]);
    }
    (!sheet.rows.is_empty()).then_some(sheet)
}
