//! What plans are worth on real histories: each week planned from its past alone, then the contacts
//! that truly came are replayed.
#![allow(clippy::print_stderr, reason = "an example talks to its user")]

mod terminal;

use std::fmt::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use terminal::{Failure, tell};
use wfm::calendar::holidays::HolidayCalendar;
use wfm::calendar::{
    Datelike, IntervalLength, NaiveDate, NaiveTime, OpeningHours, Span, WEEK, Weekday, Zone,
};
use wfm::forecasting::{
    Days, Exposed, IntervalState, RateForecast, RateHistory, RateKind, holiday_events,
};
use wfm::format::{SeriesLayout, read_series};
use wfm::planning::fidelity::{
    Conduct, Facts, Fidelity, Line, PlannerWeek, Point, Service, Setting, Walk, cost_at,
    walk_forward,
};
use wfm::scheduling::{Solvers, Strategy};
use wfm::units::{Money, Probability};
use wfm::workforce::{Pool, PoolKind, Price, PromiseScope, ShiftType, Skill, StartWindow};

/// Plans past weeks from what was known before them, and replays what came.
#[derive(Debug, Parser)]
struct Flags {
    /// The history.
    #[arg(long, value_enum)]
    dataset: Dataset,
    /// Folder of the data; by default `data` below `WFM_SHARED` or `../shared`.
    #[arg(long)]
    data: Option<PathBuf>,
    /// Most weeks to plan; all by default.
    #[arg(long)]
    weeks: Option<usize>,
    /// Threads to work on; all of them by default.
    #[arg(long)]
    threads: Option<NonZeroUsize>,
    /// Where to write every week of every planner.
    #[arg(long)]
    csv: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Dataset {
    UsBank,
    IlBank,
}

/// The promise, and others around it for the frontier.
const PROMISES: [f64; 3] = [0.8, 0.75, 0.85];
/// What the planner's rule adds, and other additions for the frontier.
const ADDITIONS: [f64; 9] = [0.1, -0.4, -0.25, -0.15, -0.1, -0.075, -0.05, 0.0, 0.2];

fn main() -> ExitCode {
    terminal::exit(run(&Flags::parse()))
}

fn run(flags: &Flags) -> Result<(), Failure> {
    terminal::use_threads(flags.threads)?;
    if let Some(file) = &flags.csv {
        terminal::require_place("--csv", file)?;
    }
    let folder = terminal::data_folder(flags.data.as_deref());
    let (lines, training) = match flags.dataset {
        Dataset::UsBank => (us_bank(&folder)?, 8),
        Dataset::IlBank => (il_bank(&folder)?, 4),
    };
    let started = Instant::now();
    let setting = setting(flags.dataset)?;
    let mut rows = "line,planner,setting,week,offered,in_time,expected,hours,cost\n".to_owned();
    let mut sums: Vec<Fidelity> = Vec::new();
    for line in &lines {
        let walk = Walk {
            training,
            weeks: flags.weeks,
            promises: PROMISES.to_vec(),
            additions: ADDITIONS.to_vec(),
        };
        let found = walk_forward(line, &setting, &walk)?;
        // The same without shifts: agents by the half hour.
        let free = Walk {
            promises: vec![PROMISES[0]],
            additions: Vec::new(),
            ..walk
        };
        let free = walk_forward(line, &without_shifts(&setting)?, &free)?;
        tell(&table(&line.name, &found, &free)?)?;
        write(&mut rows, &line.name, &found)?;
        sums.push(found);
    }
    if let (Dataset::IlBank, Some(all)) = (flags.dataset, together(&sums)) {
        tell(&table("all queues together", &all, &all)?)?;
    }
    eprintln!("{:.1} s", started.elapsed().as_secs_f64());
    if let Some(file) = &flags.csv {
        terminal::replace(file, &rows)?;
    }
    Ok(())
}

/// The weeks of several lines one after the other.
fn together(lines: &[Fidelity]) -> Option<Fidelity> {
    let mut all = lines.first()?.clone();
    for line in &lines[1..] {
        for (sum, own) in [
            (&mut all.calibrated, &line.calibrated),
            (&mut all.rule, &line.rule),
            (&mut all.foresight, &line.foresight),
        ] {
            for (sum, own) in sum.iter_mut().zip(own) {
                sum.1.extend(own.1.iter().cloned());
            }
        }
    }
    Some(all)
}

type Settings = [(f64, Vec<PlannerWeek>)];

fn table(name: &str, found: &Fidelity, free: &Fidelity) -> Result<String, Failure> {
    let mut text = String::new();
    let out = &mut text;
    let weeks = found.calibrated.first().map_or(&[][..], |s| &s.1);
    let contacts: f64 = weeks.iter().map(|w| w.attained.offered).sum();
    writeln!(
        out,
        "{name}: {} weeks from {}, {contacts:.0} contacts",
        weeks.len(),
        weeks
            .first()
            .map_or_else(String::new, |w| w.first.to_string()),
    )?;
    writeln!(
        out,
        "  {:38} {:>8} {:>6} {:>6} {:>6} {:>10}  {:>9} {:>9}",
        "", "attained", "worst", "best", "weeks", "cost", "rule", "foresight"
    )?;
    writeln!(
        out,
        "  {:38} {:>8} {:>6} {:>6} {:>6} {:>10}  {:>19}",
        "", "", "week", "week", "> 75 %", "", "cost at equal level"
    )?;
    let (rule, foresight) = (
        Fidelity::frontier(&found.rule),
        Fidelity::frontier(&found.foresight),
    );
    let mut rows = |label: &str, settings: &Settings| -> Result<(), Failure> {
        for ((setting, weeks), point) in settings.iter().zip(Fidelity::frontier(settings)) {
            let levels = || weeks.iter().map(|w| w.attained.level());
            let against = |others: &[Point]| {
                cost_at(others, point.level).map_or_else(
                    || "-".to_owned(),
                    |cost| format!("{:+.1} %", (point.cost / cost - 1.0) * 100.0),
                )
            };
            writeln!(
                out,
                "  {:38} {:6.1} % {:6.1} {:6.1} {:6} {:10.0}  {:>9} {:>9}",
                if label.ends_with("rule,") {
                    format!("{label} {:+.0} %", setting * 100.0)
                } else {
                    format!("{label} {:.0} %", setting * 100.0)
                },
                point.level * 100.0,
                levels().fold(f64::INFINITY, f64::min) * 100.0,
                levels().fold(0.0, f64::max) * 100.0,
                levels().filter(|&l| l > 0.75).count(),
                point.cost,
                against(&rule),
                against(&foresight),
            )?;
        }
        Ok(())
    };
    rows("ours, promise", &found.calibrated)?;
    rows("planner's rule,", &found.rule)?;
    rows("perfect foresight, promise", &found.foresight)?;
    if !std::ptr::eq(found, free) {
        rows("ours without shifts, promise", &free.calibrated)?;
        rows("foresight without shifts, promise", &free.foresight)?;
    }
    Ok(text)
}

fn write(rows: &mut String, line: &str, found: &Fidelity) -> Result<(), Failure> {
    for (planner, settings) in [
        ("ours", &found.calibrated),
        ("rule", &found.rule),
        ("foresight", &found.foresight),
    ] {
        for (setting, weeks) in settings {
            for w in weeks {
                writeln!(
                    rows,
                    "{line},{planner},{setting},{},{:.1},{:.1},{},{:.1},{:.2}",
                    w.first,
                    w.attained.offered,
                    w.attained.in_time,
                    w.expected.map_or_else(String::new, |e| format!("{e:.4}")),
                    w.hours,
                    w.cost
                )?;
            }
        }
    }
    Ok(())
}

/// The same pool, whose agents come and go by the half hour.
fn without_shifts(setting: &Setting) -> Result<Setting, Failure> {
    let mut free = setting.clone();
    let half_hour = Duration::from_secs(1800);
    free.pool.shifts = vec![ShiftType {
        id: "half hour".into(),
        length: half_hour,
        starts: StartWindow {
            from: NaiveTime::from_hms_opt(7, 0, 0).ok_or("no such time")?,
            to: NaiveTime::from_hms_opt(23, 30, 0).ok_or("no such time")?,
            every: half_hour,
            weekdays: WEEK.to_vec(),
        },
        breaks: Vec::new(),
    }];
    Ok(free)
}

fn setting(dataset: Dataset) -> Result<Setting, Failure> {
    // Crews of the Israeli bank are a few agents: a shift is a larger part of a day there.
    let (close, gap, replications) = match dataset {
        Dataset::UsBank => (21, 5e-3, 2),
        Dataset::IlBank => (24, 1e-2, 20),
    };
    let shift = |id: &str, hours: u32| -> Result<ShiftType, Failure> {
        Ok(ShiftType {
            id: id.into(),
            length: Duration::from_secs(3600 * u64::from(hours)),
            starts: StartWindow {
                from: NaiveTime::from_hms_opt(7, 0, 0).ok_or("time")?,
                to: NaiveTime::from_hms_opt(close - hours, 0, 0).ok_or("time")?,
                every: Duration::from_secs(1800),
                weekdays: WEEK.to_vec(),
            },
            breaks: Vec::new(),
        })
    };
    let skill = vec![Skill::new("L1", "any")];
    let price = Price::flat(Money::new(20.0)?);
    let pool = Pool::new("agents", PoolKind::InHouse, Zone::UTC, skill, price)
        .with_shift(shift("8h", 8)?)
        .with_shift(shift("5h", 5)?);
    let floor = Probability::new(0.5)?;
    Ok(Setting {
        share: Probability::new(0.8)?,
        answer_within: Duration::from_secs(20),
        scope: PromiseScope::Day { floor },
        pool,
        strategy: Strategy {
            gap,
            rounds: 2,
            // Work and gap end the search; a clock would make figures depend on the machine.
            time_limit: Duration::from_secs(3600),
            ..Strategy::new(Solvers {
                integer: None,
                ..Solvers::compiled_in()?
            })
        },
        scenarios: 12,
        replications,
        seed: 1,
    })
}

fn us_bank(folder: &Path) -> Result<Vec<Line>, Failure> {
    let interval = IntervalLength::from_minutes(30)?;
    let open = Span::from_minutes(7 * 60, 21 * 60)?;
    let layout = SeriesLayout {
        interval: Some(interval),
        open: Some(open),
        ..SeriesLayout::default()
    };
    let days = read_series(&folder.join("us_bank_calls_5min.csv"), &layout)?.days;
    let calendar = HolidayCalendar::parse("US")?;
    let events = holiday_events(&calendar, days.first(), days.date(days.len() + 28)?);
    let line = |name: &str, patience: Option<f64>| {
        Ok::<_, Failure>(Line {
            name: name.to_owned(),
            days: days.clone(),
            interval,
            events: events.clone(),
            opening: OpeningHours::closed().with(&WEEK, open)?,
            conduct: Conduct::Assumed(Facts {
                aht_seconds: 240.0,
                patience_seconds: patience,
            }),
        })
    };
    Ok(vec![
        line("patience 240 s", Some(240.0))?,
        line("endless patience", None)?,
    ])
}

/// Values of a column by day and half hour from a date on; nothing where there is no row.
struct Column {
    days: Days,
}

impl Column {
    fn read(file: &Path, queue: &str, column: &str) -> Result<Self, Failure> {
        let filters = if queue.is_empty() {
            Vec::new()
        } else {
            vec![("queue".to_owned(), queue.to_owned())]
        };
        let layout = SeriesLayout {
            interval: Some(IntervalLength::from_minutes(30)?),
            value_column: Some(column.to_owned()),
            filters,
            open: Some(Span::DAY),
            ..SeriesLayout::default()
        };
        let days = read_series(file, &layout)?.days;
        Ok(Self { days })
    }

    fn at(&self, date: NaiveDate, interval: usize) -> f64 {
        let row = self.days.position(date).map(|day| &self.days.rows()[day]);
        row.and_then(|row| row.get(interval)?.volume())
            .unwrap_or(0.0)
    }
}

/// Queues of the Israeli bank: contacts are those that reached the line of the agents, not those
/// that ended in the voice menu.
fn il_bank(folder: &Path) -> Result<Vec<Line>, Failure> {
    let interval = IntervalLength::from_minutes(30)?;
    let log = folder.join("il_bank_1999_by_queue_30min.csv");
    let year = Column::read(
        &folder.join("il_bank_1999_30min.csv"),
        "",
        "contacts_offered",
    )?;
    let date = |month, day| NaiveDate::from_ymd_opt(1999, month, day).ok_or("no such day");
    // The first Sunday; the end of January before the first planned week; what the logs hold.
    let (first, last) = (date(1, 3)?, date(10, 30)?);
    let late = Span::from_minutes(7 * 60, 24 * 60)?;
    let weekdays = [
        Weekday::Sun,
        Weekday::Mon,
        Weekday::Tue,
        Weekday::Wed,
        Weekday::Thu,
    ];
    let opening = OpeningHours::closed()
        .with(&weekdays, late)?
        .with(&[Weekday::Fri], Span::from_minutes(7 * 60, 14 * 60)?)?
        .with(&[Weekday::Sat], Span::from_minutes(19 * 60, 24 * 60)?)?;
    let calendar = HolidayCalendar::parse("IL")?;
    let dates: Vec<NaiveDate> = first.iter_days().take_while(|&d| d <= last).collect();
    let is_logged = |d: NaiveDate| {
        [1, 2, 10].contains(&d.month()) && ![date(1, 11), date(1, 12)].contains(&Ok(d))
    };
    let queues = [
        ("PS", "regular"),
        ("NW", "new customers"),
        ("NE", "stock trading"),
        ("IN", "internet"),
    ];
    let mut lines = Vec::new();
    for (queue, name) in queues {
        let read = |column: &str| Column::read(&log, queue, column);
        let answered = read("contacts_answered")?;
        let abandoned = read("contacts_abandoned_in_queue")?;
        let seconds = read("handle_seconds_total")?;
        let waits = [
            read("answered_wait_seconds_total")?,
            read("abandoned_wait_seconds_total")?,
        ];
        let service = |d: NaiveDate, t: usize| Service {
            handled: answered.at(d, t),
            handle_seconds: seconds.at(d, t),
            abandoned: abandoned.at(d, t),
            waited_seconds: waits.iter().map(|w| w.at(d, t)).sum(),
        };
        // Share of all calls of the centre that reach this line, as known at the end of a month.
        let share = |until: NaiveDate| {
            let of = |d: NaiveDate| {
                let cell = |t: usize| {
                    let amount = answered.at(d, t) + abandoned.at(d, t);
                    let exposure = year.at(d, t).max(amount);
                    (is_logged(d) && exposure > 0.0).then_some(Exposed { amount, exposure })
                };
                (0..interval.per_day()).map(cell).collect()
            };
            let rows = dates.iter().take_while(|&&d| d <= until).map(|&d| of(d));
            let history = RateHistory::new(first, interval.per_day(), rows.collect())?;
            RateForecast::learn(&history, RateKind::Share, 28.0)
        };
        let shares = [share(date(1, 30)?)?, share(date(2, 28)?)?];
        let rows = dates.iter().map(|&d| {
            let cell = |t: usize| {
                let minute = u32::try_from(t).unwrap_or(0) * interval.minutes();
                let is_open = opening
                    .spans(d.weekday())
                    .iter()
                    .any(|s| s.contains(minute));
                let share = &shares[usize::from(d.month() > 1)];
                if !is_open {
                    IntervalState::Closed
                } else if is_logged(d) {
                    IntervalState::Known(answered.at(d, t) + abandoned.at(d, t))
                } else {
                    let rate = share.on(d, t).map_or(0.0, |rate| rate.value);
                    IntervalState::Imputed(year.at(d, t) * rate)
                }
            };
            (0..interval.per_day()).map(cell).collect()
        });
        let conduct = dates
            .iter()
            .map(|&d| (0..interval.per_day()).map(|t| service(d, t)).collect());
        lines.push(Line {
            name: name.to_owned(),
            days: Days::new(first, interval.per_day(), rows.collect())?,
            interval,
            events: holiday_events(&calendar, first, date(12, 31)?),
            opening: opening.clone(),
            conduct: Conduct::Observed(conduct.collect()),
        });
    }
    Ok(lines)
}
