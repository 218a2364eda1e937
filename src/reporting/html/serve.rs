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
    let tiers = view.tiers();
    for (tier, groups) in &tiers {
        if tiers.len() > 1 {
            s.heading(&format!("Tier {tier}"));
        }
        s.table(matrix(view, groups));
    }
}

/// Hours of the pools that serve one of some groups.
fn matrix(view: &View<'_>, groups: &[usize]) -> Table {
    let problem = &view.plan.problem;
    let names = || groups.iter().filter_map(|&g| problem.groups.get(g));
    let served = view.served();
    let part = |row: &[f64]| -> Vec<f64> {
        let cells = groups.iter().filter_map(|&g| row.get(g));
        cells.copied().collect()
    };
    let served: Vec<Vec<f64>> = served.iter().map(|row| part(row)).collect();
    let most = served.iter().flatten().copied().fold(0.0, f64::max);
    let mut heads = vec!["Pool".to_owned()];
    heads.extend(names().map(|g| format!(">{}", g.name)));
    heads.push(">All".to_owned());
    let mut table = Table::new(&heads);
    for (pool, row) in problem.pools.iter().zip(&served) {
        if !names().any(|group| pool.serves(&group.skill)) {
            continue;
        }
        let cells = names().zip(row).map(|(group, &hours)| {
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
    let sums: Vec<f64> = (0..groups.len())
        .map(|g| served.iter().filter_map(|row| row.get(g)).sum())
        .collect();
    let total: f64 = sums.iter().sum();
    let cells = sums.into_iter().chain([total]);
    let cells = cells.map(|hours| Cell::classed(view.words.short(hours), "sum"));
    table.row(std::iter::once(Cell::classed("All", "sum")).chain(cells));
    table
}
