//! The verifier of week plans: a sound plan at the edge of every rule, and for
//! each rule a change that breaks this one only.

use wfm::scheduling::week::{
    BreakStart, Missing, PlannedShifts, Serving, ShareCap, Week, WeekBreak, WeekLanguage, WeekPlan,
    WeekPool, WeekShiftType, WeekSite, WeekStarts, verify_week,
};

fn window(from: usize, to: usize, step: usize) -> WeekStarts {
    WeekStarts { from, to, step }
}

fn begun(list: &[(usize, u32)]) -> Vec<BreakStart> {
    let start = |&(offset, count): &(usize, u32)| BreakStart { offset, count };
    list.iter().map(start).collect()
}

const fn serves(pool: usize, interval: usize, language: usize, agents: u32) -> Serving {
    Serving {
        pool,
        interval,
        language,
        agents,
    }
}

const fn lacks(language: usize, interval: usize, agents: u32) -> Missing {
    Missing {
        language,
        interval,
        agents,
    }
}

fn required(list: &[(usize, u32)]) -> Vec<u32> {
    let mut required = vec![0; 12];
    for &(interval, agents) in list {
        required[interval] = agents;
    }
    required
}

/// Two days of six intervals, two pools on clocks two intervals apart, two languages. The seats,
/// minima and caps are just what [`plan`] takes.
pub(crate) fn week() -> Week {
    let language = |id: &str, list: &[(usize, u32)]| WeekLanguage {
        id: id.to_owned(),
        required: required(list),
    };
    let mut wages = vec![10; 12];
    wages[5] = 15;
    let pool = |id: &str, site: usize, languages: &[usize]| WeekPool {
        id: id.to_owned(),
        site,
        languages: languages.to_vec(),
        wages: vec![7; 12],
        base_wage: 6,
        fixed_cost: 0,
        offset: 0,
        starts: vec![None, Some(window(0, 3, 3))],
        shifts_per_day: Some(2),
    };
    Week {
        name: "two days".to_owned(),
        interval_minutes: 240,
        intervals: 12,
        intervals_per_day: 6,
        languages: vec![
            language("en", &[(2, 2), (3, 2), (4, 1), (5, 2)]),
            language("fr", &[(5, 1), (11, 3)]),
        ],
        shift_types: vec![
            WeekShiftType {
                id: "long".to_owned(),
                length: 4,
                breaks: vec![WeekBreak {
                    id: "meal".to_owned(),
                    length: 1,
                    first: 1,
                    last: 2,
                    is_paid: false,
                }],
            },
            WeekShiftType {
                id: "short".to_owned(),
                length: 2,
                breaks: Vec::new(),
            },
        ],
        pools: vec![
            WeekPool {
                wages,
                base_wage: 8,
                fixed_cost: 5,
                starts: vec![Some(window(0, 2, 2)), None],
                shifts_per_day: Some(3),
                ..pool("home", 0, &[0, 1])
            },
            WeekPool {
                offset: 1,
                ..pool("away", 1, &[1])
            },
        ],
        sites: [("here", 3, 9), ("there", 2, 4)]
            .map(|(id, seats, paid_minimum)| WeekSite {
                id: id.to_owned(),
                seats: Some(seats),
                paid_minimum,
            })
            .to_vec(),
        share_caps: vec![ShareCap {
            shift_type: 0,
            hundredths: 60,
        }],
        understaffing: Some(100),
        kept: None,
    }
}

/// Three people of `home` on the first day; two of `away` around the end of the week, where the
/// first day of their own clock begins.
pub(crate) fn plan() -> WeekPlan {
    let serving = [
        (0, 2, 0, 2),
        (0, 3, 0, 2),
        (0, 4, 0, 1),
        (0, 5, 0, 2),
        (0, 5, 1, 1),
        (1, 11, 1, 2),
    ];
    WeekPlan {
        shifts: vec![
            PlannedShifts {
                pool: 0,
                shift_type: 0,
                start: 2,
                count: 3,
                breaks: vec![begun(&[(1, 1), (2, 2)])],
            },
            PlannedShifts {
                pool: 1,
                shift_type: 1,
                start: 11,
                count: 2,
                breaks: Vec::new(),
            },
        ],
        serving: serving
            .map(|(pool, interval, language, agents)| serves(pool, interval, language, agents))
            .to_vec(),
        missing: vec![lacks(1, 11, 1)],
    }
}

/// One crew, one language, both without a name, and cover as a rule.
fn crew() -> (Week, WeekPlan) {
    let mut week = week();
    week.languages.truncate(1);
    week.pools.truncate(1);
    week.sites.truncate(1);
    week.share_caps.clear();
    week.understaffing = None;
    week.pools[0].languages = vec![0];
    week.pools[0].id.clear();
    week.languages[0].id.clear();
    let mut plan = plan();
    plan.shifts.truncate(1);
    plan.serving.clear();
    plan.missing.clear();
    (week, plan)
}

type Change = fn(&mut Week, &mut WeekPlan);

/// The only violation after a change of the sound plan, or of its week.
#[track_caller]
fn only(change: Change, words: &str) {
    let (mut week, mut plan) = (week(), plan());
    change(&mut week, &mut plan);
    assert_violations(&week, &plan, &[words]);
}

#[track_caller]
fn assert_violations(week: &Week, plan: &WeekPlan, words: &[&str]) {
    let found = verify_week(week, plan).violations;
    assert_eq!(found.len(), words.len(), "{found:#?}");
    for (found, words) in found.iter().zip(words) {
        assert!(found.contains(words), "{found}\ndoes not say: {words}");
    }
}

#[test]
fn a_sound_plan_keeps_every_rule_at_its_edge() {
    let report = verify_week(&week(), &plan());
    assert!(report.is_clean(), "{:#?}", report.violations);
    // 3 × (10 + 10 + 10 + 15 + 5 − 8), 2 × (7 + 7), one missing.
    assert_eq!(report.cost, 3 * 42 + 2 * 14 + 100);
    assert_eq!(report.present[0][2..6], [3, 3, 3, 3]);
    assert_eq!(report.on_duty[0][2..6], [3, 2, 1, 3]);
    let around = [
        report.present[1][11],
        report.present[1][0],
        report.present[1][1],
    ];
    assert_eq!(around, [2, 2, 0]);
}

#[test]
fn limits_that_are_one_short() {
    only(
        |week, _| week.pools[0].shifts_per_day = Some(2),
        "pool `home`: 3 shifts start on local day 0, at most 2 may",
    );
    only(
        |week, _| week.pools[1].shifts_per_day = Some(1),
        "pool `away`: 2 shifts start on local day 0, at most 1 may",
    );
    only(
        |week, _| week.share_caps[0].hundredths = 59,
        "3 of 5 shifts are of kind `long`, at most 59 in a hundred may be",
    );
    only(
        |week, _| week.sites[1].paid_minimum = 5,
        "4 paid intervals are bought from site `there`, at least 5 must be",
    );
    only(
        |week, _| week.sites[0].paid_minimum = 10,
        "9 paid intervals are bought from site `here`, at least 10 must be",
    );
}

#[test]
fn seats_count_people_on_a_break() {
    let (mut week, plan) = (week(), plan());
    week.sites[0].seats = Some(2);
    // In interval 4 one person is on duty and two are on a break: three are present.
    let expected: Vec<String> = (2..6)
        .map(|t| format!("site `here` has 2 seats, 3 people are present in interval {t}"))
        .collect();
    assert_eq!(verify_week(&week, &plan).violations, expected);
}

#[test]
fn day_caps_follow_the_clock_of_the_pool() {
    // The clock of `away` is one interval ahead: interval 11 is on its first day.
    let more = |start: usize| {
        let mut plan = plan();
        plan.shifts.push(PlannedShifts {
            start,
            ..plan.shifts[1].clone()
        });
        verify_week(&week(), &plan).violations
    };
    assert!(
        more(8).is_empty(),
        "same day of the axis, days of their own on the clock"
    );
    let same = "pool `away`: 4 shifts start on local day 0, at most 2 may";
    assert_eq!(more(2), [same]);
}

#[test]
fn starts() {
    only(
        |week, _| week.pools[0].starts[0] = Some(window(0, 1, 1)),
        "pool `home`, shift `long` from interval 2: it may not start at interval 2",
    );
    only(
        |week, _| week.pools[0].starts[0] = Some(window(3, 5, 1)),
        "it may not start at interval 2",
    );
    only(
        |week, _| week.pools[0].starts[0] = Some(window(1, 5, 2)),
        "it may not start at interval 2",
    );
    only(
        |week, _| week.pools[0].starts[0] = None,
        "it may not start at interval 2",
    );
    only(
        |week, _| week.pools[1].starts[1] = Some(window(5, 5, 1)),
        "pool `away`, shift `short` from interval 11: it may not start at interval 0",
    );
}

#[test]
fn breaks() {
    only(
        |week, plan| {
            plan.shifts[0].breaks[0] = begun(&[(1, 1), (2, 1), (3, 1)]);
            plan.serving.remove(4);
            week.languages[1].required[5] = 0;
        },
        "pool `home`, shift `long` from interval 2: break `meal` at offset 3 is outside 1 to 2",
    );
    // Two of three are enough at interval 2, so the break before the window harms nothing else.
    only(
        |_, plan| plan.shifts[0].breaks[0] = begun(&[(0, 1), (2, 2)]),
        "break `meal` at offset 0 is outside 1 to 2",
    );
    only(
        |_, plan| plan.shifts[0].breaks[0] = begun(&[(1, 1), (2, 1)]),
        "2 of 3 take break `meal`",
    );
    only(
        |_, plan| plan.shifts[0].breaks.clear(),
        "0 breaks are planned, 1 are due",
    );
}

#[test]
fn lists_without_doubles_and_nobodies() {
    only(
        |_, plan| plan.shifts[0].breaks[0] = begun(&[(1, 1), (2, 1), (2, 1)]),
        "break `meal` at offset 2 is listed twice",
    );
    only(
        |week, plan| {
            plan.shifts[0].breaks[0] = begun(&[(1, 0), (2, 3)]);
            plan.serving.remove(2);
            week.languages[0].required[4] = 0;
        },
        "nobody takes break `meal` at offset 1",
    );
    only(
        |_, plan| {
            plan.shifts[1].count = 1;
            plan.shifts.push(plan.shifts[1].clone());
        },
        "pool `away`, shift `short` from interval 11: it is listed twice",
    );
    only(
        |_, plan| {
            plan.shifts.push(PlannedShifts {
                start: 2,
                count: 0,
                ..plan.shifts[1].clone()
            });
        },
        "pool `away`, shift `short` from interval 2: nobody works it",
    );
    only(
        |_, plan| {
            plan.serving[5].agents = 1;
            plan.serving.push(plan.serving[5]);
        },
        "pool `away` is listed twice for language `fr` in interval 11",
    );
    only(
        |_, plan| plan.serving.push(serves(1, 0, 1, 0)),
        "pool `away` sends nobody to language `fr` in interval 0",
    );
    only(
        |week, plan| {
            week.languages[1].required[11] = 4;
            plan.missing.push(plan.missing[0]);
        },
        "language `fr` is listed twice as lacking agents in interval 11",
    );
    only(
        |_, plan| plan.missing.push(lacks(1, 3, 0)),
        "language `fr` is listed as lacking nobody in interval 3",
    );
}

#[test]
fn serving() {
    only(
        |week, _| week.pools[1].languages = vec![0],
        "pool `away` does not speak language `fr` in interval 11",
    );
    only(
        |_, plan| plan.serving[1].agents = 3,
        "pool `home` serves with 3 agents in interval 3, 2 are on duty",
    );
    only(
        |_, plan| plan.serving.push(serves(0, 4, 1, 1)),
        "pool `home` serves with 2 agents in interval 4, 1 are on duty",
    );
    let mut more = plan();
    more.serving[5].agents = 2;
    let mut less_wanted = week();
    less_wanted.languages[1].required[11] = 1;
    more.missing.clear();
    assert_violations(&less_wanted, &more, &[]);
}

#[test]
fn missing_agents_are_stated_exactly() {
    only(
        |_, plan| plan.missing[0].agents = 2,
        "language `fr` lacks 1 agents, 2 are said to be missing in interval 11",
    );
    only(
        |_, plan| plan.missing.clear(),
        "language `fr` lacks 1 agents, 0 are said to be missing in interval 11",
    );
    only(
        |_, plan| plan.serving[0].agents = 1,
        "language `en` lacks 1 agents, 0 are said to be missing in interval 2",
    );
    only(
        |_, plan| {
            plan.missing.push(Missing {
                language: 0,
                interval: 7,
                agents: 1,
            });
        },
        "language `en` lacks 0 agents, 1 are said to be missing in interval 7",
    );
}

#[test]
fn cover_as_a_rule() {
    let mut week = week();
    week.understaffing = None;
    let stated = "language `fr` wants 3 agents, 2 serve it in interval 11";
    assert_violations(&week, &plan(), &[stated]);
    week.languages[1].required[11] = 2;
    let said = "language `fr` may not lack anybody, 1 are said to be missing in interval 11";
    assert_violations(&week, &plan(), &[said]);
    let mut plan = plan();
    plan.missing.clear();
    assert_violations(&week, &plan, &[]);
    assert_eq!(verify_week(&week, &plan).cost, 3 * 42 + 2 * 14);
}

#[test]
fn one_crew_serves_one_queue_without_saying_so() {
    let (mut week, mut plan) = crew();
    assert_violations(&week, &plan, &[]);
    week.languages[0].required[4] = 2;
    let short = "the queue wants 2 agents, 1 serve it in interval 4";
    assert_violations(&week, &plan, &[short]);
    week.understaffing = Some(100);
    let silent = "the queue lacks 1 agents, 0 are said to be missing in interval 4";
    assert_violations(&week, &plan, &[silent]);
    plan.missing.push(Missing {
        language: 0,
        interval: 4,
        agents: 1,
    });
    assert_violations(&week, &plan, &[]);
    assert_eq!(verify_week(&week, &plan).cost, 3 * 42 + 100);
    week.pools[0].languages.clear();
    assert_eq!(
        verify_week(&week, &plan).violations.len(),
        4,
        "nobody speaks it"
    );
}

#[test]
fn positions_that_do_not_exist() {
    let said = |change: fn(&mut WeekPlan)| {
        let mut plan = plan();
        plan.serving.truncate(1);
        change(&mut plan);
        verify_week(&week(), &plan).violations.join("\n")
    };
    assert!(said(|p| p.shifts[0].pool = 2).contains("there is no pool at position 2"));
    assert!(said(|p| p.shifts[0].shift_type = 2).contains("no kind of shift at position 2"));
    assert!(said(|p| p.shifts[0].start = 12).contains("there is no interval at position 12"));
    assert!(said(|p| p.shifts[0].start = usize::MAX).contains("there is no interval"));
    assert!(said(|p| p.serving[0].pool = 2).contains("there is no pool at position 2"));
    assert!(said(|p| p.serving[0].language = 2).contains("there is no language at position 2"));
    assert!(said(|p| p.serving[0].interval = 12).contains("there is no interval at position 12"));
    assert!(said(|p| p.missing[0].language = 2).contains("there is no language at position 2"));
    assert!(said(|p| p.missing[0].interval = 12).contains("there is no interval at position 12"));
}

#[test]
fn a_week_that_makes_no_sense() {
    let said = |change: fn(&mut Week)| {
        let mut week = week();
        change(&mut week);
        let violations = verify_week(&week, &plan()).violations;
        assert_eq!(violations.len(), 1, "{violations:#?}");
        violations[0].clone()
    };
    assert!(said(|w| w.intervals = 0).contains("0 intervals are no days of 6"));
    assert!(said(|w| w.intervals_per_day = 5).contains("12 intervals are no days of 5"));
    assert!(said(|w| w.intervals_per_day = 0).contains("12 intervals are no days of 0"));
    assert!(said(|w| w.languages[0].required.truncate(3)).contains("3 numbers are wanted"));
    assert!(said(|w| w.pools[0].wages.clear()).contains("pool `home` has 0 prices"));
    assert!(said(|w| w.pools[0].starts.clear()).contains("one window for each kind"));
    assert!(said(|w| w.pools[0].site = 2).contains("pool `home` is at no site"));
    assert!(said(|w| w.pools[0].languages.push(2)).contains("a language that nobody wants"));
    assert!(said(|w| w.share_caps[0].shift_type = 2).contains("names no kind of shift"));
    assert!(said(|w| w.shift_types[0].length = 2).contains("break `meal` leaves shift `long`"));
}

#[test]
fn large_numbers_do_not_overflow() {
    let (mut week, mut plan) = (week(), plan());
    week.pools[0].wages = vec![i64::MAX; 12];
    plan.shifts[0].count = u32::MAX;
    plan.shifts[0].breaks[0] = begun(&[(2, u32::MAX)]);
    let report = verify_week(&week, &plan);
    let person = 4 * i128::from(i64::MAX) + 5 - 8;
    assert_eq!(report.cost, i128::from(u32::MAX) * person + 2 * 14 + 100);
}
