//! `[horizon]`, `[forecast]` and `[staffing]`: the days to plan, how contacts are forecast and how
//! requirements are derived.

use super::queues;
use super::reader::Reader;
use super::value::NotNegative;
use crate::calendar::{IntervalLength, Zone};
use crate::planning::{ForecastModel, Horizon};
use crate::requirements::{Mode, Rounding, StaffingRules};
use crate::units::Probability;
use crate::workforce::{FaultCode, ServiceTarget};

/// Most days of a horizon: a century.
const MOST_DAYS: u32 = 36_600;

/// The days to plan.
pub(super) fn horizon(reader: &mut Reader<'_>) -> Option<Horizon> {
    let first = reader.need("start");
    let days = reader.need::<u32>("days");
    let zone = reader.need::<Zone>("timezone");
    let minutes = reader.need::<u32>("interval_minutes");
    if days.is_some_and(|d| d > MOST_DAYS) {
        reader.fault(
            "days",
            FaultCode::OutOfRange,
            "the horizon is longer than a century",
            "give the number of days to plan",
        );
    }
    let interval = minutes.and_then(|minutes| match IntervalLength::from_minutes(minutes) {
        Ok(interval) => Some(interval),
        Err(e) => {
            let action = "use 15 or 30";
            reader.fault(
                "interval_minutes",
                FaultCode::OutOfRange,
                e.to_string(),
                action,
            );
            None
        }
    });
    let horizon = (|| {
        Some(Horizon {
            zone: zone?,
            first: first?,
            days: days.filter(|&d| d <= MOST_DAYS)?,
            interval: interval?,
        })
    })();
    if horizon.is_none() {
        reader.report().mark_incomplete();
    }
    horizon
}

/// How contacts are forecast from a history; the planner's rule unless said otherwise.
pub(super) fn forecast(reader: &mut Reader<'_>) -> ForecastModel {
    let models = [
        ("planners_rule", ForecastModel::PlannersRule),
        ("automatic", ForecastModel::Automatic),
    ];
    reader.choice("model", &models).unwrap_or_default()
}

/// How requirements are derived; every key may be left out.
pub(super) fn staffing(reader: &mut Reader<'_>) -> StaffingRules {
    let mut rules = StaffingRules::default();
    let modes = [("silo", Mode::Silo), ("blended", Mode::Blended)];
    rules.mode = reader.choice("mode", &modes).unwrap_or(rules.mode);
    let promise = reader.within("blended_target", queues::promise).flatten();
    if let Some((target, scope)) = promise {
        rules.blended_scope = scope;
        blended(reader, &mut rules, target);
    }
    let cap = reader.get::<Probability>("blended_occupancy_cap");
    if cap.is_some_and(|c| c <= Probability::ZERO) {
        reader.fault(
            "blended_occupancy_cap",
            FaultCode::OutOfRange,
            "the occupancy cap is 0, so no contact is ever handled",
            "give a cap such as 0.85",
        );
    }
    rules.blended_cap = cap.unwrap_or(rules.blended_cap);
    rules.keep_each_promise = reader
        .get("keep_each_promise")
        .unwrap_or(rules.keep_each_promise);
    rules.fill_idle = reader.get("fill_idle").unwrap_or(rules.fill_idle);
    let roundings = [
        ("whole", Rounding::Whole),
        ("fractional", Rounding::Fractional),
    ];
    rules.rounding = reader
        .choice("rounding", &roundings)
        .unwrap_or(rules.rounding);
    let allowance = reader.get::<NotNegative>("allowance");
    rules.allowance = allowance.map_or(rules.allowance, |a| a.0);
    rules
}

fn blended(reader: &Reader<'_>, rules: &mut StaffingRules, target: ServiceTarget) {
    match target {
        ServiceTarget::Live {
            share,
            answer_within,
        } => {
            if share >= Probability::ONE {
                reader.fault(
                    "blended_target.share",
                    FaultCode::UnreachableTarget,
                    "every contact answered in time, which no finite staffing does",
                    "ask for less than 1, for example 0.95",
                );
            }
            rules.blended_share = share;
            rules.blended_within = answer_within;
        }
        ServiceTarget::Deferred { .. } => reader.fault(
            "blended_target",
            FaultCode::WrongType,
            "the blended target is for live contacts",
            "give `answer_within_seconds`",
        ),
    }
}
