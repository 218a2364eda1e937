//! The three planners.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use super::line::WEEK;
use super::{
    Attained, Crew, Facts, FidelityError, Horizon, Ladder, Line, Rung, Setting, Staffing, Truth,
    replay, staffed,
};
use crate::forecasting::Automatic;
use crate::forecasting::backtest::{Contender, MeanOfWeeks};
use crate::simulation::Options;
use crate::units::whole;
use crate::workforce::PromiseScope;

/// Sizes of the plans of a ladder.
const SIZES: [f64; 5] = [-0.1, 0.0, 0.1, 0.2, 0.35];

/// What a week may bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenarios {
    /// Expected contacts in each interval.
    pub mean: Vec<f64>,
    /// Contacts in each interval, one list a scenario, all equally likely.
    pub paths: Vec<Vec<u32>>,
    /// Handling time and patience.
    pub facts: Facts,
}

/// What the automatic forecast says of a week, from the past alone.
///
/// # Errors
/// [`FidelityError`] when the past allows no forecast.
pub fn calibrated(
    past: &Line,
    horizon: &Horizon,
    setting: &Setting,
) -> Result<Scenarios, FidelityError> {
    let forecast = Automatic::default().forecast(&past.days, &past.events, WEEK)?;
    let days: Vec<Vec<f64>> = (forecast.days.iter())
        .map(|day| day.intervals.iter().map(|volume| volume.mean).collect())
        .collect();
    let mut random = Pcg64Mcg::seed_from_u64(setting.seed);
    let mut uniform = || random.random::<f64>().clamp(1e-12, 1.0 - 1e-12);
    let paths = (0..setting.scenarios).map(|_| {
        let path = forecast.draw_path(&mut uniform);
        let volumes = horizon.spread(path.iter().map(Vec::as_slice));
        volumes.into_iter().map(whole::round).collect()
    });
    Ok(Scenarios {
        mean: horizon.spread(days.iter().map(Vec::as_slice)),
        paths: paths.collect(),
        facts: past.conduct.known(past.days.first())?,
    })
}

/// The truth as the only scenario.
pub fn foresight(truth: &Truth, setting: &Setting) -> Scenarios {
    Scenarios {
        mean: truth.counts.iter().map(|&n| f64::from(n)).collect(),
        paths: vec![truth.counts.clone(); (setting.scenarios as usize).min(4)],
        facts: truth.facts,
    }
}

/// The planner's rule: the mean of the last four same weekdays, Erlang C in each interval, rounded
/// up, and `addition` more.
///
/// # Errors
/// [`FidelityError`] when the past allows no plan.
pub fn rule(
    past: &Line,
    horizon: &Horizon,
    setting: &Setting,
    addition: f64,
) -> Result<Crew, FidelityError> {
    Usual::of(past, horizon)?.plan(horizon, setting, addition)
}

/// What the rule takes a week for.
pub(super) struct Usual {
    volumes: Vec<f64>,
    aht_seconds: f64,
}

impl Usual {
    /// The mean of the last four same weekdays.
    pub(super) fn of(past: &Line, horizon: &Horizon) -> Result<Self, FidelityError> {
        let forecast = MeanOfWeeks { weeks: 4 }.forecast(&past.days, &past.events, WEEK)?;
        let days: Vec<Vec<f64>> = (forecast.days.iter())
            .map(|day| day.intervals.iter().map(|volume| volume.mean).collect())
            .collect();
        Ok(Self {
            volumes: horizon.spread(days.iter().map(Vec::as_slice)),
            aht_seconds: past.conduct.known(past.days.first())?.aht_seconds,
        })
    }

    /// Erlang C in each interval, rounded up, and `addition` more.
    pub(super) fn plan(
        &self,
        horizon: &Horizon,
        setting: &Setting,
        addition: f64,
    ) -> Result<Crew, FidelityError> {
        let staffing = Staffing {
            share: setting.share,
            scope: PromiseScope::Interval,
            allowance: 1.0 + addition,
        };
        staffed(setting, horizon, &self.volumes, self.aht_seconds, &staffing)
    }
}

impl Scenarios {
    /// A plan for the expected contacts and `size` more: the promise over the setting's
    /// scope.
    ///
    /// # Errors
    /// [`FidelityError`] when there is no such plan.
    pub fn plan(
        &self,
        horizon: &Horizon,
        setting: &Setting,
        size: f64,
    ) -> Result<Crew, FidelityError> {
        let volumes: Vec<f64> = self.mean.iter().map(|v| v * (1.0 + size)).collect();
        let staffing = Staffing {
            share: setting.share,
            scope: setting.scope,
            allowance: 1.0,
        };
        staffed(
            setting,
            horizon,
            &volumes,
            self.facts.aht_seconds,
            &staffing,
        )
    }

    /// Share in time over all scenarios with a crew.
    ///
    /// # Errors
    /// [`FidelityError`] when the crew cannot be simulated.
    pub fn expected(
        &self,
        horizon: &Horizon,
        setting: &Setting,
        crew: &Crew,
    ) -> Result<f64, FidelityError> {
        let seconds = horizon.grid.interval_length().duration().as_secs_f64();
        let all: Vec<Attained> = (self.paths.par_iter().enumerate())
            .map(|(number, path)| {
                let seed = setting.seed.wrapping_add(1 + number as u64);
                let mut options = Options::new(1, seed);
                options.spans.push(0..path.len());
                let seen = replay(setting, seconds, &crew.agents, path, &self.facts, &options)?;
                Ok(seen.first().copied().unwrap_or_default())
            })
            .collect::<Result<_, FidelityError>>()?;
        let sum = all.into_iter().fold(Attained::default(), Attained::plus);
        Ok(sum.level())
    }

    /// Plans of rising size with what is expected of them.
    ///
    /// # Errors
    /// [`FidelityError`] when there is no plan of some size.
    pub fn ladder(&self, horizon: &Horizon, setting: &Setting) -> Result<Ladder, FidelityError> {
        let rungs = SIZES.par_iter().map(|&size| {
            let crew = self.plan(horizon, setting, size)?;
            let expected = self.expected(horizon, setting, &crew)?;
            Ok(Rung { size, expected })
        });
        Ok(Ladder {
            rungs: rungs.collect::<Result<_, FidelityError>>()?,
        })
    }
}
