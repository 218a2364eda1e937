//! From fractions to tours: the surest agents are given their tours, and the rest is solved again.

use std::collections::BTreeMap;

use rand::RngExt;
use rand_pcg::Pcg64;

use super::layout::{Layout, Symbols};
use super::master::{Ending, Master, WIDTHS, Window};
use super::standing::Standing;

/// Shares from which on a kind of day is as good as settled.
const SURE: f64 = 0.7;

/// What is left open of an agent's days by what is decided at once.
const DOUBT: f64 = 0.6;

/// Times that decisions may be taken back.
const RETREATS: usize = 40;

/// Share by which the cost may rise before decisions are taken back.
const JUMP: f64 = 0.01;

/// How much dearer than before a point may be, in units of cost, before more tours are sought.
const CONTENT: f64 = 0.2;

/// The linear program's cost may be off by so much.
const ROUNDING: f64 = 0.05;

/// Rounds of pricing after each decision.
const ROUNDS: usize = 80;

/// New tours for the agents of a window.
pub(super) type Change = Vec<(usize, Symbols)>;

/// Decides day by day, the surest first, until all tours are whole. `None` when that cannot cost
/// less than `cutoff` or the work is spent.
pub(super) fn dive(
    master: &mut Master<'_>,
    cutoff: i64,
    random: &mut Pcg64,
    is_spent: &(dyn Fn(u64) -> bool + Sync),
) -> Option<Change> {
    master.floor = master.cost() + CONTENT;
    let (mut retreats, mut cautious) = (RETREATS, false);
    loop {
        if master.cost() > cutoff as f64 - 1.0 + ROUNDING {
            return None;
        }
        let mut cells = fractions(master);
        if cells.is_empty() {
            break;
        }
        for cell in &mut cells {
            cell.0 += 0.02 * random.random::<f64>();
        }
        cells.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let most = if cautious {
            1
        } else {
            cells.len().div_ceil(12)
        };
        let mut doubts = vec![0.0; master.window.agents.len()];
        let mut undo = Vec::new();
        for (at, &(value, (place, day, symbol))) in cells.iter().enumerate() {
            let doubt = 1.0 - value;
            if at > 0 && (at >= most || value < SURE || doubts[place] + doubt > DOUBT) {
                continue;
            }
            doubts[place] += doubt;
            undo.push((place, day, master.allowed(place, day)));
            master.allow(place, day, 1 << symbol);
        }
        let before = master.cost();
        let ending = master.generate(cutoff, &WIDTHS[..1], ROUNDS, is_spent);
        let most = before + (JUMP * before).max(1.5);
        let is_jump = ending == Ending::Hopeless || master.cost() > most;
        if ending == Ending::Stopped || (ending == Ending::Hopeless && retreats == 0) {
            return None;
        }
        if is_jump && retreats > 0 {
            retreats -= 1;
            for &(place, day, kinds) in undo.iter().rev() {
                master.allow(place, day, kinds);
            }
            cautious = undo.len() > 1;
            if !cautious {
                // Not even the surest alone, so anything else.
                let (place, day, kinds) = undo[0];
                let (_, (_, _, symbol)) = cells[0];
                master.allow(place, day, kinds & !(1 << symbol));
            }
            if master.generate(cutoff, &WIDTHS[..1], ROUNDS, is_spent) != Ending::Solved {
                return None;
            }
            continue;
        }
        master.floor = master.floor.max(master.cost() + CONTENT / 4.0);
        cautious = false;
    }
    let chosen = master.columns.iter().filter(|c| master.value(c) > 0.5);
    let change: Change = chosen
        .map(|c| (master.window.agents[c.place], c.tour.clone()))
        .collect();
    (change.len() == master.window.agents.len()).then_some(change)
}

/// The share, and the place of an agent, a day and a symbol.
type Cell = (f64, (usize, usize, u8));

/// Kinds of day that agents have in part.
fn fractions(master: &Master<'_>) -> Vec<Cell> {
    let mut shares: BTreeMap<(usize, usize, u8), f64> = BTreeMap::new();
    for column in &master.columns {
        let value = master.value(column);
        if !(1e-6..=1.0 - 1e-4).contains(&value) {
            continue;
        }
        for (day, &symbol) in column.tour.iter().enumerate() {
            *shares.entry((column.place, day, symbol)).or_default() += value;
        }
    }
    let parts = shares.into_iter().filter(|&(_, share)| share < 1.0 - 1e-4);
    parts.map(|(cell, share)| (share, cell)).collect()
}

/// What a window came to.
#[derive(Debug)]
pub(super) struct Improved {
    pub(super) change: Option<Change>,
    pub(super) work: u64,
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
    }
}
