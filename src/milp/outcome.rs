use std::fmt;

/// Why a search stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Termination {
    /// Nothing better exists, within a gap of one in a million.
    Optimal,
    /// The gap asked for was reached.
    GapReached,
    /// A deterministic limit of work was reached.
    WorkLimit,
    /// The clock ran out.
    TimeLimit,
    /// Somebody asked it to stop.
    Interrupted,
    /// No point satisfies all rows.
    Infeasible,
    /// The cost has no lower limit.
    Unbounded,
    /// The solver lost its numerical footing.
    NumericalTrouble,
}

impl Termination {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::GapReached => "gap_reached",
            Self::WorkLimit => "work_limit",
            Self::TimeLimit => "time_limit",
            Self::Interrupted => "interrupted",
            Self::Infeasible => "infeasible",
            Self::Unbounded => "unbounded",
            Self::NumericalTrouble => "numerical_trouble",
        }
    }
}

impl fmt::Display for Termination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What came of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Why it stopped.
    pub termination: Termination,
    /// The best point it has, one value for each variable.
    pub point: Option<Vec<f64>>,
    /// Multipliers of the rows, of linear models and backends that give them. Those of rows that
    /// ask for at least something are positive, of rows that allow at most something negative.
    pub duals: Option<Vec<f64>>,
    /// The backend's own words.
    pub raw_status: String,
}
