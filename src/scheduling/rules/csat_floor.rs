//! Customer satisfaction, weighted by work, stays above a floor. Pools without a figure are left
//! out.
//!
//! ```text
//! Σ_{p,g,t} (floor − csat_p) · eff_p · f_pgt ≤ 0        overall or each language
//! ```

use super::share::{self, ShareRow};
use super::{Cover, Rule};
use crate::scheduling::{Problem, Schedule};
use crate::units::Probability;
use crate::workforce::Policy;

#[derive(Debug)]
pub(super) struct CsatFloor;

pub(super) fn rows(problem: &Problem, policy: &Policy, floor: Probability) -> Vec<ShareRow> {
    share::scoped(problem, policy, "", |pool| {
        Some(floor.get() - pool.csat?.get())
    })
}

impl Rule for CsatFloor {
    fn name(&self) -> &'static str {
        "csat_floor"
    }

    fn constrain(&self, cover: &mut Cover<'_, '_>) {
        share::constrain(cover, self.name());
    }

    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        share::exceeded(problem, schedule, self.name())
    }
}
