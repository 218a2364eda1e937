//! How a day's total spreads over its intervals.

use super::days::IntervalState;

/// Shares by place in the cycle.
pub(crate) type Profiles = Vec<Option<Vec<f64>>>;

/// Half-lives tried for the memory of the profiles, in days.
pub(crate) const HALF_LIVES: [f64; 3] = [28.0, 84.0, 365.0];
/// How fast the use of another weekday's profile falls with its distance.
const DISTANCE_RATE: f64 = 2.0;

/// Sums that give the mean profile and its spread for one weekday, with fading memory.
#[derive(Debug, Clone)]
struct Sums {
    volume: Vec<f64>,
    total: Vec<f64>,
    share: Vec<f64>,
    square: Vec<f64>,
    weight: f64,
    weight_square: f64,
}

impl Sums {
    fn new(intervals: usize) -> Self {
        let zeros = vec![0.0; intervals];
        Self {
            volume: zeros.clone(),
            total: zeros.clone(),
            share: zeros.clone(),
            square: zeros,
            weight: 0.0,
            weight_square: 0.0,
        }
    }

    fn fade(&mut self, factor: f64) {
        for list in [
            &mut self.volume,
            &mut self.total,
            &mut self.share,
            &mut self.square,
        ] {
            for value in list.iter_mut() {
                *value *= factor;
            }
        }
        self.weight *= factor;
        self.weight_square *= factor * factor;
    }

    fn add(&mut self, row: &[IntervalState], total: f64) {
        for (interval, cell) in row.iter().enumerate() {
            let value = match cell {
                IntervalState::Known(value) | IntervalState::Imputed(value) => *value,
                IntervalState::Closed => 0.0,
                IntervalState::Absent | IntervalState::Missing | IntervalState::Excluded => {
                    continue;
                }
            };
            self.volume[interval] += value;
            self.total[interval] += total;
            self.share[interval] += value / total;
            self.square[interval] += (value / total) * (value / total);
        }
        self.weight += 1.0;
        self.weight_square += 1.0;
    }

    /// Mean shares, summing to one; `None` before the first day.
    fn profile(&self) -> Option<Vec<f64>> {
        let raw: Vec<f64> = self
            .volume
            .iter()
            .zip(&self.total)
            .map(|(volume, total)| if *total > 0.0 { volume / total } else { 0.0 })
            .collect();
        normalised(raw)
    }

    /// Days that count, after fading.
    fn effective(&self) -> f64 {
        if self.weight_square > 0.0 {
            self.weight * self.weight / self.weight_square
        } else {
            0.0
        }
    }

    /// Squared standard error of the mean share of every interval.
    fn standard_error(&self) -> Vec<f64> {
        let days = self.effective();
        self.share
            .iter()
            .zip(&self.square)
            .map(|(share, square)| {
                let average = share / self.weight.max(1e-12);
                let spread = (square / self.weight.max(1e-12) - average * average).max(0.0);
                // With a single day the spread is unknown: a count of a hundred contacts.
                if days > 1.5 {
                    spread / (days - 1.0)
                } else {
                    average.max(1e-6) / 100.0
                }
            })
            .collect()
    }
}

/// Scales to a sum of one.
pub(crate) fn normalised(mut shares: Vec<f64>) -> Option<Vec<f64>> {
    let sum: f64 = shares.iter().sum();
    if sum <= 0.0 {
        return None;
    }
    for share in &mut shares {
        *share /= sum;
    }
    Some(shares)
}

/// Profiles of all weekdays under one half-life, grown day by day.
#[derive(Debug, Clone)]
pub(crate) struct ProfileLearner {
    fade: f64,
    places: Vec<Sums>,
}

impl ProfileLearner {
    /// Without any day yet.
    pub(crate) fn new(intervals: usize, period: usize, half_life: f64) -> Self {
        let fade = (-std::f64::consts::LN_2 / half_life).exp();
        Self {
            fade,
            places: vec![Sums::new(intervals); period],
        }
    }

    /// One calendar day passes.
    pub(crate) fn pass_day(&mut self) {
        for sums in &mut self.places {
            sums.fade(self.fade);
        }
    }

    /// Adds an ordinary day.
    pub(crate) fn add(&mut self, place: usize, row: &[IntervalState], total: f64) {
        if total > 0.0 {
            self.places[place].add(row, total);
        }
    }

    /// Profiles by weekday. Each is averaged with those of the other weekdays in proportion
    /// to their days and to `exp(-2 (D - 1))`, where `D` is the mean over intervals of the squared
    /// difference in units of its standard error: weekdays that cannot be told apart share
    /// their history, and others keep their own.
    pub(crate) fn profiles(&self) -> Vec<Option<Vec<f64>>> {
        let own: Vec<Option<Vec<f64>>> = self.places.iter().map(Sums::profile).collect();
        let errors: Vec<Vec<f64>> = self.places.iter().map(Sums::standard_error).collect();
        (0..own.len())
            .map(|place| {
                let Some(center) = &own[place] else {
                    return self.pooled(&own);
                };
                let mut sum: Vec<f64> = vec![0.0; center.len()];
                for (other, profile) in own.iter().enumerate() {
                    let Some(profile) = profile else { continue };
                    let distance = if other == place {
                        1.0
                    } else {
                        distance(center, profile, &errors[place], &errors[other])
                    };
                    let weight = self.places[other].effective()
                        * (-DISTANCE_RATE * (distance - 1.0).max(0.0)).exp();
                    for (total, share) in sum.iter_mut().zip(profile) {
                        *total += weight * share;
                    }
                }
                normalised(sum)
            })
            .collect()
    }

    /// Mean of all known profiles, for a weekday without any.
    fn pooled(&self, own: &[Option<Vec<f64>>]) -> Option<Vec<f64>> {
        let intervals = self.places.first()?.volume.len();
        let mut sum = vec![0.0; intervals];
        for profile in own.iter().flatten() {
            for (total, share) in sum.iter_mut().zip(profile) {
                *total += share;
            }
        }
        normalised(sum)
    }
}

/// Mean squared difference in units of its standard error, over intervals that carry volume.
fn distance(one: &[f64], other: &[f64], error_one: &[f64], error_other: &[f64]) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for interval in 0..one.len() {
        let variance = error_one[interval] + error_other[interval];
        if variance > 0.0 {
            let difference = one[interval] - other[interval];
            sum += difference * difference / variance;
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { 1.0 }
}

/// Smooths over neighbouring intervals with weights one, two, one. A interval beside an empty one keeps its own
/// weight in its place; what closed intervals are given here is taken away with the opening hours.
pub(crate) fn smoothed(profile: &[f64]) -> Vec<f64> {
    let at = |interval: Option<usize>, own: f64| {
        interval
            .and_then(|interval| profile.get(interval))
            .copied()
            .filter(|s| *s > 0.0)
            .unwrap_or(own)
    };
    let raw: Vec<f64> = profile
        .iter()
        .enumerate()
        .map(|(interval, &own)| {
            (at(interval.checked_sub(1), own) + 2.0 * own + at(Some(interval + 1), own)) / 4.0
        })
        .collect();
    normalised(raw).unwrap_or_else(|| profile.to_vec())
}
