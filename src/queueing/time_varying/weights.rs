use crate::units::whole;

/// What is smaller than this share of the largest weight is left out.
const NEGLIGIBLE: f64 = 1e-25;

/// Probabilities of a counting law around its mode, normalised by their sum.
///
/// The recursion starts at the mode with weight 1 and runs both ways, so that nothing underflows
/// however large the mean is (after Fox & Glynn, 1988).
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Number that the first weight belongs to.
    pub(super) first: usize,
    pub(super) weights: Vec<f64>,
}

impl Weights {
    /// `w(k) = e^−m mᵏ / k!` for a finite mean `m` that is not negative.
    pub(super) fn poisson(mean: f64) -> Self {
        Self::around(mean, |k| mean / k)
    }

    /// `w(k) = C(c, k) sᵏ (1 − s)^(c − k)` for `c` trials, which may be real where the law ends well
    /// before them, and chances `s` and `1 − s`.
    pub(super) fn binomial(trials: f64, chance: f64, otherwise: f64) -> Self {
        let odds = chance / otherwise;
        Self::around(trials * chance, |k| (trials + 1.0 - k) / k * odds)
    }

    /// From `ratio(k) = w(k) / w(k − 1)`, falling, and a number near the mode.
    fn around(mean: f64, ratio: impl Fn(f64) -> f64) -> Self {
        let mode = whole::floor(mean);
        let mut weights = Vec::new();
        let (mut weight, mut k) = (1.0, f64::from(mode));
        while weight > NEGLIGIBLE && k >= 0.0 {
            weights.push(weight);
            weight /= ratio(k);
            k -= 1.0;
        }
        let first = mode as usize + 1 - weights.len();
        weights.reverse();
        (weight, k) = (1.0, f64::from(mode));
        loop {
            k += 1.0;
            weight *= ratio(k);
            if weight.is_nan() || weight <= NEGLIGIBLE {
                break;
            }
            weights.push(weight);
        }
        let sum: f64 = weights.iter().sum();
        for weight in &mut weights {
            *weight /= sum;
        }
        Self { first, weights }
    }

    /// The largest number with a weight.
    pub(super) fn last(&self) -> usize {
        self.first + self.weights.len() - 1
    }

    /// The weight of a number.
    pub(super) fn at(&self, number: usize) -> f64 {
        let place = number.checked_sub(self.first);
        let weight = place.and_then(|place| self.weights.get(place));
        weight.copied().unwrap_or(0.0)
    }

    /// For each number from 0 to the last, the probability of more than it.
    pub(super) fn tails(&self) -> Vec<f64> {
        let mut tails = vec![1.0; self.last() + 1];
        let mut tail = 0.0;
        for (slot, weight) in tails[self.first..].iter_mut().zip(&self.weights).rev() {
            *slot = tail;
            tail += weight;
        }
        tails
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_small_and_huge_means() {
        for mean in [0.0, 1e-300, 0.3, 1.0, 744.0, 1e5] {
            let poisson = Weights::poisson(mean);
            let numbered = poisson.weights.iter().zip(poisson.first..);
            let (sum, first) = numbered.fold((0.0, 0.0), |(sum, first), (weight, k)| {
                (sum + weight, first + weight * k as f64)
            });
            assert!((sum - 1.0f64).abs() < 1e-14);
            assert!(
                (first - mean).abs() <= mean * 1e-13 + 1e-300,
                "{first} {mean}"
            );
            // The mean is also the sum of the tails.
            let tails: f64 = poisson.tails().iter().sum();
            assert!((tails - mean).abs() <= mean * 1e-13 + 1e-20);
        }
        assert!((Weights::poisson(2.0).at(0) - (-2.0f64).exp()).abs() < 1e-16);
    }

    #[test]
    fn binomial_weights() {
        for (trials, chance) in [(0.0, 0.3), (1.0, 0.3), (10.0, 0.999), (1e6, 1e-5)] {
            let law = Weights::binomial(trials, chance, 1.0 - chance);
            let numbered = law.weights.iter().zip(law.first..);
            let mean: f64 = numbered.map(|(weight, k)| weight * k as f64).sum();
            assert!((mean - trials * chance).abs() <= 1e-12 * trials);
            assert!(law.last() as f64 <= trials);
        }
    }
}
