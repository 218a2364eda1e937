//! The models of the day level, each alone and on calendar-adjusted totals.

use super::models::{
    Adaptive, CalendarFit, CalendarRegression, DayModel, Ets, EtsForm, MeanOfLast, Past, Theta,
};
use super::series::Series;

/// Fraction of the newest residual that the regression takes into its level.
const REGRESSION_RATE: f64 = 0.1;

/// Name of the planner's rule.
const MEAN_OF_FOUR: &str = "mean of last 4";
/// Name of the slow adaptive level.
const SLOW: &str = "adaptive slow";
/// Weight of a less steady model before any record.
const UNPROVEN: f64 = 0.25;
/// No member forecasts more than this multiple of the largest known total.
const LARGEST: f64 = 5.0;

/// What one member of the ensemble does.
enum Member {
    /// A model on the totals.
    Plain(Box<dyn DayModel>),
    /// A model on the totals over the month and year curves.
    Adjusted(Box<dyn DayModel>, &'static str),
    /// The regression by itself.
    Regression,
}

/// All members with their parameters fixed.
pub(crate) struct Members {
    list: Vec<Member>,
    regression: CalendarRegression,
    limit: f64,
}

impl Members {
    /// Members for a history. Smoothing parameters come from the whole of it; everything else
    /// is learned anew at every origin.
    pub(crate) fn new(series: &Series, regression: CalendarRegression) -> Self {
        let past = Past {
            values: &series.values,
            places: &series.places,
            period: series.period,
        };
        let mut list = vec![
            Member::Plain(Box::new(MeanOfLast {
                count: 4,
                name: MEAN_OF_FOUR,
            })),
            Member::Plain(Box::new(Ets::fit(
                EtsForm::Additive,
                false,
                "ets additive",
                past,
            ))),
            Member::Plain(Box::new(Ets::fit(
                EtsForm::Multiplicative,
                true,
                "ets multiplicative damped",
                past,
            ))),
            Member::Plain(Box::new(Theta)),
            Member::Plain(Box::new(Adaptive {
                rate: 0.05,
                name: SLOW,
            })),
            Member::Plain(Box::new(Adaptive {
                rate: 0.25,
                name: "adaptive fast",
            })),
        ];
        let curve = regression.has_curve();
        if curve
            && let Some(fit) = regression
                .fits(&series.values, &[series.len()])
                .into_iter()
                .next()
                .flatten()
        {
            let values = adjusted(&regression, &fit, &series.values);
            let past = Past {
                values: &values,
                places: &series.places,
                period: series.period,
            };
            let ets = Ets::fit(EtsForm::Multiplicative, false, "ets", past);
            list.extend([
                Member::Adjusted(Box::new(ets), "calendar + ets"),
                Member::Adjusted(
                    Box::new(MeanOfLast {
                        count: 6,
                        name: "mean of last 6",
                    }),
                    "calendar + mean of last 6",
                ),
                Member::Adjusted(
                    Box::new(Adaptive {
                        rate: 0.05,
                        name: "slow",
                    }),
                    "calendar + adaptive slow",
                ),
                Member::Adjusted(
                    Box::new(Adaptive {
                        rate: 0.25,
                        name: "fast",
                    }),
                    "calendar + adaptive fast",
                ),
            ]);
        }
        list.push(Member::Regression);
        let largest = series.values.iter().flatten().copied().fold(0.0, f64::max);
        Self {
            list,
            regression,
            limit: LARGEST * largest,
        }
    }

    /// Leaves one member alone.
    pub(crate) fn keep_only(&mut self, index: usize) {
        let chosen = self.list.swap_remove(index);
        self.list = vec![chosen];
    }

    /// Number of members.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// Weights before any record: steady models before those that follow every turn.
    pub(crate) fn prior(&self) -> Vec<f64> {
        (0..self.len())
            .map(|index| {
                let steady = matches!(self.name(index), MEAN_OF_FOUR | SLOW);
                if steady { 1.0 } else { UNPROVEN }
            })
            .collect()
    }

    /// Name of a member.
    pub(crate) fn name(&self, index: usize) -> &'static str {
        match self.list.get(index) {
            Some(Member::Plain(model)) => model.name(),
            Some(Member::Adjusted(_, name)) => name,
            _ => "calendar regression",
        }
    }

    /// Forecasts of every member from every origin (ascending) for up to `horizon` open days:
    /// `[origin][member][step]`. `places` covers history and horizon.
    pub(crate) fn forecasts(
        &self,
        series: &Series,
        places: &[usize],
        origins: &[usize],
        horizon: usize,
    ) -> Vec<Vec<Vec<f64>>> {
        let fits = self.regression.fits(&series.values, origins);
        origins
            .iter()
            .zip(&fits)
            .map(|(&origin, fit)| {
                let end = (origin + horizon).min(places.len());
                self.at(series, &places[origin..end], origin, fit.as_ref())
            })
            .collect()
    }

    /// A forecast kept finite and non-negative.
    fn bounded(&self, value: f64) -> f64 {
        if value.is_finite() {
            value.clamp(0.0, self.limit)
        } else {
            self.limit
        }
    }

    fn at(
        &self,
        series: &Series,
        future: &[usize],
        origin: usize,
        fit: Option<&CalendarFit>,
    ) -> Vec<Vec<f64>> {
        let places = &series.places[..origin];
        let past = Past {
            values: &series.values[..origin],
            places,
            period: series.period,
        };
        let values = fit.map(|fit| adjusted(&self.regression, fit, past.values));
        self.list
            .iter()
            .map(|member| match (member, fit, &values) {
                (Member::Plain(model), _, _) => model.forecast(past, future),
                (Member::Adjusted(model, _), Some(fit), Some(values)) => {
                    let past = Past {
                        values,
                        places,
                        period: series.period,
                    };
                    model
                        .forecast(past, future)
                        .iter()
                        .enumerate()
                        .map(|(step, value)| value * self.regression.factor(fit, origin + step))
                        .collect()
                }
                (Member::Regression, Some(fit), _) => {
                    self.regression
                        .forecast(fit, past, REGRESSION_RATE, future.len())
                }
                _ => Vec::new(),
            })
            .map(|steps| steps.into_iter().map(|value| self.bounded(value)).collect())
            .collect()
    }
}

/// Totals over the month and year curves.
fn adjusted(
    regression: &CalendarRegression,
    fit: &CalendarFit,
    values: &[Option<f64>],
) -> Vec<Option<f64>> {
    values
        .iter()
        .enumerate()
        .map(|(day, value)| value.map(|value| value / regression.factor(fit, day)))
        .collect()
}
