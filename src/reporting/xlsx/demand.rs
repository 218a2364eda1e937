//! How many contacts come, and how many agents they need.

use super::round;
use super::sheet::{Cell, Sheet};
use crate::reporting::html::view::View;

/// Contacts and work of every stream by local day of its market.
pub(super) fn forecast(view: &View<'_>) -> Sheet {
    let heads = [
        "Market",
        "Queue",
        "Language",
        "Channel",
        "Tier",
        "Day (local time of the market)",
        "Contacts",
        "Hours of work",
    ];
    let mut sheet = Sheet::new("Forecast", &heads);
    sheet.frozen = 2;
    let plan = view.plan;
    for stream in &plan.demand.streams {
        let queue = &plan.scenario.queues[stream.queue];
        let zone = plan
            .scenario
            .market(&stream.market)
            .map_or(view.zone, |m| m.zone);
        let mut days: Vec<(crate::calendar::NaiveDate, f64)> = Vec::new();
        for (t, mean) in stream.forecast.mean().values().iter().enumerate() {
            let day = zone.local(plan.demand.grid.instant(t)).date();
            match days.last_mut() {
                Some((last, sum)) if *last == day => *sum += mean,
                _ => days.push((day, *mean)),
            }
        }
        for (day, contacts) in days {
            sheet.rows.push(vec![
                Cell::text(&stream.market),
                Cell::text(&queue.id),
                Cell::text(&queue.skill.language),
                Cell::text(queue.channel.word()),
                Cell::text(&queue.skill.tier),
                Cell::Day(day),
                Cell::two(round(contacts, 6)),
                Cell::two(round(contacts * stream.agent_seconds / 3600.0, 6)),
            ]);
        }
    }
    sheet
}

/// Contacts and agents of every queue by interval.
pub(super) fn requirement(view: &View<'_>) -> Sheet {
    let plan = view.plan;
    let local = format!("Start ({})", view.zone);
    let heads = [
        "Queue",
        &local,
        "Start (UTC)",
        "Group",
        "Contacts",
        "Agents for live work",
        "Agents before rounding up",
    ];
    let mut sheet = Sheet::new("Requirement", &heads);
    sheet.frozen = 2;
    for row in plan.queue_intervals() {
        let start = plan.requirement.grid.instant(row.interval);
        sheet.rows.push(vec![
            Cell::text(&plan.scenario.queues[row.queue].id),
            Cell::Moment(view.zone.local(start)),
            Cell::utc(start),
            Cell::text(&plan.requirement.groups[row.group].name),
            Cell::two(round(row.volume, 6)),
            Cell::two(round(row.agents, 6)),
            Cell::two(round(row.fractional, 6)),
        ]);
    }
    sheet
}
