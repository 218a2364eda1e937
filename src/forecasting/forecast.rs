use std::collections::BTreeMap;
use std::ops::Range;

use chrono::NaiveDate;
use rand::SeedableRng;
use rand_distr::{Distribution, Gamma, Poisson};
use rand_pcg::Pcg64Mcg;
use statrs::distribution::{
    ContinuousCDF, DiscreteCDF, NegativeBinomial, Normal, Poisson as PoissonLaw,
};

use crate::calendar::{Grid, Series, Zone};

/// Contacts of one stream for each interval of a grid, with their uncertainty.
///
/// Given the mean `m` of an interval, the count is Poisson with rate `m · G`, where `G` is gamma
/// with mean 1 and coefficient of variation `day_cv`, one draw for each local day. An interval's
/// count is therefore negative binomial with variance `m + (day_cv · m)²`, and sums within a day
/// share the same factor.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    mean: Series<f64>,
    zone: Zone,
    day_cv: f64,
}

impl Forecast {
    /// A forecast from its means (contacts per interval) and the coefficient of variation of the
    /// day factor. Numbers that are negative or not finite count as 0.
    pub fn new(mean: &Series<f64>, zone: Zone, day_cv: f64) -> Self {
        let clean = |v: f64| if v.is_finite() { v.max(0.0) } else { 0.0 };
        Self {
            mean: mean.map(|&v| clean(v)),
            zone,
            day_cv: clean(day_cv),
        }
    }

    /// Expected contacts in each interval.
    pub const fn mean(&self) -> &Series<f64> {
        &self.mean
    }

    /// The grid.
    pub const fn grid(&self) -> &Grid {
        self.mean.grid()
    }

    /// Coefficient of variation of the factor that a whole local day is uncertain by.
    pub const fn day_cv(&self) -> f64 {
        self.day_cv
    }

    /// The same forecast with every mean multiplied by `factor`.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        Self::new(&self.mean.map(|m| m * factor), self.zone, self.day_cv)
    }

    /// The count that is not exceeded with probability `p`, for each interval.
    pub fn quantile(&self, p: f64) -> Series<f64> {
        self.mean.map(|&m| count_quantile(m, self.day_cv, p))
    }

    /// Joint sample paths: one count for each interval. The same seed gives the same paths.
    pub fn paths(&self, count: usize, seed: u64) -> Vec<Series<f64>> {
        (0..count)
            .map(|path| {
                let stream = seed ^ (path as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                self.path(&mut Pcg64Mcg::seed_from_u64(stream))
            })
            .collect()
    }

    /// Sums of sample paths over stretches of the grid that do not overlap, path by path, drawn without
    /// their intervals: given the factors of its days, a stretch is Poisson with the sum of its rates.
    /// The same seed gives the same sums, though not those of [`paths`](Self::paths).
    pub fn path_sums(&self, ranges: &[Range<usize>], count: usize, seed: u64) -> Vec<Vec<f64>> {
        let means = self.mean.values();
        let of_days = |range: &Range<usize>| {
            let mut sums: BTreeMap<NaiveDate, f64> = BTreeMap::new();
            for (i, mean) in means.iter().enumerate().take(range.end).skip(range.start) {
                let day = self.zone.local(self.grid().instant(i)).date();
                *sums.entry(day).or_default() += mean;
            }
            sums
        };
        let parts: Vec<_> = ranges.iter().map(of_days).collect();
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        (0..count)
            .map(|_| {
                let days = self.day_factors(&mut random);
                let rate = |sums: &BTreeMap<NaiveDate, f64>| -> f64 {
                    let factor = |day| days.get(day).copied().unwrap_or(1.0);
                    sums.iter().map(|(day, sum)| sum * factor(day)).sum()
                };
                let draw = |rate| Poisson::new(rate).map_or(0.0, |law| law.sample(&mut random));
                parts.iter().map(rate).map(draw).collect()
            })
            .collect()
    }

    /// The factor of each local day of a path.
    fn day_factors(&self, random: &mut Pcg64Mcg) -> BTreeMap<NaiveDate, f64> {
        let busyness = Gamma::new(self.day_cv.powi(-2), self.day_cv.powi(2));
        let mut days: BTreeMap<NaiveDate, f64> = BTreeMap::new();
        for day in self.grid().local_days(self.zone) {
            let factor = match &busyness {
                Ok(gamma) if self.day_cv > 0.0 => gamma.sample(random),
                _ => 1.0,
            };
            days.insert(day, factor);
        }
        days
    }

    fn path(&self, random: &mut Pcg64Mcg) -> Series<f64> {
        let days = self.day_factors(random);
        let grid = *self.grid();
        let means = self.mean.values();
        Series::from_fn(grid, |i| {
            let day = self.zone.local(grid.instant(i)).date();
            let rate = means[i] * days.get(&day).copied().unwrap_or(1.0);
            Poisson::new(rate).map_or(0.0, |law| law.sample(random))
        })
    }
}

/// Quantile of a Poisson count whose rate is gamma with mean `m` and coefficient of variation
/// `cv`; beyond a million contacts the normal law with the same variance.
fn count_quantile(m: f64, cv: f64, p: f64) -> f64 {
    if m <= 0.0 || !(0.0..1.0).contains(&p) {
        return if p >= 1.0 { f64::INFINITY } else { 0.0 };
    }
    let variance = m + (cv * m).powi(2);
    if m > 1e6 {
        return Normal::new(m, variance.sqrt()).map_or(m, |law| law.inverse_cdf(p).max(0.0));
    }
    if cv <= 1e-6 {
        return PoissonLaw::new(m).map_or(m, |law| law.inverse_cdf(p) as f64);
    }
    let size = cv.powi(-2);
    NegativeBinomial::new(size, size / (size + m)).map_or(m, |law| law.inverse_cdf(p) as f64)
}
