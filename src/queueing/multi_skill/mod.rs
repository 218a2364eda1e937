//! Two types of contacts, a group of agents for each, and a third group that handles both.

mod grid;
mod solve;

use std::time::Duration;

use super::QueueingError;
use super::overflow::{self, Overflow};
use crate::units::{Erlangs, Probability};
use grid::{Grid, LARGEST};
use solve::Sums;

/// Share of the mean number waiting that may stand on the last waiting place.
const EDGE: f64 = 1e-12;

/// The M-design: two types of contacts, specialists of each, and generalists for both.
///
/// ```text
/// a contact of type i   →  a free specialist of group i, else a free generalist,
///                          else it is lost (loss) or waits in the queue of its type (delay)
/// a specialist now free →  the queue of its type
/// a generalist now free →  the queue of type 1, else that of type 2
/// ```
///
/// `aᵢ` load of type `i` in erlangs, `sᵢ` specialists, `g` generalists; first come, first served
/// within a type; contacts do not move once in service. The exact answers are those of the Markov
/// chain on the contacts of each type and the busy generalists: every flow into a state equals the
/// flow out of it.
///
/// **Assumptions.** Poisson arrivals, one exponential handling time everywhere, exponential patience
/// where contacts wait, steady state.
/// **Accuracy.** 1e-9 relative: the iteration ends when its own estimate of the error left is 1e-12,
/// and waiting places are added until the last of them holds less than 1e-12 of the mean number
/// waiting. Within 1e-11 of a sparse direct solution in 24 random systems of up to 19 agents. Up to
/// 300 000 states, some 60 agents in each group; more are a [`QueueingError::TooManyStates`]. A
/// millisecond for groups of five, seconds near the limit.
/// **Source.** Gans, Koole & Mandelbaum (2003) for the design; Stewart (1994), Introduction to the
/// Numerical Solution of Markov Chains, for Gauss-Seidel with aggregation.
///
/// ```
/// use wfm::queueing::MDesign;
/// use wfm::units::Erlangs;
/// let load = Erlangs::new(5.0)?;
/// let design = MDesign::new([load, load], [5, 5], 3);
/// let exact = design.loss()?;
/// assert!((exact.blocking[0].get() - 0.116_509_400).abs() < 1e-9);
/// assert!((design.hayward_blocking().get() - 0.112_852_056).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MDesign {
    loads: [Erlangs; 2],
    specialists: [u32; 2],
    generalists: u32,
}

/// An M-design that loses contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct MDesignLoss {
    /// Probability, for each type, that its specialists and the generalists are all busy.
    pub blocking: [Probability; 2],
    /// Share of time that generalists are busy; 0 without any.
    pub generalist_occupancy: Probability,
}

/// An M-design in which contacts wait.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct MDesignDelay {
    /// Probability, for each type, that its specialists and the generalists are all busy.
    pub p_wait: [Probability; 2],
    /// Share of the contacts of each type that hang up.
    pub abandonment: [Probability; 2],
    /// Mean wait of all contacts of each type, answered or not, in seconds.
    pub mean_wait_seconds: [f64; 2],
    /// Mean number of contacts of each type waiting.
    pub queue_length: [f64; 2],
    /// Share of time that generalists are busy; 0 without any.
    pub generalist_occupancy: Probability,
}

impl MDesign {
    /// Loads and specialists of each type, and generalists.
    pub const fn new(loads: [Erlangs; 2], specialists: [u32; 2], generalists: u32) -> Self {
        Self {
            loads,
            specialists,
            generalists,
        }
    }

    /// Loads of both types.
    pub const fn loads(&self) -> [Erlangs; 2] {
        self.loads
    }

    /// Specialists of both types.
    pub const fn specialists(&self) -> [u32; 2] {
        self.specialists
    }

    /// Agents for both types.
    pub const fn generalists(&self) -> u32 {
        self.generalists
    }

    /// Exact steady state where contacts that find nobody free are lost.
    ///
    /// # Errors
    /// [`QueueingError::TooManyStates`]; [`QueueingError::NotSettled`].
    pub fn loss(&self) -> Result<MDesignLoss, QueueingError> {
        let sums = solve::steady(&self.grid([0, 0], 0.0)?)?;
        Ok(MDesignLoss {
            blocking: sums.all_busy.map(Probability::saturating),
            generalist_occupancy: self.occupancy(&sums),
        })
    }

    /// Exact steady state where contacts that find nobody free wait, and hang up after an exponential
    /// patience.
    ///
    /// # Errors
    /// [`QueueingError::NoPatience`] for a mean patience of zero, [`QueueingError::OutOfRange`] for a
    /// handling time of zero, [`QueueingError::TooManyStates`] for large groups or long queues,
    /// [`QueueingError::NotSettled`].
    ///
    /// ```
    /// use std::time::Duration;
    /// use wfm::queueing::MDesign;
    /// use wfm::units::Erlangs;
    /// let hour = Duration::from_secs(3600);
    /// let load = Erlangs::new(5.0)?;
    /// let seen = MDesign::new([load, load], [4, 4], 3).delay(hour, 2 * hour)?;
    /// // Generalists take type 1 first.
    /// assert!((seen.abandonment[0].get() - 0.065_408_65).abs() < 1e-8);
    /// assert!((seen.abandonment[1].get() - 0.100_505_59).abs() < 1e-8);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn delay(
        &self,
        aht: Duration,
        mean_patience: Duration,
    ) -> Result<MDesignDelay, QueueingError> {
        if mean_patience.is_zero() {
            return Err(QueueingError::NoPatience);
        }
        if aht.is_zero() {
            return Err(QueueingError::OutOfRange {
                quantity: "handling time",
                expected: "above 0",
                value: 0.0,
            });
        }
        let aht_seconds = aht.as_secs_f64();
        let hang_up = aht_seconds / mean_patience.as_secs_f64();
        let sums = self.with_enough_places(hang_up)?;
        let each_waits = [0, 1].map(|i| {
            let load = self.loads[i].get();
            if load > 0.0 {
                sums.waiting[i] / load
            } else {
                0.0
            }
        });
        Ok(MDesignDelay {
            p_wait: sums.all_busy.map(Probability::saturating),
            abandonment: each_waits.map(|wait| Probability::saturating(wait * hang_up)),
            mean_wait_seconds: each_waits.map(|wait| wait * aht_seconds),
            queue_length: sums.waiting,
            generalist_occupancy: self.occupancy(&sums),
        })
    }

    /// Blocking of all contacts together where those that find nobody free are lost, by Hayward's
    /// approximation.
    ///
    /// ```text
    /// mᵢ = aᵢ B(sᵢ, aᵢ),  vᵢ = mᵢ (1 − mᵢ + aᵢ / (sᵢ + 1 − aᵢ + mᵢ))    overflow of group i
    /// m = m₁ + m₂,  z = (v₁ + v₂) / m
    /// blocking ≈ m B(g/z, m/z) / (a₁ + a₂)                              B with real servers
    /// ```
    ///
    /// **Accuracy.** 1 to 5 % low in four cases with an exact answer.
    /// **Source.** Wilkinson (1956) for the overflow; Fredericks (1980).
    pub fn hayward_blocking(&self) -> Probability {
        let offered = self.loads[0].get() + self.loads[1].get();
        if offered <= 0.0 {
            return Probability::ZERO;
        }
        let streams: Overflow = [0, 1]
            .map(|i| overflow::of(f64::from(self.specialists[i]), self.loads[i]))
            .into_iter()
            .sum();
        Probability::saturating(streams.lost(f64::from(self.generalists)) / offered)
    }

    fn occupancy(&self, sums: &Sums) -> Probability {
        let share = sums.general / f64::from(self.generalists);
        Probability::saturating(share)
    }

    fn grid(&self, places: [usize; 2], hang_up: f64) -> Result<Grid, QueueingError> {
        let count = |agents: u32| usize::try_from(agents).unwrap_or(usize::MAX);
        Grid::new(
            self.loads.map(Erlangs::get),
            self.specialists.map(count),
            count(self.generalists),
            places,
            hang_up,
        )
    }

    /// Doubles waiting places until the last holds next to nothing, or as many as there are can be
    /// proved enough.
    fn with_enough_places(&self, hang_up: f64) -> Result<Sums, QueueingError> {
        let [a, b] = self.loads.map(Erlangs::get);
        let [s, t] = self.specialists.map(f64::from);
        let general = f64::from(self.generalists);
        let proved = [
            longest_queue(a, s + general, hang_up),
            longest_queue(b, t, hang_up),
        ];
        let pooled = longest_queue(a + b, s + t + general, hang_up);
        let mut places = proved.map(|enough| enough.min(pooled));
        loop {
            let sums = solve::steady(&self.grid(places, hang_up)?)?;
            let mut is_enough = true;
            for i in 0..2 {
                if places[i] < proved[i] && sums.edge[i] > EDGE * sums.waiting[i] {
                    places[i] = (2 * places[i]).min(proved[i]);
                    is_enough = false;
                }
            }
            if is_enough {
                return Ok(sums);
            }
        }
    }
}

/// Waiting contacts that are never exceeded but with a probability of 1e-18, when they come at rate
/// `arrivals` and `j` of them leave at rate `rate + j · hang_up` or faster; capped at what no grid
/// holds.
fn longest_queue(arrivals: f64, rate: f64, hang_up: f64) -> usize {
    let (mut weight, mut sum) = (1.0, 1.0);
    for j in 1..=LARGEST {
        let step = arrivals / (rate + j as f64 * hang_up);
        weight *= step;
        sum += weight;
        if step < 1.0 && weight <= 1e-18 * sum * (1.0 - step) {
            return j;
        }
        if sum > 1e200 {
            (weight, sum) = (weight * 1e-200, sum * 1e-200);
        }
    }
    LARGEST
}

#[cfg(test)]
mod tests;
