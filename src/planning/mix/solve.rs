//! Cuts, exchange, proof; and again with a margin where the proof does not hold.

use super::check::check;
use super::condition::{MixLevel, confidence_of, quantile};
use super::cuts::{cheapest, cuts};
use super::exchange::exchange;
use super::relaxation::Relaxation;
use super::trials::{Look, Stop, Trials};
use super::{Mix, MixEnd, MixError, MixOptions, MixProblem};
use crate::milp::{Event, Observer};

/// Proofs before giving up.
const PROOFS: u32 = 12;

/// Most groups of which agents are preferred, one after the other, to start from other sizes.
const PREFERRED: usize = 8;

/// Part of its price at which a preferred group is taken.
const AT: f64 = 0.7;

/// Starts that are looked at closely.
const CLOSELY: usize = 3;

/// Least agents of groups, by cost, so that every target of a centre is kept at some confidence.
///
/// The answer is a local minimum among what was tried ([`MixEnd::LocalMinimum`]), not a proven one.
/// The same problem and options give the same answer on any number of threads, unless the time is over
/// before.
///
/// # Errors
/// [`MixError`]: faults of the problem, all together; a model without a backend; a simulation that
/// comes to nothing.
pub fn least_cost_mix(
    problem: &MixProblem,
    options: &MixOptions,
    observer: &dyn Observer,
) -> Result<Mix, MixError> {
    check(problem, options)?;
    let mut trials = Trials::new(problem, options, observer);
    let relaxation = Relaxation::new(&trials)?;
    trials.fluid = relaxation.fluid;
    let mut search = Search {
        pooled: f64::NAN,
        best: None,
        levels: Vec::new(),
    };
    let end = match search.run(&mut trials, &relaxation) {
        Ok(end) | Err(Stop::End(end)) => end,
        Err(Stop::Error(error)) => return Err(error),
    };
    let most = || trials.bounds().iter().map(|bounds| bounds.1).collect();
    let sizes = search.best.unwrap_or_else(most);
    Ok(Mix {
        cost: trials.cost(&sizes),
        sizes: trials.by_group(&sizes),
        fluid: relaxation.fluid,
        pooled: search.pooled,
        levels: search.levels,
        end,
        simulations: trials.simulations,
        contacts: trials.contacts,
    })
}

struct Search {
    pooled: f64,
    /// The best sizes so far; none that keep the sample yet.
    best: Option<Vec<u32>>,
    /// The last proof of the best.
    levels: Vec<MixLevel>,
}

impl Search {
    fn run(&mut self, trials: &mut Trials<'_>, relaxation: &Relaxation) -> Result<MixEnd, Stop> {
        trials.observer.on(&Event::Stage { name: "bounds" });
        let most: Vec<u32> = trials.bounds().iter().map(|bounds| bounds.1).collect();
        let with_all = trials.look(&most, Look::Full)?;
        if with_all.slack.iter().any(|slack| *slack < 0.0) {
            self.levels = trials.proof(&most, 0)?;
            return Ok(MixEnd::Unreachable);
        }
        let mut margins = vec![0.0; trials.conditions.len()];
        if let Some(sizes) = cheapest(trials, &relaxation.model, &relaxation.sizes)? {
            self.pooled = trials.cost(&sizes);
            // The sample may be a little unlucky: the proof has the last word.
            let seen = trials.look(&sizes, Look::Full)?;
            margins = seen.error.iter().map(|error| -error).collect();
        }
        let mut sizes = self.start(trials, relaxation, &margins)?;
        for attempt in 1..=PROOFS {
            self.levels.clear();
            sizes = self.improve(trials, sizes, &margins, true)?;
            trials.observer.on(&Event::Stage { name: "proof" });
            self.levels = trials.proof(&sizes, attempt)?;
            self.best = Some(sizes.clone());
            if self.levels.iter().all(|level| level.holds) {
                return Ok(MixEnd::LocalMinimum);
            }
            let seen = trials.look(&sizes, Look::Full)?;
            let options = trials.options;
            let confidence = confidence_of(options.confidence, attempt + 1);
            let errors = quantile(options.proof, confidence);
            for (i, level) in self.levels.iter().enumerate().filter(|(_, l)| !l.holds) {
                let short = errors * level.error - level.slack();
                margins[i] = margins[i].max(seen.slack[i] + short.max(1e-6));
            }
        }
        Ok(MixEnd::NotProven)
    }

    /// Sizes to begin with. Where many contacts wait there are many local minima, so roughly looked at
    /// ones are found from cuts at the true prices and with each group preferred; of the cheapest, the
    /// one that is cheapest at a close look.
    fn start(
        &mut self,
        trials: &mut Trials<'_>,
        relaxation: &Relaxation,
        margins: &[f64],
    ) -> Result<Vec<u32>, Stop> {
        let serves = |g: &usize| trials.problem.layout.groups[*g].takes.len();
        let mut groups: Vec<usize> = (0..trials.problem.prices.len()).collect();
        groups.sort_by_key(|g| std::cmp::Reverse(serves(g)));
        groups.truncate(PREFERRED);
        let mut found: Vec<Vec<u32>> = Vec::new();
        trials.is_rough = true;
        for preferred in std::iter::once(None).chain(groups.into_iter().map(Some)) {
            trials.observer.on(&Event::Stage { name: "cuts" });
            let mut model = match preferred {
                Some(group) => relaxation.preferring(group, trials.periods(), AT),
                None => relaxation.clone(),
            };
            let sizes = cuts(trials, &mut model)?;
            let sizes = self.improve(trials, sizes, margins, false)?;
            if !found.contains(&sizes) {
                found.push(sizes);
            }
        }
        trials.is_rough = false;
        found.sort_by(|a, b| trials.cost(a).total_cmp(&trials.cost(b)));
        found.truncate(CLOSELY);
        // What was found roughly may not hold at a close look.
        self.best = found.first().cloned();
        let mut closely = Vec::new();
        for (i, sizes) in found.into_iter().enumerate() {
            closely.push(self.improve(trials, sizes, margins, i == 0)?);
        }
        let cheapest = closely.into_iter().reduce(|a, b| {
            if trials.cost(&b) < trials.cost(&a) {
                b
            } else {
                a
            }
        });
        Ok(cheapest.unwrap_or_default())
    }

    /// Exchanges; the best sizes are kept also where the search has to end on the way: those of now,
    /// or only if they are cheaper.
    fn improve(
        &mut self,
        trials: &mut Trials<'_>,
        sizes: Vec<u32>,
        margins: &[f64],
        is_now: bool,
    ) -> Result<Vec<u32>, Stop> {
        trials.observer.on(&Event::Stage { name: "exchange" });
        let mut best = None;
        let done = exchange(trials, sizes, margins, &mut best);
        if let Some(sizes) = best {
            let is_cheaper = |known: &Vec<u32>| trials.cost(&sizes) < trials.cost(known);
            if is_now || self.best.as_ref().is_none_or(is_cheaper) {
                self.best = Some(sizes);
            }
        }
        done
    }
}
