use super::{Kind, Model, Sense};

/// A row, bound or whole variable that a point does not respect.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Name of the row or variable.
    pub name: String,
    /// How far the point is off, relative to the size of the numbers in the row.
    pub excess: f64,
}

/// Cost of a point.
pub fn cost(model: &Model, point: &[f64]) -> f64 {
    (model.variables.iter().zip(point))
        .map(|(v, x)| v.cost * x)
        .sum()
}

/// Everything a point violates by more than `tolerance`, relative to the size of the row's
/// numbers (at least 1); empty when the point is feasible. A point of the wrong length, or with a
/// value that is no number, violates everything.
pub fn check(model: &Model, point: &[f64], tolerance: f64) -> Vec<Violation> {
    if point.len() != model.variables.len() || point.iter().any(|x| !x.is_finite()) {
        return vec![Violation {
            name: "the point itself".to_owned(),
            excess: f64::INFINITY,
        }];
    }
    let mut found = Vec::new();
    let mut note = |name: &str, excess: f64| {
        if excess > tolerance {
            found.push(Violation {
                name: name.to_owned(),
                excess,
            });
        }
    };
    for (variable, &x) in model.variables.iter().zip(point) {
        let off = (variable.lower - x).max(x - variable.upper).max(0.0);
        let fraction = if variable.kind == Kind::Integer {
            (x - x.round()).abs()
        } else {
            0.0
        };
        note(&variable.name, off.max(fraction) / x.abs().max(1.0));
    }
    for row in &model.rows {
        let (mut sum, mut size) = (0.0, 1.0_f64.max(row.right.abs()));
        for &(variable, a) in &row.terms {
            sum += a * point[variable];
            size = size.max((a * point[variable]).abs());
        }
        let excess = match row.sense {
            Sense::AtMost => sum - row.right,
            Sense::AtLeast => row.right - sum,
            Sense::Equal => (sum - row.right).abs(),
        };
        note(&row.name, excess / size);
    }
    found
}
