//! The bound of a typical week against every plan of tiny weeks.

use proptest::prelude::*;
use wfm::scheduling::week::{
    BreakStart, FoundPrices, KeptWeek, Obstacle, PRICE_SCALE, PlannedShifts, PriceOptions, Prices,
    ShareCap, StartOption, Week, WeekBreak, WeekLanguage, WeekPool, WeekShiftType, WeekSite,
    WeekStarts, certified_week_bound, find_prices,
};

use crate::support::cases;

/// Two days of three intervals.
pub(crate) const INTERVALS: usize = 6;

/// A shift with its breaks placed: who is on duty and who is present, by interval.
pub(crate) struct Column {
    pub(crate) option: StartOption,
    pub(crate) on_duty: [u32; INTERVALS],
    pub(crate) present: [u32; INTERVALS],
}

pub(crate) fn columns(week: &Week) -> Vec<Column> {
    let mut found = Vec::new();
    for option in week.options() {
        let shift = &week.shift_types[option.shift_type];
        let mut present = [0; INTERVALS];
        for j in 0..shift.length {
            present[week.after(option.start, j)] += 1;
        }
        let mut placed = vec![present];
        for b in &shift.breaks {
            let without = |on_duty: &[u32; INTERVALS], offset: usize| {
                let mut on_duty = *on_duty;
                for j in 0..b.length {
                    on_duty[week.after(option.start, offset + j)] -= 1;
                }
                on_duty
            };
            let place = |d: &[u32; INTERVALS]| (b.first..=b.last).map(|o| without(d, o)).collect();
            placed = placed.iter().flat_map::<Vec<_>, _>(place).collect();
        }
        found.extend(placed.into_iter().map(|on_duty| Column {
            option,
            on_duty,
            present,
        }));
    }
    found
}

/// Agents missing in one interval when `duty` of each pool serve at best: by Hall's condition,
/// the largest shortage of any set of languages. Two languages at most.
fn missing(week: &Week, duty: &[u32], t: usize) -> u32 {
    let wanted = |l: usize| week.languages[l].required[t];
    let speakers = |set: &[usize]| -> u32 {
        let able = week.pools.iter().zip(duty);
        able.filter(|(pool, _)| pool.languages.iter().any(|l| set.contains(l)))
            .map(|(_, &agents)| agents)
            .sum()
    };
    let all: Vec<usize> = (0..week.languages.len()).collect();
    let mut sets: Vec<Vec<usize>> = all.iter().map(|&l| vec![l]).collect();
    sets.push(all);
    let shortage = |set: &Vec<usize>| {
        let wanted: u32 = set.iter().map(|&l| wanted(l)).sum();
        wanted.saturating_sub(speakers(set))
    };
    sets.iter().map(shortage).max().unwrap_or(0)
}

/// Cost of so many people on each column; nothing when a rule is broken.
fn cost(week: &Week, columns: &[Column], counts: &[u32]) -> Option<i64> {
    let used = || columns.iter().zip(counts).filter(|(_, count)| **count > 0);
    let mut total: i64 = used().map(|(c, &n)| c.option.cost * i64::from(n)).sum();
    total += changes(week, columns, counts);
    for (p, pool) in week.pools.iter().enumerate() {
        for day in 0..week.days() {
            let of_day = used().filter(|(c, _)| (c.option.pool, c.option.day) == (p, day));
            if pool
                .shifts_per_day
                .is_some_and(|cap| of_day.map(|(_, n)| n).sum::<u32>() > cap)
            {
                return None;
            }
        }
    }
    for (s, site) in week.sites.iter().enumerate() {
        let of_site = || used().filter(|(c, _)| week.pools[c.option.pool].site == s);
        let present = |t: usize| of_site().map(|(c, n)| c.present[t] * n).sum::<u32>();
        if site
            .seats
            .is_some_and(|seats| (0..INTERVALS).any(|t| present(t) > seats))
        {
            return None;
        }
        let paid =
            |c: &Column| u64::try_from(week.shift_types[c.option.shift_type].paid()).unwrap();
        if of_site().map(|(c, &n)| paid(c) * u64::from(n)).sum::<u64>() < site.paid_minimum {
            return None;
        }
    }
    for cap in &week.share_caps {
        let all: u32 = used().map(|(_, n)| n).sum();
        let own = used().filter(|(c, _)| c.option.shift_type == cap.shift_type);
        if 100 * own.map(|(_, n)| n).sum::<u32>() > cap.hundredths * all {
            return None;
        }
    }
    for t in 0..INTERVALS {
        let duty: Vec<u32> = (0..week.pools.len())
            .map(|p| {
                let of_pool = used().filter(|(c, _)| c.option.pool == p);
                of_pool.map(|(c, n)| c.on_duty[t] * n).sum()
            })
            .collect();
        let missing = missing(week, &duty, t);
        match week.understaffing {
            Some(price) => total += price * i64::from(missing),
            None if missing > 0 => return None,
            None => {}
        }
    }
    Some(total)
}

/// The cheapest plan with up to so many people on each column.
pub(crate) fn cheapest(week: &Week, most: u32) -> Option<i64> {
    let columns = columns(week);
    let plans = (most + 1).pow(u32::try_from(columns.len()).unwrap());
    let counts = |plan: u32| {
        (0..columns.len())
            .map(|c| plan / (most + 1).pow(u32::try_from(c).unwrap()) % (most + 1))
            .collect::<Vec<u32>>()
    };
    (0..plans)
        .map(counts)
        .filter_map(|counts| cost(week, &columns, &counts))
        .min()
}

/// Price of the people who are not where the week keeps them.
fn changes(week: &Week, columns: &[Column], counts: &[u32]) -> i64 {
    let Some(kept) = &week.kept else { return 0 };
    let off = week.options().into_iter().map(|o| {
        let there = columns.iter().zip(counts).filter(|(c, _)| c.option == o);
        let there: u32 = there.map(|(_, n)| n).sum();
        let agreed = kept
            .shifts
            .iter()
            .filter(|s| (s.pool, s.shift_type, s.start) == (o.pool, o.shift_type, o.start));
        there.abs_diff(agreed.map(|s| s.count).sum())
    });
    kept.price_per_change * off.map(i64::from).sum::<i64>()
}

prop_compose! {
    fn a_pool(languages: usize)(
        speaks in 0..languages,
        both in any::<bool>(),
        wages in prop::collection::vec(0_i64..9, INTERVALS),
        fixed_cost in 1_i64..9,
        offset in -2_i64..3,
        kinds in 1_usize..4,
        to in 0_usize..2,
        shifts_per_day in prop::option::of(0_u32..3),
    ) -> WeekPool {
        let starts = WeekStarts { from: 0, to, step: 1 };
        WeekPool {
            id: String::new(),
            site: 0,
            languages: if both { (0..languages).collect() } else { vec![speaks] },
            wages: wages.iter().map(|w| w * 12).collect(),
            base_wage: 0,
            fixed_cost: fixed_cost * 12,
            offset,
            starts: (0..2).map(|k| (kinds >> k & 1 == 1).then_some(starts)).collect(),
            shifts_per_day,
        }
    }
}

prop_compose! {
    pub(crate) fn a_week()(languages in 1_usize..3)(
        required in prop::collection::vec(prop::collection::vec(0_u32..3, INTERVALS), languages),
        pools in prop::collection::vec(a_pool(languages), 1..3),
        seats in prop::option::of(0_u32..4),
        paid_minimum in 0_u64..9,
        cap in prop::option::of(30_u32..90),
        understaffing in prop::option::of(1_i64..20),
        last in 1_usize..3,
    ) -> Week {
        let plain = WeekShiftType { id: "plain".into(), length: 2, breaks: Vec::new() };
        let lunch = WeekBreak { id: "lunch".into(), length: 1, first: 1, last, is_paid: false };
        let broken = WeekShiftType { id: "broken".into(), length: 4, breaks: vec![lunch] };
        Week {
            name: String::new(),
            interval_minutes: 480,
            intervals: INTERVALS,
            intervals_per_day: 3,
            languages: required
                .into_iter()
                .map(|required| WeekLanguage { id: String::new(), required })
                .collect(),
            shift_types: vec![plain, broken],
            pools,
            sites: vec![WeekSite { id: String::new(), seats, paid_minimum }],
            share_caps: cap.map(|hundredths| ShareCap { shift_type: 1, hundredths }).into_iter().collect(),
            understaffing: understaffing.map(|price| price * 12),
            kept: None,
        }
    }
}

/// A week some of whose shifts are agreed, with early breaks.
pub(crate) fn under_way(weeks: impl Strategy<Value = Week>) -> impl Strategy<Value = Week> {
    let people = prop::collection::vec(0_u32..3, 16);
    (weeks, people, 0_i64..15).prop_map(|(mut week, people, price)| {
        let options = week.options();
        let agreed = options.iter().zip(people).filter(|(_, count)| *count > 0);
        let shifts = agreed.map(|(o, count)| {
            let breaks = week.shift_types[o.shift_type].breaks.iter();
            let early = |b: &WeekBreak| {
                vec![BreakStart {
                    offset: b.first,
                    count,
                }]
            };
            PlannedShifts {
                pool: o.pool,
                shift_type: o.shift_type,
                start: o.start,
                count,
                breaks: breaks.map(early).collect(),
            }
        });
        week.kept = Some(KeptWeek {
            shifts: shifts.collect(),
            price_per_change: price * 12,
        });
        week
    })
}

/// Prices in steps of a fifth of a minor unit, some of them out of range.
fn some_prices() -> impl Strategy<Value = Prices> {
    let some =
        |count| prop::collection::vec((-3_i64..300).prop_map(|p| p * PRICE_SCALE / 5), count);
    let rest = (some(INTERVALS), some(1), some(1));
    (some(2 * INTERVALS), rest, 0..8_u8).prop_map(|(cover, (seats, paid, shares), used)| Prices {
        cover,
        seats: if used & 1 == 0 { Vec::new() } else { seats },
        paid: if used & 2 == 0 { Vec::new() } else { paid },
        shares: if used & 4 == 0 {
            Vec::new()
        } else {
            shares.iter().map(|p| p / 50).collect()
        },
    })
}

fn found(week: &Week) -> Result<FoundPrices, Vec<Obstacle>> {
    find_prices(week, PriceOptions { steps: 300 }, &|| false)
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_plan_is_cheaper_than_the_bound_of_any_prices(
        week in prop_oneof![a_week(), under_way(a_week())], prices in some_prices(),
    ) {
        prop_assume!(columns(&week).len() <= 7);
        let bound = certified_week_bound(&week, &prices);
        prop_assert!(bound % 12 == 0 || bound == i64::MIN);
        if let Some(cost) = cheapest(&week, 2) {
            prop_assert!(bound <= cost, "bound {bound}, cost {cost}");
        }
    }

    #[test]
    fn the_prices_found_prove_what_they_say(
        week in prop_oneof![a_week(), under_way(a_week())],
    ) {
        prop_assume!(columns(&week).len() <= 7);
        let cost = cheapest(&week, 2);
        match found(&week) {
            Ok(found) => {
                prop_assert_eq!(certified_week_bound(&week, &found.prices), found.bound);
                let Some(cost) = cost else { return Ok(()) };
                prop_assert!(found.bound <= cost, "bound {}, cost {cost}", found.bound);
            }
            Err(obstacles) => prop_assert!(cost.is_none(), "{obstacles:?}, cost {cost:?}"),
        }
    }
}

/// One day of four intervals, one agent wanted throughout, shifts of two intervals at 10.
fn small() -> Week {
    Week {
        name: String::new(),
        interval_minutes: 360,
        intervals: 4,
        intervals_per_day: 4,
        languages: vec![WeekLanguage {
            id: String::new(),
            required: vec![1; 4],
        }],
        shift_types: vec![WeekShiftType {
            id: "short".into(),
            length: 2,
            breaks: Vec::new(),
        }],
        pools: vec![WeekPool {
            id: String::new(),
            site: 0,
            languages: vec![0],
            wages: vec![4; 4],
            base_wage: 4,
            fixed_cost: 2,
            offset: 0,
            starts: vec![Some(WeekStarts {
                from: 0,
                to: 3,
                step: 1,
            })],
            shifts_per_day: None,
        }],
        sites: vec![WeekSite {
            id: String::new(),
            seats: None,
            paid_minimum: 0,
        }],
        share_caps: Vec::new(),
        understaffing: None,
        kept: None,
    }
}

fn cover(price: i64) -> Prices {
    Prices {
        cover: vec![price * PRICE_SCALE; 4],
        ..Prices::default()
    }
}

#[test]
fn right_prices_prove_the_optimum_and_too_high_ones_are_lowered() {
    assert_eq!(certified_week_bound(&small(), &cover(5)), 20);
    assert_eq!(
        certified_week_bound(&small(), &cover(4)),
        20,
        "16 is no cost"
    );
    assert_eq!(certified_week_bound(&small(), &cover(2)), 10);
    assert_eq!(certified_week_bound(&small(), &Prices::default()), 0);
    assert_eq!(certified_week_bound(&small(), &cover(-7)), 0);
    assert_eq!(certified_week_bound(&small(), &cover(700)), 20);
}

#[test]
fn missing_agents_are_never_dearer_than_their_price() {
    let week = Week {
        understaffing: Some(3),
        kept: None,
        ..small()
    };
    assert_eq!(certified_week_bound(&week, &cover(700)), 12);
}

#[test]
fn contracts_and_capped_days_count() {
    let mut week = small();
    week.sites[0].paid_minimum = 9;
    week.pools[0].shifts_per_day = Some(6);
    let prices = Prices {
        paid: vec![5 * PRICE_SCALE],
        ..Prices::default()
    };
    assert_eq!(certified_week_bound(&week, &prices), 50, "45 rounded up");
    let twice = Prices {
        paid: vec![10 * PRICE_SCALE],
        ..Prices::default()
    };
    assert_eq!(
        certified_week_bound(&week, &twice),
        30,
        "90 less six shifts"
    );
}

#[test]
fn share_caps_that_leave_nothing_drive_the_bound_up() {
    let mut week = small();
    week.share_caps.push(ShareCap {
        shift_type: 0,
        hundredths: 50,
    });
    let dear = Prices {
        shares: vec![PRICE_SCALE],
        ..cover(30)
    };
    assert_eq!(certified_week_bound(&week, &dear), 120);
}

#[test]
fn a_pool_paid_for_working_has_no_bound() {
    let mut week = small();
    week.pools[0].fixed_cost = -9;
    assert_eq!(certified_week_bound(&week, &cover(5)), i64::MIN);
}

#[test]
fn a_small_week_is_proved_to_the_last_unit() {
    let found = find_prices(&small(), PriceOptions::default(), &|| false).unwrap();
    assert_eq!(found.bound, 20);
    let people: f64 = found.activity.iter().sum();
    assert!((people - 2.0).abs() < 0.05, "{people}");
}

#[test]
fn nothing_wanted_costs_nothing() {
    let mut week = small();
    week.languages[0].required.fill(0);
    let found = found(&week).unwrap();
    assert_eq!(found.bound, 0);
    assert!(found.activity.iter().all(|people| *people < 1e-6));
}

#[test]
fn the_same_bits_on_any_number_of_threads() {
    let mut week = small();
    week.pools.push(WeekPool {
        fixed_cost: 1,
        shifts_per_day: Some(1),
        ..week.pools[0].clone()
    });
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| found(&week)).unwrap()
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn rules_nobody_can_keep_are_named() {
    let mut week = small();
    week.pools[0].starts[0] = Some(WeekStarts {
        from: 0,
        to: 1,
        step: 1,
    });
    let short = |interval, wanted, reachable| Obstacle::Coverage {
        language: 0,
        interval,
        wanted,
        reachable,
    };
    assert_eq!(found(&week), Err(vec![short(3, 1, 0)]));
    let mut week = small();
    week.pools[0].shifts_per_day = Some(3);
    week.languages[0].required[2] = 5;
    assert_eq!(found(&week), Err(vec![short(2, 5, 3)]));
    let mut week = small();
    week.sites[0].seats = Some(1);
    week.sites[0].paid_minimum = 5;
    let contract = Obstacle::Contract {
        site: 0,
        minimum: 5,
        reachable: 4,
    };
    assert_eq!(found(&week), Err(vec![contract]));
    let mut week = small();
    week.share_caps.push(ShareCap {
        shift_type: 0,
        hundredths: 99,
    });
    assert_eq!(found(&week), Err(vec![Obstacle::Shares { hundredths: 99 }]));
}

#[test]
fn rules_that_contradict_each_other_together_are_found_by_their_prices() {
    let mut week = small();
    week.pools[0].shifts_per_day = Some(1);
    let Err(obstacles) = found(&week) else {
        panic!("one shift does not cover four intervals");
    };
    assert!(matches!(&obstacles[..], [Obstacle::Together(hard)] if !hard.is_empty()));
}

#[test]
fn huge_numbers_do_not_overflow() {
    let mut week = small();
    week.languages[0].required.fill(u32::MAX);
    week.pools[0].wages.fill(100_000_000);
    let bound = found(&week).unwrap().bound;
    let cost = 2 * i64::from(u32::MAX) * 200_000_002;
    assert!(bound <= cost && bound > cost / 10 * 9, "{bound} of {cost}");
}
