//! The reader of a single series.

use std::fmt::Write as _;

use wfm::calendar::Span;
use wfm::forecasting::IntervalState::{Closed, Imputed, Known, Missing};
use wfm::format::SeriesLayout;
use wfm::workforce::FaultCode;

use super::{faults, read, read_bytes, refused, state};
use crate::support::{date, interval, zone};

fn plain() -> SeriesLayout {
    SeriesLayout::default()
}

fn every(minutes: u32) -> SeriesLayout {
    SeriesLayout {
        interval: Some(interval(minutes)),
        ..plain()
    }
}

/// Rows of a number of days from Monday 1 March 2027, every few minutes within some hours; the value
/// is that of the minute of the day divided by the length, plus the day times 1000.
fn rows(days: u32, hours: std::ops::Range<u32>, step: u32) -> String {
    let mut text = "start,value\n".to_owned();
    for day in 0..days {
        for minute in (hours.start * 60..hours.end * 60).step_by(step as usize) {
            let (hour, rest, value) = (minute / 60, minute % 60, 1000 * day + minute / step);
            let _ = writeln!(
                text,
                "2027-03-{:02}T{hour:02}:{rest:02}:00,{value}",
                day + 1
            );
        }
    }
    text
}

#[test]
fn usual_columns_are_found_and_others_can_be_named() {
    for (time, value) in [
        ("start", "offered"),
        ("timestamp", "calls"),
        ("ds", "y"),
        ("datetime", "contacts"),
    ] {
        let text = format!("id,{time},{value}\nx,2027-03-01T08:00,4\nx,2027-03-01T08:30,6\n");
        let days = read(&text, &plain()).days;
        assert_eq!(
            (state(&days, 0, 16), state(&days, 0, 17)),
            (Known(4.0), Known(6.0))
        );
    }
    let text = "when,start,value,many\n2027-03-01 08:00,x,1,4\n2027-03-01 08:30,y,2,6\n";
    let layout = SeriesLayout {
        timestamp_column: Some("when".to_owned()),
        value_column: Some("many".to_owned()),
        ..plain()
    };
    let series = read(text, &layout);
    assert_eq!(series.interval, Some(interval(30)));
    assert_eq!(state(&series.days, 0, 17), Known(6.0));
    assert_eq!(series.days.first(), date(2027, 3, 1));
}

#[test]
fn filters_pick_one_series_and_all_must_hold() {
    let text = "start,queue,language,value\n\
                2027-03-01T08:00,a,de,1\n2027-03-01T08:00,a,fr,2\n2027-03-01T08:00,b,de,3\n";
    let filtered = |filters: &[(&str, &str)]| SeriesLayout {
        filters: filters
            .iter()
            .map(|(c, v)| ((*c).to_owned(), (*v).to_owned()))
            .collect(),
        ..every(60)
    };
    let days = read(text, &filtered(&[("queue", "a"), ("language", "fr")])).days;
    assert_eq!(state(&days, 0, 8), Known(2.0));
    refused(
        text,
        &filtered(&[("queue", "a")]),
        FaultCode::DuplicateInterval,
        Some(3),
        "row 2 already",
    );
    refused(
        text,
        &filtered(&[("queue", "c")]),
        FaultCode::EmptyHistory,
        None,
        "no filter lets any of the 3 rows through",
    );
    refused(
        text,
        &filtered(&[("queu", "a")]),
        FaultCode::MissingColumn,
        Some(1),
        "nearest is `queue`",
    );
}

#[test]
fn short_rows_add_up_and_a_partial_last_interval_counts_what_it_has() {
    // 07:00 to 08:05 in steps of five minutes: two half hours and five minutes.
    let mut text = "start,value\n".to_owned();
    for day in 1..=14 {
        for step in 0..13 {
            let (hour, minute) = (7 + step / 12, step % 12 * 5);
            let _ = writeln!(
                text,
                "2027-03-{day:02}T{hour:02}:{minute:02}:00,{}",
                step + 1
            );
        }
    }
    let series = read(&text, &every(30));
    assert_eq!(series.interval, Some(interval(30)));
    for day in 0..14 {
        assert_eq!(state(&series.days, day, 13), Closed);
        assert_eq!(state(&series.days, day, 14), Known(21.0));
        assert_eq!(state(&series.days, day, 15), Known(57.0));
        assert_eq!(state(&series.days, day, 16), Known(13.0));
        assert_eq!(state(&series.days, day, 17), Closed);
    }
    let open = SeriesLayout {
        open: Some(Span::from_minutes(7 * 60, 8 * 60).unwrap()),
        ..every(30)
    };
    let series = read(&text, &open);
    assert_eq!(state(&series.days, 3, 16), Closed);
    assert_eq!(
        series.notes,
        ["14 rows with contacts outside the opening hours are passed over"]
    );
    // Hours that begin within an interval take the rows from there on.
    let later = SeriesLayout {
        open: Some(Span::from_minutes(7 * 60 + 15, 8 * 60).unwrap()),
        ..every(30)
    };
    assert_eq!(
        state(&read(&text, &later).days, 0, 14),
        Known(4.0 + 5.0 + 6.0)
    );
}

#[test]
fn days_stay_days_whatever_is_asked() {
    let mut text = "date,value\n".to_owned();
    for day in 1..=20 {
        let _ = writeln!(text, "2027-03-{day:02},{day}");
    }
    let layouts = [
        plain(),
        every(30),
        SeriesLayout {
            by_day: true,
            ..plain()
        },
        SeriesLayout {
            zone: Some(zone("Europe/Madrid")),
            open: Some(Span::from_minutes(480, 960).unwrap()),
            ..plain()
        },
    ];
    for (layout, notes) in layouts.iter().zip([0, 1, 0, 1]) {
        let series = read(&text, layout);
        assert_eq!((series.interval, series.days.intervals()), (None, 1));
        assert_eq!(series.notes.len(), notes, "{:?}", series.notes);
        assert_eq!(series.days.len(), 20);
        assert_eq!(state(&series.days, 19, 0), Known(20.0));
    }
    // Midnight is a day when nothing else is there, with or without a clock time.
    let midnights = text
        .replace(',', "T00:00:00,")
        .replace("dateT00:00:00", "date");
    assert_eq!(read(&midnights, &plain()).days, read(&text, &plain()).days);
}

#[test]
fn by_day_adds_a_day_up_and_scales_for_a_few_unknown_intervals() {
    let layout = SeriesLayout {
        by_day: true,
        ..plain()
    };
    let text = rows(14, 8..18, 30);
    let series = read(&text, &layout);
    let expected = |day: u32| f64::from((16..36).map(|step| 1000 * day + step).sum::<u32>());
    assert_eq!((series.interval, series.days.intervals()), (None, 1));
    for day in 0..14_u32 {
        assert_eq!(state(&series.days, day as usize, 0), Known(expected(day)));
    }
    // One of twenty rows lost: near the whole; three lost: unknown.
    let without = |lost: usize| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines.drain(45..45 + lost);
        read(&lines.join("\n"), &layout).days
    };
    let Imputed(total) = state(&without(1), 2, 0) else {
        panic!("an estimate")
    };
    assert!((total / expected(2) - 1.0).abs() < 0.01, "{total}");
    assert_eq!(state(&without(3), 2, 0), Missing);
}

#[test]
fn semicolons_tabs_a_byte_order_mark_and_line_ends_are_no_matter() {
    let text = rows(3, 8..10, 30);
    let wanted = read(&text, &plain()).days;
    for other in [
        text.replace(',', ";"),
        text.replace(',', "\t"),
        text.replace(',', " ; "),
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        text.replace('T', " "),
        text.trim_end().to_owned(),
    ] {
        assert_eq!(read(&other, &plain()).days, wanted, "{other:?}");
    }
}

#[test]
fn rows_out_of_order_are_sorted_and_said_to_be() {
    let text = rows(3, 8..10, 30);
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    lines.reverse();
    let reversed = read(&format!("start,value\n{}", lines.join("\n")), &plain());
    assert_eq!(reversed.days, read(&text, &plain()).days);
    assert_eq!(
        reversed.notes,
        ["rows are not in order of time and were sorted"]
    );
}

#[test]
fn rows_after_the_origin_are_passed_over_and_counted() {
    let until = |day: u32| SeriesLayout {
        origin: Some(date(2027, 3, day)),
        ..plain()
    };
    let text = rows(14, 8..10, 30);
    let series = read(&text, &until(7));
    assert_eq!(series.days.len(), 7);
    assert_eq!(series.notes, ["28 rows after the origin are passed over"]);
    assert_eq!(series.days, read(&rows(7, 8..10, 30), &plain()).days);
    // A fault of the future is no fault of the history.
    assert!(read_bytes(format!("{text}2027-03-15T08:00,x\n").as_bytes(), &until(7)).is_ok());
    let layout = SeriesLayout {
        origin: Some(date(2027, 2, 28)),
        ..plain()
    };
    let words = "all 56 rows come after the origin 2027-02-28";
    refused(&text, &layout, FaultCode::EmptyHistory, None, words);
    // Days from the last row to the origin are unknown.
    let late = read(&text, &until(16));
    assert_eq!(late.days.len(), 16);
    assert_eq!(state(&late.days, 15, 16), Missing);
    assert!(late.notes[0].contains("the 2 days from there to the origin are unknown"));
    let far = SeriesLayout {
        origin: Some(date(2150, 1, 1)),
        ..plain()
    };
    refused(
        &text,
        &far,
        FaultCode::OutOfRange,
        None,
        "more than a century",
    );
}

#[test]
fn duplicate_rows_are_refused_each_with_its_row() {
    let text = format!("{}2027-03-01T08:30:00,3\n", rows(2, 8..10, 30));
    let words = "is in row 3 already";
    refused(
        &text,
        &plain(),
        FaultCode::DuplicateInterval,
        Some(10),
        words,
    );
    let days = "date,value\n2027-03-01,4\n2027-03-02,4\n2027-03-01,4\n";
    refused(
        days,
        &plain(),
        FaultCode::DuplicateInterval,
        Some(4),
        "row 2 already",
    );
}

#[test]
fn cells_that_are_no_volume_are_refused_with_row_and_column() {
    for (cell, code) in [
        ("NaN", FaultCode::NotANumber),
        ("inf", FaultCode::NotANumber),
        ("many", FaultCode::NotANumber),
        ("1 000", FaultCode::NotANumber),
        ("\"1,000\"", FaultCode::NotANumber),
        ("\"1.000,5\"", FaultCode::NotANumber),
        ("-1", FaultCode::NegativeVolume),
        ("1e300", FaultCode::OutOfRange),
    ] {
        let text = format!("{}2027-03-03T08:00:00,{cell}\n", rows(2, 8..10, 30));
        let faults = faults(&text, &plain());
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0].code, code, "{cell}");
        assert_eq!(faults[0].place.row, Some(10));
        assert_eq!(faults[0].place.column.as_deref(), Some("value"));
        assert!(!faults[0].action.contains("history."), "{}", faults[0]);
    }
    let text = rows(14, 8..18, 30).replace(",1", ",x1");
    let faults = faults(&text, &plain());
    assert_eq!(faults.len(), 5);
    assert!(faults[4].what.contains("more like it"));
}

#[test]
fn fractions_are_volumes_and_an_empty_cell_is_unknown() {
    let text = "start;value\n2027-03-01T08:00;1,5\n2027-03-01T08:30;2.25\n2027-03-01T09:00;\n";
    let series = read(text, &plain());
    assert_eq!(state(&series.days, 0, 16), Known(1.5));
    assert_eq!(state(&series.days, 0, 17), Known(2.25));
    assert_eq!(state(&series.days, 0, 18), Missing);
    assert_eq!(series.notes.len(), 1);
    assert!(series.notes[0].starts_with("1 of 3 open intervals have no value"));
}

#[test]
fn missing_rows_are_unknown_and_what_never_occurs_is_closed() {
    // Weekdays alone, 08:00 to 10:00, two weeks; the second Tuesday lacks 08:30.
    let text: String = rows(14, 8..10, 30)
        .lines()
        .filter(|line| {
            !["06", "07", "13", "14"]
                .iter()
                .any(|d| line.contains(&format!("-{d}T")))
        })
        .filter(|line| !line.starts_with("2027-03-09T08:30"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let series = read(&text, &plain());
    assert_eq!(series.days.len(), 12);
    assert_eq!(state(&series.days, 8, 17), Missing);
    assert_eq!(state(&series.days, 8, 16), Known(8016.0));
    assert!(series.days.is_closed(5) && series.days.is_closed(6));
    assert!(!series.days.is_closed(8));
    assert_eq!(state(&series.days, 0, 15), Closed);
    assert_eq!(state(&series.days, 0, 20), Closed);
    // A zero is an observation.
    let zero = read("date,value\n2027-03-01,0\n2027-03-02,5\n", &plain());
    assert_eq!(state(&zero.days, 0, 0), Known(0.0));
}

#[test]
fn gaps_of_months_are_unknown_days() {
    let text = "date,value\n2027-01-04,5\n2027-01-05,6\n2027-07-05,7\n2027-07-06,8\n";
    let series = read(text, &plain());
    assert_eq!(series.days.len(), 184);
    assert_eq!(state(&series.days, 7, 0), Missing);
    assert_eq!(state(&series.days, 2, 0), Closed);
    assert_eq!(state(&series.days, 182, 0), Known(7.0));
}

#[test]
fn a_single_day_and_a_single_row_are_read() {
    let one = read(&rows(1, 8..10, 30), &plain());
    assert_eq!((one.days.len(), one.days.intervals()), (1, 48));
    let row = read("start,value\n2027-03-01T08:00,5\n", &plain());
    assert_eq!(row.interval, Some(interval(60)));
    assert_eq!(state(&row.days, 0, 8), Known(5.0));
    let row = read("start,value\n2027-03-01T08:15,5\n", &every(15));
    assert_eq!(state(&row.days, 0, 33), Known(5.0));
}

#[test]
fn one_interval_a_day_needs_its_length() {
    let text = rows(14, 8..9, 60);
    let words = "say how long an interval is";
    refused(&text, &plain(), FaultCode::Misaligned, None, words);
    let series = read(&text, &every(60));
    assert_eq!(series.interval, Some(interval(60)));
    assert_eq!(state(&series.days, 13, 8), Known(13008.0));
}

#[test]
fn files_without_content_and_without_columns_are_refused() {
    for text in ["", "\n\n", "\u{feff}"] {
        refused(
            text,
            &plain(),
            FaultCode::EmptyHistory,
            None,
            "the file is empty",
        );
    }
    let words = "no row below its header";
    refused(
        "start,value\n",
        &plain(),
        FaultCode::EmptyHistory,
        None,
        words,
    );
    let text = "moment,calls\n2027-03-01,4\n";
    let words = "the header has moment, calls";
    refused(text, &plain(), FaultCode::MissingColumn, Some(1), words);
    let layout = SeriesLayout {
        value_column: Some("cals".to_owned()),
        timestamp_column: Some("moment".to_owned()),
        ..plain()
    };
    let words = "the nearest is `calls`";
    refused(text, &layout, FaultCode::MissingColumn, Some(1), words);
    let nowhere = std::path::Path::new("nowhere/series.csv");
    let faults = wfm::format::read_series(nowhere, &plain()).unwrap_err();
    assert!(faults.to_string().contains("nowhere/series.csv"));
    assert_eq!(faults.as_slice()[0].code, FaultCode::MissingFile);
    assert!(read_bytes(&[b's', 0xff, 0xfe], &plain()).is_err());
}

#[test]
fn torn_rows_are_refused_with_their_row() {
    let text = "start,value\n2027-03-01T08:00,4\n2027-03-01T08:30\n";
    refused(
        text,
        &plain(),
        FaultCode::Syntax,
        Some(3),
        "1 cells where the header has 2",
    );
}

#[test]
fn offsets_are_turned_into_local_time_where_a_zone_is_named() {
    let text = "start,value\n2027-03-01T07:00:00Z,4\n2027-03-01T08:30:00+01:00,6\n";
    let madrid = SeriesLayout {
        zone: Some(zone("Europe/Madrid")),
        ..plain()
    };
    let series = read(text, &madrid);
    assert_eq!(state(&series.days, 0, 16), Known(4.0));
    assert_eq!(state(&series.days, 0, 17), Known(6.0));
    assert!(series.notes.is_empty());
    // An offset may lead to another day.
    let late = read(
        "start,value\n2027-03-01T23:30:00Z,4\n2027-03-02T00:00:00Z,4\n",
        &madrid,
    );
    assert_eq!(late.days.first(), date(2027, 3, 2));
    let bare = read(
        "start,value\n2027-03-01T08:00:00Z,4\n2027-03-01T08:30:00Z,6\n",
        &plain(),
    );
    assert_eq!(state(&bare.days, 0, 16), Known(4.0));
    assert_eq!(
        bare.notes,
        ["offsets are written but no time zone is named; times stand as written"]
    );
    let kolkata = SeriesLayout {
        zone: Some(zone("Asia/Kolkata")),
        ..plain()
    };
    let series = read(
        "start,value\n2027-03-01T08:00:00Z,4\n2027-03-01T08:30:00Z,6\n",
        &kolkata,
    );
    assert_eq!(state(&series.days, 0, 27), Known(4.0));
}

#[test]
fn time_stamps_that_are_none_or_far_away_are_refused() {
    for stamp in [
        "1899-12-31T08:00",
        "2201-01-01T08:00",
        "0001-01-01",
        "2027-02-29T08:00",
        "2027-03-01T25:00",
        "01.03.2027",
        "3/1/2027 08:00",
        "",
        "monday",
        "45000",
    ] {
        let text = format!("start,value\n2027-03-01T08:00,4\n{stamp},5\n");
        refused(
            &text,
            &every(60),
            FaultCode::BadTimestamp,
            Some(3),
            "is no time stamp",
        );
    }
}

#[test]
fn lengths_that_do_not_fit_are_refused() {
    let text = rows(2, 8..10, 30);
    for minutes in [5, 10, 15, 20] {
        let words = "cannot be made of rows of 30 min";
        refused(&text, &every(minutes), FaultCode::Misaligned, None, words);
    }
    assert_eq!(read(&text, &every(60)).interval, Some(interval(60)));
    // Rows off the grid of the hour.
    let text = "start,value\n2027-03-01T08:05,1\n2027-03-01T08:35,2\n2027-03-01T09:05,3\n";
    let words = "is not the start of an interval of 30 min";
    refused(text, &plain(), FaultCode::Misaligned, Some(2), words);
    let text = "start,value\n2027-03-01T08:00,1\n2027-03-01T08:30,2\n2027-03-01T09:00:30,3\n";
    refused(text, &plain(), FaultCode::Misaligned, Some(4), words);
    let text = "start,value\n2027-03-01T08:00,1\n2027-03-01T08:07,2\n2027-03-01T08:14,3\n";
    refused(text, &plain(), FaultCode::Misaligned, None, "7 minutes");
    let text = "start,value\n2027-03-01T08:00,1\n2027-03-01T10:00,2\n";
    refused(text, &plain(), FaultCode::Misaligned, None, "120 minutes");
}
