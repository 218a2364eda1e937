//! Models of the day level. Each forecasts a list of future days from the days before an
//! origin and knows nothing of events, outliers or intervals.

mod adaptive;
mod ets;
mod mean_k;
mod regression;
mod theta;

pub(crate) use adaptive::Adaptive;
pub(crate) use ets::{Ets, EtsForm};
pub(crate) use mean_k::MeanOfLast;
pub(crate) use regression::{CalendarFit, CalendarRegression};
pub(crate) use theta::Theta;

/// Days before an origin.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Past<'a> {
    /// Totals, `None` where unknown.
    pub(crate) values: &'a [Option<f64>],
    /// Place of each day in the cycle.
    pub(crate) places: &'a [usize],
    /// Places of the cycle.
    pub(crate) period: usize,
}

/// A model of the day level with its parameters fixed.
pub(crate) trait DayModel: Sync {
    /// Name for reports.
    fn name(&self) -> &'static str;

    /// One forecast for each of the following open days, given by their places in the cycle.
    /// Returns an empty list when the past is too short for the model.
    fn forecast(&self, past: Past<'_>, future: &[usize]) -> Vec<f64>;
}
