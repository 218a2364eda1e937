//! Engset: a loss system with a finite number of sources.
//!
//! ```text
//! α = A / (S − A (1 − B))
//! B = C(S−1, n) αⁿ / Σ_{i=0..n} C(S−1, i) αⁱ        call congestion
//! ```
//!
//! `S` sources, `n` servers, `A` the total offered traffic in erlangs (blocked attempts included),
//! `α` the traffic offered by an idle source. Both equations are solved together. `B` is the share
//! of attempts that are blocked, not the share of time that all servers are busy.
//!
//! **Assumptions.** Each idle source starts an attempt after an exponential time; any handling-time
//! law; blocked attempts are lost. With `n ≥ S` nobody is ever blocked.
//! **Accuracy.** All terms are positive. Both equations hold to 1e-12 in tests with 2 to 250 sources.
//! As `S` grows, `B` tends to Erlang B.
//! **Source.** Engset (1918); call congestion as in Iversen, "Teletraffic Engineering" (2001).

use super::numerics::increasing_root;
use crate::units::{Erlangs, Probability};

/// Probability that an attempt of one of `sources` finds all `servers` busy; `load` is their total
/// offered traffic.
///
/// ```
/// use wfm::queueing::engset::call_congestion;
/// use wfm::units::Erlangs;
/// let blocked = call_congestion(10, 20, Erlangs::new(5.0)?);
/// assert!((blocked.get() - 0.006_554_225_75).abs() < 1e-11);
/// # Ok::<(), wfm::units::UnitError>(())
/// ```
pub fn call_congestion(servers: u32, sources: u32, load: Erlangs) -> Probability {
    let (n, s, total) = (f64::from(servers), f64::from(sources), load.get());
    if servers >= sources {
        return Probability::ZERO;
    }
    if servers == 0 {
        return Probability::ONE;
    }
    if total <= 0.0 {
        return Probability::ZERO;
    }
    // Carried traffic is A (1 − B) and at most n, which is below S.
    let congestion = |blocked: f64| {
        let carried = (total * (1.0 - blocked)).min(n);
        congestion_at(n, s, total / (s - carried))
    };
    // The right side falls in B, so its values at 1 and 0 bracket the root.
    let (low, high) = (congestion(1.0), congestion(0.0));
    let blocked = increasing_root(|b| b - congestion(b), (low, high), (low, high));
    Probability::saturating(blocked)
}

/// Smallest number of servers whose call congestion is at most `limit`, at most one a source.
pub fn required_servers(sources: u32, load: Erlangs, limit: Probability) -> u32 {
    let is_met = |servers: u32| call_congestion(servers, sources, load) <= limit;
    if is_met(0) {
        return 0;
    }
    let (mut below, mut met) = (0, sources);
    while met - below > 1 {
        let middle = below + (met - below) / 2;
        if is_met(middle) {
            met = middle;
        } else {
            below = middle;
        }
    }
    met
}

/// Call congestion for a traffic `alpha` of an idle source: one over the sum of the terms relative
/// to the last, added from the last down until they no longer count.
fn congestion_at(servers: f64, sources: f64, alpha: f64) -> f64 {
    let (mut term, mut sum, mut i) = (1.0, 1.0, servers);
    while i > 0.0 {
        let ratio = i / ((sources - i) * alpha);
        term *= ratio;
        sum += term;
        if (ratio < 1.0 && term < 1e-18 * sum * (1.0 - ratio)) || sum.is_infinite() {
            break;
        }
        i -= 1.0;
    }
    1.0 / sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queueing::erlang_b;

    /// The definition, term by term.
    fn by_definition(n: u32, s: u32, alpha: f64) -> f64 {
        let (mut term, mut sum) = (1.0, 1.0);
        for i in 1..=n {
            term *= f64::from(s - i) / f64::from(i) * alpha;
            sum += term;
        }
        term / sum
    }

    #[test]
    fn both_equations_hold() {
        for (n, s, a) in [
            (10, 20, 5.0),
            (1, 2, 0.7),
            (88, 250, 75.0),
            (3, 4, 40.0),
            (5, 90, 1e-3),
        ] {
            let b = call_congestion(n, s, Erlangs::new(a).unwrap()).get();
            let alpha = a / (f64::from(s) - a * (1.0 - b));
            let off = by_definition(n, s, alpha) / b - 1.0;
            assert!(off.abs() < 1e-12, "{n} {s} {a}: {off}");
        }
    }

    #[test]
    fn edges_and_the_limit_of_many_sources() {
        let a = Erlangs::new(10.0).unwrap();
        assert_eq!(call_congestion(5, 5, a), Probability::ZERO);
        assert_eq!(call_congestion(0, 5, a), Probability::ONE);
        assert_eq!(call_congestion(3, 5, Erlangs::ZERO), Probability::ZERO);
        let many = call_congestion(15, 100_000_000, a).get();
        assert!((many / erlang_b::blocking(15, a).get() - 1.0).abs() < 1e-6);
        let limit = Probability::new(0.01).unwrap();
        assert_eq!(
            required_servers(250, Erlangs::new(75.0).unwrap(), limit),
            88
        );
        assert_eq!(required_servers(7, a, Probability::ZERO), 7);
        assert_eq!(required_servers(7, a, Probability::ONE), 0);
    }
}
