//! What vendors commit to beside what was asked of them.

use std::fmt::Write;

use super::tables::{Table, stamp};
use super::text::{aligned, money, number, percent};
use crate::planning::exchange::{Difference, Share};

/// The difference for a terminal: by pool, day and language, what it costs, and what it does to the
/// service of the queues.
pub fn difference_summary(difference: &Difference, currency: &str) -> String {
    let mut out = String::new();
    let total = &difference.total;
    out.push_str(if difference.is_none() {
        "Exactly what was asked for is committed.\n"
    } else {
        "What is committed differs from what was asked for.\n"
    });
    let by_pool = difference
        .by_pool
        .iter()
        .map(|(pool, s)| (pool.to_string(), s));
    section(&mut out, "pool", currency, by_pool, total);
    let by_day = difference
        .by_day
        .iter()
        .map(|(day, s)| (day.to_string(), s));
    section(&mut out, "day", currency, by_day, total);
    let by_language = difference.by_language.iter();
    let by_language = by_language.map(|(language, s)| (language.to_string(), s));
    section(&mut out, "language", currency, by_language, total);
    if total.cost < 0.0 {
        out.push_str(
            "\nCost is that of the hours; a minimum bill of the contract may be owed all the same.\n",
        );
    }
    if difference.queues.is_empty() {
        out.push_str("\nNo live queue has another crew than planned.\n");
        return out;
    }
    let mut rows = vec![headers(&[
        "queue",
        "promised",
        "planned",
        "committed",
        "intervals newly below",
    ])];
    rows.extend(difference.queues.iter().map(|queue| {
        vec![
            queue.id.to_string(),
            percent(queue.target.get(), 1),
            percent(queue.planned.get(), 1),
            percent(queue.committed.get(), 1),
            queue.intervals_below.to_string(),
        ]
    }));
    out.push_str("\nContacts in time by formula, of queues whose crews change\n");
    out.push_str(&aligned(&rows));
    out
}

fn headers(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn section<'a>(
    out: &mut String,
    by: &str,
    currency: &str,
    shares: impl Iterator<Item = (String, &'a Share)>,
    total: &'a Share,
) {
    let cost = format!("cost {currency}");
    let mut rows = vec![headers(&[
        by,
        "asked h",
        "committed h",
        "short h",
        "over h",
        &cost,
    ])];
    let all: Vec<(String, &Share)> = shares.collect();
    let sum = (all.len() > 1).then(|| ("all".to_owned(), total));
    rows.extend(all.into_iter().chain(sum).map(|(name, share)| {
        vec![
            name,
            number(share.asked_hours, 2),
            number(share.committed_hours, 2),
            number(share.short_hours, 2),
            number(share.over_hours, 2),
            money(share.cost),
        ]
    }));
    // Writing to a string cannot fail.
    let _ = write!(out, "\nBy {by}\n{}", aligned(&rows));
}

/// The difference interval by interval, instants in UTC.
pub fn difference_table(difference: &Difference) -> Table {
    let rows = difference.rows.iter().map(|row| {
        vec![
            row.pool.to_string(),
            row.group.clone(),
            row.language.to_string(),
            stamp(row.start),
            format!("{:.6}", row.asked),
            format!("{:.6}", row.committed),
            format!("{:.6}", row.committed - row.asked),
            format!("{:.4}", row.cost),
        ]
    });
    Table {
        name: "difference",
        columns: vec![
            "pool",
            "group",
            "language",
            "start",
            "agents_asked",
            "agents_committed",
            "agents_difference",
            "cost_difference",
        ],
        rows: rows.collect(),
    }
}
