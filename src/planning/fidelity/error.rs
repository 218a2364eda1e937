use thiserror::Error;

use crate::calendar::CalendarError;
use crate::forecasting::{ForecastError, InputError};
use crate::queueing::QueueingError;
use crate::requirements::RequirementError;
use crate::scheduling::ScheduleError;
use crate::simulation::SimulationError;
use crate::units::UnitError;
use crate::workforce::Faults;

/// Why a history could not be walked through.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum FidelityError {
    /// The history does not have what was asked for.
    #[error("{what}; {action}")]
    History {
        /// What is wrong.
        what: String,
        /// What to do.
        action: &'static str,
    },
    /// A day or an interval that cannot be.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// A number out of its range.
    #[error(transparent)]
    Unit(#[from] UnitError),
    /// The past allows no forecast.
    #[error(transparent)]
    Forecast(#[from] ForecastError),
    /// The past says nothing of handling or patience.
    #[error(transparent)]
    Rates(#[from] InputError),
    /// A promise that cannot be kept.
    #[error(transparent)]
    Queueing(#[from] QueueingError),
    /// The requirement has no finite answer.
    #[error(transparent)]
    Requirement(#[from] RequirementError),
    /// No schedule was found.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// The replay is not one.
    #[error(transparent)]
    Layout(#[from] Faults),
    /// The replay did not end.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}
