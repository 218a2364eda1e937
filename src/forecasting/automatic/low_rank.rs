//! Profiles of all weekdays drawn from a few shapes that they share.
//!
//! ```text
//! X[w, i] = √share[w, i],    X ≈ Σ_{r≤2} u_r u_rᵀ X,    share ∝ (X̂[w, i])²
//! ```
//!
//! `u_r` are the first eigenvectors of `X Xᵀ` over the weekdays `w`. The root makes the noise of
//! counts the same in busy and quiet intervals `i`. What a small queue shows beyond two shapes is
//! mostly chance. **Source.** Shen and Huang (2005), singular value decomposition of call profiles.

use super::profile::{Profiles, normalised};

/// Shapes that are kept.
const RANK: usize = 2;
/// Rounds of the power method; the gap between the first shapes is large.
const ROUNDS: usize = 60;

/// The profiles with all but their first shapes taken away.
pub(crate) fn low_rank(profiles: &Profiles) -> Profiles {
    let roots: Vec<Option<Vec<f64>>> = (profiles.iter())
        .map(|p| {
            p.as_ref()
                .map(|p| p.iter().map(|s| s.max(0.0).sqrt()).collect())
        })
        .collect();
    let known: Vec<&Vec<f64>> = roots.iter().flatten().collect();
    if known.len() <= RANK {
        return profiles.clone();
    }
    let shapes = shapes(&known);
    let mut row = 0;
    (roots.iter())
        .map(|root| {
            root.as_ref()?;
            let place = row;
            row += 1;
            let intervals = known.first().map_or(0, |first| first.len());
            let mut kept = vec![0.0; intervals];
            for shape in &shapes {
                for (other, weight) in known.iter().zip(shape) {
                    for (sum, value) in kept.iter_mut().zip(*other) {
                        *sum += shape[place] * weight * value;
                    }
                }
            }
            normalised(kept.iter().map(|x| x.max(0.0).powi(2)).collect())
        })
        .collect()
}

/// First eigenvectors of the products between the rows, by the power method with deflation.
fn shapes(rows: &[&Vec<f64>]) -> Vec<Vec<f64>> {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let count = rows.len();
    let gram: Vec<Vec<f64>> = (0..count)
        .map(|i| (0..count).map(|j| product(rows[i], rows[j])).collect())
        .collect();
    let mut shapes: Vec<Vec<f64>> = Vec::with_capacity(RANK);
    for rank in 0..RANK {
        // A start that no weekday pattern is orthogonal to by symmetry.
        let mut vector: Vec<f64> = (0..count)
            .map(|i| 1.0 + (i + rank) as f64 * 0.37 * if i % 2 == 0 { 1.0 } else { -1.0 })
            .collect();
        for _ in 0..ROUNDS {
            let mut next: Vec<f64> = gram.iter().map(|row| product(row, &vector)).collect();
            for shape in &shapes {
                let along = product(shape, &next);
                next.iter_mut()
                    .zip(shape)
                    .for_each(|(x, s)| *x -= along * s);
            }
            let length = product(&next, &next).sqrt();
            if length <= 1e-12 {
                break;
            }
            vector = next.into_iter().map(|x| x / length).collect();
        }
        let along: f64 = shapes.iter().map(|s| product(s, &vector).abs()).sum();
        let length = product(&vector, &vector);
        if along < 1e-6 && (length - 1.0).abs() < 1e-6 {
            shapes.push(vector);
        }
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_shapes_stand_as_they_are_and_a_third_is_taken_away() {
        let square = |x: &[f64]| normalised(x.iter().map(|v| v * v).collect());
        let (a, b) = ([3.0, 2.0, 1.0, 2.0], [1.0, 3.0, 2.0, 1.0]);
        let mix = |w: f64| -> Vec<f64> { a.iter().zip(b).map(|(x, y)| x + w * y).collect() };
        let pure: Profiles = [0.0, 0.2, 0.5, 0.9, 1.4].map(|w| square(&mix(w))).to_vec();
        for (one, other) in pure.iter().flatten().zip(low_rank(&pure).iter().flatten()) {
            for (x, y) in one.iter().zip(other) {
                assert!((x - y).abs() < 1e-9, "{one:?} {other:?}");
            }
        }
        // One weekday with a bump of its own comes closer to the others.
        let mut bumped = pure.clone();
        let bump: Vec<f64> = mix(0.5)
            .iter()
            .enumerate()
            .map(|(i, v)| v + 0.3 * (i % 2) as f64)
            .collect();
        bumped[2] = square(&bump);
        let drawn = low_rank(&bumped);
        let distance = |p: &Profiles| -> f64 {
            let (x, y) = (p[2].as_ref().unwrap(), pure[2].as_ref().unwrap());
            x.iter().zip(y).map(|(a, b)| (a - b).abs()).sum()
        };
        assert!(distance(&drawn) <= distance(&bumped) + 1e-12);
        assert!(
            drawn
                .iter()
                .flatten()
                .all(|p| (p.iter().sum::<f64>() - 1.0).abs() < 1e-12)
        );
    }

    #[test]
    fn unknown_weekdays_stay_unknown() {
        let flat = || Some(vec![0.5, 0.5]);
        let profiles = vec![flat(), None, flat(), flat()];
        assert_eq!(low_rank(&profiles)[1], None);
        assert_eq!(low_rank(&vec![flat(), None]), vec![flat(), None]);
    }
}
