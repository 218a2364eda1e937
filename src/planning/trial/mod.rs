//! A plan put to the test: the live lines of its groups simulated with the crews that the schedule
//! gives them.
//!
//! Each group of queues is a line of its own, since the schedule says who serves which group in
//! every interval. Contacts arrive at random by the planned volumes, handling times are exponential,
//! whoever has a patience hangs up after it, contacts in progress are finished after their agent's
//! shift, and deferred work is put aside when a live contact comes.

mod crews;
pub(super) mod line;
mod live_plan;
mod outlook;
mod verdict;

pub(super) use crews::{crews, live_crews};
pub use live_plan::{LiveLine, LivePlan, LiveQueue};
pub(super) use outlook::outlook;
pub use outlook::{DayTrial, LiveTrial, QueueTrial, TrialError};
pub use verdict::{Holding, Level, Verdict};
pub(super) use verdict::{Rehearsal, of_group, verdicts};
