//! The whole chain, from a scenario to a plan.
//!
//! ```text
//! Scenario ─► demand ─► requirement ─► schedule ─► Plan
//!    ▲                  ▲                           │
//!    │                  └─ correction ◄── trial ────┤
//!    └── Change (what-if: a new scenario, the base untouched)
//! ```

mod change;
mod contracts;
mod correction;
mod demand;
pub mod exchange;
pub mod fidelity;
mod holidays;
mod mix;
mod outlook;
mod pipeline;
mod plan;
mod scenario;
mod staff;
mod stress;
mod trial;
mod validate;
mod what_if;

pub use change::Change;
pub use correction::{Corrected, Correction, Round, corrected};
pub use demand::{Demand, StreamForecast};
pub use mix::{
    GroupPrice, Mix, MixCondition, MixEnd, MixError, MixLevel, MixOptions, MixProblem, MixSizes,
    MixTarget, least_cost_mix,
};
pub use pipeline::{PlanError, plan, problem, requirement};
pub use plan::{Plan, QueueOutlook};
pub use scenario::{Escalation, ForecastModel, GivenVolume, Horizon, Scenario, Source, Stream};
pub use stress::Stress;
pub use trial::{
    DayTrial, Holding, Level, LiveLine, LivePlan, LiveQueue, LiveTrial, QueueTrial, TrialError,
    Verdict,
};
pub use what_if::{Variant, what_if};
