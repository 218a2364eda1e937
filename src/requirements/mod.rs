//! From contacts to agents: how many people each group of queues needs in each interval.
//!
//! ```text
//! streams ──► QueueNeed ──► Group ──► scheduling
//!  market,     volume,       live need (whole and fractional agents),
//!  volume,     load, silo    idle time of the live crew, deferred work
//!  AHT         need          with its deadlines
//! ```
//!
//! * **Live** work (phone, chat) needs the smallest number of agents that meets the promise under
//!   Erlang C and the occupancy cap, at least one while the queue is open.
//! * A live **promise over days or weeks** fixes in each interval only what its floor needs; what
//!   more agents bring is a [`ServiceCurve`], and the schedule chooses where to have them.
//! * **Chat** is served at a concurrency: an agent's time for a session is the session's length
//!   divided by the sessions held at once.
//! * **Deferred** work (e-mail, social, back office) has a deadline in opening hours. It fills
//!   idle time of the live crew first, up to the occupancy cap, then costs `work / cap`.
//! * **Silo** staffing sizes every queue alone; **blended** staffing pools the live queues of a
//!   skill into one.
//!
//! The fractional requirement is kept beside the whole one; rounding happens only where people
//! are counted.

mod correction;
mod deferred;
mod demand;
mod derive;
mod error;
mod group;
mod live;
mod promise;
mod rules;

pub use correction::GroupCorrection;
pub use deferred::{DeferredClass, EarliestDeadlineFirst, Job, Lateness};
pub use demand::{QueueNeed, StreamDemand};
pub use derive::{Requirement, derive};
pub use error::RequirementError;
pub use group::Group;
pub use live::LiveNeed;
pub use promise::{LivePromise, ScopedPromise, ServiceCurve, Step};
pub use rules::{Mode, Rounding, StaffingRules};
