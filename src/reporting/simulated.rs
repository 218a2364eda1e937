use std::fmt::Write;

use super::text::{aligned, number};
use crate::simulation::{Ended, Expectation, Measure, Quantity, Scope, Simulated};

/// What a simulation found, in a terminal: everything in total, by type and by group, and whatever is
/// compared with what others found, by period too.
pub fn simulation_summary(
    seen: &Simulated,
    measures: &[Measure],
    expected: &[Expectation],
    seconds: f64,
) -> String {
    let mut out = format!(
        "{} replications, {} contacts in {seconds:.2} s",
        number(f64::from(seen.replications), 0),
        number(seen.contacts as f64, 0)
    );
    out.push_str(match seen.ended {
        Ended::Done => "\n\n",
        Ended::TimeLimit => " (the time was over before all were done)\n\n",
        Ended::Cancelled => " (stopped before all were done)\n\n",
    });
    let header = [
        "measure", "mean", "± 95 %", "expected", "interval", "inside",
    ];
    let mut rows = vec![header.map(str::to_owned).to_vec()];
    let mut agreed = 0;
    for measure in measures {
        let known = expected.iter().find(|e| e.measure == measure.name);
        if known.is_none() && !is_for_everybody(measure) {
            continue;
        }
        let mut row = vec![
            measure.name.clone(),
            digits(measure.estimate.mean, measure.quantity),
            (measure.estimate.half_width).map_or_else(
                || "–".to_owned(),
                |half_width| digits(half_width, measure.quantity),
            ),
        ];
        if let Some(known) = known {
            let agrees = known.agrees_with(&measure.estimate);
            agreed += usize::from(agrees);
            row.push(digits(known.value, measure.quantity));
            row.push(known.interval.map_or_else(
                || "exact".to_owned(),
                |(low, high)| {
                    let (low, high) = (
                        digits(low, measure.quantity),
                        digits(high, measure.quantity),
                    );
                    format!("{low} to {high}")
                },
            ));
            row.push(if agrees { "yes" } else { "NO" }.to_owned());
        }
        rows.push(row);
    }
    out.push_str(&aligned(&rows));
    if !expected.is_empty() {
        let _ = write!(
            out,
            "\n{agreed} of {} expected values agree: inside the interval widened by the half-width.\n",
            expected.len()
        );
        let missing: Vec<&str> = (expected.iter())
            .map(|e| e.measure.as_str())
            .filter(|name| measures.iter().all(|m| m.name != *name))
            .collect();
        if !missing.is_empty() {
            let _ = writeln!(out, "Not measured here: {}.", missing.join(", "));
        }
    }
    out
}

/// Whether a measure is shown without being asked for.
fn is_for_everybody(measure: &Measure) -> bool {
    match measure.scope {
        Scope::All | Scope::Type(_) => measure.estimate.mean != 0.0,
        Scope::Group(_) => measure.quantity == Quantity::Occupancy,
        _ => false,
    }
}

fn digits(value: f64, quantity: Quantity) -> String {
    match quantity {
        Quantity::MeanWaitAnswered
        | Quantity::SlAnswered
        | Quantity::SlOffered
        | Quantity::SlExclShortAbandons
        | Quantity::PWait
        | Quantity::PAbandon
        | Quantity::Occupancy => number(value, 5),
        _ => number(value, 2),
    }
}
