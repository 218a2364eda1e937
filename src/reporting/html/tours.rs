//! Agents and the law: how many agents of each contract work how much, what kind of shifts they have
//! by law, and where a law or contract could not be kept.

use std::collections::BTreeMap;

use super::page::{Cell, Section, Table};
use super::view::View;
use crate::calendar::Datelike;
use crate::scheduling::law::shift_class;
use crate::scheduling::tours::PoolTours;
use crate::workforce::law::ClockClass;
use crate::workforce::{Pool, Shift, Tour};

/// Breaches that are listed; `plan.json` counts all of them.
const LISTED: usize = 12;

pub(super) fn section(view: &View<'_>) -> Section {
    let mut s = Section::new("tours", "Agents and labour law");
    let plan = view.plan;
    let agents: usize = plan.tours.iter().map(|own| own.tours.len()).sum();
    if agents == 0 {
        s.say("No shift is planned, so no agent is needed.");
        return s;
    }
    let breaches: usize = plan.tours.iter().map(|own| own.breaches.len()).sum();
    let over: u32 = plan.tours.iter().map(|own| own.agents_over).sum();
    let verdict = if breaches == 0 && over == 0 {
        "All of them keep the law of their site and their contract.".to_owned()
    } else {
        format!(
            "{} against the law and {} more than contracts allow are listed below.",
            view.words.plural(breaches, "breach"),
            view.words.plural(over as usize, "agent")
        )
        .replace("breachs", "breaches")
    };
    s.say(&format!(
        "Every shift belongs to the week of one of {} in position. {verdict}",
        view.words.plural(agents, "agent")
    ));
    s.heading("Agents by contract");
    s.table(contracts(view));
    s.note(
        "Agents in position are those at work; leave and sickness come on top (see the pools). Hours \
         are of shifts, breaks included. Unused hours are guaranteed by contract and not worked.",
    );
    s.heading("Shifts by law");
    s.table(classes(view));
    s.note(
        "Classes and night hours follow the clock of the site and the night of its law; where a pool \
         names no law, shifts keep the rests of the European Union.",
    );
    if let Some(table) = premiums(view) {
        s.heading("Premiums of the law");
        s.table(table);
        s.note("Overtime is paid on what tours work beyond the hours of the law.");
    }
    if breaches > 0 {
        s.heading("Against the law");
        s.table(listed(view));
    }
    s.behind("Laws with their sources", sources(view));
    s
}

fn pool<'a>(view: &View<'a>, own: &PoolTours) -> &'a Pool {
    &view.plan.problem.pools[own.pool]
}

fn contracts(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "Pool",
        "Contract",
        ">Agents",
        ">Shifts a week",
        ">Hours a week",
        ">Unused hours",
        ">Cost of them",
    ]);
    for own in &view.plan.tours {
        let mut by_contract: BTreeMap<&str, Vec<&Tour>> = BTreeMap::new();
        for tour in &own.tours {
            by_contract.entry(&tour.contract).or_default().push(tour);
        }
        for (place, (contract, tours)) in by_contract.into_iter().enumerate() {
            let each = tours.len() as f64 * view.plan.problem.weeks.max(1.0);
            let shifts = || tours.iter().flat_map(|t| &t.shifts);
            let once = |text: String| if place == 0 { text } else { String::new() };
            table.row([
                once(pool(view, own).id.to_string()),
                if contract.is_empty() {
                    "any".to_owned()
                } else {
                    contract.to_owned()
                },
                view.words.number(tours.len() as f64, 0),
                view.words.number(shifts().count() as f64 / each, 2),
                view.words
                    .number(shifts().map(hours).sum::<f64>() / each, 1),
                once(view.words.short(own.unused_hours)),
                once(view.words.money(own.unused)),
            ]);
        }
    }
    table
}

fn hours(shift: &Shift) -> f64 {
    (shift.end - shift.start).num_minutes() as f64 / 60.0
}

fn classes(view: &View<'_>) -> Table {
    let mut table = Table::new(&[
        "Pool",
        "Law",
        ">Day shifts",
        ">Mixed",
        ">Night",
        ">Night hours",
        ">On weekends",
    ]);
    for own in view.plan.tours.iter().filter(|own| !own.tours.is_empty()) {
        let pool = pool(view, own);
        let (mut counts, mut night, mut weekend) = ([0.0; 3], 0.0, 0.0);
        for shift in own.tours.iter().flat_map(|t| &t.shifts) {
            let day = pool.zone.local(shift.start).weekday().number_from_monday();
            weekend += f64::from(u8::from(day > 5));
            if let Some(law) = &pool.law {
                let found = shift_class(law, pool.zone, shift.start, shift.end);
                let place = match found.class {
                    ClockClass::Day => 0,
                    ClockClass::Mixed => 1,
                    ClockClass::Night => 2,
                };
                counts[place] += 1.0;
                night += found.night_hours;
            }
        }
        let known = |text: String| {
            if pool.law.is_some() {
                text
            } else {
                "–".to_owned()
            }
        };
        table.row([
            pool.id.to_string(),
            pool.law
                .as_ref()
                .map_or("EU rests only".to_owned(), |law| law.id.clone()),
            known(view.words.number(counts[0], 0)),
            known(view.words.number(counts[1], 0)),
            known(view.words.number(counts[2], 0)),
            known(view.words.short(night)),
            view.words.number(weekend, 0),
        ]);
    }
    table
}

fn premiums(view: &View<'_>) -> Option<Table> {
    let mut table = Table::new(&["Pool", "Premium", ">Cost"]);
    let mut is_empty = true;
    for own in &view.plan.tours {
        for (name, amount) in &own.premiums {
            is_empty = false;
            table.row([
                pool(view, own).id.to_string(),
                name.replace('_', " "),
                view.words.money(*amount),
            ]);
        }
    }
    (!is_empty).then_some(table)
}

fn listed(view: &View<'_>) -> Table {
    let mut table = Table::new(&["Pool", "Agent", "Rule", "What"]);
    let all = view.plan.tours.iter().flat_map(|own| {
        let id = &pool(view, own).id;
        own.breaches.iter().map(move |breach| (id, breach))
    });
    for (id, (agent, breach)) in all.take(LISTED) {
        let cells = [
            id.to_string(),
            agent.clone(),
            breach.rule.replace('_', " "),
            breach.what.clone(),
        ];
        table.row(cells.map(|text| Cell::classed(text, "bad")));
    }
    table
}

fn sources(view: &View<'_>) -> Table {
    let mut table = Table::new(&["Law", "Name", "Source"]);
    let mut seen = Vec::new();
    for law in view
        .plan
        .problem
        .pools
        .iter()
        .filter_map(|p| p.law.as_ref())
    {
        if seen.contains(&&law.id) {
            continue;
        }
        seen.push(&law.id);
        table.row([law.id.clone(), law.name.clone(), law.sources.join(" · ")]);
    }
    table
}
