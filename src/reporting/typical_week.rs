use std::fmt::Write;

use super::text::{aligned, money, number, percent};
use crate::milp::Termination;
use crate::scheduling::week::{
    Missing, Prices, Week, WeekPlan, WeekReport, WeekSite, binding_week_rules, verify_week,
};

/// Rows of the longest tables before the rest is only counted.
const SHOWN: usize = 8;

/// The plan of a week on one screen: shifts by kind and pool, sites, languages, who is missing
/// where, and the rules that cost money at the prices that prove the bound. Money is in major
/// units, the week's own being hundredths.
pub fn week_summary(week: &Week, plan: &WeekPlan, prices: &Prices) -> String {
    let report = verify_week(week, plan);
    let (days, minutes) = (week.days(), week.interval_minutes);
    let mut out = format!(
        "{}: {days} days in intervals of {minutes} minutes\n",
        week.name
    );
    let _ = writeln!(out, "\nPools");
    out.push_str(&aligned(&pool_rows(week, plan, &report)));
    let has_rules = |s: &WeekSite| s.seats.is_some() || s.paid_minimum > 0;
    if week.sites.iter().any(has_rules) {
        let _ = writeln!(out, "\nSites");
        out.push_str(&aligned(&site_rows(week, plan, &report)));
    }
    let _ = writeln!(out, "\nLanguages");
    out.push_str(&aligned(&language_rows(week, plan)));
    if !plan.missing.is_empty() {
        let _ = writeln!(out, "\nMissing");
        table(&mut out, missing_rows(week, plan), 1);
    }
    let binding = binding_week_rules(week, prices);
    if !binding.is_empty() {
        let _ = writeln!(out, "\nRules that cost money, at the margin");
        let row = |rule: String, price: f64| vec![rule, format!("{} a unit", money(price / 100.0))];
        let rows = binding.into_iter().map(|b| row(b.rule, b.price));
        table(&mut out, rows.collect(), 0);
    }
    out
}

/// The first rows below so many of the head, and how many more there are.
fn table(out: &mut String, mut rows: Vec<Vec<String>>, head: usize) {
    let more = rows.len().saturating_sub(head + SHOWN);
    rows.truncate(head + SHOWN);
    if more > 0 {
        rows.push(vec![format!("and {more} more")]);
    }
    out.push_str(&aligned(&rows));
}

/// Cost, bound, gap, why the search stopped and after how many seconds, with costs in a unit such
/// as `EUR`.
pub fn proof_summary(
    cost: f64,
    bound: f64,
    unit: &str,
    termination: Termination,
    seconds: f64,
) -> String {
    let gap = if cost > 0.0 {
        (cost - bound) / cost
    } else {
        0.0
    };
    let amount = |value: f64| format!("{} {unit}", money(value)).trim_end().to_owned();
    let row = |name: &str, text: String| vec![name.to_owned(), text];
    aligned(&[
        row("Cost", amount(cost)),
        row("Lower bound", amount(bound)),
        row("Gap", percent(gap, 3)),
        row("Stopped because", termination.word().replace('_', " ")),
        row("Time", format!("{seconds:.1} s")),
    ])
}

/// Intervals as hours.
fn hours(week: &Week, intervals: i64) -> String {
    number(
        intervals as f64 * f64::from(week.interval_minutes) / 60.0,
        1,
    )
}

/// A name, or what stands for one.
fn named(id: &str) -> String {
    if id.is_empty() { "all" } else { id }.to_owned()
}

fn pool_rows(week: &Week, plan: &WeekPlan, report: &WeekReport) -> Vec<Vec<String>> {
    let mut head = vec!["pool".to_owned()];
    head.extend(week.shift_types.iter().map(|kind| kind.id.clone()));
    head.extend(["shifts", "paid hours", "peak", "cost"].map(str::to_owned));
    let mut rows = vec![head];
    let pools = 0..week.pools.len();
    rows.extend(
        pools
            .clone()
            .map(|p| pool_row(week, plan, report, p..p + 1)),
    );
    if week.pools.len() > 1 {
        rows.push(pool_row(week, plan, report, pools));
    }
    rows
}

/// One pool, or all of them together.
fn pool_row(
    week: &Week,
    plan: &WeekPlan,
    report: &WeekReport,
    pools: std::ops::Range<usize>,
) -> Vec<String> {
    let shifts = || plan.shifts.iter().filter(|s| pools.contains(&s.pool));
    let mut row = vec![match pools.len() {
        1 => named(&week.pools[pools.start].id),
        _ => "together".to_owned(),
    }];
    for kind in 0..week.shift_types.len() {
        let people = shifts()
            .filter(|s| s.shift_type == kind)
            .map(|s| i64::from(s.count));
        row.push(people.sum::<i64>().to_string());
    }
    row.push(
        shifts()
            .map(|s| i64::from(s.count))
            .sum::<i64>()
            .to_string(),
    );
    let paid = shifts().map(|s| week.shift_types[s.shift_type].paid() as f64 * f64::from(s.count));
    let per_hour = 60.0 / f64::from(week.interval_minutes);
    row.push(number(paid.sum::<f64>() / per_hour, 1));
    let present = |t: usize| pools.clone().map(|p| report.present[p][t]).sum::<i64>();
    let peak = (0..week.intervals).map(present).max();
    row.push(peak.unwrap_or(0).to_string());
    let cost =
        shifts().map(|s| week.cost_of(s.pool, s.shift_type, s.start) as f64 * f64::from(s.count));
    row.push(money(cost.sum::<f64>() / 100.0));
    row
}

fn site_rows(week: &Week, plan: &WeekPlan, report: &WeekReport) -> Vec<Vec<String>> {
    let heads = ["site", "peak", "seats", "paid intervals", "at least"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for (s, site) in week.sites.iter().enumerate() {
        let here = |p: &usize| week.pools[*p].site == s;
        let present = |t: usize| {
            let pools = (0..week.pools.len()).filter(here);
            pools.map(|p| report.present[p][t]).sum::<i64>()
        };
        let paid = (plan.shifts.iter().filter(|x| here(&x.pool)))
            .map(|x| week.shift_types[x.shift_type].paid() as u64 * u64::from(x.count));
        let least = (site.paid_minimum > 0).then(|| site.paid_minimum.to_string());
        rows.push(vec![
            named(&site.id),
            (0..week.intervals)
                .map(present)
                .max()
                .unwrap_or(0)
                .to_string(),
            site.seats
                .map_or_else(String::new, |seats| seats.to_string()),
            paid.sum::<u64>().to_string(),
            least.unwrap_or_default(),
        ]);
    }
    rows
}

fn language_rows(week: &Week, plan: &WeekPlan) -> Vec<Vec<String>> {
    let heads = ["language", "hours wanted", "hours missing", "share missing"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for (l, language) in week.languages.iter().enumerate() {
        let wanted: i64 = language.required.iter().map(|&r| i64::from(r)).sum();
        let missing = plan.missing.iter().filter(|m| m.language == l);
        let missing: i64 = missing.map(|m| i64::from(m.agents)).sum();
        let share = if wanted > 0 {
            missing as f64 / wanted as f64
        } else {
            0.0
        };
        rows.push(vec![
            named(&language.id),
            hours(week, wanted),
            hours(week, missing),
            percent(share, 2),
        ]);
    }
    rows
}

/// Stretches of intervals in which a language lacks agents, the worst first.
fn missing_rows(week: &Week, plan: &WeekPlan) -> Vec<Vec<String>> {
    let follows = |a: &Missing, b: &Missing| {
        let is_same_day = !b.interval.is_multiple_of(week.intervals_per_day.max(1));
        a.language == b.language && a.interval + 1 == b.interval && is_same_day
    };
    let total = |run: &[Missing]| run.iter().map(|m| i64::from(m.agents)).sum::<i64>();
    let mut runs: Vec<&[Missing]> = plan.missing.chunk_by(follows).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(total(run)));
    let heads = ["language", "from", "hours long", "hours missing", "most"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    rows.extend(runs.into_iter().map(|run| {
        let most = run.iter().map(|m| m.agents).max();
        vec![
            named(&week.languages[run[0].language].id),
            week.clock(run[0].interval),
            hours(week, i64::try_from(run.len()).unwrap_or(i64::MAX)),
            hours(week, total(run)),
            most.unwrap_or(0).to_string(),
        ]
    }));
    rows
}
