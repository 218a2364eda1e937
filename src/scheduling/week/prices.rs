use super::problem::Week;

/// Parts of a minor currency unit in which [`Prices`] are stated.
pub const PRICE_SCALE: i64 = 1 << 16;

/// Largest price that is used; a higher one counts as this.
pub(super) const HIGHEST: i64 = 1 << 48;

/// Prices for what the shifts of a week have in common, in units of 1/[`PRICE_SCALE`] of a minor
/// currency unit. They prove a bound, see
/// [`certified_week_bound`](super::certified_week_bound).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prices {
    /// Of an agent wanted, one for each language and interval: `language * intervals + interval`.
    pub cover: Vec<i64>,
    /// Of a seat, one for each site and interval: `site * intervals + interval`.
    pub seats: Vec<i64>,
    /// Of a paid interval that a contract asks for, one for each site.
    pub paid: Vec<i64>,
    /// Of a hundredth of a shift above a share cap, one for each cap.
    pub shares: Vec<i64>,
}

impl Prices {
    /// The prices as the week allows them: as many as it has, from 0 up to the price of a missing
    /// agent, and 0 for seats and contracts that are not limited.
    pub(super) fn lawful(&self, week: &Week) -> Self {
        let n = week.intervals;
        let highest = week.understaffing.map_or(HIGHEST, |price| {
            price.saturating_mul(PRICE_SCALE).clamp(0, HIGHEST)
        });
        let fit = |of: &[i64], count: usize, highest: i64| -> Vec<i64> {
            let known = of.iter().map(|price| (*price).clamp(0, highest));
            known.chain(std::iter::repeat(0)).take(count).collect()
        };
        let mut seats = fit(&self.seats, week.sites.len() * n, HIGHEST);
        for (site, of_site) in week.sites.iter().zip(seats.chunks_mut(n.max(1))) {
            if site.seats.is_none() {
                of_site.fill(0);
            }
        }
        Self {
            cover: fit(&self.cover, week.languages.len() * n, highest),
            seats,
            paid: fit(&self.paid, week.sites.len(), HIGHEST),
            shares: fit(&self.shares, week.share_caps.len(), HIGHEST),
        }
    }
}
