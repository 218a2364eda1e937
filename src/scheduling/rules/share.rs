//! What the policies have in common: weighted sums of the work that pools do for groups, which
//! must not exceed zero.

use std::collections::BTreeMap;

use super::{Cover, csat_floor, residency, vendor_share};
use crate::milp::{Sense, Variable};
use crate::scheduling::{Problem, Schedule};
use crate::workforce::{Policy, Pool, Scope};

/// `Σ weight(pool) · work(pool, group) ≤ 0` over some groups; pools without a weight are left out.
#[derive(Debug)]
pub(in crate::scheduling) struct ShareRow {
    /// Kind of policy, vendor, scope and tier.
    pub(in crate::scheduling) name: String,
    /// Groups it looks at together.
    pub(in crate::scheduling) groups: Vec<usize>,
    /// Weight of each pool.
    pub(in crate::scheduling) weights: Vec<Option<f64>>,
}

impl ShareRow {
    /// Weight of the work of a pool for a group, if the row looks at it.
    pub(in crate::scheduling) fn weight(&self, pool: usize, group: usize) -> Option<f64> {
        self.groups
            .contains(&group)
            .then_some(self.weights[pool])
            .flatten()
    }
}

/// The rows of a policy, whatever its kind.
pub(in crate::scheduling) fn rows(problem: &Problem, policy: &Policy) -> Vec<ShareRow> {
    match policy {
        Policy::CsatFloor { floor, .. } => csat_floor::rows(problem, policy, *floor),
        Policy::VendorShare { share, .. } => vendor_share::rows(problem, policy, *share),
        Policy::Residency { region, share, .. } => residency::rows(problem, policy, region, *share),
    }
}

/// One row for each thing that a policy looks at together.
pub(super) fn scoped(
    problem: &Problem,
    policy: &Policy,
    label: &str,
    weight: impl Fn(&Pool) -> Option<f64>,
) -> Vec<ShareRow> {
    let weights: Vec<Option<f64>> = problem.pools.iter().map(weight).collect();
    let of_tier = problem
        .groups
        .iter()
        .enumerate()
        .filter(|(_, g)| g.skill.tier == *policy.tier());
    let mut scopes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, group) in of_tier {
        let language = &group.skill.language;
        let scope = match policy.scope() {
            Scope::Overall => "all".to_owned(),
            Scope::EachLanguage => language.to_string(),
            Scope::Languages(named) if named.contains(language) => language.to_string(),
            Scope::Languages(_) => continue,
        };
        scopes.entry(scope).or_default().push(index);
    }
    let row = |(scope, groups)| ShareRow {
        name: format!("{} {label}{scope} {}", policy.kind(), policy.tier()),
        groups,
        weights: weights.clone(),
    };
    scopes.into_iter().map(row).collect()
}

/// Adds the rows of every policy of a kind to a model.
pub(super) fn constrain(Cover(cover): &mut Cover<'_, '_>, kind: &str) {
    let problem = cover.problem;
    for policy in problem.policies.iter().filter(|p| p.kind() == kind) {
        for row in rows(problem, policy) {
            let mut terms: Vec<(Variable, f64)> = Vec::new();
            for (&(p, g), serving) in &cover.serving {
                if let Some(weight) = row.weight(p, g) {
                    let work = weight * problem.pools[p].efficiency();
                    terms.extend(serving.iter().flatten().map(|&v| (v, work)));
                }
            }
            cover.add_rule_row(row.name, terms, Sense::AtMost, 0.0);
        }
    }
}

/// The same sums in a finished schedule: those above zero by more than a millionth of the work.
pub(super) fn exceeded(problem: &Problem, schedule: &Schedule, kind: &str) -> Vec<String> {
    let mut found = Vec::new();
    for policy in problem.policies.iter().filter(|p| p.kind() == kind) {
        for row in rows(problem, policy) {
            let (mut sum, mut work) = (0.0, 0.0);
            for a in &schedule.assignments {
                if let Some(weight) = row.weight(a.pool, a.group) {
                    let done = a.agents / problem.pools[a.pool].aht_factor;
                    sum += weight * done;
                    work += done;
                }
            }
            if sum > 1e-6 * work.max(1.0) {
                found.push(format!(
                    "{}: {policy} is missed by {:.6} of the work",
                    row.name,
                    sum / work
                ));
            }
        }
    }
    found
}
