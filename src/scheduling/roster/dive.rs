//! From fractions to tours: the surest agents are given their tours, and the rest is solved again.

use rand::RngExt;
use rand_pcg::Pcg64;

use super::layout::{Layout, Symbols};
use super::master::{Ending, Master, WIDTHS, Window};
use super::standing::Standing;

/// Shares from which on an agent is as good as settled.
const SURE: f64 = 0.97;

/// Rounds of pricing after each agent.
const ROUNDS: usize = 12;

/// New tours for the agents of a window.
pub(super) type Change = Vec<(usize, Symbols)>;

/// Gives all agents tours, one after the other. `None` when that cannot cost less than `cutoff`
/// or the work is spent.
pub(super) fn dive(
    master: &mut Master<'_>,
    cutoff: i64,
    random: &mut Pcg64,
    is_spent: &(dyn Fn(u64) -> bool + Sync),
) -> Option<Change> {
    loop {
        if master.cost() > cutoff as f64 - 1.0 + 1e-6 {
            return None;
        }
        let mut best: Option<(f64, usize)> = None;
        let mut sure = Vec::new();
        for (at, column) in master.columns.iter().enumerate() {
            if master.is_fixed[column.place] {
                continue;
            }
            let value = master.value(column);
            if value > SURE {
                sure.push(at);
            } else if value > 1e-6 {
                let drawn = value + 0.05 * random.random::<f64>();
                if best.is_none_or(|(most, _)| drawn > most) {
                    best = Some((drawn, at));
                }
            }
        }
        if best.is_none() {
            break;
        }
        for at in sure {
            master.fix(at);
        }
        if let Some((_, at)) = best {
            master.fix(at);
        }
        let ending = master.generate(cutoff, &WIDTHS[..1], ROUNDS, is_spent);
        if ending == Ending::Stopped {
            return None;
        }
    }
    let chosen = master.columns.iter().filter(|c| master.value(c) > 0.5);
    let change: Change = chosen
        .map(|c| (master.window.agents[c.place], c.tour.clone()))
        .collect();
    (change.len() == master.window.agents.len()).then_some(change)
}

/// What a window came to.
#[derive(Debug)]
pub(super) struct Improved {
    pub(super) change: Option<Change>,
    pub(super) work: u64,
    /// Whether it is certain that nothing better was there.
    pub(super) is_exhausted: bool,
}

/// Looks for tours of a window that cost less than they do, or as much but others where `sideways`.
pub(super) fn improve(
    layout: &Layout<'_>,
    standing: &Standing,
    window: &Window,
    sideways: bool,
    random: &mut Pcg64,
    is_spent: &(dyn Fn(u64) -> bool + Sync),
) -> Improved {
    let mut master = Master::new(layout, window, standing);
    let cutoff = master.present_cost() + i64::from(sideways);
    let ending = master.generate(cutoff, &WIDTHS[..2], usize::MAX, is_spent);
    let change = match ending {
        Ending::Solved => dive(&mut master, cutoff, random, is_spent),
        Ending::Hopeless | Ending::Stopped => None,
    };
    Improved {
        change,
        work: master.work,
        is_exhausted: ending == Ending::Hopeless,
    }
}
