//! All integration tests, one module for each subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says by name what it passes over"
)]

mod calendar_laws;
mod correction;
mod deadline_laws;
mod design_search;
mod design_verifier;
mod documents;
mod error_pages;
mod exchange;
mod fidelity;
mod forecast_laws;
mod forecast_paths;
mod forecasting;
mod format;
mod hard_week;
mod holiday_rules;
mod holidays;
mod instances;
mod kept_shifts;
mod law;
mod law_packs;
mod law_pay;
mod law_rules;
mod layers;
mod locales;
mod long_intervals;
mod milp;
mod milp_tools;
mod mix;
mod named_rosters;
mod plan_behaviour;
mod queueing;
mod reference;
mod rehearsed_plan;
mod report;
mod report_parts;
mod requirement_laws;
mod roster_benchmarks;
mod roster_rules;
mod rules;
mod scenario_m;
mod scenario_s;
mod schedule_brute_force;
mod schedule_edges;
mod service_scope;
mod shift_calendars;
mod simulation;
mod support;
mod tiny;
mod tours;
mod verifier;
mod week_benchmarks;
mod week_bound;
mod week_laws;
mod week_solve;
mod week_verifier;
mod week_ways_out;
mod week_whole_model;
mod what_if;
#[cfg(feature = "xlsx")]
mod workbook;
