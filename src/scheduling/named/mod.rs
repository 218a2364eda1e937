//! Rosters of named agents: who works which shift of a schedule.
//!
//! ```text
//! min  open · 10⁶ + weekends over · 10⁵ + Σ broken wishes + fairness Σ_a Σ_m (past_am + load_am − share_am)² + unworked
//! ```
//!
//! over lawful tours `a` and the measures `m` of [`Fairness`](crate::workforce::Fairness). A shift
//! is given to an agent only where availability, absence, contract and law (with what was worked
//! before the horizon) allow it; otherwise it is open, and says what stands against each agent.
//!
//! The anonymous tours of the pool come first: `start` gives them to agents week by week at the
//! least cost. `improve` then anneals exchanges of days between two agents, and divides whole days
//! and stretches of days anew by assignment (`matching`); `eject` looks for room for open shifts
//! over some agents. [`verify_rosters`] shares nothing with them.

mod desk;
mod divide;
mod eject;
mod facts;
mod improve;
mod matching;
mod open;
mod person;
mod standing;
mod start;
mod verify;
mod weekends;
mod work;

use std::collections::BTreeMap;
use std::time::Duration;

use rayon::prelude::*;

pub use verify::verify_rosters;

use super::Problem;
use super::budget::Budget;
use super::tours::PoolTours;
use crate::milp::Observer;
use crate::workforce::{Shift, Tour};
use desk::Desk;
pub(super) use facts::Facts;
pub(super) use person::takers;

/// The reason of agents who were not asked.
const NOT_ASKED: &str = "not_asked";

/// Part of the time for the search; the rest is for saying why shifts are open.
const SEARCH: f64 = 0.9;

/// A shift that no agent of the pool takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenShift {
    /// The shift, of one person.
    pub shift: Shift,
    /// What stands against giving it to agents who have their other shifts: the first reason for
    /// each agent by name, and how many agents it holds for. The names are those of the law's
    /// rules, or `availability`, `absence`, `contract_shifts`, `contract_hours`, `contract_days`,
    /// `start_band`, `days_off` (too few of them together in a week), `other_shift` (another one
    /// starts on that day), and `not_asked` for agents who may be able to take it: time ended or it
    /// was cancelled before they were asked.
    pub against: BTreeMap<&'static str, u32>,
}

/// What an agent works of the things that are shared out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Load {
    /// Hours of shifts, breaks included.
    pub hours: f64,
    /// Night shifts by the law of the pool.
    pub nights: u32,
    /// Shifts that start on a Saturday or Sunday.
    pub weekends: u32,
    /// Shifts with an unpopular start.
    pub unpopular: u32,
}

/// What is left open of what a roster should be.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Penalty {
    /// Weights of broken wishes.
    pub wishes: f64,
    /// Weighted squares of distances from fair shares.
    pub fairness: f64,
    /// Guaranteed hours that are not worked, those of days of absence left out.
    pub unworked_hours: f64,
}

impl Penalty {
    /// Everything that counts against the roster, open shifts and weekends over left out.
    pub fn total(&self) -> f64 {
        self.wishes + self.fairness + self.unworked_hours
    }
}

/// The roster of a pool with named agents. It is not paid: the cost of a plan holds overtime and
/// guaranteed hours of the anonymous tours ([`PoolTours`]). The mix of contracts (`share_min`,
/// `share_max`) is looked at there too and not in the roster.
#[derive(Debug, Clone, PartialEq)]
pub struct PoolRoster {
    /// Position of the pool.
    pub pool: usize,
    /// One tour for each agent, in the order of the staff; some may be without shifts.
    pub tours: Vec<Tour>,
    /// Shifts that nobody takes, in the order of their starts.
    pub open: Vec<OpenShift>,
    /// Days on which a wish is kept, and on which one is broken.
    pub wishes: (u32, u32),
    /// What each agent works over the horizon, in the order of the staff.
    pub loads: Vec<Load>,
    /// The same of the known history.
    pub past: Vec<Load>,
    /// What counts against the roster.
    pub penalty: Penalty,
    /// Agents who work on a weekend beyond the share of their contract, over all weeks. Shifts are
    /// not left open for it.
    pub weekends_over: u32,
}

/// Gives the shifts of every pool with named agents to them. Always the same for the same tours
/// and seed on any number of threads, unless time ends or it is cancelled: then the best so far,
/// with what is not given to anybody yet open.
///
/// The answer is found heuristically; it is checked by [`verify_rosters`].
pub fn rosters(
    problem: &Problem,
    tours: &[PoolTours],
    seed: u64,
    time_limit: Duration,
    observer: &dyn Observer,
) -> Vec<PoolRoster> {
    let search = Budget::start(time_limit.mul_f64(SEARCH), None, observer);
    let all = Budget::start(time_limit, None, observer);
    (tours.par_iter().with_max_len(1))
        .filter_map(|own| {
            let pool = problem.pools.get(own.pool)?;
            let staff = pool.staff.as_ref()?;
            let law = desk::law(problem, pool);
            let desk = Desk::new(problem, own, staff, &law);
            let first = start::start(&desk, own, &search);
            let best = improve::improve(&desk, first, seed.wrapping_add(own.pool as u64), &search);
            Some(open::finished(&desk, own.pool, &best, &all))
        })
        .collect()
}
