//! Who serves what, and who is missing.

use std::collections::BTreeSet;

use super::super::{Week, WeekPlan};
use super::{exists, language_name, pool_name};

/// Reports service by people who are not there, and agents missing or said to be. Returns how
/// many the plan says are missing, over all languages and intervals.
pub(super) fn check(
    week: &Week,
    plan: &WeekPlan,
    on_duty: &[Vec<i64>],
    violations: &mut Vec<String>,
) -> i128 {
    let served = served(week, plan, on_duty, violations);
    let (missing, total) = missing(week, plan, violations);
    let is_rule = week.understaffing.is_none();
    for (l, language) in week.languages.iter().enumerate() {
        for (t, &required) in language.required.iter().enumerate() {
            let lacking = (i64::from(required) - served[l][t]).max(0);
            let said = missing[l][t];
            let what = if is_rule && lacking > 0 {
                format!("wants {required} agents, {} serve it", served[l][t])
            } else if is_rule && said > 0 {
                format!("may not lack anybody, {said} are said to be missing")
            } else if !is_rule && said != lacking {
                format!("lacks {lacking} agents, {said} are said to be missing")
            } else {
                continue;
            };
            let name = language_name(week, l);
            violations.push(format!("{name} {what} in interval {t}"));
        }
    }
    total
}

/// Agents who serve each language in each interval.
fn served(
    week: &Week,
    plan: &WeekPlan,
    on_duty: &[Vec<i64>],
    violations: &mut Vec<String>,
) -> Vec<Vec<i64>> {
    let mut served = vec![vec![0; week.intervals]; week.languages.len()];
    let mut busy = vec![vec![0; week.intervals]; week.pools.len()];
    if let ([pool], [_], []) = (&week.pools[..], &week.languages[..], &plan.serving[..]) {
        if pool.languages == [0] {
            served[0].clone_from(&on_duty[0]);
        }
        return served;
    }
    let mut seen = BTreeSet::new();
    for entry in &plan.serving {
        let has_place = exists("pool", entry.pool, week.pools.len(), violations)
            & exists("language", entry.language, week.languages.len(), violations)
            & exists("interval", entry.interval, week.intervals, violations);
        if !has_place {
            continue;
        }
        let mut say = |what: &str| {
            let (pool, language) = (
                pool_name(week, entry.pool),
                language_name(week, entry.language),
            );
            violations.push(format!(
                "{pool} {what} {language} in interval {}",
                entry.interval
            ));
        };
        if !seen.insert((entry.pool, entry.interval, entry.language)) {
            say("is listed twice for");
        }
        if entry.agents == 0 {
            say("sends nobody to");
        }
        if !week.pools[entry.pool].languages.contains(&entry.language) {
            say("does not speak");
        }
        served[entry.language][entry.interval] += i64::from(entry.agents);
        busy[entry.pool][entry.interval] += i64::from(entry.agents);
    }
    for (p, (busy, on_duty)) in busy.iter().zip(on_duty).enumerate() {
        for (t, (busy, there)) in busy.iter().zip(on_duty).enumerate() {
            if busy > there {
                let name = pool_name(week, p);
                violations.push(format!(
                    "{name} serves with {busy} agents in interval {t}, {there} are on duty"
                ));
            }
        }
    }
    served
}

/// Agents the plan says are missing, in each language and interval and in all.
fn missing(week: &Week, plan: &WeekPlan, violations: &mut Vec<String>) -> (Vec<Vec<i64>>, i128) {
    let mut missing = vec![vec![0; week.intervals]; week.languages.len()];
    let mut total = 0;
    let mut seen = BTreeSet::new();
    for entry in &plan.missing {
        let has_place = exists("language", entry.language, week.languages.len(), violations)
            & exists("interval", entry.interval, week.intervals, violations);
        if !has_place {
            continue;
        }
        let mut say = |what: &str| {
            let name = language_name(week, entry.language);
            violations.push(format!("{name} {what} in interval {}", entry.interval));
        };
        if !seen.insert((entry.language, entry.interval)) {
            say("is listed twice as lacking agents");
        }
        if entry.agents == 0 {
            say("is listed as lacking nobody");
        }
        missing[entry.language][entry.interval] += i64::from(entry.agents);
        total += i128::from(entry.agents);
    }
    (missing, total)
}
