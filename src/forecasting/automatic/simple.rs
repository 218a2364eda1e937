//! Models for histories that carry no more.

use super::local_forecast::Chosen;
use super::models::{DayModel, MeanOfLast, Past};
use super::series::Series;

/// Totals by a simpler model, with the reason, when the history is all zero or holds less
/// than two cycles of known ordinary days.
pub(crate) fn simple_totals(series: &Series, future: &[usize]) -> Option<(Chosen, Vec<f64>)> {
    let known = series.known();
    if series.values.iter().flatten().all(|value| *value <= 0.0) {
        let reason = format!("all {known} known days are zero");
        return Some((
            Chosen {
                name: "zero".to_owned(),
                reason,
            },
            vec![0.0; future.len()],
        ));
    }
    if known >= 2 * series.period.max(2) {
        return None;
    }
    let model = MeanOfLast {
        count: 4,
        name: "mean of the same weekdays",
    };
    let past = Past {
        values: &series.values,
        places: &series.places,
        period: series.period,
    };
    let reason = format!("only {known} known ordinary days, less than two weeks");
    Some((
        Chosen {
            name: model.name().to_owned(),
            reason,
        },
        model.forecast(past, future),
    ))
}
