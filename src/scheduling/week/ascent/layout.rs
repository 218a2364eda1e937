//! Where each price lies in the one vector the ascent moves.

use crate::scheduling::week::prices::{HIGHEST, PRICE_SCALE, Prices};
use crate::scheduling::week::problem::Week;
use crate::units::whole::round_within;

/// Positions of seats, contracts and share caps behind the agents wanted, which come first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Intervals of the week.
    pub(super) intervals: usize,
    /// First price of a seat.
    pub(super) seats: usize,
    /// First price of a contract.
    pub(super) paid: usize,
    /// First price of a share cap.
    pub(super) shares: usize,
    /// Prices in all.
    pub(super) len: usize,
}

impl Layout {
    /// The layout of a week.
    pub(super) fn new(week: &Week) -> Self {
        let intervals = week.intervals;
        let seats = week.languages.len() * intervals;
        let paid = seats + week.sites.len() * intervals;
        let shares = paid + week.sites.len();
        Self {
            intervals,
            seats,
            paid,
            shares,
            len: shares + week.share_caps.len(),
        }
    }

    /// The prices of the agents wanted in a language.
    pub(super) fn language<'a>(&self, point: &'a [f64], language: usize) -> &'a [f64] {
        &point[language * self.intervals..][..self.intervals]
    }

    /// The prices of the seats of a site.
    pub(super) fn site<'a>(&self, point: &'a [f64], site: usize) -> &'a [f64] {
        &point[self.seats + site * self.intervals..][..self.intervals]
    }

    /// A point as whole prices.
    pub(super) fn prices(&self, point: &[f64]) -> Prices {
        let scale = PRICE_SCALE as f64;
        let whole = |part: &[f64]| {
            part.iter()
                .map(|p| round_within(p * scale, HIGHEST))
                .collect()
        };
        Prices {
            cover: whole(&point[..self.seats]),
            seats: whole(&point[self.seats..self.paid]),
            paid: whole(&point[self.paid..self.shares]),
            shares: whole(&point[self.shares..]),
        }
    }
}
