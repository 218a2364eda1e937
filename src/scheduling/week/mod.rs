//! A typical week that repeats, planned with exact breaks: pools over sites and clocks, languages,
//! seats, contract minima and share caps.

mod ascent;
mod binding;
mod certificate;
mod explain;
mod extract;
mod frame;
mod improve;
mod neighbours;
mod plan;
mod prices;
mod problem;
mod reach;
mod rest;
mod roster;
mod rule;
mod serve;
mod solve;
mod strategy;
mod verify;
mod ways_out;
mod whole_model;
mod window;

pub use ascent::{FoundPrices, PriceOptions, find_prices};
pub use binding::binding_week_rules;
pub use certificate::certified_week_bound;
pub use plan::{BreakStart, Missing, PlannedShifts, Serving, WeekPlan};
pub use prices::{PRICE_SCALE, Prices};
pub use problem::{
    KeptWeek, ShareCap, StartOption, Week, WeekBreak, WeekLanguage, WeekPool, WeekShiftType,
    WeekSite, WeekStarts,
};
pub use reach::Obstacle;
pub use rule::WeekRule;
pub use solve::{SolvedWeek, solve_week};
pub use strategy::WeekStrategy;
pub use verify::{WeekReport, verify_week};
pub use ways_out::{LeastMissing, WayOut, WaysOut};
pub use whole_model::{WholeModel, WholeModelOutcome, solve_whole_model};
