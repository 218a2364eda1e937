//! Steady state of a small Markov chain, by its definition: what flows in flows out.

use std::collections::HashMap;
use std::hash::Hash;

/// States reached from one, with their probabilities.
pub(super) struct Steady<S> {
    pub(super) states: Vec<(S, f64)>,
}

impl<S: Copy + Eq + Hash> Steady<S> {
    /// Follows the transitions from a state, and sweeps until nothing moves any more.
    pub(super) fn new(start: S, rates: impl Fn(S) -> Vec<(S, f64)>) -> Self {
        let mut index = HashMap::from([(start, 0)]);
        let mut states = vec![start];
        let mut into: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
        let mut out = Vec::new();
        let mut next = 0;
        while next < states.len() {
            let mut total = 0.0;
            for (to, rate) in rates(states[next]) {
                let place = *index.entry(to).or_insert_with(|| {
                    states.push(to);
                    into.push(Vec::new());
                    states.len() - 1
                });
                if place != next && rate > 0.0 {
                    into[place].push((next, rate));
                    total += rate;
                }
            }
            out.push(total);
            next += 1;
        }
        let mut shares = vec![1.0 / states.len() as f64; states.len()];
        for _ in 0..200_000 {
            let mut moved: f64 = 0.0;
            for i in 0..shares.len() {
                let flow: f64 = into[i]
                    .iter()
                    .map(|(from, rate)| shares[*from] * rate)
                    .sum();
                let share = flow / out[i];
                moved = moved.max((share - shares[i]).abs());
                shares[i] = share;
            }
            let sum: f64 = shares.iter().sum();
            for share in &mut shares {
                *share /= sum;
            }
            if moved < 1e-13 {
                break;
            }
        }
        Self {
            states: states.into_iter().zip(shares).collect(),
        }
    }

    /// Mean of a function of the state.
    pub(super) fn mean(&self, value: impl Fn(S) -> f64) -> f64 {
        self.states
            .iter()
            .map(|(state, share)| share * value(*state))
            .sum()
    }
}

#[test]
fn a_chain_solved_by_hand() {
    // One line, load 2: busy with probability 2/3.
    let steady = Steady::new(0, |n| {
        if n == 0 {
            vec![(1, 2.0)]
        } else {
            vec![(0, 1.0)]
        }
    });
    assert!((steady.mean(f64::from) - 2.0 / 3.0).abs() < 1e-12);
}
