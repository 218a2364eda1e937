use std::time::Duration;

use super::ShiftTypeId;
use crate::units::Probability;

/// What agents of a pool have agreed to work in a week. Hours are hours of shifts, breaks included.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    /// Name within the pool (`full time`).
    pub id: String,
    /// Most hours in a week.
    pub week_hours: f64,
    /// Hours that are paid in a week whether they are worked or not, at the pool's lowest price.
    pub guaranteed_hours: f64,
    /// Most days in a week.
    pub week_days: u32,
    /// Kinds of shift it allows, all when empty.
    pub shifts: Vec<ShiftTypeId>,
    /// Shifts of a week start within so much of each other by the local clock.
    pub start_band: Option<Duration>,
    /// Fewest agents with this contract, who are there and paid whether they are needed or not.
    pub agents_min: u32,
    /// Most agents with this contract.
    pub agents_max: Option<u32>,
    /// Days in a row that each week leaves free, 0 or 1 where it does not matter.
    pub days_off_together: u32,
    /// Largest share of these agents who work on a Saturday or Sunday of a week. Agents are whole:
    /// this share and the next ones are missed by less than one agent.
    pub weekend_share_max: Option<Probability>,
    /// Smallest share of the pool's agents of a week.
    pub share_min: Option<Probability>,
    /// Largest share of the pool's agents of a week.
    pub share_max: Option<Probability>,
}

impl Contract {
    /// A contract for at most so many hours on five days, of which none is guaranteed.
    pub fn hours(id: impl Into<String>, week_hours: f64) -> Self {
        Self {
            id: id.into(),
            week_hours,
            guaranteed_hours: 0.0,
            week_days: 5,
            shifts: Vec::new(),
            start_band: None,
            agents_min: 0,
            agents_max: None,
            days_off_together: 0,
            weekend_share_max: None,
            share_min: None,
            share_max: None,
        }
    }

    /// Whether the pool's agents have to be counted to know what it asks for.
    pub(crate) fn counts_agents(&self) -> bool {
        self.guaranteed_hours > 0.0
            || self.agents_min > 0
            || self.days_off_together > 1
            || self.weekend_share_max.is_some()
            || self.share_min.is_some()
            || self.share_max.is_some()
    }

    /// Whether it allows a kind of shift.
    pub fn allows(&self, kind: &ShiftTypeId) -> bool {
        self.shifts.is_empty() || self.shifts.contains(kind)
    }
}
