//! Staffing formulas: pure mathematics on loads, durations and agents.
//!
//! | question | model | assumes |
//! |---|---|---|
//! | which share of contacts finds every line busy? | [`erlang_b`] | no waiting, Poisson arrivals |
//! | how long do customers wait? | [`ErlangC`] | infinite patience, exponential handling |
//! | how many hang up? | [`ErlangA`] | exponential patience |
//! | what if customers hang up and call again? | [`ErlangX`] | repeats at once |
//! | what if blocked callers try again, or callers are few? | [`extended_b`], [`engset`] | no waiting |
//! | what passes on to the next group? | [`overflow`] | Poisson first offers |
//! | what if the forecast is uncertain? | [`RandomRate`] around another model | a gamma busyness |
//! | what if handling times are not exponential? | [`deterministic`], [`PhaseType`], [`allen_cunneen`] | infinite patience |
//! | how does a large group behave? | [`halfin_whitt`], [`garnett`] | many agents |
//! | how many lines, and who is blocked? | [`FiniteLines`] | exponential handling and patience |
//! | what if agents hold several chats? | [`Chat`] | chats spread evenly over agents |
//! | how much outbound work fits in? | [`Blend`] | one handling time for both kinds |
//! | what do a few generalists bring? | [`MDesign`] | two types of contacts |
//! | how many agents for work that can wait for hours? | [`deferred`] | a fluid with deadlines |
//! | what if arrivals and agents change in the day? | [`time_varying`] | intervals of constant rate |
//!
//! | task | function |
//! |---|---|
//! | fewest agents for a target | [`required_agents`], [`required_agents_fractional`], [`required_agents_each`] |
//! | what agents achieve | [`QueueModel::performance`], [`performance_each`], [`marginal_agent`] |
//! | what agents can take on | [`sustainable_load`] |
//! | how long the unlucky wait | [`wait_percentile`] |
//! | which parameters fit the data | [`estimate`] |
//!
//! Overload is a state ([`Performance::is_stable`]), never an error or a negative number.

pub mod allen_cunneen;
mod batch;
mod blend;
mod chain;
mod chat;
pub mod deferred;
mod delay;
pub mod deterministic;
pub mod engset;
mod erlang_a;
pub mod erlang_b;
mod erlang_c;
mod erlang_x;
mod error;
pub mod estimate;
pub mod extended_b;
mod finite_lines;
pub mod garnett;
pub mod halfin_whitt;
mod model;
mod multi_skill;
mod numerics;
mod objective;
pub mod overflow;
mod phase_type;
mod random_rate;
mod search;
mod service_level;
mod staffing;
pub mod time_varying;

pub use batch::{performance_each, required_agents_each};
pub use blend::{Blend, BlendPerformance};
pub use chat::Chat;
pub use delay::Delay;
pub use erlang_a::ErlangA;
pub use erlang_c::ErlangC;
pub use erlang_x::{ErlangX, Redialling};
pub use error::QueueingError;
pub use finite_lines::{FiniteLines, LinesPerformance, required_lines};
pub use model::{Performance, QueueModel, Traffic};
pub use multi_skill::{MDesign, MDesignDelay, MDesignLoss};
pub use objective::Objective;
pub use phase_type::PhaseType;
pub use random_rate::RandomRate;
use service_level::Contacts;
pub use service_level::{Counting, ServiceLevel};
pub use staffing::{
    marginal_agent, required_agents, required_agents_both, required_agents_fractional,
    sustainable_load, wait_percentile,
};
