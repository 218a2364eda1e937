//! What the plan costs, how good it is, and what it leaves open.

use super::round;
use super::sheet::{Cell, Form, Sheet};
use crate::reporting::html::rules::priced;
use crate::reporting::html::view::View;
use crate::units::Money;

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let plan = view.plan;
    let solved = &plan.solved;
    let currency = view.currency();
    let mut sheet = Sheet::new("Decision", &["What", "Value", "Unit or remark"]);
    let mut row = |what: &str, value: Cell, remark: String| {
        sheet
            .rows
            .push(vec![Cell::text(what), value, Cell::Text(remark)]);
    };
    let horizon = &plan.scenario.horizon;
    let days = plan.problem.grid.local_days(horizon.zone);
    let first = days.first().copied().unwrap_or(horizon.first);
    let last = days.last().copied().unwrap_or(horizon.first);
    row("Plan", Cell::text(&plan.scenario.name), String::new());
    row("First day", Cell::Day(first), horizon.zone.to_string());
    row("Last day", Cell::Day(last), horizon.zone.to_string());

    let cost = &solved.schedule.cost;
    let paid: Money = cost
        .pools
        .iter()
        .map(crate::scheduling::PoolCost::total)
        .sum();
    let money = |amount: f64| Cell::two(amount);
    row(
        "Cost",
        money(plan.told_cost()),
        format!("{currency}, what the search minimised"),
    );
    row(
        "of it paid to pools",
        money(paid.rounded().get()),
        currency.to_owned(),
    );
    row(
        "of it put on missing agents",
        money(cost.understaffing.rounded().get()),
        format!("{currency}, which nobody is paid"),
    );
    if plan.scenario.kept.is_some() {
        let changes = format!(
            "{currency} for {} changes, which nobody is paid",
            plan.report.changes
        );
        row(
            "of it put on changes",
            money(cost.changes.rounded().get()),
            changes,
        );
    }
    row(
        "Lower bound",
        money(plan.told_bound()),
        format!("{currency}, no plan costs less"),
    );
    row(
        "Gap",
        Cell::Number(plan.told_gap(), Form::FineShare),
        format!(
            "search ended: {}",
            solved.termination.word().replace('_', " ")
        ),
    );
    let contacts = round(plan.contacts(), 6);
    row("Contacts", Cell::whole(contacts), String::new());
    let each = plan.cost_per_contact();
    let each = each.map(|c| Cell::Number(round(c.get(), 4), Form::Four));
    row("Cost per contact", Cell::maybe(each), currency.to_owned());

    let kept =
        (plan.queues.iter()).filter(|q| View::keeps(q.service_level.get(), q.target.share().get()));
    let of = format!("of {} queues", plan.queues.len());
    row("Promises kept as planned", Cell::count(kept.count()), of);
    let missing = round(plan.missing_hours(), 4);
    row("Missing", Cell::two(missing), "agent-hours".to_owned());
    let breaches: usize = plan.tours.iter().map(|own| own.breaches.len()).sum();
    row(
        "Tours against the law",
        Cell::count(breaches),
        "breaches".to_owned(),
    );
    let over: u32 = plan.tours.iter().map(|own| own.agents_over).sum();
    row(
        "Agents above contracts",
        Cell::whole(over),
        "agents".to_owned(),
    );
    if !plan.rosters.is_empty() {
        let open: usize = plan.rosters.iter().map(|own| own.open.len()).sum();
        row(
            "Open shifts of named agents",
            Cell::count(open),
            "shifts".to_owned(),
        );
    }
    for rule in priced(view).iter().take(3) {
        let saved = format!("{currency} saved by {}: {}", rule.unit, rule.rule);
        row("Dear rule", money(round(rule.saves, 4)), saved);
    }
    sheet
}
