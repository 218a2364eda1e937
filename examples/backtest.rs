//! The rolling-origin protocol on three real series: every model beside the planner's rule, and the
//! figures that other packages reached on the same days.
#![allow(clippy::print_stderr, reason = "an example talks to its user")]

mod terminal;

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use terminal::{Failure, tell};
use wfm::calendar::holidays::HolidayCalendar;
use wfm::calendar::{IntervalLength, NaiveDate, Span};
use wfm::forecasting::backtest::{Backtest, Forecasted, Level, MeanOfWeeks, Rolling, Run, Score};
use wfm::forecasting::{Automatic, Event, EventKind, holiday_events};
use wfm::format::{SeriesLayout, read_series};

/// Forecasts again from many days of the past and scores what came.
#[derive(Debug, Parser)]
struct Flags {
    /// The series.
    #[arg(long, value_enum)]
    dataset: Dataset,
    /// Folder of the data; by default `data` below `WFM_SHARED` or `../shared`.
    #[arg(long)]
    data: Option<PathBuf>,
    /// One model by its name instead of the automatic choice.
    #[arg(long, default_value = "auto")]
    model: String,
    /// Where to write every forecast of the automatic model.
    #[arg(long)]
    csv: Option<PathBuf>,
    /// Threads to work on; all of them by default.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Dataset {
    UsBank,
    IlBank,
    UkAmbulance,
}

/// What other packages reached at the same origins: name; WAPE one day, one week and four weeks
/// ahead; coverage of the 80 % band and weighted quantile loss four weeks ahead; all in per cent.
type Peers = &'static [(&'static str, [f64; 5])];

impl Dataset {
    const fn file(self) -> &'static str {
        match self {
            Self::UsBank => "us_bank_calls_5min.csv",
            Self::IlBank => "il_bank_1999_30min.csv",
            Self::UkAmbulance => "uk_ambulance_daily_by_area.csv",
        }
    }

    const fn country(self) -> &'static str {
        match self {
            Self::UsBank => "US",
            Self::IlBank => "IL",
            Self::UkAmbulance => "GB-ENG",
        }
    }

    const fn rolling(self) -> Rolling {
        let (first, step, horizon) = match self {
            Self::UsBank => (60, 6, 20),
            Self::IlBank => (112, 8, 28),
            Self::UkAmbulance => (1463, 29, 28),
        };
        Rolling {
            first,
            step,
            horizon,
        }
    }

    fn layout(self) -> Result<SeriesLayout, Failure> {
        let half_hour = Some(IntervalLength::from_minutes(30)?);
        Ok(match self {
            Self::UsBank => SeriesLayout {
                interval: half_hour,
                open: Some(Span::from_minutes(7 * 60, 21 * 60)?),
                ..SeriesLayout::default()
            },
            Self::IlBank => SeriesLayout {
                interval: half_hour,
                ..SeriesLayout::default()
            },
            Self::UkAmbulance => SeriesLayout {
                filters: vec![("area".to_owned(), "Trust".to_owned())],
                ..SeriesLayout::default()
            },
        })
    }

    const fn peers(self, level: Level) -> Peers {
        match (self, level) {
            (Self::UsBank, Level::Interval) => &[
                ("mean of four weeks", [6.3, 6.9, 6.9, 82.9, 3.2]),
                ("Prophet + profile", [6.0, 7.0, 7.5, 49.3, 4.0]),
                ("AutoETS + profile", [4.8, 7.0, 7.9, 77.2, 3.8]),
                ("AutoTheta + profile", [4.8, 7.0, 8.0, 72.6, 4.0]),
                ("seasonal naive", [9.0, 8.5, 8.7, 88.4, 4.6]),
            ],
            (Self::UsBank, Level::Day) => &[
                ("mean of four weeks", [5.1, 5.7, 5.5, 80.1, 2.5]),
                ("Prophet", [4.7, 5.7, 6.5, 56.6, 3.1]),
                ("AutoETS", [2.8, 5.6, 6.7, 83.3, 3.2]),
                ("AutoTheta", [2.7, 5.7, 6.9, 78.8, 3.4]),
                ("seasonal naive", [7.5, 6.7, 7.0, 86.8, 3.5]),
            ],
            (Self::IlBank, Level::Interval) => &[
                ("AutoETS + profile", [28.1, 27.2, 26.6, 50.3, 15.3]),
                ("Prophet + profile", [27.9, 27.9, 27.2, 50.9, 14.8]),
                ("AutoTheta + profile", [28.8, 28.4, 28.7, 54.9, 14.1]),
                ("mean of four weeks", [29.0, 29.8, 29.5, 86.0, 14.5]),
                ("seasonal naive", [33.6, 34.0, 35.1, 94.8, 20.3]),
            ],
            (Self::IlBank, Level::Day) => &[
                ("AutoETS", [18.3, 17.3, 16.7, 79.8, 9.3]),
                ("Prophet", [17.5, 17.7, 16.9, 84.0, 8.6]),
                ("mean of four weeks", [18.9, 20.0, 19.7, 85.8, 9.6]),
                ("AutoTheta", [18.6, 19.0, 19.8, 88.2, 9.4]),
                ("seasonal naive", [19.9, 21.2, 23.2, 93.5, 12.5]),
            ],
            (Self::UkAmbulance, _) => &[
                ("Prophet", [2.5, 2.8, 2.9, 77.1, 1.3]),
                ("AutoTheta", [2.5, 2.8, 3.3, 88.9, 1.6]),
                ("AutoETS", [2.5, 2.8, 3.3, 91.0, 1.6]),
                ("mean of four weeks", [4.1, 3.2, 3.3, 80.4, 1.5]),
                ("seasonal naive", [4.2, 3.6, 3.8, 93.0, 2.0]),
            ],
        }
    }
}

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    terminal::use_threads(flags.threads)?;
    let folder = terminal::data_folder(flags.data.as_deref());
    let dataset = flags.dataset;
    let days = read_series(&folder.join(dataset.file()), &dataset.layout()?)?.days;
    let calendar = HolidayCalendar::parse(dataset.country())?;
    let events = holiday_events(&calendar, days.first(), days.date(days.len() + 28)?);
    let backtest = Backtest::new(&days, &events, dataset.rolling());
    let started = Instant::now();
    let automatic = Automatic {
        only: (flags.model != "auto").then(|| flags.model.clone()),
        ..Automatic::default()
    };
    let ours = backtest.run(&automatic)?;
    let seconds = started.elapsed().as_secs_f64();
    let rule = backtest.run(&MeanOfWeeks { weeks: 4 })?;
    let naive = backtest.run(&MeanOfWeeks { weeks: 1 })?;
    let mut text = String::new();
    let out = &mut text;
    let origins = backtest.origins().len();
    writeln!(
        out,
        "{origins} origins, {seconds:.2} s for all fits of the automatic model"
    )?;
    let levels: &[Level] = if days.intervals() > 1 {
        &[Level::Interval, Level::Day]
    } else {
        &[Level::Day]
    };
    for &level in levels {
        table(out, &backtest, dataset, level, [&ours, &rule, &naive])?;
    }
    holidays(out, &ours, &rule, &events)?;
    tell(&text)?;
    if let Some(file) = &flags.csv {
        write(file, &backtest.forecasts(&automatic)?)?;
    }
    Ok(())
}

fn table(
    out: &mut String,
    backtest: &Backtest<'_>,
    dataset: Dataset,
    level: Level,
    runs: [&Run; 3],
) -> Result<(), Failure> {
    let name = match level {
        Level::Day => "Day totals",
        Level::Interval => "Intervals",
    };
    writeln!(out, "\n{name}, per cent")?;
    writeln!(
        out,
        "  {:32} {:>5} {:>5} {:>5}  {:>5} {:>5} {:>6}  {:>5} {:>5} {:>5} {:>5}",
        "", "WAPE", "1 w", "4 w", "MASE", "RMSSE", "bias", "in 80", "in 95", "width", "wQL"
    )?;
    let names = [
        "automatic",
        "mean of four weeks, here",
        "seasonal naive, here",
    ];
    for (name, run) in names.iter().zip(runs) {
        let horizon = dataset.rolling().horizon;
        let near = [1, backtest.season()].map(|reach| run.score(level, reach).wape * 100.0);
        let all = run.score(level, horizon);
        writeln!(
            out,
            "  {name:32} {:5.1} {:5.1} {:5.1}  {:5.2} {:5.2} {:6.1}  {}",
            near[0],
            near[1],
            all.wape * 100.0,
            all.mase,
            all.rmsse,
            all.bias * 100.0,
            bands(&all)
        )?;
    }
    for (peer, [day, week, month, in_80, loss]) in dataset.peers(level) {
        writeln!(
            out,
            "  {peer:32} {day:5.1} {week:5.1} {month:5.1}  {:>5} {:>5} {:>6}  {in_80:5.1} {:>5} {:>5} {loss:5.2}",
            "", "", "", "", ""
        )?;
    }
    Ok(())
}

fn bands(score: &Score) -> String {
    score.bands.map_or_else(String::new, |bands| {
        format!(
            "{:5.1} {:5.1} {:5.1} {:5.2}",
            bands.coverage_80 * 100.0,
            bands.coverage_95 * 100.0,
            bands.width_80 * 100.0,
            bands.quantile_loss * 100.0
        )
    })
}

/// Errors of day totals on holidays, beside them and on other days.
fn holidays(out: &mut String, ours: &Run, rule: &Run, events: &[Event]) -> Result<(), Failure> {
    let is_holiday = |date: Option<NaiveDate>| {
        date.is_some_and(|date| {
            (events.iter()).any(|e| e.date == date && e.kind == EventKind::Holiday)
        })
    };
    let class = |date: NaiveDate| {
        if is_holiday(Some(date)) {
            0
        } else if is_holiday(date.pred_opt()) || is_holiday(date.succ_opt()) {
            1
        } else {
            2
        }
    };
    writeln!(out, "\nDay totals by kind of day, WAPE in per cent")?;
    for (wanted, name) in ["public holidays", "the day before or after", "other days"]
        .iter()
        .enumerate()
    {
        let [one, other] =
            [ours, rule].map(|run| run.score_where(Level::Day, |_, d| class(d) == wanted));
        if one.count > 0 {
            writeln!(
                out,
                "  {name:24} {:4} days   automatic {:6.1}   mean of four weeks {:6.1}",
                one.count,
                one.wape * 100.0,
                other.wape * 100.0
            )?;
        }
    }
    Ok(())
}

fn write(file: &Path, forecasts: &[Forecasted]) -> Result<(), Failure> {
    let mut text = "origin,level,date,slot,mean,q025,q10,q50,q90,q975\n".to_owned();
    for f in forecasts {
        let (level, slot) = match f.interval {
            Some(interval) => ("slot", interval.to_string()),
            None => ("day", String::new()),
        };
        let _ = write!(text, "{},{level},{},{slot},{:.4}", f.origin, f.date, f.mean);
        for quantile in f.quantiles.iter().flatten() {
            let _ = write!(text, ",{quantile:.4}");
        }
        text.push('\n');
    }
    std::fs::write(file, text).map_err(|e| format!("{}: {e}", file.display()).into())
}
