//! Tours made anew some at a time: those that waste hours, with some of the others, give up their
//! duties and are divided again.

use std::collections::BTreeMap;

use super::duty::Duty;
use super::master::{Tours, cover};
use super::pricing::Walk;
use super::terms::Terms;

/// Rounds without a gain before it is left at that.
const PATIENCE: usize = 4;

/// Most rounds.
const ROUNDS: usize = 24;

/// Tours of fewer shifts are divided again even where no hour of theirs is paid for nothing.
const FEW: usize = 3;

/// Agents who are divided again at once.
const AGENTS: usize = 30;

/// Betters tours as long as it does not take too many rounds.
pub(super) fn improve(duties: &[Duty], terms: &Terms, mut tours: Tours) -> Tours {
    let mut idle = 0;
    for round in 0..ROUNDS {
        let picked = pick(duties, terms, &tours, round);
        if picked.is_empty() || idle == PATIENCE {
            break;
        }
        let again = divided(duties, terms, &picked);
        let is_cheaper = cost(duties, terms, &again) < cost(duties, terms, &picked) - 1e-9;
        if is_cheaper && keeps_limits(duties, terms, &tours, [&picked, &again]) {
            exchange(&mut tours, &picked, again);
            idle = 0;
        } else {
            idle += 1;
        }
    }
    tours
}

fn cost(duties: &[Duty], terms: &Terms, tours: &Tours) -> f64 {
    let of = |walk: &Walk| terms.cost(walk.contract, walk.minutes_inside(duties));
    tours.iter().map(|(w, n)| of(w) * f64::from(*n)).sum()
}

/// Whether limits on numbers of agents are kept, or broken no more, with tours in the place of others.
fn keeps_limits(duties: &[Duty], terms: &Terms, tours: &Tours, [out, back]: [&Tours; 2]) -> bool {
    terms.limits.iter().all(|limit| {
        let weights = |tours: &Tours| -> f64 {
            let all = tours.iter();
            all.map(|(walk, n)| limit.weight(walk, duties) * f64::from(*n))
                .sum()
        };
        let before = weights(tours);
        before - weights(out) + weights(back) <= before.max(limit.most) + 1e-9
    })
}

/// One agent of each tour that wastes most, and in each round of others of the rest.
fn pick(duties: &[Duty], terms: &Terms, tours: &Tours, round: usize) -> Tours {
    let waste = |walk: &Walk| terms.unused(walk.contract, walk.minutes_inside(duties));
    let (mut bad, good): (Vec<&Walk>, Vec<&Walk>) =
        (tours.keys()).partition(|walk| waste(walk) > 0.0 || walk.duties.len() < FEW);
    bad.sort_by(|a, b| waste(b).total_cmp(&waste(a)));
    bad.truncate(AGENTS / 2);
    if bad.is_empty() {
        return Tours::new();
    }
    let from = round * AGENTS / 2 % good.len().max(1);
    let rest = good.iter().cycle().skip(from);
    let rest = rest.take(good.len().min(AGENTS / 2)).copied();
    bad.into_iter()
        .chain(rest)
        .map(|walk| (walk.clone(), 1))
        .collect()
}

/// The duties of some tours divided again.
fn divided(duties: &[Duty], terms: &Terms, tours: &Tours) -> Tours {
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

/// Puts tours in the place of others.
fn exchange(tours: &mut Tours, out: &Tours, for_them: Tours) {
    for (walk, n) in out {
        if let Some(count) = tours.get_mut(walk) {
            *count = count.saturating_sub(*n);
        }
    }
    for (walk, n) in for_them {
        *tours.entry(walk).or_default() += n;
    }
    tours.retain(|_, n| *n > 0);
}
