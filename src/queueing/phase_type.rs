use super::numerics::Matrix;
use super::{Delay, QueueingError, Traffic};

/// The largest number of agents: each level of the chain has as many states.
const LARGEST: u32 = 150;

/// A handling time of up to two exponential phases, for the exact delay system M/G/n.
///
/// ```text
/// Erlang-2            two phases of rate 2/h, one after the other          scv = 1/2
/// H2 balanced means   rate 2p/h with probability p, 2(1−p)/h otherwise,    scv ≥ 1
///                     p = (1 + √((scv − 1)/(scv + 1))) / 2
/// ```
///
/// `h` mean handling time, `scv` its squared coefficient of variation. The state of the queue is the
/// number in system and the number of busy agents in the first phase. Below `n` contacts the chain
/// is solved level by level; above, it repeats itself and has a matrix-geometric solution:
///
/// ```text
/// π_{k+1} = π_k R for k ≥ n,   P(wait) = π_n (I − R)⁻¹ 1,   L = π_n R (I − R)⁻² 1,   ASA = L h / a
/// ```
///
/// **Assumptions.** Poisson arrivals, nobody hangs up, first come first served, steady state. For
/// `a ≥ n` the queue only grows: [`Delay::OVERLOADED`].
/// **Accuracy.** Relative error below 1e-10 up to 99 % load and 1e-8 at 99.9 %, in tests against
/// Erlang C (`scv = 1`) and against Pollaczek and Khinchine (`n = 1`, `scv` up to 100). Work grows with the fourth power of the
/// agents: about 3 ms for 50 agents and 100 ms for 150, the most that are accepted.
/// **Source.** Neuts (1981) for the matrix-geometric solution; Latouche and Ramaswami (1993) for
/// logarithmic reduction.
///
/// ```
/// use std::time::Duration;
/// use wfm::queueing::{PhaseType, Traffic};
/// use wfm::units::Erlangs;
/// let traffic = Traffic::new(Erlangs::new(4.0)?, Duration::from_secs(300));
/// let seen = PhaseType::ERLANG_2.delay(&traffic, 5)?;
/// assert!((seen.asa_seconds - 126.967_822).abs() < 1e-6);
/// let seen = PhaseType::hyperexponential(2.0)?.delay(&traffic, 5)?;
/// assert!((seen.asa_seconds - 237.765_249).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PhaseType {
    /// Probability of starting in the first phase, in the second otherwise.
    first: f64,
    /// Probability that the second phase follows the first.
    follows: f64,
    /// Rates of the two phases, in handling times.
    rates: (f64, f64),
}

impl PhaseType {
    /// Two equal phases, one after the other.
    pub const ERLANG_2: Self = Self {
        first: 1.0,
        follows: 1.0,
        rates: (2.0, 2.0),
    };

    /// One of two phases, with balanced means.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] unless `scv` is between 1 and 10⁴.
    pub fn hyperexponential(scv: f64) -> Result<Self, QueueingError> {
        if !(1.0..=1e4).contains(&scv) {
            return Err(QueueingError::OutOfRange {
                quantity: "squared coefficient of variation of a hyperexponential handling time",
                expected: "between 1 and 10,000",
                value: scv,
            });
        }
        let first = f64::midpoint(1.0, ((scv - 1.0) / (scv + 1.0)).sqrt());
        // 1 − p = 1 / ((scv + 1)(1 + √…)) does not cancel.
        let second = 1.0 / ((scv + 1.0) * 2.0 * first);
        Ok(Self {
            first,
            follows: 0.0,
            rates: (2.0 * first, 2.0 * second),
        })
    }

    /// Squared coefficient of variation.
    pub fn scv(&self) -> f64 {
        let (a, b) = (1.0 / self.rates.0, 1.0 / self.rates.1);
        let reached = self.first * self.follows + 1.0 - self.first;
        // Second moment of a first phase, of a second, and of both in a row.
        2.0 * (self.first * a * a + reached * b * b + self.first * self.follows * a * b) - 1.0
    }

    /// Steady state of `agents` with this law of handling times.
    ///
    /// # Errors
    /// [`QueueingError::OutOfRange`] for more than 150 agents.
    pub fn delay(&self, traffic: &Traffic, agents: u32) -> Result<Delay, QueueingError> {
        let n = f64::from(agents);
        if let Some(known) = Delay::at_the_ends(traffic, n) {
            return Ok(known);
        }
        if agents > LARGEST {
            return Err(QueueingError::OutOfRange {
                quantity: "agents of a phase-type queue",
                expected: "at most 150",
                value: n,
            });
        }
        let chain = Chain {
            law: *self,
            load: traffic.load.get(),
            agents: agents as usize,
        };
        let (p_wait, queue_length) = chain.solve();
        Ok(Delay::stable(traffic, n, p_wait, queue_length))
    }
}

/// The chain on levels (number in system) and phases (busy agents in the first phase).
struct Chain {
    law: PhaseType,
    load: f64,
    agents: usize,
}

impl Chain {
    /// Probability of waiting and mean number waiting.
    fn solve(&self) -> (f64, f64) {
        let n = self.agents;
        let (up, local, down) = (self.up(n), self.local(n), self.down(n + 1));
        let reduced = self.first_passage(&up, &local, &down);
        // R = up · (−local − up G)⁻¹, kept transposed nowhere: π R is one product from the left.
        let busy = local.clone().times(-1.0).plus(-1.0, &up.product(&reduced));
        let rate = left_quotient(&up, &busy);
        let boundary = self.boundary(&local.plus(1.0, &rate.product(&down)));
        let (below, at_agents) = boundary;
        let ones = column_of_ones(n + 1);
        let geometric = rate.clone().one_minus().solve(ones);
        let again = rate.clone().one_minus().solve(geometric.clone());
        let busy_mass = total(&at_agents, &geometric);
        let queue = total(&rate.apply(&at_agents), &again);
        let all = below + busy_mass;
        (busy_mass / all, queue / all)
    }

    /// Mass of the levels below the agents, and the vector of the level of the agents, relative to
    /// the empty system. `top` is the local matrix of that level with all above folded into it.
    fn boundary(&self, top: &Matrix) -> (f64, Vec<f64>) {
        let n = self.agents;
        let mut rates = Vec::with_capacity(n);
        let mut folded = top.clone();
        for level in (0..n).rev() {
            let rate = left_quotient(&self.up(level), &folded.times(-1.0));
            folded = self
                .local(level)
                .plus(1.0, &rate.product(&self.down(level + 1)));
            rates.push(rate);
        }
        let (mut vector, mut below) = (vec![1.0], 0.0);
        for rate in rates.iter().rev() {
            below += vector.iter().sum::<f64>();
            vector = rate.apply(&vector);
        }
        (below, vector)
    }

    /// `G`: phases at the first passage to the level below, by logarithmic reduction.
    fn first_passage(&self, up: &Matrix, local: &Matrix, down: &Matrix) -> Matrix {
        let outward = local.clone().times(-1.0);
        let mut low = outward.clone().solve(down.clone());
        let mut high = outward.solve(up.clone());
        let (mut passage, mut reach) = (low.clone(), high.clone());
        for _ in 0..60 {
            let either = high
                .product(&low)
                .plus(1.0, &low.product(&high))
                .one_minus();
            high = either.clone().solve(high.product(&high));
            low = either.solve(low.product(&low));
            passage = passage.plus(1.0, &reach.product(&low));
            reach = reach.product(&high);
            let left =
                (0..=self.agents).map(|i| (0..=self.agents).map(|j| reach.at(i, j)).sum::<f64>());
            if left.fold(0.0, f64::max) < 1e-17 {
                break;
            }
        }
        passage
    }

    /// Phases at a level: busy agents and one.
    fn width(&self, level: usize) -> usize {
        level.min(self.agents) + 1
    }

    /// Rates from a level to the next.
    fn up(&self, level: usize) -> Matrix {
        let mut matrix = Matrix::zero(self.width(level), self.width(level + 1));
        for i in 0..self.width(level) {
            if level < self.agents {
                matrix.add_at(i, i + 1, self.load * self.law.first);
                matrix.add_at(i, i, self.load * (1.0 - self.law.first));
            } else {
                matrix.add_at(i, i, self.load);
            }
        }
        matrix
    }

    /// Rates within a level, with the total rate out on the diagonal.
    fn local(&self, level: usize) -> Matrix {
        let width = self.width(level);
        let mut matrix = Matrix::zero(width, width);
        for i in 0..width {
            let (in_first, in_second) = self.phase_rates(level, i);
            matrix.add_at(i, i, -(self.load + in_first + in_second));
            if i > 0 {
                matrix.add_at(i, i - 1, in_first * self.law.follows);
            }
        }
        matrix
    }

    /// Rates from a level to the one below; a waiting contact takes the free agent.
    fn down(&self, level: usize) -> Matrix {
        let mut matrix = Matrix::zero(self.width(level), self.width(level - 1));
        for i in 0..self.width(level) {
            let (in_first, in_second) = self.phase_rates(level, i);
            let ends = in_first * (1.0 - self.law.follows);
            if level <= self.agents {
                if i > 0 {
                    matrix.add_at(i, i - 1, ends);
                }
                if i + 1 < self.width(level) {
                    matrix.add_at(i, i, in_second);
                }
                continue;
            }
            matrix.add_at(
                i,
                i,
                ends * self.law.first + in_second * (1.0 - self.law.first),
            );
            if i > 0 {
                matrix.add_at(i, i - 1, ends * (1.0 - self.law.first));
            }
            if i + 1 < self.width(level) {
                matrix.add_at(i, i + 1, in_second * self.law.first);
            }
        }
        matrix
    }

    /// Total rates of the first and second phase with `in_first` agents in the first.
    fn phase_rates(&self, level: usize, in_first: usize) -> (f64, f64) {
        let busy = self.width(level) - 1;
        let (first, second) = self.law.rates;
        (in_first as f64 * first, (busy - in_first) as f64 * second)
    }
}

/// `above · below⁻¹`, from the transposed equation.
fn left_quotient(above: &Matrix, below: &Matrix) -> Matrix {
    below.transposed().solve(above.transposed()).transposed()
}

fn column_of_ones(rows: usize) -> Matrix {
    let mut ones = Matrix::zero(rows, 1);
    for row in 0..rows {
        ones.add_at(row, 0, 1.0);
    }
    ones
}

/// `vector · column`.
fn total(vector: &[f64], column: &Matrix) -> f64 {
    column.apply(vector).first().copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::queueing::{ErlangC, QueueModel};
    use crate::units::Erlangs;

    fn traffic(load: f64) -> Traffic {
        Traffic::new(Erlangs::new(load).unwrap(), Duration::from_secs(1))
    }

    #[test]
    fn exponential_handling_is_erlang_c() {
        let law = PhaseType::hyperexponential(1.0).unwrap();
        for agents in [1u32, 2, 5, 20] {
            for (rho, tolerance) in [
                (1e-6, 1e-11),
                (0.3, 1e-11),
                (0.8, 1e-11),
                (0.99, 1e-10),
                (0.999, 1e-8),
            ] {
                let traffic = traffic(rho * f64::from(agents));
                let exact = ErlangC.performance(&traffic, f64::from(agents), Duration::ZERO);
                let seen = law.delay(&traffic, agents).unwrap();
                let off = (seen.asa_seconds / exact.asa_seconds - 1.0).abs();
                assert!(off < tolerance, "{agents} {rho}: {off}");
                assert!((seen.p_wait.get() / exact.p_wait.get() - 1.0).abs() < tolerance);
            }
        }
    }

    #[test]
    fn one_agent_is_the_formula_of_pollaczek_and_khinchine() {
        let laws = [1.5, 4.0, 100.0].map(|scv| PhaseType::hyperexponential(scv).unwrap());
        for (law, scv) in [
            (PhaseType::ERLANG_2, 0.5),
            (laws[0], 1.5),
            (laws[1], 4.0),
            (laws[2], 100.0),
        ] {
            assert!(
                (law.scv() / scv - 1.0).abs() < 1e-12,
                "{scv}: {}",
                law.scv()
            );
            for rho in [1e-6, 0.5, 0.99] {
                let seen = law.delay(&traffic(rho), 1).unwrap();
                let wait = rho * (1.0 + scv) / (2.0 * (1.0 - rho));
                assert!((seen.asa_seconds / wait - 1.0).abs() < 1e-10, "{scv} {rho}");
                assert!((seen.p_wait.get() / rho - 1.0).abs() < 1e-10, "{scv} {rho}");
            }
        }
    }

    #[test]
    fn edges_are_typed() {
        let law = PhaseType::ERLANG_2;
        assert_eq!(law.delay(&traffic(0.0), 0).unwrap(), Delay::IDLE);
        assert_eq!(law.delay(&traffic(3.0), 3).unwrap(), Delay::OVERLOADED);
        assert!(law.delay(&traffic(3.0), 151).is_err());
        for scv in [0.9, -1.0, f64::NAN, f64::INFINITY] {
            assert!(PhaseType::hyperexponential(scv).is_err());
        }
    }
}
