//! The nouns of the domain, and no algorithm.
//!
//! ```text
//! Market ──contacts──► Queue ◄──skills── Pool ──offers──► ShiftType
//!  zone, hours,         language,         site, zone,      length, start
//!  special days         channel, tier,    price, limits,   window, breaks
//!                       promise           commitment
//! ```
//!
//! Everything a scenario says about people and promises is one of these types. Problems found in
//! them are [`Fault`]s, collected and reported together.

mod channel;
mod contract;
mod fault;
mod holiday_rule;
mod id;
mod kept;
pub mod law;
mod market;
mod policy;
mod pool;
mod queue;
mod shift;
mod staff;
mod target;
mod tour;

pub use channel::Channel;
pub use contract::Contract;
pub use fault::{Fault, FaultCode, Faults, Place};
pub use holiday_rule::{DayClass, DayTerms, HolidayEffect, HolidayRule};
pub use id::{Language, MarketId, PoolId, QueueId, ShiftTypeId, SiteId, Tier};
pub use kept::{Announced, AnnouncedShift, KeptShifts};
pub use market::Market;
pub use policy::{Policy, Scope};
pub use pool::{Commitment, Limits, Pool, PoolKind, Premium, Price};
pub use queue::{Queue, Skill};
pub use shift::{BreakPlacement, BreakType, Shift, ShiftType, StartWindow};
pub use staff::{
    Absence, Availability, Fairness, NamedAgent, Staff, Wish, WishDay, WishFor, Worked,
};
pub use target::{PromiseScope, ServiceTarget};
pub use tour::Tour;
