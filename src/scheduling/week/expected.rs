//! The plan that prices suggest, in fractions of people: each pool-day spreads its people over its
//! options, each break over its window, the more the less they cost.
//!
//! ```text
//! people on j = N · e^(−d_j/T) / (1 + Σ_i e^(−d_i/T))     d_j reduced cost, N most shifts of the day
//! ```

use super::frame::Frame;
use super::rest::Expected;

/// Prices as numbers, by language or site and interval.
#[derive(Debug, Clone)]
pub struct Guide {
    pub cover: Vec<f64>,
    pub seats: Vec<f64>,
    pub paid: Vec<f64>,
    pub shares: Vec<f64>,
    /// How far a choice may be from the best one to be taken at times, in minor currency units.
    pub temperature: f64,
    /// Most shifts of a day of a pool that has no cap.
    pub most: f64,
}

/// Values of the intervals for each pool, and reduced costs of the options with breaks at their
/// best places.
pub(super) fn values(frame: &Frame<'_>, guide: &Guide) -> Vec<Vec<f64>> {
    let n = frame.week.intervals;
    let of_pool = |languages: &Vec<usize>| -> Vec<f64> {
        (0..n)
            .map(|t| {
                let prices = || languages.iter().map(|l| guide.cover[l * n + t]);
                let most = prices().fold(0.0, f64::max);
                let all: f64 = prices().map(|p| ((p - most) / guide.temperature).exp()).sum();
                most + guide.temperature * all.ln()
            })
            .collect()
    };
    frame.week.pools.iter().map(|p| of_pool(&p.languages)).collect()
}

/// The fractional plan.
pub(super) fn expected(frame: &Frame<'_>, guide: &Guide) -> Vec<Expected> {
    let week = frame.week;
    let n = week.intervals;
    let values = values(frame, guide);
    let cold = 1.0 / guide.temperature;
    let mut reduced = Vec::with_capacity(frame.options.len());
    let mut duties = Vec::with_capacity(frame.options.len());
    for o in &frame.options {
        let shift = &week.shift_types[o.shift_type];
        let value = |d: usize| values[o.pool][week.after(o.start, d)];
        let site = week.pools[o.pool].site;
        let seats = |d: usize| guide.seats[site * n + week.after(o.start, d)];
        let mut cost = o.cost as f64 - guide.paid[site] * shift.paid() as f64;
        for (cap, price) in week.share_caps.iter().zip(&guide.shares) {
            let weight = 100.0 * f64::from(u8::from(cap.shift_type == o.shift_type));
            cost += price * (weight - f64::from(cap.hundredths));
        }
        cost += (0..shift.length).map(|d| seats(d) - value(d)).sum::<f64>();
        let mut duty = vec![1.0; shift.length];
        for pause in &shift.breaks {
            let lost: Vec<f64> = (pause.first..=pause.last)
                .map(|at| (at..at + pause.length).map(value).sum())
                .collect();
            let least = lost.iter().copied().fold(f64::INFINITY, f64::min);
            let weights: Vec<f64> = lost.iter().map(|l| ((least - l) * cold).exp()).collect();
            let all: f64 = weights.iter().sum();
            cost += least - all.ln() / cold;
            for (i, w) in weights.iter().enumerate() {
                for on_duty in &mut duty[pause.first + i..pause.first + i + pause.length] {
                    *on_duty -= w / all;
                }
            }
        }
        reduced.push(cost);
        duties.push(duty);
    }
    // Shares of the people of each pool-day, "nobody" costing nothing.
    let days = week.days();
    let mut least = vec![0.0_f64; week.pools.len() * days];
    let slot = |j: usize| frame.options[j].pool * days + frame.options[j].day;
    for (j, d) in reduced.iter().enumerate() {
        least[slot(j)] = least[slot(j)].min(*d);
    }
    let mut all: Vec<f64> = least.iter().map(|l| (l * cold).exp()).collect();
    for (j, d) in reduced.iter().enumerate() {
        all[slot(j)] += ((least[slot(j)] - d) * cold).exp();
    }
    (reduced.iter().zip(duties).enumerate())
        .map(|(j, (d, mut duty))| {
            let most = week.pools[frame.options[j].pool]
                .shifts_per_day
                .map_or(guide.most, f64::from);
            let people = most * ((least[slot(j)] - d) * cold).exp() / all[slot(j)];
            for on_duty in &mut duty {
                *on_duty *= people;
            }
            Expected { people, duty }
        })
        .collect()
}
