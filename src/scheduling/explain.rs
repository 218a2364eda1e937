//! Why a schedule costs what it costs, and why there is none.

use std::fmt;
use std::time::Duration;

use super::cover::CoverModel;
use super::week::WaysOut;
use crate::milp::{self, Backend, MilpError, SolveOptions};

/// A rule that keeps the plan from being cheaper.
#[derive(Debug, Clone, PartialEq)]
pub struct BindingRule {
    /// Name of the row: the rule and what it looks at.
    pub rule: String,
    /// What one unit of it costs at the margin: an hour for hours, a shift for shifts, an
    /// agent-interval of work for shares. Typical weeks have units of their own, see
    /// [`binding_week_rules`](super::week::binding_week_rules).
    pub price: f64,
}

/// Rules that cannot hold together, none of which can be spared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Names of the rows.
    pub rules: Vec<String>,
    /// What would make a typical week possible; none for other schedules.
    pub ways_out: Option<WaysOut>,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rules.is_empty() {
            f.write_str("the rules contradict each other")?;
        } else {
            write!(f, "these contradict each other: {}", self.rules.join(", "))?;
        }
        match &self.ways_out {
            Some(ways_out) => write!(f, "; {ways_out}"),
            None => Ok(()),
        }
    }
}

/// Rule rows with a price above a tenth of a cent.
pub(super) fn binding(cover: &CoverModel<'_>, duals: &[f64]) -> Vec<BindingRule> {
    (cover.rule_rows.iter())
        .map(|&row| BindingRule {
            rule: cover.model.row_name(row).to_owned(),
            price: duals[row.index()].abs(),
        })
        .filter(|b| b.price > 1e-3)
        .collect()
}

/// The rules behind an infeasible model.
pub(super) fn conflict(cover: &CoverModel<'_>, linear: Backend) -> Result<Conflict, MilpError> {
    let options = SolveOptions {
        time_limit: Some(Duration::from_secs(60)),
        ..SolveOptions::default()
    };
    let rows = milp::conflict(linear, &cover.model, &cover.rule_rows, &options)?;
    let names = rows.iter().map(|&r| cover.model.row_name(r).to_owned());
    Ok(Conflict {
        rules: names.collect(),
        ways_out: None,
    })
}
