//! Queues whose arrivals and agents change during the day.
//!
//! | question | model | assumes |
//! |---|---|---|
//! | what happens, exactly? | [`transient`] | Poisson arrivals, exponential handling and patience |
//! | how busy would unlimited agents be, and whom does that need? | [`modified_offered_load`] | the same; staffing from steady state at that load |
//! | what does steady state say of each interval? | [`sipp`] | intervals long against the handling time |
//! | what if an interval is overloaded for a while? | [`backlog`] | nobody hangs up |
//!
//! All of them read a [`Day`] of [`DayInterval`]s, checked once when it is made. Intervals are taken
//! in order without gaps; time runs from the start of the first one.

mod answer;
pub mod backlog;
mod chain;
mod day;
mod leap;
pub mod modified_offered_load;
mod outcome;
mod population;
pub mod sipp;
mod sums;
pub mod transient;
mod weights;

pub use day::{Day, DayInterval};
pub use outcome::Outcome;
pub use population::NumberInSystem;
