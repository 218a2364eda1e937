use std::time::Duration;

use super::chain::{Chain, Steady, hang_up_rate, known, whole_agents};
use super::{Objective, Performance, QueueModel, QueueingError, Traffic};
use crate::units::{Erlangs, Probability, whole};

/// Chats: each agent holds several at once, and is slower with each of them the more there are.
///
/// ```text
/// an agent with j chats completes them at rate  j / AHT[j],   j = 1..J
/// N chats spread as evenly as they can over n agents: with N = q n + m, 0 ≤ m < n,
///   completions   m (q+1) / AHT[q+1] + (n − m) q / AHT[q]         for N < n J
///   completions   n J / AHT[J],  hanging up (N − n J) / patience  for N ≥ n J
/// mean concurrency = E[min(N, n J)] / n
/// ```
///
/// `AHT[j]` is the handling time of a chat whose agent holds `j`, `J` the most an agent may hold. In
/// the [`Performance`], waiting is that for a place with an agent, and occupancy the share of places
/// in use, `mean concurrency / J`. Arrivals are `load / aht` of the [`Traffic`], whatever `AHT[1]`
/// is. Agents are whole people: a fraction of one is rounded down. Without a patience, arrivals at or
/// above `n J / AHT[J]` are [`Performance::OVERLOADED`].
///
/// **Assumptions.** Poisson arrivals, exponential handling and patience, chats move between agents
/// whenever that spreads them better, steady state.
/// **Accuracy.** 1e-12 relative or better, against sums in 50 digits for loads of 1e-9 to 1e3 erlangs
/// and patience of a second to a year. Where a further chat slows an agent so much that it completes fewer, two crowds may be
/// likely at once; a second one is seen if what lies between is likelier than 1e-290 beside it.
/// **Source.** Koole (2013), Call Center Optimization, on chat; the even spread as written here.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{Chat, QueueModel, Traffic};
/// use wfm::units::Erlangs;
/// // 120 chats an hour; 600 s alone, 700 s as one of two, 800 s as one of three.
/// let aht = [600, 700, 800].map(Duration::from_secs);
/// let chat = Chat::new(&aht, Some(Duration::from_secs(180)))?;
/// let traffic = Traffic::new(Erlangs::new(20.0)?, aht[0]);
/// let seen = chat.performance(&traffic, 9.0, Duration::from_secs(60));
/// assert!((seen.service_level.offered.get() - 0.835_958_75).abs() < 1e-8);
/// assert!((chat.mean_concurrency(&traffic, 9.0) - 2.597_910_56).abs() < 1e-8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Chat {
    aht_seconds: Box<[f64]>,
    mean_patience: Option<Duration>,
}

impl Chat {
    /// Handling times with 1, 2, … chats at once, and the mean of an exponential patience; `None` for
    /// customers who wait as long as it takes.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] without any handling time or with one of zero,
    /// [`QueueingError::NoPatience`] for a mean patience of zero.
    pub fn new(
        aht_by_concurrency: &[Duration],
        mean_patience: Option<Duration>,
    ) -> Result<Self, QueueingError> {
        let out_of_range = |quantity, expected| QueueingError::OutOfRange {
            quantity,
            expected,
            value: 0.0,
        };
        if aht_by_concurrency.is_empty() {
            return Err(out_of_range("number of chats at once", "at least 1"));
        }
        if aht_by_concurrency.iter().any(Duration::is_zero) {
            return Err(out_of_range("handling time", "above 0"));
        }
        Ok(Self {
            aht_seconds: aht_by_concurrency
                .iter()
                .map(Duration::as_secs_f64)
                .collect(),
            mean_patience: known(mean_patience)?,
        })
    }

    /// The most chats an agent holds at once.
    pub fn most_at_once(&self) -> usize {
        self.aht_seconds.len()
    }

    /// Mean patience.
    pub const fn mean_patience(&self) -> Option<Duration> {
        self.mean_patience
    }

    /// Mean number of chats of an agent on staff, idle ones included; the most there can be in
    /// overload, none without agents.
    pub fn mean_concurrency(&self, traffic: &Traffic, agents: f64) -> f64 {
        let agents = whole_agents(agents);
        if agents <= 0.0 || traffic.load == Erlangs::ZERO {
            return 0.0;
        }
        self.steady(traffic, agents, 0.0)
            .map_or(self.most(), |steady| steady.in_service / agents)
    }

    fn most(&self) -> f64 {
        self.aht_seconds.len() as f64
    }

    /// Chats completed in a handling time of the traffic by an agent who holds `chats`.
    fn rate(&self, chats: usize, aht_seconds: f64) -> f64 {
        let slot = chats.checked_sub(1).and_then(|at| self.aht_seconds.get(at));
        slot.map_or(0.0, |own| chats as f64 * aht_seconds / own)
    }

    fn steady(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Option<Steady> {
        let aht = traffic.aht.as_secs_f64();
        let below = |state: f64| {
            let level = (state / agents).floor();
            let more = state - level * agents;
            let level = usize::try_from(whole::floor(level)).unwrap_or(usize::MAX);
            more * self.rate(level.saturating_add(1), aht) + (agents - more) * self.rate(level, aht)
        };
        let most = self.aht_seconds.len();
        let levels = 1..most;
        let mut chain = Chain {
            arrivals: traffic.load.get(),
            floor: 0.0,
            full: agents * self.most(),
            full_rate: agents * self.rate(most, aht),
            below,
            hang_up: hang_up_rate(self.mean_patience, traffic),
            places: f64::INFINITY,
            peak: 0.0,
            is_single_peaked: levels
                .into_iter()
                .all(|j| self.rate(j, aht) <= self.rate(j + 1, aht)),
        };
        chain.peak = self.peak(
            aht,
            agents,
            chain.arrivals,
            chain.waiting_peak(),
            chain.hang_up,
        );
        chain.steady(traffic.in_handling_times(wait_seconds))
    }

    /// The likeliest state. Within a level completions change by the same step with every chat, so
    /// the candidates are where they meet the arrivals, and the ends.
    fn peak(&self, aht: f64, agents: f64, arrivals: f64, waiting: f64, hang_up: f64) -> f64 {
        let (mut height, mut best, mut highest) = (0.0, 0.0, 0.0);
        for level in 0..self.aht_seconds.len() {
            let first = agents * self.rate(level, aht);
            let step = self.rate(level + 1, aht) - self.rate(level, aht);
            let start = level as f64 * agents;
            let meets = if step > 0.0 {
                ((arrivals - first) / step).floor().clamp(0.0, agents)
            } else {
                agents
            };
            let at_peak = height + log_growth(arrivals, first, step, meets);
            if at_peak > highest {
                (highest, best) = (at_peak, start + meets);
            }
            height += log_growth(arrivals, first, step, agents);
        }
        let full_rate = agents * self.rate(self.aht_seconds.len(), aht);
        let above = height + log_growth(arrivals, full_rate, hang_up, waiting);
        if above >= highest {
            f64::INFINITY
        } else {
            best
        }
    }
}

/// Roughly `Σ ln(λ / (first + step m))` over `1 ≤ m ≤ count`: how much likelier the last state is
/// than the first. The integral will do: a start some hundred powers of e off the peak is no worse.
fn log_growth(arrivals: f64, first: f64, step: f64, count: f64) -> f64 {
    let last = first + step * count;
    let area = |x: f64| if x > 0.0 { x * x.ln() - x } else { 0.0 };
    let logs = if count <= 0.0 {
        0.0
    } else if (last - first).abs() <= 1e-6 * first {
        count * f64::midpoint(first, last).ln()
    } else {
        (area(last) - area(first)) / step
    };
    count * arrivals.ln() - logs
}

impl QueueModel for Chat {
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance {
        if traffic.load == Erlangs::ZERO {
            return Performance::IDLE;
        }
        let agents = whole_agents(agents);
        self.steady(traffic, agents, answer_within.as_secs_f64())
            .map_or(Performance::OVERLOADED, |steady| {
                let occupancy = steady.in_service / (agents * self.most());
                steady.performance(traffic.aht.as_secs_f64(), occupancy)
            })
    }

    fn wait_exceeds(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Probability {
        if traffic.load == Erlangs::ZERO {
            return Probability::ZERO;
        }
        self.steady(traffic, whole_agents(agents), wait_seconds)
            .map_or(Probability::ONE, |steady| steady.still_waiting())
    }

    fn first_guess(&self, traffic: &Traffic, objective: &Objective) -> (f64, f64) {
        let rate = self.rate(self.aht_seconds.len(), traffic.aht.as_secs_f64());
        let (agents, slope) = objective.square_root_guess(traffic);
        (agents / rate, slope * rate)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ErlangA, required_agents};
    use super::*;

    fn seconds(all: &[u64]) -> Vec<Duration> {
        all.iter().copied().map(Duration::from_secs).collect()
    }

    fn traffic(load: f64) -> Traffic {
        Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(600))
    }

    /// Every state below 2000 from the definition, with its completions.
    fn plain(load: f64, aht: &[f64], n: usize, hang_up: f64) -> (f64, f64) {
        let (mut logs, mut log) = (vec![0.0_f64], 0.0);
        for state in 1..2000_usize {
            let chats = state.min(n * aht.len());
            let (q, m) = (chats / n, chats % n);
            let slot = |j: usize| {
                if j == 0 {
                    0.0
                } else {
                    j as f64 * 600.0 / aht[j - 1]
                }
            };
            let more = if m > 0 { m as f64 * slot(q + 1) } else { 0.0 };
            let rate = more + (n - m) as f64 * slot(q) + (state - chats) as f64 * hang_up;
            log += (load / rate).ln();
            logs.push(log);
        }
        let peak = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let p: Vec<f64> = logs.iter().map(|l| (l - peak).exp()).collect();
        let total: f64 = p.iter().sum();
        let held = |(i, p): (usize, &f64)| i.min(n * aht.len()) as f64 * p;
        let places: f64 = p.iter().enumerate().map(held).sum();
        (
            p[n * aht.len()..].iter().sum::<f64>() / total,
            places / total / n as f64,
        )
    }

    #[test]
    fn the_definition_by_plain_sums() {
        for (load, aht, n) in [
            (20.0, [600, 700, 800], 9),
            (30.0, [600, 700, 800], 9),
            (20.0, [600, 1500, 3000], 22),
            (19.0, [600, 1500, 3000], 24),
            (60.0, [600, 1300, 2300], 61),
        ] {
            let chat = Chat::new(&seconds(&aht), Some(Duration::from_secs(180))).unwrap();
            let seen = chat.performance(&traffic(load), n as f64, Duration::ZERO);
            let aht = aht.map(|x| x as f64);
            let (p_wait, concurrency) = plain(load, &aht, n, 600.0 / 180.0);
            let found = chat.mean_concurrency(&traffic(load), n as f64);
            assert!((found / concurrency - 1.0).abs() < 1e-11, "{load} {aht:?}");
            assert!(
                (seen.p_wait.get() / p_wait - 1.0).abs() < 1e-11,
                "{load} {aht:?}"
            );
        }
    }

    #[test]
    fn one_at_once_is_a_telephone() {
        let patience = Duration::from_secs(180);
        let chat = Chat::new(&seconds(&[600]), Some(patience)).unwrap();
        let phone = ErlangA::new(patience).unwrap();
        let within = Duration::from_secs(60);
        let x = chat.performance(&traffic(20.0), 20.0, within);
        let y = phone.performance(&traffic(20.0), 20.0, within);
        let near = |x: f64, y: f64| assert!((x / y - 1.0).abs() < 1e-9, "{x} {y}");
        near(x.service_level.offered.get(), y.service_level.offered.get());
        near(x.asa_seconds, y.asa_seconds);
        near(x.occupancy.get(), y.occupancy.get());
    }

    #[test]
    fn fewest_agents_and_overload() {
        let eighty_twenty =
            Objective::service_level(Probability::new(0.8).unwrap(), Duration::from_secs(20));
        let chat = Chat::new(&seconds(&[600, 700, 800]), None).unwrap();
        let found = required_agents(&chat, &traffic(20.0), &eighty_twenty.unwrap()).unwrap();
        // Full agents complete 3 chats in 800 s: 20 · 800 / 600 / 3 = 8.9 of them keep up.
        assert!((9..14).contains(&found.get()), "{found}");
        let seen = chat.performance(&traffic(20.0), 8.0, Duration::ZERO);
        assert_eq!(seen, Performance::OVERLOADED);
        assert_eq!(chat.mean_concurrency(&traffic(20.0), 8.0), 3.0);
        assert!(Chat::new(&[], None).is_err());
    }
}
