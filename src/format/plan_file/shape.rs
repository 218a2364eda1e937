//! The shape of `plan.json`. Instants are RFC 3339 in UTC, shares are fractions.

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::generate::SchemaSettings;
use serde::Serialize;

#[cfg(feature = "schema")]
use super::PLAN_SCHEMA_VERSION;
use crate::format::correction_file::CorrectionFile;
use crate::format::plan_shifts::ShiftFile;
use crate::format::roster_file::RosterFile;
use crate::format::tours_file::ToursFile;
#[cfg(feature = "schema")]
use crate::milp::Termination;
#[cfg(feature = "schema")]
use crate::units::Probability;
#[cfg(feature = "schema")]
use crate::workforce::{PoolKind, PromiseScope};

/// The shape as it is generated from the types below.
#[cfg(feature = "schema")]
pub(in crate::format) fn shape(settings: SchemaSettings) -> schemars::Schema {
    let generator = settings.into_generator();
    generator.into_root_schema_for::<PlanFile<'static>>()
}

/// Every reason for which a search stops.
#[cfg(feature = "schema")]
const TERMINATIONS: [Termination; 8] = [
    Termination::Optimal,
    Termination::GapReached,
    Termination::WorkLimit,
    Termination::TimeLimit,
    Termination::Interrupted,
    Termination::Infeasible,
    Termination::Unbounded,
    Termination::NumericalTrouble,
];

/// What promises are kept over.
#[cfg(feature = "schema")]
const SCOPES: [PromiseScope; 3] = [
    PromiseScope::Interval,
    PromiseScope::Day {
        floor: Probability::ZERO,
    },
    PromiseScope::Week {
        floor: Probability::ZERO,
    },
];

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PlanFile<'a> {
    /// Version of this shape.
    #[cfg_attr(feature = "schema", schemars(extend("const" = PLAN_SCHEMA_VERSION)))]
    pub(super) schema_version: u32,
    /// Name of the scenario.
    pub(super) scenario: &'a str,
    /// How many plans before it were kept, each from the one before; left out where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) revision: Option<u32>,
    /// SHA-256 over name and bytes of every file that was read, in lowercase hexadecimal.
    pub(super) input_hash: &'a str,
    /// Version of the program that made the plan.
    pub(super) version: &'static str,
    /// Seed of everything that is drawn.
    pub(super) seed: u64,
    /// Solver that made the schedule.
    pub(super) backend: &'static str,
    /// Why the search stopped.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = TERMINATIONS.map(Termination::word))))]
    pub(super) termination: &'static str,
    /// The days that are planned.
    pub(super) horizon: HorizonFile,
    /// What the plan costs.
    pub(super) cost: CostFile<'a>,
    /// No plan costs less, in the currency of the cost; rounded down to a millionth.
    pub(super) bound: f64,
    /// (cost − bound) / cost, a fraction.
    pub(super) gap: f64,
    /// Contacts over the horizon.
    pub(super) contacts: ContactsFile,
    /// Cost by contact, in the currency of the cost; null without contacts.
    pub(super) cost_per_contact: Option<f64>,
    /// How the plan came to keep its promises in simulation; only where it was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) correction: Option<CorrectionFile<'a>>,
    /// What each queue gets.
    pub(super) queues: Vec<QueueFile<'a>>,
    /// Queues that are staffed together.
    pub(super) groups: Vec<GroupFile<'a>>,
    /// What each pool does, and for how much.
    pub(super) pools: Vec<PoolFile<'a>>,
    /// Each day or week of promises that are kept over them.
    pub(super) promises: Vec<PromiseFile<'a>>,
    /// Rules that cost money, the dearest first.
    pub(super) binding_rules: Vec<BindingFile<'a>>,
    /// Agents that each queue needs, by interval.
    pub(super) requirement: Vec<RequirementFile<'a>>,
    /// How many people start when.
    pub(super) shifts: Vec<ShiftFile>,
    /// Who works when, in pools with named agents; only where there are any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) rosters: Vec<RosterFile<'a>>,
    /// Agents of each pool who serve a group, by interval.
    pub(super) assignments: Vec<AssignmentFile<'a>>,
    /// Agents whom a group misses, by interval.
    pub(super) shortages: Vec<CrewFile<'a>>,
    /// Agents whom the schedule chose for live work, by interval.
    pub(super) live_crews: Vec<CrewFile<'a>>,
    /// Everybody who answers live contacts of a group, by interval.
    pub(super) answering: Vec<CrewFile<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct HorizonFile {
    /// First instant.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub(super) start: String,
    /// First instant after it.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub(super) end: String,
    /// Local days.
    pub(super) days: u32,
    /// Length of an interval in minutes.
    pub(super) interval_minutes: u32,
    /// Zone that the days are counted in, as the IANA database calls it.
    pub(super) timezone: &'static str,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct CostFile<'a> {
    /// Everything that the search minimised, to the hundredth.
    pub(super) total: f64,
    /// Currency of every amount.
    pub(super) currency: &'a str,
    /// What each pool is paid.
    pub(super) by_pool: BTreeMap<&'a str, f64>,
    /// Price put on missing agents, which nobody is paid.
    pub(super) understaffing: f64,
    /// Price put on changes of a kept plan, which nobody is paid; only where one is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) changes: Option<f64>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ContactsFile {
    /// Contacts of all queues.
    pub(super) total: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct QueueFile<'a> {
    /// Name.
    pub(super) id: &'a str,
    /// Group that serves it.
    pub(super) group: &'a str,
    /// Contacts over the horizon.
    pub(super) offered: f64,
    /// Longest wait that is in time, in seconds; null for deferred work.
    pub(super) answer_within_seconds: Option<f64>,
    /// How long a customer waits on average, in seconds; null where nobody hangs up.
    pub(super) patience_seconds: Option<f64>,
    /// Time of an agent that a contact takes on average, in seconds.
    pub(super) handling_seconds: f64,
    /// Share of contacts promised to be in time, a fraction.
    pub(super) service_level_target: f64,
    /// Contacts that keep the promise together.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = SCOPES.map(PromiseScope::word))))]
    pub(super) service_level_scope: &'static str,
    /// Share that every interval keeps all the same, a fraction; null for promises of intervals.
    pub(super) service_level_floor: Option<f64>,
    /// Share of contacts in time by formula, a fraction.
    pub(super) service_level_planned: f64,
    /// Share of contacts in time by simulation, a fraction; null for deferred work.
    pub(super) service_level_simulated: Option<f64>,
    /// Half width of its 95 % interval, a fraction.
    pub(super) service_level_half_width: Option<f64>,
    /// Chance that a day keeps the promise, a fraction.
    pub(super) chance_of_a_day: Option<f64>,
    /// Chance that seven days together keep it, a fraction.
    pub(super) chance_of_a_week: Option<f64>,
    /// Chance that four weeks together keep it, a fraction.
    pub(super) chance_of_a_month: Option<f64>,
    /// Share of agents' time spent on contacts, a fraction.
    pub(super) occupancy: f64,
    /// Contacts that really came, where the history holds them.
    pub(super) actual: Option<f64>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct GroupFile<'a> {
    /// Name.
    pub(super) id: &'a str,
    /// Tier of its queues.
    pub(super) tier: &'a str,
    /// Language of its queues.
    pub(super) language: &'a str,
    /// Agent-hours needed over the horizon.
    pub(super) aggregate_hours: f64,
    /// Agents needed in the busiest interval.
    pub(super) peak_agents: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PoolFile<'a> {
    /// Name.
    pub(super) id: &'a str,
    /// One's own, or a vendor's.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = [PoolKind::InHouse.word(), PoolKind::Bpo.word()])))]
    pub(super) kind: &'static str,
    /// Where it is.
    pub(super) site: &'a str,
    /// Shifts worked, counted by person.
    pub(super) people_shifts: u32,
    /// Hours on the queue within the horizon.
    pub(super) hours: f64,
    /// Hours paid, with what shrinkage takes.
    pub(super) paid_hours: f64,
    /// Paid hours over the hours of a contract.
    pub(super) fte: f64,
    /// Cost of shifts with their premiums.
    pub(super) cost_shifts: f64,
    /// What dearer languages add.
    pub(super) cost_languages: f64,
    /// Committed hours or shifts that nobody works.
    pub(super) cost_unused: f64,
    /// Guaranteed hours of contracts that nobody works.
    pub(super) cost_guaranteed_hours: f64,
    /// Premiums of the labour law.
    pub(super) cost_law_premiums: f64,
    /// The same by name.
    pub(super) law_premiums: BTreeMap<&'a str, f64>,
    /// Agents needed of each contract.
    pub(super) tours: Vec<ToursFile>,
    /// Breaches of the law that could not be avoided.
    pub(super) tours_against_law: usize,
    /// Agents beyond those that contracts allow.
    pub(super) agents_over_contracts: u32,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct PromiseFile<'a> {
    /// Queue or group that was promised something.
    pub(super) id: &'a str,
    /// Group that serves it.
    pub(super) group: &'a str,
    /// What the promise is kept over.
    #[cfg_attr(feature = "schema", schemars(extend("enum" = SCOPES.map(PromiseScope::word))))]
    pub(super) scope: &'static str,
    /// First instant.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub(super) start: String,
    /// First instant after it.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub(super) end: String,
    /// Contacts in it.
    pub(super) offered: f64,
    /// Share promised, a fraction.
    pub(super) service_level_target: f64,
    /// Share by formula, a fraction.
    pub(super) service_level_planned: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct CrewFile<'a> {
    /// Group.
    pub(super) group: &'a str,
    /// Beginning of the interval.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub(super) start: String,
    /// Agents.
    pub(super) agents: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct BindingFile<'a> {
    /// Name of the rule.
    pub(super) rule: &'a str,
    /// What one unit less of it would save, in the currency of the cost.
    pub(super) price: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct RequirementFile<'a> {
    /// Queue.
    pub(super) queue: &'a str,
    /// Group that serves it.
    pub(super) group: &'a str,
    /// Beginning of the interval.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub(super) start: String,
    /// Its share, by workload, of the agents that the group needs.
    pub(super) agents: f64,
    /// The same before rounding up.
    pub(super) agents_fractional: f64,
    /// Contacts in the interval.
    pub(super) volume: f64,
}

#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct AssignmentFile<'a> {
    /// Pool.
    pub(super) pool: &'a str,
    /// Group that is served.
    pub(super) group: &'a str,
    /// Beginning of the interval.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    pub(super) start: String,
    /// Agents.
    pub(super) agents: f64,
}
