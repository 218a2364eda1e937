//! Instances of the first nurse rostering competition, text form: parts with a heading, lines
//! that end with a semicolon, comments after `//`.
//!
//! The demand is exact and hard, everything else has a weight.

use super::contract::{Contract, read_contract, read_pattern};
use super::lines::{Line, Lines};
use super::requests::read_requests;
use crate::calendar::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};
use crate::scheduling::roster::{
    RosterAgent, RosterCover, RosterProblem, RosterShift, RosterWeight, UnwantedPattern,
};
use crate::workforce::FaultCode;

/// Longest horizon in days.
const LONGEST: i64 = 3_660;

/// Headings of the parts.
const PARTS: [&str; 12] = [
    "SCHEDULING_PERIOD",
    "SKILLS",
    "SHIFT_TYPES",
    "CONTRACTS",
    "PATTERNS",
    "EMPLOYEES",
    "DAY_OF_WEEK_COVER",
    "DATE_SPECIFIC_COVER",
    "DAY_OFF_REQUESTS",
    "DAY_ON_REQUESTS",
    "SHIFT_OFF_REQUESTS",
    "SHIFT_ON_REQUESTS",
];

/// What lines refer to.
#[derive(Debug)]
pub(super) struct Names {
    pub(super) first: NaiveDate,
    pub(super) days: usize,
    pub(super) shifts: Vec<String>,
    pub(super) agents: Vec<String>,
}

impl Names {
    /// A date as a day of the horizon.
    pub(super) fn day(&self, lines: &Lines<'_>, line: u64, text: &str) -> Option<usize> {
        let date = date(lines, line, text)?;
        let day = usize::try_from((date - self.first).num_days()).ok();
        let day = day.filter(|&d| d < self.days);
        if day.is_none() {
            let what = format!("{date} is not in the horizon");
            let action = format!("write one of the {} days from {}", self.days, self.first);
            lines.fault(line, FaultCode::OutOfRange, what, &action);
        }
        day
    }
}

fn date(lines: &Lines<'_>, line: u64, text: &str) -> Option<NaiveDate> {
    let date = text.parse().ok();
    if date.is_none() {
        let what = format!("`{text}` is no date");
        lines.fault(line, FaultCode::BadTimestamp, what, "write YYYY-MM-DD");
    }
    date
}

/// Reads a problem.
pub(super) fn read(name: &str, lines: &Lines<'_>) -> Option<RosterProblem> {
    let parts = split(lines)?;
    let part = |heading: &str| {
        let at = PARTS.iter().position(|p| *p == heading);
        at.map_or(&[] as &[Line<'_>], |at| parts[at].as_slice())
    };
    let Some(&period) = part("SCHEDULING_PERIOD").first() else {
        lines.missing("period in SCHEDULING_PERIOD");
        return None;
    };
    let [_, first, last]: [&str; 3] = lines.fields(period, "name, first day, last day")?;
    let first = date(lines, period.number, first)?;
    let days = (date(lines, period.number, last)? - first).num_days() + 1;
    if !(1..=LONGEST).contains(&days) {
        let what = format!("the period has {days} days");
        let action = "write the first day, then the last day";
        lines.fault(period.number, FaultCode::OutOfRange, what, action);
        return None;
    }
    let days = usize::try_from(days).ok()?;
    let skills: Vec<String> = part("SKILLS").iter().map(|l| l.text.to_owned()).collect();
    let (shifts, needs) = read_shifts(lines, part("SHIFT_TYPES"), &skills);
    let mut names = Names {
        first,
        days,
        shifts: shifts.iter().map(|s| s.id.clone()).collect(),
        agents: Vec::new(),
    };
    lines.once("shift type", &names.shifts);
    let patterns: Vec<(String, UnwantedPattern)> = (part("PATTERNS").iter())
        .filter_map(|&line| read_pattern(lines, line, &names.shifts))
        .collect();
    let contracts: Vec<Contract> = (part("CONTRACTS").iter())
        .filter_map(|&line| read_contract(lines, line, &patterns))
        .collect();
    // What refers to a line that cannot be read is not at fault itself.
    if contracts.len() < part("CONTRACTS").len() {
        return None;
    }
    let mut agents: Vec<RosterAgent> = (part("EMPLOYEES").iter())
        .filter_map(|&line| read_agent(lines, line, &contracts, &skills, &needs))
        .collect();
    if agents.len() < part("EMPLOYEES").len() {
        return None;
    }
    names.agents = agents.iter().map(|a| a.name.clone()).collect();
    lines.once("employee", &names.agents);
    for heading in PARTS.iter().filter(|p| p.ends_with("REQUESTS")) {
        for &line in part(heading) {
            read_requests(lines, line, heading, &names, &mut agents);
        }
    }
    let cover = read_cover(
        lines,
        part("DAY_OF_WEEK_COVER"),
        part("DATE_SPECIFIC_COVER"),
        &names,
    );
    Some(RosterProblem {
        name: name.to_owned(),
        days,
        first_weekday: first.weekday(),
        shifts,
        agents,
        cover,
    })
}

/// The lines of each part, without their semicolons.
fn split<'a>(lines: &Lines<'a>) -> Option<Vec<Vec<Line<'a>>>> {
    let mut parts: Vec<Option<Vec<Line<'a>>>> = vec![None; PARTS.len()];
    let mut current = None;
    for line in &lines.all {
        let text = line.text.trim_end_matches(';').trim();
        if text.is_empty() || text.starts_with("//") {
            continue;
        }
        let word = text.split([' ', '=']).next().unwrap_or_default();
        if let Some(part) = PARTS.iter().position(|p| *p == word) {
            parts[part].get_or_insert_default();
            current = Some(part);
        } else if let Some(part) = current {
            let number = line.number;
            parts[part]
                .get_or_insert_default()
                .push(Line { number, text });
        }
    }
    for (name, part) in PARTS.iter().zip(&parts) {
        if part.is_none() {
            lines.missing(name);
        }
    }
    parts.into_iter().collect()
}

/// Shift types, and the skills that each wants.
fn read_shifts(
    lines: &Lines<'_>,
    part: &[Line<'_>],
    skills: &[String],
) -> (Vec<RosterShift>, Vec<Vec<usize>>) {
    let minute = |line: u64, text: &str| {
        let time = text.parse::<NaiveTime>().ok();
        if time.is_none() {
            let what = format!("`{text}` is no time of day");
            lines.fault(line, FaultCode::BadTimestamp, what, "write HH:MM:SS");
        }
        time.map(|t| t.num_seconds_from_midnight() / 60)
    };
    let rows = part.iter().filter_map(|&line| {
        let names = "name, description, start, end, number of skills, skills";
        let [id, _, start, end, _, wanted]: [&str; 6] = lines.fields(line, names)?;
        let (start, end) = (minute(line.number, start)?, minute(line.number, end)?);
        let shift = RosterShift {
            id: id.to_owned(),
            start: Some(start),
            minutes: (end + 1_440 - start) % 1_440,
            is_night: end < start,
            forbidden_next: Vec::new(),
        };
        let wanted = wanted.split_whitespace();
        let wanted = wanted.filter_map(|s| lines.place(line.number, "skill", s, skills));
        Some((shift, wanted.collect()))
    });
    rows.unzip()
}

fn read_agent(
    lines: &Lines<'_>,
    line: Line<'_>,
    contracts: &[Contract],
    skills: &[String],
    needs: &[Vec<usize>],
) -> Option<RosterAgent> {
    let names = "number, name, contract, number of skills, skills";
    let [name, _, contract, _, own]: [&str; 5] = lines.fields(line, names)?;
    let ids: Vec<String> = contracts.iter().map(|c| c.id.clone()).collect();
    let contract = &contracts[lines.place(line.number, "contract", contract, &ids)?];
    let own: Vec<usize> = (own.split_whitespace())
        .filter_map(|s| lines.place(line.number, "skill", s, skills))
        .collect();
    let mut unsuited = Vec::new();
    if let Some(weight) = contract.alternative_skill {
        let lacks = |wanted: &Vec<usize>| wanted.iter().any(|s| !own.contains(s));
        for shift in (0..needs.len()).filter(|&s| lacks(&needs[s])) {
            unsuited.push((shift, weight));
        }
    }
    Some(RosterAgent {
        name: name.to_owned(),
        skills: own,
        unsuited,
        days_off: Vec::new(),
        requests: Vec::new(),
        history: Vec::new(),
        rules: contract.rules.clone(),
    })
}

fn read_cover(
    lines: &Lines<'_>,
    weekly: &[Line<'_>],
    dated: &[Line<'_>],
    names: &Names,
) -> Vec<RosterCover> {
    let shifts = names.shifts.len();
    let mut required = vec![0; names.days * shifts];
    let row = |line: Line<'_>| {
        let [when, shift, count]: [&str; 3] = lines.fields(line, "day, shift type, agents")?;
        let shift = lines.place(line.number, "shift type", shift, &names.shifts)?;
        let count = lines.whole(line.number, "the requirement", count)?;
        Some((when.to_owned(), shift, count))
    };
    for &line in weekly {
        let Some((when, shift, count)) = row(line) else {
            continue;
        };
        let Ok(weekday) = when.parse::<Weekday>() else {
            let what = format!("`{when}` is no weekday");
            let action = "write its English name";
            lines.fault(line.number, FaultCode::BadTimestamp, what, action);
            continue;
        };
        let first = names.first.weekday().days_since(Weekday::Mon);
        let lead = (weekday.days_since(Weekday::Mon) + 7 - first) % 7;
        let lead = usize::try_from(lead).unwrap_or(0);
        for day in (lead..names.days).step_by(7) {
            required[day * shifts + shift] = count;
        }
    }
    for &line in dated {
        if let Some((when, shift, count)) = row(line)
            && let Some(day) = names.day(lines, line.number, &when)
        {
            required[day * shifts + shift] = count;
        }
    }
    let all = required.into_iter().enumerate();
    all.map(|(at, required)| RosterCover {
        day: at / shifts,
        shift: at % shifts,
        skill: None,
        required,
        under: RosterWeight::Hard,
        over: RosterWeight::Hard,
    })
    .collect()
}
