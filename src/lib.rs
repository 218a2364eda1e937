#![doc = include_str!("../README.md")]
//!
//! # Where to find what
//!
//! | room | holds |
//! |---|---|
//! | [`units`] | quantities with their ranges |
//! | [`calendar`] | the UTC grid, local time, opening hours |
//! | [`workforce`] | markets, queues, pools, shifts, policies, faults |
//! | [`queueing`] | staffing formulas |
//! | [`forecasting`] | history in, forecast with uncertainty out |
//! | [`milp`] | solver-neutral optimisation, bounds and checks |
//! | [`requirements`] | contacts into agents |
//! | [`scheduling`] | agents into shifts; the verifier |
//! | [`simulation`] | does the plan hold? |
//! | [`planning`] | scenarios, the pipeline, what-if |
//! | [`reporting`] | summary, tables, HTML |
//! | [`mod@format`] | scenario folders and plan files |

pub mod calendar;
pub mod forecasting;
pub mod format;
pub mod milp;
pub mod planning;
pub mod queueing;
pub mod reporting;
pub mod requirements;
pub mod scheduling;
pub mod simulation;
pub mod units;
pub mod workforce;
