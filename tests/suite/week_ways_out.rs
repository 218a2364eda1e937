//! Ways out of weeks without a plan, and the rules that bind in weeks with one: against every plan
//! of tiny weeks.

use std::collections::BTreeMap;

use proptest::prelude::*;
use wfm::milp::Silent;
use wfm::reporting::week_summary;
use wfm::scheduling::ScheduleError;
use wfm::scheduling::week::{
    LeastMissing, PRICE_SCALE, PriceOptions, Prices, WaysOut, Week, WeekLanguage, WeekPool,
    WeekRule, WeekShiftType, WeekSite, WeekStarts, WeekStrategy, binding_week_rules,
    certified_week_bound, find_prices, solve_week,
};

use super::support::cases;
use super::week_bound::{Column, INTERVALS, cheapest, columns};
use super::week_whole_model::tiny;

/// People on one column up to which every plan is tried: nobody is wanted more than four times in
/// an interval, and four short shifts are what any minimum takes.
fn most(columns: usize) -> u32 {
    match columns {
        0..=4 => 8,
        5 => 5,
        _ => 4,
    }
}

/// How far a plan breaks each rule; what is kept is left out.
fn broken(week: &Week, columns: &[Column], counts: &[u32]) -> BTreeMap<WeekRule, u64> {
    let mut found = BTreeMap::new();
    let used = || columns.iter().zip(counts).filter(|(_, count)| **count > 0);
    for (pool, p) in week.pools.iter().enumerate() {
        for day in 0..week.days() {
            let of_day = used().filter(|(c, _)| (c.option.pool, c.option.day) == (pool, day));
            let started = of_day.map(|(_, n)| n).sum::<u32>();
            let over = started.saturating_sub(p.shifts_per_day.unwrap_or(u32::MAX));
            let rule = WeekRule::DailyCap {
                pool,
                day: Some(day),
            };
            found.insert(rule, u64::from(over));
        }
    }
    for (site, s) in week.sites.iter().enumerate() {
        let of_site = || used().filter(|(c, _)| week.pools[c.option.pool].site == site);
        let present = |t: usize| of_site().map(|(c, n)| c.present[t] * n).sum::<u32>();
        let peak = (0..INTERVALS).map(present).max().unwrap_or(0);
        let over = peak.saturating_sub(s.seats.unwrap_or(u32::MAX));
        found.insert(WeekRule::Seats { site }, u64::from(over));
        let paid = |c: &Column| week.shift_types[c.option.shift_type].paid() as u64;
        let bought: u64 = of_site().map(|(c, &n)| paid(c) * u64::from(n)).sum();
        let short = s.paid_minimum.saturating_sub(bought);
        found.insert(WeekRule::PaidMinimum { site }, short);
    }
    for (cap, c) in week.share_caps.iter().enumerate() {
        let all: u32 = used().map(|(_, n)| n).sum();
        let own = used().filter(|(o, _)| o.option.shift_type == c.shift_type);
        let own = own.map(|(_, n)| n).sum::<u32>();
        let needed = (0..=100).find(|h| 100 * own <= h * all).unwrap();
        let over = needed.saturating_sub(c.hundredths);
        found.insert(WeekRule::ShareCap { cap }, u64::from(over));
    }
    if week.understaffing.is_none() {
        missing(week, columns, counts, &mut found);
    }
    found.retain(|_, amount| *amount > 0);
    found
}

/// Agents missing in the first language as long as the second is served, and the other way
/// round; in both where neither is. One or two languages.
fn missing(week: &Week, columns: &[Column], counts: &[u32], found: &mut BTreeMap<WeekRule, u64>) {
    let used = || columns.iter().zip(counts).filter(|(_, count)| **count > 0);
    let languages = week.languages.len();
    // Of each interval: short alone, and all together.
    let mut short = [[0_u32; 3]; INTERVALS];
    for (t, short) in short.iter_mut().enumerate() {
        let lacking = |is_meant: &dyn Fn(usize) -> bool| {
            let wanted = (0..languages).filter(|&l| is_meant(l));
            let wanted: u32 = wanted.map(|l| week.languages[l].required[t]).sum();
            let able = used().filter(|(c, _)| {
                let pool = &week.pools[c.option.pool];
                pool.languages.iter().any(|&l| is_meant(l))
            });
            wanted.saturating_sub(able.map(|(c, n)| c.on_duty[t] * n).sum())
        };
        *short = [
            lacking(&|l| l == 0),
            lacking(&|l| l == 1),
            lacking(&|_| true),
        ];
    }
    let total =
        |of: &dyn Fn(&[u32; 3]) -> u32| -> u64 { short.iter().map(of).map(u64::from).sum() };
    let (first, second) = (total(&|s| s[0]), total(&|s| s[1]));
    let all = total(&|s| s[0].max(s[1]).max(s[2]));
    let coverage = |language| WeekRule::Coverage { language };
    // Where one language can be served in full, the other lacks what both lack together.
    match (first, second) {
        (_, 0) if languages == 1 => drop(found.insert(coverage(0), all)),
        (0, 0) if all > 0 => {
            // Either may lack it: a plan breaks one of the two.
            found.insert(EITHER, all);
        }
        (_, 0) => drop(found.insert(coverage(0), all)),
        (0, _) => drop(found.insert(coverage(1), all)),
        _ => {
            found.insert(coverage(0), first);
            found.insert(coverage(1), second);
            found.insert(EITHER, all);
        }
    }
}

/// Stands for a shortage that may fall on either language.
const EITHER: WeekRule = WeekRule::Coverage {
    language: usize::MAX,
};

/// The least each rule has to give way alone, and the fewest agents missing with all other rules
/// kept, over all plans with up to [`most`] people on each column.
fn every_way_out(week: &Week) -> (BTreeMap<WeekRule, u64>, Option<u64>) {
    let columns = columns(week);
    let most = most(columns.len());
    let plans = (most + 1).pow(u32::try_from(columns.len()).unwrap());
    let (mut ways, mut fewest) = (BTreeMap::<WeekRule, u64>::new(), None::<u64>);
    for plan in 0..plans {
        let counts: Vec<u32> = (0..columns.len())
            .map(|c| plan / (most + 1).pow(u32::try_from(c).unwrap()) % (most + 1))
            .collect();
        let broken = broken(week, &columns, &counts);
        let mut note = |rule: WeekRule, amount: u64| {
            let least = ways.entry(rule).or_insert(amount);
            *least = amount.min(*least);
        };
        let is_cover = |rule: &WeekRule| matches!(rule, WeekRule::Coverage { .. });
        if broken.keys().all(is_cover) {
            let all = broken.get(&EITHER).copied();
            let all = all.unwrap_or_else(|| broken.values().sum());
            fewest = Some(fewest.map_or(all, |fewest| fewest.min(all)));
        }
        let mut rules = broken.iter();
        match (rules.next(), rules.next()) {
            (Some((&EITHER, &amount)), None) => {
                note(WeekRule::Coverage { language: 0 }, amount);
                note(WeekRule::Coverage { language: 1 }, amount);
            }
            (Some((&rule, &amount)), None) => note(rule, amount),
            _ => {}
        }
        // All days of one pool together.
        let pool_of = |rule: &WeekRule| match rule {
            WeekRule::DailyCap { pool, .. } => Some(*pool),
            _ => None,
        };
        let pools: Option<Vec<usize>> = broken.keys().map(pool_of).collect();
        if let Some(&[pool, ref others @ ..]) = pools.as_deref()
            && others.iter().all(|&other| other == pool)
        {
            let most = broken.values().copied().max().unwrap();
            note(WeekRule::DailyCap { pool, day: None }, most);
        }
    }
    (ways, fewest)
}

fn strategy() -> WeekStrategy {
    WeekStrategy {
        gap: 0.0,
        work: Some(200_000),
        ..WeekStrategy::default()
    }
}

/// The ways out, of a week that has no plan.
fn ways_out(week: &Week) -> Option<WaysOut> {
    match solve_week(week, &strategy(), &Silent) {
        Ok(_) => None,
        Err(ScheduleError::Infeasible(conflict)) => {
            Some(conflict.ways_out.expect("tiny weeks are settled"))
        }
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn each_rule_gives_way_by_as_much_as_brute_force_says(week in tiny()) {
        let columns = columns(&week).len();
        prop_assume!(columns <= 6);
        let best = cheapest(&week, most(columns));
        let Some(found) = ways_out(&week) else { return Ok(()) };
        prop_assert_eq!(best, None);
        let (every, fewest) = every_way_out(&week);
        prop_assert!(found.is_complete, "{}", found);
        for way in &found.single {
            let told = format!("{way:?}, brute force {every:?}");
            prop_assert_eq!(way.at_least, way.enough, "{}", told);
            let tried = every.get(&way.rule);
            let is_beyond = match way.rule {
                // More shifts on one day than any plan that was tried has.
                WeekRule::DailyCap { pool, .. } => {
                    let cap = u64::from(week.pools[pool].shifts_per_day.unwrap());
                    cap + way.enough > u64::from(most(columns))
                }
                _ => false,
            };
            prop_assert!(tried == Some(&way.enough) || (tried.is_none() && is_beyond), "{}", told);
        }
        let listed = |rule: &WeekRule| found.single.iter().any(|way| way.rule == *rule);
        for rule in every.keys() {
            // A day that is enough stands for all days of its pool.
            let is_implied = match *rule {
                WeekRule::DailyCap { pool, day: None } => (0..week.days())
                    .any(|day| listed(&WeekRule::DailyCap { pool, day: Some(day) })),
                _ => false,
            };
            prop_assert!(listed(rule) || is_implied, "{:?} of {:?}, {}", rule, every, found);
        }
        prop_assert!(found.single.is_sorted_by_key(|way| way.enough));
        let missing = found.missing.as_ref();
        prop_assert_eq!(missing.map(|m| m.at_least), missing.map(LeastMissing::total));
        if week.understaffing.is_none() {
            prop_assert_eq!(missing.map(LeastMissing::total), fewest, "{}", found);
        } else {
            prop_assert_eq!(missing, None);
        }
    }
}

/// Rules given names, so that they can be told apart.
fn named(mut week: Week) -> Week {
    for (p, pool) in week.pools.iter_mut().enumerate() {
        pool.id = format!("p{p}");
    }
    week
}

/// Nobody is wanted; a site must sell eight paid hours in shifts of four, at 2,000 an hour.
fn contract() -> Week {
    let starts = WeekStarts {
        from: 8,
        to: 12,
        step: 4,
    };
    Week {
        name: "contract".into(),
        interval_minutes: 60,
        intervals: 24,
        intervals_per_day: 24,
        languages: vec![WeekLanguage {
            id: "en".into(),
            required: vec![0; 24],
        }],
        shift_types: vec![WeekShiftType {
            id: "4 h".into(),
            length: 4,
            breaks: Vec::new(),
        }],
        pools: vec![WeekPool {
            id: "vendor".into(),
            site: 0,
            languages: vec![0],
            wages: vec![2_000; 24],
            base_wage: 2_000,
            fixed_cost: 0,
            offset: 0,
            starts: vec![Some(starts)],
            shifts_per_day: None,
        }],
        sites: vec![WeekSite {
            id: "hall".into(),
            seats: None,
            paid_minimum: 8,
        }],
        share_caps: Vec::new(),
        understaffing: None,
        kept: None,
    }
}

fn rule_and_price(week: &Week, prices: &Prices) -> Vec<(String, f64)> {
    let rules = binding_week_rules(week, prices).into_iter();
    rules.map(|b| (b.rule, b.price)).collect()
}

#[test]
fn binding_rules_have_the_prices_that_a_hand_calculation_gives() {
    // A paid hour costs 2,000, whichever shift it is in.
    let week = contract();
    let prices = Prices {
        paid: vec![2_000 * PRICE_SCALE],
        ..Prices::default()
    };
    assert_eq!(certified_week_bound(&week, &prices), 16_000);
    let paid = ("paid minimum of site `hall`".to_owned(), 2_000.0);
    assert_eq!(rule_and_price(&week, &prices), [paid]);
    // Seven agents wanted from 8 to 12 and four shifts a day: a fifth saves the four hours missing
    // at 5,000 less the shift of 8,000; without the cap, a fifth seat does.
    let mut week = contract();
    week.sites[0].paid_minimum = 0;
    week.languages[0].required[8..12].fill(7);
    week.understaffing = Some(5_000);
    week.pools[0].shifts_per_day = Some(4);
    let mut prices = Prices {
        cover: vec![5_000 * PRICE_SCALE; 24],
        ..Prices::default()
    };
    assert_eq!(certified_week_bound(&week, &prices), 4 * 8_000 + 12 * 5_000);
    let daily = "daily cap of pool `vendor` on day 1".to_owned();
    assert_eq!(rule_and_price(&week, &prices), [(daily, 12_000.0)]);
    week.pools[0].shifts_per_day = None;
    week.sites[0].seats = Some(4);
    prices.seats = vec![0; 24];
    prices.seats[9] = 12_000 * PRICE_SCALE;
    assert_eq!(certified_week_bound(&week, &prices), 4 * 8_000 + 12 * 5_000);
    let seats = "seats of site `hall`, dearest at day 1 09:00".to_owned();
    assert_eq!(rule_and_price(&week, &prices), [(seats, 12_000.0)]);
}

#[test]
fn the_summary_says_what_is_short_where_and_what_binds() {
    let mut week = contract();
    week.languages[0].required[8..12].fill(7);
    week.understaffing = Some(5_000);
    week.pools[0].shifts_per_day = Some(4);
    let solved = solve_week(&week, &strategy(), &Silent).unwrap();
    let text = week_summary(&week, &solved.plan, &solved.prices);
    let lines: Vec<Vec<&str>> = (text.lines())
        .map(|line| line.split_whitespace().collect())
        .collect();
    // Three of seven for four hours.
    let short = ["en", "day", "1", "08:00", "4.0", "12.0", "3"];
    assert!(lines.iter().any(|line| line[..] == short), "{text}");
    assert!(
        text.contains("daily cap of pool `vendor` on day 1"),
        "{text}"
    );
}

#[test]
fn a_week_with_several_ways_out_names_each_with_its_amount() {
    // Seven wanted from 8 to 12: four shifts a day, five seats.
    let mut week = contract();
    week.languages[0].required[8..12].fill(7);
    week.pools[0].shifts_per_day = Some(4);
    let found = ways_out(&week).unwrap();
    let amounts: Vec<_> = found.single.iter().map(|w| (w.rule, w.enough)).collect();
    let cover = WeekRule::Coverage { language: 0 };
    let daily = WeekRule::DailyCap {
        pool: 0,
        day: Some(0),
    };
    assert_eq!(amounts, [(daily, 3), (cover, 12)]);
    assert_eq!(found.missing.as_ref().map(LeastMissing::total), Some(12));
    week.sites[0].seats = Some(5);
    let found = ways_out(&week).unwrap();
    let amounts: Vec<_> = found.single.iter().map(|w| (w.rule, w.enough)).collect();
    assert_eq!(amounts, [(cover, 12)], "neither seats nor shifts alone");
    // A minimum of 40 hours from four shifts a day: six more, or 24 hours fewer.
    let mut week = contract();
    week.sites[0].paid_minimum = 40;
    week.pools[0].shifts_per_day = Some(4);
    let Err(error) = solve_week(&week, &strategy(), &Silent) else {
        panic!("16 hours are all that can be bought")
    };
    let text = error.to_string();
    for words in [
        "daily cap of pool `vendor` on day 1: 6 shifts more",
        "paid minimum of site `hall`: 24 paid intervals fewer",
    ] {
        assert!(text.contains(words), "{text}");
    }
    // Two rules broken at once: the evening nobody reaches, and a minimum beyond all shifts.
    week.languages[0].required[23] = 1;
    let found = ways_out(&week).unwrap();
    assert_eq!((found.single.len(), found.is_complete), (0, true));
    assert!(found.to_string().starts_with("no rule alone"), "{found}");
}

/// One unit more of a rule, as the week would have it.
fn one_more(week: &Week, rule: &str) -> Option<Week> {
    let mut week = week.clone();
    if rule.starts_with("paid") {
        let minimum = &mut week.sites[0].paid_minimum;
        *minimum = minimum.checked_sub(1)?;
    } else if rule.starts_with("seats") {
        *week.sites[0].seats.as_mut()? += 1;
    } else if rule.starts_with("share") {
        week.share_caps.first_mut()?.hundredths += 1;
    } else {
        let mut pools = week.pools.iter_mut();
        *pools
            .find(|pool| rule == pool.id)?
            .shifts_per_day
            .as_mut()? += 1;
    }
    Some(week)
}

proptest! {
    #![proptest_config(cases(150))]

    /// Weak duality: whatever a rule is relaxed by, no plan gets cheaper than the bound by more
    /// than the price says.
    #[test]
    fn a_unit_more_of_a_rule_saves_no_more_of_the_bound_than_its_price(week in tiny()) {
        let week = named(week);
        let columns = columns(&week).len();
        prop_assume!(columns <= 6);
        let Ok(found) = find_prices(&week, PriceOptions { steps: 300 }, &|| false) else {
            return Ok(());
        };
        let binding = binding_week_rules(&week, &found.prices);
        prop_assert!(binding.is_sorted_by(|a, b| a.price >= b.price));
        for rule in ["paid", "seats", "share", "p0", "p1"] {
            let Some(relaxed) = one_more(&week, rule) else { continue };
            let own = binding.iter().filter(|b| b.rule.starts_with(rule) || b.rule.contains(rule));
            let mut price: f64 = own.map(|b| b.price).sum();
            if rule == "share" {
                // A hundredth of all shifts, and a price for a hundred hundredths.
                price *= f64::from(most(columns)) * columns as f64 / 100.0;
            }
            if let Some(cost) = cheapest(&relaxed, most(columns)) {
                // The bound is rounded up to a multiple of 12, and tiny prices are left out.
                let least = found.bound as f64 - 12.0 - price - 1.0;
                prop_assert!(cost as f64 > least, "{rule}: {cost}, {least}, {binding:?}");
            }
        }
    }
}
