//! Promises that the contacts of a day or a week keep together.
//!
//! ```text
//! Σ_t v_t (h_t(n₀) + Σ_j gain_tj d_tj) ≥ share · Σ_t v_t       each group, promise, day or week
//! ```
//!
//! `v_t` contacts, `h_t` Erlang C's service level, `n₀` the agents that keep the floor in every
//! interval, `d` agents beyond. The live crew is `n₀ + Σ d`, which the cover row asks for: missing
//! agents stand in for present ones there, at their price, so the row can always be kept.
//! (Koole and van der Sluis 2003 on overall service levels; concave pieces need no whole variables.)

use std::ops::Range;

use super::{Cover, Rule};
use crate::milp::{Sense, Variable};
use crate::requirements::{Group, ScopedPromise};
use crate::scheduling::{KeptPromise, Problem, Schedule};
use crate::units::Probability;

/// Contacts in time may be short of the promise by this share: the noise of a solver's last digits.
const LEVEL: f64 = 1e-5;

#[derive(Debug)]
pub(super) struct ServiceLevel;

impl Rule for ServiceLevel {
    fn name(&self) -> &'static str {
        "service_level"
    }

    fn constrain(&self, Cover(cover): &mut Cover<'_, '_>) {
        let problem = cover.problem;
        for (g, group) in problem.groups.iter().enumerate() {
            for (k, promise) in group.promises.iter().enumerate() {
                for (range, asked) in promise.ranges.iter().zip(&promise.asked) {
                    let mut terms: Vec<(Variable, f64)> = Vec::new();
                    let mut short = 0.0;
                    for t in range.clone() {
                        let (volume, steps) = (promise.volume[t], &cover.live[g][t]);
                        short += volume * (asked.get() - steps.curve.base[k]);
                        let gains = steps.curve.steps.iter().map(|s| s.gains[k] * volume);
                        let gains = steps.agents.iter().copied().zip(gains);
                        terms.extend(gains.filter(|(_, gain)| *gain > 0.0));
                    }
                    if short > 0.0 {
                        let name = format!("{} {}", self.name(), label(problem, promise, range));
                        cover.add_rule_row(name, terms, Sense::AtLeast, short);
                    }
                }
            }
        }
    }

    /// The service level with the crews as stated; that they are there, or stated as missing, is
    /// checked with the coverage.
    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        let missed = |kept: &KeptPromise| {
            kept.offered > 0.0 && kept.service_level.get() < kept.asked.get() - LEVEL
        };
        let crews = schedule.live_crews(problem);
        let kept = kept(problem, &crews).into_iter().filter(missed);
        kept.map(|k| {
            format!(
                "{} answers {:.4} % in time from {} to {}, {} are asked",
                k.name,
                k.service_level.get() * 100.0,
                problem.grid.instant(k.intervals.start),
                problem.grid.instant(k.intervals.end),
                k.asked
            )
        })
        .collect()
    }
}

fn label(problem: &Problem, promise: &ScopedPromise, range: &Range<usize>) -> String {
    let from = problem.grid.instant(range.start);
    let (name, scope) = (&promise.name, promise.scope.word());
    format!("{name} {scope} from {}", from.format("%FT%RZ"))
}

/// Every promise over days or weeks with what live crews answer in time, by Erlang C in each
/// interval. Crews are by group and interval.
pub(in crate::scheduling) fn kept(problem: &Problem, crews: &[Vec<f64>]) -> Vec<KeptPromise> {
    let mut found = Vec::new();
    for (g, (group, crews)) in problem.groups.iter().zip(crews).enumerate() {
        for promise in &group.promises {
            for (range, &asked) in promise.ranges.iter().zip(&promise.asked) {
                let (mut offered, mut answered) = (0.0, 0.0);
                for t in range.clone().filter(|&t| promise.volume[t] > 0.0) {
                    offered += promise.volume[t];
                    answered += promise.volume[t] * level(problem, group, promise, t, crews[t]);
                }
                let level = if offered > 0.0 {
                    answered / offered
                } else {
                    1.0
                };
                found.push(KeptPromise {
                    group: g,
                    name: promise.name.clone(),
                    share: promise.share,
                    asked,
                    scope: promise.scope,
                    intervals: range.clone(),
                    offered,
                    service_level: Probability::saturating(level),
                });
            }
        }
    }
    found
}

/// Share that a crew answers in time in an interval. The allowance is for what the plan leaves out
/// and answers nobody.
fn level(problem: &Problem, group: &Group, promise: &ScopedPromise, t: usize, crew: f64) -> f64 {
    let seconds = problem.grid.interval_length().duration().as_secs_f64();
    group.service_level(t, group.answering(crew), promise.answer_within, seconds)
}
