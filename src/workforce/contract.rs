use std::time::Duration;

use super::ShiftTypeId;

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
    /// Most agents with this contract.
    pub agents_max: Option<u32>,
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
            agents_max: None,
        }
    }

    /// Whether it allows a kind of shift.
    pub fn allows(&self, kind: &ShiftTypeId) -> bool {
        self.shifts.is_empty() || self.shifts.contains(kind)
    }
}
