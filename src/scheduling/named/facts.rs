//! What is known of one agent, and what follows from it for a single shift.

use crate::calendar::{DateTime, Datelike, NaiveTime, Utc};
use crate::workforce::{Contract, NamedAgent, Pool, Shift, ShiftTypeId, Staff};

/// One agent as the scenario tells of them.
#[derive(Debug, Clone)]
pub(in crate::scheduling) struct Facts<'p> {
    pub(in crate::scheduling) agent: &'p NamedAgent,
    pub(in crate::scheduling) contract: Contract,
    /// Times of absence.
    pub(super) absent: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Shifts worked before the horizon, in order.
    pub(super) history: Vec<Shift>,
}

/// The facts of every agent of a pool, in the order of the staff. Agents whose contract is not
/// known, which is refused elsewhere, may not work at all.
pub(super) fn facts<'p>(pool: &'p Pool, staff: &'p Staff) -> Vec<Facts<'p>> {
    let contracts = pool.contracts_in_force();
    let of = |agent: &'p NamedAgent| {
        let own = contracts.iter().find(|c| c.id == agent.contract);
        let contract = own.cloned().unwrap_or_else(|| Contract::hours("", 0.0));
        let absent = staff.absences.iter().filter(|a| a.agent == agent.name);
        let worked = staff.worked.iter().filter(|w| w.agent == agent.name);
        let mut history: Vec<Shift> = worked
            .map(|w| Shift {
                pool: pool.id.clone(),
                shift_type: "".into(),
                start: w.start,
                end: w.end,
                count: 1,
                breaks: Vec::new(),
            })
            .collect();
        history.sort();
        Facts {
            agent,
            contract,
            absent: absent.map(|a| (a.start, a.end)).collect(),
            history,
        }
    };
    staff.agents.iter().map(of).collect()
}

impl Facts<'_> {
    /// What stands against a shift by contract, availability and absence.
    pub(in crate::scheduling) fn objection(
        &self,
        pool: &Pool,
        kind: &ShiftTypeId,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> Option<&'static str> {
        let hours = (end - start).num_minutes() as f64 / 60.0;
        if !self.contract.allows(kind) {
            return Some("contract_shifts");
        }
        if hours > self.contract.week_hours + 1e-9 {
            return Some("contract_hours");
        }
        let is_away = |&(from, to): &(DateTime<Utc>, DateTime<Utc>)| start < to && from < end;
        if self.absent.iter().any(is_away) {
            return Some("absence");
        }
        let (local, until) = (pool.zone.local(start), pool.zone.local(end));
        let midnight = local.date().and_time(NaiveTime::MIN);
        let minutes = |at: crate::calendar::NaiveDateTime| (at - midnight).num_minutes();
        let (begin, close) = (minutes(local), minutes(until));
        let mut entries = self.agent.available.iter();
        let is_free = self.agent.available.is_empty()
            || entries.any(|entry| {
                entry.days.contains(&local.weekday())
                    && entry
                        .minutes
                        .is_none_or(|(from, to)| i64::from(from) <= begin && close <= i64::from(to))
            });
        (!is_free).then_some("availability")
    }

    /// When the last shift before the horizon ended.
    pub(in crate::scheduling) fn last_end(&self) -> Option<DateTime<Utc>> {
        self.history.iter().map(|s| s.end).max()
    }
}
