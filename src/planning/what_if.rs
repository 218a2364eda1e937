//! A base and its changes planned side by side.

use rayon::prelude::*;

use super::{Change, Plan, PlanError, Scenario, plan};
use crate::milp::Observer;
use crate::scheduling::Strategy;

/// A scenario that differs from the base, and its plan.
#[derive(Debug, Clone)]
pub struct Variant {
    /// What was changed, in words; empty for the base.
    pub name: String,
    /// The plan, or why there is none.
    pub plan: Result<Plan, PlanError>,
}

/// Plans the base and, for each list of changes, the base with them. The base comes first; the time
/// limit of the strategy is for each plan, and plans are made side by side on the threads there are.
///
/// A change that cannot be made (an unknown pool, a scenario that has faults with it) is a variant
/// without a plan; the others are made all the same.
pub fn what_if(
    base: &Scenario,
    changes: &[Vec<Change>],
    strategy: &Strategy,
    observer: &dyn Observer,
) -> Vec<Variant> {
    let none = Vec::new();
    let lists: Vec<&Vec<Change>> = std::iter::once(&none).chain(changes).collect();
    (lists.into_par_iter().with_max_len(1))
        .map(|list| {
            let words: Vec<String> = list.iter().map(ToString::to_string).collect();
            let made = base.with(list).map_err(PlanError::from);
            Variant {
                name: words.join(", "),
                plan: made.and_then(|scenario| plan(&scenario, strategy, observer)),
            }
        })
        .collect()
}
