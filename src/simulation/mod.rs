//! Does it hold? Discrete-event simulation of a whole contact centre.
//!
//! A formula for each interval knows nothing of the interval before it, of shared skills, or of who
//! hangs up. A simulation does: where staffing falls, contacts in progress still hold the agents who
//! leave, and the promise is missed although every formula says it is kept.
//!
//! [`Layout`] states a centre: periods, contact types with arrivals, patience, retries and transfers,
//! groups of agents, service times and routing. [`Centre`] is one that was checked. [`simulate`] runs
//! independent replications of its day and gives each measure of the [`Quantity`] list for a
//! [`Scope`], with a 95 % interval, and the outcome of every replication for the spans that were asked
//! for.

mod centre;
mod engine;
mod measure;
mod random;
mod run;

pub use centre::{
    AgentRule, ArrivalRule, Arrivals, Centre, Close, ContactType, Group, Layout, Retry,
    ServiceTime, Take, Transfer,
};
pub(crate) use measure::student;
pub use measure::{Estimate, Expectation, Measure, Quantity, Scope};
pub use random::Law;
pub use run::{Ended, Engine, Options, Outcome, Simulated, SimulationError, simulate};
