//! The tour that is worth most at given prices of its duties: a walk through the week that keeps
//! what the contract and the law ask for.
//!
//! ```text
//! least   unused hours · price + agent + fees of its contract − Σ price of the duties
//! ```
//!
//! A label at a duty says how many days and minutes its tour has worked up to there, whether the
//! weekly rest and the days off together have been taken, and whether it works on a weekend; of
//! labels that agree in all of it only the best is kept.

use super::duty::Duty;
use super::terms::Terms;
use crate::scheduling::rules::is_weekend;

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
    /// Minutes of its duties inside the horizon.
    pub(super) fn minutes_inside(&self, duties: &[Duty]) -> i64 {
        self.duties.iter().map(|&d| duties[d].inside).sum()
    }
}

/// What a program asks of tours.
#[derive(Debug)]
pub(super) struct Prices<'a> {
    /// Worth of a person on each duty.
    pub(super) duties: &'a [f64],
    /// What an agent of the contract costs for the limits on numbers of agents: off on the weekend,
    /// and at work on it.
    pub(super) fees: [f64; 2],
}

/// What of a tour matters for what may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    days: u32,
    minutes: i64,
    /// Minutes of them beyond the edge of the horizon.
    outside: i64,
    is_rested: bool,
    has_days_off: bool,
    on_weekend: bool,
}

#[derive(Debug, Clone, Copy)]
struct Label {
    state: State,
    value: f64,
    /// Duty and label before it.
    from: Option<(usize, usize)>,
}

/// Tours of a contract whose cost is below the prices of their duties, at most so many: the best
/// one, the best of the people whom it leaves, and so on. Tours that leave each other room are
/// what a program needs that gives every duty its people.
pub(super) fn tours(
    duties: &[Duty],
    prices: &Prices<'_>,
    terms: &Terms,
    contract: usize,
    most: usize,
) -> Vec<Walk> {
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
        let Some((_, walk)) = best else { break };
        let people = walk.duties.iter().map(|&d| left[d]).min().unwrap_or(0);
        walk.duties.iter().for_each(|&d| left[d] -= people);
        found.push(walk);
    }
    found
}

/// The best tour of the duties that are allowed, if it is worth its cost.
fn within(
    duties: &[Duty],
    prices: &Prices<'_>,
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
            let price = prices.duties[at];
            // A weekend is only looked at where it makes a difference.
            let on_weekend = prices.fees[0] != prices.fees[1] && is_weekend(duty.day);
            let first = State {
                days: 1,
                minutes: duty.minutes(),
                outside: duty.minutes() - duty.inside,
                is_rested: terms.rests_before(duty),
                has_days_off: terms.is_off_between(contract, [None, Some(duty.day)]),
                on_weekend,
            };
            offer(
                &mut here,
                Label {
                    state: first,
                    value: price,
                    from: None,
                },
            );
            for (before, earlier) in labels.iter().enumerate() {
                let previous = &duties[before];
                if earlier.is_empty() || !previous.allows(duty) {
                    continue;
                }
                let rests = terms.rests_between(previous, duty);
                let days = [Some(previous.day), Some(duty.day)];
                let is_off = terms.is_off_between(contract, days);
                for (index, label) in earlier.iter().enumerate() {
                    let state = State {
                        days: label.state.days + 1,
                        minutes: label.state.minutes + duty.minutes(),
                        outside: label.state.outside + duty.minutes() - duty.inside,
                        is_rested: label.state.is_rested || rests,
                        has_days_off: label.state.has_days_off || is_off,
                        on_weekend: label.state.on_weekend || on_weekend,
                    };
                    if state.days <= limits.days && state.minutes <= limits.minutes {
                        let (value, from) = (label.value + price, Some((before, index)));
                        offer(&mut here, Label { state, value, from });
                    }
                }
            }
        }
        let rests_after = terms.rests_after(duty);
        let is_off_after = terms.is_off_between(contract, [Some(duty.day), None]);
        for (index, Label { state, value, .. }) in here.iter().enumerate() {
            let fee = prices.fees[usize::from(state.on_weekend)];
            let reduced = terms.cost(contract, state.minutes - state.outside) + fee - value;
            let is_legal = (state.is_rested || rests_after) && (state.has_days_off || is_off_after);
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
    match labels.iter_mut().find(|known| known.state == label.state) {
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
