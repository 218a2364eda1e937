//! What the plan rests on, and what is needed to make it again.

use super::round;
use super::sheet::{Cell, Sheet};
use crate::reporting::html::rules::policy_words;
use crate::reporting::html::view::View;
use crate::reporting::special_days;
use crate::reporting::text::percent;
use crate::requirements::{Mode, Rounding};
use crate::units::Money;
use crate::workforce::{Pool, Scope};

/// A table of facts: about what, which fact, its value, and its unit.
struct Facts(Sheet);

impl Facts {
    fn add(&mut self, about: &str, what: &str, value: Cell, unit: &str) {
        let row = vec![Cell::text(about), Cell::text(what), value, Cell::text(unit)];
        self.0.rows.push(row);
    }
}

pub(super) fn sheet(view: &View<'_>, input_hash: &str) -> Sheet {
    let heads = ["About", "What", "Value", "Unit or remark"];
    let mut facts = Facts(Sheet::new("Assumptions", &heads));
    facts.0.frozen = 2;
    plan(view, input_hash, &mut facts);
    staffing(view, &mut facts);
    queues(view, &mut facts);
    for pool in &view.plan.scenario.pools {
        of_pool(pool, view.currency(), &mut facts);
    }
    for policy in &view.plan.scenario.policies {
        let scope = match policy.scope() {
            Scope::Overall => "all languages together".to_owned(),
            Scope::EachLanguage => "each language".to_owned(),
            Scope::Languages(names) => {
                let names: Vec<String> = names.iter().map(ToString::to_string).collect();
                names.join(", ")
            }
        };
        let of = format!("tier {}", policy.tier());
        let words = policy_words(view.words, policy, None, &of);
        facts.add("company", "rule", Cell::Text(words), &scope);
    }
    for day in special_days::rows(view.plan, |share| percent(share, 0)) {
        let what = format!("{}: {}", day.name, day.effect);
        facts.add(&day.place, "special day", Cell::Day(day.date), &what);
    }
    facts.0
}

fn plan(view: &View<'_>, input_hash: &str, facts: &mut Facts) {
    let plan = view.plan;
    let version = env!("CARGO_PKG_VERSION");
    facts.add(
        "plan",
        "version",
        Cell::text(version),
        env!("CARGO_PKG_NAME"),
    );
    facts.add("plan", "input hash", Cell::text(input_hash), "");
    // A seed may have more digits than a spreadsheet's numbers.
    facts.add("plan", "seed", Cell::text(&plan.scenario.seed), "");
    facts.add("plan", "solver", Cell::text(plan.backend.name()), "");
    let faults = Cell::count(plan.report.faults.len());
    facts.add("plan", "faults found by the independent check", faults, "");
    let minutes = plan.problem.grid.interval_length().minutes();
    facts.add("plan", "interval", Cell::whole(minutes), "minutes");
    let price = plan.scenario.understaffing_per_hour;
    facts.add(
        "plan",
        "price of a missing hour",
        amount(price),
        view.currency(),
    );
}

fn staffing(view: &View<'_>, facts: &mut Facts) {
    let rules = &view.plan.scenario.staffing;
    let mode = match rules.mode {
        Mode::Silo => "every queue alone",
        Mode::Blended => "the live queues of a skill together",
    };
    facts.add("staffing", "mode", Cell::text(mode), "");
    if rules.mode == Mode::Blended {
        let [share, cap] = [rules.blended_share, rules.blended_cap].map(|p| Cell::share(p.get()));
        let within = format!("answered within {} seconds", rules.blended_within.as_secs());
        facts.add("staffing", "promise of the live queues", share, &within);
        facts.add("staffing", "most busy", cap, "share of time");
    }
    let rounding = match rules.rounding {
        Rounding::Whole => "whole agents",
        Rounding::Fractional => "fractions of agents",
    };
    facts.add("staffing", "rounding", Cell::text(rounding), "");
    let allowance = Cell::two(rules.allowance);
    facts.add("staffing", "allowance", allowance, "times the requirement");
}

fn queues(view: &View<'_>, facts: &mut Facts) {
    let seconds = view.plan.scenario.interval().as_secs_f64();
    for (i, queue) in view.plan.scenario.queues.iter().enumerate() {
        let about = format!("queue {}", queue.id);
        let aht = queue.aht.map_or_else(
            || Cell::text("from the history"),
            |aht| Cell::two(aht.as_secs_f64()),
        );
        facts.add(&about, "handling time", aht, "seconds");
        if let Some(need) = view.plan.requirement.queues.get(i) {
            let mean = Cell::two(round(need.mean_agent_seconds(seconds), 4));
            facts.add(&about, "agent time a contact", mean, "seconds");
        }
        let cap = Cell::share(queue.occupancy_cap.get());
        facts.add(&about, "most busy", cap, "share of time");
        if queue.concurrency != 1.0 {
            let sessions = Cell::two(queue.concurrency);
            facts.add(&about, "sessions at once", sessions, "");
        }
    }
}

fn of_pool(pool: &Pool, currency: &str, facts: &mut Facts) {
    let about = format!("pool {}", pool.id);
    let an_hour = format!("{currency} an hour on the queue");
    facts.add(&about, "price", amount(pool.price.per_hour), &an_hour);
    for (language, price) in &pool.price.by_language {
        facts.add(
            &about,
            "price of a language",
            amount(*price),
            &format!("{an_hour}, {language}"),
        );
    }
    for premium in &pool.price.premiums {
        facts.add(&about, "premium", Cell::share(premium.share), &premium.name);
    }
    if let Some(pay) = pool.price.base_pay {
        facts.add(
            &about,
            "base pay",
            amount(pay),
            &format!("{currency} an hour"),
        );
    }
    let [out, inside] = [pool.shrinkage_out, pool.shrinkage_in].map(|s| Cell::share(s.get()));
    facts.add(&about, "away for days", out, "share of paid time");
    facts.add(
        &about,
        "away within the day",
        inside,
        "share of time present",
    );
    facts.add(
        &about,
        "contract",
        Cell::two(pool.contract_hours),
        "hours a week",
    );
    facts.add(
        &about,
        "handling time",
        Cell::two(pool.aht_factor),
        "times that of the queues",
    );
    for contract in &pool.contracts {
        let words = format!(
            "hours a week at most, {} guaranteed, contract {}",
            contract.guaranteed_hours, contract.id
        );
        facts.add(&about, "contract", Cell::two(contract.week_hours), &words);
    }
    if let Some(law) = &pool.law {
        let sources = law.sources.join("; ");
        facts.add(&about, "labour law", Cell::text(&law.name), &sources);
    }
}

const fn amount(money: Money) -> Cell {
    Cell::two(money.get())
}
