//! Staffing formulas: pure mathematics on loads, durations and agents.
//!
//! | question | model | assumes |
//! |---|---|---|
//! | which share of contacts finds every line busy? | [`erlang_b`] | no waiting, Poisson arrivals |
//! | how long do customers wait? | [`ErlangC`] | infinite patience, Poisson arrivals, exponential handling |
//! | how many agents for a target? | [`required_agents`] | the model it is given |
//!
//! Overload is a state ([`Performance::is_stable`]), never an error or a negative number.

pub mod erlang_b;
mod erlang_c;
mod error;
mod model;
mod objective;
mod staffing;

pub use erlang_c::ErlangC;
pub use error::QueueingError;
pub use model::{Performance, QueueModel, Traffic};
pub use objective::Objective;
pub use staffing::{required_agents, required_agents_fractional};
