//! Tours made anew some at a time: those that waste hours, with some of the others, give up their
//! duties and are divided again.

use std::collections::BTreeMap;

use super::duty::Duty;
use super::master::cover;
use super::pricing::Walk;
use super::terms::Terms;

/// Rounds without a gain before it is left at that.
const PATIENCE: usize = 4;

/// Most rounds.
const ROUNDS: usize = 24;

/// Agents who are divided again at once.
const AGENTS: usize = 30;

/// Betters tours as long as it does not take too many rounds.
pub(super) fn improve(
    duties: &[Duty],
    terms: &Terms,
    mut tours: Vec<(Walk, u32)>,
) -> Vec<(Walk, u32)> {
    let mut idle = 0;
    for round in 0..ROUNDS {
        let picked = pick(duties, terms, &tours, round);
        if picked.is_empty() || idle == PATIENCE {
            break;
        }
        let before = cost(duties, terms, &picked);
        let again = divided(duties, terms, &picked);
        if cost(duties, terms, &again) < before - 1e-9 {
            tours = joined(&tours, &picked, again);
            idle = 0;
        } else {
            idle += 1;
        }
    }
    tours
}

fn waste(duties: &[Duty], terms: &Terms, walk: &Walk) -> i64 {
    let minutes = walk.duties.iter().map(|&d| duties[d].minutes()).sum();
    terms.unused(walk.contract, minutes)
}

fn cost(duties: &[Duty], terms: &Terms, tours: &[(Walk, u32)]) -> f64 {
    let of = |walk: &Walk| {
        let minutes = walk.duties.iter().map(|&d| duties[d].minutes()).sum();
        terms.cost(walk.contract, minutes)
    };
    tours.iter().map(|(w, n)| of(w) * f64::from(*n)).sum()
}

/// Tours that waste most, and in each round others of the rest.
fn pick(duties: &[Duty], terms: &Terms, tours: &[(Walk, u32)], round: usize) -> Vec<(Walk, u32)> {
    let short = |walk: &Walk| walk.duties.len() < 3;
    let (mut bad, good): (Vec<_>, Vec<_>) =
        (tours.iter()).partition(|(walk, _)| waste(duties, terms, walk) > 0 || short(walk));
    bad.sort_by_key(|(walk, _)| std::cmp::Reverse(waste(duties, terms, walk)));
    bad.truncate(AGENTS / 2);
    if bad.is_empty() {
        return Vec::new();
    }
    let others = good.len();
    let from = if others > 0 {
        round * AGENTS / 2 % others
    } else {
        0
    };
    let rest = good
        .into_iter()
        .cycle()
        .skip(from)
        .take(others.min(AGENTS / 2));
    bad.into_iter()
        .chain(rest)
        .map(|(walk, _)| (walk.clone(), 1))
        .collect()
}

/// The duties of some tours divided again.
fn divided(duties: &[Duty], terms: &Terms, tours: &[(Walk, u32)]) -> Vec<(Walk, u32)> {
    let mut people: BTreeMap<usize, u32> = BTreeMap::new();
    for (walk, n) in tours {
        for &d in &walk.duties {
            *people.entry(d).or_default() += n;
        }
    }
    let places: Vec<usize> = people.keys().copied().collect();
    let own: Vec<Duty> = (people.iter())
        .map(|(&d, &count)| Duty { count, ..duties[d] })
        .collect();
    let again = cover(&own, terms).into_iter();
    again
        .map(|(walk, n)| {
            let duties = walk.duties.iter().map(|&d| places[d]).collect();
            (Walk { duties, ..walk }, n)
        })
        .collect()
}

/// All tours, some of them taken out for others.
fn joined(
    all: &[(Walk, u32)],
    out: &[(Walk, u32)],
    for_them: Vec<(Walk, u32)>,
) -> Vec<(Walk, u32)> {
    let mut counts: BTreeMap<Walk, u32> = all.iter().cloned().collect();
    for (walk, n) in out {
        if let Some(count) = counts.get_mut(walk) {
            *count = count.saturating_sub(*n);
        }
    }
    for (walk, n) in for_them {
        *counts.entry(walk).or_default() += n;
    }
    counts.into_iter().filter(|(_, n)| *n > 0).collect()
}
