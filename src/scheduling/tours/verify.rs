//! Tours checked shift by shift, by code that shares nothing with what made them but the law itself:
//! its rules and its premiums.

use std::collections::{BTreeMap, BTreeSet};

use super::{PoolTours, law_breaches};
use crate::calendar::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use crate::scheduling::law::ClockPay;
use crate::scheduling::rules::noons;
use crate::scheduling::{Problem, Schedule};
use crate::units::whole;
use crate::workforce::{Pool, Shift, Tour};

/// What is wrong with tours: shifts that nobody works or too many do, contracts that are broken,
/// breaches of the law that are not stated, and money that does not add up. Empty when nothing is.
pub fn verify_tours(problem: &Problem, schedule: &Schedule, tours: &[PoolTours]) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, pool) in problem.pools.iter().enumerate() {
        let mut of_pool = tours.iter().filter(|t| t.pool == index);
        let (Some(own), None) = (of_pool.next(), of_pool.next()) else {
            faults.push(format!(
                "pool `{}` has not exactly one set of tours",
                pool.id
            ));
            continue;
        };
        same_work(pool, schedule, own, &mut faults);
        let over = agents_over(problem, pool, own);
        if over != own.agents_over {
            faults.push(format!(
                "pool `{}` has {over} agents above the most its contracts allow, not {}",
                pool.id, own.agents_over
            ));
        }
        let mut unpaid = idle(problem, pool, own);
        for tour in &own.tours {
            unpaid += contract(problem, pool, tour, &mut faults);
            for pair in tour.shifts.windows(2) {
                if pair[1].start < pair[0].end {
                    faults.push(format!(
                        "agent {} of pool `{}` is twice at work at {}",
                        tour.agent, pool.id, pair[1].start
                    ));
                }
            }
        }
        if (unpaid - own.unused_hours).abs() > 1e-6 * unpaid.max(1.0) {
            faults.push(format!(
                "pool `{}` pays {} guaranteed hours for nothing, not {unpaid}",
                pool.id, own.unused_hours
            ));
        }
        premiums(problem, pool, own, &mut faults);
        if law_breaches(problem, own) != own.breaches {
            faults.push(format!(
                "what the tours of pool `{}` do against its law is not what they say",
                pool.id
            ));
        }
        let cost = unpaid * pool.price.per_hour.get();
        if (cost - own.unused.get()).abs() > 1e-6 * cost.max(1.0) {
            faults.push(format!(
                "guaranteed hours of pool `{}` cost {cost:.4}, not {}",
                pool.id, own.unused
            ));
        }
    }
    faults
}

/// Premiums of the law are those of the shifts, and nobody is paid less for overtime than nothing.
fn premiums(problem: &Problem, pool: &Pool, own: &PoolTours, faults: &mut Vec<String>) {
    let due = ClockPay::of(problem, pool).map_or(0.0, |pay| {
        let of = |tour: &Tour| {
            let shifts = tour.shifts.iter();
            pay.overtime(tour) + shifts.map(|s| pay.of_shift(s.start, s.end)).sum::<f64>()
        };
        own.tours.iter().map(of).sum()
    });
    let stated: f64 = own.premiums.values().map(|m| m.get()).sum();
    if (due - stated).abs() > 1e-6 * due.max(1.0) {
        faults.push(format!(
            "premiums of pool `{}` are {due:.4}, not {stated:.4}",
            pool.id
        ));
    }
}

/// First and last instant, kind of shift, and for a break of it whether it is paid.
type Work<'a> = (DateTime<Utc>, DateTime<Utc>, &'a str, Option<bool>);

/// Every shift and every break of the schedule is worked by as many people as it asks for.
fn same_work(pool: &Pool, schedule: &Schedule, own: &PoolTours, faults: &mut Vec<String>) {
    let mut left: BTreeMap<Work<'_>, i64> = BTreeMap::new();
    let planned = schedule.shifts.iter().filter(|s| s.pool == pool.id);
    let worked = own.tours.iter().flat_map(|t| &t.shifts);
    let both = planned.map(|s| (s, 1)).chain(worked.map(|s| (s, -1)));
    for (shift, sign) in both {
        let kind = shift.shift_type.as_str();
        *left
            .entry((shift.start, shift.end, kind, None))
            .or_default() += sign * i64::from(shift.count);
        for pause in &shift.breaks {
            *left
                .entry((pause.start, pause.end, kind, Some(pause.paid)))
                .or_default() += sign * i64::from(pause.count);
        }
    }
    for ((start, _, kind, pause), people) in left.into_iter().filter(|(_, n)| *n != 0) {
        faults.push(format!(
            "{people} people of pool `{}` lack a tour with the {} of `{kind}` at {start}",
            pool.id,
            if pause.is_some() { "break" } else { "start" }
        ));
    }
}

/// Agents above what contracts allow in every week: above their most, on weekends, and against the
/// mix of contracts, whole agents only.
fn agents_over(problem: &Problem, pool: &Pool, own: &PoolTours) -> u32 {
    let (first, _) = noons(problem, pool);
    let contracts = pool.contracts_in_force();
    // Agents of each week and contract, and those of them who work on its weekend.
    let mut counts: BTreeMap<i64, Vec<[f64; 2]>> = BTreeMap::new();
    for tour in &own.tours {
        let Some(contract) = contracts.iter().position(|c| c.id == tour.contract) else {
            continue;
        };
        let mut weeks: BTreeMap<i64, bool> = BTreeMap::new();
        for shift in &tour.shifts {
            let date = pool.zone.local(shift.start).date();
            let week = (date - first).num_days().max(0) / 7;
            let is_weekend = date.weekday().number_from_monday() > 5;
            *weeks.entry(week).or_default() |= is_weekend;
        }
        for (week, on_weekend) in weeks {
            let counts = counts
                .entry(week)
                .or_insert_with(|| vec![[0.0; 2]; contracts.len()]);
            counts[contract][0] += 1.0;
            counts[contract][1] += f64::from(u8::from(on_weekend));
        }
    }
    let mut over = 0;
    let mut count = |above: f64| {
        let above = (above + 1e-9).max(0.0);
        over += whole::floor(above);
    };
    for counts in counts.values() {
        let all: f64 = counts.iter().map(|[agents, _]| agents).sum();
        for (contract, [agents, on_weekend]) in contracts.iter().zip(counts) {
            let most = contract.agents_max.map_or(f64::INFINITY, f64::from);
            count(agents - most);
            let least = contract.share_min.map_or(0.0, |share| share.get() * all);
            count(least - agents);
            let most = contract.share_max.map_or(all, |share| share.get() * all);
            count(agents - most);
            let most = (contract.weekend_share_max).map_or(*agents, |share| share.get() * agents);
            count(on_weekend - most);
        }
    }
    over
}

/// Guaranteed hours of agents who are there in any case and have no shift in a week.
fn idle(problem: &Problem, pool: &Pool, own: &PoolTours) -> f64 {
    let (first, days) = noons(problem, pool);
    let mut agents: BTreeMap<i64, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for tour in &own.tours {
        for shift in &tour.shifts {
            let since = (pool.zone.local(shift.start).date() - first).num_days();
            let week = agents.entry(since.max(0) / 7).or_default();
            week.entry(&tour.contract).or_default().insert(&tour.agent);
        }
    }
    let mut hours = 0.0;
    for week in 0..(days + 6) / 7 {
        let by_contract = agents.remove(&week).unwrap_or_default();
        let part = (days - week * 7).clamp(1, 7) as f64 / 7.0;
        for contract in &pool.contracts {
            let there = by_contract
                .get(contract.id.as_str())
                .map_or(0, BTreeSet::len);
            let least = usize::try_from(contract.agents_min).unwrap_or(usize::MAX);
            hours += least.saturating_sub(there) as f64 * contract.guaranteed_hours * part;
        }
    }
    hours
}

/// What a tour does against its contract. Returns the guaranteed hours that it does not work.
fn contract(problem: &Problem, pool: &Pool, tour: &Tour, faults: &mut Vec<String>) -> f64 {
    let contracts = pool.contracts_in_force();
    let Some(contract) = contracts.iter().find(|c| c.id == tour.contract) else {
        faults.push(format!(
            "pool `{}` has no contract `{}`",
            pool.id, tour.contract
        ));
        return 0.0;
    };
    let name = format!("agent {} of pool `{}`", tour.agent, pool.id);
    let (first, days) = noons(problem, pool);
    let mut weeks: BTreeMap<i64, Vec<&Shift>> = BTreeMap::new();
    for shift in &tour.shifts {
        let date = pool.zone.local(shift.start).date();
        let week = (date - first).num_days().div_euclid(7).max(0);
        weeks.entry(week).or_default().push(shift);
        if !contract.allows(&shift.shift_type) {
            faults.push(format!(
                "{name} works `{}` against the contract",
                shift.shift_type
            ));
        }
    }
    let mut unused = 0.0;
    for (week, shifts) in weeks {
        let hours: f64 = shifts.iter().map(|s| hours(s)).sum();
        let dates: BTreeSet<NaiveDate> = shifts
            .iter()
            .map(|s| pool.zone.local(s.start).date())
            .collect();
        if hours > contract.week_hours + 1e-9 {
            faults.push(format!("{name} works {hours} hours in week {}", week + 1));
        }
        if dates.len() != shifts.len() || dates.len() as f64 > f64::from(contract.week_days) {
            faults.push(format!(
                "{name} works {} shifts in week {}",
                shifts.len(),
                week + 1
            ));
        }
        let whole_week = days - week * 7 >= 7;
        if whole_week
            && longest_off(first + TimeDelta::days(7 * week), &dates) < contract.days_off_together
        {
            faults.push(format!(
                "{name} has not {} days off together in week {}",
                contract.days_off_together,
                week + 1
            ));
        }
        if let Some(band) = contract.start_band {
            let starts = || shifts.iter().map(|s| pool.zone.local(s.start).time());
            let spread = starts().max().zip(starts().min()).map(|(a, b)| a - b);
            if spread.is_some_and(|s| s > TimeDelta::from_std(band).unwrap_or_default()) {
                faults.push(format!(
                    "starts of {name} in week {} are too far apart",
                    week + 1
                ));
            }
        }
        let length = (days - week * 7).clamp(1, 7) as f64;
        let (from, to) = (problem.grid.start(), problem.grid.end());
        let inside = |s: &Shift| (s.end.min(to) - s.start.max(from)).num_minutes().max(0);
        let paid: f64 = shifts.iter().map(|s| inside(s) as f64 / 60.0).sum();
        unused += (contract.guaranteed_hours * length / 7.0 - paid).max(0.0);
    }
    unused
}

/// The most days in a row of the week from a day on on which no shift starts.
fn longest_off(monday: NaiveDate, worked: &BTreeSet<NaiveDate>) -> u32 {
    let (mut longest, mut run) = (0, 0);
    for day in monday.iter_days().take(7) {
        run = if worked.contains(&day) { 0 } else { run + 1 };
        longest = longest.max(run);
    }
    longest
}

fn hours(shift: &Shift) -> f64 {
    (shift.end - shift.start).num_minutes() as f64 / 60.0
}
