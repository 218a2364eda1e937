//! Checks of a whole instance: prices that make no sense together, sums that grow too large.

use crate::scheduling::design::DesignProblem;
use crate::scheduling::week::{Week, WeekPool, WeekShiftType};
use crate::workforce::{Fault, FaultCode};

/// The largest cost that is counted exactly everywhere, real numbers included: 2^53.
const LARGEST_COST: i128 = 1 << 53;

/// Everything that is wrong with a week as a whole.
pub(super) fn week(week: &Week) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut dearest: i128 = 0;
    for (p, pool) in week.pools.iter().enumerate() {
        let sums = running(pool);
        for (k, shift) in week.shift_types.iter().enumerate() {
            let prices = prices(week, pool, k, shift, &sums);
            dearest = dearest.max(prices.iter().copied().max().unwrap_or(0));
            if let Some(price) = prices.iter().copied().min().filter(|&price| price < 0) {
                found.push(below_zero(week, p, shift, price));
            }
        }
    }
    let wanted: u128 = (week.languages.iter().flat_map(|l| &l.required))
        .map(|&agents| u128::from(agents))
        .sum();
    let bought: u128 = week.sites.iter().map(|s| u128::from(s.paid_minimum)).sum();
    let price = dearest + i128::from(week.understaffing.unwrap_or(0));
    let most = i128::try_from(wanted + bought).unwrap_or(i128::MAX);
    if most.saturating_mul(price) > LARGEST_COST {
        let what = "the cost may pass 2^53: agents wanted in all slots, times the dearest shift \
                    and the price of a missing agent";
        found.push(too_large(what));
    }
    found
}

/// Everything that is wrong with a shift design as a whole.
pub(super) fn design(problem: &DesignProblem) -> Vec<Fault> {
    let wanted: u128 = problem.required.iter().map(|&r| u128::from(r)).sum();
    let types = (problem.shift_types.iter())
        .map(|t| (t.last_start - t.first_start + 1) * (t.longest - t.shortest + 1));
    let shifts: usize = types.sum();
    let longest = problem.shift_types.iter().map(|t| t.longest).max();
    // Whoever is wanted may be missing, or be joined by as many as a longest shift brings too many.
    let minutes = wanted.saturating_mul(longest.unwrap_or(0) as u128 + 1)
        * u128::from(problem.interval_minutes);
    let whole = |n: u128| i128::try_from(n).unwrap_or(i128::MAX);
    let most = (whole(minutes).saturating_mul(i128::from(problem.under.max(problem.over))))
        .saturating_add(whole(shifts as u128).saturating_mul(i128::from(problem.per_shift)));
    if most > LARGEST_COST {
        let what = "the cost may pass 2^53: workers wanted in all slots, times minutes and weights";
        return vec![too_large(what)];
    }
    Vec::new()
}

fn too_large(what: &str) -> Fault {
    let action = "give smaller numbers; a larger unit of money or time does it";
    Fault::at("required", FaultCode::OutOfRange, what, action)
}

/// Sums of the wages before each interval, over two weeks.
fn running(pool: &WeekPool) -> Vec<i128> {
    let mut sum = 0;
    let mut sums = vec![0];
    for wage in pool.wages.iter().chain(&pool.wages) {
        sum += i128::from(*wage);
        sums.push(sum);
    }
    sums
}

/// Price of one person for each start that is allowed.
fn prices(
    week: &Week,
    pool: &WeekPool,
    kind: usize,
    shift: &WeekShiftType,
    sums: &[i128],
) -> Vec<i128> {
    let Some(starts) = pool.starts.get(kind).copied().flatten() else {
        return Vec::new();
    };
    let unpaid = shift.breaks.iter().filter(|b| !b.is_paid).map(|b| b.length);
    let unpaid: i128 = unpaid.map(|length| length as i128).sum();
    let other = i128::from(pool.fixed_cost) - i128::from(pool.base_wage) * unpaid;
    let length = i64::try_from(week.intervals).unwrap_or(i64::MAX);
    let ahead = usize::try_from(pool.offset.rem_euclid(length)).unwrap_or(0);
    (0..week.intervals / week.intervals_per_day)
        .flat_map(|day| {
            let at = (starts.from..=starts.to).step_by(starts.step);
            at.map(move |at| day * week.intervals_per_day + at)
        })
        .map(|local| {
            let start = (local + week.intervals - ahead) % week.intervals;
            sums[start + shift.length] - sums[start] + other
        })
        .collect()
}

fn below_zero(week: &Week, pool: usize, shift: &WeekShiftType, price: i128) -> Fault {
    let path = match week.pools[pool].id.as_str() {
        "" => "base_slot_wage".to_owned(),
        _ => format!("pools[{pool}].base_slot_wage"),
    };
    let what = format!(
        "a shift `{}` would cost {price}: unpaid breaks take off more than it earns",
        shift.id
    );
    let action = "lower `base_slot_wage`, or raise `slot_wage` or `fixed_cost_per_shift`";
    Fault::at(path, FaultCode::OutOfRange, what, action)
}
