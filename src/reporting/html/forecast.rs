//! Forecast: contacts of each local day with bands around the mean, what came before and what really
//! came, and the days that are special.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::axis::{self, Day};
use super::chart::Chart;
use super::page::{Section, Table};
use super::svg::{Anchor, Plot, Svg, nice_max};
use super::text::full_day;
use super::view::View;
use crate::calendar::{Datelike, NaiveDate, Weekday};
use crate::forecasting::History;
use crate::planning::Source;
use crate::units::whole;

/// Sample paths behind the bands.
const PATHS: usize = 1_000;
/// Days of the past that are shown at most.
const PAST: usize = 28;
/// Bands: the share of courses that lie below, the class, and the same from above.
const BANDS: [(f64, &str, f64); 3] = [
    (0.025, "band3", 0.975),
    (0.1, "band2", 0.9),
    (0.25, "band1", 0.75),
];

/// Contacts of one day of the horizon.
#[derive(Debug)]
struct DayVolume {
    day: Day,
    mean: f64,
    /// Lower and upper end of each band.
    bands: [(f64, f64); 3],
    actual: Option<f64>,
}

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("forecast", "Forecast: contacts of each day");
    let days = volumes(view);
    if days.iter().all(|d| d.mean <= 0.0) {
        s.say("No contact is expected.");
        return s;
    }
    let past = past(view, days.first().map(|d| d.day.date));
    let events = events(view);
    s.chart(
        chart(view, &days, &past, &events),
        "Table of the days",
        table(view, &days, &events),
    );
    if !events.is_empty() {
        let dates = days.iter().filter(|d| events.contains_key(&d.day.date));
        let named = dates.zip(1..).map(|(d, number)| {
            let names = events
                .get(&d.day.date)
                .map_or(String::new(), |n| n.join(", "));
            format!(
                "{number} {}: {names}",
                axis::day_label(view.zone, d.day.date)
            )
        });
        let named: Vec<String> = named.collect();
        s.note(&format!("Special days: {}.", named.join("; ")));
    }
    s.note(&axis::zone_note(&view.plan.problem.grid, view.zone));
    s.note(&format!(
        "All queues together, contacts handed on to another tier counted again there. The bands are of \
         {} simulated courses; they know the chance of arrivals and, where there is a history, how \
         much whole days vary.",
        view.words.count(PATHS)
    ));
    let known = view.plan.queues.iter().filter(|q| q.actual.is_some());
    let (known, all) = (known.count(), view.plan.queues.len());
    if known > 0 && known < all {
        s.note(&format!(
            "What came is known for {known} of {all} queues; the dots inside the horizon are of these \
             alone."
        ));
    }
    if !past.is_empty() {
        s.behind("Table of the days before", past_table(view, &past));
    }
    s
}

fn volumes(view: &View<'_>) -> Vec<DayVolume> {
    let demand = &view.plan.demand;
    let days = axis::days(&demand.grid, view.zone);
    let total = |values: &[f64], d: &Day| -> f64 {
        values.get(d.from..d.to).map_or(0.0, |v| v.iter().sum())
    };
    let mut means = vec![0.0; days.len()];
    let mut sums = vec![vec![0.0; PATHS]; days.len()];
    // Each stream has its own seed and its sums are added in order: the same on any number of threads.
    let ranges: Vec<_> = days.iter().map(|d| d.from..d.to).collect();
    let drawn: Vec<Vec<Vec<f64>>> = (demand.streams.par_iter().enumerate())
        .map(|(index, stream)| {
            let step = (index as u64).wrapping_mul(1_000_003);
            let seed = view.plan.scenario.seed.wrapping_add(step);
            stream.forecast.path_sums(&ranges, PATHS, seed)
        })
        .collect();
    for (stream, drawn) in demand.streams.iter().zip(drawn) {
        for (mean, d) in means.iter_mut().zip(&days) {
            *mean += total(stream.forecast.mean().values(), d);
        }
        for (path, own) in drawn.iter().enumerate() {
            for (sums, own) in sums.iter_mut().zip(own) {
                sums[path] += own;
            }
        }
    }
    let actuals: Vec<&[f64]> = (view.plan.queues.iter())
        .filter_map(|q| q.actual.as_ref().map(crate::calendar::Series::values))
        .collect();
    (days.into_iter().zip(means).zip(sums))
        .map(|((day, mean), mut sums)| {
            sums.sort_by(f64::total_cmp);
            let known = !actuals.is_empty();
            DayVolume {
                day,
                mean,
                bands: BANDS.map(|(low, _, high)| (quantile(&sums, low), quantile(&sums, high))),
                actual: known.then(|| actuals.iter().map(|a| total(a, &day)).sum()),
            }
        })
        .collect()
}

/// The value below which a share of sorted values lies.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = whole::round(share * (sorted.len().saturating_sub(1)) as f64);
    sorted.get(at as usize).copied().unwrap_or(0.0)
}

/// Contacts of the days before the horizon, up to the last one known; empty where some stream has no
/// history, or where contacts are handed on, which no history counts.
fn past(view: &View<'_>, first: Option<NaiveDate>) -> Vec<(NaiveDate, f64)> {
    let scenario = &view.plan.scenario;
    if !scenario.escalations.is_empty() {
        return Vec::new();
    }
    let histories = scenario.streams.iter().map(|stream| match &stream.source {
        Source::History { history, .. } => Some(history.as_ref()),
        Source::Shape(_) | Source::Given(_) => None,
    });
    let Some(histories) = histories.collect::<Option<Vec<&History>>>() else {
        return Vec::new();
    };
    let mut days: BTreeMap<NaiveDate, f64> = BTreeMap::new();
    for history in histories {
        let known = history.days().map(|(date, _)| date).rev();
        let before = known.filter(|date| first.is_none_or(|first| *date < first));
        for date in before.take(PAST) {
            *days.entry(date).or_default() += history.day_volume(date).unwrap_or(0.0);
        }
    }
    let skipped = days.len().saturating_sub(PAST);
    days.into_iter().skip(skipped).collect()
}

/// What is special on the days of the horizon, once for each name.
fn events(view: &View<'_>) -> BTreeMap<NaiveDate, Vec<String>> {
    let mut events: BTreeMap<NaiveDate, Vec<String>> = BTreeMap::new();
    for row in view.special_days() {
        let names = events.entry(row.date).or_default();
        if !names.contains(&row.name) {
            names.push(row.name);
        }
    }
    events
}

fn chart(
    view: &View<'_>,
    days: &[DayVolume],
    past: &[(NaiveDate, f64)],
    events: &BTreeMap<NaiveDate, Vec<String>>,
) -> Chart {
    let most = (days.iter())
        .flat_map(|d| [d.mean, d.bands[0].1, d.actual.unwrap_or(0.0)])
        .chain(past.iter().map(|(_, contacts)| *contacts))
        .fold(0.0, f64::max);
    let count = past.len() + days.len();
    let plot = Plot {
        left: 64.0,
        top: 40.0,
        width: 880.0,
        height: 230.0,
        x_max: count as f64,
        y_max: nice_max(most, 5),
    };
    let title = "Contacts expected on each day";
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 28.0, title);
    let label = format!("contacts a day, days of {}", view.zone);
    plot.y_axis(&mut svg, &label, 5);
    let wide = plot.width / count.max(1) as f64;
    let from = past.len();
    for (place, (_, class, _)) in BANDS.iter().enumerate() {
        for (i, d) in days.iter().enumerate() {
            let Some((low, high)) = d.bands.get(place) else {
                continue;
            };
            let (left, right) = (plot.x((from + i) as f64), plot.x((from + i + 1) as f64));
            let (top, bottom) = (plot.y(*high), plot.y(*low));
            let tip = format!(
                "{}: {} to {}",
                axis::day_label(view.zone, d.day.date),
                view.words.contacts(*low),
                view.words.contacts(*high)
            );
            svg.rect((left, top), (right - left, bottom - top), class, &tip);
        }
    }
    for (i, d) in days.iter().enumerate() {
        let (left, right) = (plot.x((from + i) as f64), plot.x((from + i + 1) as f64));
        let height = plot.y(d.mean);
        svg.line((left, height), (right, height), "line-mean");
    }
    let radius = 4.5_f64.min(wide * 0.4);
    let actuals =
        (days.iter().enumerate()).filter_map(|(i, d)| Some((from + i, d.day.date, d.actual?)));
    let before = past.iter().enumerate().map(|(i, (date, n))| (i, *date, *n));
    for (i, date, contacts) in before.chain(actuals) {
        let at = (plot.x(i as f64 + 0.5), plot.y(contacts));
        let label = axis::day_label(view.zone, date);
        let tip = format!("{label}: {} came", view.words.contacts(contacts));
        svg.dot(at, radius, "dot-actual", &tip);
    }
    if from > 0 {
        let x = plot.x(from as f64);
        svg.line((x, plot.top), (x, plot.bottom()), "day");
    }
    let dates = past.iter().map(|(date, _)| *date);
    let dates: Vec<NaiveDate> = dates.chain(days.iter().map(|d| d.day.date)).collect();
    let mut number = 0;
    for (i, date) in dates.iter().enumerate() {
        let middle = plot.x(i as f64 + 0.5);
        if i >= from && events.contains_key(date) {
            number += 1;
            svg.line(
                (middle, plot.top - 4.0),
                (middle, plot.bottom()),
                "mark-event",
            );
            let at = (middle, plot.top - 8.0);
            svg.text(at, Anchor::Middle, "small", &number.to_string());
        }
        let is_due = wide > 50.0 || date.weekday() == Weekday::Mon || count == 1;
        if is_due {
            let words = if wide > 90.0 {
                axis::day_label(view.zone, *date)
            } else {
                date.format("%-d %b").to_string()
            };
            let at = (middle, plot.bottom() + 19.0);
            svg.text(at, Anchor::Middle, "tick", &words);
        }
    }
    let ends = (plot.left, plot.bottom());
    svg.line(ends, (plot.right(), plot.bottom()), "day");
    let mut keys = vec![
        ("line-mean", "contacts expected"),
        ("band1", "1 day in 2 is in this band"),
        ("band2", "4 in 5"),
        ("band3", "19 in 20"),
    ];
    if !past.is_empty() || days.iter().any(|d| d.actual.is_some()) {
        keys.push(("dot-actual", "contacts that came"));
    }
    if number > 0 {
        keys.push(("mark-event", "special day, numbered as in the table"));
    }
    Chart::new("contacts by day", svg).with_keys(keys)
}

fn table(view: &View<'_>, days: &[DayVolume], events: &BTreeMap<NaiveDate, Vec<String>>) -> Table {
    let words = view.words;
    let mut table = Table::new(&[
        "Day",
        ">Expected",
        ">1 in 40 below",
        ">1 in 10 below",
        ">1 in 10 above",
        ">1 in 40 above",
        ">Came",
        ">Expected against what came",
        "What is special",
    ]);
    let every_known = view.plan.queues.iter().all(|q| q.actual.is_some());
    let mut number = 0;
    for d in days {
        let difference = (d.actual.filter(|a| *a > 0.0 && every_known))
            .map_or("–".to_owned(), |actual| {
                words.change(d.mean / actual - 1.0)
            });
        let special = events.get(&d.day.date).map_or(String::new(), |names| {
            number += 1;
            format!("{number}: {}", names.join("; "))
        });
        let [(lowest, highest), (low, high), _] = d.bands;
        table.row([
            axis::day_label(view.zone, d.day.date),
            words.contacts(d.mean),
            words.contacts(lowest),
            words.contacts(low),
            words.contacts(high),
            words.contacts(highest),
            d.actual
                .map_or("not known".to_owned(), |a| words.contacts(a)),
            difference,
            special,
        ]);
    }
    let sum: f64 = days.iter().map(|d| d.mean).sum();
    let came: f64 = days.iter().filter_map(|d| d.actual).sum();
    let is_known = days.iter().any(|d| d.actual.is_some());
    let blank = || "–".to_owned();
    let cells = [
        "All".to_owned(),
        words.contacts(sum),
        blank(),
        blank(),
        blank(),
        blank(),
        if is_known {
            words.contacts(came)
        } else {
            "not known".to_owned()
        },
        if every_known && came > 0.0 {
            words.change(sum / came - 1.0)
        } else {
            blank()
        },
        String::new(),
    ];
    table.row(cells.map(|text| super::page::Cell::classed(text, "sum")));
    table
}

fn past_table(view: &View<'_>, past: &[(NaiveDate, f64)]) -> Table {
    let mut table = Table::new(&["Day", ">Came"]);
    for (date, contacts) in past {
        table.row([full_day(*date), view.words.contacts(*contacts)]);
    }
    table
}
