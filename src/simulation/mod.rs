//! Does it hold? Discrete-event simulation of a staffed line.
//!
//! A formula for each interval knows nothing of the interval before it. A simulation does: where
//! staffing falls, contacts in progress still hold the agents who leave, and the promise is missed
//! although every formula says it is kept.
//!
//! This room simulates one line at a time: contact types that share a queue, served first come,
//! first served by one crew that changes from interval to interval. Arrivals are Poisson, handling
//! times exponential, and nobody hangs up.

mod line;
mod run;

pub use line::{ContactType, Line};
pub use run::{Attained, simulate};
