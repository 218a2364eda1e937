//! The loop: solve → simulate → correct the requirement → solve again, until every promise holds.
//!
//! Formulas for each interval know nothing of the interval before it. Before the second schedule the
//! requirement of each interval is therefore fitted to what the simulation says of exactly that
//! crew ([`calibrate`]): raised where a promise is missed, lowered where one agent less would still
//! keep it. Schedules have more people here and there, so each is simulated as it is, and what is
//! still missed is raised again. For promises over days and weeks the share that the formula has to
//! come to is moved by the difference.

mod calibrate;

use std::time::Instant;

use super::pipeline::{Schedules, finish, prepare, problem};
use super::trial::{Holding, Rehearsal, Verdict, crews, verdicts};
use super::{Plan, PlanError, Scenario, TrialError};
use crate::milp::{Event, Observer};
use crate::requirements::{GroupCorrection, LivePromise, Requirement};
use crate::scheduling::{Solved, Strategy};
use crate::simulation::SimulationError;
use crate::units::{Money, Probability};
use crate::workforce::{Announced, KeptShifts, PromiseScope};

/// Standard errors by which a promise has to be exceeded before the loop relies on it.
const SAFE: f64 = 3.0;

/// The same where the loop looks at schedules rather than at requirements.
const LIKELY: f64 = 2.5;

/// A share by which a promise over days or weeks may be exceeded without being lowered.
const ENOUGH: f64 = 0.004;

/// What makes the seed of the last word another one.
const UNSEEN: u64 = 0x5DEE_CE66_D1CE_4E5B;

/// The largest share that is ever asked of a formula.
const MOST_ASKED: f64 = 0.9995;

/// How plans are corrected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correction {
    /// Most rounds of scheduling after the first.
    pub rounds: u32,
    /// Simulated horizons behind each decision.
    pub replications: u32,
    /// Simulated horizons behind the last word, with another seed.
    pub proof: u32,
}

impl Default for Correction {
    /// Five rounds, 1,000 horizons behind each decision and 4,000 behind the last word.
    fn default() -> Self {
        Self {
            rounds: 5,
            replications: 1_000,
            proof: 4_000,
        }
    }
}

/// What one round of the loop came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// What its schedule costs, tours left out.
    pub cost: Money,
    /// The bound on it.
    pub bound: f64,
    /// Promises in intervals, days or weeks that were looked at.
    pub looked_at: usize,
    /// How many of them were missed for certain.
    pub missed: usize,
    /// How many could not be told to hold.
    pub open: usize,
    /// Agent-hours that corrections add to the requirement, less those they take away.
    pub added_hours: f64,
}

/// How a plan came to hold, or why it does not.
#[derive(Debug, Clone, PartialEq)]
pub struct Corrected {
    /// The rounds, the first one without any correction.
    pub rounds: Vec<Round>,
    /// Verdicts of the last word: many horizons with a seed that no decision saw.
    pub verdicts: Vec<Verdict>,
    /// Why promises do not hold, in words; empty when they do.
    pub obstacles: Vec<String>,
}

impl Corrected {
    /// Whether every promise holds at 95 % confidence, and nothing stands against it.
    pub fn holds(&self) -> bool {
        let mut verdicts = self.verdicts.iter();
        self.obstacles.is_empty() && verdicts.all(|v| v.holding() == Holding::Holds)
    }
}

/// Makes a plan whose promises hold in simulation, or says why they cannot.
///
/// The time limit of the strategy is for all rounds and their simulations together; each round starts
/// from the shifts of the one before. When the time is over or the observer cancels, what there is
/// becomes the plan: its last word is then that of the last round, and an obstacle says so.
///
/// # Errors
/// [`PlanError`] as for [`plan`](super::plan()); [`PlanError::Trial`] for fewer than two replications
/// and for a line that is too large to be simulated.
pub fn corrected(
    scenario: &Scenario,
    strategy: &Strategy,
    correction: &Correction,
    observer: &dyn Observer,
) -> Result<Plan, PlanError> {
    for replications in [correction.replications, correction.proof] {
        if replications < 2 {
            return Err(TrialError::TooFew { replications }.into());
        }
    }
    let begun = Instant::now();
    let (demand, formula) = prepare(scenario, observer)?;
    let budget = |rounds_left: u32| {
        let left = strategy.time_limit.saturating_sub(begun.elapsed());
        left / rounds_left.clamp(1, 3)
    };
    let mut work = Loop {
        scenario,
        formula: &formula,
        corrections: formula.groups.iter().map(GroupCorrection::none).collect(),
        correction,
        until: begun.checked_add(strategy.time_limit),
        observer,
    };
    let mut schedules = Schedules::new(scenario, strategy, observer);
    let mut requirement = formula.clone();
    let mut rounds = Vec::new();
    let mut seen;
    let mut solved;
    loop {
        let number = u32::try_from(rounds.len()).unwrap_or(u32::MAX);
        schedules.time_limit = budget(correction.rounds.saturating_add(1).saturating_sub(number));
        solved = schedules.solve(&requirement)?;
        observer.on(&Event::Stage { name: "simulation" });
        seen = work.look(&requirement, &solved, Sample::Decision)?;
        let verdicts = seen.as_deref().unwrap_or_default();
        let is_kept = seen.is_some() && verdicts.iter().all(|v| v.margin(LIKELY) >= 0.0);
        rounds.push(work.round(&solved, &requirement, verdicts));
        let is_over = begun.elapsed() >= strategy.time_limit.mul_f64(0.9);
        let must_stop = observer.is_cancelled() || is_over || seen.is_none();
        if must_stop || number >= correction.rounds || (number > 0 && is_kept) {
            break;
        }
        let mut is_changed = false;
        if number == 0 {
            observer.on(&Event::Stage { name: "correction" });
            is_changed = work.calibrate()?;
        }
        is_changed |= work.learn(&requirement, verdicts, number > 0);
        if !is_changed {
            break;
        }
        requirement = formula.corrected(&work.corrections);
        schedules.keep(KeptShifts {
            shifts: solved.schedule.shifts.clone(),
            price_per_change: Money::ZERO,
            announced: Announced::default(),
        });
    }
    // The shifts of earlier rounds were only a start.
    let problem = problem(scenario, &requirement);
    let mut obstacles = Vec::new();
    let proof = work.look(&requirement, &solved, Sample::Proof)?;
    if proof.is_none() {
        obstacles.push(
            "there was no time left to simulate the plan with contacts that no decision saw; give it \
             more"
                .to_owned(),
        );
    }
    let last = proof.or(seen).unwrap_or_default();
    for verdict in last.iter().filter(|v| v.holding() != Holding::Holds) {
        obstacles.push(obstacle(&requirement, &solved, verdict));
    }
    let mut plan = finish(
        scenario,
        (demand, requirement),
        problem,
        solved,
        strategy,
        (begun, strategy.time_limit),
        observer,
    )?;
    plan.corrected = Some(Corrected {
        rounds,
        verdicts: last,
        obstacles,
    });
    Ok(plan)
}

/// Contacts that are simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sample {
    /// Those that schedules are judged by.
    Decision,
    /// Those that requirements are fitted to.
    Fitting,
    /// Those that no decision saw.
    Proof,
}

/// What the rounds share.
struct Loop<'a> {
    scenario: &'a Scenario,
    /// The requirement that formulas ask for.
    formula: &'a Requirement,
    corrections: Vec<GroupCorrection>,
    correction: &'a Correction,
    until: Option<Instant>,
    observer: &'a dyn Observer,
}

impl Loop<'_> {
    fn rehearsal<'r>(&'r self, requirement: &'r Requirement, sample: Sample) -> Rehearsal<'r> {
        let (replications, seed) = match sample {
            Sample::Decision => (self.correction.replications, self.scenario.seed),
            Sample::Fitting => (
                self.correction.replications,
                self.scenario.seed.wrapping_add(1),
            ),
            Sample::Proof => (self.correction.proof, self.scenario.seed ^ UNSEEN),
        };
        Rehearsal {
            scenario: self.scenario,
            requirement,
            replications,
            seed,
            until: self.until,
            observer: self.observer,
        }
    }

    /// Simulates a schedule; `None` when it is stopped before there is anything to say.
    fn look(
        &self,
        requirement: &Requirement,
        solved: &Solved,
        sample: Sample,
    ) -> Result<Option<Vec<Verdict>>, TrialError> {
        let problem = problem(self.scenario, requirement);
        let crews = crews(&problem, &solved.schedule);
        match verdicts(&self.rehearsal(requirement, sample), &crews) {
            Err(TrialError::Simulation(SimulationError::Stopped)) => Ok(None),
            seen => seen.map(Some),
        }
    }

    fn round(&self, solved: &Solved, requirement: &Requirement, seen: &[Verdict]) -> Round {
        let hours = requirement.grid.interval_length().hours();
        let agents = |r: &Requirement| -> f64 {
            let groups = r.groups.iter();
            let live = groups
                .flat_map(|g| (0..g.live.len()).map(move |t| g.live_agents(t, r.rules.rounding)));
            live.sum()
        };
        let count = |holding| seen.iter().filter(|v| v.holding() == holding).count();
        Round {
            cost: solved.schedule.cost.total(),
            bound: solved.bound,
            looked_at: seen.len(),
            missed: count(Holding::Missed),
            open: count(Holding::Open),
            added_hours: (agents(requirement) - agents(self.formula)) * hours,
        }
    }

    /// Fits the requirement of every interval of groups with promises of intervals.
    fn calibrate(&mut self) -> Result<bool, TrialError> {
        let mut is_changed = false;
        for group in 0..self.formula.groups.len() {
            let rehearsal = self.rehearsal(self.formula, Sample::Fitting);
            if let Some(agents) = calibrate::calibrate(&rehearsal, group, SAFE)? {
                is_changed |= self.corrections[group].agents != agents;
                self.corrections[group].agents = agents;
            }
        }
        Ok(is_changed)
    }

    /// Moves requirements by what a schedule got. Intervals are only raised, and only once they are
    /// fitted; days and weeks are moved both ways.
    fn learn(&mut self, requirement: &Requirement, seen: &[Verdict], is_fitted: bool) -> bool {
        let mut is_changed = false;
        for verdict in seen {
            let group = &requirement.groups[verdict.group];
            let promise = &group.promised[verdict.promise];
            let own = &mut self.corrections[verdict.group];
            let margin = verdict.margin(LIKELY);
            let is_scoped = |p: &LivePromise| p.scope != PromiseScope::Interval;
            if is_scoped(promise) {
                // Promises over days or weeks are in the order of all of them.
                let before = &group.promised[..verdict.promise];
                let place = before.iter().filter(|p| is_scoped(p)).count();
                let asked = &mut own.asked[place][verdict.part];
                let move_by = if margin < 0.0 {
                    // A little more than the difference, so that the next round does it.
                    -margin * 1.1 + 2e-4
                } else if margin > ENOUGH {
                    -(margin - ENOUGH / 2.0)
                } else {
                    0.0
                };
                let after = (asked.get() + move_by).clamp(0.01, MOST_ASKED.max(asked.get()));
                is_changed |= (after - asked.get()).abs() > 1e-9;
                *asked = Probability::saturating(after);
            } else if is_fitted && margin < 0.0 {
                own.agents[verdict.intervals.start] += 1;
                is_changed = true;
            }
        }
        is_changed
    }
}

/// Why a promise does not hold, in words.
fn obstacle(requirement: &Requirement, solved: &Solved, verdict: &Verdict) -> String {
    let group = &requirement.groups[verdict.group];
    let promise = &group.promised[verdict.promise];
    let short = solved.schedule.shortages.iter();
    let missing: f64 = short
        .filter(|s| s.group == verdict.group && verdict.intervals.contains(&s.interval))
        .map(|s| s.agents)
        .sum();
    let at = requirement
        .grid
        .instant(verdict.intervals.start)
        .format("%a %F %R UTC");
    let level = verdict.level;
    let why = if missing > 1e-6 {
        "agents are missing there: see what stands in their way".to_owned()
    } else if verdict.holding() == Holding::Open {
        "the simulation cannot tell; more replications would".to_owned()
    } else {
        "the rounds or the time were over; allow more of them".to_owned()
    };
    format!(
        "{} from {at}: {:.2} % ± {:.2} of {:.2} % promised; {why}",
        promise.name,
        level.mean * 100.0,
        level.half_width() * 100.0,
        promise.share.get() * 100.0
    )
}
