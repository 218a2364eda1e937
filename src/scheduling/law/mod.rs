//! Labour law checked on tours.
//!
//! A [`LawContext`] holds a law, the pool's zone and what was worked before the horizon; the
//! registry [`law_rules::all`] has one rule a file, each of which walks one agent's [`Tour`].
//! Averages and rests look back into the history, so a tour that is fine alone may still be one
//! too many. What is not known counts as free time, before the history as well as after the tour.
//!
//! For those who build tours there are [`shift_class`] (class and night hours of a shift),
//! [`permits`] (may this shift be worked at all), [`follows`] (may this one come after that one)
//! and [`contradictions`] (a contract that the law has no room for). [`premiums`] gives the extra
//! pay.
//!
//! Rest is elapsed time; days, weeks, nights and Sundays are those of the pool's local calendar.
//! The hours of a shift belong to the day on which it starts, those of a week are cut at its
//! midnights. Time worked is time in the shift less its unpaid breaks.

mod building;
mod class;
mod context;
mod contract;
pub mod law_rules;
mod pay;
mod premiums;
mod time;

pub(super) use building::rest_after;
pub use building::{Follows, follows, permits};
pub use class::{ShiftClass, shift_class};
pub use context::{LawContext, PublishedRoster};
pub use contract::contradictions;
pub use law_rules::{LawRule, LawViolation, violations};
pub(super) use pay::{ClockPay, OVERTIME};
pub use premiums::{ExtraPay, premiums};
pub(super) use time::days_of;

#[cfg(doc)]
use crate::workforce::Tour;
