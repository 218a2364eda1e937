//! Every shift on its own: where it starts, who takes which break, who is there, what it costs.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{PlannedShifts, Week, WeekBreak};
use super::{exists, pool_name};

/// Shifts that could be placed, and the people they bring.
pub(super) struct Staff {
    pub(super) shifts: Vec<Placed>,
    pub(super) present: Vec<Vec<i64>>,
    pub(super) on_duty: Vec<Vec<i64>>,
}

/// People of a pool on a kind of shift, and when the pool's clock says it starts.
pub(super) struct Placed {
    pub(super) pool: usize,
    pub(super) shift_type: usize,
    pub(super) start: usize,
    pub(super) count: u32,
    /// Day of the pool's clock.
    pub(super) day: usize,
}

impl Staff {
    /// Price of all shifts.
    pub(super) fn cost(&self, week: &Week) -> i128 {
        (self.shifts.iter())
            .map(|s| i128::from(s.count) * person(week, s))
            .sum()
    }

    /// Everybody who is not where they were agreed to be, or is where nobody was.
    pub(super) fn changes(&self, week: &Week) -> i128 {
        let Some(kept) = &week.kept else { return 0 };
        let mut off: BTreeMap<_, i128> = BTreeMap::new();
        for s in &self.shifts {
            *off.entry((s.pool, s.shift_type, s.start)).or_default() += i128::from(s.count);
        }
        for s in &kept.shifts {
            let is_known = s.pool < week.pools.len()
                && s.shift_type < week.shift_types.len()
                && s.start < week.intervals;
            if is_known {
                let local = local_start(week, s.pool, s.start);
                if may_start(week, s, local % week.intervals_per_day) {
                    *off.entry((s.pool, s.shift_type, s.start)).or_default() -= i128::from(s.count);
                }
            }
        }
        off.values().map(|people| people.abs()).sum()
    }
}

/// Price of one person on a shift.
fn person(week: &Week, shift: &Placed) -> i128 {
    let pool = &week.pools[shift.pool];
    let kind = &week.shift_types[shift.shift_type];
    let mut price = i128::from(pool.fixed_cost);
    for step in 0..kind.length {
        price += i128::from(pool.wages[(shift.start + step) % week.intervals]);
    }
    for pause in kind.breaks.iter().filter(|b| !b.is_paid) {
        price -= i128::from(pool.base_wage) * pause.length as i128;
    }
    price
}

/// Walks all shifts. Those of nobody's pool, kind or interval are reported and left out.
pub(super) fn walk(week: &Week, planned: &[PlannedShifts], violations: &mut Vec<String>) -> Staff {
    let mut staff = Staff {
        shifts: Vec::new(),
        present: vec![vec![0; week.intervals]; week.pools.len()],
        on_duty: vec![vec![0; week.intervals]; week.pools.len()],
    };
    let mut seen = BTreeSet::new();
    for shift in planned {
        let has_place = exists("pool", shift.pool, week.pools.len(), violations)
            & exists(
                "kind of shift",
                shift.shift_type,
                week.shift_types.len(),
                violations,
            )
            & exists("interval", shift.start, week.intervals, violations);
        if !has_place {
            continue;
        }
        let mut say = |what: String| {
            let (pool, kind) = (
                pool_name(week, shift.pool),
                &week.shift_types[shift.shift_type].id,
            );
            violations.push(format!(
                "{pool}, shift `{kind}` from interval {}: {what}",
                shift.start
            ));
        };
        if !seen.insert((shift.pool, shift.shift_type, shift.start)) {
            say("it is listed twice".to_owned());
        }
        if shift.count == 0 {
            say("nobody works it".to_owned());
        }
        let local = local_start(week, shift.pool, shift.start);
        if !may_start(week, shift, local % week.intervals_per_day) {
            let at = local % week.intervals_per_day;
            say(format!(
                "it may not start at interval {at} of the local day"
            ));
        }
        let people = i64::from(shift.count);
        for step in 0..week.shift_types[shift.shift_type].length {
            let at = (shift.start + step) % week.intervals;
            staff.present[shift.pool][at] += people;
            staff.on_duty[shift.pool][at] += people;
        }
        breaks(week, shift, &mut staff.on_duty[shift.pool], &mut say);
        staff.shifts.push(Placed {
            pool: shift.pool,
            shift_type: shift.shift_type,
            start: shift.start,
            count: shift.count,
            day: local / week.intervals_per_day,
        });
    }
    staff
}

/// An interval of the axis on the clock of a pool.
fn local_start(week: &Week, pool: usize, start: usize) -> usize {
    let length = week.intervals as i128;
    let local = (start as i128 + i128::from(week.pools[pool].offset)).rem_euclid(length);
    usize::try_from(local).unwrap_or(0)
}

fn may_start(week: &Week, shift: &PlannedShifts, at: usize) -> bool {
    let window = week.pools[shift.pool].starts[shift.shift_type];
    window.is_some_and(|w| {
        w.from <= at && at <= w.to && (at == w.from || (at - w.from).is_multiple_of(w.step))
    })
}

/// Takes people on a break off duty, and reports breaks that are not as their kind says.
fn breaks(week: &Week, shift: &PlannedShifts, on_duty: &mut [i64], say: &mut dyn FnMut(String)) {
    let kinds = &week.shift_types[shift.shift_type].breaks;
    if kinds.len() != shift.breaks.len() {
        let (given, due) = (shift.breaks.len(), kinds.len());
        say(format!("{given} breaks are planned, {due} are due"));
    }
    for (kind, starts) in kinds.iter().zip(&shift.breaks) {
        let WeekBreak {
            id, first, last, ..
        } = kind;
        let mut seen = BTreeSet::new();
        let mut taken: u64 = 0;
        for start in starts {
            let offset = start.offset;
            if !seen.insert(offset) {
                say(format!("break `{id}` at offset {offset} is listed twice"));
            }
            if start.count == 0 {
                say(format!("nobody takes break `{id}` at offset {offset}"));
            }
            if offset < *first || *last < offset {
                say(format!(
                    "break `{id}` at offset {offset} is outside {first} to {last}"
                ));
            }
            taken += u64::from(start.count);
            for step in 0..kind.length {
                let at = offset % week.intervals + shift.start + step;
                on_duty[at % week.intervals] -= i64::from(start.count);
            }
        }
        if taken != u64::from(shift.count) {
            say(format!("{taken} of {} take break `{id}`", shift.count));
        }
    }
}
