//! The bound of a typical week against every plan of tiny weeks.

use proptest::prelude::*;
use wfm::scheduling::week::{
    PRICE_SCALE, Prices, ShareCap, StartOption, Week, WeekBreak, WeekLanguage, WeekPool,
    WeekShiftType, WeekSite, WeekStarts, certified_week_bound,
};

use crate::support::cases;

/// Two days of three intervals.
const INTERVALS: usize = 6;

/// A shift with its breaks placed: who is on duty and who is present, by interval.
pub(crate) struct Column {
    option: StartOption,
    on_duty: [u32; INTERVALS],
    present: [u32; INTERVALS],
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
            .collect::<Vec<_>>()
    };
    (0..plans)
        .filter_map(|plan| cost(week, &columns, &counts(plan)))
        .min()
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
        }
    }
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

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn no_plan_is_cheaper_than_the_bound_of_any_prices(week in a_week(), prices in some_prices()) {
        prop_assume!(columns(&week).len() <= 7);
        let bound = certified_week_bound(&week, &prices);
        prop_assert!(bound % 12 == 0 || bound == i64::MIN);
        if let Some(cost) = cheapest(&week, 2) {
            prop_assert!(bound <= cost, "bound {bound}, cost {cost}");
        }
    }
}
