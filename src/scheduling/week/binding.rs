use super::certificate::Certificate;
use super::explain::named;
use super::{PRICE_SCALE, Prices, Week};
use crate::scheduling::BindingRule;

/// Prices below a tenth of a minor unit bind nothing.
const LEAST: f64 = 0.1;

/// The rules that keep a week from being cheaper, by the prices that prove its bound, dearest
/// first.
///
/// A price is what one unit of the rule takes off the bound, in minor currency units; the same
/// prices prove that it takes no more off the cost of any plan than what lies between bound and
/// cost on top. The units are
///
/// ```text
/// paid minimum of a site     a paid interval fewer
/// seats of a site            a seat more, all week
/// share cap of a kind        a shift of the kind beyond the cap
/// daily cap of a pool        a shift more on that day of the pool's clock
/// ```
///
/// Empty where the prices prove nothing.
pub fn binding_week_rules(week: &Week, prices: &Prices) -> Vec<BindingRule> {
    let Some(proof) = Certificate::new(week, &week.options(), prices) else {
        return Vec::new();
    };
    let unit = PRICE_SCALE as f64;
    let mut found = Vec::new();
    let mut add = |rule: String, price: f64| {
        let price = price / unit;
        if price >= LEAST {
            found.push(BindingRule { rule, price });
        }
    };
    let (n, own) = (week.intervals.max(1), proof.prices());
    for (site, &price) in week.sites.iter().zip(&own.paid) {
        add(
            format!("paid minimum of {}", named("site", &site.id)),
            price as f64,
        );
    }
    for (site, prices) in week.sites.iter().zip(own.seats.chunks(n)) {
        let total: f64 = prices.iter().map(|&price| price as f64).sum();
        let dearest = (0..prices.len()).max_by_key(|&t| (prices[t], std::cmp::Reverse(t)));
        if let Some(dearest) = dearest {
            let at = week.clock(dearest);
            let site = named("site", &site.id);
            add(format!("seats of {site}, dearest at {at}"), total);
        }
    }
    for (cap, &price) in week.share_caps.iter().zip(&own.shares) {
        let kind = &week.shift_types[cap.shift_type].id;
        add(
            format!("share cap of {}", named("kind", kind)),
            100.0 * price as f64,
        );
    }
    for (pool, days) in week.pools.iter().zip(proof.days()) {
        for (day, &price) in days.iter().enumerate() {
            let pool = named("pool", &pool.id);
            add(
                format!("daily cap of {pool} on day {}", day + 1),
                price as f64,
            );
        }
    }
    found.sort_by(|a, b| b.price.total_cmp(&a.price));
    found
}
