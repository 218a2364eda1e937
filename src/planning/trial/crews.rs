//! Who is there to answer live contacts.

use crate::scheduling::{Problem, Schedule};

/// Crews closer to a whole number than this are whole: a solver's last digits.
const NOISE: f64 = 1e-6;

/// Agents who answer live contacts, by group and interval, at the group's own handling time: all who
/// are sent to a group without deferred work; in others at most the live crew, since agents beyond it
/// are there for the deferred work.
pub(in crate::planning) fn crews(problem: &Problem, schedule: &Schedule) -> Vec<Vec<f64>> {
    let mut staffed = schedule.staffed(problem);
    let meant = schedule.live_crews(problem);
    for ((group, staffed), meant) in problem.groups.iter().zip(&mut staffed).zip(&meant) {
        let has_deferred = group.deferred.iter().any(|class| class.total() > 0.0);
        for (staffed, meant) in staffed.iter_mut().zip(meant) {
            if has_deferred {
                *staffed = staffed.min(*meant);
            }
            if (*staffed - staffed.round()).abs() < NOISE {
                *staffed = staffed.round();
            }
        }
    }
    staffed
}
