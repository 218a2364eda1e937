//! The tour that is worth most at given prices of its duties: a walk through the week that keeps
//! what the contract and the law ask for.
//!
//! ```text
//! least   unused hours · price + agent − Σ price of the duties
//! ```
//!
//! A label at a duty says how many days and minutes its tour has worked up to there and whether
//! the weekly rest has been taken; of labels that agree in all three only the best is kept.

use super::duty::Duty;
use super::terms::Terms;

/// Improvements below this are noise.
const WORTH: f64 = 1e-7;

/// A tour of one week: positions of its duties, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Walk {
    /// Position of the contract.
    pub(super) contract: usize,
    pub(super) duties: Vec<usize>,
}

impl Walk {
    /// Minutes of its duties.
    pub(super) fn minutes(&self, duties: &[Duty]) -> i64 {
        self.duties.iter().map(|&d| duties[d].minutes()).sum()
    }
}

#[derive(Debug, Clone, Copy)]
struct Label {
    days: u32,
    minutes: i64,
    is_rested: bool,
    value: f64,
    /// Duty and label before it.
    from: Option<(usize, usize)>,
}

/// Tours of a contract whose cost is below the prices of their duties, at most so many: the best
/// one, the best of the people whom it leaves, and so on. Tours that leave each other room are
/// what a program needs that gives every duty its people.
pub(super) fn tours(
    duties: &[Duty],
    prices: &[f64],
    terms: &Terms,
    contract: usize,
    most: usize,
) -> Vec<(f64, Walk)> {
    let mut left: Vec<u32> = duties.iter().map(|d| d.count).collect();
    let bands = terms.bands(duties, contract);
    let mut found = Vec::new();
    while found.len() < most {
        let mut best: Option<(f64, Walk)> = None;
        for band in &bands {
            let kinds = &terms.contracts[contract].kinds;
            let allowed = |at: usize, duty: &Duty| {
                left[at] > 0 && band.contains(&duty.minute) && kinds.contains(&duty.kind)
            };
            let walk = within(duties, prices, terms, contract, &allowed);
            if let Some(walk) = walk
                && best.as_ref().is_none_or(|b| walk.0 < b.0)
            {
                best = Some(walk);
            }
        }
        let Some((reduced, walk)) = best else { break };
        let people = walk.duties.iter().map(|&d| left[d]).min().unwrap_or(0);
        walk.duties.iter().for_each(|&d| left[d] -= people);
        found.push((reduced, walk));
    }
    found
}

/// The best tour of the duties that are allowed, if it is worth its cost.
fn within(
    duties: &[Duty],
    prices: &[f64],
    terms: &Terms,
    contract: usize,
    allowed: &dyn Fn(usize, &Duty) -> bool,
) -> Option<(f64, Walk)> {
    let limits = &terms.contracts[contract];
    let mut labels: Vec<Vec<Label>> = Vec::with_capacity(duties.len());
    let mut best = (-WORTH, None);
    for (at, duty) in duties.iter().enumerate() {
        let mut here: Vec<Label> = Vec::new();
        if allowed(at, duty) && duty.minutes() <= limits.minutes {
            offer(
                &mut here,
                Label {
                    days: 1,
                    minutes: duty.minutes(),
                    is_rested: terms.rests_before(duty),
                    value: prices[at],
                    from: None,
                },
            );
            for (before, earlier) in labels.iter().enumerate() {
                let previous = &duties[before];
                if earlier.is_empty() || !previous.allows(duty) {
                    continue;
                }
                let rests = terms.rests_between(previous, duty);
                for (index, label) in earlier.iter().enumerate() {
                    let minutes = label.minutes + duty.minutes();
                    if label.days < limits.days && minutes <= limits.minutes {
                        offer(
                            &mut here,
                            Label {
                                days: label.days + 1,
                                minutes,
                                is_rested: label.is_rested || rests,
                                value: label.value + prices[at],
                                from: Some((before, index)),
                            },
                        );
                    }
                }
            }
        }
        for (index, label) in here.iter().enumerate() {
            let reduced = terms.cost(contract, label.minutes) - label.value;
            let is_legal = label.is_rested || terms.rests_after(duty);
            if is_legal && reduced < best.0 {
                best = (reduced, Some((at, index)));
            }
        }
        labels.push(here);
    }
    let (reduced, end) = best;
    end.map(|end| (reduced, walk(&labels, contract, end)))
}

fn offer(labels: &mut Vec<Label>, label: Label) {
    let same = |l: &&mut Label| {
        (l.days, l.minutes, l.is_rested) == (label.days, label.minutes, label.is_rested)
    };
    match labels.iter_mut().find(same) {
        Some(known) if known.value >= label.value => {}
        Some(known) => *known = label,
        None => labels.push(label),
    }
}

fn walk(labels: &[Vec<Label>], contract: usize, end: (usize, usize)) -> Walk {
    let mut duties = Vec::new();
    let mut at = Some(end);
    while let Some((duty, index)) = at {
        duties.push(duty);
        at = labels[duty][index].from;
    }
    duties.reverse();
    Walk { contract, duties }
}
