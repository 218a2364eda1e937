//! The requirement of each interval fitted to a simulation of exactly that crew.

use crate::planning::TrialError;
use crate::planning::trial::{Rehearsal, Verdict, of_group};
use crate::requirements::{Group, LivePromise};
use crate::simulation::SimulationError;
use crate::workforce::PromiseScope;

/// Simulations of a group before fitting ends.
const ROUNDS: usize = 14;

/// Agents more, or fewer, in each interval of a group so that its promises of intervals hold by so
/// many standard errors with these crews alone; `None` where it has no such promise.
///
/// An interval is raised by as much as the formula says its shortfall takes, one to three agents at a
/// time by its size. One agent is taken away where the formula says that the promise would be kept
/// without and the others still carry the load; where it was not kept, that number is never tried
/// again.
pub(super) fn calibrate(
    rehearsal: &Rehearsal<'_>,
    index: usize,
    errors: f64,
) -> Result<Option<Vec<i32>>, TrialError> {
    let requirement = rehearsal.requirement;
    let group = &requirement.groups[index];
    if !(group.promised.iter()).any(|p| p.scope == PromiseScope::Interval) {
        return Ok(None);
    }
    let seconds = requirement.grid.interval_length().duration().as_secs_f64();
    let rounding = requirement.rules.rounding;
    let n = group.live.len();
    let base: Vec<f64> = (0..n).map(|t| group.base_agents(t, rounding)).collect();
    let mut more = vec![0_i32; n];
    // Numbers that are known not to suffice are below these.
    let mut least = vec![i32::MIN; n];
    let mut best = None;
    for round in 0..ROUNDS {
        let crew: Vec<f64> = (base.iter().zip(&more))
            .map(|(b, m)| (b + f64::from(*m)).max(0.0))
            .collect();
        let seen = match of_group(rehearsal, index, &crew) {
            // What is fitted so far is of use all the same.
            Err(TrialError::Simulation(SimulationError::Stopped)) => break,
            seen => seen?,
        };
        let mut margins: Vec<Option<(f64, &Verdict)>> = vec![None; n];
        for verdict in &seen {
            let is_own = group.promised[verdict.promise].scope == PromiseScope::Interval;
            let margin = verdict.margin(errors);
            let place = &mut margins[verdict.intervals.start];
            if is_own && place.is_none_or(|(known, _)| margin < known) {
                *place = Some((margin, verdict));
            }
        }
        let is_kept = margins.iter().flatten().all(|(margin, _)| *margin >= 0.0);
        if is_kept {
            best = Some(more.clone());
        }
        let is_last = round + 2 >= ROUNDS;
        let mut is_changed = false;
        let mut lowered_before = false;
        for t in 0..n {
            let Some((margin, verdict)) = margins[t] else {
                continue;
            };
            if margin < 0.0 {
                let steps = raise(
                    group,
                    &group.promised[verdict.promise],
                    t,
                    crew[t],
                    -margin,
                    seconds,
                );
                least[t] = least[t].max(more[t] + 1);
                more[t] += steps;
                is_changed = true;
                lowered_before = false;
                continue;
            }
            // Neighbours are lowered one after the other, since one hands its queue to the next.
            let may_try = !is_last && !lowered_before && more[t] > least[t] && crew[t] > 1.0;
            let is_worth = may_try && crew[t] - 1.0 > group.live[t].load && {
                let own = seen.iter().filter(|v| v.intervals == (t..t + 1));
                own.into_iter().all(|v| {
                    let promise = &group.promised[v.promise];
                    v.margin(errors) >= lost(group, promise, t, crew[t], seconds)
                })
            };
            lowered_before = is_worth;
            if is_worth {
                more[t] -= 1;
                is_changed = true;
            }
        }
        if !is_changed {
            break;
        }
    }
    // What was raised last was not seen any more; the loop looks at the schedule anyway.
    Ok(Some(best.unwrap_or(more)))
}

/// Service level that one agent less costs, by formula.
fn lost(group: &Group, promise: &LivePromise, t: usize, agents: f64, seconds: f64) -> f64 {
    let level = |agents| group.service_level(t, agents, promise.answer_within, seconds);
    level(agents) - level(agents - 1.0)
}

/// Agents that add so much service level by formula, at least one.
fn raise(
    group: &Group,
    promise: &LivePromise,
    t: usize,
    agents: f64,
    missing: f64,
    seconds: f64,
) -> i32 {
    let level = |agents| group.service_level(t, agents, promise.answer_within, seconds);
    let now = level(agents);
    let most = 1 + i32::from(agents > 20.0) + i32::from(agents > 100.0);
    (1..most)
        .find(|&k| level(agents + f64::from(k)) - now >= missing)
        .unwrap_or(most)
}
