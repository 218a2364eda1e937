//! Forecasts one series from a CSV file: contacts for each interval or day, with quantiles.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example talks to its user"
)]

mod terminal;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::RangedU64ValueParser;
use clap::{Parser, ValueEnum};
use terminal::Failure;
use wfm::calendar::holidays::HolidayCalendar;
use wfm::calendar::{IntervalLength, NaiveDate, NaiveTime, Span, TimeDelta, Zone};
use wfm::forecasting::{Automatic, DayForecast, Event, LocalForecast, Volume, holiday_events};
use wfm::format::{SeriesFile, SeriesLayout, read_series};

/// Trains on all complete days up to the origin and forecasts the days after it.
#[derive(Debug, Parser)]
struct Flags {
    /// CSV file with one time stamp and one value in each row.
    #[arg(long)]
    history: PathBuf,
    /// The last day to learn from; by default the last one in the file.
    #[arg(long)]
    origin: Option<NaiveDate>,
    /// Days to forecast.
    #[arg(long, value_parser = RangedU64ValueParser::<usize>::new().range(1..=3660))]
    horizon_days: usize,
    /// Length of the intervals; by default that of the rows.
    #[arg(long)]
    interval_minutes: Option<u32>,
    /// What to forecast; a file of days knows days only.
    #[arg(long, value_enum, default_value_t = Level::Interval)]
    level: Level,
    /// Column of the time stamps.
    #[arg(long)]
    timestamp_column: Option<String>,
    /// Column of the values.
    #[arg(long)]
    value_column: Option<String>,
    /// Only rows with this value in this column; may be given several times.
    #[arg(long, value_name = "COLUMN=VALUE")]
    filter: Vec<String>,
    /// IANA time zone of the local times, for the days on which clocks change.
    #[arg(long)]
    timezone: Option<String>,
    /// Opening hours; by default those in which contacts ever came.
    #[arg(long, value_name = "HH:MM-HH:MM")]
    open: Option<String>,
    /// Country, or country and region such as GB-ENG, whose public holidays matter.
    #[arg(long)]
    country: Option<String>,
    /// `auto`, or one model by its name.
    #[arg(long, default_value = "auto")]
    model: String,
    /// Where to write the forecast; by default to the screen.
    #[arg(long)]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    Interval,
    Day,
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    let zone = flags
        .timezone
        .as_deref()
        .map(str::parse::<Zone>)
        .transpose()?;
    let layout = SeriesLayout {
        timestamp_column: flags.timestamp_column.clone(),
        value_column: flags.value_column.clone(),
        filters: flags
            .filter
            .iter()
            .map(|f| pair(f))
            .collect::<Result<_, _>>()?,
        interval: flags
            .interval_minutes
            .map(IntervalLength::from_minutes)
            .transpose()?,
        by_day: flags.level == Level::Day,
        zone,
        open: flags.open.as_deref().map(span).transpose()?,
        origin: flags.origin,
    };
    let series = read_series(&flags.history, &layout)?;
    for note in &series.notes {
        eprintln!("note: {note}");
    }
    let automatic = Automatic {
        horizon_days: flags.horizon_days,
        only: (flags.model != "auto").then(|| flags.model.clone()),
        ..Automatic::default()
    };
    let events = events(flags, &series)?;
    let fitted = automatic.fit(&series.days, &events)?;
    let mut forecast = fitted.forecast(flags.horizon_days)?;
    close_unseen(&mut forecast, &series);
    for chosen in &forecast.chosen {
        eprintln!("{}: {}", chosen.name, chosen.reason);
    }
    for change in &forecast.changes {
        eprintln!("cleaned: {change}");
    }
    let table = table(&forecast, &series, zone);
    match &flags.out {
        Some(file) => {
            std::fs::write(file, table).map_err(|e| format!("{}: {e}", file.display()))?;
        }
        None => terminal::tell(&table)?,
    }
    Ok(())
}

/// Public holidays from the first day of the history to the end of the horizon.
fn events(flags: &Flags, series: &SeriesFile) -> Result<Vec<Event>, Failure> {
    let Some(country) = &flags.country else {
        return Ok(Vec::new());
    };
    let calendar = HolidayCalendar::parse(country)?;
    let last = series.days.date(series.days.len() + flags.horizon_days)?;
    Ok(holiday_events(&calendar, series.days.first(), last))
}

/// Weekdays that never occur in the history are closed.
fn close_unseen(forecast: &mut LocalForecast, series: &SeriesFile) {
    let seen = series.days.len().min(7);
    for day in &mut forecast.days {
        let ahead = (day.date - series.days.first()).num_days() % 7;
        if usize::try_from(ahead).is_ok_and(|ahead| ahead < seen) {
            continue;
        }
        for volume in day.intervals.iter_mut().chain([&mut day.total]) {
            volume.mean = 0.0;
            volume.quantiles.fill(0.0);
        }
    }
    if seen < 7 {
        eprintln!(
            "note: the history spans only {seen} days; weekdays that are not among them are closed"
        );
    }
}

fn table(forecast: &LocalForecast, series: &SeriesFile, zone: Option<Zone>) -> String {
    // Intervals in which no contact ever may come have no row.
    let ever_open = |interval: usize| series.days.rows().iter().any(|day| day[interval].is_open());
    let open: Vec<bool> = (0..series.days.intervals()).map(ever_open).collect();
    let mut text = "start,mean,p2_5,p10,p50,p90,p97_5\n".to_owned();
    for day in &forecast.days {
        match series.interval {
            None => row(&mut text, &day.date.to_string(), &day.total),
            Some(interval) => intervals(&mut text, day, (interval, &open), zone),
        }
    }
    text
}

/// The intervals of a day that exist: none in the hour that the clock skips, two for each in the
/// hour that happens twice. One of which the clock takes or repeats a part has that much less or
/// more.
fn intervals(
    text: &mut String,
    day: &DayForecast,
    (interval, open): (IntervalLength, &[bool]),
    zone: Option<Zone>,
) {
    let midnight = day.date.and_time(NaiveTime::MIN);
    for (index, volume) in day.intervals.iter().enumerate().filter(|(i, _)| open[*i]) {
        let length = i64::from(interval.minutes());
        let begin = midnight + TimeDelta::minutes(length * i64::try_from(index).unwrap_or(0));
        let times = |minute: &i64| {
            let local = begin + TimeDelta::minutes(*minute);
            zone.map_or(1, |zone| zone.happenings(local))
        };
        let Some(first) = (0..length).find(|minute| times(minute) > 0) else {
            continue;
        };
        let start = (begin + TimeDelta::minutes(first)).format("%Y-%m-%dT%H:%M:%S");
        let lasts = (0..length).map(|minute| times(&minute)).sum::<usize>() as f64;
        let share = lasts / length as f64;
        if share == 2.0 {
            row(text, &start.to_string(), volume);
            row(text, &start.to_string(), volume);
        } else {
            let scaled = Volume {
                mean: volume.mean * share,
                quantiles: volume.quantiles.iter().map(|q| q * share).collect(),
            };
            row(text, &start.to_string(), &scaled);
        }
    }
}

fn row(text: &mut String, start: &str, volume: &Volume) {
    let _ = write!(text, "{start},{:.4}", volume.mean);
    for quantile in &volume.quantiles {
        let _ = write!(text, ",{quantile:.4}");
    }
    text.push('\n');
}

fn pair(text: &str) -> Result<(String, String), Failure> {
    let (column, value) = text
        .split_once('=')
        .filter(|(column, _)| !column.is_empty())
        .ok_or_else(|| format!("`{text}` is no filter; write COLUMN=VALUE"))?;
    Ok((column.to_owned(), value.to_owned()))
}

fn span(text: &str) -> Result<Span, Failure> {
    let told = || format!("`{text}` are no opening hours; write them like 08:00-20:30");
    let (from, to) = text.split_once('-').ok_or_else(told)?;
    let minute = |clock: &str| -> Option<u32> {
        let (hours, minutes) = clock.trim().split_once(':')?;
        let (hours, minutes) = (hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?);
        (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
    };
    let (from, to) = (minute(from).ok_or_else(told)?, minute(to).ok_or_else(told)?);
    Ok(Span::from_minutes(from, to)?)
}
