//! Sizes tried in simulation, each once.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::condition::{MixCondition, MixLevel, Seen, confidence_of, seen};
use super::{MixEnd, MixError, MixOptions, MixProblem, MixSizes};
use crate::milp::{MilpError, Observer};
use crate::simulation::{Centre, Ended, Options, Simulated, SimulationError, simulate};
use crate::workforce::Faults;

/// Part of the replications that tells differences, and what is hopeless.
const PART: u32 = 8;

/// Standard errors by which something is hopeless.
const HOPELESS: f64 = 3.5;

/// Why no more sizes are tried.
#[derive(Debug)]
pub(super) enum Stop {
    /// The search ends with what it has.
    End(MixEnd),
    /// Something failed.
    Error(MixError),
}

impl From<Faults> for Stop {
    fn from(error: Faults) -> Self {
        Self::Error(error.into())
    }
}

impl From<MilpError> for Stop {
    fn from(error: MilpError) -> Self {
        Self::Error(error.into())
    }
}

impl From<SimulationError> for Stop {
    fn from(error: SimulationError) -> Self {
        Self::Error(error.into())
    }
}

/// How closely to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    /// At a part of the replications.
    Short,
    /// At all of them.
    Full,
}

/// Simulations of sizes, one number for each group, or for each group and period in turn.
#[derive(Debug)]
pub(super) struct Trials<'a> {
    pub(super) problem: &'a MixProblem,
    pub(super) options: &'a MixOptions,
    pub(super) observer: &'a dyn Observer,
    pub(super) conditions: Vec<MixCondition>,
    /// Whether a part of the replications has to do for everything.
    pub(super) is_rough: bool,
    /// Cost of the fluid relaxation.
    pub(super) fluid: f64,
    pub(super) simulations: usize,
    pub(super) contacts: u64,
    begun: Instant,
    known: BTreeMap<(Look, Vec<u32>), Seen>,
}

impl<'a> Trials<'a> {
    pub(super) fn new(
        problem: &'a MixProblem,
        options: &'a MixOptions,
        observer: &'a dyn Observer,
    ) -> Self {
        Self {
            problem,
            options,
            observer,
            conditions: MixCondition::all(problem),
            is_rough: false,
            fluid: 0.0,
            simulations: 0,
            contacts: 0,
            begun: Instant::now(),
            known: BTreeMap::new(),
        }
    }

    /// Periods with sizes of their own.
    pub(super) fn periods(&self) -> usize {
        match self.problem.sizes {
            MixSizes::Constant => 1,
            MixSizes::ByPeriod => self.problem.layout.periods.len(),
        }
    }

    /// Bounds of each size.
    pub(super) fn bounds(&self) -> Vec<(u32, u32)> {
        let prices = self.problem.prices.iter();
        prices
            .flat_map(|price| vec![(price.least, price.most); self.periods()])
            .collect()
    }

    /// Cost of an agent of each size.
    pub(super) fn costs(&self) -> Vec<f64> {
        let layout = &self.problem.layout;
        let parts: Vec<f64> = match self.problem.sizes {
            MixSizes::Constant => vec![1.0],
            MixSizes::ByPeriod => {
                let day = layout.length();
                layout.periods.iter().map(|length| length / day).collect()
            }
        };
        let prices = self.problem.prices.iter();
        prices
            .flat_map(|price| parts.iter().map(|part| part * price.cost))
            .collect()
    }

    pub(super) fn cost(&self, sizes: &[u32]) -> f64 {
        let costs = self.costs();
        costs
            .iter()
            .zip(sizes)
            .map(|(c, &n)| c * f64::from(n))
            .sum()
    }

    pub(super) fn by_group(&self, sizes: &[u32]) -> Vec<Vec<u32>> {
        sizes.chunks(self.periods()).map(<[u32]>::to_vec).collect()
    }

    /// Whether the search has to end.
    pub(super) fn over(&self) -> Option<MixEnd> {
        let limit = self.options.time_limit;
        if self.observer.is_cancelled() {
            Some(MixEnd::Cancelled)
        } else if limit.is_some_and(|limit| self.begun.elapsed() >= limit) {
            Some(MixEnd::TimeLimit)
        } else {
            None
        }
    }

    /// Time that is left; `None` without a limit.
    pub(super) fn left(&self) -> Option<Duration> {
        let limit = self.options.time_limit;
        limit.map(|limit| limit.saturating_sub(self.begun.elapsed()))
    }

    /// By how much sizes exceed or miss each condition, with the contacts of the search.
    pub(super) fn look(&mut self, sizes: &[u32], look: Look) -> Result<Seen, Stop> {
        let look = if self.is_rough { Look::Short } else { look };
        let key = (look, sizes.to_vec());
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let replications = match look {
            Look::Full => self.options.replications,
            Look::Short => (self.options.replications / PART).max(2),
        };
        let simulated = self.simulate(sizes, replications, self.options.seed)?;
        let found = seen(&self.conditions, &simulated);
        self.known.insert(key, found.clone());
        Ok(found)
    }

    /// The same; `None` where a part of the replications says that some condition is missed by more
    /// than its margin.
    pub(super) fn screened(
        &mut self,
        sizes: &[u32],
        margins: &[f64],
    ) -> Result<Option<Seen>, Stop> {
        let short = self.look(sizes, Look::Short)?;
        let mut all = short.slack.iter().zip(&short.error).zip(margins);
        if all.any(|((slack, error), margin)| slack + HOPELESS * error < *margin) {
            return Ok(None);
        }
        self.look(sizes, Look::Full).map(Some)
    }

    /// The conditions with other contacts than those of the search.
    pub(super) fn proof(&mut self, sizes: &[u32], attempt: u32) -> Result<Vec<MixLevel>, Stop> {
        let seed = self.options.seed ^ 0x5DEE_CE66_D1CE_4E5B;
        let simulated =
            self.simulate(sizes, self.options.proof, seed.wrapping_add(attempt.into()))?;
        let confidence = confidence_of(self.options.confidence, attempt);
        let levels = self.conditions.iter();
        Ok(levels.map(|c| c.level(&simulated, confidence)).collect())
    }

    fn simulate(&mut self, sizes: &[u32], replications: u32, seed: u64) -> Result<Simulated, Stop> {
        if let Some(end) = self.over() {
            return Err(Stop::End(end));
        }
        let mut layout = self.problem.layout.clone();
        for (group, agents) in layout.groups.iter_mut().zip(self.by_group(sizes)) {
            group.agents = agents;
        }
        let mut options = Options::new(replications, seed);
        options.time_limit = self.left();
        let simulated = match simulate(&Centre::new(layout)?, &options) {
            Err(SimulationError::Stopped) => return Err(Stop::End(MixEnd::TimeLimit)),
            other => other?,
        };
        self.simulations += 1;
        self.contacts += simulated.contacts;
        if simulated.ended == Ended::Done {
            Ok(simulated)
        } else {
            Err(Stop::End(MixEnd::TimeLimit))
        }
    }
}
