use std::fmt;

use super::{Language, Tier};
use crate::units::Probability;

/// Which contacts a policy looks at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All contacts of a tier together.
    Overall,
    /// Each language of the tier on its own.
    EachLanguage,
    /// Each of these languages on its own.
    Languages(Vec<Language>),
}

/// A rule of the company about who may do how much of the work. Each becomes one named row for
/// each thing it looks at.
#[derive(Debug, Clone, PartialEq)]
pub enum Policy {
    /// Work-weighted customer satisfaction is at least `floor`. Work of pools without a figure
    /// is left out.
    CsatFloor {
        /// Tier.
        tier: Tier,
        /// Overall or by language.
        scope: Scope,
        /// Share of satisfied customers.
        floor: Probability,
    },
    /// No vendor does more than `share` of the work.
    VendorShare {
        /// Tier.
        tier: Tier,
        /// Overall or by language.
        scope: Scope,
        /// Largest share.
        share: Probability,
    },
    /// At least `share` of the work is done in a region, because it must not leave it.
    Residency {
        /// Tier.
        tier: Tier,
        /// Overall or by language.
        scope: Scope,
        /// The region, as pools name it.
        region: String,
        /// Share of the work that must stay.
        share: Probability,
    },
}

impl Policy {
    /// Tier the policy looks at.
    pub const fn tier(&self) -> &Tier {
        match self {
            Self::CsatFloor { tier, .. }
            | Self::VendorShare { tier, .. }
            | Self::Residency { tier, .. } => tier,
        }
    }

    /// What the policy looks at together.
    pub const fn scope(&self) -> &Scope {
        match self {
            Self::CsatFloor { scope, .. }
            | Self::VendorShare { scope, .. }
            | Self::Residency { scope, .. } => scope,
        }
    }

    /// Name of the kind of policy, the first part of its rows' names.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CsatFloor { .. } => "csat_floor",
            Self::VendorShare { .. } => "vendor_share",
            Self::Residency { .. } => "residency",
        }
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CsatFloor { floor, .. } => write!(f, "CSAT at least {floor}"),
            Self::VendorShare { share, .. } => write!(f, "no vendor above {share}"),
            Self::Residency { region, share, .. } => write!(f, "{share} stays in {region}"),
        }
    }
}
