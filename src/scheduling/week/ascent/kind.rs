//! What is the same for all shifts of a kind, and the sums and soft minima over their intervals.

use std::ops::Range;

use super::exponential::exp;
use super::layout::Layout;
use crate::scheduling::week::problem::{ShareCap, WeekBreak};

/// The options of a pool that are of one kind.
#[derive(Debug)]
pub(super) struct Kind {
    /// Position of the kind.
    pub(super) shift_type: usize,
    /// Intervals.
    pub(super) length: usize,
    /// Paid intervals.
    pub(super) paid: f64,
    /// Breaks.
    pub(super) breaks: Vec<WeekBreak>,
    /// Its options among those of the pool.
    pub(super) options: Range<usize>,
}

impl Kind {
    /// Price of the contract and the share caps for one shift of this kind.
    pub(super) fn credits(
        &self,
        caps: &[ShareCap],
        layout: &Layout,
        point: &[f64],
        site: usize,
    ) -> f64 {
        let shares = caps.iter().zip(&point[layout.shares..]);
        let shares = shares.map(|(cap, price)| price * share(cap, self.shift_type));
        shares.sum::<f64>() - point[layout.paid + site] * self.paid
    }
}

/// What a shift of a kind adds to the row of a share cap.
pub(super) fn share(cap: &ShareCap, shift_type: usize) -> f64 {
    let own = if cap.shift_type == shift_type {
        100.0
    } else {
        0.0
    };
    own - f64::from(cap.hundredths)
}

/// `sums[t]` becomes the sum of the first `t` values, around and around.
pub(super) fn add_up(sums: &mut [f64], values: &[f64]) {
    let mut total = 0.0;
    for (sum, value) in sums.iter_mut().zip(values.iter().cycle()) {
        *sum = total;
        total += value;
    }
}

/// `−T ln Σ e^(−w / T)` over places of worth `w = end − begin`, and the share of each.
pub(super) fn soft_least(begin: &[f64], end: &[f64], shares: &mut [f64], temperature: f64) -> f64 {
    let mut least = f64::INFINITY;
    for ((w, from), to) in shares.iter_mut().zip(begin).zip(end) {
        *w = to - from;
        least = if *w < least { *w } else { least };
    }
    let mut total = 0.0;
    for w in shares.iter_mut() {
        *w = exp((least - *w) / temperature);
        total += *w;
    }
    for w in shares.iter_mut() {
        *w /= total;
    }
    least - temperature * total.ln()
}
