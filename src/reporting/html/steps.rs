//! What somebody has to decide before the plan can be worked.

use super::rules;
use super::text::{full_day, list};
use super::view::View;
use crate::workforce::PoolKind;

/// Gap from which on a longer search is worth a decision.
const WIDE: f64 = 0.01;

/// The decisions, most pressing first.
pub(super) fn steps(view: &View<'_>) -> Vec<String> {
    let plan = view.plan;
    let mut steps = Vec::new();
    let missing = plan.missing_hours();
    if missing >= 0.05 {
        steps.push(format!(
            "Close a gap of {}, or accept it: nobody can work these hours within the limits at a price \
             worth paying (parts 2 and 5).",
            view.words.hours(missing)
        ));
    }
    steps.extend([staff(view), vendors(view)].into_iter().flatten());
    let unsure = view.unsure().len();
    if unsure > 0 {
        let way = if plan.corrected.is_some() {
            "accept that, or promise less"
        } else {
            "plan with --correct to see what it costs to be sure, or accept that"
        };
        steps.push(format!(
            "{} may miss the promise in more than one week of five: {way}.",
            view.words.plural(unsure, "live queue")
        ));
    }
    if let Some(dearest) = rules::priced(view).first() {
        steps.push(format!(
            "Ask whether a rule is worth its price. The dearest: {} ({} would save {}); part 5 has all.",
            dearest.rule,
            dearest.unit,
            view.words.amount(dearest.saves)
        ));
    }
    steps.extend(dates(view));
    let open: usize = plan.rosters.iter().map(|own| own.open.len()).sum();
    if open > 0 {
        steps.push(format!(
            "Find somebody for {} that no named agent takes (open_shifts.csv).",
            view.words.plural(open, "shift")
        ));
    }
    let gap = plan.solved.gap();
    if gap > WIDE {
        steps.push(format!(
            "Decide whether a longer search is worth it: the plan may be up to {} too dear.",
            view.words.percent(gap)
        ));
    }
    steps
}

/// Shifts and cost of one kind of pool.
fn of_kind(view: &View<'_>, kind: PoolKind) -> (u32, f64) {
    let rows = super::allocation::pools(view).into_iter();
    rows.filter(|(pool, _)| pool.kind == kind)
        .fold((0, 0.0), |(people, paid), (pool, cost)| {
            let more = view.plan.solved.schedule.people_of(&pool.id);
            (people + more, paid + cost.total().get())
        })
}

fn staff(view: &View<'_>) -> Option<String> {
    let (people, paid) = of_kind(view, PoolKind::InHouse);
    (people > 0).then(|| {
        format!(
            "Approve {} in-house for {} (part 11).",
            view.words.plural(people as usize, "shift"),
            view.words.amount(paid)
        )
    })
}

fn vendors(view: &View<'_>) -> Option<String> {
    let rows = super::allocation::pools(view).into_iter();
    let orders: Vec<String> = rows
        .filter(|(pool, cost)| pool.kind == PoolKind::Bpo && cost.total().get() > 0.0)
        .map(|(pool, cost)| {
            let unused = if cost.unused.get() > 0.0 {
                format!(", {} of it for nothing", view.words.money(cost.unused))
            } else {
                String::new()
            };
            format!(
                "{} {} ({}{unused})",
                pool.id,
                view.words.hours(cost.hours),
                view.words.money(cost.total())
            )
        })
        .collect();
    (!orders.is_empty()).then(|| format!("Order from vendors: {}.", list(&orders)))
}

fn dates(view: &View<'_>) -> Option<String> {
    let rows = view.special_days();
    let mut days: Vec<_> = (rows.into_iter())
        .filter(|row| row.is_provisional)
        .map(|row| row.date)
        .collect();
    days.sort_unstable();
    days.dedup();
    let days: Vec<String> = days.into_iter().map(full_day).collect();
    (!days.is_empty()).then(|| {
        format!(
            "Ask whether these dates stand, which are not decided yet: {}.",
            list(&days)
        )
    })
}
