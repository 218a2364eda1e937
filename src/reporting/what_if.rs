//! What-ifs side by side: a table, and how far each moves the cost.

use super::Table;
use super::text::{aligned, money, percent};
use crate::planning::{Plan, Variant};

/// Service level of the live queues over all their contacts, by formula.
pub(in crate::reporting) fn service_level(plan: &Plan) -> Option<f64> {
    let live = plan.queues.iter().filter(|q| q.target.is_live());
    let (offered, kept) = live.fold((0.0, 0.0), |sum, q| {
        (sum.0 + q.offered, sum.1 + q.offered * q.service_level.get())
    });
    (offered > 0.0).then(|| kept / offered)
}

/// What a variant is called.
pub(in crate::reporting) fn name(variant: &Variant) -> &str {
    if variant.name.is_empty() {
        "as it is"
    } else {
        &variant.name
    }
}

/// The plan of the scenario as it is.
pub(in crate::reporting) fn base(variants: &[Variant]) -> Option<&Plan> {
    variants.first().and_then(|v| v.plan.as_ref().ok())
}

/// The variants as text, the base first, with bars that show by how much each is cheaper (left) or
/// dearer (right) than the base.
pub fn what_if_summary(variants: &[Variant]) -> String {
    let heads = [
        "variant",
        "cost",
        "change",
        "missing h",
        "live in time",
        "gap",
        "",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    let base_cost = base(variants).map(|plan| plan.cost().get());
    let widest = variants.iter().filter_map(|v| difference(v, base_cost));
    let widest = widest.map(f64::abs).fold(0.0, f64::max);
    for variant in variants {
        let name = name(variant).to_owned();
        rows.push(match &variant.plan {
            Ok(plan) => {
                let moved = difference(variant, base_cost);
                let change = |moved: f64| {
                    let sign = if moved >= 0.0 { "+" } else { "-" };
                    format!("{sign}{}", money(moved.abs()))
                };
                vec![
                    name,
                    money(plan.cost().get()),
                    moved.map_or(String::new(), change),
                    format!("{:.1}", plan.missing_hours()),
                    service_level(plan).map_or(String::new(), |s| percent(s, 1)),
                    percent(plan.solved.gap(), 2),
                    moved.map_or(String::new(), |moved| bar(moved, widest)),
                ]
            }
            Err(error) => vec![name, "no plan".to_owned(), first_line(&error.to_string())],
        });
    }
    aligned(&rows)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// By how much a variant is dearer than the base.
pub(in crate::reporting) fn difference(variant: &Variant, base: Option<f64>) -> Option<f64> {
    Some(variant.plan.as_ref().ok()?.cost().get() - base?)
}

/// Ten places to the left for cheaper, ten to the right for dearer.
fn bar(moved: f64, widest: f64) -> String {
    let places = if widest > 0.0 {
        crate::units::whole::nearest(moved / widest * 10.0)
    } else {
        0
    };
    let length = usize::try_from(places.abs()).unwrap_or(0);
    let (left, right) = if places < 0 { (length, 0) } else { (0, length) };
    let pad = " ".repeat(10 - left.min(10));
    format!("{pad}{}|{}", "#".repeat(left), "#".repeat(right))
}

/// The variants as a table of exact numbers; empty cells where there is no plan.
pub fn what_if_table(variants: &[Variant]) -> Table {
    let base_cost = base(variants).map(|plan| plan.cost().get());
    let number = |value: Option<f64>| value.map_or(String::new(), |v| format!("{v:.6}"));
    let rows = variants.iter().map(|variant| {
        let plan = variant.plan.as_ref().ok();
        vec![
            variant.name.clone(),
            number(plan.map(|p| p.cost().get())),
            number(difference(variant, base_cost)),
            number(plan.map(|p| p.solved.bound)),
            number(plan.map(Plan::missing_hours)),
            number(plan.and_then(service_level)),
            (variant.plan.as_ref().err()).map_or(String::new(), ToString::to_string),
        ]
    });
    Table {
        name: "what_if",
        columns: vec![
            "variant",
            "cost",
            "cost_change",
            "bound",
            "missing_hours",
            "service_level_live",
            "error",
        ],
        rows: rows.collect(),
    }
}
