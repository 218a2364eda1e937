//! Premiums of the law for the shifts and weeks of a pool's agents.

use std::collections::BTreeMap;

use crate::scheduling::Problem;
use crate::scheduling::law::{ClockPay, OVERTIME};
use crate::units::Money;
use crate::workforce::{Pool, Tour};

/// Premiums by name: by the clock for the part of each shift inside the horizon, and for overtime.
pub(super) fn premiums(problem: &Problem, pool: &Pool, tours: &[Tour]) -> BTreeMap<String, Money> {
    let Some(pay) = ClockPay::of(problem, pool) else {
        return BTreeMap::new();
    };
    let mut paid: BTreeMap<String, f64> = BTreeMap::new();
    for tour in tours {
        for shift in &tour.shifts {
            for (name, amount) in pay.by_name(shift.start, shift.end) {
                *paid.entry(name).or_default() += amount;
            }
        }
        let overtime = pay.overtime(tour);
        if overtime > 0.0 {
            *paid.entry(OVERTIME.to_owned()).or_default() += overtime;
        }
    }
    let money = |amount| Money::new(amount).unwrap_or_default();
    paid.into_iter()
        .map(|(name, amount)| (name, money(amount)))
        .collect()
}
