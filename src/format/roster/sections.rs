//! Staff rostering instances in sections (`SECTION_HORIZON`, …): fields with commas between,
//! comments after `#`. Horizons begin on a Monday.

use super::lines::{Line, Lines};
use crate::calendar::Weekday;
use crate::scheduling::roster::{
    DayKinds, Edges, RosterAgent, RosterCover, RosterLimits, RosterProblem, RosterRequest,
    RosterRule, RosterShift, RosterWeight, RosterWish, RunLength, TotalDays, TotalMinutes, Weekend,
    WorkedWeekends,
};
use crate::workforce::FaultCode;

const HARD: RosterWeight = RosterWeight::Hard;

/// Names of the sections.
const SECTIONS: [&str; 7] = [
    "SECTION_HORIZON",
    "SECTION_SHIFTS",
    "SECTION_STAFF",
    "SECTION_DAYS_OFF",
    "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS",
    "SECTION_COVER",
];

/// Reads a problem.
pub(super) fn read(name: &str, lines: &Lines<'_>) -> Option<RosterProblem> {
    let sections = split(lines)?;
    let [horizon, shifts, staff, days_off, on, off, cover] = &sections;
    let Some(first) = horizon.first() else {
        lines.missing("number of days in SECTION_HORIZON");
        return None;
    };
    let days = lines.count(first.number, "the number of days", first.text)?;
    let (shifts, shift_names) = read_shifts(lines, shifts)?;
    let mut problem = RosterProblem {
        name: name.to_owned(),
        days,
        first_weekday: Weekday::Mon,
        agents: (staff.iter())
            .filter_map(|&line| read_agent(lines, line, days, &shift_names))
            .collect(),
        shifts,
        cover: Vec::new(),
    };
    let names: Vec<String> = problem.agents.iter().map(|a| a.name.clone()).collect();
    lines.once("agent", &names);
    for line in days_off {
        let mut fields = line.text.split(',').map(str::trim);
        let agent = fields.next().unwrap_or_default();
        let agent = lines.place(line.number, "agent", agent, &names);
        let off = fields.filter_map(|d| day(lines, *line, d, days)).collect();
        if let Some(agent) = agent {
            problem.agents[agent].days_off = off;
        }
    }
    for (section, is_on) in [(on, true), (off, false)] {
        for &line in section {
            read_request(lines, line, is_on, &names, &shift_names, &mut problem);
        }
    }
    for &line in cover {
        problem
            .cover
            .extend(read_cover(lines, line, &shift_names, days));
    }
    Some(problem)
}

/// The lines of each section, without comments.
fn split<'a>(lines: &Lines<'a>) -> Option<[Vec<Line<'a>>; 7]> {
    let mut sections: [Option<Vec<Line<'a>>>; 7] = [const { None }; 7];
    let mut current = None;
    for line in &lines.all {
        if line.text.is_empty() || line.text.starts_with('#') {
            continue;
        }
        if let Some(section) = SECTIONS.iter().position(|s| *s == line.text) {
            sections[section].get_or_insert_default();
            current = Some(section);
        } else if line.text.starts_with("SECTION_") {
            let what = format!("`{}` is no known section", line.text);
            let action = format!("use one of {}", SECTIONS.join(", "));
            lines.fault(line.number, FaultCode::UnknownKey, what, &action);
            current = None;
        } else if let Some(section) = current {
            sections[section].get_or_insert_default().push(*line);
        }
    }
    for (name, section) in SECTIONS.iter().zip(&sections) {
        if section.is_none() {
            lines.missing(name);
        }
    }
    let [a, b, c, d, e, f, g] = sections;
    Some([a?, b?, c?, d?, e?, f?, g?])
}

fn read_shifts(lines: &Lines<'_>, section: &[Line<'_>]) -> Option<(Vec<RosterShift>, Vec<String>)> {
    let rows: Vec<(Line<'_>, [&str; 3])> = (section.iter())
        .filter_map(|&line| {
            Some((
                line,
                lines.fields(line, "name, minutes, shifts that cannot follow")?,
            ))
        })
        .collect();
    let names: Vec<String> = rows.iter().map(|(_, f)| f[0].to_owned()).collect();
    if names.is_empty() {
        lines.missing("shift type in SECTION_SHIFTS");
        return None;
    }
    lines.once("shift type", &names);
    let shifts = rows.iter().filter_map(|(line, [id, minutes, after])| {
        let after = after.split('|').filter(|a| !a.is_empty());
        Some(RosterShift {
            id: (*id).to_owned(),
            start: None,
            minutes: lines.whole(line.number, "the length", minutes)?,
            is_night: false,
            forbidden_next: after
                .filter_map(|a| lines.place(line.number, "shift type", a.trim(), &names))
                .collect(),
        })
    });
    let shifts: Vec<RosterShift> = shifts.collect();
    (shifts.len() == names.len()).then_some((shifts, names))
}

fn read_agent(
    lines: &Lines<'_>,
    line: Line<'_>,
    days: usize,
    shifts: &[String],
) -> Option<RosterAgent> {
    let names = "name, most shifts, most minutes, fewest minutes, most consecutive shifts, fewest consecutive shifts, fewest consecutive days off, most weekends";
    let [name, most, rest @ ..]: [&str; 8] = lines.fields(line, names)?;
    let mut numbers = [0; 6];
    for (number, text) in numbers.iter_mut().zip(rest) {
        *number = lines.whole(line.number, "a limit", text)?;
    }
    let [
        max_minutes,
        min_minutes,
        max_run,
        min_run,
        min_off,
        weekends,
    ] = numbers;
    let limits = RosterLimits::default();
    let mut unsuited = Vec::new();
    let mut rules = Vec::new();
    for part in most.split('|').filter(|p| !p.is_empty()) {
        let Some((shift, count)) = part.split_once('=') else {
            let what = format!("`{part}` is no limit of a shift type");
            lines.fault(line.number, FaultCode::Syntax, what, "write SHIFT=NUMBER");
            continue;
        };
        let shift = lines.place(line.number, "shift type", shift.trim(), shifts)?;
        let count = lines.whole(line.number, "the most shifts", count)?;
        if count == 0 {
            unsuited.push((shift, HARD));
        } else if usize::try_from(count).is_ok_and(|c| c < days) {
            rules.push(RosterRule::TotalDays(TotalDays {
                of: DayKinds::NONE.with(Some(shift)),
                limits: limits.at_most(count, HARD),
            }));
        }
    }
    rules.push(RosterRule::TotalMinutes(TotalMinutes {
        limits: limits
            .at_least(min_minutes, HARD)
            .at_most(max_minutes, HARD),
    }));
    rules.push(RosterRule::RunLength(RunLength {
        of: DayKinds::WORK,
        limits: limits.at_least(min_run, HARD).at_most(max_run, HARD),
        edges: Edges::Open,
    }));
    rules.push(RosterRule::RunLength(RunLength {
        of: DayKinds::OFF,
        limits: limits.at_least(min_off, HARD),
        edges: Edges::Open,
    }));
    rules.push(RosterRule::WorkedWeekends(WorkedWeekends {
        weekend: Weekend {
            first: Weekday::Sat,
            days: 2,
        },
        limits: limits.at_most(weekends, HARD),
    }));
    Some(RosterAgent {
        name: name.to_owned(),
        skills: Vec::new(),
        unsuited,
        days_off: Vec::new(),
        requests: Vec::new(),
        history: Vec::new(),
        rules,
    })
}

fn day(lines: &Lines<'_>, line: Line<'_>, text: &str, days: usize) -> Option<usize> {
    let day = lines.count(line.number, "the day", text)?;
    if day >= days {
        let what = format!("day {day} is not in the horizon");
        let action = format!("write a day from 0 to {}", days.saturating_sub(1));
        lines.fault(line.number, FaultCode::OutOfRange, what, &action);
        return None;
    }
    Some(day)
}

fn read_request(
    lines: &Lines<'_>,
    line: Line<'_>,
    is_on: bool,
    names: &[String],
    shifts: &[String],
    problem: &mut RosterProblem,
) -> Option<()> {
    let [agent, on_day, shift, weight]: [&str; 4] =
        lines.fields(line, "agent, day, shift type, weight")?;
    let agent = lines.place(line.number, "agent", agent, names)?;
    let shift = lines.place(line.number, "shift type", shift, shifts)?;
    let request = RosterRequest {
        day: day(lines, line, on_day, problem.days)?,
        wish: if is_on {
            RosterWish::Shift(shift)
        } else {
            RosterWish::NotShift(shift)
        },
        weight: RosterWeight::Soft(lines.whole(line.number, "the weight", weight)?),
    };
    problem.agents[agent].requests.push(request);
    Some(())
}

fn read_cover(
    lines: &Lines<'_>,
    line: Line<'_>,
    shifts: &[String],
    days: usize,
) -> Option<RosterCover> {
    let names = "day, shift type, agents, weight for each missing, weight for each too many";
    let [on_day, shift, required, under, over]: [&str; 5] = lines.fields(line, names)?;
    Some(RosterCover {
        day: day(lines, line, on_day, days)?,
        shift: lines.place(line.number, "shift type", shift, shifts)?,
        skill: None,
        required: lines.whole(line.number, "the requirement", required)?,
        under: RosterWeight::Soft(lines.whole(line.number, "the weight", under)?),
        over: RosterWeight::Soft(lines.whole(line.number, "the weight", over)?),
    })
}
