//! Forecast: contacts of each local day with the band that holds four times in five, and what
//! really came.

use super::axis::{self, Day};
use super::page::{Section, Table, legend};
use super::svg::{Anchor, Plot, Svg, nice_max};
use super::text::{contacts, percent};
use super::view::View;
use crate::calendar::Datelike;
use crate::units::whole;

/// Sample paths behind the band.
const PATHS: usize = 200;
/// Counts that are drawn at most, so that a year of quarter hours does not take minutes.
const WORK: usize = 20_000_000;

/// Contacts of one day.
#[derive(Debug)]
struct DayVolume {
    day: Day,
    mean: f64,
    low: f64,
    high: f64,
    actual: Option<f64>,
}

pub(super) fn section(view: &View<'_>) -> String {
    let mut s = Section::new("forecast", "Forecast: contacts of each day");
    let (days, paths) = volumes(view);
    if days.iter().all(|d| d.mean <= 0.0) {
        s.say("No contact is expected.");
        return s.finish();
    }
    let known = view.plan.queues.iter().filter(|q| q.actual.is_some());
    let (known, all) = (known.count(), view.plan.queues.len());
    let mut entries = vec![
        ("bar", "contacts expected"),
        (
            "line-band",
            "80 % band: one day in ten is above it, one below",
        ),
    ];
    if known > 0 {
        entries.push(("dot-actual", "contacts that came"));
    }
    s.markup(&legend(&entries));
    s.chart(&chart(view, &days));
    s.note(&axis::zone_note(&view.plan.problem.grid, view.zone));
    s.note(&format!(
        "All queues together, contacts handed on to another tier counted again there. The band is of \
         {paths} simulated courses; it knows the chance of arrivals and, where there is a history, \
         how much whole days vary."
    ));
    if known > 0 && known < all {
        s.note(&format!(
            "What came is known for {known} of {all} queues; the dots are of these alone."
        ));
    }
    s.behind("Table of the days", table(view, &days));
    s.finish()
}

/// The days, and how many paths the band rests on.
fn volumes(view: &View<'_>) -> (Vec<DayVolume>, usize) {
    let demand = &view.plan.demand;
    let days = axis::days(&demand.grid, view.zone);
    let paths = (WORK / (demand.grid.len() * demand.streams.len().max(1))).clamp(20, PATHS);
    let total = |values: &[f64], d: &Day| -> f64 {
        values.get(d.from..d.to).map_or(0.0, |v| v.iter().sum())
    };
    let mut means = vec![0.0; days.len()];
    let mut sums = vec![vec![0.0; paths]; days.len()];
    for (index, stream) in demand.streams.iter().enumerate() {
        for (mean, d) in means.iter_mut().zip(&days) {
            *mean += total(stream.forecast.mean().values(), d);
        }
        let seed = (view.plan.scenario.seed).wrapping_add((index as u64).wrapping_mul(1_000_003));
        for (path, series) in stream.forecast.paths(paths, seed).iter().enumerate() {
            for (sums, d) in sums.iter_mut().zip(&days) {
                if let Some(sum) = sums.get_mut(path) {
                    *sum += total(series.values(), d);
                }
            }
        }
    }
    let actuals: Vec<&[f64]> = (view.plan.queues.iter())
        .filter_map(|q| q.actual.as_ref().map(crate::calendar::Series::values))
        .collect();
    let volumes = (days.into_iter().zip(means).zip(sums))
        .map(|((day, mean), mut sums)| {
            sums.sort_by(f64::total_cmp);
            let known = !actuals.is_empty();
            DayVolume {
                day,
                mean,
                low: quantile(&sums, 0.1),
                high: quantile(&sums, 0.9),
                actual: known.then(|| actuals.iter().map(|a| total(a, &day)).sum()),
            }
        })
        .collect();
    (volumes, paths)
}

/// The value below which a share of sorted values lies.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = whole::round(share * (sorted.len().saturating_sub(1)) as f64);
    sorted.get(at as usize).copied().unwrap_or(0.0)
}

fn chart(view: &View<'_>, days: &[DayVolume]) -> String {
    let most = (days.iter())
        .flat_map(|d| [d.mean, d.high, d.actual.unwrap_or(0.0)])
        .fold(0.0, f64::max);
    let plot = Plot {
        left: 64.0,
        top: 28.0,
        width: 880.0,
        height: 220.0,
        x_max: days.len() as f64,
        y_max: nice_max(most, 5),
    };
    let mut svg = Svg::new(960.0, plot.bottom() + 28.0, "Contacts expected on each day");
    plot.y_axis(&mut svg, "contacts a day", 5);
    let wide = plot.width / days.len().max(1) as f64;
    for (i, d) in days.iter().enumerate() {
        let middle = plot.x(i as f64 + 0.5);
        let half = wide * 0.3;
        let label = axis::day_label(view.zone, d.day.date);
        let top = plot.y(d.mean);
        let tip = format!("{label}: {}", contacts(d.mean));
        svg.rect(
            (middle - half, top),
            (2.0 * half, plot.bottom() - top),
            "bar",
            &tip,
        );
        let (low, high) = (plot.y(d.low), plot.y(d.high));
        let cap = half.min(8.0);
        svg.line((middle, low), (middle, high), "line-band");
        svg.line((middle - cap, low), (middle + cap, low), "line-band");
        svg.line((middle - cap, high), (middle + cap, high), "line-band");
        if let Some(actual) = d.actual {
            let tip = format!("{label}: {} came", contacts(actual));
            svg.dot(
                (middle, plot.y(actual)),
                5.0_f64.min(half),
                "dot-actual",
                &tip,
            );
        }
        let is_due = wide > 46.0 || d.day.date.weekday() == crate::calendar::Weekday::Mon;
        if is_due {
            let words = if wide > 90.0 {
                label
            } else {
                d.day.date.format("%-d %b").to_string()
            };
            svg.text(
                (middle, plot.bottom() + 19.0),
                Anchor::Middle,
                "tick",
                &words,
            );
        }
    }
    svg.line(
        (plot.left, plot.bottom()),
        (plot.right(), plot.bottom()),
        "day",
    );
    svg.finish()
}

fn table(view: &View<'_>, days: &[DayVolume]) -> Table {
    let mut table = Table::new(&[
        "Day",
        ">Expected",
        ">Low (1 in 10 below)",
        ">High (1 in 10 above)",
        ">Came",
        ">Expected against what came",
    ]);
    let every_known = view.plan.queues.iter().all(|q| q.actual.is_some());
    for d in days {
        let difference = (d.actual.filter(|a| *a > 0.0 && every_known))
            .map_or("–".to_owned(), |actual| percent(d.mean / actual - 1.0));
        table.row([
            axis::day_label(view.zone, d.day.date),
            contacts(d.mean),
            contacts(d.low),
            contacts(d.high),
            d.actual.map_or("not known".to_owned(), contacts),
            difference,
        ]);
    }
    table
}
