//! Workforce-management capacity planning for customer support.
pub mod calendar;
pub mod forecasting;
pub mod format;
pub mod milp;
pub mod planning;
pub mod queueing;
pub mod reporting;
pub mod requirements;
pub mod scheduling;
pub mod units;
pub mod workforce;
