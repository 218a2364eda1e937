use std::fmt::Write;

use super::Table;
use super::text::{aligned, number, percent};
use crate::milp::Termination;

/// One solver on one instance. Costs are in the instance's own unit.
#[derive(Debug, Clone, PartialEq)]
pub struct SolverRun {
    /// Name of the instance.
    pub instance: String,
    /// How it was solved, such as `whole model`.
    pub way: &'static str,
    /// Name of the backend.
    pub backend: &'static str,
    /// Cost of the plan found, by the independent check.
    pub objective: Option<f64>,
    /// Proven lower bound.
    pub bound: Option<f64>,
    /// Seconds it took.
    pub seconds: f64,
    /// Seconds it was allowed.
    pub limit: f64,
    /// Why it stopped; nothing where it failed.
    pub termination: Option<Termination>,
    /// What else is to be said, such as the solver's own words when it failed.
    pub remark: String,
}

/// Share of the limit, and seconds, by which a run may be late without being called so.
const LATE: (f64, f64) = (0.05, 0.1);

impl SolverRun {
    /// `(objective − bound) / objective`, 0 when both agree.
    pub fn gap(&self) -> Option<f64> {
        let (objective, bound) = self.objective.zip(self.bound)?;
        let difference = (objective - bound).max(0.0);
        Some(if difference == 0.0 {
            0.0
        } else {
            difference / objective
        })
    }

    /// Whether it took clearly longer than it was allowed.
    pub fn is_late(&self) -> bool {
        self.seconds > self.limit * (1.0 + LATE.0) + LATE.1
    }

    /// Why it stopped, what it did not find, and by how much it was late.
    fn remarks(&self) -> String {
        let stopped = self.termination.map(|t| t.word().replace('_', " "));
        let mut parts = vec![stopped.unwrap_or_else(|| "failed".to_owned())];
        if self.is_late() {
            parts.push(format!(
                "took {:.1} s of {} allowed",
                self.seconds, self.limit
            ));
        }
        if !self.remark.is_empty() {
            parts.push(self.remark.clone());
        }
        parts.join("; ")
    }
}

/// Solvers side by side, one table for each instance, in the order of the runs.
pub fn solver_comparison(runs: &[SolverRun]) -> String {
    let amount = |value: Option<f64>| number(value.unwrap_or(f64::NAN), 0);
    let mut out = String::new();
    for of_instance in runs.chunk_by(|a, b| a.instance == b.instance) {
        let head = ["how", "backend", "objective", "bound", "gap", "seconds"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        rows.extend(of_instance.iter().map(|run| {
            vec![
                run.way.to_owned(),
                run.backend.to_owned(),
                amount(run.objective),
                amount(run.bound),
                run.gap()
                    .map_or_else(|| "–".to_owned(), |gap| percent(gap, 2)),
                number(run.seconds, 2),
            ]
        }));
        let remarks = std::iter::once("stopped because".to_owned())
            .chain(of_instance.iter().map(SolverRun::remarks));
        out.push_str(&of_instance[0].instance);
        out.push('\n');
        for (line, remark) in aligned(&rows).lines().zip(remarks) {
            let _ = writeln!(out, "{line}  {remark}");
        }
        out.push('\n');
    }
    out
}

/// The same as one table, numbers unrounded; an empty text is unknown.
pub fn solver_table(runs: &[SolverRun]) -> Table {
    let text = |value: Option<f64>| value.map_or_else(String::new, |v| v.to_string());
    Table {
        name: "solvers",
        columns: vec![
            "instance",
            "way",
            "backend",
            "objective",
            "bound",
            "gap",
            "seconds",
            "limit_seconds",
            "termination",
            "remark",
        ],
        rows: (runs.iter())
            .map(|run| {
                vec![
                    run.instance.clone(),
                    run.way.to_owned(),
                    run.backend.to_owned(),
                    text(run.objective),
                    text(run.bound),
                    text(run.gap()),
                    format!("{:.3}", run.seconds),
                    run.limit.to_string(),
                    run.termination
                        .map_or("failed", Termination::word)
                        .to_owned(),
                    run.remark.clone(),
                ]
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(backend: &'static str, objective: Option<f64>, seconds: f64) -> SolverRun {
        SolverRun {
            instance: "shop".to_owned(),
            way: "whole model",
            backend,
            objective,
            bound: Some(900.0),
            seconds,
            limit: 10.0,
            termination: objective.map(|_| Termination::Optimal),
            remark: String::new(),
        }
    }

    #[test]
    fn late_and_failed_runs_say_so() {
        let runs = [run("a", Some(1000.0), 10.2), run("b", None, 12.0)];
        assert_eq!(
            solver_comparison(&runs),
            "shop\n  \
             how          backend  objective  bound      gap  seconds  stopped because\n  \
             whole model        a      1,000    900  10.00 %    10.20  optimal\n  \
             whole model        b          –    900        –    12.00  \
             failed; took 12.0 s of 10 allowed\n\n"
        );
        let table = solver_table(&runs);
        assert_eq!(table.rows[0][3..6], ["1000", "900", "0.1"]);
        assert_eq!(table.rows[1][8], "failed");
    }
}
