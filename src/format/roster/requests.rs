//! Wishes of the nurse rostering competition.

use super::competition::Names;
use super::lines::{Line, Lines};
use crate::scheduling::roster::{RosterAgent, RosterRequest, RosterWeight, RosterWish};

/// Reads a line of a part of wishes.
pub(super) fn read_requests(
    lines: &Lines<'_>,
    line: Line<'_>,
    heading: &str,
    names: &Names,
    agents: &mut [RosterAgent],
) -> Option<()> {
    let number = line.number;
    let (agent, date, wish, weight) = if heading.starts_with("DAY") {
        let [agent, date, weight]: [&str; 3] = lines.fields(line, "employee, date, weight")?;
        let wish = if heading.starts_with("DAY_OFF") {
            RosterWish::Off
        } else {
            RosterWish::On
        };
        (agent, date, wish, weight)
    } else {
        let [agent, date, shift, weight]: [&str; 4] =
            lines.fields(line, "employee, date, shift type, weight")?;
        let shift = lines.place(number, "shift type", shift, &names.shifts)?;
        let wish = if heading.starts_with("SHIFT_OFF") {
            RosterWish::NotShift(shift)
        } else {
            RosterWish::Shift(shift)
        };
        (agent, date, wish, weight)
    };
    let agent = lines.place(number, "employee", agent, &names.agents)?;
    let request = RosterRequest {
        day: names.day(lines, number, date)?,
        wish,
        weight: RosterWeight::Soft(lines.whole(number, "the weight", weight)?),
    };
    agents[agent].requests.push(request);
    Some(())
}
