//! Who serves what: hours of each pool for each group.

use super::page::{Cell, Section, Table};
use super::view::View;

/// Adds the matrix to the part on the allocation.
pub(super) fn add(view: &View<'_>, s: &mut Section) {
    let problem = &view.plan.problem;
    if problem.groups.is_empty() {
        return;
    }
    s.heading("Who serves what");
    s.say(
        "Agent-hours of each pool for each group over the horizon. The darker, the more; a dash means \
         that the pool cannot serve the group.",
    );
    s.table(matrix(view));
}

fn matrix(view: &View<'_>) -> Table {
    let problem = &view.plan.problem;
    let served = view.served();
    let most = served.iter().flatten().copied().fold(0.0, f64::max);
    let mut heads = vec!["Pool".to_owned()];
    heads.extend(problem.groups.iter().map(|g| format!(">{}", g.name)));
    heads.push(">All".to_owned());
    let mut table = Table::new(&heads);
    for (pool, row) in problem.pools.iter().zip(&served) {
        let cells = problem.groups.iter().zip(row).map(|(group, &hours)| {
            if !pool.serves(&group.skill) {
                return Cell::from("–");
            }
            let shade = if most > 0.0 { hours / most } else { 0.0 };
            Cell::shaded(view.words.short(hours), shade)
        });
        let all: f64 = row.iter().sum();
        let head = std::iter::once(Cell::from(pool.id.as_str()));
        let end = std::iter::once(Cell::from(view.words.short(all)));
        table.row(head.chain(cells).chain(end));
    }
    let mut sums = vec![Cell::classed("All", "sum")];
    let mut total = 0.0;
    for g in 0..problem.groups.len() {
        let sum: f64 = served.iter().filter_map(|row| row.get(g)).sum();
        total += sum;
        sums.push(Cell::classed(view.words.short(sum), "sum"));
    }
    sums.push(Cell::classed(view.words.short(total), "sum"));
    table.row(sums);
    table
}
