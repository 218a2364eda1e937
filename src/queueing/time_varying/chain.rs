use super::super::QueueingError;
use super::day::{Day, DayInterval, check};
use super::population::NumberInSystem;
use super::weights::Weights;
use crate::units::whole;

/// States less likely than this at the ends of the window are left out.
const NEGLIGIBLE: f64 = 1e-22;
/// The largest mean number of steps of one block.
const LONGEST_BLOCK: f64 = 1024.0;
/// Cells updated before a day counts as too large.
const LARGEST_WORK: f64 = 4e9;
/// Relative change over the rest of an interval below which its law counts as settled.
const SETTLED: f64 = 1e-11;
/// What rounding alone may change in a block.
const ROUNDING: f64 = 3e-14;
/// Changes of a probability smaller than this are not looked at.
const UNSEEN: f64 = 1e-18;

/// Rates of an interval, each a second, and its agents.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rates {
    pub(super) arrivals: f64,
    /// Of one busy agent.
    pub(super) service: f64,
    /// Of one waiting contact; 0 where nobody hangs up.
    pub(super) abandonment: f64,
    pub(super) agents: usize,
}

impl Rates {
    pub(super) fn of(day: &Day, interval: &DayInterval) -> Self {
        let patience = day.mean_patience().map_or(0.0, |p| 1.0 / p.as_secs_f64());
        Self {
            arrivals: interval.arrival_rate() / 3600.0,
            service: 1.0 / day.aht().as_secs_f64(),
            abandonment: patience,
            agents: interval.agents().get() as usize,
        }
    }

    /// Contacts waiting.
    pub(super) fn waiting(&self, number: usize) -> f64 {
        number.saturating_sub(self.agents) as f64
    }

    /// Agents busy.
    pub(super) fn busy(&self, number: usize) -> f64 {
        number.min(self.agents) as f64
    }

    /// Rate at which the number in system falls.
    pub(super) fn down(&self, number: usize) -> f64 {
        self.busy(number) * self.service + self.waiting(number) * self.abandonment
    }
}

/// How far one block goes: a time and the states it can reach.
#[derive(Debug, Clone, Copy)]
struct Block {
    seconds: f64,
    /// Uniform rate: no state up to the ceiling is left faster.
    rate: f64,
    ceiling: usize,
}

/// The law of the number in system as it moves through time, by uniformisation in blocks.
///
/// ```text
/// p(τ) = Σ_k w_k p(0) Pᵏ      ∫₀^τ p = Σ_k P(K > k) p(0) Pᵏ / q      P = I + Q/q,  K ~ Poisson(qτ)
/// ```
///
/// Every term is positive. The window of states follows the law: it grows by one state a step where
/// that is likelier than 10⁻²² and loses its ends where they are less likely than that.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) law: NumberInSystem,
    /// Probability left out so far.
    pub(super) neglected: f64,
    work: f64,
}

impl Chain {
    pub(super) fn new(start: &NumberInSystem) -> Self {
        Self {
            law: start.clone(),
            neglected: 0.0,
            work: 0.0,
        }
    }

    /// Moves on by at most `remaining` seconds. Gives the seconds passed and the mean time spent
    /// in each state meanwhile, which sums to them.
    pub(super) fn advance(
        &mut self,
        rates: &Rates,
        remaining: f64,
    ) -> Result<(f64, NumberInSystem), QueueingError> {
        let block = self.plan(rates, remaining);
        if block.rate <= 0.0 {
            return Ok((remaining, self.stay(remaining)));
        }
        let before = self.law.clone();
        let spent = self.step(rates, &block)?;
        let left = remaining - block.seconds;
        if left > 0.0 && self.is_settled(&before, left / block.seconds) {
            let stay = self.stay(left);
            return Ok((remaining, merge(spent, &stay)));
        }
        Ok((block.seconds, spent))
    }

    /// Counts work against the limit.
    pub(super) fn spend(&mut self, cells: f64) -> Result<(), QueueingError> {
        self.work += cells;
        check(
            "size of a day in events times states",
            "at most 4e9",
            self.work,
            self.work <= LARGEST_WORK,
        )
    }

    /// The time spent in each state if the law stays as it is.
    fn stay(&self, seconds: f64) -> NumberInSystem {
        let shares = self.law.shares.iter().map(|share| share * seconds);
        NumberInSystem {
            first: self.law.first,
            shares: shares.collect(),
        }
    }

    /// A block short enough that its ceiling is out of reach.
    fn plan(&self, rates: &Rates, remaining: f64) -> Block {
        let top = self.law.last();
        let arrivals = (self.law.shares.len() as f64).clamp(64.0, 1024.0);
        // More than this many arrivals when `arrivals` are expected: less likely than 1e-20.
        let most = arrivals + 10.0 * arrivals.sqrt() + 20.0;
        let (margin, is_bounded) = match equilibrium_margin(rates, top, most) {
            Some(margin) => (margin, true),
            None => (whole::ceil(most) as usize, false),
        };
        let ceiling = top + margin;
        let rate = rates.arrivals + rates.down(ceiling);
        let mut longest = LONGEST_BLOCK / rate;
        if !is_bounded {
            longest = longest.min(arrivals / rates.arrivals);
        }
        Block {
            seconds: remaining / (remaining / longest).ceil().max(1.0),
            rate,
            ceiling,
        }
    }

    /// Carries out a block.
    fn step(&mut self, rates: &Rates, block: &Block) -> Result<NumberInSystem, QueueingError> {
        let poisson = Weights::poisson(block.rate * block.seconds);
        let tails = poisson.tails();
        let mut walk = Walk::new(rates, block, &self.law, tails.len());
        for (k, &tail) in tails.iter().enumerate() {
            walk.collect(tail / block.rate, poisson.at(k));
            self.spend((walk.high - walk.low + 16) as f64)?;
            walk.step();
        }
        self.neglected += walk.neglected;
        let (spent, end) = walk.finish(block.seconds);
        self.law = end;
        Ok(spent)
    }

    /// Whether what a block changed is so little that as many blocks as are left change nothing.
    ///
    /// The change relative to the equilibrium never grows from block to block, because the chain is
    /// reversible.
    fn is_settled(&self, before: &NumberInSystem, blocks_left: f64) -> bool {
        let allowed = (SETTLED / blocks_left).max(ROUNDING);
        let numbered = self.law.shares.iter().zip(self.law.first..);
        let mut pairs = numbered.map(|(&now, number)| {
            let place = number.checked_sub(before.first);
            let then = place.and_then(|place| before.shares.get(place));
            (now, then.copied().unwrap_or(0.0))
        });
        pairs.all(|(now, then)| (now - then).abs() <= allowed * now + UNSEEN)
    }
}

/// States above `top` beyond which even equilibrium on them is less likely than 10⁻²², if there are
/// at most `most` of them. A law that ends at `top` stays below that equilibrium.
fn equilibrium_margin(rates: &Rates, top: usize, most: f64) -> Option<usize> {
    let (mut share, mut sum, mut margin) = (1.0, 1.0, 0);
    while (margin as f64) < most {
        margin += 1;
        let ratio = rates.arrivals / rates.down(top + margin);
        if share <= sum * NEGLIGIBLE * (1.0 - ratio) {
            return Some(margin);
        }
        share *= ratio;
        sum += share;
        if !sum.is_finite() {
            return None;
        }
    }
    None
}

/// The time spent in two parts together.
fn merge(mut spent: NumberInSystem, stay: &NumberInSystem) -> NumberInSystem {
    let first = spent.first.min(stay.first);
    let last = spent.last().max(stay.last());
    let mut shares = vec![0.0; last - first + 1];
    for part in [&spent, stay] {
        let slots = &mut shares[part.first - first..];
        for (slot, share) in slots.iter_mut().zip(&part.shares) {
            *slot += share;
        }
    }
    spent.first = first;
    spent.shares = shares;
    spent
}

/// Powers of the uniformised chain inside one block. Slot `i` stands for state `base + i − 1`; the
/// first and the last slot stay empty.
#[derive(Debug)]
struct Walk {
    base: usize,
    up: f64,
    stay: Vec<f64>,
    down: Vec<f64>,
    now: Vec<f64>,
    next: Vec<f64>,
    low: usize,
    high: usize,
    spent: Vec<f64>,
    end: Vec<f64>,
    neglected: f64,
}

impl Walk {
    fn new(rates: &Rates, block: &Block, law: &NumberInSystem, steps: usize) -> Self {
        let base = law.first.saturating_sub(steps);
        let slots = block.ceiling - base + 3;
        let state = |slot: usize| base + slot - 1;
        let inner = 1..slots - 1;
        let (mut stay, mut down) = (vec![0.0; slots], vec![0.0; slots]);
        for slot in inner {
            let falls = rates.down(state(slot));
            let rises = if state(slot) == block.ceiling {
                0.0
            } else {
                rates.arrivals
            };
            down[slot] = falls / block.rate;
            stay[slot] = (block.rate - falls - rises) / block.rate;
        }
        let mut now = vec![0.0; slots];
        let low = law.first - base + 1;
        let high = low + law.shares.len() - 1;
        now[low..=high].copy_from_slice(&law.shares);
        Self {
            base,
            up: rates.arrivals / block.rate,
            stay,
            down,
            now,
            next: vec![0.0; slots],
            low,
            high,
            spent: vec![0.0; slots],
            end: vec![0.0; slots],
            neglected: 0.0,
        }
    }

    /// Adds the present power to the time spent and, if it counts there, to the law at the end.
    fn collect(&mut self, seconds: f64, weight: f64) {
        let window = self.low..=self.high;
        let now = &self.now[window.clone()];
        for (sum, share) in self.spent[window.clone()].iter_mut().zip(now) {
            *sum += seconds * share;
        }
        if weight > 0.0 {
            for (sum, share) in self.end[window].iter_mut().zip(now) {
                *sum += weight * share;
            }
        }
    }

    /// One power further.
    fn step(&mut self) {
        let last = self.now.len() - 2;
        let (low, high) = (self.low.max(2) - 1, (self.high + 1).min(last));
        let inputs = self.now[low - 1..high]
            .iter()
            .zip(&self.now[low..=high])
            .zip(&self.now[low + 1..=high + 1])
            .zip(&self.stay[low..=high])
            .zip(&self.down[low + 1..=high + 1]);
        let outputs = self.next[low..=high].iter_mut();
        for (slot, ((((below, same), above), stay), down)) in outputs.zip(inputs) {
            *slot = below * self.up + same * stay + above * down;
        }
        std::mem::swap(&mut self.now, &mut self.next);
        (self.low, self.high) = (low, high);
        self.trim();
    }

    /// Leaves out unlikely ends, and what the other buffer still holds there.
    fn trim(&mut self) {
        while self.low < self.high && self.now[self.low] < NEGLIGIBLE {
            self.neglected += std::mem::take(&mut self.now[self.low]);
            self.next[self.low] = 0.0;
            self.low += 1;
        }
        while self.low < self.high && self.now[self.high] < NEGLIGIBLE {
            self.neglected += std::mem::take(&mut self.now[self.high]);
            self.next[self.high] = 0.0;
            self.high -= 1;
        }
    }

    /// The time spent in each state, and the law at the end.
    fn finish(self, seconds: f64) -> (NumberInSystem, NumberInSystem) {
        let law = |cells: &[f64], total: f64| {
            let is_kept = |cell: &f64| *cell >= NEGLIGIBLE * total;
            let low = cells.iter().position(is_kept).unwrap_or(self.low);
            let high = cells.iter().rposition(is_kept).unwrap_or(self.low);
            let kept = &cells[low..=high];
            let factor = total / kept.iter().sum::<f64>();
            NumberInSystem {
                first: self.base + low - 1,
                shares: kept.iter().map(|cell| cell * factor).collect(),
            }
        };
        (law(&self.spent, seconds), law(&self.end, 1.0))
    }
}
