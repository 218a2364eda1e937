use super::MilpError;

/// A variable of a [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable(pub(super) usize);

impl Variable {
    /// Position in a point.
    pub const fn index(self) -> usize {
        self.0
    }
}

/// A row of a [`Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(pub(super) usize);

impl Row {
    /// Position among the rows.
    pub const fn index(self) -> usize {
        self.0
    }
}

/// Whether a variable may take any value or whole ones only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any value.
    Continuous,
    /// Whole values.
    Integer,
}

/// How a row compares its terms with its right-hand side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// At most.
    AtMost,
    /// At least.
    AtLeast,
    /// Exactly.
    Equal,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct VariableData {
    pub(super) name: String,
    pub(super) lower: f64,
    pub(super) upper: f64,
    /// The upper bound holds at some optimum without being stated; solvers need not see it.
    pub(super) is_upper_implied: bool,
    pub(super) cost: f64,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowData {
    pub(super) name: String,
    pub(super) terms: Vec<(usize, f64)>,
    pub(super) sense: Sense,
    pub(super) right: f64,
}

/// A linear model to be minimised.
///
/// ```
/// use wfm::milp::{Kind, Model, Sense, check, cost};
/// let mut model = Model::new();
/// let x = model.add_variable("early shift", 0.0, 9.0, 176.0, Kind::Integer);
/// model.add_row("cover 08:00", [(x, 1.0)], Sense::AtLeast, 3.0);
/// assert_eq!(cost(&model, &[3.0]), 528.0);
/// assert!(check(&model, &[3.0], 1e-9).is_empty());
/// assert_eq!(check(&model, &[2.0], 1e-9)[0].name, "cover 08:00");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Model {
    pub(super) variables: Vec<VariableData>,
    pub(super) rows: Vec<RowData>,
}

impl Model {
    /// A model without variables and rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a variable with its bounds and its cost.
    pub fn add_variable(
        &mut self,
        name: impl Into<String>,
        lower: f64,
        upper: f64,
        cost: f64,
        kind: Kind,
    ) -> Variable {
        self.variables.push(VariableData {
            name: name.into(),
            lower,
            upper,
            is_upper_implied: false,
            cost,
            kind,
        });
        Variable(self.variables.len() - 1)
    }

    /// Declares that the upper bound of a variable holds at some optimum even if it were left
    /// out. Solvers are then spared it; [`certified_bound`](super::certified_bound) still uses it.
    pub fn imply_upper(&mut self, variable: Variable) {
        if let Some(data) = self.variables.get_mut(variable.0) {
            data.is_upper_implied = true;
        }
    }

    /// Adds a row; terms of the same variable add up, zero terms are dropped.
    pub fn add_row(
        &mut self,
        name: impl Into<String>,
        terms: impl IntoIterator<Item = (Variable, f64)>,
        sense: Sense,
        right: f64,
    ) -> Row {
        let mut merged: Vec<(usize, f64)> = terms.into_iter().map(|(v, a)| (v.0, a)).collect();
        merged.sort_by_key(|t| t.0);
        merged.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        merged.retain(|t| t.1 != 0.0);
        self.rows.push(RowData {
            name: name.into(),
            terms: merged,
            sense,
            right,
        });
        Row(self.rows.len() - 1)
    }

    /// Number of variables.
    pub fn variable_count(&self) -> usize {
        self.variables.len()
    }

    /// Number of rows.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// Number of whole variables.
    pub fn integer_count(&self) -> usize {
        let whole = |v: &&VariableData| v.kind == Kind::Integer;
        self.variables.iter().filter(whole).count()
    }

    /// Number of terms in all rows.
    pub fn term_count(&self) -> usize {
        self.rows.iter().map(|r| r.terms.len()).sum()
    }

    /// Whether any variable must be whole.
    pub fn has_integers(&self) -> bool {
        self.variables.iter().any(|v| v.kind == Kind::Integer)
    }

    /// Name of a row.
    pub fn row_name(&self, row: Row) -> &str {
        self.rows.get(row.0).map_or("", |r| &r.name)
    }

    /// Name of a variable.
    pub fn variable_name(&self, variable: Variable) -> &str {
        self.variables.get(variable.0).map_or("", |v| &v.name)
    }

    /// Cost of one unit of a variable.
    pub fn cost_of(&self, variable: Variable) -> f64 {
        self.variables.get(variable.0).map_or(0.0, |v| v.cost)
    }

    /// Lower and upper bound of a variable.
    pub fn bounds(&self, variable: Variable) -> (f64, f64) {
        let data = self.variables.get(variable.0);
        data.map_or((0.0, 0.0), |v| (v.lower, v.upper))
    }

    /// Whether a variable must be whole.
    pub fn is_integer(&self, variable: Variable) -> bool {
        let data = self.variables.get(variable.0);
        data.is_some_and(|v| v.kind == Kind::Integer)
    }

    /// Every variable, in order.
    pub fn variables(&self) -> impl Iterator<Item = Variable> + use<> {
        (0..self.variables.len()).map(Variable)
    }

    /// Every row, in order.
    pub fn rows(&self) -> impl Iterator<Item = Row> + use<> {
        (0..self.rows.len()).map(Row)
    }

    /// The terms of a row.
    pub fn terms(&self, row: Row) -> impl Iterator<Item = (Variable, f64)> + '_ {
        let terms = self.rows.get(row.0).map_or(&[][..], |r| &r.terms);
        terms.iter().map(|&(v, a)| (Variable(v), a))
    }

    /// How a row compares.
    pub fn sense(&self, row: Row) -> Sense {
        self.rows.get(row.0).map_or(Sense::Equal, |r| r.sense)
    }

    /// Right-hand side of a row.
    pub fn right(&self, row: Row) -> f64 {
        self.rows.get(row.0).map_or(0.0, |r| r.right)
    }

    /// The same model with whole variables allowed any value.
    #[must_use]
    pub fn relaxed(&self) -> Self {
        let mut model = self.clone();
        for variable in &mut model.variables {
            variable.kind = Kind::Continuous;
        }
        model
    }

    /// The same model with the costs of `price`, by position.
    #[must_use]
    pub fn with_costs(&self, price: impl Fn(Variable) -> f64) -> Self {
        let mut model = self.clone();
        for (index, variable) in model.variables.iter_mut().enumerate() {
            variable.cost = price(Variable(index));
        }
        model
    }

    /// The same model in which some rows may give way, at a price for each unit: a new variable
    /// for each, which makes up what is missing of a row that asks for something, and takes off
    /// what is too much of one that limits.
    #[must_use]
    pub fn with_slack(&self, rows: &[Row], price: f64) -> Self {
        let mut model = self.clone();
        for &row in rows {
            let name = format!("slack {}", self.row_name(row));
            let slack = model.add_variable(name, 0.0, f64::INFINITY, price, Kind::Continuous);
            if let Some(data) = model.rows.get_mut(row.0) {
                let sign = if data.sense == Sense::AtMost {
                    -1.0
                } else {
                    1.0
                };
                data.terms.push((slack.0, sign));
            }
        }
        model
    }

    /// Reduced cost of each variable under row multipliers: `c − yA`.
    pub fn reduced_costs(&self, multipliers: &[f64]) -> Vec<f64> {
        let mut reduced: Vec<f64> = self.variables.iter().map(|v| v.cost).collect();
        for (row, y) in self.rows.iter().zip(multipliers) {
            for &(variable, a) in &row.terms {
                reduced[variable] -= y * a;
            }
        }
        reduced
    }

    pub(super) fn require_numbers(&self) -> Result<(), MilpError> {
        let bad = |name: &String| Err(MilpError::BadNumber { name: name.clone() });
        for v in &self.variables {
            if v.lower.is_nan() || v.upper.is_nan() || !v.cost.is_finite() {
                return bad(&v.name);
            }
        }
        for row in &self.rows {
            if !row.right.is_finite() || row.terms.iter().any(|t| !t.1.is_finite()) {
                return bad(&row.name);
            }
        }
        Ok(())
    }
}
