use super::{Model, Sense};

/// A lower bound on the cost of every point of a model, whole or not, from any multipliers of its
/// rows.
///
/// ```text
/// L(y) = y·b + Σ_j min { d_j x : l_j ≤ x ≤ u_j },   d = c − yA
/// ```
///
/// with `y` at least 0 on rows that ask for at least `b`, at most 0 on rows that allow at most
/// `b`; multipliers of the wrong sign are taken as 0. Each number carries an allowance for its
/// rounding, so the result holds in exact arithmetic too. Minus infinity when a variable without
/// a bound would have to be used.
///
/// **Source.** Weak duality; rounding allowance in the manner of Neumaier and Shcherbina (2004).
pub fn certified_bound(model: &Model, multipliers: &[f64]) -> f64 {
    const EPS: f64 = f64::EPSILON;
    let count = model.variables.len();
    let mut reduced: Vec<f64> = model.variables.iter().map(|v| v.cost).collect();
    // Sum of the sizes of all numbers that went into each reduced cost, and how many they are.
    let mut size: Vec<f64> = reduced.iter().map(|c| c.abs()).collect();
    let mut terms = vec![1.0; count];
    let (mut bound, mut rounding, mut steps) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (row, &y) in model.rows.iter().zip(multipliers) {
        let y = match row.sense {
            Sense::AtLeast => y.max(0.0),
            Sense::AtMost => y.min(0.0),
            Sense::Equal => y,
        };
        if y == 0.0 || !y.is_finite() {
            continue;
        }
        bound += y * row.right;
        rounding += (y * row.right).abs();
        steps += 1.0;
        for &(variable, a) in &row.terms {
            reduced[variable] -= y * a;
            size[variable] += (y * a).abs();
            terms[variable] += 1.0;
        }
    }
    let mut slack = 0.0;
    for (j, variable) in model.variables.iter().enumerate() {
        let error = size[j] * terms[j] * 2.0 * EPS;
        let (low, high) = (reduced[j] - error, reduced[j] + error);
        // The least of d·x over the box, for every d the rounding leaves possible.
        let least = [
            low * variable.lower,
            high * variable.lower,
            low * variable.upper,
            high * variable.upper,
        ]
        .into_iter()
        .filter(|v| !v.is_nan())
        .fold(f64::INFINITY, f64::min);
        if least == f64::NEG_INFINITY {
            return f64::NEG_INFINITY;
        }
        slack += least;
        rounding += least.abs();
        steps += 1.0;
    }
    bound + slack - (rounding + bound.abs()) * (steps + 2.0) * EPS
}

/// The smallest attainable cost not below a bound, when every attainable cost is a multiple of
/// `step`. A billionth of the bound is allowed for rounding before it counts as passed.
pub fn next_attainable(bound: f64, step: f64) -> f64 {
    if !(bound.is_finite() && step.is_finite() && step > 0.0) {
        return bound;
    }
    let allowance = 1e-9 * bound.abs().max(step);
    (((bound - allowance) / step).ceil() * step).max(bound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::milp::{Kind, Model};

    #[test]
    fn any_multipliers_give_a_bound() {
        let mut model = Model::new();
        let x = model.add_variable("x", 0.0, 10.0, 3.0, Kind::Integer);
        let y = model.add_variable("y", 0.0, 10.0, 5.0, Kind::Integer);
        model.add_row("r", [(x, 1.0), (y, 2.0)], Sense::AtLeast, 7.0);
        // Optimum 18 at (1, 3); the relaxation gives 17.5.
        for m in [-1.0, 0.0, 0.5, 2.0, 2.5, 3.0, 40.0, f64::NAN] {
            assert!(certified_bound(&model, &[m]) <= 17.5, "multiplier {m}");
        }
        let best = certified_bound(&model, &[2.5]);
        assert!(best > 17.5 - 1e-9);
        assert_eq!(next_attainable(best, 1.0), 18.0);
        assert_eq!(next_attainable(2616.0 + 1e-7, 8.0), 2616.0 + 1e-7);
        assert_eq!(next_attainable(2_615.999_999, 8.0), 2616.0);
    }
}
