//! Forecasts of contact volumes.

mod laws;
