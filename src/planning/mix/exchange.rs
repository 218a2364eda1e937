//! Local search: one or two agents against others, by the simulation alone.

use super::condition::Seen;
use super::leap::leap;
use super::trials::{Look, Stop, Trials};
use crate::milp::Event;

/// Most exchanges tried from the same sizes, the cheapest first.
const TRIES: usize = 24;

/// Service level by which an exchange may be predicted to miss a condition and is tried all the same.
const DOUBT: f64 = 0.003;

/// Slack that is worth an exchange at the same cost.
const BETTER: f64 = 5e-4;

/// Numbers of sizes up to which two agents are exchanged for two.
const FEW: usize = 12;

/// Costs closer than this are the same.
const SAME: f64 = 1e-9;

/// An exchange: agents that leave and agents that come, and what is predicted of it.
#[derive(Debug)]
struct Exchange {
    sizes: Vec<u32>,
    cost: f64,
    predicted: f64,
}

/// The least slack over the margins.
pub(super) fn least(slack: &[f64], margins: &[f64]) -> f64 {
    let over = slack
        .iter()
        .zip(margins)
        .map(|(slack, margin)| slack - margin);
    over.fold(f64::INFINITY, f64::min)
}

/// Sizes that keep every condition with its margin in the sample, and that no exchange and no leap
/// that was tried makes cheaper, or better at the same cost. Tried are the first [`TRIES`] exchanges of
/// up to two agents against up to two others, one against one beyond [`FEW`] sizes, that differences of
/// single agents predict. From sizes that miss some margin, the cheapest way up comes first.
pub(super) fn exchange(
    trials: &mut Trials<'_>,
    start: Vec<u32>,
    margins: &[f64],
    best: &mut Option<Vec<u32>>,
) -> Result<Vec<u32>, Stop> {
    let mut sizes = start;
    let mut seen = trials.look(&sizes, Look::Full)?;
    loop {
        let is_kept = least(&seen.slack, margins) >= 0.0;
        if is_kept {
            *best = Some(sizes.clone());
            trials.observer.on(&Event::Incumbent {
                cost: trials.cost(&sizes),
                bound: trials.fluid,
            });
        }
        let changes = Changes::of(trials, &sizes)?;
        let found = changes.exchanges(trials, &sizes, &seen, margins, is_kept);
        let mut next = None;
        for exchange in found.into_iter().take(TRIES) {
            let Some(with) = trials.screened(&exchange.sizes, margins)? else {
                continue;
            };
            let slack = least(&with.slack, margins);
            let is_cheaper = exchange.cost < -SAME;
            let is_better = slack > least(&seen.slack, margins) + BETTER;
            if slack >= 0.0 && (!is_kept || is_cheaper || is_better) {
                next = Some((exchange.sizes, with));
                break;
            }
        }
        match (next, is_kept) {
            (Some((better, with)), _) => (sizes, seen) = (better, with),
            (None, true) => match leap(trials, &sizes, &seen, margins, &changes)? {
                Some(found) => (sizes, seen) = found,
                None => return Ok(sizes),
            },
            (None, false) => {
                let Some(more) = changes.steepest(trials, &sizes, &seen, margins) else {
                    return Ok(sizes);
                };
                seen = trials.look(&more, Look::Full)?;
                sizes = more;
            }
        }
    }
}

/// What one agent more, and one fewer, does to each condition.
pub(super) struct Changes {
    pub(super) more: Vec<Option<Vec<f64>>>,
    pub(super) fewer: Vec<Option<Vec<f64>>>,
}

impl Changes {
    fn of(trials: &mut Trials<'_>, sizes: &[u32]) -> Result<Self, Stop> {
        let base = trials.look(sizes, Look::Short)?;
        let bounds = trials.bounds();
        let mut with = |v: usize, count: u32| {
            let mut other = sizes.to_vec();
            other[v] = count;
            let seen = trials.look(&other, Look::Short)?;
            let change = seen.slack.iter().zip(&base.slack).map(|(a, b)| a - b);
            Ok::<_, Stop>(Some(change.collect::<Vec<f64>>()))
        };
        let (mut more, mut fewer) = (Vec::new(), Vec::new());
        for (v, &(least, most)) in bounds.iter().enumerate() {
            more.push(if sizes[v] < most {
                with(v, sizes[v] + 1)?
            } else {
                None
            });
            fewer.push(if sizes[v] > least {
                with(v, sizes[v] - 1)?
            } else {
                None
            });
        }
        Ok(Self { more, fewer })
    }

    /// What an agent of a size is worth for a condition, on average of one more and one fewer: what
    /// one of a group brings once one of another has left.
    pub(super) fn slope(&self, v: usize, i: usize) -> f64 {
        match (&self.more[v], &self.fewer[v]) {
            (Some(more), Some(fewer)) => f64::midpoint(more[i], -fewer[i]),
            (Some(more), None) => more[i],
            (None, Some(fewer)) => -fewer[i],
            (None, None) => 0.0,
        }
    }

    /// Exchanges that are predicted to keep every margin, or nearly: the cheapest first, of equal
    /// ones the one with the most slack. From sizes that keep them already, only those that are
    /// cheaper, or better at the same cost.
    fn exchanges(
        &self,
        trials: &Trials<'_>,
        sizes: &[u32],
        seen: &Seen,
        margins: &[f64],
        is_kept: bool,
    ) -> Vec<Exchange> {
        let costs = trials.costs();
        let bounds = trials.bounds();
        let now = least(&seen.slack, margins);
        let sets = sets(sizes.len());
        let mut found = Vec::new();
        for out in &sets {
            for into in &sets {
                if out.iter().any(|v| into.contains(v)) || (out.len() + into.len() == 0) {
                    continue;
                }
                let cost: f64 = into.iter().map(|&v| costs[v]).sum::<f64>()
                    - out.iter().map(|&v| costs[v]).sum::<f64>();
                if is_kept && cost > SAME {
                    continue;
                }
                let mut slack = seen.slack.clone();
                let mut is_possible = out.iter().all(|&v| self.fewer[v].is_some());
                is_possible &= into.iter().all(|&v| self.more[v].is_some());
                let leave = out.iter().map(|&v| (v, -1.0));
                for (v, count) in leave.chain(into.iter().map(|&v| (v, 1.0))) {
                    let slope = (0..slack.len()).map(|i| self.slope(v, i));
                    slack
                        .iter_mut()
                        .zip(slope)
                        .for_each(|(s, c)| *s += count * c);
                }
                let predicted = least(&slack, margins);
                let is_worth = !is_kept || cost < -SAME || predicted > now + BETTER;
                if !is_possible || predicted < -DOUBT || !is_worth {
                    continue;
                }
                let mut other = sizes.to_vec();
                for &v in into {
                    other[v] += 1;
                }
                // Two of a group may be more than it has.
                let fits = out.iter().all(|&v| {
                    let leave = 1 + u32::from(out == &[v, v]);
                    sizes[v] >= bounds[v].0 + leave
                });
                for &v in out {
                    other[v] = other[v].saturating_sub(1);
                }
                if fits && into.iter().all(|&v| other[v] <= bounds[v].1) {
                    found.push(Exchange {
                        sizes: other,
                        cost,
                        predicted,
                    });
                }
            }
        }
        found.sort_by(|a, b| {
            let by_cost = if (a.cost - b.cost).abs() <= SAME {
                std::cmp::Ordering::Equal
            } else {
                a.cost.total_cmp(&b.cost)
            };
            by_cost
                .then(b.predicted.total_cmp(&a.predicted))
                .then_with(|| a.sizes.cmp(&b.sizes))
        });
        found
    }

    /// The agent who brings most of what is missing for the money; `None` where everybody is there.
    fn steepest(
        &self,
        trials: &Trials<'_>,
        sizes: &[u32],
        seen: &Seen,
        margins: &[f64],
    ) -> Option<Vec<u32>> {
        let costs = trials.costs();
        let missing = |slack: &[f64]| -> f64 {
            let all = slack.iter().zip(margins);
            all.map(|(slack, margin)| (margin - slack).max(0.0)).sum()
        };
        let now = missing(&seen.slack);
        let gain = |v: usize| {
            let change = self.more[v].as_ref()?;
            let slack: Vec<f64> = seen.slack.iter().zip(change).map(|(s, c)| s + c).collect();
            Some((v, (now - missing(&slack)) / costs[v]))
        };
        let gains = (0..sizes.len()).filter_map(gain);
        let (v, _) = gains.reduce(|a, b| if b.1 > a.1 { b } else { a })?;
        let mut more = sizes.to_vec();
        more[v] += 1;
        Some(more)
    }
}

/// Nobody, one agent, or two, by position of their size.
fn sets(count: usize) -> Vec<Vec<usize>> {
    let mut sets = vec![Vec::new()];
    sets.extend((0..count).map(|v| vec![v]));
    if count <= FEW {
        for a in 0..count {
            sets.extend((a..count).map(|b| vec![a, b]));
        }
    }
    sets
}
