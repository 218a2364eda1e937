//! The independent check of a finished schedule. It reads the problem and the schedule, walks
//! every shift, interval and rule, and recomputes the cost. It knows nothing of models, rows or
//! solvers, and shares no code with what made the schedule but the nouns and the law itself: its rules
//! and its premiums.

use std::collections::BTreeMap;

use super::law::{ClockPay, permits};
use super::{KeptPromise, Problem, Schedule, rules};
use crate::calendar::{Datelike, TimeDelta};
use crate::requirements::{EarliestDeadlineFirst, Group, Lateness};
use crate::workforce::{Commitment, Pool, Shift, ShiftType};

/// Agents may be off by this much: the noise of a solver's last digits.
const AGENTS: f64 = 1e-4;

/// What the check found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Everything that is wrong, in words; empty for a schedule that does what it says.
    pub faults: Vec<String>,
    /// The cost, worked out again.
    pub cost: f64,
    /// Deferred work of each group: what is late, and the share in time.
    pub deferred: Vec<Lateness>,
    /// Promises over days or weeks and what they get; missing agents answer nobody.
    pub promises: Vec<KeptPromise>,
    /// People present and not on a break, by pool and interval.
    pub present: Vec<Vec<f64>>,
    /// People more or fewer than on the shifts that are kept, shift by shift.
    pub changes: i64,
}

/// Walks a schedule and reports everything that is wrong with it. Guaranteed hours and premiums may be
/// stated higher than the shifts alone need, since tours add to them; [`verify_tours`] has them exactly.
///
/// [`verify_tours`]: super::tours::verify_tours
pub fn verify(problem: &Problem, schedule: &Schedule) -> Report {
    let mut faults = Vec::new();
    let schedule = &placed(problem, schedule, &mut faults);
    let present = presence(problem, schedule, &mut faults);
    assignments(problem, schedule, &present, &mut faults);
    let deferred = coverage(problem, schedule, &mut faults);
    for rule in rules::all() {
        faults.extend(rule.violations(problem, schedule));
    }
    let changes = changes(problem, schedule);
    let price = (problem.kept.as_ref()).map_or(0.0, |kept| kept.price_per_change.get());
    let cost = cost(problem, schedule) + changes as f64 * price;
    let stated = schedule.cost.total().get();
    if (cost - stated).abs() > 1e-6 * cost.abs().max(1.0) {
        faults.push(format!(
            "the schedule says it costs {stated:.4}, it costs {cost:.4}"
        ));
    }
    Report {
        faults,
        cost,
        deferred,
        promises: promises(problem, schedule),
        present,
        changes,
    }
}

/// What the promises over days or weeks get from the agents who are there.
fn promises(problem: &Problem, schedule: &Schedule) -> Vec<KeptPromise> {
    let mut crews = schedule.live_crews(problem);
    let staffed = staffed(problem, schedule);
    for (crews, staffed) in crews.iter_mut().zip(&staffed) {
        for (crew, staffed) in crews.iter_mut().zip(staffed) {
            *crew = crew.min(*staffed);
        }
    }
    rules::kept_promises(problem, &crews)
}

/// Agents sent to each group in each interval, at the group's own handling time.
fn staffed(problem: &Problem, schedule: &Schedule) -> Vec<Vec<f64>> {
    let mut staffed = vec![vec![0.0; problem.grid.len()]; problem.groups.len()];
    for a in &schedule.assignments {
        staffed[a.group][a.interval] += a.agents / problem.pools[a.pool].aht_factor;
    }
    staffed
}

/// The schedule without assignments and shortages of nobody at no time, which are faults.
fn placed(problem: &Problem, schedule: &Schedule, faults: &mut Vec<String>) -> Schedule {
    let mut place = |pool: Option<usize>, group: usize, interval: usize| {
        let ends = [
            ("pool", pool.unwrap_or(0), problem.pools.len()),
            ("group", group, problem.groups.len()),
            ("interval", interval, problem.grid.len()),
        ];
        let is_counted = |end: &&(&str, usize, usize)| pool.is_some() || end.0 != "pool";
        let bad = ends
            .iter()
            .filter(is_counted)
            .find(|(_, at, count)| at >= count);
        faults.extend(bad.map(|(noun, at, _)| format!("there is no {noun} at position {at}")));
        bad.is_none()
    };
    let mut placed = schedule.clone();
    (placed.assignments).retain(|a| place(Some(a.pool), a.group, a.interval));
    (placed.shortages).retain(|s| place(None, s.group, s.interval));
    (placed.crews).retain(|c| place(None, c.group, c.interval));
    for crew in &placed.crews {
        if !(crew.agents.is_finite() && crew.agents >= 0.0) {
            let (group, agents) = (&problem.groups[crew.group].name, crew.agents);
            faults.push(format!(
                "{group} is said to have a live crew of {agents} agents"
            ));
        }
    }
    for shortage in &placed.shortages {
        if !(shortage.agents.is_finite() && shortage.agents >= 0.0) {
            let (group, agents) = (&problem.groups[shortage.group].name, shortage.agents);
            faults.push(format!("{group} is said to be short of {agents} agents"));
        }
    }
    placed
}

fn presence(problem: &Problem, schedule: &Schedule, faults: &mut Vec<String>) -> Vec<Vec<f64>> {
    let n = problem.grid.len();
    let mut present = vec![vec![0.0; n]; problem.pools.len()];
    for shift in &schedule.shifts {
        let Some(index) = problem.pools.iter().position(|p| p.id == shift.pool) else {
            faults.push(format!("there is no pool `{}`", shift.pool));
            continue;
        };
        let pool = &problem.pools[index];
        let Some(kind) = pool.shifts.iter().find(|k| k.id == shift.shift_type) else {
            faults.push(format!(
                "pool `{}` offers no shift `{}`",
                pool.id, shift.shift_type
            ));
            continue;
        };
        if let Some(fault) = shift_fault(pool, kind, shift) {
            faults.push(format!(
                "pool `{}`, {} at {}: {fault}",
                pool.id, kind.id, shift.start
            ));
        }
        for (t, instant) in problem.grid.instants().enumerate() {
            if shift.start <= instant && instant < shift.end {
                present[index][t] += f64::from(shift.count);
            }
            for pause in shift
                .breaks
                .iter()
                .filter(|b| b.start <= instant && instant < b.end)
            {
                present[index][t] -= f64::from(pause.count);
            }
        }
    }
    present
}

/// What is wrong with the start of a shift, if anything.
fn start_fault(pool: &Pool, kind: &ShiftType, shift: &Shift) -> Option<String> {
    let local = pool.zone.local(shift.start);
    let window = &kind.starts;
    if !window.weekdays.contains(&local.weekday()) {
        return Some(format!("no such shift starts on a {}", local.weekday()));
    }
    if pool
        .special_days
        .iter()
        .any(|d| d.date == local.date() && d.closed)
    {
        return Some(format!("the site is closed on {}", local.date()));
    }
    let since = local.time() - window.from;
    let every = TimeDelta::from_std(window.every).unwrap_or_default();
    let on_step = every.num_seconds() == 0 || since.num_seconds() % every.num_seconds() == 0;
    if local.time() < window.from || local.time() > window.to || !on_step {
        return Some(format!("it may not start at {} local time", local.time()));
    }
    let last = pool.zone.local(shift.end - TimeDelta::minutes(1)).date();
    let mut days = local.date().iter_days().take_while(|&day| day <= last);
    let is_strict = pool.law.as_ref().is_some_and(|law| !law.holiday_allowed);
    if is_strict && days.any(|day| pool.is_holiday(day)) {
        return Some("its law lets nobody work on a public holiday".to_owned());
    }
    // Breaks are judged with the tours, in which each agent has some.
    let breaches = pool.law.as_ref().map(|law| permits(law, pool.zone, shift));
    let breaches = breaches.and_then(Result::err).unwrap_or_default();
    let breach = breaches.into_iter().find(|b| b.rule != "breaks");
    breach.map(|breach| breach.to_string())
}

/// What is wrong with a shift on its own, if anything.
fn shift_fault(pool: &Pool, kind: &ShiftType, shift: &Shift) -> Option<String> {
    if let Some(fault) = start_fault(pool, kind, shift) {
        return Some(fault);
    }
    if shift.end - shift.start != TimeDelta::from_std(kind.length).unwrap_or_default() {
        return Some("its length is not that of its kind".to_owned());
    }
    for pause in &kind.breaks {
        let earliest = shift.start + TimeDelta::from_std(pause.earliest).unwrap_or_default();
        let latest = shift.start + TimeDelta::from_std(pause.latest).unwrap_or_default();
        let length = TimeDelta::from_std(pause.length).unwrap_or_default();
        let taken: u32 = (shift.breaks.iter())
            .filter(|b| earliest <= b.start && b.start <= latest && b.end - b.start == length)
            .filter(|b| b.paid == pause.paid)
            .map(|b| b.count)
            .sum();
        if taken != shift.count {
            return Some(format!(
                "{taken} of {} take break `{}`",
                shift.count, pause.id
            ));
        }
    }
    let taken: u32 = shift.breaks.iter().map(|b| b.count).sum();
    let due = u32::try_from(kind.breaks.len()).unwrap_or(0) * shift.count;
    (taken != due).then(|| format!("{taken} breaks are taken, {due} are due"))
}

fn assignments(
    problem: &Problem,
    schedule: &Schedule,
    present: &[Vec<f64>],
    faults: &mut Vec<String>,
) {
    let mut busy = vec![vec![0.0; problem.grid.len()]; problem.pools.len()];
    for a in &schedule.assignments {
        let (pool, group) = (&problem.pools[a.pool], &problem.groups[a.group]);
        if !pool.skills.contains(&group.skill) {
            faults.push(format!("pool `{}` cannot serve {}", pool.id, group.skill));
        }
        if !(a.agents.is_finite() && a.agents >= 0.0) {
            faults.push(format!("pool `{}` sends {} agents", pool.id, a.agents));
        }
        busy[a.pool][a.interval] += a.agents;
    }
    for (p, pool) in problem.pools.iter().enumerate() {
        for (t, (&busy, &present)) in busy[p].iter().zip(&present[p]).enumerate() {
            if busy > present + AGENTS {
                let at = problem.grid.instant(t);
                faults.push(format!(
                    "pool `{}` has {present} people at {at}, {busy} are sent",
                    pool.id
                ));
            }
        }
    }
}

/// Live need is met or stated as missing; deferred work keeps its deadlines, or would with the
/// missing agents. What is reported about deferred work is what happens without them.
fn coverage(problem: &Problem, schedule: &Schedule, faults: &mut Vec<String>) -> Vec<Lateness> {
    let n = problem.grid.len();
    let staffed = staffed(problem, schedule);
    let crews = schedule.live_crews(problem);
    let mut missing = vec![vec![0.0; n]; problem.groups.len()];
    for s in &schedule.shortages {
        missing[s.group][s.interval] += s.agents;
    }
    let mut lateness = Vec::new();
    let agents = staffed.iter().zip(&missing).zip(&crews);
    for (group, ((staffed, missing), crew)) in problem.groups.iter().zip(agents) {
        let stated: Vec<f64> = staffed.iter().zip(missing).map(|(s, m)| s + m).collect();
        for (t, agents) in stated.iter().enumerate() {
            let (need, crew) = (group.live_agents(t, problem.rounding), crew[t]);
            let at = problem.grid.instant(t);
            if crew < need - AGENTS {
                faults.push(format!(
                    "{} has a live crew of {crew} at {at}, its floor needs {need}",
                    group.name
                ));
            }
            let need = need.max(crew);
            if *agents < need - AGENTS {
                faults.push(format!(
                    "{} has {agents} agents at {at}, needs {need}",
                    group.name
                ));
            }
        }
        let served = serve(problem, group, &stated, crew);
        for (class, late) in group.deferred.iter().zip(&served.late) {
            if *late > AGENTS * n as f64 + 1e-6 * class.total() {
                faults.push(format!(
                    "{late:.4} agent-intervals of deferred work of {} are late",
                    group.name
                ));
            }
        }
        lateness.push(serve(problem, group, staffed, crew));
    }
    lateness
}

/// Deferred work of a group, earliest deadline first, by agents beyond the live need and in the
/// live crew's idle time, which grows with a live crew beyond the base.
fn serve(problem: &Problem, group: &Group, agents: &[f64], crew: &[f64]) -> Lateness {
    let capacity: Vec<f64> = (agents.iter().zip(crew).enumerate())
        .map(|(t, (agents, crew))| {
            let beyond = (agents - crew).max(0.0);
            let added = (crew - group.live_agents(t, problem.rounding)).max(0.0);
            group.idle[t]
                + (added * group.idle_per_agent + beyond * group.deferred_cap) / group.allowance
        })
        .collect();
    let classes = &group.deferred;
    let capacity = &capacity;
    EarliestDeadlineFirst { classes, capacity }.serve()
}

fn cost(problem: &Problem, schedule: &Schedule) -> f64 {
    let hours = problem.interval_hours();
    let pools: BTreeMap<_, _> = problem.pools.iter().map(|p| (&p.id, p)).collect();
    let mut total = 0.0;
    for shift in &schedule.shifts {
        let Some(pool) = pools.get(&shift.pool) else {
            continue;
        };
        let inside = problem
            .grid
            .instants()
            .filter(|t| shift.start <= *t && *t < shift.end);
        let (mut worked, mut intervals) = (0.0, 0.0);
        for instant in inside {
            worked += pool.hourly_price(instant).get() * hours;
            intervals += 1.0;
        }
        let all = (shift.end - shift.start).num_minutes() as f64 / 60.0 / hours;
        let unpaid: f64 = (shift.breaks.iter().filter(|b| !b.paid))
            .map(|b| (b.end - b.start).num_minutes() as f64 / 60.0 * f64::from(b.count))
            .sum();
        total += worked * f64::from(shift.count);
        total -= unpaid * pool.price.per_hour.get() * intervals / all;
    }
    for a in &schedule.assignments {
        let price = &problem.pools[a.pool].price;
        let language = &problem.groups[a.group].skill.language;
        total += (price.of(language).get() - price.per_hour.get()) * a.agents * hours;
    }
    for (index, pool) in problem.pools.iter().enumerate() {
        let stated = schedule.cost.pools.iter().find(|c| c.pool == pool.id);
        let (stated, premiums) = stated.map_or((0.0, 0.0), |cost| {
            (cost.guaranteed.get(), cost.premiums.get())
        });
        let unworked = rules::unworked_hours(problem, schedule, index);
        // Tours may waste more than the headcount has to, and work overtime.
        total += owed(problem, schedule, pool);
        total += (unworked * pool.price.per_hour.get()).max(stated);
        total += clock_premiums(problem, schedule, pool).max(premiums);
    }
    let missing: f64 = schedule.shortages.iter().map(|s| s.agents).sum();
    total + missing * hours * problem.understaffing_per_hour.get()
}

/// Premiums of the pool's law for its shifts by the clock, for the part inside the horizon.
fn clock_premiums(problem: &Problem, schedule: &Schedule, pool: &Pool) -> f64 {
    let Some(pay) = ClockPay::of(problem, pool) else {
        return 0.0;
    };
    let own = schedule.shifts.iter().filter(|s| s.pool == pool.id);
    own.map(|s| pay.of_shift(s.start, s.end) * f64::from(s.count))
        .sum()
}

/// Everybody who is not where they were agreed to be, or is where nobody was.
fn changes(problem: &Problem, schedule: &Schedule) -> i64 {
    let Some(kept) = &problem.kept else {
        return 0;
    };
    let mut off: BTreeMap<_, i64> = BTreeMap::new();
    for (shifts, sign) in [(&kept.shifts, -1), (&schedule.shifts, 1)] {
        for shift in shifts.iter().filter(|s| can_be_worked(problem, s)) {
            let key = (&shift.pool, &shift.shift_type, shift.start);
            *off.entry(key).or_default() += sign * i64::from(shift.count);
        }
    }
    off.values().map(|people| people.abs()).sum()
}

/// Whether a shift lies in the horizon, on its steps, and its pool still offers it.
fn can_be_worked(problem: &Problem, shift: &Shift) -> bool {
    let grid = &problem.grid;
    let pool = problem.pools.iter().find(|p| p.id == shift.pool);
    let offers = pool.is_some_and(|pool| {
        let mut kinds = pool.shifts.iter().filter(|k| k.id == shift.shift_type);
        let start_is_offered = |kind: &ShiftType| start_fault(pool, kind, shift).is_none();
        kinds.any(start_is_offered)
    });
    let is_inside = shift.start < grid.end() && grid.start() < shift.end;
    offers && is_inside && grid.position(shift.start).is_some()
}

/// What a pool is paid for what it was promised and not asked to do.
fn owed(problem: &Problem, schedule: &Schedule, pool: &Pool) -> f64 {
    let own = || schedule.shifts.iter().filter(|s| s.pool == pool.id);
    let price = pool.price.per_hour.get();
    match pool.commitment {
        None => 0.0,
        Some(Commitment::ShiftsPerDay(promised)) => {
            let hours = pool.shifts.first().map_or(0, |s| s.length.as_secs()) as f64 / 3600.0;
            let mut missed = 0;
            for day in problem.grid.local_days(pool.zone) {
                let noon = day.and_hms_opt(12, 0, 0).unwrap_or_default();
                let noon = pool.zone.instant_reached(noon);
                if problem.grid.start() <= noon && noon < problem.grid.end() {
                    let on_day = own().filter(|s| pool.zone.local(s.start).date() == day);
                    missed += promised.saturating_sub(on_day.map(|s| s.count).sum());
                }
            }
            f64::from(missed) * hours * price
        }
        Some(Commitment::HoursPerWeek(promised)) => {
            let mut worked = 0.0;
            for instant in problem.grid.instants() {
                let there = own().filter(|s| s.start <= instant && instant < s.end);
                worked += there.map(|s| f64::from(s.count)).sum::<f64>();
            }
            (promised * problem.weeks - worked * problem.interval_hours()).max(0.0) * price
        }
    }
}
