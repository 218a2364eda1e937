//! What an instance becomes.

use std::fs;

use serde_json::json;
use wfm::format::{Instance, WeekFormat, parse_instance, read_instance};
use wfm::scheduling::week::{ShareCap, WeekBreak, WeekSite, WeekStarts};
use wfm::workforce::FaultCode;

use super::{crew, design, designed, pools, read, week, with};
use crate::support::shared;

#[test]
fn a_crew_is_one_pool_one_language_and_one_site_without_names() {
    let instance = read(&crew()).unwrap();
    assert_eq!(
        (instance.format(), instance.name()),
        ("ccshift-1", "small crew")
    );
    assert!(matches!(instance, Instance::Week(WeekFormat::Crew, _)));
    let week = week(&crew());
    assert_eq!(
        (
            week.interval_minutes,
            week.intervals,
            week.intervals_per_day
        ),
        (240, 12, 6)
    );
    let [language] = &week.languages[..] else {
        panic!("one language")
    };
    assert_eq!((language.id.as_str(), language.required[3]), ("", 3));
    let [pool] = &week.pools[..] else {
        panic!("one pool")
    };
    assert_eq!((pool.id.as_str(), pool.site, pool.offset), ("", 0, 0));
    assert_eq!(
        (pool.base_wage, pool.fixed_cost, pool.shifts_per_day),
        (5, 6, None)
    );
    assert_eq!((&pool.languages[..], pool.wages[1]), (&[0][..], 7));
    let starts = |from, to, step| Some(WeekStarts { from, to, step });
    assert_eq!(pool.starts, [starts(0, 4, 2), starts(5, 5, 1)]);
    let site = WeekSite {
        id: String::new(),
        seats: None,
        paid_minimum: 0,
    };
    assert_eq!(week.sites, [site]);
    let cap = |shift_type, hundredths| ShareCap {
        shift_type,
        hundredths,
    };
    assert_eq!(week.share_caps, [cap(0, 100), cap(1, 35)]);
    assert_eq!(week.understaffing, None);
    let lunch = WeekBreak {
        id: "lunch".to_owned(),
        length: 2,
        first: 3,
        last: 4,
        is_paid: false,
    };
    assert_eq!(week.shift_types[0].breaks[1], lunch);
    // 6 + 7 + 7 + 4 × 5 − 2 × 5.
    assert_eq!(week.cost_of(0, 0, 0), 30);
}

#[test]
fn cover_of_a_crew_may_be_soft() {
    let soft = with(crew(), &[("/under_penalty_per_slot", json!(40))]);
    assert_eq!(week(&soft).understaffing, Some(40));
}

#[test]
fn pools_start_every_kind_of_shift_in_their_own_window() {
    let instance = read(&pools()).unwrap();
    assert_eq!(
        (instance.format(), instance.name()),
        ("ccpool-1", "small pools")
    );
    let week = week(&pools());
    let names: Vec<&str> = week.languages.iter().map(|l| l.id.as_str()).collect();
    assert_eq!(names, ["en", "fr"]);
    let [east, west] = &week.pools[..] else {
        panic!("two pools")
    };
    let starts = |from, to, step| Some(WeekStarts { from, to, step });
    assert_eq!(east.starts, [starts(1, 3, 2); 2]);
    assert_eq!(west.starts, [starts(0, 5, 1); 2]);
    assert_eq!((east.offset, west.offset), (1, -2));
    assert_eq!(
        (&east.languages[..], &west.languages[..]),
        (&[0, 1][..], &[0][..])
    );
    assert_eq!((east.site, west.site), (0, 1));
    assert_eq!(
        (east.shifts_per_day, west.shifts_per_day),
        (Some(9), Some(4))
    );
    let site = |id: &str, seats, paid_minimum| WeekSite {
        id: id.to_owned(),
        seats,
        paid_minimum,
    };
    assert_eq!(week.sites, [site("E", Some(5), 0), site("W", Some(3), 8)]);
    assert_eq!((week.understaffing, week.share_caps.len()), (Some(50), 0));
    let open = with(
        pools(),
        &[
            ("/site_max_seats", json!({})),
            ("/site_min_paid_slots_week", json!({})),
        ],
    );
    let open = super::week(&open);
    assert_eq!(open.sites, [site("E", None, 0), site("W", None, 0)]);
}

#[test]
fn a_design_keeps_its_windows_and_weights() {
    let instance = read(&design()).unwrap();
    assert_eq!(
        (instance.format(), instance.name()),
        ("sd-1", "small design")
    );
    let problem = designed(&design());
    assert_eq!(
        (
            problem.interval_minutes,
            problem.days,
            problem.intervals_per_day
        ),
        (240, 2, 6)
    );
    assert_eq!((problem.under, problem.over, problem.per_shift), (2, 1, 60));
    let kind = problem.shift_types[1];
    assert_eq!(
        (
            kind.first_start,
            kind.last_start,
            kind.shortest,
            kind.longest
        ),
        (5, 5, 1, 4)
    );
    assert_eq!(problem.required.len(), 12);
}

#[test]
fn whole_numbers_may_be_written_as_real_ones() {
    let real = with(
        crew(),
        &[("/slots", json!(12.0)), ("/required/1", json!(1e0))],
    );
    assert_eq!(week(&real), week(&crew()));
}

#[test]
fn every_hundredth_is_a_share() {
    for hundredths in 0..=100 {
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let share: f64 = text.parse().unwrap();
        let read = week(&with(crew(), &[("/max_share/short", json!(share))]));
        assert_eq!(read.share_caps[1].hundredths, hundredths, "{text}");
    }
}

#[test]
fn half_hours_of_an_offset_are_whole_slots() {
    let clock = |hours: f64, minutes: u32| {
        let change = [
            ("/pools/0/utc_offset_hours", json!(hours)),
            ("/pools/1/utc_offset_hours", json!(0)),
            ("/slot_minutes", json!(minutes)),
        ];
        read(&with(pools(), &change))
            .map(|_| ())
            .map_err(|f| f.as_slice()[0].code)
    };
    assert_eq!(clock(5.5, 15), Ok(()));
    assert_eq!(clock(5.75, 15), Ok(()));
    assert_eq!(clock(-3.5, 30), Ok(()));
    assert_eq!(clock(5.5, 60), Err(FaultCode::Misaligned));
}

#[test]
fn a_mark_at_the_beginning_of_the_file_is_passed_over() {
    let text = format!("\u{feff}{}", crew());
    assert!(parse_instance(text.as_bytes()).is_ok());
}

#[test]
fn benchmark_instances_are_read() {
    let mut seen = 0;
    for family in ["benchmarks/shift_design", "benchmarks/synthetic"] {
        let Some(folder) = shared(family, family) else {
            continue;
        };
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let read = read_instance(&path).unwrap_or_else(|faults| panic!("{faults}"));
            assert_eq!(path.file_stem().unwrap().to_str(), Some(read.name()));
            seen += 1;
        }
    }
    println!("{seen} instances read");
}
