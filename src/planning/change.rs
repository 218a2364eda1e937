//! What if? A change is a value; applying it gives a new scenario and leaves the base as it is.

use std::fmt;

use super::Scenario;
use crate::requirements::Mode;
use crate::units::Probability;
use crate::workforce::{
    Commitment, Fault, FaultCode, Faults, Policy, Pool, PoolId, Scope, ServiceTarget,
};

/// One difference from a base scenario.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// Contacts of every stream are multiplied by this.
    Volume(f64),
    /// Handling time of every queue is multiplied by this.
    Aht(f64),
    /// The requirement itself is multiplied by this, without new Erlang calculations.
    Need(f64),
    /// Queues are staffed alone or together.
    Staffing(Mode),
    /// Occupancy cap of every live queue.
    OccupancyCap(Probability),
    /// Share of contacts that every live queue promises to answer in time; the floors of promises
    /// over days or weeks are lowered to it where they are above.
    ServiceLevel(Probability),
    /// A pool closes.
    ClosePool(PoolId),
    /// The most hours a week of a pool are multiplied by this.
    WeekHoursMax(PoolId, f64),
    /// The most shifts a day of a pool; `None` lifts the limit.
    ShiftsPerDayMax(PoolId, Option<u32>),
    /// What a pool is paid in any case; `None` ends it.
    Commitment(PoolId, Option<Commitment>),
    /// The overall floor of customer satisfaction; `None` lifts every floor.
    CsatFloor(Option<Probability>),
    /// The largest share of a vendor; `None` lifts it.
    VendorShare(Option<Probability>),
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none = |p: &Option<Probability>| p.map_or("none".to_owned(), |p| p.to_string());
        match self {
            Self::Volume(k) => write!(f, "volume × {k}"),
            Self::Aht(k) => write!(f, "handling time × {k}"),
            Self::Need(k) => write!(f, "requirement × {k}"),
            Self::Staffing(Mode::Silo) => f.write_str("every queue staffed alone"),
            Self::Staffing(Mode::Blended) => f.write_str("queues of a skill staffed together"),
            Self::OccupancyCap(cap) => write!(f, "occupancy at most {cap}"),
            Self::ServiceLevel(share) => write!(f, "{share} answered in time"),
            Self::ClosePool(pool) => write!(f, "{pool} closed"),
            Self::WeekHoursMax(pool, k) => write!(f, "hours of {pool} × {k}"),
            Self::ShiftsPerDayMax(pool, Some(n)) => write!(f, "at most {n} shifts a day of {pool}"),
            Self::ShiftsPerDayMax(pool, None) => write!(f, "no daily limit on {pool}"),
            Self::Commitment(pool, Some(_)) => write!(f, "another commitment to {pool}"),
            Self::Commitment(pool, None) => write!(f, "no commitment to {pool}"),
            Self::CsatFloor(floor) => write!(f, "CSAT floor {}", or_none(floor)),
            Self::VendorShare(share) => write!(f, "vendor share {}", or_none(share)),
        }
    }
}

impl Scenario {
    /// A new scenario with some changes, applied in order and checked.
    ///
    /// # Errors
    /// [`Faults`] when a change names an unknown pool, or the changed scenario has faults.
    pub fn with(&self, changes: &[Change]) -> Result<Self, Faults> {
        let mut changed = self.clone();
        let mut faults = Vec::new();
        for (index, change) in changes.iter().enumerate() {
            if let Err(what) = apply(&mut changed, change) {
                let path = format!("changes[{index}]");
                let action = "name a pool of the base scenario";
                faults.push(Fault::at(path, FaultCode::UnknownReference, what, action));
            }
        }
        Faults::check(faults)?;
        changed.check()?;
        Ok(changed)
    }
}

fn apply(scenario: &mut Scenario, change: &Change) -> Result<(), String> {
    match change {
        Change::Volume(factor) => {
            scenario
                .streams
                .iter_mut()
                .for_each(|s| s.volume_factor *= factor);
        }
        Change::Aht(factor) => {
            scenario
                .streams
                .iter_mut()
                .for_each(|s| s.aht_factor *= factor);
        }
        Change::Need(factor) => scenario.staffing.allowance *= factor,
        Change::Staffing(mode) => scenario.staffing.mode = *mode,
        Change::OccupancyCap(cap) => {
            scenario.staffing.blended_cap = *cap;
            let live = scenario.queues.iter_mut().filter(|q| q.target.is_live());
            live.for_each(|q| q.occupancy_cap = *cap);
        }
        Change::ServiceLevel(wanted) => {
            let staffing = &mut scenario.staffing;
            staffing.blended_share = *wanted;
            staffing.blended_scope = staffing.blended_scope.within(*wanted);
            for queue in &mut scenario.queues {
                if let ServiceTarget::Live { share, .. } = &mut queue.target {
                    *share = *wanted;
                    queue.scope = queue.scope.within(*wanted);
                }
            }
        }
        Change::ClosePool(id) => {
            pool(scenario, id)?;
            scenario.pools.retain(|p| p.id != *id);
        }
        Change::WeekHoursMax(id, factor) => {
            let limits = &mut pool(scenario, id)?.limits;
            limits.week_hours_max = limits.week_hours_max.map(|h| h * factor);
        }
        Change::ShiftsPerDayMax(id, most) => {
            pool(scenario, id)?.limits.shifts_per_day_max = *most;
        }
        Change::Commitment(id, commitment) => pool(scenario, id)?.commitment = *commitment,
        Change::CsatFloor(None) => {
            scenario
                .policies
                .retain(|p| !matches!(p, Policy::CsatFloor { .. }));
        }
        Change::CsatFloor(Some(wanted)) => {
            for policy in &mut scenario.policies {
                if let Policy::CsatFloor {
                    scope: Scope::Overall,
                    floor,
                    ..
                } = policy
                {
                    *floor = *wanted;
                }
            }
        }
        Change::VendorShare(None) => {
            scenario
                .policies
                .retain(|p| !matches!(p, Policy::VendorShare { .. }));
        }
        Change::VendorShare(Some(wanted)) => {
            for policy in &mut scenario.policies {
                if let Policy::VendorShare { share, .. } = policy {
                    *share = *wanted;
                }
            }
        }
    }
    Ok(())
}

fn pool<'a>(scenario: &'a mut Scenario, id: &PoolId) -> Result<&'a mut Pool, String> {
    let found = scenario.pools.iter_mut().find(|p| p.id == *id);
    found.ok_or_else(|| format!("there is no pool `{id}`"))
}
