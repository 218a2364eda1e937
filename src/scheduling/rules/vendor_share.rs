//! No vendor does more than a share of the work. In-house sites are no vendors.
//!
//! ```text
//! Σ_{p of v} eff_p f_pgt ≤ share · Σ_p eff_p f_pgt        each vendor v, overall or each language
//! ```

use std::collections::BTreeSet;

use super::share::{self, ShareRow};
use super::{Cover, Rule};
use crate::scheduling::{Problem, Schedule};
use crate::units::Probability;
use crate::workforce::{Policy, PoolKind};

#[derive(Debug)]
pub(super) struct VendorShare;

pub(super) fn rows(problem: &Problem, policy: &Policy, share: Probability) -> Vec<ShareRow> {
    let bpo = problem.pools.iter().filter(|p| p.kind == PoolKind::Bpo);
    let vendors: BTreeSet<&str> = bpo.map(|p| p.vendor.as_str()).collect();
    let of_vendor = |vendor: &str| {
        share::scoped(problem, policy, &format!("{vendor} "), |pool| {
            let is_own = pool.kind == PoolKind::Bpo && pool.vendor == vendor;
            Some(f64::from(u8::from(is_own)) - share.get())
        })
    };
    vendors.into_iter().flat_map(of_vendor).collect()
}

impl Rule for VendorShare {
    fn name(&self) -> &'static str {
        "vendor_share"
    }

    fn constrain(&self, cover: &mut Cover<'_, '_>) {
        share::constrain(cover, self.name());
    }

    fn violations(&self, problem: &Problem, schedule: &Schedule) -> Vec<String> {
        share::exceeded(problem, schedule, self.name())
    }
}
