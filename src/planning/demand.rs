use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rayon::prelude::*;

use super::holidays;
use super::scenario::{ForecastModel, Scenario, Source, Stream};
use crate::calendar::{Grid, OpeningHours, Series};
use crate::forecasting::{Automatic, Forecast, ForecastError, History, PlannersRule};
use crate::requirements::StreamDemand;
use crate::workforce::{Fault, FaultCode, Faults, Market, MarketId, Queue, Skill};

/// Forecast of one stream, placed in its queue.
#[derive(Debug, Clone)]
pub struct StreamForecast {
    /// Where the contacts come from.
    pub market: MarketId,
    /// Position of the queue they wait in.
    pub queue: usize,
    /// Contacts in each interval.
    pub forecast: Forecast,
    /// Agent time for one contact in seconds.
    pub agent_seconds: f64,
}

/// Contacts of every stream over the horizon, escalated ones included.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The horizon.
    pub grid: Grid,
    /// Streams in the order of the scenario, then escalated ones.
    pub streams: Vec<StreamForecast>,
}

impl Demand {
    /// Forecasts the streams of a scenario that has no fault.
    ///
    /// # Errors
    /// [`Faults`] with each stream that cannot be forecast.
    pub fn forecast(scenario: &Scenario) -> Result<Self, Faults> {
        let grid = scenario.horizon.grid().map_err(|e| {
            Faults::from(Fault::at(
                "horizon",
                FaultCode::OutOfRange,
                e.to_string(),
                "choose a shorter or longer horizon",
            ))
        })?;
        let own: Vec<Result<StreamForecast, Faults>> = (scenario.streams.par_iter().enumerate())
            .map(|(index, stream)| forecast_stream(scenario, &grid, index, stream))
            .collect();
        let (mut streams, mut faults) = (Vec::new(), Vec::new());
        for result in own {
            match result {
                Ok(stream) => streams.push(stream),
                Err(found) => faults.extend(found.into_vec()),
            }
        }
        Faults::check(faults)?;
        for escalation in &scenario.escalations {
            let escalated = escalate(scenario, &streams, escalation);
            streams.extend(escalated);
        }
        Ok(Self { grid, streams })
    }

    /// The streams as the requirement wants them: means, with each market looked up.
    pub fn means<'a>(&self, scenario: &'a Scenario) -> Vec<StreamDemand<'a>> {
        (self.streams.iter())
            .filter_map(|s| {
                Some(StreamDemand {
                    queue: s.queue,
                    market: scenario.market(&s.market)?,
                    volume: s.forecast.mean().clone(),
                    agent_seconds: s.agent_seconds,
                })
            })
            .collect()
    }
}

fn forecast_stream(
    scenario: &Scenario,
    grid: &Grid,
    index: usize,
    stream: &Stream,
) -> Result<StreamForecast, Faults> {
    let path = format!("streams[{index}]");
    let (Some(market), Some(queue)) = (
        scenario.market(&stream.market),
        scenario.queue_of(&stream.market, &stream.skill, stream.channel),
    ) else {
        return Err(Faults::from(Fault::at(
            path,
            FaultCode::UnknownReference,
            format!(
                "{} {} of {} has no market or no queue",
                stream.skill, stream.channel, stream.market
            ),
            "define the market and a queue with this tier, language and channel",
        )));
    };
    let queue_entry = &scenario.queues[queue];
    let factor = |date| holidays::given_factor(queue_entry, market, date);
    let opening = market
        .opening
        .get(&stream.channel)
        .cloned()
        .unwrap_or_else(OpeningHours::always);
    let told = |e: ForecastError| {
        Faults::from(Fault::at(
            path.clone(),
            FaultCode::ShortHistory,
            format!(
                "{} {} of {}: {e}",
                stream.skill, stream.channel, stream.market
            ),
            "give more history, or close the weekday in the market's opening hours",
        ))
    };
    let (forecast, observed_aht) = match &stream.source {
        Source::History { history, origin } => match scenario.forecast {
            ForecastModel::PlannersRule => {
                let rule = PlannersRule {
                    excluded: holidays::unlike(queue_entry, market, history),
                    ..PlannersRule::default()
                };
                let fitted = rule.fit(history, &opening, *origin).map_err(told)?;
                (fitted.forecast(grid, factor), fitted.aht_seconds())
            }
            ForecastModel::Automatic => {
                let forecast = automatic(grid, queue_entry, market, history, &opening, *origin);
                let since = *origin - Days::new(27);
                (forecast.map_err(told)?, history.aht_seconds(since, *origin))
            }
        },
        Source::Shape(shape) => (
            shape.forecast(grid, market.zone, factor).map_err(told)?,
            None,
        ),
        Source::Given(given) => (
            Forecast::new(&given.volume, market.zone, 0.0),
            given.aht_seconds,
        ),
    };
    let forecast = forecast.scaled(stream.volume_factor);
    let forecast = holidays::within_open_hours(forecast, queue_entry, market);
    let aht = queue_entry.aht.map(|d| d.as_secs_f64()).or(observed_aht);
    let Some(aht) = aht.or((forecast.mean().total() == 0.0).then_some(0.0)) else {
        return Err(Faults::from(Fault::at(
            path,
            FaultCode::MissingKey,
            format!("no handling time is known for queue `{}`", queue_entry.id),
            "give `aht_seconds` for the queue, or a history with handling times",
        )));
    };
    Ok(StreamForecast {
        market: stream.market.clone(),
        queue,
        forecast,
        agent_seconds: aht * stream.aht_factor / queue_entry.concurrency,
    })
}

/// Forecast by the automatic model, which learns what holidays and special days were like.
fn automatic(
    grid: &Grid,
    queue: &Queue,
    market: &Market,
    history: &History,
    opening: &OpeningHours,
    origin: NaiveDate,
) -> Result<Forecast, ForecastError> {
    let days = history.local_days(opening, origin)?;
    let last = history.zone().local(grid.end()).date();
    let first = history.span().map_or(origin, |(first, _)| first);
    let events = holidays::events(queue, market, (first, origin, last));
    let model = Automatic {
        horizon_days: usize::try_from((last - origin).num_days()).unwrap_or(0),
        ..Automatic::default()
    };
    let forecast = model.fit(&days, &events)?.forecast(model.horizon_days)?;
    let factor = |date| holidays::given_factor(queue, market, date);
    Ok(forecast.on_grid(grid, history.zone(), factor))
}

/// What the streams of one tier hand on to another: one stream for each market and language.
fn escalate(
    scenario: &Scenario,
    streams: &[StreamForecast],
    escalation: &super::Escalation,
) -> Vec<StreamForecast> {
    let mut handed_on: BTreeMap<(usize, MarketId, bool), Series<f64>> = BTreeMap::new();
    for stream in streams {
        let skill = &scenario.queues[stream.queue].skill;
        if skill.tier != escalation.from {
            continue;
        }
        let to = |language| Skill {
            tier: escalation.to.clone(),
            language,
        };
        let find = |skill| scenario.queue_of(&stream.market, &skill, escalation.channel);
        let own = find(to(skill.language.clone()));
        let Some(queue) = own.or_else(|| find(to(escalation.fallback.clone()))) else {
            continue;
        };
        let mean = stream.forecast.mean();
        let sum = handed_on
            .entry((queue, stream.market.clone(), own.is_none()))
            .or_insert_with(|| mean.map(|_| 0.0));
        let before = sum.values().to_vec();
        *sum = Series::from_fn(*mean.grid(), |i| {
            before[i] + mean.values()[i] * escalation.share
        });
    }
    handed_on
        .into_iter()
        .filter_map(|((queue, market, is_fallback), volume)| {
            let zone = scenario.market(&market)?.zone;
            let aht = scenario.queues[queue].aht?.as_secs_f64();
            let factor = if is_fallback {
                escalation.fallback_aht_factor
            } else {
                1.0
            };
            Some(StreamForecast {
                market,
                queue,
                forecast: Forecast::new(&volume, zone, 0.0),
                agent_seconds: aht * factor / scenario.queues[queue].concurrency,
            })
        })
        .collect()
}
