//! Application of planner inputs to forecasts.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::forecasting::automatic::local_forecast::{Chosen, DayForecast, LocalForecast, Volume};
use crate::forecasting::input_error::{InputError, same_length};
use crate::forecasting::planner::{
    Applied, Campaign, Deflection, Growth, Launch, Planned, PlannerInput,
};

/// Applies what the planner knows to forecasts by queue: growth first, then launches, campaigns
/// and deflection, whatever the order of the list.
///
/// # Errors
///
/// [`InputError::UnknownName`] for a queue that is not forecast, [`InputError::DuplicateName`]
/// for a launch of one that is, [`InputError::DateOutside`] for contacts deflected to a queue
/// without that day, [`InputError::UnequalLength`] for intervals that do not fit, and
/// [`InputError::InvalidNumber`] or [`InputError::Empty`] for numbers that cannot be meant.
pub fn apply_planner_inputs(
    forecasts: &BTreeMap<String, LocalForecast>,
    inputs: &[PlannerInput],
) -> Result<Planned, InputError> {
    for input in inputs {
        input.check()?;
    }
    let mut planned = Planned {
        forecasts: forecasts.clone(),
        applied: Vec::new(),
    };
    let mut order: Vec<usize> = (0..inputs.len()).collect();
    order.sort_by_key(|index| inputs[*index].order());
    for index in order {
        match &inputs[index] {
            PlannerInput::Growth(growth) => planned.grow(index, growth)?,
            PlannerInput::Launch(launch) => planned.launch(index, launch)?,
            PlannerInput::Campaign(campaign) => planned.campaign(index, campaign)?,
            PlannerInput::Deflection(deflection) => planned.deflect(index, deflection)?,
        }
    }
    Ok(planned)
}

impl Planned {
    fn queue(&mut self, name: &str) -> Result<&mut LocalForecast, InputError> {
        self.forecasts
            .get_mut(name)
            .ok_or_else(|| InputError::UnknownName(name.to_owned()))
    }

    fn grow(&mut self, input: usize, growth: &Growth) -> Result<(), InputError> {
        for day in 0..self.queue(&growth.queue)?.days.len() {
            let date = self.queue(&growth.queue)?.days[day].date;
            let factor = growth.factor(date);
            if factor != 1.0 {
                let intervals = self.queue(&growth.queue)?.days[day].intervals.len();
                let (factors, offsets) = (vec![factor; intervals], vec![0.0; intervals]);
                self.change(input, &growth.queue, day, factors, offsets, None)?;
            }
        }
        Ok(())
    }

    fn launch(&mut self, input: usize, launch: &Launch) -> Result<(), InputError> {
        if self.forecasts.contains_key(&launch.queue) {
            return Err(InputError::DuplicateName(launch.queue.clone()));
        }
        let sibling = self.queue(&launch.sibling)?.clone();
        let open: Vec<f64> = sibling
            .days
            .iter()
            .map(|day| day.total.mean)
            .filter(|mean| *mean > 0.0)
            .collect();
        let Some(mean_day) = crate::forecasting::automatic::numbers::mean(&open) else {
            return Err(InputError::Empty("forecast of the sibling"));
        };
        let extra = launch.level_error * launch.level_error;
        let nothing = Volume {
            mean: 0.0,
            quantiles: vec![0.0; sibling.probabilities.len()],
        };
        let days = sibling
            .days
            .iter()
            .map(|day| DayForecast {
                date: day.date,
                total: nothing.clone(),
                intervals: vec![nothing.clone(); day.intervals.len()],
                level_variance: day.level_variance,
            })
            .collect();
        let chosen = vec![Chosen {
            name: "launch".to_owned(),
            reason: format!(
                "no history: weekdays, profile and error of {}, level stated by the planner",
                launch.sibling
            ),
        }];
        let mut new = sibling.clone();
        (new.days, new.chosen, new.changes) = (days, chosen, Vec::new());
        self.forecasts.insert(launch.queue.clone(), new);
        for (index, day) in sibling.days.iter().enumerate() {
            let reached = ramp(launch.from, launch.ramp_days, day.date);
            if reached <= 0.0 || day.total.mean <= 0.0 {
                continue;
            }
            let scale = launch.level * reached / mean_day;
            let offsets: Vec<f64> = day
                .intervals
                .iter()
                .map(|interval| interval.mean * scale)
                .collect();
            let factors = vec![0.0; offsets.len()];
            let variance = day.level_variance + extra;
            self.change(
                input,
                &launch.queue,
                index,
                factors,
                offsets,
                Some(variance),
            )?;
        }
        Ok(())
    }

    fn campaign(&mut self, input: usize, campaign: &Campaign) -> Result<(), InputError> {
        for day in 0..self.queue(&campaign.queue)?.days.len() {
            let old = &self.queue(&campaign.queue)?.days[day];
            let (date, means) = (old.date, interval_means(old));
            if let Some((factors, offsets)) = campaign.effect(date, &means)? {
                self.change(input, &campaign.queue, day, factors, offsets, None)?;
            }
        }
        Ok(())
    }

    fn deflect(&mut self, input: usize, deflection: &Deflection) -> Result<(), InputError> {
        if let Some(to) = &deflection.to {
            if *to == deflection.queue {
                return Err(InputError::DuplicateName(to.clone()));
            }
            self.queue(to)?;
        }
        for day in 0..self.queue(&deflection.queue)?.days.len() {
            let source = self.queue(&deflection.queue)?.days[day].clone();
            let ended = deflection.until.is_some_and(|until| source.date > until);
            let share = deflection.share * ramp(deflection.from, deflection.ramp_days, source.date);
            if ended || share <= 0.0 || source.total.mean <= 0.0 {
                continue;
            }
            let means = interval_means(&source);
            let intervals = means.len();
            let (factors, offsets) = (vec![1.0 - share; intervals], vec![0.0; intervals]);
            self.change(input, &deflection.queue, day, factors, offsets, None)?;
            let Some(to) = &deflection.to else { continue };
            let left = interval_means(&self.queue(&deflection.queue)?.days[day]);
            let moved: Vec<f64> = means.iter().zip(&left).map(|(a, b)| a - b).collect();
            let target = self.queue(to)?;
            let place = place_of(target, source.date)?;
            let old = &target.days[place];
            same_length(
                "intervals of a deflection's target",
                old.intervals.len(),
                intervals,
            )?;
            let (own, more) = (
                interval_means(old).iter().sum::<f64>(),
                moved.iter().sum::<f64>(),
            );
            let deviation = (own * old.level_variance.sqrt() + more * source.level_variance.sqrt())
                / (own + more);
            let variance = (own + more > 0.0).then_some(deviation * deviation);
            self.change(input, to, place, vec![1.0; intervals], moved, variance)?;
        }
        Ok(())
    }

    /// Changes one day and records it.
    fn change(
        &mut self,
        input: usize,
        queue: &str,
        day: usize,
        factors: Vec<f64>,
        offsets: Vec<f64>,
        level_variance: Option<f64>,
    ) -> Result<(), InputError> {
        let forecast = self.queue(queue)?;
        let old = &forecast.days[day];
        let means: Vec<f64> = interval_means(old)
            .iter()
            .zip(&factors)
            .zip(&offsets)
            .map(|((mean, factor), offset)| mean * factor + offset)
            .collect();
        let date = old.date;
        let variance = level_variance.unwrap_or(old.level_variance);
        forecast.days[day] = forecast.changed_day(old, &means, variance);
        self.applied.push(Applied {
            input,
            queue: queue.to_owned(),
            date,
            factors,
            offsets,
        });
        Ok(())
    }
}

fn interval_means(day: &DayForecast) -> Vec<f64> {
    day.intervals.iter().map(|interval| interval.mean).collect()
}

fn place_of(forecast: &LocalForecast, date: NaiveDate) -> Result<usize, InputError> {
    forecast
        .days
        .iter()
        .position(|day| day.date == date)
        .ok_or(InputError::DateOutside(date))
}

/// Share of a ramp that is reached on a date; zero before it starts.
fn ramp(from: NaiveDate, ramp_days: u32, date: NaiveDate) -> f64 {
    let days = (date - from).num_days();
    if days < 0 {
        0.0
    } else if ramp_days == 0 {
        1.0
    } else {
        ((days as f64 + 1.0) / f64::from(ramp_days)).min(1.0)
    }
}

#[cfg(test)]
#[path = "planner_tests.rs"]
mod tests;
