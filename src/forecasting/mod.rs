//! History in, forecast with uncertainty out.
//!
//! | model | needs | use |
//! |---|---|---|
//! | [`Automatic`] | a day; at its best a year and more | several models weighed by their past, events, honest bands |
//! | [`PlannersRule`] | one day of each weekday, better four | the mean of the last four same weekdays, spread by their intraday profile |
//! | [`WeekShape`] | no history | a known weekly volume spread by weekday and hour weights |
//! | [`forecast_from_siblings`] | a few days, or none | a new or small queue borrows shape, level and error from its siblings |
//!
//! | around it | |
//! |---|---|
//! | [`backtest`] | rolling origins, beside the planner's rule |
//! | [`LocalForecast::running_day`] | the rest of today, given what has come |
//! | [`RateForecast`] | handling time, abandonment and patience by weekday and interval |
//! | [`Hierarchy`] | queues, languages and markets that add up, with what belongs to none |
//! | [`apply_planner_inputs`] | growth, launches, campaigns, deflection |
//! | [`DayCorrelation`] | scenarios of several queues that have good and bad days together |
//!
//! An unfitted model and a fitted one are different types, so predicting before fitting does not
//! compile. Models think in local days and their intervals ([`Days`]), where what is closed, missing,
//! imputed, excluded or skipped by the clock are different things; a [`LocalForecast`] has means,
//! quantiles and joint sample paths whose sums over intervals, days and weeks are coherent.
//! [`LocalForecast::on_grid`] puts it on the UTC axis as a [`Forecast`], which is what plans read.

mod automatic;
pub mod backtest;
mod cholesky;
mod error;
mod forecast;
mod hierarchy;
mod history;
mod holidays;
mod input_error;
mod joint;
mod local_calendar;
mod planner;
mod planners_rule;
mod rates;
mod respread;
mod running_day;
mod siblings;
mod week_shape;

pub use automatic::{
    Automatic, Change, ChangeReason, Chosen, DayForecast, Days, Event, EventKind, FittedAutomatic,
    IntervalState, LocalForecast, Regressor, Spread, Volume,
};
pub use error::ForecastError;
pub use forecast::Forecast;
pub use hierarchy::{Hierarchy, Node, Reconciliation, residual_part};
pub use history::{Cell, History};
pub use holidays::{events as holiday_events, of_days as holiday_events_of};
pub use input_error::InputError;
pub use joint::DayCorrelation;
pub use planner::{
    Applied, Between, Campaign, CampaignEffect, Deflection, Growth, Launch, Planned, PlannerInput,
    apply_planner_inputs,
};
pub use planners_rule::{FittedPlannersRule, PlannersRule};
pub use rates::{Exposed, Rate, RateForecast, RateHistory, RateKind};
pub use running_day::{RunningDay, WithinDay};
pub use siblings::{Borrowed, BorrowedForecast, Sibling, SiblingSettings, forecast_from_siblings};
pub use week_shape::WeekShape;
