//! Who is needed and who is there: every group in every interval in which there is either.

use super::round;
use super::sheet::{Cell, Mark, Sheet};
use crate::reporting::html::view::View;

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let plan = view.plan;
    let (zone, grid) = (view.zone, &plan.problem.grid);
    let local = format!("Start ({zone})");
    let heads = [
        "Group",
        &local,
        "Start (UTC)",
        "Live contacts",
        "Live load, erlangs",
        "Agents for live work",
        "Deferred work arriving, agent-intervals",
        "In-house agents",
        "Vendors' agents",
        "Missing agents",
        "Above live work",
    ];
    let mut sheet = Sheet::new("Coverage", &heads);
    sheet.frozen = 2;
    sheet.marks = vec![(9, Mark::Missing), (10, Mark::Spare)];
    for ((group, staffing), need) in (plan.problem.groups.iter())
        .zip(&view.groups)
        .zip(&plan.requirement.groups)
    {
        for t in 0..grid.len() {
            let at = |values: &[f64]| values.get(t).copied().unwrap_or(0.0);
            let live = need.live.get(t);
            let (volume, load) = live.map_or((0.0, 0.0), |l| (l.volume, l.load));
            let jobs = need.deferred.iter().filter_map(|class| class.jobs.get(t));
            let arriving: f64 = jobs.map(|job| job.work).sum();
            let (needed, missing) = (at(&staffing.need), at(&staffing.missing));
            let (own, bpo) = (at(&staffing.own), at(&staffing.bpo));
            let numbers = [volume, load, needed, arriving, own, bpo, missing];
            if numbers.iter().all(|n| *n == 0.0) {
                continue;
            }
            let above = (own + bpo - needed).max(0.0);
            let mut row = vec![
                Cell::text(&group.name),
                Cell::Moment(zone.local(grid.instant(t))),
                Cell::utc(grid.instant(t)),
            ];
            row.extend(
                numbers
                    .into_iter()
                    .chain([above])
                    .map(|n| Cell::two(round(n, 6))),
            );
            sheet.rows.push(row);
        }
    }
    sheet
}
