use std::time::Duration;

use super::chain::{Chain, Steady, hang_up_rate, known, whole_agents};
use super::{Performance, QueueModel, QueueingError, Traffic};
use crate::units::{Agents, Erlangs, Probability};

/// The most lines considered.
const LIMIT: u32 = 1 << 24;

/// Erlang A and Erlang C with a limited number of lines: M/M/n/K, with or without hanging up.
///
/// ```text
/// p(i) ∝ Π λ / d(k) over k = 1..i,   d(k) = min(k, n) / h + max(k − n, 0) / patience,   i ≤ K
/// blocking   = p(K)
/// P(wait)    = Σ_{n ≤ i < K} p(i) / (1 − p(K))          of the contacts admitted
/// abandoned  = E[waiting] / (patience · λ (1 − p(K)))
/// ```
///
/// `n` agents, `K` lines: a contact holds one from its arrival until it is answered and done, or
/// hangs up; one that finds none is lost. `λ` arrivals a second, `h` average handling time. With
/// fewer lines than agents only as many agents can work. Agents are whole people: a fraction of one
/// is rounded down. The [`Performance`] is that of the contacts admitted; where nobody is ever
/// admitted it is [`Performance::OVERLOADED`].
///
/// **Assumptions.** Poisson arrivals, exponential handling and patience, steady state, lost contacts
/// do not come back.
/// **Accuracy.** 1e-12 relative or better, against sums in 50 digits for loads of 1e-9 to 1e3 erlangs
/// and patience of a second to a year. The work grows with the square root of the load, and at load
/// `n` without patience with the number of lines.
/// **Source.** Palm (1957); Garnett, Mandelbaum & Reiman (2002); Stolletz (2003) for the lines.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{FiniteLines, Traffic};
/// use wfm::units::Erlangs;
/// // 200 calls an hour of 180 s, patience of 300 s, 12 agents, 3 of 15 lines to wait in.
/// let traffic = Traffic::new(Erlangs::new(10.0)?, Duration::from_secs(180));
/// let lines = FiniteLines::new(15, Some(Duration::from_secs(300)))?;
/// let seen = lines.evaluate(&traffic, 12.0, Duration::from_secs(20));
/// assert!((seen.blocking.get() - 0.042_789_789).abs() < 1e-9);
/// assert!((seen.admitted.p_wait.get() - 0.245_721_991).abs() < 1e-9);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FiniteLines {
    lines: u32,
    mean_patience: Option<Duration>,
}

/// What happens with a limited number of lines.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct LinesPerformance {
    /// Share of contacts that find no line and are lost.
    pub blocking: Probability,
    /// What those that find one experience.
    pub admitted: Performance,
}

impl FiniteLines {
    /// A number of lines, and the mean of an exponential patience; `None` for contacts that wait as
    /// long as it takes.
    ///
    /// # Errors
    /// [`QueueingError::NoPatience`] for a mean of zero.
    pub fn new(lines: u32, mean_patience: Option<Duration>) -> Result<Self, QueueingError> {
        let mean_patience = known(mean_patience)?;
        Ok(Self {
            lines,
            mean_patience,
        })
    }

    /// Number of lines.
    pub const fn lines(&self) -> u32 {
        self.lines
    }

    /// Mean patience.
    pub const fn mean_patience(&self) -> Option<Duration> {
        self.mean_patience
    }

    /// Blocking, and what the contacts admitted experience; `answer_within` is the threshold of the
    /// service level.
    pub fn evaluate(
        &self,
        traffic: &Traffic,
        agents: f64,
        answer_within: Duration,
    ) -> LinesPerformance {
        if traffic.load == Erlangs::ZERO {
            return LinesPerformance {
                blocking: Probability::ZERO,
                admitted: Performance::IDLE,
            };
        }
        let Some(steady) = self.steady(traffic, agents, answer_within.as_secs_f64()) else {
            return LinesPerformance {
                blocking: Probability::ONE,
                admitted: Performance::OVERLOADED,
            };
        };
        let occupancy = steady.in_service / whole_agents(agents);
        LinesPerformance {
            blocking: Probability::saturating(steady.blocking),
            admitted: steady.performance(traffic.aht.as_secs_f64(), occupancy),
        }
    }

    fn steady(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Option<Steady> {
        let lines = f64::from(self.lines);
        let working = whole_agents(agents).min(lines);
        let hang_up = hang_up_rate(self.mean_patience, traffic);
        let mut chain = Chain::of_agents(traffic.load.get(), working, hang_up);
        chain.places = lines - working;
        chain.steady(traffic.in_handling_times(wait_seconds))
    }
}

impl QueueModel for FiniteLines {
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance {
        self.evaluate(traffic, agents, answer_within).admitted
    }

    fn wait_exceeds(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Probability {
        if traffic.load == Erlangs::ZERO {
            return Probability::ZERO;
        }
        self.steady(traffic, agents, wait_seconds)
            .map_or(Probability::ONE, |steady| steady.still_waiting())
    }
}

/// Smallest number of lines, for a number of agents, whose blocking is at most `limit`.
///
/// ```text
/// 1/p(K) = 1 + d(K) / λ · 1/p(K−1),  p(0) = 1,  d as in FiniteLines
/// ```
///
/// # Errors
/// [`QueueingError::NoPatience`] for a mean patience of zero, [`QueueingError::UnreachableLimit`]
/// for a limit of 0, [`QueueingError::TooManyLines`] beyond 2²⁴ lines: without patience, or nearly,
/// an overload blocks its excess however many lines there are.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{Traffic, required_lines};
/// use wfm::units::{Agents, Erlangs, Probability};
/// let traffic = Traffic::new(Erlangs::new(10.0)?, Duration::from_secs(180));
/// let patience = Some(Duration::from_secs(300));
/// let lines = required_lines(&traffic, Agents(12), patience, Probability::new(0.05)?)?;
/// assert_eq!(lines, 15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn required_lines(
    traffic: &Traffic,
    agents: Agents,
    mean_patience: Option<Duration>,
    limit: Probability,
) -> Result<u32, QueueingError> {
    let hang_up = hang_up_rate(known(mean_patience)?, traffic);
    let load = traffic.load.get();
    let too_many = Err(QueueingError::TooManyLines { limit: LIMIT, load });
    if load <= 0.0 {
        return Ok(0);
    }
    if limit == Probability::ZERO {
        let quantity = "blocking";
        return Err(QueueingError::UnreachableLimit { quantity });
    }
    let full = agents.as_f64();
    if hang_up <= 0.0 && 1.0 - full / load >= limit.get() && limit < Probability::ONE {
        return too_many;
    }
    let (mut inverse, wanted) = (1.0, 1.0 / limit.get());
    for lines in 0..=LIMIT {
        if inverse >= wanted {
            return Ok(lines);
        }
        let next = f64::from(lines) + 1.0;
        let leaving = next.min(full) + (next - full).max(0.0) * hang_up;
        inverse = 1.0 + leaving / load * inverse;
    }
    too_many
}

#[cfg(test)]
mod tests {
    use super::super::{ErlangA, ErlangC};
    use super::*;

    fn traffic(load: f64) -> Traffic {
        Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(180))
    }

    #[test]
    fn the_definition_by_plain_sums() {
        let (load, n, hang_up, k) = (9.0_f64, 7, 180.0 / 240.0, 12);
        let rate = |i: i32| f64::from(i.min(n)) + f64::from((i - n).max(0)) * hang_up;
        let mut p = vec![1.0];
        for i in 1..=k {
            p.push(p.last().unwrap() * load / rate(i));
        }
        let total: f64 = p.iter().sum();
        let lines = FiniteLines::new(12, Some(Duration::from_secs(240))).unwrap();
        let seen = lines.evaluate(&traffic(load), 7.9, Duration::ZERO);
        let open = total - p[12];
        let waiting: f64 = (7..=12)
            .zip(&p[7..])
            .map(|(i, p)| f64::from(i - 7) * p)
            .sum();
        let near = |x: f64, y: f64| assert!((x / y - 1.0).abs() < 1e-13, "{x} {y}");
        near(seen.blocking.get(), p[12] / total);
        near(
            seen.admitted.p_wait.get(),
            p[7..12].iter().sum::<f64>() / open,
        );
        near(seen.admitted.queue_length, waiting / total);
        near(
            seen.admitted.abandonment.get(),
            hang_up * waiting / load / open,
        );
        near(
            seen.admitted.mean_wait_seconds,
            180.0 * waiting / load / open,
        );
    }

    #[test]
    fn many_lines_are_no_limit() {
        let within = Duration::from_secs(20);
        let patience = Duration::from_secs(300);
        for (load, agents) in [(10.0, 12.0), (10.0, 9.0), (100.0, 103.0)] {
            let lines = FiniteLines::new(5_000, Some(patience)).unwrap();
            let seen = lines.performance(&traffic(load), agents, within);
            let limit = ErlangA::new(patience).unwrap();
            let limit = limit.performance(&traffic(load), agents, within);
            let near = |x: f64, y: f64| assert!((x / y - 1.0).abs() < 1e-9, "{x} {y}");
            near(
                seen.service_level.offered.get(),
                limit.service_level.offered.get(),
            );
            near(
                seen.service_level.virtual_wait.get(),
                limit.service_level.virtual_wait.get(),
            );
            near(seen.asa_seconds, limit.asa_seconds);
            near(seen.abandonment.get(), limit.abandonment.get());
        }
        let lines = FiniteLines::new(50_000, None).unwrap();
        let seen = lines.performance(&traffic(10.0), 12.0, within);
        let limit = ErlangC.performance(&traffic(10.0), 12.0, within);
        assert!((seen.asa_seconds / limit.asa_seconds - 1.0).abs() < 1e-12);
        let late = 1.0 - limit.service_level.offered.get();
        assert!((1.0 - seen.service_level.offered.get() - late).abs() < 1e-13);
    }

    #[test]
    fn smallest_number_of_lines() {
        for (load, agents, patience) in [(10.0, 12, Some(300)), (10.0, 9, None), (3.0, 9, None)] {
            let patience = patience.map(Duration::from_secs);
            let limit = Probability::new(0.12).unwrap();
            let found = required_lines(&traffic(load), agents.into(), patience, limit).unwrap();
            let blocking = |lines| {
                let lines = FiniteLines::new(lines, patience).unwrap();
                lines
                    .evaluate(&traffic(load), f64::from(agents), Duration::ZERO)
                    .blocking
            };
            assert!(blocking(found) <= limit && blocking(found - 1) > limit);
        }
        let limit = Probability::new(0.05).unwrap();
        let over = required_lines(&traffic(10.0), 9.into(), None, limit);
        assert!(matches!(over, Err(QueueingError::TooManyLines { .. })));
    }

    #[test]
    fn nobody_works() {
        let lines = FiniteLines::new(4, None).unwrap();
        let seen = lines.evaluate(&traffic(2.0), f64::NAN, Duration::ZERO);
        assert_eq!(
            (seen.blocking, seen.admitted.is_stable),
            (Probability::ONE, false)
        );
    }
}
