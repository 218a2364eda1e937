//! Every rule of labour law has generated tours that keep it and one that breaks it alone.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::prelude::{prop, proptest};
use wfm::calendar::{NaiveDate, NaiveTime, TimeDelta};
use wfm::scheduling::law::{LawContext, PublishedRoster, law_rules, violations};
use wfm::workforce::Shift;
use wfm::workforce::law::{
    AverageHours, BreakBand, ClassHours, ClassLimits, HolidayKind, LabourLaw, NightBand, NightRest,
    NightWorker, Overtime, Stretch, WeeklyRest,
};

use super::law::{self, shift, tour};
use super::support::{cases, date, hours, time, zone};

/// A law in which every rule has something to say.
fn strict() -> LabourLaw {
    let mut law = LabourLaw::none("strict", "A strict law", date(2000, 1, 1));
    law.daily_rest = Some(hours(11));
    law.weekly_rest = vec![WeeklyRest::hours(36, 7)];
    law.night_rests = vec![
        NightRest {
            nights: 1,
            ends_after: Some(time(2, 0)),
            least: hours(14),
        },
        NightRest {
            nights: 3,
            ends_after: None,
            least: hours(46),
        },
    ];
    law.consecutive_days = Some(6);
    law.day_hours = Some(10.0);
    law.span = Some(hours(13));
    law.week_hours = Some(48.0);
    let average = |hours, weeks| vec![AverageHours { hours, weeks }];
    law.average_hours = average(44.0, 4);
    law.year_hours = Some(1700.0);
    law.night = Some(NightBand {
        from: time(22, 0),
        to: time(6, 0),
        shift_hours: 3.0,
    });
    let limit = |day, week| ClassHours { day, week };
    law.class_limits = Some(ClassLimits {
        day: limit(8.0, 40.0),
        mixed: limit(7.0, 35.0),
        night: limit(7.5, 37.5),
    });
    law.night_worker = Some(NightWorker {
        share: 0.5,
        shift_hours: Some(8.0),
        averages: average(40.0, 2),
    });
    law.breaks.bands = vec![BreakBand::more_than(360, 30)];
    law.breaks.stretches = vec![Stretch {
        most: hours(6),
        piece: Duration::from_secs(1800),
    }];
    (law.sunday_allowed, law.holiday_allowed) = (false, false);
    law.overtime = Overtime {
        week_most: Some(12.0),
        year_most: Some(100.0),
        ..Overtime::FREE
    };
    law.notice_days = Some(28);
    law
}

/// A law, what was before, and an agent's shifts.
#[derive(Clone)]
struct Scene {
    law: LabourLaw,
    monday: NaiveDate,
    past_week_hours: Vec<f64>,
    year_hours: f64,
    year_overtime: f64,
    holidays: BTreeMap<NaiveDate, HolidayKind>,
    published: Option<PublishedRoster>,
    shifts: Vec<Shift>,
}

impl Scene {
    /// Five days of eight hours from some hour on.
    fn week(monday: NaiveDate, hour: u32) -> Self {
        let mut scene = Self {
            law: strict(),
            monday,
            past_week_hours: vec![40.0; 3],
            year_hours: 1600.0,
            year_overtime: 80.0,
            holidays: BTreeMap::new(),
            published: None,
            shifts: Vec::new(),
        };
        for day in 0..5 {
            scene.work(day, time(hour, 0), 8.0);
        }
        scene
    }

    /// Works on a day, with half an hour of break after half of the hours if there are many;
    /// in place of what was there.
    fn work(&mut self, day: i64, at: NaiveTime, worked: f64) {
        let minutes = Duration::from_secs_f64(worked * 3600.0).as_secs() / 60;
        let minutes = i64::try_from(minutes).unwrap();
        let pause = [(minutes / 2, 30, false)];
        if minutes > 360 {
            self.place(day, at, minutes + 30, &pause);
        } else {
            self.place(day, at, minutes, &[]);
        }
    }

    fn place(&mut self, day: i64, at: NaiveTime, minutes: i64, pauses: &[law::Pause]) {
        let place = zone("Europe/Madrid");
        let day = self.monday + TimeDelta::days(day);
        self.free(day);
        self.shifts.push(shift(place, day, at, minutes, pauses));
        self.shifts.sort();
    }

    fn free(&mut self, day: NaiveDate) {
        let place = zone("Europe/Madrid");
        self.shifts.retain(|s| place.local(s.start).date() != day);
    }

    /// Names of the rules that are broken.
    fn broken(&self) -> Vec<&'static str> {
        let context = LawContext {
            past_week_hours: self.past_week_hours.clone(),
            year_hours: self.year_hours,
            year_overtime: self.year_overtime,
            holidays: self.holidays.clone(),
            published: self.published.clone(),
            ..LawContext::new(&self.law, zone("Europe/Madrid"), self.monday)
        };
        let found = violations(&context, &tour(&self.shifts));
        let mut names: Vec<_> = found.iter().map(|v| v.rule).collect();
        names.dedup();
        names
    }
}

/// A week that keeps a rule with little to spare, and one that breaks it. A rule without a case
/// fails here.
fn case_of(rule: &str, week: &Scene) -> (Scene, Scene) {
    let (mut keeps, mut breaks) = (week.clone(), week.clone());
    match rule {
        "daily_rest" => {
            keeps.work(0, time(12, 30), 8.0);
            keeps.work(1, time(8, 0), 8.0);
            breaks.work(0, time(12, 31), 8.0);
            breaks.work(1, time(8, 0), 8.0);
        }
        "weekly_rest" => {
            // From Saturday evening to Monday; an hour more or less where clocks change.
            for (scene, hour) in [(&mut keeps, 11), (&mut breaks, 8)] {
                scene.work(0, time(11, 0), 8.0);
                scene.work(1, time(8, 0), 8.0);
                scene.work(5, time(13, 30), 8.0);
                scene.work(7, time(hour, 0), 8.0);
            }
        }
        "rest_after_nights" => {
            for (scene, hour) in [(&mut keeps, 4), (&mut breaks, 3)] {
                scene.shifts.clear();
                for day in 0..3 {
                    scene.work(day, time(22, 0), 7.5);
                }
                scene.law.night = Some(NightBand {
                    to: time(4, 0),
                    ..scene.law.night.unwrap()
                });
                scene.work(5, time(hour, 0), 5.0);
            }
        }
        "consecutive_days" => {
            for scene in [&mut keeps, &mut breaks] {
                scene.law.sunday_allowed = true;
                scene.work(2, time(6, 0), 3.0);
                scene.work(3, time(21, 0), 1.0);
                scene.work(4, time(10, 0), 4.0);
                scene.work(5, time(10, 0), 4.0);
            }
            breaks.work(6, time(10, 0), 4.0);
        }
        "day_hours" => {
            keeps.work(4, time(7, 0), 10.0);
            breaks.work(4, time(7, 0), 10.25);
        }
        "class_hours" => {
            (keeps.law.overtime.allowed, breaks.law.overtime.allowed) = (false, false);
            keeps.work(4, time(13, 30), 8.0);
            breaks.work(4, time(13, 31), 8.0);
        }
        "span" => {
            keeps.place(4, time(7, 0), 780, &[(300, 300, false)]);
            breaks.place(4, time(7, 0), 781, &[(300, 300, false)]);
        }
        "week_hours" => {
            for day in 0..5 {
                keeps.work(day, time(7, 0), 9.5);
                breaks.work(day, time(7, 0), 9.75);
            }
        }
        "average_hours" => {
            keeps.past_week_hours = vec![46.0, 45.0, 45.0];
            breaks.past_week_hours = vec![46.0, 46.0, 45.0];
        }
        "year_hours" => (keeps.year_hours, breaks.year_hours) = (1660.0, 1660.5),
        "night_worker" => {
            for (scene, worked) in [(&mut keeps, 8.0), (&mut breaks, 8.25)] {
                scene.shifts.clear();
                scene.work(0, time(21, 0), worked);
                scene.work(1, time(21, 0), worked);
            }
        }
        "overtime_limit" => {
            for (scene, year) in [(&mut keeps, 98.0), (&mut breaks, 98.5)] {
                scene.year_overtime = year;
                scene.work(4, time(7, 0), 10.0);
            }
        }
        "breaks" => {
            keeps.place(2, time(9, 0), 360, &[]);
            breaks.place(2, time(9, 0), 361, &[]);
        }
        "sunday_work" => {
            for (scene, minute) in [(&mut keeps, 0), (&mut breaks, 1)] {
                scene.shifts.truncate(3);
                scene.work(5, time(20, minute), 4.0);
            }
        }
        "holiday_work" => {
            let day = |n| week.monday + TimeDelta::days(n);
            keeps.holidays = [(day(5), HolidayKind::Regular)].into();
            breaks.holidays = [(day(2), HolidayKind::Regular)].into();
        }
        "roster_notice" => {
            for (scene, days) in [(&mut keeps, 28), (&mut breaks, 27)] {
                let mut told = scene.clone();
                told.work(0, time(12, 0), 8.0);
                scene.published = Some(PublishedRoster {
                    shifts: told.shifts,
                    today: week.monday - TimeDelta::days(days),
                });
            }
        }
        other => panic!("the rule `{other}` has no case: give it one here"),
    }
    (keeps, breaks)
}

fn check(monday: NaiveDate, hour: u32) {
    let week = Scene::week(monday, hour);
    assert_eq!(week.broken(), Vec::<&str>::new(), "{monday}");
    for rule in law_rules::all() {
        let (keeps, breaks) = case_of(rule.name(), &week);
        let none = Vec::<&str>::new();
        assert_eq!(keeps.broken(), none, "{} {monday} {hour}", rule.name());
        assert_eq!(breaks.broken(), [rule.name()], "{monday} {hour}");
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn every_rule_accepts_what_keeps_it_and_alone_refuses_what_breaks_it(
        week in 0_i64..200,
        hour in 6_u32..9,
    ) {
        check(date(2026, 1, 5) + TimeDelta::weeks(week), hour);
    }

    #[test]
    fn weeks_of_clock_changes_are_ordinary_weeks(
        monday in prop::sample::select(vec![
            date(2027, 3, 22), date(2027, 3, 29), date(2027, 10, 25), date(2027, 11, 1),
            date(2028, 3, 20), date(2028, 10, 23),
        ]),
        hour in 6_u32..9,
    ) {
        check(monday, hour);
    }
}

#[test]
fn law_rules_have_names_of_their_own_and_say_nothing_without_a_law() {
    let mut names: Vec<&str> = law_rules::all().iter().map(|r| r.name()).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);

    let mut scene = Scene::week(date(2027, 3, 22), 7);
    scene.law = LabourLaw::none("none", "No law", date(2000, 1, 1));
    for day in 0..9 {
        scene.work(day, time(6, 0), 16.0);
    }
    assert_eq!(scene.broken(), Vec::<&str>::new());
}

#[test]
fn the_strict_law_does_not_contradict_itself() {
    assert_eq!(strict().check(), []);
}
