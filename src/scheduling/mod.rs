//! From a requirement to shifts: the cheapest cover, with a proven bound.
//!
//! Sets: pools `p`, groups of queues `g`, intervals `t`, candidate shifts `j` of a pool,
//! deferred classes `k` of a group. All rows are named.
//!
//! ```text
//! x_j   whole     people on candidate shift j            price of its hours, premiums included
//! f_pgt ≥ 0       agents of p who serve g in t           surcharge of the language
//! u_gt  ≥ 0       agents missing                         understaffing price
//! e_gt  ≥ 0       agents on deferred work beyond the live crew
//! i_gt  ∈ [0, idle]   deferred work in the live crew's idle time
//! C_kt  ∈ [due, arrived]   deferred work done by the end of t
//!
//! presence   Σ_g f_pgt ≤ Σ_j present(j,t) x_j                           each p, t
//! cover      Σ_p eff_p f_pgt + u_gt − e_gt = n_gt                       each g, t
//! deferred   Σ_k (C_kt − C_k,t−1) = i_gt + cap_g · e_gt                 each g, t
//! order      C_kt ≥ C_k,t−1                                            each k, t
//! ```
//!
//! Where a promise is kept over days or weeks, `n_gt` is `n₀_gt + Σ_j d_gtj`: the agents who keep the
//! floor and those the schedule adds, step by step of the service curve.
//!
//! ```text
//! d_gtj ∈ [0, agents_gtj]                                agents of a step, allowance left out
//! idle       i_gt − cap · Σ_j d_gtj ≤ idle_gt            idle time grows with the live crew
//! level      Σ_t v_t (h_t(n₀) + Σ_j gain_tj d_tj) ≥ share · Σ_t v_t     each day or week
//! ```
//!
//! and the rows of the rules in [`rules`]: shifts a day, hours a week, commitments, policies.
//! Coverage is soft, so what is infeasible is a rule, never a shortage.
//!
//! Breaks are implicit: each break of a candidate has one whole variable for each position, which
//! add up to `x_j` and take people off presence.
//!
//! The search ([`solve`]) solves the relaxation once, turns its duals into a certified bound,
//! then rounds and improves. [`verify`] walks the finished schedule and shares nothing with it.

mod allocation;
mod batch;
mod breaks;
mod budget;
mod candidate;
mod coarse;
mod cover;
pub mod design;
mod dive;
mod error;
mod explain;
mod extract;
mod keep;
pub mod law;
mod live_crew;
pub mod named;
mod options;
mod problem;
mod refused;
pub mod roster;
pub mod rotating;
pub mod rules;
mod schedule;
mod search;
mod solve;
mod tally;
pub mod tours;
mod track;
mod verify;
pub mod week;
mod windows;

pub use allocation::{Allocation, AllocationPlan, Refusal, Relaxation, allocate};
pub use candidate::Candidate;
pub(crate) use candidate::starts;
pub use error::ScheduleError;
pub use explain::{BindingRule, Conflict};
pub use options::{Solvers, Strategy};
pub use problem::Problem;
pub use schedule::{Assignment, Cost, Crew, Headcount, KeptPromise, PoolCost, Schedule, Shortage};
pub use solve::{Solved, solve};
pub use verify::{Report, verify};
