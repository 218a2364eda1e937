use super::model::{RowData, VariableData};
use super::{Model, Variable};

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
        for row in &model.rows {
            let mut right = row.right;
            let mut terms = Vec::new();
            for &(outer, a) in &row.terms {
                if place[outer] == usize::MAX {
                    right -= a * point[outer];
                } else {
                    terms.push((place[outer], a));
                }
            }
            if !terms.is_empty() {
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
            (variable.lower, variable.upper) = (lower, upper);
        }
    }
}
