use super::{Corrected, Demand, QueueTrial, Scenario};
use crate::calendar::Series;
use crate::milp::Backend;
use crate::requirements::Requirement;
use crate::scheduling::named::PoolRoster;
use crate::scheduling::tours::PoolTours;
use crate::scheduling::{Problem, Refusal, Report, Solved};
use crate::units::whole::decimals;
use crate::units::{Money, Probability};
use crate::workforce::{QueueId, ServiceTarget, Tier};

/// A coverage plan with every intermediate result it rests on.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What it was made from.
    pub scenario: Scenario,
    /// Contacts.
    pub demand: Demand,
    /// Agents needed.
    pub requirement: Requirement,
    /// What the schedule had to do.
    pub problem: Problem,
    /// Shifts, cost, bound, and why the search stopped.
    pub solved: Solved,
    /// Every shift in an agent's week.
    pub tours: Vec<PoolTours>,
    /// Every shift of pools with named agents in the week of one of them, or open.
    pub rosters: Vec<PoolRoster>,
    /// The independent check.
    pub report: Report,
    /// Tiers that are short of agents because no division of their work among the pools keeps all
    /// rules, whatever the time of day; with the reason.
    pub refusals: Vec<(Tier, Refusal)>,
    /// What each queue gets.
    pub queues: Vec<QueueOutlook>,
    /// How the plan came to keep its promises in simulation, where it was corrected.
    pub corrected: Option<Corrected>,
    /// The backend that made the schedule.
    pub backend: Backend,
}

/// What a queue can expect from the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueOutlook {
    /// The queue.
    pub id: QueueId,
    /// Contacts offered over the horizon.
    pub offered: f64,
    /// The promise.
    pub target: ServiceTarget,
    /// Share of contacts in time by formula: Erlang C in each interval with the agents planned,
    /// weighted by contacts, for live queues; earliest deadline first for deferred ones.
    pub service_level: Probability,
    /// What a simulation says, for live queues.
    pub simulated: Option<QueueTrial>,
    /// Share of agents' time on this queue's group that is spent on contacts, over the horizon.
    pub occupancy: Probability,
    /// Contacts that really came in each interval, where the history holds them.
    pub actual: Option<Series<f64>>,
}

impl Plan {
    /// Contacts of all queues over the horizon.
    pub fn contacts(&self) -> f64 {
        self.requirement.contacts()
    }

    /// Everything the plan costs.
    pub fn cost(&self) -> Money {
        self.solved.schedule.cost.total()
    }

    /// Everything the plan costs to the hundredth, as files tell it.
    pub fn told_cost(&self) -> f64 {
        self.cost().rounded().get()
    }

    /// The lower bound as files tell it: rounded down to a millionth, never up over what was proven,
    /// and not above the cost that is told.
    pub fn told_bound(&self) -> f64 {
        ((self.solved.bound * 1e6).floor() / 1e6).min(self.told_cost())
    }

    /// (cost − bound) / cost of what is told, to nine decimals; 0 where nothing is paid.
    pub fn told_gap(&self) -> f64 {
        let (cost, bound) = (self.told_cost(), self.told_bound());
        if cost > 0.0 {
            decimals((cost - bound) / cost, 9)
        } else {
            0.0
        }
    }

    /// Cost of a contact; `None` without contacts.
    pub fn cost_per_contact(&self) -> Option<Money> {
        let contacts = self.contacts();
        (contacts > 0.0).then(|| Money::new(self.cost().get() / contacts).unwrap_or_default())
    }

    /// Agent-hours missing over the horizon.
    pub fn missing_hours(&self) -> f64 {
        let agents: f64 = self
            .solved
            .schedule
            .shortages
            .iter()
            .map(|s| s.agents)
            .sum();
        // A sum of nothing is a negative zero.
        agents * self.problem.interval_hours() + 0.0
    }
}
