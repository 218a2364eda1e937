use super::super::QueueingError;
use super::chain::Rates;
use super::day::check;

/// Below this the sum of all later `q` counts as none.
const NEGLIGIBLE: f64 = 1e-20;
/// Above this the recursion is scaled down.
const LARGE: f64 = 1e100;
/// The most contacts ahead that are looked at.
const MOST_AHEAD: usize = 20_000_000;

/// Share of contacts answered within a threshold, by the number waiting ahead of them.
///
/// ```text
/// V_j = Σ_{m=0..j} Exp(nμ + mθ)      S_j = P(V_j ≤ t, V_j < T) = E[e^−θV_j ; V_j ≤ t]
/// S_j = nμ / (nμ + (j+1)θ) · (1 − Σ_{m=0..j} q_m)
/// q_0 = e^−(nμ+θ)t      q_{m+1} = q_m · (nμ Y + (m+1) θY) / (m+1)      Y = (1 − e^−θt) / θ
/// ```
///
/// `e^−θV_j` has the beta law of `nμ/θ` and `j + 1`, whose tail is the sum of the `q` (a negative
/// binomial law; the Poisson law of mean `nμt` for `θ = 0`). The `q` start at their logarithm, so that
/// a large `nμt` does not underflow.
#[derive(Debug, Clone)]
pub(super) struct AnsweredInTime {
    service: f64,
    theta: f64,
    /// `nμY` and `θY`.
    steps: (f64, f64),
    /// The next `q`, the sum of those before it and the logarithm and value of their scale.
    next: f64,
    sum: f64,
    logarithm: f64,
    scale: f64,
    shares: Vec<f64>,
    /// Whether nobody with more contacts ahead is answered in time.
    is_complete: bool,
}

impl AnsweredInTime {
    /// The table for a threshold in seconds, still empty.
    pub(super) fn new(rates: &Rates, within: f64) -> Self {
        let (service, theta) = (rates.agents as f64 * rates.service, rates.abandonment);
        let leaving = -(-theta * within).exp_m1();
        let span = if leaving > 0.0 && theta > 0.0 {
            leaving / theta
        } else {
            within
        };
        let logarithm = -(service + theta) * within;
        Self {
            service,
            theta,
            steps: (service * span, leaving),
            next: 1.0,
            sum: 0.0,
            logarithm,
            scale: logarithm.exp(),
            shares: Vec::new(),
            is_complete: service <= 0.0 || within <= 0.0,
        }
    }

    /// Makes room for up to `ahead` contacts ahead.
    pub(super) fn extend(&mut self, ahead: usize) -> Result<(), QueueingError> {
        while self.shares.len() <= ahead && !self.is_complete {
            check(
                "number waiting of whom some are answered in time",
                "at most 2e7",
                ahead as f64,
                self.shares.len() < MOST_AHEAD,
            )?;
            let count = self.shares.len() as f64 + 1.0;
            let ratio = (self.steps.0 + count * self.steps.1) / count;
            self.sum += self.next;
            self.next *= ratio;
            if self.next > LARGE {
                self.next /= LARGE;
                self.sum /= LARGE;
                self.logarithm += LARGE.ln();
                self.scale = self.logarithm.exp();
            }
            let patient = self.service / (self.service + count * self.theta);
            self.shares
                .push(patient * (1.0 - self.sum * self.scale).max(0.0));
            // The ratios fall, so the rest is at most a geometric series.
            let is_reached = self.sum * self.scale > 0.5;
            self.is_complete = is_reached && self.next * self.scale < NEGLIGIBLE * (1.0 - ratio);
        }
        Ok(())
    }

    /// The share with so many ahead, within the room made.
    pub(super) fn share(&self, ahead: usize) -> f64 {
        self.shares.get(ahead).copied().unwrap_or(0.0)
    }

    /// The fewest contacts ahead from which on nobody is answered in time, if it is below `limit`.
    pub(super) fn hopeless_from(&mut self, limit: usize) -> Result<Option<usize>, QueueingError> {
        self.extend(limit)?;
        Ok(self.is_complete.then_some(self.shares.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(agents: usize, service: f64, abandonment: f64, within: f64) -> AnsweredInTime {
        let rates = Rates {
            arrivals: 1.0,
            service,
            abandonment,
            agents,
        };
        let mut table = AnsweredInTime::new(&rates, within);
        table.extend(5000).unwrap();
        table
    }

    #[test]
    fn nobody_ahead_is_an_exponential_race() {
        let (mu, theta, t) = (0.02, 0.01, 20.0);
        let rate: f64 = 3.0 * mu;
        let raced = rate / (rate + theta) * (1.0 - (-(rate + theta) * t).exp());
        assert!((table(3, mu, theta, t).share(0) - raced).abs() < 1e-15);
        let alone = 1.0 - (-rate * t).exp();
        assert!((table(3, mu, 0.0, t).share(0) - alone).abs() < 1e-15);
        assert_eq!(table(0, mu, theta, t).share(0), 0.0);
        assert_eq!(table(3, mu, theta, 0.0).share(0), 0.0);
    }

    #[test]
    fn tiny_abandonment_meets_none_and_a_large_exponent_does_not_underflow() {
        for (agents, within) in [(3, 20.0), (2000, 60.0)] {
            let (none, tiny) = (
                table(agents, 0.02, 0.0, within),
                table(agents, 0.02, 1e-12, within),
            );
            for ahead in 0..5000 {
                assert!((none.share(ahead) - tiny.share(ahead)).abs() < 1e-7);
            }
        }
        // 2400 completions are due in time: half of the callers with about as many ahead succeed.
        let many = table(2000, 0.02, 0.0, 60.0);
        assert!((many.share(2399) - 0.5).abs() < 0.01 && many.share(1000) == 1.0);
    }
}
