use super::prices::{PRICE_SCALE, Prices};
use super::problem::{StartOption, Week, WeekShiftType};

/// A lower bound on the cost of every plan of a week, whatever the prices are.
///
/// Agents wanted are priced at `π_lt` between 0 and the price of a missing agent, seats at `σ_st`,
/// paid intervals of a contract at `μ_s`, shares at `ρ_c`, all at least 0. An interval on duty is
/// worth the best of the languages spoken, and every shift stands alone:
///
/// ```text
/// v_pt = max { π_lt : p speaks l }
/// V_o  = Σ v_pt over the shift − Σ_breaks min { Σ v_pt over the break : its places }
/// C_o  = cost + Σ σ_st over the shift − μ_s paid + Σ_c ρ_c (100 [o is of the kind of c] − h_c)
/// L    = Σ π_lt r_lt − Σ σ_st seats_s + Σ μ_s minimum_s
///        + Σ_{pool, day} cap · min(0, min_o C_o − V_o)
///        + Σ_o k_o min(C_o − V_o, price of a change)
/// ```
///
/// The last sum is over the shifts that are kept, `k_o` of them, on days of pools on which no
/// shift has `V_o > C_o`.
///
/// Pools without a daily cap must have no shift with `V_o > C_o`. Prices that break this are
/// lowered first: `μ` and `ρ` by one common factor until every `C_o ≥ 0`, then, shift by shift,
/// the `π` of its languages and intervals by `C_o / V_o`. What was lowered stays low, so one pass
/// is enough.
///
/// All arithmetic is in whole numbers. The result is rounded up to the next attainable cost, a
/// multiple of the greatest common divisor of all prices of shifts and missing agents. It is
/// `i64::MIN` where a pool without a cap is paid for working, and above the cost of any plan
/// where there is none.
///
/// **Source.** Weak Lagrangian duality; every subproblem is solved exactly.
pub fn certified_week_bound(week: &Week, prices: &Prices) -> i64 {
    Certificate::new(week, &week.options(), prices).map_or(i64::MIN, |proof| proof.bound())
}

/// What prices prove about a week, in units of 1/[`PRICE_SCALE`].
#[derive(Debug, Clone)]
pub(super) struct Certificate {
    total: i128,
    step: i64,
    prices: Prices,
    days: Vec<Vec<i128>>,
}

impl Certificate {
    /// Evaluates prices; nothing where a pool without a cap is paid for working.
    pub(super) fn new(week: &Week, options: &[StartOption], prices: &Prices) -> Option<Self> {
        let mut prices = prices.lawful(week);
        let is_open = |o: &StartOption| week.pools[o.pool].shifts_per_day.is_none();
        let open: Vec<StartOption> = options.iter().copied().filter(is_open).collect();
        lower_credits(week, &open, &mut prices)?;
        lower_cover(week, &open, &mut prices);
        let (separate, days) = separate(week, options, &prices);
        Some(Self {
            total: common(week, &prices) + separate,
            step: attainable_step(week, options),
            prices,
            days,
        })
    }

    /// The bound before it is rounded up to an attainable cost.
    pub(super) fn total(&self) -> i128 {
        self.total
    }

    /// The bound.
    pub(super) fn bound(&self) -> i64 {
        next_attainable(self.total, self.step)
    }

    /// The prices as lowered: those that prove the bound.
    pub(super) const fn prices(&self) -> &Prices {
        &self.prices
    }

    /// What one more shift of a pool on a day would save of the bound, by pool and day; 0 where
    /// the day has no cap.
    pub(super) fn days(&self) -> &[Vec<i128>] {
        &self.days
    }
}

/// The greatest common divisor of all prices of shifts and missing agents, at least 1.
fn attainable_step(week: &Week, options: &[StartOption]) -> i64 {
    let divisor = |a: u64, b: u64| {
        let (mut a, mut b) = (a, b);
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let costs = options.iter().map(|o| o.cost).chain(week.understaffing);
    let costs = costs.chain([week.change_price()]);
    let step = costs.map(i64::unsigned_abs).fold(0, divisor);
    i64::try_from(step).unwrap_or(1).max(1)
}

/// The smallest multiple of `step` that is not below a bound in units of prices.
fn next_attainable(bound: i128, step: i64) -> i64 {
    let unit = i128::from(PRICE_SCALE) * i128::from(step);
    let floor = bound.div_euclid(unit);
    let above = floor + i128::from(bound.rem_euclid(unit) > 0);
    let limit = if above < 0 { i64::MIN } else { i64::MAX };
    i64::try_from(above * i128::from(step)).unwrap_or(limit)
}

/// What the prices say about the agents wanted, the seats and the contracts.
fn common(week: &Week, prices: &Prices) -> i128 {
    let n = week.intervals.max(1);
    let cover = week.languages.iter().zip(prices.cover.chunks(n));
    let wanted: i128 = cover
        .flat_map(|(language, of_language)| language.required.iter().zip(of_language))
        .map(|(&required, &price)| i128::from(required) * i128::from(price))
        .sum();
    let seats = week.sites.iter().zip(prices.seats.chunks(n));
    let seated: i128 = seats
        .map(|(site, of_site)| {
            let total: i128 = of_site.iter().copied().map(i128::from).sum();
            i128::from(site.seats.unwrap_or(0)) * total
        })
        .sum();
    let contracts = week.sites.iter().zip(&prices.paid);
    let contracted: i128 = contracts
        .map(|(site, &price)| i128::from(site.paid_minimum) * i128::from(price))
        .sum();
    wanted - seated + contracted
}

/// `Σ cap · min(0, min_o C_o − V_o)` over pools and days and what dropping kept shifts costs; and
/// `−min(0, min_o C_o − V_o)` by pool and day.
fn separate(week: &Week, options: &[StartOption], prices: &Prices) -> (i128, Vec<Vec<i128>>) {
    let mut total = 0;
    let mut days = vec![vec![0_i128; week.days()]; week.pools.len()];
    let agreed = week.agreed(options);
    let change = i128::from(week.change_price()) * i128::from(PRICE_SCALE);
    let mut agreed = agreed.iter();
    for of_pool in options.chunk_by(|a, b| a.pool == b.pool) {
        let pool = of_pool[0].pool;
        let values = values(week, pool, prices);
        let reduced = |o: &StartOption| {
            let (own, credits) = charges(week, o, prices);
            own + credits - worth(&week.shift_types[o.shift_type], o.start, &values)
        };
        let reduced: Vec<i128> = of_pool.iter().map(reduced).collect();
        let mut best = vec![0_i128; week.days()];
        for (o, &reduced) in of_pool.iter().zip(&reduced) {
            best[o.day] = best[o.day].min(reduced);
        }
        let cap = week.pools[pool].shifts_per_day.unwrap_or(0);
        total += i128::from(cap) * best.iter().sum::<i128>();
        for ((o, reduced), &agreed) in of_pool.iter().zip(reduced).zip(agreed.by_ref()) {
            if best[o.day] == 0 {
                total += i128::from(agreed) * reduced.min(change);
            }
        }
        if week.pools[pool].shifts_per_day.is_some() {
            days[pool] = best.iter().map(|best| -best).collect();
        }
    }
    (total, days)
}

/// Lowers `μ` and `ρ` by a common factor until `C_o ≥ 0` for every option; nothing when the
/// option itself costs less than nothing.
fn lower_credits(week: &Week, options: &[StartOption], prices: &mut Prices) -> Option<()> {
    const BITS: i128 = 1 << 30;
    // Rounding ρ down by less than one may take as much from C_o.
    let slack = 100 * i128::try_from(week.share_caps.len()).ok()?;
    let mut factor = BITS;
    for o in options {
        let (own, credits) = charges(week, o, prices);
        if own < 0 {
            return None;
        }
        if credits < 0 && own + credits < slack {
            factor = factor.min((own - slack).max(0) * BITS / -credits);
        }
    }
    if factor < BITS {
        for price in prices.paid.iter_mut().chain(&mut prices.shares) {
            *price = i64::try_from(i128::from(*price) * factor / BITS).ok()?;
        }
        let is_paid_for = |o: &StartOption| {
            let (own, credits) = charges(week, o, prices);
            own + credits >= 0
        };
        // Credits that were charges may have been rounded below what a free shift costs.
        if !options.iter().all(is_paid_for) {
            prices.paid.fill(0);
            prices.shares.fill(0);
        }
    }
    Some(())
}

/// Lowers `π` until `V_o ≤ C_o` for every option; needs `C_o ≥ 0`.
///
/// `V_o` grows with every price and in proportion to all, so prices lowered by `C_o / V_o` and
/// rounded down are low enough, and those lowered later do not undo it.
fn lower_cover(week: &Week, options: &[StartOption], prices: &mut Prices) {
    let n = week.intervals;
    for of_pool in options.chunk_by(|a, b| a.pool == b.pool) {
        let pool = of_pool[0].pool;
        let mut values = values(week, pool, prices);
        for o in of_pool {
            let shift = &week.shift_types[o.shift_type];
            let (own, credits) = charges(week, o, prices);
            let (allowed, worth) = (own + credits, worth(shift, o.start, &values));
            if worth <= allowed {
                continue;
            }
            for j in 0..shift.length.min(n) {
                for &language in &week.pools[pool].languages {
                    let price = &mut prices.cover[language * n + week.after(o.start, j)];
                    let lowered = i128::from(*price) * allowed / worth;
                    *price = i64::try_from(lowered).unwrap_or(0);
                }
            }
            values = self::values(week, pool, prices);
        }
    }
}

/// `v_pt` around the week and on beyond its end, as far as a shift may reach.
fn values(week: &Week, pool: usize, prices: &Prices) -> Vec<i128> {
    let n = week.intervals;
    let longest = week.shift_types.iter().map(|k| k.length).max().unwrap_or(0);
    let languages = &week.pools[pool].languages;
    (0..n + longest)
        .map(|t| {
            let of_interval = languages.iter().map(|l| prices.cover[l * n + t % n]);
            i128::from(of_interval.max().unwrap_or(0))
        })
        .collect()
}

/// `V_o`: what the intervals on duty are worth with every break at its cheapest place.
fn worth(shift: &WeekShiftType, start: usize, values: &[i128]) -> i128 {
    let sum = |from: usize, length: usize| values[from..from + length].iter().sum::<i128>();
    let breaks = shift.breaks.iter().map(|b| {
        let places = (b.first..=b.last).map(|offset| sum(start + offset, b.length));
        places.min().unwrap_or(0)
    });
    sum(start, shift.length) - breaks.sum::<i128>()
}

/// `C_o` in two parts: the price and the seats, which is never lowered, and the contract and the
/// share caps.
fn charges(week: &Week, o: &StartOption, prices: &Prices) -> (i128, i128) {
    let (n, site) = (week.intervals, week.pools[o.pool].site);
    let shift = &week.shift_types[o.shift_type];
    let seats: i128 = (0..shift.length)
        .map(|j| i128::from(prices.seats[site * n + week.after(o.start, j)]))
        .sum();
    let paid = i128::try_from(shift.paid()).unwrap_or(0) * i128::from(prices.paid[site]);
    let caps = week.share_caps.iter().zip(&prices.shares);
    let shares: i128 = caps
        .map(|(cap, &price)| {
            let own = if cap.shift_type == o.shift_type {
                100
            } else {
                0
            };
            i128::from(price) * (own - i128::from(cap.hundredths))
        })
        .sum();
    let cost = i128::from(o.cost) * i128::from(PRICE_SCALE);
    (cost + seats, shares - paid)
}
