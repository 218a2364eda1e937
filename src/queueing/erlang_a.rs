use std::time::Duration;

use super::numerics::{Above, Skew, above, above_rest, below, deviance, moment_below};
use super::{Contacts, Objective, Performance, QueueModel, QueueingError, ServiceLevel, Traffic};
use crate::units::Probability;

/// Erlang A: the delay system M/M/n+M, in which those who wait too long hang up.
///
/// ```text
/// c = n h⁻¹/θ,  k = λ/θ                          agents and load counted in units of patience
/// W = Σ_{j≥1} n(n−1)…(n−j+1) / aʲ = 1/B(n,a) − 1  states with a free agent, against "all busy"
/// U = Σ_{j≥0} kʲ / ((c+1)…(c+j))                  states in which all are busy
/// P(wait) = U / (W + U),    L_q = (c − (c − k) U) / (W + U),    P(Ab) = θ L_q / λ
/// P(V > t) = g(t) U(c, k e^(−θt)) / (W + U),      g(t) = exp(k (1 − e^(−θt)) − c θt)
/// ```
///
/// `n` agents (whole or real), `a` offered load in erlangs, `h` average handling time, `λ = a/h`,
/// `1/θ` mean patience, `V` the wait of a contact that would never hang up. `U` and `W` are
/// incomplete gamma functions over their densities, so every measure takes constant time.
///
/// **Assumptions.** Poisson arrivals, exponential handling and patience, steady state, which always
/// exists. Patience applies while waiting only.
/// **Accuracy.** Relative error below 1e-12 for 1e-9 to 1e6 erlangs, one agent to a million and
/// patience from a second to a year, measured against sums with 280 digits (mostly 1e-14); below one
/// agent 2e-12 for service levels near 0.
/// Near `n = a` with patience of thousands of handling times the answer is limited by the digits of
/// `n − a`, whoever computes it.
/// **Source.** Palm (1946); Garnett, Mandelbaum and Reiman (2002); real `n` as Zeltyn and Mandelbaum
/// (2005).
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{ErlangA, QueueModel, Traffic};
/// use wfm::units::Erlangs;
/// let model = ErlangA::new(Duration::from_secs(120))?;
/// let traffic = Traffic::new(Erlangs::new(1000.0 / 12.0)?, Duration::from_secs(300));
/// let seen = model.performance(&traffic, 80.0, Duration::from_secs(20));
/// // One question, four answers: always say which service level is meant.
/// assert!((seen.service_level.offered.get() - 0.755).abs() < 5e-4);
/// assert!((seen.service_level.answered.get() - 0.818).abs() < 5e-4);
/// assert!((seen.service_level.virtual_wait.get() - 0.778).abs() < 5e-4);
/// assert!((seen.service_level.excluding_short_abandons.get() - 0.801).abs() < 5e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangA {
    mean_patience: Duration,
}

/// Where sizes stop: far beyond any centre, and safe to multiply.
const HUGE: f64 = 1e140;
/// What counts as nothing: far below any contact, and safe to divide by.
const TINY: f64 = 1e-140;

impl ErlangA {
    /// Customers who hang up after an exponential patience.
    ///
    /// # Errors
    /// [`QueueingError::NoPatience`] for a mean of zero.
    pub fn new(mean_patience: Duration) -> Result<Self, QueueingError> {
        if mean_patience.is_zero() {
            return Err(QueueingError::NoPatience);
        }
        Ok(Self { mean_patience })
    }

    /// Mean patience.
    pub const fn mean_patience(&self) -> Duration {
        self.mean_patience
    }

    /// Mean patience and a wait, in seconds.
    fn seconds(&self, wait: Duration) -> (f64, f64) {
        (self.mean_patience.as_secs_f64(), wait.as_secs_f64())
    }
}

impl QueueModel for ErlangA {
    fn performance(&self, traffic: &Traffic, agents: f64, answer_within: Duration) -> Performance {
        let (patience, within) = self.seconds(answer_within);
        if traffic.load.get() <= TINY {
            return Performance::IDLE;
        }
        let Some(chain) = Chain::new(traffic, agents, patience) else {
            return nobody_answers(traffic, patience);
        };
        let p_wait = chain.above.sum / chain.total;
        let queue_length = chain.above.moment / chain.total;
        let lost = queue_length / chain.k;
        let (occupancy, answered) = chain.carried(lost);
        let late = chain.late(within / patience, answered);
        let asa = patience * chain.served_wait() / (chain.total * answered);
        Performance {
            is_stable: true,
            p_wait: Probability::saturating(p_wait),
            service_level: ServiceLevel::of(&Contacts {
                in_time: late.in_time,
                answered,
                virtual_in_time: late.virtual_in_time,
                waiting: late.virtual_late * (-within / patience).exp(),
            }),
            abandonment: Probability::saturating(lost),
            asa_seconds: asa,
            mean_wait_seconds: lost * patience,
            queue_length,
            occupancy: Probability::saturating(occupancy),
        }
    }

    fn wait_exceeds(&self, traffic: &Traffic, agents: f64, wait_seconds: f64) -> Probability {
        let theta_t = wait_seconds.max(0.0) / self.mean_patience.as_secs_f64();
        let stays = (-theta_t).exp();
        if traffic.load.get() <= TINY {
            return Probability::ZERO;
        }
        let Some(chain) = Chain::new(traffic, agents, self.mean_patience.as_secs_f64()) else {
            return Probability::saturating(stays);
        };
        let lost = chain.above.moment / (chain.total * chain.k);
        let late = chain.late(theta_t, chain.carried(lost).1);
        Probability::saturating(stays * late.virtual_late)
    }

    fn first_guess(&self, traffic: &Traffic, objective: &Objective) -> (f64, f64) {
        // A wait of T that everybody suffers loses a share 1 − e^(−θT) for good.
        let (patience, within) = self.seconds(objective.answer_within());
        let (agents, slope) = objective.square_root_guess(traffic);
        let load = traffic.load.get();
        (agents + load * (-within / patience).exp_m1(), slope)
    }
}

/// The state without agents: every contact hangs up in the end.
fn nobody_answers(traffic: &Traffic, patience: f64) -> Performance {
    Performance {
        is_stable: true,
        p_wait: Probability::ONE,
        service_level: ServiceLevel::NONE,
        abandonment: Probability::ONE,
        asa_seconds: f64::INFINITY,
        mean_wait_seconds: patience,
        queue_length: traffic.load.get() * patience / traffic.aht.as_secs_f64(),
        occupancy: Probability::ONE,
    }
}

/// The stationary chain of one case, in units of the probability that all agents are busy and
/// nobody waits; what may overflow is divided by `e^(above.log_scale)`.
struct Chain {
    agents: f64,
    load: f64,
    /// `n μ/θ`, `λ/θ` and their difference from `n − a`.
    c: f64,
    k: f64,
    gap: f64,
    below: f64,
    above: Above,
    /// `e^(−log_scale)`.
    shrink: f64,
    total: f64,
}

/// Shares on either side of a threshold `t`.
struct Threshold {
    /// `P(V ≤ t, V < T)`.
    in_time: f64,
    /// `P(V ≤ t)`.
    virtual_in_time: f64,
    /// `P(V > t)`.
    virtual_late: f64,
}

impl Chain {
    /// `None` when nobody is there to answer.
    fn new(traffic: &Traffic, agents: f64, patience: f64) -> Option<Self> {
        if agents.is_nan() || agents <= TINY {
            return None;
        }
        let (load, agents) = (traffic.load.get().min(HUGE), agents.min(HUGE));
        let per_aht = (patience / traffic.aht.as_secs_f64()).min(HUGE / load.max(agents));
        let (c, k) = (agents * per_aht, load * per_aht);
        let skew = Skew::new(agents, load, load - agents);
        let above = above(c, k, &skew);
        let shrink = (-above.log_scale).exp();
        let below = below(agents, load, &skew);
        let total = if shrink > 0.0 { below * shrink } else { 0.0 } + above.sum;
        Some(Self {
            agents,
            load,
            c,
            k,
            gap: (agents - load) * per_aht,
            below,
            above,
            shrink,
            total,
        })
    }

    /// Occupancy and the share of contacts that are answered, each from the side that keeps its
    /// digits.
    fn carried(&self, lost: f64) -> (f64, f64) {
        let offered = self.load / self.agents;
        if self.load <= self.agents {
            return (offered * (1.0 - lost), 1.0 - lost);
        }
        let idle = moment_below(self.agents, self.load, self.below) * self.shrink;
        let occupancy = 1.0 - idle / (self.agents * self.total);
        (occupancy, occupancy / offered)
    }

    /// Who is still waiting, and who was answered, after `theta_t` mean patiences.
    fn late(&self, theta_t: f64, answered: f64) -> Threshold {
        let y = self.k * (-theta_t).exp();
        let skew = Skew::new(self.c, y, y - self.c);
        if y >= self.c {
            return self.early(y, &skew);
        }
        // g(t) over the scale of the states above.
        let log_g = if self.gap >= 0.0 {
            -self.gap * theta_t - self.k * curvature(theta_t)
        } else {
            -self.c * skew.deviance
        };
        let rest = above_rest(self.c, y, &skew);
        let density = log_g.exp() / self.total;
        let answered_late = density * rest * self.agents / self.load;
        Threshold {
            in_time: answered - answered_late,
            virtual_in_time: 1.0 - density * (1.0 + rest),
            virtual_late: density * (1.0 + rest),
        }
    }

    /// The same where even those who have waited so long meet more contacts than agents: what is
    /// answered in time is little, so it is added up rather than left over.
    fn early(&self, y: f64, skew: &Skew) -> Threshold {
        let at_start = Skew::new(self.c, self.k, -self.gap);
        let grown = (-self.c * skew.deviance).exp();
        let later = below(self.c, y, skew);
        let first = below(self.c, self.k, &at_start);
        let free = if self.shrink > 0.0 {
            self.below * self.shrink
        } else {
            0.0
        };
        let served = grown * (1.0 + later) - self.shrink * (1.0 + first);
        let reached = grown * later - self.shrink * first;
        let virtual_in_time = (free + reached).max(0.0) / self.total;
        Threshold {
            in_time: (free + served * self.agents / self.load).max(0.0) / self.total,
            virtual_in_time,
            virtual_late: 1.0 - virtual_in_time,
        }
    }

    /// `Σ_j p_j P(served | j ahead) E[wait | served]` in mean patiences, over `p_0`: with
    /// `M(c) = −d(U/c)/dc` it is `c M(c+1) = (c M(c) − U/c) n/a`.
    fn served_wait(&self) -> f64 {
        if self.c > 2.0 && self.load > 0.1 * self.agents {
            return self.agents / self.load
                * (self.c * self.above.decline - self.above.sum / self.c);
        }
        // Where that difference would lose digits, `M(c+1)` itself.
        let c = self.c + 1.0;
        let next = above(c, self.k, &Skew::new(c, self.k, -self.gap - 1.0));
        self.c * next.decline * (next.log_scale - self.above.log_scale).exp()
    }
}

/// `e^(−τ) − 1 + τ` without losing digits for small `τ`: the deviance of `e^(−τ) − 1`.
fn curvature(tau: f64) -> f64 {
    let epsilon = (-tau).exp_m1();
    if tau < 0.3 {
        deviance(epsilon)
    } else {
        epsilon + tau
    }
}
