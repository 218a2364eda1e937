use super::model::{RowData, VariableData};
use super::{Model, Sense, Variable};

/// A model in which only some variables may move; the others keep their value in a point.
///
/// Rows that hold no free variable are left out; fixed terms move to the right-hand side.
#[derive(Debug, Clone)]
pub struct Restriction {
    model: Model,
    free: Vec<usize>,
}

impl Restriction {
    /// Restricts `model` to `free` variables around `point`.
    pub fn new(model: &Model, point: &[f64], free: impl IntoIterator<Item = Variable>) -> Self {
        Self::sharing(model, point, free, |_| 1.0)
    }

    /// Restricts `model` to `free` variables around `point`, which may use up only a share of what
    /// `point` leaves unused of each row, by position. Restrictions of different variables around
    /// the same point whose shares of each row add up to at most 1 can be put together again.
    pub fn sharing(
        model: &Model,
        point: &[f64],
        free: impl IntoIterator<Item = Variable>,
        share: impl Fn(usize) -> f64,
    ) -> Self {
        let mut place = vec![usize::MAX; model.variables.len()];
        let mut positions: Vec<usize> = free.into_iter().map(|v| v.0).collect();
        positions.sort_unstable();
        positions.dedup();
        for (inner, &outer) in positions.iter().enumerate() {
            place[outer] = inner;
        }
        let variables: Vec<VariableData> = positions
            .iter()
            .map(|&outer| model.variables[outer].clone())
            .collect();
        let mut rows = Vec::new();
        for (index, row) in model.rows.iter().enumerate() {
            let (mut right, mut used) = (row.right, 0.0);
            let mut terms = Vec::new();
            for &(outer, a) in &row.terms {
                if place[outer] == usize::MAX {
                    right -= a * point[outer];
                } else {
                    used += a * point[outer];
                    terms.push((place[outer], a));
                }
            }
            if !terms.is_empty() {
                let left_to_others = (right - used) * (1.0 - share(index));
                right -= match row.sense {
                    Sense::AtMost => left_to_others.max(0.0),
                    Sense::AtLeast => left_to_others.min(0.0),
                    Sense::Equal => 0.0,
                };
                let right = within_reach(&variables, &terms, row, right);
                rows.push(RowData {
                    name: row.name.clone(),
                    terms,
                    sense: row.sense,
                    right,
                });
            }
        }
        Self {
            model: Model { variables, rows },
            free: positions,
        }
    }

    /// The small model.
    pub const fn model(&self) -> &Model {
        &self.model
    }

    /// Position in the large model of each variable of the small one.
    pub fn free(&self) -> &[usize] {
        &self.free
    }

    /// Values of the free variables in a point of the large model.
    pub fn project(&self, point: &[f64]) -> Vec<f64> {
        self.free.iter().map(|&outer| point[outer]).collect()
    }

    /// Writes a point of the small model into one of the large model.
    pub fn lift(&self, inner: &[f64], point: &mut [f64]) {
        for (&outer, &value) in self.free.iter().zip(inner) {
            point[outer] = value;
        }
    }

    /// Bounds of a variable of the small model, by position.
    pub fn bounds(&self, inner: usize) -> (f64, f64) {
        self.model.bounds(Variable(inner))
    }

    /// Gives a variable of the small model, by position, new bounds.
    pub fn set_bounds(&mut self, inner: usize, lower: f64, upper: f64) {
        if let Some(variable) = self.model.variables.get_mut(inner) {
            variable.is_upper_implied &= upper == variable.upper;
            (variable.lower, variable.upper) = (lower, upper);
        }
    }
}

/// Share of a row's numbers by which fixed values may be off, so that the free ones could not make
/// up for it.
const NOISE: f64 = 1e-7;

/// The right-hand side, moved to what the free variables can reach when only noise in the fixed
/// values puts it out of reach.
fn within_reach(
    variables: &[VariableData],
    terms: &[(usize, f64)],
    row: &RowData,
    right: f64,
) -> f64 {
    let (mut least, mut most) = (0.0, 0.0);
    for &(v, a) in terms {
        let ends = (a * variables[v].lower, a * variables[v].upper);
        least += ends.0.min(ends.1);
        most += ends.0.max(ends.1);
    }
    let size = row
        .terms
        .iter()
        .fold(row.right.abs().max(1.0), |s, t| s.max(t.1.abs()));
    let noise = NOISE * size * row.terms.len() as f64;
    let is_just_below = right < least && right > least - noise;
    let is_just_above = right > most && right < most + noise;
    match row.sense {
        Sense::AtMost | Sense::Equal if is_just_below => least,
        Sense::AtLeast | Sense::Equal if is_just_above => most,
        _ => right,
    }
}
