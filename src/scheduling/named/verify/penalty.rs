//! Wishes, shares and unworked hours counted again.

use std::collections::BTreeMap;

use super::super::PoolRoster;
use super::agent::{Agent, hours_of};
use crate::calendar::{Datelike, NaiveDate};
use crate::units::whole;
use crate::workforce::{Fairness, Shift, Staff, Tour, WishDay, WishFor};

/// Sums of weights and squares may be off by so much, relative to what they are.
const NOISE: f64 = 1e-6;

/// Compares what a roster says of itself with what its tours come to.
pub(super) fn check(
    agents: &[Agent<'_>],
    staff: &Staff,
    own: &PoolRoster,
    faults: &mut Vec<String>,
) {
    let mut told = |what: &str, told: f64, found: f64| {
        if (told - found).abs() > NOISE * found.abs().max(1.0) {
            faults.push(format!("{what} of a roster are {found}, not {told}"));
        }
    };
    let (mut kept, mut broken, mut weight) = (0, 0, 0.0);
    for (agent, tour) in agents.iter().zip(&own.tours) {
        for wish in staff.wishes.iter().filter(|w| w.agent == tour.agent) {
            for day in agent.days().filter(|&day| !agent.is_absent(day)) {
                let is_meant = match wish.day {
                    WishDay::Date(date) => date == day,
                    WishDay::Weekday(weekday) => weekday == day.weekday(),
                    WishDay::Every => true,
                };
                if !is_meant {
                    continue;
                }
                let here = |s: &&Shift| agent.pool.zone.local(s.start).date() == day;
                let shift = tour.shifts.iter().find(here);
                if holds(agent, &wish.what, shift) == wish.wanted {
                    kept += 1;
                } else {
                    broken += 1;
                    weight += wish.weight;
                }
            }
        }
    }
    told("kept wishes", f64::from(own.wishes.0), f64::from(kept));
    told("broken wishes", f64::from(own.wishes.1), f64::from(broken));
    told("weights of wishes", own.penalty.wishes, weight);
    let unworked = agents.iter().zip(&own.tours).map(|(a, t)| a.unworked(t));
    told("unworked hours", own.penalty.unworked_hours, unworked.sum());
    let over = f64::from(weekends_over(agents, own));
    told("weekends over", f64::from(own.weekends_over), over);
    told("squares", own.penalty.fairness, squares(agents, staff, own));
    if own.loads.len() != agents.len() || own.past.len() != agents.len() {
        faults.push("a roster has loads of others than its agents".to_owned());
        return;
    }
    for (place, (agent, tour)) in agents.iter().zip(&own.tours).enumerate() {
        let history = Tour {
            shifts: agent.context.history.clone(),
            ..tour.clone()
        };
        let pairs = [(tour, own.loads[place]), (&history, own.past[place])];
        for (shifts, told) in pairs {
            let load = load(agent, &staff.fairness, &shifts.shifts);
            let [hours, nights, weekends, unpopular] = load;
            let is_same = (told.hours - hours).abs() < NOISE * hours.max(1.0)
                && [told.nights, told.weekends, told.unpopular].map(f64::from)
                    == [nights, weekends, unpopular];
            if !is_same {
                faults.push(format!("agent `{}` has {load:?}, not {told:?}", tour.agent));
            }
        }
    }
}

/// Agents of each contract who work on a weekend beyond its share of those who work in the week,
/// whole agents only.
fn weekends_over(agents: &[Agent<'_>], own: &PoolRoster) -> u32 {
    let mut counts: BTreeMap<(&str, i64), (f64, [u32; 2])> = BTreeMap::new();
    for (agent, tour) in agents.iter().zip(&own.tours) {
        let Some(contract) = &agent.contract else {
            continue;
        };
        let Some(share) = contract.weekend_share_max else {
            continue;
        };
        for (week, shifts) in agent.weeks(tour) {
            let (_, [all, weekend]) = counts
                .entry((&contract.id, week))
                .or_insert((share.get(), [0; 2]));
            *all += 1;
            *weekend += u32::from(shifts.iter().any(|s| agent.is_weekend(s)));
        }
    }
    let over = counts.values().map(|(share, [all, weekend])| {
        let most = whole::ceil((share * f64::from(*all) - 1e-9).max(0.0));
        weekend.saturating_sub(most)
    });
    over.sum()
}

/// Whether a day is what a wish is about.
fn holds(agent: &Agent<'_>, what: &WishFor, shift: Option<&Shift>) -> bool {
    match (what, shift) {
        (WishFor::Free, None) | (WishFor::Work, Some(_)) => true,
        (WishFor::Early, Some(shift)) => agent.minute(shift) < 12 * 60,
        (WishFor::Late, Some(shift)) => agent.minute(shift) >= 12 * 60,
        (WishFor::Night, Some(shift)) => agent.is_night(shift),
        (WishFor::Shift(kind), Some(shift)) => shift.shift_type == *kind,
        _ => false,
    }
}

/// Hours, nights, weekend shifts and unpopular starts.
fn load(agent: &Agent<'_>, fairness: &Fairness, shifts: &[Shift]) -> [f64; 4] {
    let count = |is: &dyn Fn(&Shift) -> bool| shifts.iter().filter(|s| is(s)).count() as f64;
    let popular = fairness.early_minute..fairness.late_minute;
    [
        shifts.iter().map(hours_of).sum(),
        count(&|s| agent.is_night(s)),
        count(&|s| agent.is_weekend(s)),
        count(&|s| !popular.contains(&agent.minute(s))),
    ]
}

/// Weighted squares of the distances from fair shares, in shifts: each measure of the plan and of
/// the history is shared by contract hours and days of presence. Who has no history is given a part
/// of that of the others by contract hours.
fn squares(agents: &[Agent<'_>], staff: &Staff, own: &PoolRoster) -> f64 {
    let open: Vec<Shift> = own.open.iter().map(|o| o.shift.clone()).collect();
    let hours = |a: &Agent<'_>| a.contract.as_ref().map_or(0.0, |c| c.week_hours);
    let present = |a: &Agent<'_>| {
        let days: Vec<NaiveDate> = a.days().filter(|&d| !a.is_absent(d)).collect();
        hours(a) * days.len() as f64
    };
    let all: f64 = agents.iter().map(present).sum();
    let known = |a: &&Agent<'_>| !a.context.history.is_empty();
    let old: f64 = agents.iter().filter(known).map(hours).sum();
    let fairness = &staff.fairness;
    let mut sum = 0.0;
    for measure in 0..4 {
        // Hours count in shifts of eight, and those of the horizon alone.
        let (scale, is_old) = if measure == 0 { (8.0, 0.0) } else { (1.0, 1.0) };
        let of = |a: &Agent<'_>, shifts: &[Shift]| load(a, fairness, shifts)[measure] / scale;
        let worked = |a: &Agent<'_>| is_old * of(a, &a.context.history);
        let before: f64 = agents.iter().filter(known).map(worked).sum();
        let past = |a: &Agent<'_>| {
            if a.context.history.is_empty() && old > 0.0 {
                before * hours(a) / old
            } else {
                worked(a)
            }
        };
        let mut total: f64 = agents.iter().map(past).sum();
        total += agents.first().map_or(0.0, |a| of(a, &open));
        total += (agents.iter().zip(&own.tours))
            .map(|(a, t)| of(a, &t.shifts))
            .sum::<f64>();
        for (agent, tour) in agents.iter().zip(&own.tours) {
            let share = if all > 0.0 {
                total * present(agent) / all
            } else {
                0.0
            };
            sum += (past(agent) + of(agent, &tour.shifts) - share).powi(2);
        }
    }
    fairness.weight * sum
}
