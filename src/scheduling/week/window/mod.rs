//! Part of a week taken out and planned anew, with the rest as it is.
//!
//! ```text
//! λ_jq ≥ 0   people on option j with break pattern q, generated as prices ask for them
//! x_j  ≥ 0   people on option j, whole; its row exists once it has been branched on
//! u_t  ≥ 0   agents missing
//!
//! cover   Σ on duty(j,q,t) λ_jq + u_t ≥ need of a set of languages        each t, where it binds
//! seats   Σ present(j,t) λ_jq ≤ seats left                               each site, t, where it binds
//! limits  day caps, share caps, paid minima
//! kept    Σ λ_jq − more_j + fewer_j = people agreed on j, at the price of a change
//! ```
//!
//! The best pattern of an option under the prices of the intervals is found break by break, since
//! windows of breaks do not overlap. Branching is on `x_j`; with all of them whole, patterns are
//! settled one after the other.

mod breaks;
mod columns;
mod master;
mod search;

pub(super) use search::{Effort, Found, People, search};

use super::StartOption;
use super::frame::Frame;
use super::rest::Rest;

/// How much of each scarce thing a window may take beyond what it has now: one part in so many,
/// since other windows are planned at the same time.
pub(super) type Sharers = f64;

/// What is taken out: options whose people are given up, in a roster in which they already are.
#[derive(Debug)]
pub(super) struct Window<'a> {
    pub(super) frame: &'a Frame<'a>,
    /// Everybody else.
    pub(super) rest: &'a Rest,
    /// The options, ascending.
    pub(super) options: &'a [usize],
    pub(super) limits: Vec<Limit>,
    /// Price of the limits that are broken now.
    pub(super) broken_now: f64,
    /// Whether the rest is expected in fractions, so that needs are no more than estimates.
    pub(super) is_rough: bool,
}

/// A row over the options of a window: `Σ weight(j) x_j ≤ upper`.
#[derive(Debug, Clone)]
pub(super) struct Limit {
    /// Weight of each option of the window, by position.
    pub(super) weights: Vec<f64>,
    pub(super) upper: f64,
    /// Price of a unit beyond it; none for a limit that is kept now.
    pub(super) broken: Option<f64>,
}

impl<'a> Window<'a> {
    /// A window with the limits that the rest leaves it. `now` are the people in it, by position
    /// among its options.
    pub(super) fn new(
        frame: &'a Frame<'a>,
        rest: &'a Rest,
        options: &'a [usize],
        now: &[i64],
        sharers: Sharers,
        is_rough: bool,
    ) -> Self {
        let week = frame.week;
        let mut window = Self {
            frame,
            rest,
            options,
            limits: Vec::new(),
            broken_now: 0.0,
            is_rough,
        };
        for (p, pool) in week.pools.iter().enumerate() {
            let Some(cap) = pool.shifts_per_day else {
                continue;
            };
            for day in 0..week.days() {
                let elsewhere = rest.day_starts[p][day];
                let is_in = |o: &StartOption| f64::from(u8::from(o.pool == p && o.day == day));
                window.at_most(
                    is_in,
                    f64::from(cap) - elsewhere,
                    now,
                    sharers,
                    frame.broken_price,
                );
            }
        }
        for cap in &week.share_caps {
            let hundredths = f64::from(cap.hundredths);
            let weight = |o: &StartOption| {
                100.0 * f64::from(u8::from(o.shift_type == cap.shift_type)) - hundredths
            };
            let elsewhere = 100.0 * rest.by_type[cap.shift_type] - hundredths * rest.total();
            let price = frame.broken_share(cap.hundredths);
            window.at_most(weight, -elsewhere, now, sharers, price);
        }
        for (s, site) in week.sites.iter().enumerate() {
            let weight = |o: &StartOption| {
                let is_here = week.pools[o.pool].site == s;
                -f64::from(u8::from(is_here)) * week.shift_types[o.shift_type].paid() as f64
            };
            let minimum = site.paid_minimum as f64;
            let price = frame.broken_paid();
            window.at_most(weight, rest.paid[s] - minimum, now, sharers, price);
        }
        window
    }

    /// Adds the row `Σ weight x ≤ right`, of whose slack the window gets its part.
    fn at_most(
        &mut self,
        weight: impl Fn(&StartOption) -> f64,
        right: f64,
        now: &[i64],
        sharers: f64,
        price: i64,
    ) {
        let weights: Vec<f64> = (self.options.iter())
            .map(|&j| weight(&self.frame.options[j]))
            .collect();
        if weights.iter().all(|&w| w == 0.0) {
            return;
        }
        let taken: f64 = weights.iter().zip(now).map(|(w, &n)| w * n as f64).sum();
        let slack = right - taken;
        let upper = taken
            + if slack > 0.0 && sharers > 1.0 {
                (slack / sharers).floor()
            } else {
                slack
            };
        let broken = (slack < 0.0).then_some(price as f64);
        self.broken_now += broken.map_or(0.0, |price| -slack * price);
        self.limits.push(Limit {
            weights,
            upper,
            broken,
        });
    }

    /// Price of one person on an option; the change it is where nobody was agreed.
    pub(super) fn price(&self, place: usize) -> i64 {
        let (frame, j) = (self.frame, self.options[place]);
        let change = if frame.agreed[j] == 0 {
            frame.change_price
        } else {
            0
        };
        frame.options[j].cost + change
    }

    /// Options that are kept at a price, by position, with the people agreed on each.
    pub(super) fn agreed(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let places = self.options.iter().enumerate();
        let agreed = places.map(|(place, &j)| (place, self.frame.agreed[j] as f64));
        agreed.filter(|(_, people)| self.frame.change_price > 0 && *people > 0.0)
    }

    /// Price of what people on each option change where some were agreed.
    fn changes(&self, totals: &[f64]) -> f64 {
        let off = self
            .agreed()
            .map(|(place, agreed)| (totals[place] - agreed).abs());
        off.sum::<f64>() * self.frame.change_price as f64
    }

    /// Price of the limits that people on each option break.
    fn broken(&self, totals: &[f64]) -> f64 {
        let price = |limit: &Limit| {
            let taken: f64 = limit.weights.iter().zip(totals).map(|(w, x)| w * x).sum();
            limit.broken.unwrap_or(0.0) * (taken - limit.upper).max(0.0)
        };
        self.limits.iter().map(price).sum()
    }
}
