//! What plans are worth on real histories: walk forward, plan each week from its past, replay what
//! truly came.
//!
//! ```text
//! Line (history) ──before(week)──► forecast ─► requirement ─► schedule ─► crew
//!                └─ week ─► counts, handling, patience that came ──► replay ◄┘
//! ```
//!
//! Three planners have the same shifts, prices and solver:
//!
//! | planner | knows | asks for |
//! |---|---|---|
//! | calibrated | the past | the promise over its `Setting::scope`, on average over the forecast's scenarios; what past weeks got beside what was expected of them moves it |
//! | rule | the past | the mean of the last four same weekdays, Erlang C in each interval, rounded up, so many per cent more |
//! | foresight | what came | the promise over the same scope for exactly the contacts that came |
//!
//! A planner is given [`Line::before`] the week, which holds nothing from its first day on, and which
//! intervals of the week are open; so there is nothing to peek at.

mod conduct;
mod error;
mod frontier;
mod ladder;
mod line;
mod planners;
mod replay;
mod setting;
mod staffing;
mod walk_forward;
mod week;

pub use conduct::{Conduct, Facts, Service};
pub use error::FidelityError;
pub use frontier::{Point, cost_at};
pub use ladder::{Ladder, Rung};
pub use line::Line;
pub use planners::{Scenarios, calibrated, foresight, rule};
pub use replay::{Attained, replay};
pub use setting::Setting;
pub use staffing::{Crew, Staffing, staffed};
pub use walk_forward::{Fidelity, PlannerWeek, Walk, walk_forward};
pub use week::{Horizon, Truth};
