use std::collections::{BTreeMap, HashMap};

use super::frame::{Frame, Pattern};
use super::roster::Roster;
use super::serve::serve;
use super::{BreakStart, Missing, PlannedShifts, Serving, StartOption, WeekBreak, WeekPlan};

/// The plan of a roster, with everybody's language in each interval.
pub(super) fn plan(frame: &Frame<'_>, roster: &Roster) -> WeekPlan {
    let week = frame.week;
    let mut shifts: Vec<PlannedShifts> = Vec::new();
    for (option, worked) in roster.worked.iter().enumerate() {
        let o = &frame.options[option];
        let breaks = &week.shift_types[o.shift_type].breaks;
        let mut starts: Vec<BTreeMap<usize, u32>> = vec![BTreeMap::new(); breaks.len()];
        let mut people = 0;
        for (&pattern, &count) in worked {
            people += count;
            for (i, (offset, _)) in frame.breaks(o.shift_type, pattern).enumerate() {
                *starts[i].entry(offset).or_default() += count;
            }
        }
        if people > 0 {
            let entries = |m: BTreeMap<usize, u32>| {
                let pairs = m.into_iter();
                pairs
                    .map(|(offset, count)| BreakStart { offset, count })
                    .collect()
            };
            shifts.push(PlannedShifts {
                pool: o.pool,
                shift_type: o.shift_type,
                start: o.start,
                count: people,
                breaks: starts.into_iter().map(entries).collect(),
            });
        }
    }
    let (serving, missing) = serving(frame, roster);
    WeekPlan {
        shifts,
        serving,
        missing,
    }
}

fn serving(frame: &Frame<'_>, roster: &Roster) -> (Vec<Serving>, Vec<Missing>) {
    let week = frame.week;
    let speaks: Vec<&[usize]> = (week.pools.iter())
        .map(|p| p.languages.as_slice())
        .collect();
    let is_plain = week.pools.len() == 1 && week.languages.len() == 1;
    let (mut all, mut missing) = (Vec::new(), Vec::new());
    for t in 0..week.intervals {
        let duty: Vec<u32> = (roster.duty.iter())
            .map(|d| u32::try_from(d[t]).unwrap_or(0))
            .collect();
        let required: Vec<u32> = week.languages.iter().map(|l| l.required[t]).collect();
        let mut left = required.clone();
        for (pool, agents) in serve(&duty, &speaks, &required).into_iter().enumerate() {
            for (&language, agents) in speaks[pool].iter().zip(agents) {
                left[language] -= agents;
                if agents > 0 && !is_plain {
                    all.push(Serving {
                        pool,
                        interval: t,
                        language,
                        agents,
                    });
                }
            }
        }
        for (language, agents) in left.into_iter().enumerate().filter(|(_, n)| *n > 0) {
            missing.push(Missing {
                language,
                interval: t,
                agents,
            });
        }
    }
    all.sort_by_key(|s| (s.pool, s.interval, s.language));
    missing.sort_by_key(|m| (m.language, m.interval));
    (all, missing)
}

/// People on options of the week with break patterns, as planned shifts tell them; those that are
/// no options, or whose breaks do not fit, are left out.
pub(super) fn people<'a>(
    frame: &Frame<'_>,
    shifts: impl Iterator<Item = &'a PlannedShifts>,
) -> Vec<(usize, Pattern, u32)> {
    let place = |o: &StartOption| (o.pool, o.shift_type, o.start);
    let options: HashMap<_, usize> = frame.options.iter().map(place).zip(0..).collect();
    let mut found = Vec::new();
    for s in shifts {
        let Some(&option) = options.get(&(s.pool, s.shift_type, s.start)) else {
            continue;
        };
        let breaks = &frame.week.shift_types[s.shift_type].breaks;
        let fits = |(b, starts): (&WeekBreak, &Vec<BreakStart>)| {
            let taken: u64 = starts.iter().map(|s| u64::from(s.count)).sum();
            let is_inside = |s: &BreakStart| (b.first..=b.last).contains(&s.offset);
            taken == u64::from(s.count) && starts.iter().all(is_inside)
        };
        if s.breaks.len() != breaks.len() || !breaks.iter().zip(&s.breaks).all(fits) {
            continue;
        }
        // The first to go on one break are the first to go on the others.
        let mut starts = s.breaks.clone();
        let mut left = s.count;
        while left > 0 {
            for of_break in &mut starts {
                of_break.retain(|b| b.count > 0);
            }
            let together = starts.iter().map(|of_break| of_break[0].count);
            let together = together.min().unwrap_or(left);
            let offsets: Vec<usize> = starts.iter().map(|of_break| of_break[0].offset).collect();
            found.push((option, frame.pattern(s.shift_type, &offsets), together));
            for of_break in &mut starts {
                of_break[0].count -= together;
            }
            left -= together;
        }
    }
    found
}

/// Whether nobody is without a seat.
pub(super) fn keeps_seats(frame: &Frame<'_>, roster: &Roster) -> bool {
    let mut sites = frame.week.sites.iter().zip(&roster.present);
    sites.all(|(site, present)| {
        let seats = site.seats.map_or(i64::MAX, i64::from);
        present.iter().all(|&people| people <= seats)
    })
}

/// Whether a roster keeps every rule.
pub(super) fn keeps_rules(frame: &Frame<'_>, roster: &Roster) -> bool {
    roster.broken(frame) == 0
        && (frame.week.understaffing.is_some() || roster.missing.iter().all(|&m| m == 0))
}

/// A rule that a roster does not keep, in words.
pub(super) fn broken_rule(frame: &Frame<'_>, roster: &Roster) -> Option<String> {
    let week = frame.week;
    if week.understaffing.is_none() {
        let missing: i64 = roster.missing.iter().sum();
        if missing > 0 {
            let t = roster.missing.iter().position(|&m| m > 0)?;
            return Some(format!(
                "{missing} agent-intervals are not covered, the first in interval {t}"
            ));
        }
    }
    for (site, &paid) in week.sites.iter().zip(&roster.paid) {
        let short = i64::try_from(site.paid_minimum).unwrap_or(i64::MAX) - paid;
        if short > 0 {
            return Some(format!(
                "site `{}` is {short} paid intervals below its minimum",
                site.id
            ));
        }
    }
    for cap in &week.share_caps {
        let over =
            100 * roster.by_type[cap.shift_type] - i64::from(cap.hundredths) * roster.total();
        if over > 0 {
            return Some(format!(
                "kind `{}` is above its share cap",
                week.shift_types[cap.shift_type].id
            ));
        }
    }
    let is_full = |starts: &Vec<i64>, cap: u32| starts.iter().any(|&s| s > i64::from(cap));
    for (pool, starts) in week.pools.iter().zip(&roster.day_starts) {
        if pool.shifts_per_day.is_some_and(|cap| is_full(starts, cap)) {
            return Some(format!(
                "pool `{}` has more shifts than a day may have",
                pool.id
            ));
        }
    }
    None
}
