//! Least-cost sizes of agent groups under given routing: which mix of skills keeps the promises?
//!
//! ```text
//! pooled Erlang rows ─► cheapest sizes ─► simulate ─► cuts from what one agent more would bring
//!                          ▲                                   │
//!                          └───────────────────────────────────┘ until the sample keeps all targets
//! exchange of one or two agents against others, leaps of several ─► proof with fresh random numbers
//! ```
//!
//! Every simulation of the search meets the same contacts, so differences between sizes are far more
//! exact than levels. Cuts are those of Atlason, Epelman & Henderson (2004) and Cezik & L'Ecuyer (2008),
//! "Staffing multiskill call centers via linear programming and simulation". Service levels are not
//! concave where many contacts wait, and a cut from there may take away too much; the exchange that
//! follows works on the simulation alone and is bound by no cut.

mod check;
mod condition;
mod cuts;
mod exchange;
mod leap;
mod relaxation;
mod solve;
mod trials;

use std::time::Duration;

use thiserror::Error;

use crate::milp::MilpError;
use crate::scheduling::Solvers;
use crate::simulation::{Layout, Scope, SimulationError};
use crate::units::{Probability, whole};
use crate::workforce::Faults;

pub use condition::{MixCondition, MixLevel};
pub use solve::least_cost_mix;

/// What an agent of a group costs, and how many there may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupPrice {
    /// Cost of an agent who is there all day.
    pub cost: f64,
    /// Fewest agents.
    pub least: u32,
    /// Most agents.
    pub most: u32,
}

impl GroupPrice {
    /// An agent's cost, and as many agents as could ever be of use: ten standard deviations over
    /// the load of the busiest period if the group served all its types alone.
    pub fn free(layout: &Layout, group: usize, cost: f64) -> Self {
        let peak = relaxation::peak_load(layout, group);
        Self {
            cost,
            least: 0,
            most: whole::ceil(peak + 10.0 * peak.sqrt() + 1.0),
        }
    }
}

/// What is promised to some contacts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MixTarget {
    /// The contacts: all, those of a type, of a period, or both.
    pub scope: Scope,
    /// Share of all that come which is answered in time, by the thresholds of their types.
    pub share: Option<Probability>,
    /// Largest share that hangs up.
    pub abandonment: Option<Probability>,
}

/// Whether a group is as large all day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MixSizes {
    /// One size for the whole day.
    #[default]
    Constant,
    /// A size for each period.
    ByPeriod,
}

/// A centre whose groups are to be sized.
#[derive(Debug, Clone, PartialEq)]
pub struct MixProblem {
    /// The centre; its numbers of agents do not matter.
    pub layout: Layout,
    /// Price and bounds of each group.
    pub prices: Vec<GroupPrice>,
    /// What is promised.
    pub targets: Vec<MixTarget>,
    /// Whether sizes may change from period to period.
    pub sizes: MixSizes,
}

/// How to search.
#[derive(Debug, Clone, PartialEq)]
pub struct MixOptions {
    /// Replications behind each decision, at least 2.
    pub replications: u32,
    /// Replications behind the last word, at least 2.
    pub proof: u32,
    /// Seed of all randomness.
    pub seed: u64,
    /// One-sided confidence with which each target has to hold in the end. Up to 12 proofs are tried
    /// and the first to succeed is taken, so the `k`-th is asked for `1 − (1 − confidence) / 2^k`.
    pub confidence: Probability,
    /// Rounds of cuts, after which sizes come down from the most instead.
    pub rounds: usize,
    /// Wall-clock limit of simulations and models, a safety net.
    pub time_limit: Option<Duration>,
    /// Backends for the models.
    pub solvers: Solvers,
}

/// Contacts behind each decision, about.
const CONTACTS: f64 = 1_500_000.0;

impl MixOptions {
    /// Some 1,500,000 contacts behind each decision and eight times as many behind the last word, 95 %
    /// confidence, at most 60 rounds of cuts, seed 1 and no limit of time.
    pub fn new(problem: &MixProblem, solvers: Solvers) -> Self {
        let contacts = relaxation::contacts(&problem.layout);
        let replications = whole::round((CONTACTS / contacts.max(1.0)).clamp(40.0, 4_000.0));
        Self {
            replications,
            proof: 8 * replications,
            seed: 1,
            confidence: Probability::saturating(0.95),
            rounds: 60,
            time_limit: None,
            solvers,
        }
    }
}

/// Why the search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MixEnd {
    /// Nothing that was tried is cheaper in the simulation of the search: exchanges of one or two
    /// agents against as many others, of single ones beyond 12 sizes, of which only those are tried
    /// that differences of single agents predict, and of these the 24 cheapest; and leaps of several,
    /// at most 16. The search began from at most 9 starts: the true prices, and each of the 8 groups
    /// that serve most types preferred.
    LocalMinimum,
    /// Not even the most agents keep every target.
    Unreachable,
    /// The sizes keep every target in the search, and could not be shown to in the proof.
    NotProven,
    /// The time was over before.
    TimeLimit,
    /// Somebody stopped it before.
    Cancelled,
}

/// Sizes, their cost, and what they bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Mix {
    /// Agents by group; one number, or one for each period.
    pub sizes: Vec<Vec<u32>>,
    /// What they cost.
    pub cost: f64,
    /// Cost of the fluid relaxation: agents, in fractions, who are just busy enough to answer the
    /// promised shares. No sizes cost less in steady state; a day of few handling times, whose last
    /// contacts are finished after it, may do with a little less. 0 where there was no time for it.
    pub fluid: f64,
    /// Cost of the cheapest sizes with which every set of types has the agents it would need with
    /// one line and the fastest handling times, by Erlang C or A. What pooling could bring at best
    /// where the longest wait goes first; no proven bound.
    pub pooled: f64,
    /// Each target in a simulation with fresh random numbers; empty where the search was stopped
    /// before.
    pub levels: Vec<MixLevel>,
    /// Why the search ended.
    pub end: MixEnd,
    /// Simulations done.
    pub simulations: usize,
    /// Contacts in all of them.
    pub contacts: u64,
}

impl Mix {
    /// Whether every target holds at the confidence asked for; a search that was stopped before
    /// the proof does not know.
    pub fn holds(&self) -> bool {
        !self.levels.is_empty() && self.levels.iter().all(|level| level.holds)
    }

    /// The layout with these sizes.
    #[must_use]
    pub fn staffed(&self, layout: &Layout) -> Layout {
        let mut layout = layout.clone();
        for (group, agents) in layout.groups.iter_mut().zip(&self.sizes) {
            group.agents.clone_from(agents);
        }
        layout
    }
}

/// Sizes that could not be looked for.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum MixError {
    /// The problem has faults.
    #[error(transparent)]
    Input(#[from] Faults),
    /// A model could not be solved.
    #[error(transparent)]
    Milp(#[from] MilpError),
    /// A simulation came to nothing.
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}
