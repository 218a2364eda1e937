//! Several agents at once: the cheapest sizes nearby, by what single agents do to each condition.
//!
//! ```text
//! min Σ c_v Δ_v                 Δ_v = −3 … 3, whole
//! slack_i + Σ_v slope_iv Δ_v ≥ margin_i + wrong_i
//! ```
//!
//! Agents bring less and less, so the prediction is too good; half of what it is wrong by, seen in
//! simulation, is asked for on top the next time.

use super::condition::Seen;
use super::cuts::solve;
use super::exchange::{Changes, least};
use super::trials::{Look, Stop, Trials};
use crate::milp::{Kind, Model, Sense, Variable};
use crate::units::whole;

/// Agents of a group that come or leave at once.
const REACH: u32 = 3;

/// Predictions tried from the same sizes.
const TRIES: usize = 16;

/// What a leap has to save, in the smallest cost of an agent.
const WORTH: f64 = 1e-3;

/// Cheaper sizes nearby that keep every margin in the sample; `None` where no prediction holds.
pub(super) fn leap(
    trials: &mut Trials<'_>,
    sizes: &[u32],
    seen: &Seen,
    margins: &[f64],
    changes: &Changes,
) -> Result<Option<(Vec<u32>, Seen)>, Stop> {
    let mut wrong = vec![0.0; margins.len()];
    for _ in 0..TRIES {
        let Some(other) = nearby(trials, sizes, seen, margins, changes, &wrong)? else {
            return Ok(None);
        };
        let mut missing: Vec<f64>;
        if let Some(with) = trials.screened(&other, margins)? {
            if least(&with.slack, margins) >= 0.0 {
                return Ok(Some((other, with)));
            }
            missing = margins
                .iter()
                .zip(&with.slack)
                .map(|(m, s)| m - s)
                .collect();
        } else {
            let short = trials.look(&other, Look::Short)?;
            missing = margins
                .iter()
                .zip(&short.slack)
                .map(|(m, s)| m - s)
                .collect();
        }
        for m in &mut missing {
            *m = m.max(0.0);
        }
        if missing.iter().all(|m| *m <= 0.0) {
            missing.fill(1e-3);
        }
        wrong
            .iter_mut()
            .zip(&missing)
            .for_each(|(w, m)| *w += 0.5 * m);
    }
    Ok(None)
}

/// The cheapest sizes nearby that are predicted to keep every margin, and what was wrong before.
fn nearby(
    trials: &Trials<'_>,
    sizes: &[u32],
    seen: &Seen,
    margins: &[f64],
    changes: &Changes,
    wrong: &[f64],
) -> Result<Option<Vec<u32>>, Stop> {
    let (costs, bounds) = (trials.costs(), trials.bounds());
    let mut model = Model::new();
    let mut moves = Vec::new();
    for (v, &(fewest, most)) in bounds.iter().enumerate() {
        let lower = -f64::from((sizes[v] - fewest).min(REACH));
        let upper = f64::from((most - sizes[v]).min(REACH));
        let name = format!("change of {v}");
        moves.push(model.add_variable(name, lower, upper, costs[v], Kind::Integer));
    }
    let cheapest = costs.iter().copied().fold(f64::INFINITY, f64::min);
    let price = moves
        .iter()
        .zip(&costs)
        .map(|(&change, &cost)| (change, cost));
    model.add_row("saves", price, Sense::AtMost, -WORTH * cheapest);
    for i in 0..margins.len() {
        let terms = moves.iter().enumerate();
        let terms = terms.map(|(v, &change)| (change, changes.slope(v, i)));
        let right = margins[i] + wrong[i] - seen.slack[i];
        model.add_row(format!("condition {i}"), terms, Sense::AtLeast, right);
    }
    let Some(point) = solve(trials, &model)? else {
        return Ok(None);
    };
    let place = |(change, &n): (&Variable, &u32)| {
        let after = i64::from(n) + whole::nearest(point[change.index()]);
        whole::clamp(after, 0, u32::MAX)
    };
    let other: Vec<u32> = moves.iter().zip(sizes).map(place).collect();
    // Fractions of a backend without whole variables may come to nothing.
    let is_cheaper = trials.cost(&other) < trials.cost(sizes);
    let fits = other
        .iter()
        .zip(&bounds)
        .all(|(n, b)| (b.0..=b.1).contains(n));
    Ok((is_cheaper && fits).then_some(other))
}
