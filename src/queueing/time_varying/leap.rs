use super::super::QueueingError;
use super::answer::AnsweredInTime;
use super::chain::{Chain, Rates};
use super::population::NumberInSystem;
use super::sums::Sums;
use super::weights::Weights;

/// Chance of an idle agent during a leap that counts as none.
const NEGLIGIBLE: f64 = 1e-18;
/// A bound of such a chance that has grown so large is of no use.
const USELESS: f64 = 1e30;
/// States less likely than this are left out of the law after a leap.
const TRIMMED: f64 = 1e-22;
/// Fewer events than this are never leapt over.
const FEWEST_EVENTS: f64 = 2e4;
/// Trials below which a binomial law of real trials is not used.
const FEWEST_TRIALS: f64 = 1000.0;
/// The largest mean count that is leapt over.
const LARGEST_COUNT: f64 = 1e8;

/// A stretch of time in which the queue is so long that no agent falls idle and no arrival is
/// answered in time. The number waiting is then a sum of independent parts:
///
/// ```text
/// Y(τ) = Bin(Y(0), e^−θτ) + Poisson(λ (1 − e^−θτ) / θ) − Bin(nμ/θ, 1 − e^−θτ)
/// Y(τ) = Y(0)             + Poisson(λτ)                − Poisson(nμτ)             for θ = 0
/// ```
///
/// by the generating function of births at rate `λ` and deaths at rate `nμ + θY`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leap {
    pub(super) seconds: f64,
    /// Bound of the chance that it does not hold.
    doubt: f64,
}

impl Leap {
    /// A leap of at most `left` seconds that is sure to hold, where it saves work.
    pub(super) fn plan(
        law: &NumberInSystem,
        rates: &Rates,
        in_time: &mut AnsweredInTime,
        left: f64,
    ) -> Result<Option<Self>, QueueingError> {
        let events = |seconds: f64| seconds * (rates.arrivals + rates.down(law.last()));
        let left = left.min(LARGEST_COUNT / events(1.0));
        if events(left) < FEWEST_EVENTS {
            return Ok(None);
        }
        let longest = Self::longest(law, rates, in_time, left)?;
        Ok(longest.filter(|leap| {
            let saved = events(leap.seconds) * law.shares.len() as f64;
            events(leap.seconds) >= FEWEST_EVENTS && saved > 4.0 * leap.cost(law, rates)
        }))
    }

    /// The longest leap of at most `left` seconds that is sure to hold.
    fn longest(
        law: &NumberInSystem,
        rates: &Rates,
        in_time: &mut AnsweredInTime,
        left: f64,
    ) -> Result<Option<Self>, QueueingError> {
        let theta = rates.abandonment;
        // A binomial law of real trials must end well before them: half of them stay.
        let left = if theta > 0.0 {
            left.min(std::f64::consts::LN_2 / theta)
        } else {
            left
        };
        if rates.agents == 0 {
            return Ok(Some(Self {
                seconds: left,
                doubt: 0.0,
            }));
        }
        let is_too_few = rates.agents as f64 * rates.service < FEWEST_TRIALS * theta;
        let Some(ahead) = law.first.checked_sub(rates.agents) else {
            return Ok(None);
        };
        if is_too_few {
            return Ok(None);
        }
        let hopeless = in_time.hopeless_from(ahead)?;
        Ok(hopeless.and_then(|hopeless| Self::above(rates.agents + hopeless, law, rates, left)))
    }

    /// The longest leap that stays above a number in system.
    fn above(floor: usize, law: &NumberInSystem, rates: &Rates, left: f64) -> Option<Self> {
        let room = law.first.checked_sub(floor)? as f64;
        if let Some(doubt) = doubt_of_falling(law.first, floor, rates, left) {
            return Some(Self {
                seconds: left,
                doubt,
            });
        }
        // Fewer departures than there is room for, but for 1e-20, if so many are expected.
        let expected = ((room + 5.0).max(25.0).sqrt() - 5.0).powi(2);
        let seconds = left.min(expected / rates.down(law.last()));
        let doubt = NEGLIGIBLE;
        (seconds > 0.0).then_some(Self { seconds, doubt })
    }

    /// Cells to compute.
    fn cost(&self, law: &NumberInSystem, rates: &Rates) -> f64 {
        let width = |count: f64| 22.0 * count.max(0.0).sqrt() + 30.0;
        let (before, arrived) = (
            law.shares.len() as f64,
            width(rates.arrivals * self.seconds),
        );
        let served = width(rates.agents as f64 * rates.service * self.seconds);
        let lost = width(rates.waiting(law.last()) * rates.abandonment * self.seconds);
        before * lost + (before + lost) * arrived + (before + lost + arrived) * served
    }

    /// Times of the leap summed over the law it starts from.
    pub(super) fn sums(&self, law: &NumberInSystem, rates: &Rates) -> Sums {
        let (theta, seconds) = (rates.abandonment, self.seconds);
        let agents = rates.agents as f64;
        let start = law.expect(|number| rates.waiting(number));
        let drift = rates.arrivals - agents * rates.service;
        let x = theta * seconds;
        let waiting = start * seconds * decline(x) + drift * seconds * seconds * rise(x);
        Sums {
            waiting,
            busy: agents * seconds,
            delayed: seconds,
            in_time: 0.0,
        }
    }

    /// Moves the law of the chain.
    pub(super) fn carry_out(&self, chain: &mut Chain, rates: &Rates) -> Result<(), QueueingError> {
        chain.spend(self.cost(&chain.law, rates))?;
        let (theta, seconds) = (rates.abandonment, self.seconds);
        let served = rates.agents as f64 * rates.service;
        let x = theta * seconds;
        let (stays, goes) = ((-x).exp(), -(-x).exp_m1());
        let arrivals = Weights::poisson(rates.arrivals * seconds * decline(x));
        let departures = if goes > 0.0 {
            Weights::binomial(served / theta, goes, stays)
        } else {
            Weights::poisson(served * seconds)
        };
        let law = thinned(&chain.law, rates.agents, stays, goes);
        let law = sum(law.first, &law.shares, arrivals.first, &arrivals.weights);
        let taken: Vec<f64> = departures.weights.iter().rev().copied().collect();
        let mut law = sum(law.first, &law.shares, 0, &taken);
        // States below the agents are those in doubt.
        let below = (rates.agents + departures.last()).saturating_sub(law.first);
        law.shares.drain(..below.min(law.shares.len() - 1));
        law.first = (law.first + below) - departures.last();
        chain.law = trimmed(&law);
        chain.neglected += self.doubt;
        Ok(())
    }
}

/// A bound of the chance to fall from `first` to `floor` in so many seconds, where it is negligible
/// because arrivals outnumber departures: the falls without return, times the visits to `first`.
fn doubt_of_falling(first: usize, floor: usize, rates: &Rates, seconds: f64) -> Option<f64> {
    let mut doubt = 1.0 + seconds * (rates.arrivals + rates.down(first));
    for number in (floor + 1..=first).rev() {
        doubt *= rates.down(number) / rates.arrivals;
        if doubt < NEGLIGIBLE {
            return Some(doubt);
        }
        if doubt > USELESS {
            break;
        }
    }
    None
}

/// Of those beyond the agents each stays with chance `stays`; agents included in the numbers.
fn thinned(law: &NumberInSystem, agents: usize, stays: f64, goes: f64) -> NumberInSystem {
    if goes <= 0.0 {
        return law.clone();
    }
    let waiting = law.first - agents.min(law.first);
    let kept = |place: usize| Weights::binomial((waiting + place) as f64, stays, goes);
    let first = kept(0).first;
    let mut shares = vec![0.0; kept(law.shares.len() - 1).last() + 1 - first];
    for (place, share) in law.shares.iter().enumerate() {
        let kept = kept(place);
        // The laws start and end later the more there are, but for what is negligible.
        let skipped = first.saturating_sub(kept.first);
        let slots = &mut shares[(kept.first + skipped) - first..];
        for (slot, weight) in slots
            .iter_mut()
            .zip(&kept.weights[skipped.min(kept.weights.len())..])
        {
            *slot += share * weight;
        }
    }
    NumberInSystem {
        first: agents + first,
        shares,
    }
}

/// The law of the sum of two independent numbers.
fn sum(first: usize, shares: &[f64], added_first: usize, added: &[f64]) -> NumberInSystem {
    let mut sums = vec![0.0; shares.len() + added.len() - 1];
    for (place, weight) in added.iter().enumerate() {
        for (slot, share) in sums[place..].iter_mut().zip(shares) {
            *slot += weight * share;
        }
    }
    NumberInSystem {
        first: first + added_first,
        shares: sums,
    }
}

/// Without negligible ends, adding up to 1.
fn trimmed(law: &NumberInSystem) -> NumberInSystem {
    let is_kept = |share: &f64| *share >= TRIMMED;
    let low = law.shares.iter().position(is_kept).unwrap_or(0);
    let high = law.shares.iter().rposition(is_kept).unwrap_or(0);
    let kept = &law.shares[low..=high];
    let total: f64 = kept.iter().sum();
    NumberInSystem {
        first: law.first + low,
        shares: kept.iter().map(|share| share / total).collect(),
    }
}

/// `(1 − e^−x) / x`.
fn decline(x: f64) -> f64 {
    if x > 0.0 { -(-x).exp_m1() / x } else { 1.0 }
}

/// `(x − 1 + e^−x) / x²`.
fn rise(x: f64) -> f64 {
    if x > 0.5 {
        return (x + (-x).exp_m1()) / (x * x);
    }
    // Σ (−x)^k / (k + 2)!
    let (mut term, mut sum, mut k) = (0.5, 0.5, 2.0);
    while k < 20.0 {
        k += 1.0;
        term *= -x / k;
        sum += term;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leap_meets_the_steps_it_saves() {
        for (arrivals, abandonment, agents) in [
            (0.5, 0.0, 3),
            (0.5, 1e-7, 3),
            (0.05, 0.0, 3),
            (0.4, 1e-3, 0),
            (0.4, 0.0, 0),
        ] {
            let rates = Rates {
                arrivals,
                service: 0.05,
                abandonment,
                agents,
            };
            let start = NumberInSystem::of(600);
            let mut in_time = AnsweredInTime::new(&rates, 20.0);
            let leap = Leap::longest(&start, &rates, &mut in_time, 500.0)
                .unwrap()
                .unwrap();
            assert_eq!(leap.seconds, 500.0);
            let (mut leapt, mut stepped) = (Chain::new(&start), Chain::new(&start));
            leap.carry_out(&mut leapt, &rates).unwrap();
            let (mut left, mut waiting) = (leap.seconds, 0.0);
            while left > 0.0 {
                let (passed, spent) = stepped.advance(&rates, left).unwrap();
                waiting += spent.expect(|number| rates.waiting(number));
                left -= passed;
            }
            let sums = leap.sums(&start, &rates);
            assert!(
                (sums.waiting / waiting - 1.0).abs() < 1e-12,
                "{} {waiting}",
                sums.waiting
            );
            for number in 0..1200 {
                let (x, y) = (
                    leapt.law.share(number).get(),
                    stepped.law.share(number).get(),
                );
                assert!((x - y).abs() < 1e-13, "{number}: {x} {y}");
            }
        }
    }
}
