use std::time::Duration;

use super::erlang_x::scaled;
use super::numerics::GammaMixture;
use super::{Objective, Performance, QueueModel, QueueingError, ServiceLevel, Traffic};
use crate::units::{Erlangs, Probability};

/// Share of contacts in stable outcomes below which a mixture counts as overloaded.
const ROUNDING: f64 = 1e-15;

/// Any model under an uncertain arrival rate: the rate is `λ G`, with a busyness `G` that is drawn
/// once and holds long enough for a steady state.
///
/// ```text
/// E[G f(λ G)] / E[G]          G gamma, E[G] = 1, coefficient of variation cv
/// ```
///
/// Shares and mean waits are those of a contact drawn from all contacts, so that busy outcomes count
/// for more: `f` is averaged with weight `G`, which is the gamma law of shape `1/cv² + 1`. Shares of
/// a part of the contacts (answered, not short abandons) are ratios of two such averages. The queue
/// length and the occupancy are averages over time.
///
/// **Overload.** Outcomes that overload the inner model count with service level 0 and probability
/// of waiting 1. A gamma busyness has no upper end, so under [`ErlangC`](super::ErlangC) overload
/// has positive probability for every `cv > 0`, and the mean waits and the queue length are
/// infinite; the other measures are finite and exact. [`Performance::is_stable`] says here that a
/// noticeable share of contacts meets a stable outcome.
///
/// **Assumptions.** Those of the inner model given the rate.
/// **Accuracy.** Gauss–Legendre quadrature in the logarithm of `G`, split where the load equals the
/// agents and halved until it settles: relative error below 1e-9 in tests for `cv` from 1e-3 to 10.
/// It takes 150 to 350 evaluations of the inner model and allocates nothing. `cv = 0` is the inner
/// model itself.
/// **Source.** Jongbloed and Koole (2001) for the mixture; Steckley, Henderson and Mehrotra (2009)
/// for weighting by contacts.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{ErlangC, QueueModel, RandomRate, Traffic};
/// use wfm::units::Erlangs;
/// // 200 contacts an hour of 180 seconds, give or take 10 %.
/// let traffic = Traffic::new(Erlangs::new(10.0)?, Duration::from_secs(180));
/// let seen = RandomRate::new(ErlangC, 0.1)?.performance(&traffic, 14.0, Duration::from_secs(20));
/// assert!((seen.service_level.offered.get() - 0.855_768_722).abs() < 1e-8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RandomRate<M> {
    inner: M,
    cv: f64,
}

/// What is averaged over the busyness, weighted by contacts.
const SHARES: usize = 6;
/// The shares and then the waits.
const PARTS: usize = 10;

impl<M: QueueModel> RandomRate<M> {
    /// The model `inner` under a busyness with coefficient of variation `cv`.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] unless `cv` is between 0 and 1000.
    pub fn new(inner: M, cv: f64) -> Result<Self, QueueingError> {
        if (0.0..=1000.0).contains(&cv) {
            Ok(Self { inner, cv })
        } else {
            Err(QueueingError::OutOfRange {
                quantity: "coefficient of variation of the arrival rate",
                expected: "between 0 and 1000",
                value: cv,
            })
        }
    }

    /// The model given the rate.
    pub const fn inner(&self) -> &M {
        &self.inner
    }

    /// Coefficient of variation of the arrival rate.
    pub const fn cv(&self) -> f64 {
        self.cv
    }

    /// The law of the busyness, `None` where it does not vary.
    fn mixture(&self) -> Option<GammaMixture> {
        GammaMixture::weighted(self.cv)
    }

    /// Terms of the averages for one outcome.
    fn terms(&self, traffic: &Traffic, agents: f64, within: Duration, g: f64) -> [f64; PARTS] {
        let outcome = scaled(traffic, g);
        let seen = self.inner.performance(&outcome, agents, within);
        let level = &seen.service_level;
        let (in_time, reported) = (level.offered.get(), level.excluding_short_abandons.get());
        let not_short = if reported > 0.0 {
            in_time / reported
        } else if !seen.is_stable {
            1.0
        } else {
            in_time
                + self
                    .inner
                    .wait_exceeds(&outcome, agents, within.as_secs_f64())
                    .get()
        };
        let answered = 1.0 - seen.abandonment.get();
        let mut terms = [
            seen.p_wait.get(),
            in_time,
            level.virtual_wait.get(),
            not_short,
            seen.abandonment.get(),
            f64::from(u8::from(seen.is_stable)),
            seen.occupancy.get() / g,
            if answered > 0.0 {
                answered * seen.asa_seconds
            } else {
                0.0
            },
            seen.mean_wait_seconds,
            seen.queue_length / g,
        ];
        if !seen.is_stable {
            terms[SHARES + 1..].fill(0.0);
        }
        terms
    }

    fn assemble(mean: &[f64; PARTS], infinite: bool) -> Performance {
        let [
            p_wait,
            in_time,
            virtual_wait,
            not_short,
            abandonment,
            stable,
            occupancy,
            waits @ ..,
        ] = *mean;
        if stable < ROUNDING {
            return Performance::OVERLOADED;
        }
        let answered = 1.0 - abandonment;
        let share =
            |whole: f64| Probability::saturating(if whole > 0.0 { in_time / whole } else { 0.0 });
        let wait = |value: f64| if infinite { f64::INFINITY } else { value };
        let served = if answered > 0.0 {
            waits[0] / answered
        } else {
            0.0
        };
        Performance {
            is_stable: true,
            p_wait: Probability::saturating(p_wait),
            service_level: ServiceLevel {
                offered: Probability::saturating(in_time),
                answered: share(answered),
                virtual_wait: Probability::saturating(virtual_wait),
                excluding_short_abandons: share(not_short),
            },
            abandonment: Probability::saturating(abandonment),
            asa_seconds: wait(served),
            mean_wait_seconds: wait(waits[1]),
            queue_length: wait(waits[2]),
            occupancy: Probability::saturating(occupancy),
        }
    }
}

impl<M: QueueModel> QueueModel for RandomRate<M> {
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance {
        let Some(mixture) = self.mixture() else {
            return self.inner.performance(traffic, agents, answer_within);
        };
        if traffic.load == Erlangs::ZERO {
            return Performance::IDLE;
        }
        if agents == f64::INFINITY {
            return self.inner.performance(traffic, agents, answer_within);
        }
        let critical = agents / traffic.load.get();
        let can_overload = !self
            .inner
            .performance(&scaled(traffic, 2.0 * critical), agents, answer_within)
            .is_stable;
        let mean = mixture.mean(critical, agents, |g| {
            let mut terms = self.terms(traffic, agents, answer_within, g);
            if can_overload {
                terms[SHARES + 1..].fill(0.0);
            }
            terms
        });
        Self::assemble(&mean, can_overload)
    }

    fn wait_exceeds(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Probability {
        let Some(mixture) = self.mixture() else {
            return self.inner.wait_exceeds(traffic, agents, wait_seconds);
        };
        if traffic.load == Erlangs::ZERO {
            return Probability::ZERO;
        }
        let [share] = mixture.mean(agents / traffic.load.get(), agents, |g| {
            let outcome = scaled(traffic, g);
            [self
                .inner
                .wait_exceeds(&outcome, agents, wait_seconds)
                .get()]
        });
        Probability::saturating(share)
    }

    fn first_guess(&self, traffic: &Traffic, objective: &Objective) -> (f64, f64) {
        let busy = scaled(traffic, 1.0 + self.cv * self.cv);
        self.inner.first_guess(&busy, objective)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::{ErlangA, ErlangC, required_agents};

    fn traffic(load: f64) -> Traffic {
        Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(240))
    }

    /// Equal steps of the defining integral in `G`.
    fn by_brute_force(model: &dyn QueueModel, traffic: &Traffic, agents: f64, cv: f64) -> f64 {
        let shape = 1.0 / (cv * cv);
        let (mut sum, mut whole) = (0.0, 0.0);
        let steps = 60_000;
        for i in 0..steps {
            let g = (f64::from(i) + 0.5) / f64::from(steps) * (1.0 + 25.0 * cv);
            let weight = g.powf(shape) * (shape * (1.0 - g)).exp();
            let seen = model.performance(&scaled(traffic, g), agents, Duration::from_secs(20));
            sum += weight * seen.service_level.offered.get();
            whole += weight;
        }
        sum / whole
    }

    #[test]
    fn agrees_with_brute_force() {
        let patience = ErlangA::new(Duration::from_secs(150)).unwrap();
        for (load, agents, cv) in [(10.0, 12.0, 0.3), (60.0, 66.0, 0.1), (3.0, 4.0, 0.5)] {
            let within = Duration::from_secs(20);
            let exact = by_brute_force(&ErlangC, &traffic(load), agents, cv);
            let model = RandomRate::new(ErlangC, cv).unwrap();
            let seen = model.performance(&traffic(load), agents, within);
            let level = seen.service_level.offered.get();
            assert!((level - exact).abs() < 3e-8, "{load} {cv}: {level} {exact}");
            assert!(seen.asa_seconds.is_infinite() && seen.is_stable);
            let exact = by_brute_force(&patience, &traffic(load), agents, cv);
            let model = RandomRate::new(patience, cv).unwrap();
            let seen = model.performance(&traffic(load), agents, within);
            let level = seen.service_level.offered.get();
            assert!((level - exact).abs() < 1e-8, "{load} {cv}: {level} {exact}");
            // Little's law holds for the mixture as well.
            let little = seen.mean_wait_seconds * load / 240.0;
            assert!((seen.queue_length / little - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn no_variation_is_the_inner_model_and_little_variation_is_near_it() {
        let within = Duration::from_secs(20);
        let plain = ErlangC.performance(&traffic(10.0), 13.0, within);
        let same = RandomRate::new(ErlangC, 0.0).unwrap();
        assert_eq!(same.performance(&traffic(10.0), 13.0, within), plain);
        for cv in [1e-200, 1e-8, 1e-6, 1e-4] {
            let near = RandomRate::new(ErlangC, cv).unwrap();
            let seen = near.performance(&traffic(10.0), 13.0, within);
            let off = seen.service_level.offered.get() - plain.service_level.offered.get();
            assert!(off.abs() < 10.0 * cv * cv + 1e-12, "{cv}: {off}");
        }
    }

    #[test]
    fn uncertainty_needs_more_agents_and_edges_are_typed() {
        let objective =
            Objective::service_level(Probability::new(0.8).unwrap(), Duration::from_secs(20))
                .unwrap();
        let needed = |cv| {
            let model = RandomRate::new(ErlangC, cv).unwrap();
            required_agents(&model, &traffic(67.0), &objective).unwrap()
        };
        assert!(needed(0.0) < needed(0.1) && needed(0.1) < needed(0.3));
        for cv in [-0.1, f64::NAN, f64::INFINITY] {
            assert!(RandomRate::new(ErlangC, cv).is_err());
        }
        let model = RandomRate::new(ErlangC, 2.0).unwrap();
        let nobody = model.performance(&traffic(3.0), 0.0, Duration::ZERO);
        assert_eq!(nobody, Performance::OVERLOADED);
        assert_eq!(
            model.performance(&traffic(0.0), 0.0, Duration::ZERO),
            Performance::IDLE
        );
    }
}
