//! What is needed to make the same plan again, and how far it was proven.

use super::decision;
use super::page::Table;
use super::view::View;
use crate::milp::Termination;

const fn ended(termination: Termination) -> &'static str {
    match termination {
        Termination::Optimal => "nothing better exists",
        Termination::GapReached => "the gap that was asked for was reached",
        Termination::WorkLimit => "its limit of work was reached; a longer search may find better",
        Termination::TimeLimit => "time ran out; another run may end elsewhere",
        Termination::Interrupted => "somebody stopped it",
        Termination::Infeasible => "no plan keeps all rules",
        Termination::Unbounded => "the cost has no lower limit",
        Termination::NumericalTrouble => "the solver lost its numerical footing",
    }
}

pub(super) fn table(view: &View<'_>) -> Table {
    let plan = view.plan;
    let mut table = Table::new(&["What", "Value"]);
    let mut row = |what: &str, value: String| table.row([what.to_owned(), value]);
    row(
        "Version",
        format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
    );
    row("Input hash", view.input_hash.to_owned());
    row("Seed", plan.scenario.seed.to_string());
    row("Solver", plan.backend.name().to_owned());
    row(
        "Why the search stopped",
        ended(plan.solved.termination).to_owned(),
    );
    row(
        "Cost that was minimised",
        view.words.amount(plan.cost().get()),
    );
    row("Proven lower bound", view.words.amount(plan.solved.bound));
    row("Gap", view.words.locale.percent(plan.solved.gap(), 3));
    row(
        "Time",
        "in run.json beside this file, since it differs from run to run".to_owned(),
    );
    row("In words", decision::proof(view));
    let faults = match plan.report.faults.len() {
        0 => "every shift, break, limit and rule was walked again, no fault found".to_owned(),
        n => format!(
            "{}: {}",
            view.words.plural(n, "fault"),
            plan.report.faults.join("; ")
        ),
    };
    row("Independent check", faults);
    table
}
