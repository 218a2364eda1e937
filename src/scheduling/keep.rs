//! Shifts that are already agreed: a start for the search, and a price for moving away from them.
//!
//! ```text
//! kept   x_j − a_j + d_j = k_j      a_j people more, d_j fewer than the k_j agreed
//! ```

use super::cover::CoverModel;
use super::{Candidate, Problem, Schedule};
use crate::milp::{Kind, Sense, Variable};
use crate::units::Money;
use crate::workforce::{KeptShifts, Shift};

/// People more and fewer than agreed on a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    pub(super) candidate: usize,
    pub(super) more: Variable,
    pub(super) fewer: Variable,
}

/// People agreed on a candidate.
fn agreed(problem: &Problem, candidate: &Candidate, shifts: &[Shift]) -> u32 {
    let pool = &problem.pools[candidate.pool];
    let kind = &pool.shifts[candidate.shift_type];
    let same = shifts
        .iter()
        .filter(|s| s.start == candidate.start && s.pool == pool.id && s.shift_type == kind.id);
    same.map(|s| s.count).fold(0, u32::saturating_add)
}

/// Prices every change of the people on a candidate.
pub(super) fn constrain(cover: &mut CoverModel<'_>, peak: f64) {
    let Some(kept) = &cover.problem.kept else {
        return;
    };
    let price = kept.price_per_change.get();
    // Where changes are free, the shifts are only a start.
    if price <= 0.0 {
        return;
    }
    for index in 0..cover.candidates.len() {
        let people = cover.people[index];
        let name = format!("kept {}", cover.model.variable_name(people));
        let agreed = f64::from(agreed(
            cover.problem,
            &cover.candidates[index],
            &kept.shifts,
        ));
        let mut variable =
            |upper| (cover.model).add_variable(&name, 0.0, upper, price, Kind::Continuous);
        let (more, fewer) = (variable(peak), variable(agreed));
        let terms = [(people, 1.0), (more, -1.0), (fewer, 1.0)];
        cover.model.add_row(name, terms, Sense::Equal, agreed);
        cover.changes.push(Change {
            candidate: index,
            more,
            fewer,
        });
    }
}

/// A point with the people and breaks that were agreed, as far as they are candidates; nobody
/// serves anything yet.
pub(super) fn start(cover: &CoverModel<'_>, kept: &KeptShifts) -> Vec<f64> {
    let mut point = vec![0.0; cover.model.variable_count()];
    for (candidate, people) in cover.candidates.iter().zip(&cover.people) {
        let upper = cover.model.bounds(*people).1;
        let agreed = f64::from(agreed(cover.problem, candidate, &kept.shifts));
        point[people.index()] = agreed.min(upper);
    }
    for pause in &cover.breaks {
        let candidate = &cover.candidates[pause.candidate];
        let pool = &cover.problem.pools[candidate.pool];
        let kind = &pool.shifts[candidate.shift_type];
        let length = kind.breaks[pause.break_type].length;
        let since = cover.step.length * pause.offset;
        let is_here =
            |s: &&Shift| s.start == candidate.start && s.pool == pool.id && s.shift_type == kind.id;
        let breaks = kept.shifts.iter().filter(is_here).flat_map(|s| &s.breaks);
        let there = breaks.filter(|b| {
            (b.start - candidate.start).to_std() == Ok(since)
                && (b.end - b.start).to_std() == Ok(length)
        });
        point[pause.variable.index()] = there.map(|b| f64::from(b.count)).sum();
    }
    point
}

/// Price of what a schedule changes.
pub(super) fn cost(cover: &CoverModel<'_>, schedule: &Schedule) -> Money {
    let Some(kept) = &cover.problem.kept else {
        return Money::ZERO;
    };
    let changes = (cover.candidates.iter()).map(|candidate| {
        let people = |shifts: &[Shift]| agreed(cover.problem, candidate, shifts);
        people(&kept.shifts).abs_diff(people(&schedule.shifts))
    });
    kept.price_per_change * changes.map(f64::from).sum::<f64>()
}
