//! Days on which clocks change: what exports look like, and what is learnt from them.

use std::fmt::Write as _;

use wfm::calendar::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use wfm::forecasting::IntervalState::{Absent, Imputed, Known};
use wfm::forecasting::{Automatic, Days, IntervalState, LocalForecast};
use wfm::format::{SeriesFile, SeriesLayout};
use wfm::workforce::FaultCode;

use super::{faults, read, state};
use crate::support::{date, interval, zone};

/// A zone with its changes of 2025: the day and the half hours that are skipped, then the day and the
/// half hours that happen twice.
struct Change {
    zone: &'static str,
    spring: (NaiveDate, &'static [usize]),
    autumn: (NaiveDate, &'static [usize]),
}

fn changes() -> Vec<Change> {
    let change = |zone, spring, autumn| Change {
        zone,
        spring,
        autumn,
    };
    let on = |month, day| date(2025, month, day);
    vec![
        change("Europe/Madrid", (on(3, 30), &[4, 5]), (on(10, 26), &[4, 5])),
        change(
            "America/New_York",
            (on(3, 9), &[4, 5]),
            (on(11, 2), &[2, 3]),
        ),
        // By half an hour.
        change("Australia/Lord_Howe", (on(10, 5), &[4]), (on(4, 6), &[3])),
        // At midnight: the day begins at one, or its last hour comes again.
        change(
            "America/Santiago",
            (on(9, 7), &[0, 1]),
            (on(4, 5), &[46, 47]),
        ),
        change(
            "Africa/Cairo",
            (on(4, 25), &[0, 1]),
            (on(10, 30), &[46, 47]),
        ),
        change("Asia/Beirut", (on(3, 30), &[0, 1]), (on(10, 25), &[46, 47])),
    ]
}

const WITHOUT: [&str; 4] = ["America/Costa_Rica", "Asia/Manila", "Asia/Kolkata", "UTC"];

/// How an export shows the hour that is skipped.
#[derive(Clone, Copy, PartialEq)]
enum Spring {
    Nothing,
    Zeros,
    Contacts,
}

/// How an export shows the hour that happens twice.
#[derive(Clone, Copy, PartialEq)]
enum Autumn {
    OneRow,
    TwoRows,
}

/// Contacts of a half hour of any day.
fn usual(slot: usize) -> f64 {
    10.0 + (slot % 7) as f64 + if (16..40).contains(&slot) { 30.0 } else { 0.0 }
}

/// Half-hourly rows in local time.
fn export(name: &str, first: NaiveDate, days: usize, spring: Spring, autumn: Autumn) -> String {
    let zone = zone(name);
    let mut text = "start,value\n".to_owned();
    for day in first.iter_days().take(days) {
        for slot in 0..48_usize {
            let minutes = TimeDelta::minutes(30 * i64::try_from(slot).unwrap());
            let local = day.and_time(NaiveTime::MIN) + minutes;
            let values: &[f64] = match (zone.happenings(local), spring, autumn) {
                (0, Spring::Nothing, _) => &[],
                (0, Spring::Zeros, _) => &[0.0],
                (2, _, Autumn::OneRow) => &[2.0 * usual(slot)],
                (2, _, Autumn::TwoRows) => &[usual(slot) - 2.0, usual(slot) + 2.0],
                _ => &[usual(slot)],
            };
            for value in values {
                let _ = writeln!(text, "{},{value}", local.format("%Y-%m-%dT%H:%M:%S"));
            }
        }
    }
    text
}

/// Half-hourly rows by instant, with the offset written.
fn export_instants(name: &str, first: DateTime<Utc>, days: i64) -> String {
    let zone = zone(name);
    let mut text = "start,value\n".to_owned();
    for step in 0..days * 48 {
        let instant = first + TimeDelta::minutes(30 * step);
        let local = zone.local(instant);
        let offset = (local - instant.naive_utc()).num_minutes();
        let sign = if offset < 0 { '-' } else { '+' };
        let (hours, minutes) = (offset.abs() / 60, offset.abs() % 60);
        let _ = writeln!(
            text,
            "{}{sign}{hours:02}:{minutes:02},{}",
            local.format("%Y-%m-%dT%H:%M:%S"),
            step % 5
        );
    }
    text
}

fn local(name: &str) -> SeriesLayout {
    SeriesLayout {
        zone: Some(zone(name)),
        ..SeriesLayout::default()
    }
}

fn read_around(change: &Change, spring: Spring, autumn: Autumn) -> SeriesFile {
    let text = export(change.zone, date(2025, 1, 1), 365, spring, autumn);
    read(&text, &local(change.zone))
}

fn on(days: &Days, day: NaiveDate, slot: usize) -> IntervalState {
    state(days, days.position(day).unwrap(), slot)
}

/// All half hours but the listed ones hold what they usually hold.
#[track_caller]
fn usual_but(days: &Days, but: &[(NaiveDate, &[usize])]) {
    for (index, row) in days.rows().iter().enumerate() {
        let today = days.date(index).unwrap();
        for (slot, cell) in row.iter().enumerate() {
            let odd = but
                .iter()
                .any(|(day, slots)| *day == today && slots.contains(&slot));
            assert!(
                odd || *cell == Known(usual(slot)),
                "{today} {slot} {cell:?}"
            );
        }
    }
}

#[test]
fn skipped_half_hours_are_absent_whether_their_rows_are_missing_or_zero() {
    for change in changes() {
        let (day, slots) = change.spring;
        for spring in [Spring::Nothing, Spring::Zeros] {
            let series = read_around(&change, spring, Autumn::OneRow);
            for &slot in slots {
                assert_eq!(
                    on(&series.days, day, slot),
                    Absent,
                    "{} {slot}",
                    change.zone
                );
            }
            usual_but(&series.days, &[change.spring, change.autumn]);
            let told = format!("{} zeros in an hour that the clock skipped", slots.len());
            let is_told = series.notes.iter().any(|note| note.starts_with(&told));
            assert_eq!(is_told, spring == Spring::Zeros, "{:?}", series.notes);
        }
    }
}

#[test]
fn contacts_in_a_skipped_half_hour_are_refused_with_their_rows() {
    for change in changes() {
        let (first, slots) = (change.spring.0.pred_opt().unwrap(), change.spring.1);
        let text = export(change.zone, first, 3, Spring::Contacts, Autumn::OneRow);
        let faults = faults(&text, &local(change.zone));
        assert_eq!(faults.len(), slots.len(), "{faults:?}");
        for (fault, slot) in faults.iter().zip(slots) {
            assert_eq!(fault.code, FaultCode::MissingHour);
            assert_eq!(fault.place.row, Some(50 + *slot as u64));
            assert_eq!(fault.place.column.as_deref(), Some("start"));
        }
        // Without a zone the same file is one of days of 24 hours.
        let series = read(&text, &SeriesLayout::default());
        usual_but(&series.days, &[]);
    }
}

#[test]
fn one_row_for_a_repeated_half_hour_is_halved_and_two_are_averaged() {
    for change in changes() {
        let (day, slots) = change.autumn;
        for autumn in [Autumn::OneRow, Autumn::TwoRows] {
            let series = read_around(&change, Spring::Nothing, autumn);
            for &slot in slots {
                let found = on(&series.days, day, slot);
                assert_eq!(found, Imputed(usual(slot)), "{} {slot}", change.zone);
            }
            usual_but(&series.days, &[change.spring, change.autumn]);
            let told = match autumn {
                Autumn::OneRow => "are taken to hold both, and halved",
                Autumn::TwoRows => "the mean of both is used",
            };
            let begin = slots.len().to_string();
            let is_told = |note: &String| note.starts_with(&begin) && note.contains(told);
            assert!(series.notes.iter().any(is_told), "{:?}", series.notes);
        }
        // A third row is one too many.
        let text = export(change.zone, day, 2, Spring::Nothing, Autumn::TwoRows);
        let row = 2 + 2 * slots.len() + slots[0] - 1;
        let again = text.lines().nth(row - 1).unwrap();
        let faults = faults(&format!("{text}{again}\n"), &local(change.zone));
        assert_eq!(faults[0].code, FaultCode::DuplicateInterval);
    }
}

#[test]
fn written_offsets_keep_both_instants_of_a_repeated_half_hour() {
    for change in changes() {
        let (day, slots) = change.autumn;
        let first = zone(change.zone).day_start(day) - TimeDelta::hours(24);
        let text = export_instants(change.zone, first, 3);
        let series = read(&text, &local(change.zone));
        let cells = slots.iter().map(|&slot| on(&series.days, day, slot));
        // Values count 0 to 4 by instant; the two of a slot are as far apart as the clock was put back.
        for (cell, &slot) in cells.zip(slots) {
            let one = 48 + slot;
            let other = one + slots.len();
            let mean = f64::midpoint((one % 5) as f64, (other % 5) as f64);
            assert_eq!(cell.volume(), Some(mean), "{} {slot}", change.zone);
        }
        // No instant is lost: all contacts are there once the repeated ones count twice.
        let day_index = series.days.position(day).unwrap();
        let total: f64 = (0..48)
            .map(|slot| {
                let times = if slots.contains(&slot) { 2.0 } else { 1.0 };
                times * state(&series.days, day_index, slot).volume().unwrap()
            })
            .sum();
        let instants = 48..96 + slots.len();
        assert_eq!(total, instants.map(|step| (step % 5) as f64).sum::<f64>());
        // Without a zone the second instant looks like a duplicate, and the message says why.
        let faults = faults(&text, &SeriesLayout::default());
        assert!(
            faults[0].action.contains("name the time zone"),
            "{}",
            faults[0]
        );
    }
}

#[test]
fn zones_without_changes_read_as_no_zone_does() {
    for name in WITHOUT {
        let text = export(
            name,
            date(2025, 1, 1),
            365,
            Spring::Contacts,
            Autumn::OneRow,
        );
        let series = read(&text, &local(name));
        usual_but(&series.days, &[]);
        assert!(series.notes.is_empty());
        assert_eq!(series, read(&text, &SeriesLayout::default()));
    }
}

#[test]
fn quarter_hours_have_ninety_two_and_a_hundred_on_the_days_of_change() {
    let madrid = zone("Europe/Madrid");
    for (day, count) in [(date(2025, 3, 30), 92), (date(2025, 10, 26), 100)] {
        let mut text = "start,value\n".to_owned();
        let mut rows = 0;
        for today in [day - TimeDelta::days(7), day] {
            for quarter in 0..96 {
                let local = today.and_time(NaiveTime::MIN) + TimeDelta::minutes(15 * quarter);
                for _ in 0..madrid.happenings(local) {
                    rows += usize::from(today == day);
                    let _ = writeln!(text, "{},4", local.format("%Y-%m-%dT%H:%M:%S"));
                }
            }
        }
        assert_eq!(rows, count);
        let days = read(&text, &local("Europe/Madrid")).days;
        let absent = days.rows()[7]
            .iter()
            .filter(|cell| **cell == Absent)
            .count();
        assert_eq!(absent, 96_usize.saturating_sub(count));
        assert!(
            days.rows()[7]
                .iter()
                .all(|cell| cell.volume().is_none_or(|v| v == 4.0))
        );
        // Added up to hours, the same.
        let hours = SeriesLayout {
            interval: Some(interval(60)),
            ..local("Europe/Madrid")
        };
        let days = read(&text, &hours).days;
        assert!(
            days.rows()[7]
                .iter()
                .all(|cell| cell.volume().is_none_or(|v| v == 16.0))
        );
        assert_eq!(state(&days, 7, 2) == Absent, count == 92);
    }
}

#[test]
fn hours_of_which_the_clock_takes_or_repeats_a_half_are_brought_to_their_length() {
    let howe = "Australia/Lord_Howe";
    // The hour from 02:00 lasts thirty minutes on 5 October, that from 01:00 ninety on 6 April.
    for (day, hour, seen) in [(date(2025, 10, 5), 2, 30.0), (date(2025, 4, 6), 1, 90.0)] {
        let mut text = "start,value\n".to_owned();
        for today in [day.pred_opt().unwrap(), day] {
            for clock in 0..24 {
                let value = if (today, clock) == (day, hour) {
                    seen
                } else {
                    60.0
                };
                let _ = writeln!(text, "{today}T{clock:02}:00:00,{value}");
            }
        }
        let series = read(&text, &local(howe));
        for (clock, cell) in series.days.rows()[1].iter().enumerate() {
            let wanted = if clock == hour {
                Imputed(60.0)
            } else {
                Known(60.0)
            };
            assert_eq!(*cell, wanted, "{clock}");
        }
        assert_eq!(series.notes.len(), 1);
    }
    // Half hours that are added up: the one that exists stands for the hour.
    let text = export(howe, date(2025, 9, 28), 8, Spring::Nothing, Autumn::OneRow);
    let layout = SeriesLayout {
        interval: Some(interval(60)),
        ..local(howe)
    };
    assert_eq!(
        state(&read(&text, &layout).days, 7, 2),
        Imputed(2.0 * usual(5))
    );
}

fn forecast(days: &Days, horizon: usize) -> LocalForecast {
    let settings = Automatic {
        horizon_days: horizon,
        ..Automatic::default()
    };
    let fitted = settings.fit(days, &[]).unwrap();
    fitted.forecast(horizon).unwrap()
}

#[test]
fn a_profile_learnt_over_a_change_is_not_bent() {
    for change in changes() {
        for (day, slots) in [change.spring, change.autumn] {
            let (first, length) = (day - TimeDelta::days(80), 90);
            for (spring, autumn) in [
                (Spring::Nothing, Autumn::OneRow),
                (Spring::Zeros, Autumn::TwoRows),
            ] {
                let text = export(change.zone, first, length, spring, autumn);
                let days = read(&text, &local(change.zone)).days;
                for ahead in forecast(&days, 14).days {
                    for (slot, volume) in ahead.intervals.iter().enumerate() {
                        let ratio = volume.mean / usual(slot);
                        let what = (change.zone, ahead.date, slot, ratio);
                        // Ignoring the change bends the half hours of the hour by a quarter.
                        assert!((ratio - 1.0).abs() < 0.005, "{what:?}");
                    }
                }
                assert!(!slots.is_empty());
            }
        }
    }
}

#[test]
fn day_totals_are_the_sums_of_their_intervals_across_a_change() {
    for change in changes() {
        let zone = zone(change.zone);
        let shift = change.spring.1.len();
        for (day, count) in [(change.spring.0, 48 - shift), (change.autumn.0, 48 + shift)] {
            let first = day - TimeDelta::days(60);
            let text = export(change.zone, first, 57, Spring::Nothing, Autumn::OneRow);
            let days = read(&text, &local(change.zone)).days;
            let forecast = forecast(&days, 7);
            let ahead = forecast.days.iter().find(|d| d.date == day).unwrap();
            assert_eq!(forecast.days.len(), 7);
            for day in &forecast.days {
                let sum: f64 = day.intervals.iter().map(|volume| volume.mean).sum();
                assert!((sum - day.total.mean).abs() <= 1e-9 * sum, "{sum}");
            }
            // Half hours that happen, each as often as it does.
            let happen: usize = (0..i64::try_from(ahead.intervals.len()).unwrap())
                .map(|slot| day.and_time(NaiveTime::MIN) + TimeDelta::minutes(30 * slot))
                .map(|local| zone.happenings(local))
                .sum();
            assert_eq!(happen, count, "{}", change.zone);
        }
    }
}
