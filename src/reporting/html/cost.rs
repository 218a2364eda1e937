//! Cost: by pool and kind, by language, by channel, and of a contact.

use super::allocation::{ROW, plot, pools};
use super::chart::Chart;
use super::page::{Cell, Section, Table};
use super::pool_tables::cost_table;
use super::split::{Slice, slices, together};
use super::svg::{Svg, nice_max};
use super::text::clip;
use super::view::View;

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("cost", "Cost by pool, language and channel");
    if pools(view).is_empty() {
        s.say("There is no pool, so nothing is paid.");
        return s;
    }
    let slices = slices(view);
    s.say(&format!(
        "All pools together are paid {}.",
        view.words.amount(slices.iter().map(|s| s.cost).sum())
    ));
    s.heading("By pool");
    s.chart(by_pool(view), "Table of the pools", cost_table(view));
    for (what, by) in [
        ("language", language as fn(&Slice) -> &str),
        ("channel", channel),
    ] {
        let sums = together(&slices, by);
        s.heading(&format!("By {what}"));
        let line = format!("Table by {what}");
        s.chart(
            bars(view, &sums, what),
            &line,
            sums_table(view, &sums, what),
        );
    }
    s.note(
        "Shifts, premiums and unused commitments of a pool are divided by the hours it serves each \
         group, surcharges go to their own language; within a group each channel pays for the agent \
         time of its contacts.",
    );
    s.heading("Cost of a contact");
    s.table(matrix(view, &slices));
    s
}

fn language(slice: &Slice) -> &str {
    &slice.language
}

fn channel(slice: &Slice) -> &str {
    &slice.channel
}

fn by_pool(view: &View<'_>) -> Chart {
    let rows = pools(view);
    let most = (rows.iter())
        .map(|(_, c)| c.total().get())
        .fold(0.0, f64::max);
    let plot = plot(rows.len(), nice_max(most, 5));
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 46.0, "Cost of each pool");
    plot.x_axis(&mut svg, &format!("cost in {}", view.currency()), 5);
    let mut seen = [false; 4];
    for (i, (pool, cost)) in rows.into_iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let mut from = 0.0;
        let parts = [
            (cost.shifts, "bar", "shifts"),
            (cost.languages, "surcharge", "languages"),
            (cost.premiums, "premium", "premiums of the law"),
            (cost.unused + cost.guaranteed, "unused", "paid, not used"),
        ];
        for ((part, class, name), seen) in parts.into_iter().zip(&mut seen) {
            let (left, right) = (plot.x(from), plot.x(from + part.get()));
            from += part.get();
            if right - left > 0.05 {
                *seen = true;
                let tip = format!("{}, {name}: {}", pool.id, view.words.money(part));
                svg.rect((left, top + 6.0), (right - left, ROW - 12.0), class, &tip);
            }
        }
        let words = view.words.money(cost.total());
        svg.row_words(&plot, top, &clip(pool.id.as_str(), 28), &words);
    }
    let keys = [
        ("bar", "shifts"),
        ("surcharge", "surcharge for languages"),
        ("premium", "premiums of the law"),
        ("unused", "committed or guaranteed, not used"),
    ];
    let keys = keys.into_iter().zip(seen).filter(|(_, seen)| *seen);
    Chart::new("by pool", svg).with_keys(keys.map(|(key, _)| key))
}

/// A bar for each sum, with what a contact costs at the right.
fn bars(view: &View<'_>, sums: &[(String, Slice)], what: &str) -> Chart {
    let most = sums.iter().map(|(_, s)| s.cost).fold(0.0, f64::max);
    let mut plot = plot(sums.len(), nice_max(most, 5));
    // Names are short here, and words at the right are long.
    (plot.left, plot.width) = (130.0, 540.0);
    let title = format!("Cost by {what}, and of a contact");
    let mut svg = Svg::new(view.words, 960.0, plot.bottom() + 46.0, &title);
    plot.x_axis(&mut svg, &format!("cost in {}", view.currency()), 5);
    for (i, (name, sum)) in sums.iter().enumerate() {
        let top = plot.top + i as f64 * ROW;
        let cost = view.words.amount(sum.cost);
        let words = match sum.each() {
            Some(each) => format!("{cost}, {} a contact", view.words.amount(each)),
            None => cost.clone(),
        };
        let width = plot.x(sum.cost) - plot.left;
        svg.rect((plot.left, top + 6.0), (width, ROW - 12.0), "bar", &cost);
        svg.row_words(&plot, top, &clip(name, 28), &words);
    }
    Chart::new(format!("by {what}"), svg)
}

fn sums_table(view: &View<'_>, sums: &[(String, Slice)], what: &str) -> Table {
    let words = view.words;
    let total: f64 = sums.iter().map(|(_, s)| s.cost).sum();
    let contacts: f64 = sums.iter().map(|(_, s)| s.contacts).sum();
    let head = if what == "language" {
        "Language"
    } else {
        "Channel"
    };
    let mut table = Table::new(&[head, ">Cost", ">Share", ">Contacts", ">Cost of a contact"]);
    let share = |part: f64| words.percent(if total > 0.0 { part / total } else { 0.0 });
    for (name, sum) in sums {
        table.row([
            name.clone(),
            words.amount(sum.cost),
            share(sum.cost),
            words.contacts(sum.contacts),
            sum.each().map_or("–".to_owned(), |each| words.amount(each)),
        ]);
    }
    let each = (contacts > 0.0).then(|| total / contacts);
    let cells = [
        "All".to_owned(),
        words.amount(total),
        share(total),
        words.contacts(contacts),
        each.map_or("–".to_owned(), |each| words.amount(each)),
    ];
    table.row(cells.map(|text| Cell::classed(text, "sum")));
    table
}

/// Languages down, channels across.
fn matrix(view: &View<'_>, slices: &[Slice]) -> Table {
    let languages = together(slices, language);
    let channels = together(slices, channel);
    let with_contacts = |sums: Vec<(String, Slice)>| -> Vec<String> {
        let kept = sums.into_iter().filter(|(_, sum)| sum.contacts > 0.0);
        kept.map(|(name, _)| name).collect()
    };
    let (languages, channels) = (with_contacts(languages), with_contacts(channels));
    let mut heads = vec!["Cost of a contact".to_owned()];
    heads.extend(channels.iter().map(|name| format!(">{name}")));
    let mut table = Table::new(&heads);
    for language in &languages {
        let cells = channels.iter().map(|channel| {
            let own = |s: &&Slice| s.language == *language && s.channel == *channel;
            let each = slices.iter().find(own).and_then(Slice::each);
            Cell::from(each.map_or("–".to_owned(), |each| view.words.amount(each)))
        });
        table.row(std::iter::once(Cell::from(language.as_str())).chain(cells));
    }
    table
}
