//! Cutting planes: the cheapest sizes that no simulation so far speaks against.
//!
//! ```text
//! s_i(x̂) < b_i   ⇒   s_i(x̂) + Σ_v q_v (x_v − x̂_v) ≥ b_i,     q_v = s_i(x̂ + e_v) − s_i(x̂) ≥ 0
//! ```
//!
//! `s_i` service level of condition `i` in the sample, `q` what one agent more brings with the same
//! contacts.

use super::relaxation::Relaxation;
use super::trials::{Look, Stop, Trials};
use crate::milp::{Event, Model, Sense, SolveOptions, Variable};
use crate::units::whole;

/// What an agent brings that counts as nothing.
const NOTHING: f64 = 1e-6;

/// The best point of a model; `None` where it has none. A backend without whole variables gives
/// fractions.
pub(super) fn solve(trials: &Trials<'_>, model: &Model) -> Result<Option<Vec<f64>>, Stop> {
    let solvers = trials.options.solvers;
    let options = SolveOptions {
        time_limit: trials.left(),
        seed: trials.options.seed,
        ..SolveOptions::default()
    };
    let outcome = match solvers.integer {
        Some(backend) => backend.solve(model, &options)?,
        None => solvers.linear.solve(&model.relaxed(), &options)?,
    };
    match trials.over() {
        Some(end) if outcome.point.is_none() => Err(Stop::End(end)),
        _ => Ok(outcome.point),
    }
}

/// The cheapest sizes of a model, fractions rounded up; `None` where it has none.
pub(super) fn cheapest(
    trials: &Trials<'_>,
    model: &Model,
    sizes: &[Variable],
) -> Result<Option<Vec<u32>>, Stop> {
    let bounds = trials.bounds();
    Ok(solve(trials, model)?.map(|point| {
        let up = |(v, &(least, most)): (&Variable, &(u32, u32))| {
            whole::ceil(point[v.index()] - 1e-6).clamp(least, most)
        };
        sizes.iter().zip(&bounds).map(up).collect()
    }))
}

/// Sizes that keep every condition in the sample; the most there are where cuts find none.
pub(super) fn cuts(trials: &mut Trials<'_>, relaxation: &mut Relaxation) -> Result<Vec<u32>, Stop> {
    let bounds = trials.bounds();
    let rounds = trials.options.rounds;
    for round in 0..rounds {
        let Some(sizes) = cheapest(trials, &relaxation.model, &relaxation.sizes)? else {
            break;
        };
        trials.observer.on(&Event::Step {
            done: round,
            total: rounds,
        });
        let seen = trials.look(&sizes, Look::Full)?;
        let missed: Vec<usize> = (0..seen.slack.len())
            .filter(|&i| seen.slack[i] < 0.0)
            .collect();
        if missed.is_empty() {
            return Ok(sizes);
        }
        let base = trials.look(&sizes, Look::Short)?;
        let mut gains = vec![vec![0.0; sizes.len()]; missed.len()];
        for v in (0..sizes.len()).filter(|&v| sizes[v] < bounds[v].1) {
            let mut more = sizes.clone();
            more[v] += 1;
            let with = trials.look(&more, Look::Short)?;
            for (gain, &i) in gains.iter_mut().zip(&missed) {
                gain[v] = (with.slack[i] - base.slack[i]).max(0.0);
            }
        }
        let mut is_cut = false;
        for (gain, &i) in gains.iter().zip(&missed) {
            let largest = gain.iter().copied().fold(0.0, f64::max);
            let room = sizes.iter().zip(&bounds).map(|(n, b)| f64::from(b.1 - n));
            let reach: f64 = gain.iter().zip(room).map(|(q, room)| q * room).sum();
            if largest > NOTHING && reach >= -seen.slack[i] {
                add(relaxation, round, &sizes, gain, -seen.slack[i], largest);
                is_cut = true;
            }
        }
        if !is_cut {
            // The sample is flat here: one agent more, whoever it is.
            let anybody = vec![1.0; sizes.len()];
            add(relaxation, round, &sizes, &anybody, 1.0, 1.0);
        }
    }
    Ok(bounds.iter().map(|bounds| bounds.1).collect())
}

/// `Σ gain_v (x_v − x̂_v) ≥ missing`, over `scale`.
fn add(
    relaxation: &mut Relaxation,
    round: usize,
    sizes: &[u32],
    gain: &[f64],
    missing: f64,
    scale: f64,
) {
    let now: f64 = gain.iter().zip(sizes).map(|(q, &n)| q * f64::from(n)).sum();
    let terms = relaxation.sizes.iter().zip(gain);
    let terms: Vec<(Variable, f64)> = terms.map(|(&v, q)| (v, q / scale)).collect();
    let name = format!("cut {round}");
    let right = (now + missing) / scale;
    relaxation.model.add_row(name, terms, Sense::AtLeast, right);
}
