//! Story 2: what comes next week? Five weeks of Belgian calls, by models that share the work, and how
//! sure they are.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::path::Path;

use wfm::calendar::Datelike;
use wfm::forecasting::Automatic;
use wfm::format::{SeriesLayout, read_series};

fn main() -> Result<(), Box<dyn Error>> {
    let history =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/belgium/history.csv");
    let layout = SeriesLayout {
        value_column: Some("offered".to_owned()),
        filters: vec![("language".to_owned(), "fr".to_owned())],
        zone: Some("Europe/Brussels".parse()?),
        ..SeriesLayout::default()
    };
    let series = read_series(&history, &layout)?;
    let automatic = Automatic {
        horizon_days: 7,
        ..Automatic::default()
    };
    let forecast = automatic.fit(&series.days, &[])?.forecast(7)?;

    println!("French calls, learnt from {} days:\n", series.days.len());
    println!("day             mean  8 of 10 such days");
    for day in &forecast.days {
        let (p10, p90) = (day.total.quantiles[1], day.total.quantiles[3]);
        println!(
            "{} {:>8}  {:>8.1}  {p10:>7.1} to {p90:.1}",
            day.date,
            day.date.weekday().to_string(),
            day.total.mean,
        );
    }
    let models: Vec<&str> = forecast.chosen.iter().map(|c| c.name.as_str()).collect();
    println!("\nby {}", models.join(", "));

    // The half hours of a day add up to it, and a day is between its own quantiles.
    for day in &forecast.days {
        let sum: f64 = day.intervals.iter().map(|i| i.mean).sum();
        let (p10, p90) = (day.total.quantiles[1], day.total.quantiles[3]);
        let is_inside = p10 <= day.total.mean && day.total.mean <= p90;
        if (sum - day.total.mean).abs() > 1e-6 * (1.0 + sum) || !is_inside {
            return Err(format!("{} does not add up", day.date).into());
        }
    }
    Ok(())
}
