//! Root finding that staffing needs: where a monotone condition begins to hold.

use super::QueueingError;
use crate::units::{Erlangs, whole};

/// The largest number of agents considered.
const LIMIT: u32 = 1 << 30;
/// Trials after which intervals are halved, whatever the margins say.
const PATIENCE: u32 = 12;

/// What a trial shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Whether the condition is met; the only thing that decides.
    pub is_met: bool,
    /// About 0 where the condition is just met and nearly straight around it; may be infinite.
    pub margin: f64,
}

/// Smallest whole number that meets a condition which, once met, stays met. `guess` and `slope`
/// (change of the margin for each more) say where to begin; they may be wrong. The number returned
/// has been tried and met, the one below it has been tried and not met.
pub(super) fn smallest(
    guess: f64,
    slope: f64,
    load: Erlangs,
    trial: impl Fn(u32) -> Seen,
) -> Result<u32, QueueingError> {
    let mut bracket = Bracket::new(slope);
    let mut candidate = whole::ceil(guess).min(LIMIT);
    while !bracket.add(i64::from(candidate), trial(candidate)) {
        candidate = whole::clamp(bracket.next(), 0, LIMIT);
    }
    match bracket.met.0 {
        n if n > i64::from(LIMIT) => Err(QueueingError::TooManyAgents {
            limit: LIMIT,
            load: load.get(),
        }),
        n => Ok(whole::clamp(n, 0, LIMIT)),
    }
}

/// A number that fails and one that meets, each with its margin.
struct Bracket {
    failed: (i64, f64),
    met: (i64, f64),
    last: Option<(i64, f64)>,
    slope: f64,
    trials: u32,
}

impl Bracket {
    const BELOW: i64 = -1;
    const BEYOND: i64 = LIMIT as i64 + 1;

    fn new(slope: f64) -> Self {
        Self {
            failed: (Self::BELOW, f64::NEG_INFINITY),
            met: (Self::BEYOND, f64::INFINITY),
            last: None,
            slope,
            trials: 0,
        }
    }

    /// Takes in a trial; whether nothing is left between.
    fn add(&mut self, candidate: i64, seen: Seen) -> bool {
        if let Some((before, margin)) = self.last {
            let between = (seen.margin - margin) / (candidate - before) as f64;
            if between.is_finite() && between > 0.0 {
                self.slope = between;
            }
        }
        self.last = Some((candidate, seen.margin));
        if seen.is_met {
            self.met = (candidate, seen.margin);
        } else {
            self.failed = (candidate, seen.margin);
        }
        self.trials += 1;
        self.met.0 - self.failed.0 == 1
    }

    /// What to try next, inside the bracket.
    fn next(&self) -> i64 {
        let ((low, low_margin), (high, high_margin)) = (self.failed, self.met);
        let stride = 1_i64 << self.trials.min(40).saturating_sub(1);
        let wanted = if low == Self::BELOW {
            (high - stride).min(self.newton(high, high_margin))
        } else if high == Self::BEYOND {
            (low + stride).max(self.newton(low, low_margin))
        } else if self.trials <= PATIENCE {
            let share = low_margin / (low_margin - high_margin);
            low + i64::from(whole::ceil((share * (high - low) as f64).max(0.0)))
        } else {
            low + (high - low) / 2
        };
        wanted.clamp(low + 1, high - 1)
    }

    /// The whole number above which the margin would vanish if it were straight.
    fn newton(&self, from: i64, margin: f64) -> i64 {
        let step = -margin / self.slope;
        // NaN and what lies on the other side of zero count as 0.
        from + i64::from(whole::ceil(step)) - i64::from(whole::floor(-step))
    }
}

/// Smallest real number between `low` and `high` that meets a condition which, once met, stays met,
/// to within a few last digits. `high` is returned when nothing below it is known to meet.
pub(super) fn smallest_real(mut low: f64, mut high: f64, trial: impl Fn(f64) -> Seen) -> f64 {
    let first = trial(low);
    if first.is_met {
        return low;
    }
    let (mut low_margin, mut high_margin) = (first.margin, trial(high).margin);
    // Regula falsi after Illinois: an end that stays twice has its margin halved.
    let mut stayed = 0;
    for step in 0..200 {
        if high - low <= 4.0 * f64::EPSILON * high {
            break;
        }
        let share = low_margin / (low_margin - high_margin);
        let inside = low + (high - low) * share;
        let halve = step % 4 == 3 || !(inside > low && inside < high);
        let x = if halve {
            f64::midpoint(low, high)
        } else {
            inside
        };
        let seen = trial(x);
        if seen.is_met {
            (high, high_margin) = (x, seen.margin);
            stayed = if stayed > 0 { stayed + 1 } else { 1 };
            if stayed > 1 {
                low_margin *= 0.5;
            }
        } else {
            (low, low_margin) = (x, seen.margin);
            stayed = if stayed < 0 { stayed - 1 } else { -1 };
            if stayed < -1 {
                high_margin *= 0.5;
            }
        }
    }
    high
}
