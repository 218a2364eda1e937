//! Staffing formulas: pure mathematics on loads, durations and agents.
//!
//! | question | model | assumes |
//! |---|---|---|
//! | which share of contacts finds every line busy? | [`erlang_b`] | no waiting, Poisson arrivals |
//! | how long do customers wait? | [`ErlangC`] | infinite patience, Poisson arrivals, exponential handling |
//! | how many agents for a target? | [`required_agents`] | the model it is given |
//!
//! Overload is a state ([`Performance::is_stable`]), never an error or a negative number.

mod batch;
mod blend;
mod chain;
mod chat;
mod departures;
mod erlang_a;
pub mod erlang_b;
mod erlang_c;
mod error;
mod finite_lines;
mod model;
mod multi_skill;
mod numerics;
mod objective;
mod patience;
mod search;
mod service_level;
mod staffing;
pub mod time_varying;
mod waiting;

pub use batch::{performance_each, required_agents_each};
pub use blend::{Blend, BlendPerformance};
pub use chat::Chat;
pub use erlang_a::ErlangA;
pub use erlang_c::ErlangC;
pub use error::QueueingError;
pub use finite_lines::{FiniteLines, LinesPerformance, required_lines};
pub use model::{Performance, QueueModel, Traffic};
pub use multi_skill::{MDesign, MDesignDelay, MDesignLoss};
pub use objective::Objective;
use service_level::Contacts;
pub use service_level::{Counting, ServiceLevel};
pub use staffing::{
    marginal_agent, required_agents, required_agents_fractional, sustainable_load, wait_percentile,
};
