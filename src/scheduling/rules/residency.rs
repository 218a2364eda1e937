//! A share of the work is done in a region, because it must not leave it.
//!
//! ```text
//! Σ_{p in region} eff_p f_pgt ≥ share · Σ_p eff_p f_pgt        overall or each language
//! ```

use super::share::{self, ShareRow};
use super::{Cover, Rule};
use crate::scheduling::{Problem, Schedule};
use crate::units::Probability;
use crate::workforce::Policy;

#[derive(Debug)]
pub(super) struct Residency;

pub(super) fn rows(
    problem: &Problem,
    policy: &Policy,
    region: &str,
    share: Probability,
) -> Vec<ShareRow> {
    let label = format!("{region} ");
    share::scoped(problem, policy, &label, |pool| {
        Some(share.get() - f64::from(u8::from(pool.region == region)))
    })
}

impl Rule for Residency {
    fn name(&self) -> &'static str {
        "residency"
    }

    fn constrain(&self, cover: &mut Cover<'_, '_>) {
        share::constrain(cover, self.name());
    }

    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        share::exceeded(problem, schedule, self.name())
    }
}
