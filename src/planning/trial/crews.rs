//! Who is there to answer live contacts.

use crate::requirements::Group;
use crate::scheduling::{Problem, Schedule};

/// Crews closer to a whole number than this are whole: a solver's last digits.
pub(super) const NOISE: f64 = 1e-6;

/// Agents who answer live contacts, by group and interval, at the group's own handling time: all who
/// are sent to a group without deferred work; in others at most the live crew, since agents beyond it
/// are there for the deferred work. The allowance of a requirement answers nobody.
pub(in crate::planning) fn crews(problem: &Problem, schedule: &Schedule) -> Vec<Vec<f64>> {
    let has_deferred = |group: &Group| group.deferred.iter().any(|class| class.total() > 0.0);
    within(problem, schedule, has_deferred)
        .into_iter()
        .zip(&problem.groups)
        .map(|(crew, group)| {
            let allowance = group.allowance.max(1.0);
            crew.into_iter()
                .map(|agents| whole(agents / allowance))
                .collect()
        })
        .collect()
}

/// Agents at the live work of each group, at most its live crew.
pub(in crate::planning) fn live_crews(problem: &Problem, schedule: &Schedule) -> Vec<Vec<f64>> {
    within(problem, schedule, |_| true)
}

/// Agents sent to each group, in some groups at most the live crew.
fn within(
    problem: &Problem,
    schedule: &Schedule,
    is_limited: impl Fn(&Group) -> bool,
) -> Vec<Vec<f64>> {
    let mut staffed = schedule.staffed(problem);
    let meant = schedule.live_crews(problem);
    for ((group, staffed), meant) in problem.groups.iter().zip(&mut staffed).zip(&meant) {
        let is_limited = is_limited(group);
        for (staffed, meant) in staffed.iter_mut().zip(meant) {
            *staffed = whole(if is_limited {
                staffed.min(*meant)
            } else {
                *staffed
            });
        }
    }
    staffed
}

/// A number that is whole but for a solver's last digits, without them.
fn whole(agents: f64) -> f64 {
    let near = agents.round();
    if (agents - near).abs() < NOISE {
        near
    } else {
        agents
    }
}
