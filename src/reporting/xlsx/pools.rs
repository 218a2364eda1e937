//! What each pool does, and for how much.

use super::round;
use super::sheet::{Cell, Sheet};
use crate::reporting::html::view::View;
use crate::scheduling::PoolCost;
use crate::units::Money;

/// Columns before the first amount.
const WORDS: usize = 4;

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let plan = view.plan;
    let currency = view.currency();
    let [shifts, languages, unused, guaranteed, premiums, total] = [
        "Shifts",
        "Languages",
        "Unused commitment",
        "Guaranteed hours unworked",
        "Premiums of the law",
        "Total",
    ]
    .map(|what| format!("{what}, {currency}"));
    let heads = [
        "Pool",
        "Kind",
        "Site",
        "Time zone",
        "Shifts (people)",
        "Hours on the queue",
        "Paid hours",
        "FTE",
        &shifts,
        &languages,
        &unused,
        &guaranteed,
        &premiums,
        &total,
    ];
    let mut sheet = Sheet::new("Pools and costs", &heads);
    let cost = &plan.solved.schedule.cost;
    let mut sums = [0.0; 4];
    for (pool, own) in plan.scenario.pools.iter().zip(&cost.pools) {
        let paid = pool.paid_hours(own.hours);
        let people = plan.solved.schedule.people_of(&pool.id);
        let fte = paid / (pool.contract_hours * plan.problem.weeks);
        let numbers = [f64::from(people), own.hours, paid, fte];
        sums.iter_mut().zip(numbers).for_each(|(sum, n)| *sum += n);
        let mut row = vec![
            Cell::text(&pool.id),
            Cell::text(pool.kind.word()),
            Cell::text(&pool.site),
            Cell::text(&pool.zone),
        ];
        row.extend(work(numbers));
        row.extend(amounts(own).map(|m| Cell::two(m.rounded().get())));
        sheet.rows.push(row);
    }
    let mut last = |name: &str, cells: Vec<Cell>, total: Money| {
        let mut row = vec![Cell::text(name)];
        row.extend(cells);
        row.resize(heads.len() - 1, Cell::Empty);
        row.push(Cell::two(total.rounded().get()));
        sheet.rows.push(row);
        sheet.sums += 1;
    };
    last("Price on missing agents", Vec::new(), cost.understaffing);
    if plan.scenario.kept.is_some() {
        last("Price on changes", Vec::new(), cost.changes);
    }
    let mut cells = vec![Cell::Empty; WORDS - 1];
    cells.extend(work(sums));
    let mut all = [Money::ZERO; 6];
    for own in &cost.pools {
        all.iter_mut()
            .zip(amounts(own))
            .for_each(|(sum, m)| *sum += m);
    }
    cells.extend(all.iter().take(5).map(|m| Cell::two(m.rounded().get())));
    last("All", cells, cost.total());
    sheet
}

fn work([people, hours, paid, fte]: [f64; 4]) -> [Cell; 4] {
    [
        Cell::whole(people),
        Cell::two(round(hours, 4)),
        Cell::two(round(paid, 4)),
        Cell::two(round(fte, 4)),
    ]
}

fn amounts(own: &PoolCost) -> [Money; 6] {
    [
        own.shifts,
        own.languages,
        own.unused,
        own.guaranteed,
        own.premiums,
        own.total(),
    ]
}
