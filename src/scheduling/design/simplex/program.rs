//! A linear program whose rows come and go.

/// One column of a basis.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column<'a> {
    /// A variable of the program, by rows.
    Entries(&'a [(usize, f64)]),
    /// The slack of a row.
    Unit(usize),
}

impl Column<'_> {
    pub(super) fn each(&self, mut act: impl FnMut(usize, f64)) {
        match self {
            Self::Entries(entries) => entries.iter().for_each(|&(row, value)| act(row, value)),
            Self::Unit(row) => act(*row, 1.0),
        }
    }
}

/// What a row asks of `a·x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scheduling::design) enum Sense {
    /// `a·x = b`.
    Equal,
    /// `a·x ≥ b`.
    AtLeast,
}

/// Variables within finite bounds and rows over them:
/// `min c·x`, `a_i·x + s_i = b_i`, `l ≤ x ≤ u`, `s_i = 0` or `s_i ≤ 0`.
#[derive(Debug, Clone, Default)]
pub(in crate::scheduling::design) struct Program {
    pub(super) cost: Vec<f64>,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
    pub(super) columns: Vec<Vec<(usize, f64)>>,
    pub(super) rows: Vec<Vec<(usize, f64)>>,
    pub(super) right: Vec<f64>,
    pub(super) sense: Vec<Sense>,
}

impl Program {
    /// Adds a variable and returns its position.
    pub(in crate::scheduling::design) fn variable(
        &mut self,
        cost: f64,
        lower: f64,
        upper: f64,
    ) -> usize {
        self.cost.push(cost);
        self.lower.push(lower);
        self.upper.push(upper);
        self.columns.push(Vec::new());
        self.columns.len() - 1
    }

    /// Adds a row; no variable may be named twice.
    pub(in crate::scheduling::design) fn row(
        &mut self,
        terms: Vec<(usize, f64)>,
        sense: Sense,
        right: f64,
    ) {
        let row = self.rows.len();
        for &(variable, value) in &terms {
            self.columns[variable].push((row, value));
        }
        self.rows.push(terms);
        self.sense.push(sense);
        self.right.push(right);
    }

    pub(in crate::scheduling::design) fn row_count(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn variable_count(&self) -> usize {
        self.columns.len()
    }

    /// Keeps only some of the rows.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        let mut kept = keep.iter();
        self.rows.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = keep.iter();
        self.right.retain(|_| kept.next().copied().unwrap_or(true));
        let mut kept = keep.iter();
        self.sense.retain(|_| kept.next().copied().unwrap_or(true));
        for column in &mut self.columns {
            column.clear();
        }
        for (row, terms) in self.rows.iter().enumerate() {
            for &(variable, value) in terms {
                self.columns[variable].push((row, value));
            }
        }
    }
}
