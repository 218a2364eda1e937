//! What a law's premiums cost a pool that says what base pay is.
//!
//! ```text
//! clock      premiums of each shift inside the horizon, overtime left out, breaks counted as worked
//! overtime   premiums of the tour − the same without overtime, unpaid breaks taken off
//! ```
//!
//! The clock part is known when a shift is chosen and is part of what the search minimises; the
//! overtime part needs the agent's weeks and comes with the tours. It is never negative, so a bound
//! on schedules stays one on plans.

use std::collections::BTreeMap;

use super::{LawContext, premiums};
use crate::calendar::{DateTime, Grid, NaiveDate, TimeDelta, Utc};
use crate::scheduling::Problem;
use crate::workforce::law::{HolidayKind, LabourLaw};
use crate::workforce::{Pool, Shift, ShiftTypeId, Tour};

/// The name under which pay for overtime is shown.
pub(in crate::scheduling) const OVERTIME: &str = "overtime";

/// Premiums by the clock of one pool.
#[derive(Debug)]
pub(in crate::scheduling) struct ClockPay<'a> {
    pool: &'a Pool,
    law: LabourLaw,
    holidays: BTreeMap<NaiveDate, HolidayKind>,
    base: f64,
    grid: Grid,
}

impl<'a> ClockPay<'a> {
    /// None where the pool has no law or its price has the premiums in it.
    pub(in crate::scheduling) fn of(problem: &Problem, pool: &'a Pool) -> Option<Self> {
        let base = pool.price.base_pay?.get();
        let mut law = pool.law.clone()?;
        law.premiums.retain(|premium| premium.overtime.is_none());
        Some(Self {
            pool,
            holidays: pool.holidays_by_law(&law),
            law,
            base,
            grid: problem.grid,
        })
    }

    /// What one person is paid on top for a shift, as far as it lies inside the horizon.
    pub(in crate::scheduling) fn of_shift(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> f64 {
        self.by_name(start, end).into_values().sum()
    }

    /// The same by the name of the premium.
    pub(in crate::scheduling) fn by_name(
        &self,
        start: DateTime<Utc>,
        end: DateTime<Utc>,
    ) -> BTreeMap<String, f64> {
        if self.grid.inside(start, end) <= TimeDelta::zero() {
            return BTreeMap::new();
        }
        let shift = Shift {
            pool: self.pool.id.clone(),
            shift_type: ShiftTypeId::from(""),
            start: start.max(self.grid.start()),
            end: end.min(self.grid.end()),
            count: 1,
            breaks: Vec::new(),
        };
        let tour = Tour {
            pool: self.pool.id.clone(),
            agent: String::new(),
            contract: String::new(),
            shifts: vec![shift],
        };
        let mut paid = premiums(&self.context(&tour), &tour).by_name;
        for hours in paid.values_mut() {
            *hours *= self.base;
        }
        paid
    }

    /// What a tour is paid on top for overtime.
    pub(in crate::scheduling) fn overtime(&self, tour: &Tour) -> f64 {
        let Some(full) = &self.pool.law else {
            return 0.0;
        };
        let plain = self.context(tour);
        let context = LawContext {
            law: full,
            ..plain.clone()
        };
        let extra = premiums(&context, tour).total() - premiums(&plain, tour).total();
        extra.max(0.0) * self.base
    }

    fn context(&self, tour: &Tour) -> LawContext<'_> {
        let zone = self.pool.zone;
        let first = tour.shifts.first().map(|s| zone.local(s.start).date());
        let mut context = LawContext::new(&self.law, zone, first.unwrap_or_default());
        context.holidays.clone_from(&self.holidays);
        context
    }
}
