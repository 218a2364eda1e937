use super::{Backend, MilpError, Model, Row, SolveOptions, Termination};

/// A set of rows that cannot hold together, none of which can be spared: the reason why a linear
/// model is infeasible. Empty when it is feasible.
///
/// Rows are left out one after another, those in `candidates` only; a row whose absence keeps the
/// rest infeasible is no part of the reason. Rows that are not candidates always stay.
///
/// **Source.** Deletion filter of Chinneck and Dravnieks (1991).
///
/// # Errors
/// As [`Backend::solve`].
pub fn conflict(
    backend: Backend,
    model: &Model,
    candidates: &[Row],
    options: &SolveOptions,
) -> Result<Vec<Row>, MilpError> {
    let relaxed = model.relaxed();
    let is_infeasible = |left_out: &[Row]| -> Result<bool, MilpError> {
        let mut smaller = relaxed.with_costs(|_| 0.0);
        let mut position = 0;
        smaller.rows.retain(|_| {
            let keep = !left_out.contains(&Row(position));
            position += 1;
            keep
        });
        let outcome = backend.solve(&smaller, options)?;
        Ok(outcome.termination == Termination::Infeasible)
    };
    if !is_infeasible(&[])? {
        return Ok(Vec::new());
    }
    let mut left_out = Vec::new();
    for &row in candidates {
        left_out.push(row);
        if !is_infeasible(&left_out)? {
            left_out.pop();
        }
    }
    Ok(candidates
        .iter()
        .copied()
        .filter(|r| !left_out.contains(r))
        .collect())
}
