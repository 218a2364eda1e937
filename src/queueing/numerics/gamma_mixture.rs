//! Averages over a gamma busyness, weighted by the busyness itself.
//!
//! With `s = 1/cv² + 1` and `G = (1 + cv²) exp(w)` the weighted law has, up to a factor, the density
//! `exp(s (1 + w − exp(w)))` in `w`: smooth, one peak at 0, on the whole line.

/// Logarithm of the smallest density that counts.
const DEPTH: f64 = 42.0;
/// Change by a halving below which a piece has settled, relative to the whole average; the halves
/// are then far nearer than that.
const SETTLED: f64 = 1e-8;
/// The same for terms that are zero but for rounding, relative to the density.
const NOISE: f64 = 1e-15;
/// Halvings of each first piece at most: enough for a kink, and an end for terms that are noise.
const HALVINGS: u32 = 64;

/// Half of the nodes of the Gauss–Legendre rule with twelve points, and their weights.
const NODES: [(f64, f64); 6] = [
    (0.125_233_408_511_468_9, 0.249_147_045_813_402_8),
    (0.367_831_498_998_180_2, 0.233_492_536_538_354_8),
    (0.587_317_954_286_617_5, 0.203_167_426_723_065_92),
    (0.769_902_674_194_304_7, 0.160_078_328_543_346_23),
    (0.904_117_256_370_474_9, 0.106_939_325_995_318_43),
    (0.981_560_634_246_719_3, 0.047_175_336_386_511_83),
];

/// The law of the busyness, weighted by the busyness.
#[derive(Debug, Clone, Copy)]
pub(in crate::queueing) struct GammaMixture {
    shape: f64,
    peak: f64,
    low: f64,
    high: f64,
}

/// Integrals of the terms and, last of all, of the density.
#[derive(Debug, Clone, Copy)]
struct Sums<const K: usize> {
    terms: [f64; K],
    whole: f64,
}

impl<const K: usize> Sums<K> {
    const ZERO: Self = Self {
        terms: [0.0; K],
        whole: 0.0,
    };

    fn add(&mut self, other: &Self, factor: f64) {
        for (sum, term) in self.terms.iter_mut().zip(other.terms) {
            *sum += factor * term;
        }
        self.whole += factor * other.whole;
    }

    fn is_near(&self, other: &Self, scale: &Self) -> bool {
        // What is no number does not get better by halving.
        let near = |a: f64, b: f64, size: f64| {
            let off = (a - b).abs();
            off.is_nan() || off <= SETTLED * size + NOISE * scale.whole
        };
        let mut pairs = self.terms.iter().zip(other.terms).zip(scale.terms);
        pairs.all(|((a, b), size)| near(*a, b, size)) && near(self.whole, other.whole, scale.whole)
    }
}

impl GammaMixture {
    /// The law for a coefficient of variation, `None` where it is too small to tell.
    pub(in crate::queueing) fn weighted(cv: f64) -> Option<Self> {
        let shape = 1.0 / (cv * cv) + 1.0;
        if !shape.is_finite() {
            return None;
        }
        // Both ends by Newton's method from outside, where the logarithm is concave.
        let reach = DEPTH / shape;
        let end = |start: f64| {
            (0..24).fold(start, |w: f64, _| {
                w - (exponent(w) + reach) / (1.0 - w.exp())
            })
        };
        let width = (2.0 * reach).sqrt();
        Some(Self {
            shape,
            peak: 1.0 + cv * cv,
            low: end(-reach - width - 1e-300),
            high: end(width),
        })
    }

    /// Average of `terms` as functions of the busyness. They may have a kink at `critical` and
    /// change fast near it on the scale of a queue with `agents`.
    pub(in crate::queueing) fn mean<const K: usize>(
        &self,
        critical: f64,
        agents: f64,
        terms: impl Fn(f64) -> [f64; K],
    ) -> [f64; K] {
        let kink = (critical / self.peak).ln();
        let near = 6.0 / agents.max(1.0).sqrt();
        let mut cuts = [self.low, 0.0, kink - near, kink, kink + near, self.high];
        for cut in &mut cuts {
            *cut = if cut.is_nan() {
                self.low
            } else {
                cut.clamp(self.low, self.high)
            };
        }
        cuts.sort_by(f64::total_cmp);
        let density_and_terms = |w: f64| self.sample(w, &terms);
        let mut pieces = [Sums::ZERO; 5];
        let mut scale = Sums::ZERO;
        for (piece, ends) in pieces.iter_mut().zip(cuts.windows(2)) {
            *piece = gauss(&density_and_terms, ends[0], ends[1]);
            scale.add(piece, 1.0);
        }
        let mut total = Sums::ZERO;
        for (piece, ends) in pieces.iter().zip(cuts.windows(2)) {
            if ends[1] > ends[0] {
                let (ends, mut halvings) = ((ends[0], ends[1]), HALVINGS);
                let whole = refine(&density_and_terms, ends, piece, &scale, &mut halvings);
                total.add(&whole, 1.0);
            }
        }
        total.terms.map(|sum| sum / total.whole)
    }

    fn sample<const K: usize>(&self, w: f64, terms: &impl Fn(f64) -> [f64; K]) -> Sums<K> {
        let density = (self.shape * exponent(w)).exp();
        Sums {
            terms: terms(self.peak * w.exp()).map(|term| term * density),
            whole: density,
        }
    }
}

/// Integral between two ends, halved until it settles on the scale of the whole.
fn refine<const K: usize>(
    sample: &impl Fn(f64) -> Sums<K>,
    (low, high): (f64, f64),
    known: &Sums<K>,
    scale: &Sums<K>,
    halvings: &mut u32,
) -> Sums<K> {
    let middle = f64::midpoint(low, high);
    let left = gauss(sample, low, middle);
    let right = gauss(sample, middle, high);
    let mut both = left;
    both.add(&right, 1.0);
    if *halvings == 0 || both.is_near(known, scale) {
        return both;
    }
    *halvings -= 1;
    let mut sum = refine(sample, (low, middle), &left, scale, halvings);
    sum.add(
        &refine(sample, (middle, high), &right, scale, halvings),
        1.0,
    );
    sum
}

fn gauss<const K: usize>(sample: &impl Fn(f64) -> Sums<K>, low: f64, high: f64) -> Sums<K> {
    let (middle, half) = (f64::midpoint(low, high), (high - low) / 2.0);
    let mut sum = Sums::ZERO;
    if half > 0.0 {
        for (node, weight) in NODES {
            sum.add(&sample(middle - half * node), weight * half);
            sum.add(&sample(middle + half * node), weight * half);
        }
    }
    sum
}

/// `1 + w − exp(w)`, by its series where it would cancel.
fn exponent(w: f64) -> f64 {
    if w.abs() > 0.3 {
        return w - w.exp_m1();
    }
    let (mut term, mut sum, mut k) = (w * w / 2.0, 0.0, 2.0);
    while sum + term != sum {
        sum += term;
        k += 1.0;
        term *= w / k;
    }
    -sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_the_weighted_law() {
        for cv in [1e-6, 0.01, 0.1, 0.5, 1.0, 2.0, 30.0] {
            let law = GammaMixture::weighted(cv).unwrap();
            let moments = law.mean(1.0, 50.0, |g| {
                [g, g * g, 1.0 / g, f64::from(u8::from(g < 1.0))]
            });
            // E[G²] = 1 + cv², E[G³] = (1 + cv²)(1 + 2 cv²), E[1] = 1.
            let v = cv * cv;
            assert!((moments[0] / (1.0 + v) - 1.0).abs() < 1e-12, "{cv}");
            assert!(
                (moments[1] / ((1.0 + v) * (1.0 + 2.0 * v)) - 1.0).abs() < 1e-12,
                "{cv}"
            );
            assert!(
                (moments[2] - 1.0).abs() < 1e-10 || cv > 0.6,
                "{cv}: {}",
                moments[2]
            );
            assert!(moments[3] > 0.0 && moments[3] < 1.0);
        }
        assert!(GammaMixture::weighted(0.0).is_none());
        assert!((exponent(0.3) - exponent(0.300_000_000_1)).abs() < 1e-10);
    }
}
