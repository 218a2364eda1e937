//! What a law costs that refuses shifts: shifts it does not permit, priced as if they were there.
//!
//! ```text
//! worth = Σ_t value of presence in t − cost − least value of presence lost to each break
//! ```
//!
//! at the multipliers of the relaxation. Where a pool is never there because its law keeps it away,
//! its presence is worth what the best group would pay for it. A shift that is worth more than
//! nothing would make the plan cheaper by that much at the margin; what the law asks of more than
//! one shift, rests above all, has rows of its own.

use std::collections::{BTreeMap, HashMap};

use super::breaks::BreakStep;
use super::cover::CoverModel;
use super::explain::BindingRule;
use super::{Candidate, Problem};

/// Prices of the rules of law that refuse shifts, by pool: what the best shift is worth that these
/// rules alone keep away.
pub(super) fn prices(cover: &CoverModel<'_>, duals: &[f64]) -> Vec<BindingRule> {
    let problem = cover.problem;
    let refused = Candidate::refused(problem);
    if refused.is_empty() {
        return Vec::new();
    }
    let (refused, rules): (Vec<_>, Vec<_>) = refused.into_iter().unzip();
    let (from, mut all) = (cover.candidates.len(), cover.candidates.clone());
    all.extend(refused);
    let freed = CoverModel::with_breaks(problem, all, BreakStep::exact(problem));
    let worth = worth(&freed, &multipliers(&freed, cover, duals), from);
    let mut best: BTreeMap<String, f64> = BTreeMap::new();
    for ((candidate, rules), worth) in freed.candidates[from..].iter().zip(rules).zip(worth) {
        let price = best.entry(name(problem, candidate, &rules)).or_default();
        *price = price.max(worth);
    }
    let found = best.into_iter().filter(|(_, price)| *price > 1e-3);
    found
        .map(|(rule, price)| BindingRule { rule, price })
        .collect()
}

fn name(problem: &Problem, candidate: &Candidate, rules: &[&str]) -> String {
    let pool = &problem.pools[candidate.pool];
    let law = pool.law.as_ref().map_or("", |law| law.id.as_str());
    let rules = rules.join(" and ").replace('_', " ");
    format!("law {law} {rules}, {}", pool.id)
}

/// Multipliers of the freed model: those of the rows that were there, and for presence that was not
/// what the group offers that gains most by it. Other rows have none.
fn multipliers(freed: &CoverModel<'_>, cover: &CoverModel<'_>, duals: &[f64]) -> Vec<f64> {
    let known: HashMap<&str, f64> = (cover.model.rows())
        .map(|row| (cover.model.row_name(row), duals[row.index()]))
        .collect();
    let of = |row| known.get(freed.model.row_name(row)).copied();
    let rows = freed.model.rows();
    let mut all: Vec<f64> = rows.map(|row| of(row).unwrap_or(0.0)).collect();
    let reduced = freed.model.reduced_costs(&all);
    for row in freed.presence.iter().flatten().flatten() {
        if of(*row).is_none() {
            let servers = freed.model.terms(*row).filter(|(_, a)| *a == 1.0);
            let gain = servers.map(|(v, _)| reduced[v.index()]).fold(0.0, f64::min);
            all[row.index()] = gain;
        }
    }
    all
}

/// What one person is worth on each candidate from a position on, with breaks where they cost least.
fn worth(freed: &CoverModel<'_>, multipliers: &[f64], from: usize) -> Vec<f64> {
    let reduced = freed.model.reduced_costs(multipliers);
    let mut worth: Vec<f64> = (freed.people[from..].iter())
        .map(|people| -reduced[people.index()])
        .collect();
    let places = freed.breaks.iter().filter(|b| b.candidate >= from);
    let mut least: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for place in places {
        let lost = reduced[place.variable.index()];
        let best = least
            .entry((place.candidate, place.break_type))
            .or_insert(f64::INFINITY);
        *best = best.min(lost);
    }
    for ((candidate, _), lost) in least {
        worth[candidate - from] -= lost;
    }
    worth
}
