use std::fmt;

use super::{Model, certified_bound, check, cost};

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
    /// The best point it has, one value for each variable, checked against every row.
    pub point: Option<Vec<f64>>,
    /// Cost of the point, worked out from the model; infinite without a point.
    pub cost: f64,
    /// A certified lower bound from the multipliers; minus infinity where the backend gives none.
    pub bound: f64,
    /// Multipliers of the rows, of linear models and backends that give them. Those of rows that
    /// ask for at least something are positive, of rows that allow at most something negative.
    pub duals: Option<Vec<f64>>,
    /// The backend's own words.
    pub raw_status: String,
}

/// A backend's point may be off a row by this much, relative to the numbers in the row, before it
/// counts as trouble.
const TROUBLE: f64 = 1e-5;

impl Outcome {
    /// What a backend said, with everything worked out that need not be believed: the cost, the
    /// bound, and whether the point keeps the rows. One that does not is numerical trouble.
    pub(super) fn examined(
        model: &Model,
        termination: Termination,
        point: Option<Vec<f64>>,
        duals: Option<Vec<f64>>,
        raw_status: String,
    ) -> Self {
        let is_off = point
            .as_ref()
            .is_some_and(|p| !check(model, p, TROUBLE).is_empty());
        Self {
            termination: if is_off {
                Termination::NumericalTrouble
            } else {
                termination
            },
            cost: point.as_ref().map_or(f64::INFINITY, |p| cost(model, p)),
            bound: duals
                .as_ref()
                .map_or(f64::NEG_INFINITY, |y| certified_bound(model, y)),
            point,
            duals,
            raw_status,
        }
    }

    /// A search that stopped without a point.
    pub(super) fn stopped(model: &Model, termination: Termination, raw: &str) -> Self {
        Self::examined(model, termination, None, None, raw.to_owned())
    }

    /// `(cost − bound) / |cost|`: 0 when both agree, infinite when either is missing.
    pub fn gap(&self) -> f64 {
        let difference = (self.cost - self.bound).max(0.0);
        if difference == 0.0 {
            0.0
        } else {
            difference / self.cost.abs().min(f64::MAX)
        }
    }
}
