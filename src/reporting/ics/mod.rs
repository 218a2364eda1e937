//! Shifts as calendar files (iCalendar, RFC 5545): one of each pool, one of each named agent.
//!
//! Times are local with the zone's clock changes in the file, since a shift belongs to the clock on
//! the wall of its site. The crate `icalendar` writes no time zones and takes the identifiers and
//! time stamps of its events from chance and the clock of the machine, so the little that is needed
//! is written here.

mod event;
mod text;
mod zone;

use super::file_names::FileNames;
use crate::planning::{Announcement, Plan};
use crate::workforce::{Pool, Shift};
use event::Event;
use text::Lines;

/// A calendar file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarFile {
    /// Name of the file, with its ending.
    pub name: String,
    /// What is in it: lines that end with CR and LF, none longer than 75 bytes.
    pub text: String,
}

/// The calendars of a plan, the same for the same plan: of each pool with the number of people on
/// each shift, then of each named agent. A shift keeps its identifier from plan to plan: by pool,
/// kind and start, and for an agent by local day, so that an event moves when the shift does. Where
/// the scenario keeps a plan, the sequence number of an event that is new or different is that of this
/// plan, and events that the kept plan had and this one has not are cancelled.
pub fn shift_calendars(plan: &Plan) -> Vec<CalendarFile> {
    let mut names = FileNames::default();
    let mut files = Vec::new();
    for pool in &plan.scenario.pools {
        let shifts = plan.solved.schedule.shifts.iter();
        let own: Vec<&Shift> = shifts.filter(|s| s.pool == pool.id).collect();
        let title = format!("{}, {}", pool.id, plan.scenario.name);
        files.push(CalendarFile {
            name: names.unique(&[pool.id.as_str()]) + ".ics",
            text: calendar(plan, pool, &title, &plan.announcements(pool, None, &own)),
        });
    }
    for own in &plan.rosters {
        let pool = &plan.problem.pools[own.pool];
        for tour in &own.tours {
            let shifts: Vec<&Shift> = tour.shifts.iter().collect();
            let title = format!("{}, {}, {}", tour.agent, pool.id, plan.scenario.name);
            let announced = plan.announcements(pool, Some(&tour.agent), &shifts);
            files.push(CalendarFile {
                name: names.unique(&[pool.id.as_str(), &tour.agent]) + ".ics",
                text: calendar(plan, pool, &title, &announced),
            });
        }
    }
    files
}

fn calendar(plan: &Plan, pool: &Pool, title: &str, shifts: &[Announcement<'_>]) -> String {
    let grid = &plan.problem.grid;
    let mut lines = Lines::default();
    lines.line("BEGIN:VCALENDAR");
    lines.line("VERSION:2.0");
    let product = concat!("-//", env!("CARGO_PKG_NAME"), "//plan//EN");
    lines.line(&format!("PRODID:{product}"));
    lines.line("CALSCALE:GREGORIAN");
    lines.line("METHOD:PUBLISH");
    lines.text("X-WR-CALNAME", title);
    lines.line(&format!("X-WR-TIMEZONE:{}", pool.zone));
    let from = shifts.iter().map(|s| s.shift.start).min();
    let to = shifts.iter().map(|s| s.shift.end).max();
    let span = (
        from.map_or(grid.start(), |from| from.min(grid.start())),
        to.map_or(grid.end(), |to| to.max(grid.end())),
    );
    zone::write(&mut lines, pool.zone, span);
    for announced in shifts {
        let event = Event {
            key: format!("{}\n{}\n{}", plan.scenario.name, pool.id, announced.key),
            announced,
            pool,
            stamp: grid.start(),
        };
        event.write(&mut lines);
    }
    lines.line("END:VCALENDAR");
    lines.finish()
}
