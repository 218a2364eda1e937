//! Contracts and unwanted patterns of the nurse rostering competition.
//!
//! An entry is `(on|weight)` or `(on|weight|value)`; what is not on, or weighs nothing, is no rule.

use super::lines::{Line, Lines};
use crate::calendar::Weekday;
use crate::scheduling::roster::{
    CompleteWeekend, ConsecutiveWeekends, DayKinds, Edges, NoNightBeforeFreeWeekend,
    RestAfterNights, RosterLimits, RosterRule, RosterWeight, RunLength, SameShiftWeekend,
    TotalDays, UnwantedPattern, Weekend, WorkedWeekends,
};
use crate::workforce::FaultCode;

/// A contract.
#[derive(Debug)]
pub(super) struct Contract {
    pub(super) id: String,
    pub(super) rules: Vec<RosterRule>,
    /// Price of a day on a shift type whose skill is lacking.
    pub(super) alternative_skill: Option<RosterWeight>,
}

/// A limit and its weight, or a lone weight.
type Entry = (RosterWeight, u32);

/// Reads an entry; the outer `None` says that it cannot be read.
#[expect(clippy::option_option, reason = "unreadable and absent are two things")]
fn entry(lines: &Lines<'_>, line: u64, text: &str) -> Option<Option<Entry>> {
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let parts: Vec<&str> = inner.map_or(Vec::new(), |i| i.split('|').collect());
    let (on, weight, value) = match parts.as_slice() {
        [on, weight] => (on, weight, "0"),
        [on, weight, value] => (on, weight, *value),
        _ => {
            let what = format!("`{text}` is no entry of a contract");
            let action = "write (on|weight) or (on|weight|value)";
            lines.fault(line, FaultCode::Syntax, what, action);
            return None;
        }
    };
    let on = lines.whole(line, "the switch", on)?;
    let weight = lines.whole(line, "the weight", weight)?;
    let value = lines.whole(line, "the value", value)?;
    Some((on != 0 && weight > 0).then_some((RosterWeight::Soft(weight), value)))
}

/// Limits from an upper and a lower entry; `None` when there is neither.
fn limits(max: Option<Entry>, min: Option<Entry>) -> Option<RosterLimits> {
    let turned = |e: Option<Entry>| e.map(|(weight, value)| (value, weight));
    let limits = RosterLimits {
        min: turned(min),
        max: turned(max),
    };
    (limits != RosterLimits::default()).then_some(limits)
}

/// Reads a contract.
pub(super) fn read_contract(
    lines: &Lines<'_>,
    line: Line<'_>,
    patterns: &[(String, UnwantedPattern)],
) -> Option<Contract> {
    let names = "number, name, ten entries, weekend, five entries, number of patterns, patterns";
    let fields: Vec<&str> = line.text.split(',').map(str::trim).collect();
    if !(19..=20).contains(&fields.len()) {
        let what = format!("{} fields of a contract instead of 20", fields.len());
        let action = format!("write {names}");
        lines.fault(line.number, FaultCode::WrongLength, what, &action);
        return None;
    }
    let entries: Option<Vec<Option<Entry>>> = (fields[2..12].iter().chain(&fields[13..]))
        .take_while(|f| f.starts_with('('))
        .map(|f| entry(lines, line.number, f))
        .collect();
    let entries = entries?;
    let &[
        _,
        max_days,
        min_days,
        max_work,
        min_work,
        max_off,
        min_off,
        max_run,
        min_run,
        max_weekends,
        complete,
        same,
        no_night,
        rest,
        skill,
    ] = entries.as_slice()
    else {
        let what = format!("{} entries of a contract instead of 15", entries.len());
        let action = format!("write {names}");
        lines.fault(line.number, FaultCode::WrongLength, what, &action);
        return None;
    };
    let weekend = read_weekend(lines, line.number, fields[12])?;
    let mut rules = Vec::new();
    if let Some(limits) = limits(max_days, min_days) {
        let of = DayKinds::WORK;
        rules.push(RosterRule::TotalDays(TotalDays { of, limits }));
    }
    let runs = [
        (DayKinds::WORK, max_work, min_work),
        (DayKinds::OFF, max_off, min_off),
    ];
    for (of, max, min) in runs {
        if let Some(limits) = limits(max, min) {
            let edges = Edges::Strict;
            rules.push(RosterRule::RunLength(RunLength { of, limits, edges }));
        }
    }
    if let Some(limits) = limits(max_run, min_run) {
        let rule = ConsecutiveWeekends { weekend, limits };
        rules.push(RosterRule::ConsecutiveWeekends(rule));
    }
    if let Some(limits) = limits(max_weekends, None) {
        rules.push(RosterRule::WorkedWeekends(WorkedWeekends {
            weekend,
            limits,
        }));
    }
    if let Some((weight, _)) = complete {
        rules.push(RosterRule::CompleteWeekend(CompleteWeekend {
            weekend,
            weight,
        }));
    }
    if let Some((weight, _)) = same {
        rules.push(RosterRule::SameShiftWeekend(SameShiftWeekend {
            weekend,
            weight,
        }));
    }
    if let Some((weight, _)) = no_night {
        let rule = NoNightBeforeFreeWeekend { weekend, weight };
        rules.push(RosterRule::NoNightBeforeFreeWeekend(rule));
    }
    if let Some((weight, _)) = rest {
        let rule = RestAfterNights { days: 2, weight };
        rules.push(RosterRule::RestAfterNights(rule));
    }
    let known: Vec<String> = patterns.iter().map(|(id, _)| id.clone()).collect();
    for id in fields.get(19).unwrap_or(&"").split_whitespace() {
        let at = lines.place(line.number, "pattern", id, &known)?;
        rules.push(RosterRule::UnwantedPattern(patterns[at].1.clone()));
    }
    Some(Contract {
        id: fields[0].to_owned(),
        rules,
        alternative_skill: skill.map(|(weight, _)| weight),
    })
}

/// Reads a weekend, such as `SaturdaySunday`.
fn read_weekend(lines: &Lines<'_>, line: u64, text: &str) -> Option<Weekend> {
    let mut days: Vec<Weekday> = Vec::new();
    let mut rest = text;
    while let Some(end) = rest.find("day") {
        let (day, more) = rest.split_at(end + 3);
        days.extend(day.parse::<Weekday>().ok());
        rest = more;
    }
    let follow = days.windows(2).all(|pair| pair[0].succ() == pair[1]);
    let count = u32::try_from(days.len()).unwrap_or(8);
    match days.first() {
        Some(&first) if follow && rest.is_empty() && count <= 7 => {
            Some(Weekend { first, days: count })
        }
        _ => {
            let what = format!("`{text}` is no weekend");
            let action = "write days that follow one another, such as SaturdaySunday";
            lines.fault(line, FaultCode::Syntax, what, action);
            None
        }
    }
}

/// Reads an unwanted pattern and its number.
pub(super) fn read_pattern(
    lines: &Lines<'_>,
    line: Line<'_>,
    shifts: &[String],
) -> Option<(String, UnwantedPattern)> {
    let names = "number, weight, length and days such as (SHIFT|WEEKDAY)";
    let [id, weight, rest]: [&str; 3] = lines.fields(line, names)?;
    let weight = RosterWeight::Soft(lines.whole(line.number, "the weight", weight)?);
    let mut words = rest.split_whitespace();
    let length = lines.count(line.number, "the length", words.next().unwrap_or(""))?;
    let (mut days, mut first) = (Vec::new(), None);
    for (at, word) in words.enumerate() {
        let inner = word.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
        let Some((shift, weekday)) = inner.and_then(|i| i.split_once('|')) else {
            let what = format!("`{word}` is no day of a pattern");
            lines.fault(
                line.number,
                FaultCode::Syntax,
                what,
                "write (SHIFT|WEEKDAY)",
            );
            return None;
        };
        days.push(match shift {
            "Any" => DayKinds::WORK,
            "None" => DayKinds::OFF,
            id => DayKinds::NONE.with(Some(lines.place(line.number, "shift type", id, shifts)?)),
        });
        if weekday != "Any" {
            let Ok(weekday) = weekday.parse::<Weekday>() else {
                let what = format!("`{weekday}` is no weekday");
                let action = "write its English name or Any";
                lines.fault(line.number, FaultCode::BadTimestamp, what, action);
                return None;
            };
            first = Some((0..at).fold(weekday, |day, _| day.pred()));
        }
    }
    if days.len() != length || !(1..=31).contains(&length) {
        let what = format!("the pattern has {} days, not {length}", days.len());
        let action = "write its length before its days, at most 31";
        lines.fault(line.number, FaultCode::WrongLength, what, action);
        return None;
    }
    Some((
        id.to_owned(),
        UnwantedPattern {
            days,
            first,
            weight,
        },
    ))
}
