//! Each key of a law changes its own parameter and nothing else; what cannot be is refused in place.

use std::time::Duration;

use wfm::calendar::{NaiveDate, NaiveTime};
use wfm::workforce::FaultCode;
use wfm::workforce::law::{
    AverageHours, BreakBand, ClassHours, ClassLimits, HolidayKind, LabourLaw, LawPremium,
    NightBand, NightRest, NightWorker, OvertimeRange, Pause, RestPeriod, ShortRest, Stacking,
    Stretch, WeeklyRest,
};

use super::law::with;

const DAY: (i32, u32, u32) = (2027, 3, 23);

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(DAY.0, DAY.1, DAY.2).unwrap()
}

fn hours(count: u64) -> Duration {
    Duration::from_secs(count * 3600)
}

fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}

fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

type Change = fn(&mut LabourLaw);

/// A pack, one key, and what it does to the pack.
const CHANGES: &[(&str, &str, Change)] = &[
    ("ES", "id = \"house\"", |l| "house".clone_into(&mut l.id)),
    ("ES", "name = \"House\"", |l| {
        "House".clone_into(&mut l.name);
    }),
    ("ES", "valid_from = 2020-01-01", |l| {
        l.valid_from = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap();
    }),
    ("ES", "valid_until = \"2030-01-01\"", |l| {
        l.valid_until = NaiveDate::from_ymd_opt(2030, 1, 1);
    }),
    ("ES", "sources = [\"a\", \"b\"]", |l| {
        l.sources = vec!["a".to_owned(), "b".to_owned()];
    }),
    ("ES", "sources = []", |l| l.sources.clear()),
    ("NL", "daily_rest_hours = 11.5", |l| {
        l.daily_rest = Some(minutes(690));
    }),
    ("ES", "daily_rest_hours = \"none\"", |l| l.daily_rest = None),
    ("ES", "short_rest = { hours = 9, once_in_days = 14 }", |l| {
        l.short_rest = Some(ShortRest {
            least: hours(9),
            once_in_days: 14,
        });
    }),
    ("NL", "short_rest = { once_in_days = 14 }", |l| {
        l.short_rest = Some(ShortRest {
            least: hours(8),
            once_in_days: 14,
        });
    }),
    ("NL", "short_rest = \"none\"", |l| l.short_rest = None),
    ("ES", "weekly_rest = [{ hours = 48 }]", |l| {
        l.weekly_rest = vec![WeeklyRest::hours(48, 7)];
    }),
    (
        "ES",
        "weekly_rest = [{ hours = 72, days = 14, piece_hours = 24 }, \
         { hours = 30, count_by = \"calendar_weeks\" }]",
        |l| {
            l.weekly_rest = vec![
                WeeklyRest::hours(72, 14).in_pieces_of(24),
                WeeklyRest {
                    period: RestPeriod::CalendarWeeks,
                    ..WeeklyRest::hours(30, 7)
                },
            ];
        },
    ),
    ("ES", "weekly_rest = []", |l| l.weekly_rest.clear()),
    ("ES", "weekly_rest_hours = 30", |l| {
        l.weekly_rest = vec![WeeklyRest::hours(30, 7).by_calendar_weeks()];
    }),
    (
        "NL",
        "night_rests = [{ nights = 2, hours = 20, ends_after = \"02:30\" }]",
        |l| {
            l.night_rests = vec![NightRest {
                nights: 2,
                ends_after: Some(clock(2, 30)),
                least: hours(20),
            }];
        },
    ),
    ("ES", "consecutive_days = 9", |l| {
        l.consecutive_days = Some(9);
    }),
    ("CR", "consecutive_days = \"none\"", |l| {
        l.consecutive_days = None;
    }),
    ("ES", "day_hours = 8.5", |l| l.day_hours = Some(8.5)),
    ("ES", "day_hours = \"none\"", |l| l.day_hours = None),
    ("ES", "span_hours = 12", |l| l.span = Some(hours(12))),
    ("FR", "span_hours = \"none\"", |l| l.span = None),
    ("FR", "week_hours = 46", |l| l.week_hours = Some(46.0)),
    ("FR", "week_hours = \"none\"", |l| l.week_hours = None),
    (
        "FR",
        "average_hours = [{ hours = 42.5, weeks = 8 }, { hours = 40, weeks = 52 }]",
        |l| l.average_hours = vec![AverageHours::over(42.5, 8), AverageHours::over(40.0, 52)],
    ),
    ("FR", "average_hours = []", |l| l.average_hours.clear()),
    ("FR", "year_hours = 1607", |l| l.year_hours = Some(1607.0)),
    ("ES", "night = { shift_hours = 2.5 }", |l| {
        l.night = Some(NightBand {
            from: clock(22, 0),
            to: clock(6, 0),
            shift_hours: 2.5,
        });
    }),
    (
        "US-TX",
        "night = { from = \"21:30\", to = \"05:00\", shift_hours = 3 }",
        |l| {
            l.night = Some(NightBand {
                from: clock(21, 30),
                to: clock(5, 0),
                shift_hours: 3.0,
            });
        },
    ),
    ("PL", "night_worker = \"none\"", |l| l.night_worker = None),
    (
        "FR",
        "night_worker = { share = 0.25, average_hours = [{ hours = 38, weeks = 6 }] }",
        |l| {
            l.night_worker = Some(NightWorker {
                share: 0.25,
                shift_hours: Some(8.0),
                averages: vec![AverageHours::over(38.0, 6)],
            });
        },
    ),
    ("FR", "night_worker = { shift_hours = \"none\" }", |l| {
        l.night_worker.as_mut().unwrap().shift_hours = None;
    }),
    (
        "CR",
        "class_limits = { day = { day_hours = 10 }, mixed = { day_hours = 8, week_hours = 48 } }",
        |l| {
            let hours = |day, week| ClassHours { day, week };
            l.class_limits = Some(ClassLimits {
                day: hours(10.0, 48.0),
                mixed: hours(8.0, 48.0),
                night: hours(6.0, 36.0),
            });
        },
    ),
    ("CR", "class_limits = \"none\"", |l| l.class_limits = None),
    (
        "DE",
        "breaks = { bands = [{ worked_minutes = 300, inclusive = true, length_minutes = 30, \
         piece_minutes = 10, most_minutes = 60, paid = true, earliest_minutes = 60, \
         latest_minutes = 240 }, { worked_minutes = 400, length_minutes = 45 }] }",
        |l| {
            l.breaks.bands = vec![
                BreakBand {
                    paid: true,
                    most: Some(minutes(60)),
                    window: Some((hours(1), hours(4))),
                    ..BreakBand::at_least(300, 30).in_pieces_of(10)
                },
                BreakBand::more_than(400, 45),
            ];
        },
    ),
    ("DE", "breaks = { stretches = [] }", |l| {
        l.breaks.stretches.clear();
    }),
    (
        "DE",
        "breaks = { stretches = [{ most_minutes = 240, piece_minutes = 15 }] }",
        |l| {
            l.breaks.stretches = vec![Stretch {
                most: hours(4),
                piece: minutes(15),
            }];
        },
    ),
    (
        "DE",
        "breaks = { pauses = [{ every_minutes = 120, length_minutes = 5, paid = true, \
         tolerance_minutes = 30 }] }",
        |l| {
            l.breaks.pauses = vec![Pause {
                every: hours(2),
                least: minutes(5),
                paid: true,
                tolerance: Some(minutes(30)),
            }];
        },
    ),
    ("ES", "sunday_allowed = false", |l| l.sunday_allowed = false),
    ("ES", "holiday_allowed = false", |l| {
        l.holiday_allowed = false;
    }),
    ("PH", "regular_holidays = [\"Rizal Day\"]", |l| {
        l.regular_holidays = vec!["Rizal Day".to_owned()];
    }),
    ("CR", "overtime = { allowed = true }", |l| {
        l.overtime.allowed = true;
    }),
    ("CR", "overtime_allowed = true", |l| {
        l.overtime.allowed = true;
    }),
    ("PL", "overtime = { day_hours = 7 }", |l| {
        l.overtime.day_hours = Some(7.0);
    }),
    ("PL", "overtime = { week_hours = \"none\" }", |l| {
        l.overtime.week_hours = None;
    }),
    ("PL", "overtime = { on_rest_days = true }", |l| {
        l.overtime.on_rest_days = true;
    }),
    ("PL", "overtime = { week_most_hours = 6 }", |l| {
        l.overtime.week_most = Some(6.0);
    }),
    ("PL", "overtime = { year_most_hours = 0 }", |l| {
        l.overtime.year_most = Some(0.0);
    }),
    ("PL", "year_overtime_hours = 200", |l| {
        l.overtime.year_most = Some(200.0);
    }),
    ("PL", "year_overtime_hours = \"none\"", |l| {
        l.overtime.year_most = None;
    }),
    (
        "PL",
        "premiums = [{ name = \"night\", share = 0.3, night = true, sunday = true }, \
         { name = \"holiday\", share = 1, holiday = \"special\", rest_day = true }, \
         { name = \"overtime\", share = 0.5, overtime = true }, \
         { name = \"overtime\", share = 0.6, overtime = { count_by = \"week\", from_hours = 8, \
         to_hours = 10, year_from_hours = 100, year_to_hours = 200 } }]",
        |l| {
            let overtime = OvertimeRange::of_week(8.0, Some(10.0)).in_year(100.0, Some(200.0));
            l.premiums = vec![
                LawPremium::new("night", 0.3).at_night().on_sunday(),
                LawPremium::new("holiday", 1.0)
                    .on_holiday(HolidayKind::Special)
                    .on_rest_day(),
                LawPremium::new("overtime", 0.5).for_overtime(OvertimeRange::ANY),
                LawPremium::new("overtime", 0.6).for_overtime(overtime),
            ];
        },
    ),
    ("PL", "stacking = \"multiply\"", |l| {
        l.stacking = Stacking::Multiply;
    }),
    ("NL", "notice_days = 4", |l| l.notice_days = Some(4)),
    ("NL", "notice_days = \"none\"", |l| l.notice_days = None),
];

#[test]
fn each_key_changes_its_parameter_and_no_other() {
    for (pack, key, change) in CHANGES {
        let mut wanted = LabourLaw::pack(pack, day()).unwrap();
        change(&mut wanted);
        let case = with(&format!("law = {{ pack = \"{pack}\", {key} }}"));
        let law = case.ok().scenario.pools[0].law.clone().unwrap();
        assert_eq!(law, wanted, "{key}");
        let pack = LabourLaw::pack(pack, day()).unwrap();
        assert_ne!(law, pack, "{key} changes nothing");
    }
}

#[test]
fn a_law_may_start_from_nothing() {
    let law = "law = { id = \"house\", daily_rest_hours = 10, overtime = { week_hours = 38 } }";
    let law = with(law).ok().scenario.pools[0].law.clone().unwrap();
    let mut wanted = LabourLaw::none("house", "house", day());
    wanted.daily_rest = Some(hours(10));
    wanted.overtime.week_hours = Some(38.0);
    assert_eq!(law, wanted);
}

/// A pack with keys, the key that is at fault, the code, and words of what is said.
const FAULTS: &[(&str, &str, FaultCode, &str)] = &[
    // Of another type.
    (
        "sources = \"a\"",
        "sources",
        FaultCode::WrongType,
        "the text \"a\"",
    ),
    (
        "daily_rest_hours = \"12\"",
        "daily_rest_hours",
        FaultCode::WrongType,
        "the text",
    ),
    (
        "short_rest = 8",
        "short_rest",
        FaultCode::WrongType,
        "the number 8",
    ),
    (
        "weekly_rest = { hours = 36 }",
        "weekly_rest",
        FaultCode::WrongType,
        "a table",
    ),
    (
        "weekly_rest = [36]",
        "weekly_rest[0]",
        FaultCode::WrongType,
        "the number 36",
    ),
    ("breaks = []", "breaks", FaultCode::WrongType, "a list"),
    (
        "premiums = [{ name = \"night\", share = 0.1, overtime = 3 }]",
        "premiums[0].overtime",
        FaultCode::WrongType,
        "the number 3",
    ),
    (
        "consecutive_days = 5.5",
        "consecutive_days",
        FaultCode::WrongType,
        "5.5",
    ),
    // Out of range.
    (
        "daily_rest_hours = -1",
        "daily_rest_hours",
        FaultCode::OutOfRange,
        "-1 is not above zero",
    ),
    (
        "span_hours = 9000",
        "span_hours",
        FaultCode::OutOfRange,
        "9000 hours are too many",
    ),
    (
        "night = { from = \"25:00\" }",
        "night.from",
        FaultCode::OutOfRange,
        "`25:00` is no time of day",
    ),
    (
        "night_worker = { share = 1.5 }",
        "night_worker.share",
        FaultCode::OutOfRange,
        "1.5 is no share",
    ),
    (
        "premiums = [{ name = \"night\", share = -0.1 }]",
        "premiums[0].share",
        FaultCode::OutOfRange,
        "-0.1 is below zero",
    ),
    (
        "overtime = { week_most_hours = -3 }",
        "overtime.week_most_hours",
        FaultCode::OutOfRange,
        "-3 is below zero",
    ),
    (
        "valid_until = \"2026-12-31\"",
        "valid_until",
        FaultCode::OutOfRange,
        "does not hold on the first day",
    ),
    (
        "valid_from = \"2028-01-01\"",
        "valid_from",
        FaultCode::OutOfRange,
        "does not hold on the first day",
    ),
    // Words and keys.
    (
        "stacking = \"adds\"",
        "stacking",
        FaultCode::UnknownReference,
        "unknown word `adds`",
    ),
    (
        "weekly_rest = [{ hours = 36, count_by = \"weeks\" }]",
        "weekly_rest[0].count_by",
        FaultCode::UnknownReference,
        "unknown word `weeks`",
    ),
    (
        "breaks = { band = [] }",
        "breaks.band",
        FaultCode::UnknownKey,
        "unknown key `band`",
    ),
    (
        "short_rest = { hours = 9 }",
        "short_rest.once_in_days",
        FaultCode::MissingKey,
        "`once_in_days` is missing",
    ),
    (
        "breaks = { bands = [{ worked_minutes = 300, length_minutes = 30, latest_minutes = 60 }] }",
        "breaks.bands[0].earliest_minutes",
        FaultCode::MissingKey,
        "one end",
    ),
    (
        "weekly_rest_hours = 36, weekly_rest = [{ hours = 36 }]",
        "weekly_rest_hours",
        FaultCode::Duplicate,
        "say the same",
    ),
    (
        "overtime_allowed = true, overtime = { allowed = false }",
        "overtime_allowed",
        FaultCode::Duplicate,
        "`overtime.allowed` say the same",
    ),
    // What the law's own check says, at the key that would mend it.
    (
        "daily_rest_hours = 25, day_hours = \"none\"",
        "daily_rest_hours",
        FaultCode::ImpossibleLimits,
        "law `ES`: the rest takes the whole day",
    ),
    (
        "short_rest = { hours = 12, once_in_days = 7 }",
        "short_rest",
        FaultCode::ImpossibleLimits,
        "the exception is not shorter",
    ),
    (
        "weekly_rest = [{ hours = 36 }, { hours = 200 }]",
        "weekly_rest[1]",
        FaultCode::ImpossibleLimits,
        "the rest takes all the time",
    ),
    (
        "weekly_rest_hours = 200",
        "weekly_rest_hours",
        FaultCode::ImpossibleLimits,
        "the rest takes all the time",
    ),
    (
        "night_rests = [{ nights = 0, hours = 14 }]",
        "night_rests[0].nights",
        FaultCode::ImpossibleLimits,
        "after no night shift",
    ),
    (
        "consecutive_days = 0",
        "consecutive_days",
        FaultCode::ImpossibleLimits,
        "nobody may work",
    ),
    (
        "day_hours = 12.5",
        "day_hours",
        FaultCode::ImpossibleLimits,
        "a day and its rest are more than 24",
    ),
    (
        "span_hours = 8.5",
        "span_hours",
        FaultCode::ImpossibleLimits,
        "do not fit into its span",
    ),
    (
        "average_hours = [{ hours = 40, weeks = 0 }]",
        "average_hours[0]",
        FaultCode::ImpossibleLimits,
        "over no week",
    ),
    (
        "night = \"none\"",
        "night",
        FaultCode::ImpossibleLimits,
        "no hours that are night",
    ),
    (
        "night = { shift_hours = 25 }",
        "night.shift_hours",
        FaultCode::OutOfRange,
        "25 hours",
    ),
    (
        "night_worker = { average_hours = [{ hours = 40, weeks = 200 }] }",
        "night_worker.average_hours[0]",
        FaultCode::ImpossibleLimits,
        "many years",
    ),
    (
        "overtime = { day_hours = 9.5 }",
        "overtime.day_hours",
        FaultCode::ImpossibleLimits,
        "more ordinary hours a day",
    ),
    (
        "class_limits = { day = { day_hours = 9, week_hours = 45 }, mixed = { day_hours = 7, \
         week_hours = 42 }, night = { day_hours = 6, week_hours = 5 } }",
        "class_limits.night",
        FaultCode::ImpossibleLimits,
        "a day has more hours than the week",
    ),
    (
        "breaks = { bands = [{ worked_minutes = 300, length_minutes = 30, piece_minutes = 45 }] }",
        "breaks.bands[0]",
        FaultCode::ImpossibleLimits,
        "a piece is longer than the break",
    ),
    (
        "breaks = { pauses = [{ every_minutes = 5, length_minutes = 10 }] }",
        "breaks.pauses[0]",
        FaultCode::ImpossibleLimits,
        "pauses meet each other",
    ),
    (
        "breaks = { stretches = [{ most_minutes = 0, piece_minutes = 10 }] }",
        "breaks.stretches[0]",
        FaultCode::ImpossibleLimits,
        "no time may be worked",
    ),
    (
        "premiums = [{ name = \"a\", share = 0.1 }, { name = \"b\", share = 0.1, \
         overtime = { from_hours = 3, to_hours = 2 } }]",
        "premiums[1]",
        FaultCode::ImpossibleLimits,
        "end before they begin",
    ),
];

#[test]
fn what_cannot_be_is_refused_at_its_place() {
    for (keys, key, code, what) in FAULTS {
        let case = with(&format!("law = {{ pack = \"ES\", {keys} }}"));
        let faults = case.faults();
        let place = format!("scenario.toml, `pools[0].law.{key}`");
        let fault = (faults.iter()).find(|f| f.place.to_string() == place);
        let fault = fault.unwrap_or_else(|| panic!("{keys}: {faults:?}"));
        assert_eq!(fault.code, *code, "{keys}: {fault}");
        assert!(fault.what.contains(what), "{keys}: {fault}");
    }
}

#[test]
fn a_law_without_a_pack_and_a_name_is_refused() {
    let fault = with("law = { day_hours = 9 }").fault();
    assert_eq!(fault.code, FaultCode::MissingKey);
    assert_eq!(
        fault.place.to_string(),
        "scenario.toml, `pools[0].law.pack`"
    );
    assert!(fault.action.contains("`id`"), "{fault}");
}

#[test]
fn all_faults_of_a_law_are_told_together() {
    let keys = "pack = \"XX\", daily_rest_hours = -1, night = { to = 3 }, premiums = [{}]";
    let faults = with(&format!("law = {{ {keys} }}")).faults();
    let places: Vec<String> = faults.iter().map(|f| f.place.to_string()).collect();
    for key in [
        "pack",
        "daily_rest_hours",
        "night.to",
        "premiums[0].name",
        "premiums[0].share",
    ] {
        let place = format!("scenario.toml, `pools[0].law.{key}`");
        assert!(places.contains(&place), "{key}: {places:?}");
    }
}
