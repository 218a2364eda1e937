//! The protocol on the real sets that are shared, against figures that other packages reached on the
//! same origins.

use wfm::calendar::holidays::HolidayCalendar;
use wfm::calendar::{NaiveDate, Span};
use wfm::forecasting::backtest::{Backtest, Level, MeanOfWeeks, Rolling, Run, Score};
use wfm::forecasting::{Automatic, Days, Event, EventKind, IntervalState, holiday_events};
use wfm::format::{SeriesLayout, read_series};

use crate::support::{interval, shared};

const US: Set = Set {
    file: "us_bank_calls_5min.csv",
    country: "US",
    rolling: (60, 6, 20),
    origins: 16,
    season: 5,
};
const IL: Set = Set {
    file: "il_bank_1999_30min.csv",
    country: "IL",
    rolling: (112, 8, 28),
    origins: 29,
    season: 7,
};
const UK: Set = Set {
    file: "uk_ambulance_daily_by_area.csv",
    country: "GB-ENG",
    rolling: (1463, 29, 28),
    origins: 25,
    season: 7,
};

struct Set {
    file: &'static str,
    country: &'static str,
    /// First origin, step and horizon in open days.
    rolling: (usize, usize, usize),
    origins: usize,
    season: usize,
}

struct Read {
    days: Days,
    events: Vec<Event>,
    rolling: Rolling,
}

impl Set {
    /// The series with its holidays; `None` when the data are not here.
    fn read(&self) -> Option<Read> {
        let data = shared("data", self.file)?;
        let layout = match self.country {
            "US" => SeriesLayout {
                interval: Some(interval(30)),
                open: Some(Span::from_minutes(7 * 60, 21 * 60).unwrap()),
                ..SeriesLayout::default()
            },
            "IL" => SeriesLayout {
                interval: Some(interval(30)),
                ..SeriesLayout::default()
            },
            _ => SeriesLayout {
                filters: vec![("area".to_owned(), "Trust".to_owned())],
                ..SeriesLayout::default()
            },
        };
        let days = read_series(&data.join(self.file), &layout)
            .unwrap_or_else(|faults| panic!("{faults}"))
            .days;
        let calendar = HolidayCalendar::parse(self.country).unwrap();
        let last = days.date(days.len() + 28).unwrap();
        let events = holiday_events(&calendar, days.first(), last);
        let (first, step, horizon) = self.rolling;
        let rolling = Rolling {
            first,
            step,
            horizon,
        };
        let backtest = Backtest::new(&days, &events, rolling);
        assert_eq!(backtest.origins().len(), self.origins, "{}", self.file);
        assert_eq!(backtest.season(), self.season, "{}", self.file);
        Some(Read {
            days,
            events,
            rolling,
        })
    }
}

impl Read {
    fn backtest(&self) -> Backtest<'_> {
        Backtest::new(&self.days, &self.events, self.rolling)
    }

    fn automatic(&self) -> Run {
        self.backtest().run(&Automatic::default()).unwrap()
    }

    fn mean_of(&self, weeks: usize) -> Run {
        self.backtest().run(&MeanOfWeeks { weeks }).unwrap()
    }

    fn four_weeks(&self, run: &Run, level: Level) -> Score {
        run.score(level, self.rolling.horizon)
    }

    fn is_holiday(&self, date: Option<NaiveDate>) -> bool {
        let holiday = |e: &Event| Some(e.date) == date && e.kind == EventKind::Holiday;
        self.events.iter().any(holiday)
    }
}

/// At most this error, in per cent to the digit the limit is stated with.
#[track_caller]
fn at_most(what: &str, share: f64, per_cent: f64) {
    println!("{what}: {:.2} %, at most {per_cent} %", 100.0 * share);
    assert!(100.0 * share <= per_cent, "{what}: {}", 100.0 * share);
}

#[track_caller]
fn between(what: &str, share: f64, low: f64, high: f64) {
    println!("{what}: {:.1} %, {low} to {high} %", 100.0 * share);
    assert!((low..=high).contains(&(100.0 * share)), "{what}: {share}");
}

/// WAPE, weighted quantile loss and coverage of the 95 % band four weeks ahead.
#[track_caller]
fn accepted(score: &Score, wape: f64, loss: f64) {
    let bands = score.bands.unwrap();
    at_most("WAPE", score.wape, wape);
    at_most("weighted quantile loss", bands.quantile_loss, loss);
    between("in the 95 % band", bands.coverage_95, 92.0, 98.0);
}

#[test]
fn the_us_bank_is_forecast_better_than_by_the_rule() {
    let Some(set) = US.read() else { return };
    let run = set.automatic();
    let intervals = set.four_weeks(&run, Level::Interval);
    accepted(&intervals, 6.6, 3.1);
    between(
        "in the 80 % band",
        intervals.bands.unwrap().coverage_80,
        76.0,
        84.0,
    );
    accepted(&set.four_weeks(&run, Level::Day), 5.3, 2.4);
}

#[test]
fn the_israeli_bank_is_forecast_better_than_by_any_peer() {
    let Some(set) = IL.read() else { return };
    let run = set.automatic();
    let intervals = set.four_weeks(&run, Level::Interval);
    accepted(&intervals, 25.0, 12.2);
    between(
        "in the 80 % band",
        intervals.bands.unwrap().coverage_80,
        76.0,
        86.0,
    );
    accepted(&set.four_weeks(&run, Level::Day), 15.5, 7.5);
}

#[test]
fn the_ambulance_trust_is_forecast_better_than_by_any_peer() {
    let Some(set) = UK.read() else { return };
    accepted(&set.four_weeks(&set.automatic(), Level::Day), 2.8, 1.2);
}

#[test]
fn holidays_and_the_days_beside_them_are_known() {
    let Some(set) = IL.read() else { return };
    let run = set.automatic();
    let on = run.score_where(Level::Day, |_, date| set.is_holiday(Some(date)));
    let beside = run.score_where(Level::Day, |_, date| {
        !set.is_holiday(Some(date))
            && (set.is_holiday(date.pred_opt()) || set.is_holiday(date.succ_opt()))
    });
    // The numbers of days are those of the stored table.
    assert_eq!((on.count, beside.count), (20, 34));
    at_most("holidays", on.wape, 50.0);
    at_most("beside holidays", beside.wape, 35.0);
}

/// A set and a level.
type Place = (&'static Set, Level);

/// Stored WAPE of exponential smoothing and of the planner's rule one day and one week ahead.
const NEAR: [(Place, [[f64; 2]; 2]); 5] = [
    ((&US, Level::Interval), [[4.8, 6.3], [7.0, 6.9]]),
    ((&US, Level::Day), [[2.8, 5.1], [5.6, 5.7]]),
    ((&IL, Level::Interval), [[28.1, 29.0], [27.2, 29.8]]),
    ((&IL, Level::Day), [[18.3, 18.9], [17.3, 20.0]]),
    ((&UK, Level::Day), [[2.5, 4.1], [2.8, 3.2]]),
];

#[test]
fn one_week_ahead_is_no_worse_than_smoothing_and_than_the_rule() {
    for ((set, level), [_, stored]) in NEAR {
        let Some(read) = set.read() else { continue };
        let best = stored[0].min(stored[1]);
        at_most(
            set.file,
            read.automatic().score(level, set.season).wape,
            best,
        );
    }
}

/// Stored figures of a mean of four and of one week, to one digit: WAPE one day, one week and four
/// weeks ahead, bias; then MASE and RMSSE to two.
const STORED: [(Place, usize, [f64; 4], [f64; 2]); 10] = [
    (
        (&US, Level::Interval),
        4,
        [6.3, 6.9, 6.9, -0.6],
        [0.92, 0.92],
    ),
    (
        (&US, Level::Interval),
        1,
        [9.0, 8.5, 8.7, -0.2],
        [1.16, 1.16],
    ),
    ((&US, Level::Day), 4, [5.1, 5.7, 5.5, -0.6], [1.01, 0.98]),
    ((&US, Level::Day), 1, [7.5, 6.7, 7.0, -0.2], [1.28, 1.25]),
    (
        (&IL, Level::Interval),
        4,
        [29.0, 29.8, 29.5, -2.6],
        [0.78, 0.72],
    ),
    (
        (&IL, Level::Interval),
        1,
        [33.6, 34.0, 35.1, -2.2],
        [0.93, 0.86],
    ),
    ((&IL, Level::Day), 4, [18.9, 20.0, 19.7, -2.6], [0.79, 0.75]),
    ((&IL, Level::Day), 1, [19.9, 21.2, 23.2, -2.2], [0.94, 0.86]),
    ((&UK, Level::Day), 4, [4.1, 3.2, 3.3, -0.1], [0.93, 0.85]),
    ((&UK, Level::Day), 1, [4.2, 3.6, 3.8, -0.3], [1.06, 0.96]),
];

#[test]
fn the_simple_rules_reach_the_stored_figures_to_their_printed_digit() {
    for ((set, level), weeks, per_cent, scaled) in STORED {
        let Some(read) = set.read() else { continue };
        let run = read.mean_of(weeks);
        let all = read.four_weeks(&run, level);
        let near = [1, set.season].map(|reach| run.score(level, reach).wape);
        let found = [near[0], near[1], all.wape, all.bias].map(|share| 100.0 * share);
        for (found, stored) in found.iter().zip(per_cent) {
            let what = (set.file, level, weeks, found, stored);
            assert!((found - stored).abs() <= 0.0501, "{what:?}");
        }
        for (found, stored) in [all.mase, all.rmsse].iter().zip(scaled) {
            let what = (set.file, level, weeks, found, stored);
            assert!((found - stored).abs() <= 0.00501, "{what:?}");
        }
    }
}

#[test]
fn one_thread_and_two_give_the_same_forecasts() {
    let Some(set) = IL.read() else { return };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let forecasts = || set.backtest().forecasts(&Automatic::default()).unwrap();
        pool.build().unwrap().install(forecasts)
    };
    let (one, two) = (on(1), on(2));
    assert_eq!(one.len(), two.len());
    for (one, two) in one.iter().zip(&two) {
        assert_eq!(
            (one.origin, one.date, one.interval),
            (two.origin, two.date, two.interval)
        );
        assert_eq!(one.mean.to_bits(), two.mean.to_bits());
        let bits = |q: Option<[f64; 5]>| q.map(|q| q.map(f64::to_bits));
        assert_eq!(bits(one.quantiles), bits(two.quantiles));
    }
}

#[test]
fn nothing_after_an_origin_is_used() {
    for set in [&US, &IL, &UK] {
        let Some(read) = set.read() else { continue };
        let ours = read.backtest().forecasts(&Automatic::default()).unwrap();
        // Everything after an origin in the middle is replaced.
        let middle = ours[ours.len() / 2].origin;
        let from = read.days.position(middle).unwrap() + 1;
        let strange = |(index, row): (usize, &Vec<IntervalState>)| -> Vec<IntervalState> {
            let replace = |cell: &IntervalState| match cell.volume() {
                Some(volume) if index >= from => IntervalState::Known(7.0 * volume + 3.0),
                _ => *cell,
            };
            row.iter().map(replace).collect()
        };
        let rows = read.days.rows().iter().enumerate().map(strange).collect();
        let days = Days::new(read.days.first(), read.days.intervals(), rows).unwrap();
        let changed = Backtest::new(&days, &read.events, read.rolling);
        let theirs = changed.forecasts(&Automatic::default()).unwrap();
        let mut compared = 0;
        for (one, other) in ours.iter().zip(&theirs).filter(|(f, _)| f.origin <= middle) {
            assert_eq!(
                (one.date, one.mean),
                (other.date, other.mean),
                "{}",
                set.file
            );
            assert_eq!(one.quantiles, other.quantiles);
            compared += 1;
        }
        assert!(compared > 0);
    }
}
