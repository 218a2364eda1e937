//! What a planner knows beyond the history: growth, launches, campaigns and deflection.
//!
//! Every input changes the mean of an interval to `mean x factor + offset`. The order is fixed,
//! whatever the order in which inputs are given; within a kind they apply in the given order:
//!
//! 1. [`Growth`]: the level of a queue.
//! 2. [`Launch`]: a new queue takes its profile from a sibling, growth included.
//! 3. [`Campaign`]: on top of grown and launched volumes.
//! 4. [`Deflection`]: moves what is then expected, so that what one queue loses another gains.
//!
//! Formulas, with `d` a date and `s` an interval:
//!
//! | input | factor | offset |
//! |---|---|---|
//! | growth | `g(d)`, linear or geometric between dates, constant outside them | 0 |
//! | launch | 0 | `level x ramp(d) x sibling(d, s) / mean day of the sibling` |
//! | campaign, multiplicative | `1 + (f - 1) strength(d) shape(s)`, at least 0 | 0 |
//! | campaign, additive | 1 | `contacts x strength(d) x share(s)` |
//! | deflection, source | `1 - share x ramp(d)` | 0 |
//! | deflection, target | 1 | exactly what the source loses in the same interval |
//!
//! A ramp of `n` days is `min(1, (k + 1) / n)` on the `k`-th day from its start, from zero.
//! Quantiles follow the new mean with the noise that belongs to it, so a queue that shrinks gets
//! a wider relative band. Factors leave the level variance as it is. A launch adds the square
//! of its stated relative error to the sibling's; a deflection's target takes the weighted mean
//! of both standard deviations, as if levels rose and fell together: the cautious choice.

mod planner_apply;

pub use planner_apply::apply_planner_inputs;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::forecasting::automatic::local_forecast::LocalForecast;
use crate::forecasting::input_error::{InputError, not_negative, same_length};

/// How a curve runs between two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Between {
    /// By equal amounts a day.
    Linear,
    /// By equal ratios a day; factors must be positive.
    Geometric,
}

/// A level factor by date.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// The queue.
    pub queue: String,
    /// Dates, ascending, with the factor that holds on each.
    pub points: Vec<(NaiveDate, f64)>,
    /// The curve between the dates.
    pub between: Between,
}

/// A new queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Launch {
    /// Name of the new queue, not yet forecast.
    pub queue: String,
    /// Queue whose weekdays and profile it takes.
    pub sibling: String,
    /// First day with contacts.
    pub from: NaiveDate,
    /// Days until the level is reached.
    pub ramp_days: u32,
    /// Contacts on a mean day of the sibling's open days, once the ramp is over.
    pub level: f64,
    /// Relative standard error of the level.
    pub level_error: f64,
}

/// What a campaign does to a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CampaignEffect {
    /// Multiplies the volume.
    Factor(f64),
    /// Adds contacts a day.
    Contacts(f64),
}

/// A campaign over a window of days.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    /// The queue.
    pub queue: String,
    /// First day.
    pub from: NaiveDate,
    /// Its full effect.
    pub effect: CampaignEffect,
    /// Strength on each day of the window, the effect at one.
    pub strengths: Vec<f64>,
    /// Weight of every interval: shares of the added contacts, or strength of the factor relative
    /// to the mean interval. Without one, contacts are spread by the day's own profile and the
    /// factor is the same all day.
    pub shape: Option<Vec<f64>>,
}

/// A share of contacts that goes away or to another queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Deflection {
    /// Queue that loses contacts.
    pub queue: String,
    /// Queue that gains them; `None` when they go away.
    pub to: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day, if it ends.
    pub until: Option<NaiveDate>,
    /// Days until the share is reached.
    pub ramp_days: u32,
    /// The share, between zero and one.
    pub share: f64,
}

/// Something the planner knows.
#[derive(Debug, Clone, PartialEq)]
pub enum PlannerInput {
    /// A level factor by date.
    Growth(Growth),
    /// A new queue.
    Launch(Launch),
    /// A campaign.
    Campaign(Campaign),
    /// Contacts that go elsewhere.
    Deflection(Deflection),
}

/// Factors and offsets of the intervals of a day.
pub(crate) type Change = (Vec<f64>, Vec<f64>);

/// What one input did to one day of one queue: `mean x factor + offset` in every interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// Place of the input in the given list.
    pub input: usize,
    /// The queue that changed.
    pub queue: String,
    /// The day that changed.
    pub date: NaiveDate,
    /// Factor of every interval.
    pub factors: Vec<f64>,
    /// Contacts added to every interval after the factor.
    pub offsets: Vec<f64>,
}

/// Forecasts with all inputs applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Forecasts by queue, launched ones included.
    pub forecasts: BTreeMap<String, LocalForecast>,
    /// Every change, in the order of application.
    pub applied: Vec<Applied>,
}

impl PlannerInput {
    /// Place of the kind in the order of application.
    pub(crate) fn order(&self) -> usize {
        match self {
            Self::Growth(_) => 0,
            Self::Launch(_) => 1,
            Self::Campaign(_) => 2,
            Self::Deflection(_) => 3,
        }
    }

    /// Refuses numbers and dates that cannot be meant.
    pub(crate) fn check(&self) -> Result<(), InputError> {
        match self {
            Self::Growth(growth) => growth.check(),
            Self::Launch(launch) => {
                not_negative("level of a launch", 0, launch.level)?;
                not_negative("level error of a launch", 0, launch.level_error)?;
                Ok(())
            }
            Self::Campaign(campaign) => campaign.check(),
            Self::Deflection(deflection) => {
                let share = not_negative("share deflected", 0, deflection.share)?;
                if share > 1.0 {
                    return Err(InputError::InvalidNumber {
                        what: "share deflected",
                        position: 0,
                        value: share,
                    });
                }
                match deflection.until {
                    Some(until) if until < deflection.from => Err(InputError::DateOutside(until)),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl Growth {
    fn check(&self) -> Result<(), InputError> {
        if self.points.is_empty() {
            return Err(InputError::Empty("growth curve"));
        }
        for (position, (_, value)) in self.points.iter().enumerate() {
            not_negative("growth factor", position, *value)?;
            if *value <= 0.0 && self.between == Between::Geometric {
                return Err(InputError::InvalidNumber {
                    what: "geometric growth factor",
                    position,
                    value: *value,
                });
            }
        }
        match self.points.windows(2).find(|pair| pair[0].0 >= pair[1].0) {
            Some(pair) => Err(InputError::DateOutside(pair[1].0)),
            None => Ok(()),
        }
    }

    /// The factor on a date.
    pub fn factor(&self, date: NaiveDate) -> f64 {
        let after = self.points.iter().position(|point| point.0 > date);
        let (before, next) = match after {
            Some(0) => return self.points.first().map_or(1.0, |point| point.1),
            Some(next) => (self.points[next - 1], self.points[next]),
            None => return self.points.last().map_or(1.0, |point| point.1),
        };
        let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days() as f64;
        let way = days(before.0, date) / days(before.0, next.0);
        match self.between {
            Between::Linear => before.1 + (next.1 - before.1) * way,
            Between::Geometric => before.1 * (next.1 / before.1).powf(way),
        }
    }
}

impl Campaign {
    fn check(&self) -> Result<(), InputError> {
        let (CampaignEffect::Factor(value) | CampaignEffect::Contacts(value)) = self.effect;
        not_negative("effect of a campaign", 0, value)?;
        for (position, strength) in self.strengths.iter().enumerate() {
            not_negative("strength of a campaign", position, *strength)?;
        }
        let mut sum = 0.0;
        for (position, weight) in self.shape.iter().flatten().enumerate() {
            sum += not_negative("shape of a campaign", position, *weight)?;
        }
        if self.shape.is_some() && sum <= 0.0 {
            return Err(InputError::Empty("shape of a campaign"));
        }
        Ok(())
    }

    /// Factors and offsets for a day with the given interval means; `None` outside the window.
    pub(crate) fn effect(
        &self,
        date: NaiveDate,
        means: &[f64],
    ) -> Result<Option<Change>, InputError> {
        let intervals = means.len();
        if let Some(shape) = &self.shape {
            same_length("shape of a campaign", intervals, shape.len())?;
        }
        let day = usize::try_from((date - self.from).num_days()).ok();
        let Some(&strength) = day.and_then(|day| self.strengths.get(day)) else {
            return Ok(None);
        };
        // Weights that sum to one: the campaign's own, the day's profile, or even.
        let weights = |list: &[f64]| -> Vec<f64> {
            let sum: f64 = list.iter().sum();
            let even = 1.0 / intervals as f64;
            list.iter()
                .map(|weight| if sum > 0.0 { weight / sum } else { even })
                .collect()
        };
        let none = vec![0.0; intervals];
        Ok(Some(match (self.effect, &self.shape) {
            (CampaignEffect::Factor(factor), None) => {
                let factor = (1.0 + (factor - 1.0) * strength).max(0.0);
                (vec![factor; intervals], none)
            }
            (CampaignEffect::Factor(factor), Some(shape)) => {
                let relative = weights(shape);
                let factor =
                    |weight: &f64| 1.0 + (factor - 1.0) * strength * weight * intervals as f64;
                let factors = relative.iter().map(|weight| factor(weight).max(0.0));
                (factors.collect(), none)
            }
            (CampaignEffect::Contacts(contacts), shape) => {
                let shares = weights(shape.as_deref().unwrap_or(means));
                let offsets = shares.iter().map(|share| contacts * strength * share);
                (vec![1.0; intervals], offsets.collect())
            }
        }))
    }
}
