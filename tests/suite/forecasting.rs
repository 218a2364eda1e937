//! Forecasts of contact volumes.

mod laws;
mod planning;
