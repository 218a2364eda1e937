use std::fmt::Write;

use super::promises::{day, promises};
use super::special_days;
use super::text::{aligned, money, percent};
use crate::planning::{Corrected, Holding, Plan};
use crate::scheduling::Refusal;
use crate::workforce::ServiceTarget;

/// The plan on one screen: cost, promises, pools, what is missing and what binds.
pub fn summary(plan: &Plan) -> String {
    let solved = &plan.solved;
    let currency = &plan.scenario.currency;
    let mut out = String::new();
    let horizon = &plan.scenario.horizon;
    let _ = writeln!(
        out,
        "{}: {} days from {} ({}), intervals of {}",
        plan.scenario.name, horizon.days, horizon.first, horizon.zone, horizon.interval
    );
    let special = special_days::rows(plan, |share| percent(share, 0));
    if !special.is_empty() {
        let _ = writeln!(out, "\nSpecial days");
    }
    for row in special {
        let date = row.date.format("%a %F");
        let (place, name, effect) = (row.place, row.name, row.effect);
        let _ = writeln!(out, "  {date}  {name}, {place}: {effect}");
    }
    let _ = writeln!(out, "\nQueues");
    out.push_str(&aligned(&queue_rows(plan)));
    let promised = promise_rows(plan);
    if promised.len() > 1 {
        let _ = writeln!(
            out,
            "\nPromises over days and weeks, where they are kept least"
        );
        out.push_str(&aligned(&promised));
    }
    if let Some(corrected) = &plan.corrected {
        let _ = writeln!(out, "\nCorrected by simulation");
        out.push_str(&aligned(&round_rows(corrected)));
        let (held, all) = (
            corrected
                .verdicts
                .iter()
                .filter(|v| v.holding() == Holding::Holds)
                .count(),
            corrected.verdicts.len(),
        );
        let _ = writeln!(
            out,
            "{held} of {all} promises hold at 95 % confidence in a fresh simulation"
        );
        for obstacle in corrected.obstacles.iter().take(8) {
            let _ = writeln!(out, "  {obstacle}");
        }
    }
    let _ = writeln!(out, "\nPools");
    out.push_str(&aligned(&pool_rows(plan)));
    let _ = writeln!(out, "\nTours");
    out.push_str(&aligned(&tour_rows(plan)));
    out.push_str(&tour_troubles(plan));
    let paid = premium_rows(plan);
    if paid.len() > 1 {
        let _ = writeln!(out, "\nPremiums of the law");
        out.push_str(&aligned(&paid));
    }
    out.push_str(&super::named_roster::lines(plan));
    if plan.queues.iter().any(|q| q.actual.is_some()) {
        let _ = writeln!(out, "\nPlanned against actual contacts");
        out.push_str(&aligned(&actual_rows(plan)));
    }
    if plan.missing_hours() > 0.0 {
        let _ = writeln!(out, "\nMissing: {:.1} agent-hours", plan.missing_hours());
        out.push_str(&aligned(&missing_rows(plan)));
    }
    for (tier, refusal) in &plan.refusals {
        let _ = writeln!(out, "\nWhy {tier} is short: {}", refusal_text(refusal));
    }
    if !solved.binding.is_empty() {
        let _ = writeln!(out, "\nRules that cost money, at the margin");
        let rows: Vec<_> = (solved.binding.iter().take(8))
            .map(|b| {
                vec![
                    b.rule.clone(),
                    format!("{} {currency} a unit", money(b.price)),
                ]
            })
            .collect();
        out.push_str(&aligned(&rows));
    }
    let per_contact = plan.cost_per_contact();
    let _ = writeln!(out);
    let mut rows = vec![
        vec!["Contacts".to_owned(), format!("{:.0}", plan.contacts())],
        vec![
            "Cost".to_owned(),
            format!("{} {currency}", money(plan.cost().get())),
        ],
        vec![
            "Cost per contact".to_owned(),
            per_contact.map_or("-".to_owned(), |c| format!("{:.4} {currency}", c.get())),
        ],
        vec![
            "Lower bound".to_owned(),
            format!("{} {currency}", money(solved.bound)),
        ],
        vec!["Gap".to_owned(), percent(solved.gap(), 3)],
        vec![
            "Stopped because".to_owned(),
            solved.termination.word().replace('_', " "),
        ],
    ];
    if let Some(kept) = &plan.scenario.kept {
        let price = money(kept.price_per_change.get());
        let text = format!(
            "{} at {price} {currency} each, in the cost",
            plan.report.changes
        );
        rows.insert(2, vec!["Changes".to_owned(), text]);
    }
    out.push_str(&aligned(&rows));
    out
}

/// The rounds of the correction loop; the first one is without any.
fn round_rows(corrected: &Corrected) -> Vec<Vec<String>> {
    let mut rows = vec![heads(&[
        "round",
        "cost",
        "bound",
        "looked at",
        "missed",
        "open",
        "hours added",
    ])];
    for (number, round) in corrected.rounds.iter().enumerate() {
        rows.push(vec![
            number.to_string(),
            money(round.cost.get()),
            money(round.bound),
            round.looked_at.to_string(),
            round.missed.to_string(),
            round.open.to_string(),
            format!("{:.1}", round.added_hours),
        ]);
    }
    rows
}

/// In what tours break contracts or the law; empty when they keep them.
fn tour_troubles(plan: &Plan) -> String {
    let mut out = String::new();
    for own in plan.tours.iter().filter(|own| own.agents_over > 0) {
        let pool = &plan.problem.pools[own.pool].id;
        let over = own.agents_over;
        let _ = writeln!(
            out,
            "\n{pool} needs {over} agents more than its contracts allow"
        );
    }
    let breaches: usize = plan.tours.iter().map(|own| own.breaches.len()).sum();
    if breaches > 0 {
        let _ = writeln!(out, "\nAgainst the law: {breaches}");
    }
    let by_pool = plan.tours.iter().flat_map(|own| {
        let pool = &plan.problem.pools[own.pool].id;
        own.breaches.iter().map(move |breach| (pool, breach))
    });
    for (pool, (agent, breach)) in by_pool.take(8) {
        let _ = writeln!(out, "  agent {agent} of {pool}: {breach}");
    }
    out
}

/// Agents in position by pool and contract, with the shifts and hours of a week.
fn tour_rows(plan: &Plan) -> Vec<Vec<String>> {
    let heads = [
        "pool",
        "contract",
        "agents",
        "shifts each",
        "hours each",
        "unused hours",
        "cost of them",
    ];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for own in &plan.tours {
        let pool = &plan.problem.pools[own.pool];
        let mut contracts: Vec<&str> = own.tours.iter().map(|t| t.contract.as_str()).collect();
        contracts.sort_unstable();
        contracts.dedup();
        for (place, contract) in contracts.iter().enumerate() {
            let tours = || own.tours.iter().filter(|t| t.contract == **contract);
            let agents = tours().count();
            let shifts = || tours().flat_map(|t| &t.shifts);
            let minutes: i64 = shifts().map(|s| (s.end - s.start).num_minutes()).sum();
            let each = agents as f64 * plan.problem.weeks.max(1.0);
            let once = |text: String| if place == 0 { text } else { String::new() };
            rows.push(vec![
                once(pool.id.to_string()),
                (*contract).to_owned(),
                agents.to_string(),
                format!("{:.2}", shifts().count() as f64 / each),
                format!("{:.1}", minutes as f64 / 60.0 / each),
                once(format!("{:.1}", own.unused_hours)),
                once(money(own.unused.get())),
            ]);
        }
    }
    rows
}

/// What each pool's law asks on top of base pay.
fn premium_rows(plan: &Plan) -> Vec<Vec<String>> {
    let mut rows = vec![heads(&["pool", "premium", "cost"])];
    for own in &plan.tours {
        let pool = &plan.problem.pools[own.pool].id;
        for (name, amount) in &own.premiums {
            rows.push(vec![pool.to_string(), name.clone(), money(amount.get())]);
        }
    }
    rows
}

/// The conflict, the hours missing, and the smallest ways out.
fn refusal_text(refusal: &Refusal) -> String {
    let mut text = format!("{} cannot hold together", refusal.conflict.join(", "));
    let missing = refusal.missing_hours();
    if missing > 0.0 {
        let skills: Vec<_> = refusal
            .missing
            .iter()
            .map(|(s, h)| format!("{s} {h:.1} h"))
            .collect();
        let _ = write!(
            text,
            "; {missing:.1} hours are missing ({})",
            skills.join(", ")
        );
    }
    for r in refusal.relaxations.iter().take(5) {
        let _ = write!(
            text,
            "; `{}` alone would have to give way by {:.4}",
            r.rule, r.amount
        );
    }
    text
}

fn queue_rows(plan: &Plan) -> Vec<Vec<String>> {
    let mut rows = vec![heads(&[
        "queue",
        "contacts",
        "promise",
        "planned",
        "simulated",
        "day / week / month",
        "occupancy",
    ])];
    for queue in &plan.queues {
        let kept = queue.service_level >= queue.target.share();
        rows.push(vec![
            queue.id.to_string(),
            format!("{:.0}", queue.offered),
            queue.target.to_string(),
            format!(
                "{}{}",
                percent(queue.service_level.get(), 1),
                if kept { "" } else { " !" }
            ),
            queue
                .simulated
                .map_or(String::new(), |s| percent(s.service_level.get(), 1)),
            queue.simulated.map_or(String::new(), |s| {
                let chances = [s.day, s.week, s.month];
                let chances = chances.map(|chance| percent(chance.get(), 0));
                chances.map(|c| c.replace(" %", "")).join(" / ") + " %"
            }),
            match queue.target {
                ServiceTarget::Live { .. } => percent(queue.occupancy.get(), 1),
                ServiceTarget::Deferred { .. } => String::new(),
            },
        ]);
    }
    rows
}

fn promise_rows(plan: &Plan) -> Vec<Vec<String>> {
    let mut rows = vec![heads(&["queue", "promise", "planned", "from", "contacts"])];
    for promise in promises(plan) {
        let Some(worst) = promise.worst() else {
            continue;
        };
        let kept = worst.service_level.get() >= worst.share.get() - 5e-4;
        rows.push(vec![
            worst.name.clone(),
            promise.words(|share| percent(share, 0)),
            format!(
                "{}{}",
                percent(worst.service_level.get(), 1),
                if kept { "" } else { " !" }
            ),
            day(plan, plan.scenario.horizon.zone, worst),
            format!("{:.0}", worst.offered),
        ]);
    }
    rows
}

fn pool_rows(plan: &Plan) -> Vec<Vec<String>> {
    let mut rows = vec![heads(&["pool", "shifts", "hours", "FTE", "cost"])];
    for (pool, cost) in plan
        .scenario
        .pools
        .iter()
        .zip(&plan.solved.schedule.cost.pools)
    {
        let fte = pool.paid_hours(cost.hours) / (pool.contract_hours * plan.problem.weeks);
        rows.push(vec![
            pool.id.to_string(),
            plan.solved.schedule.people_of(&pool.id).to_string(),
            format!("{:.1}", cost.hours),
            format!("{fte:.1}"),
            money(cost.total().get()),
        ]);
    }
    rows
}

fn actual_rows(plan: &Plan) -> Vec<Vec<String>> {
    let mut rows = vec![heads(&["queue", "day", "planned", "actual", "error"])];
    let grid = &plan.requirement.grid;
    let zone = plan.scenario.horizon.zone;
    for (queue, need) in plan.queues.iter().zip(&plan.requirement.queues) {
        let Some(actual) = &queue.actual else {
            continue;
        };
        let mut add = |label: String, wanted: &dyn Fn(usize) -> bool| {
            let sum = |values: &[f64]| -> f64 {
                (values.iter().enumerate())
                    .filter(|(t, _)| wanted(*t))
                    .map(|(_, v)| v)
                    .sum()
            };
            let (planned, came) = (sum(&need.volume), sum(actual.values()));
            let error = if came > 0.0 {
                percent(planned / came - 1.0, 1)
            } else {
                "-".to_owned()
            };
            rows.push(vec![
                queue.id.to_string(),
                label,
                format!("{planned:.0}"),
                format!("{came:.0}"),
                error,
            ]);
        };
        for day in grid.local_days(zone) {
            add(day.format("%a %F").to_string(), &|t| {
                zone.local(grid.instant(t)).date() == day
            });
        }
        add("all".to_owned(), &|_| true);
        let off: f64 = need
            .volume
            .iter()
            .zip(actual.values())
            .map(|(p, a)| (p - a).abs())
            .sum();
        if actual.total() > 0.0 {
            let wape = percent(off / actual.total(), 1);
            rows.push(vec![
                queue.id.to_string(),
                "WAPE by interval".to_owned(),
                String::new(),
                String::new(),
                wape,
            ]);
        }
    }
    rows
}

fn missing_rows(plan: &Plan) -> Vec<Vec<String>> {
    let hours = plan.problem.interval_hours();
    let mut rows = vec![heads(&[
        "group",
        "agent-hours",
        "worst interval",
        "agents short",
    ])];
    for (g, group) in plan.problem.groups.iter().enumerate() {
        let own = plan
            .solved
            .schedule
            .shortages
            .iter()
            .filter(|s| s.group == g);
        let total: f64 = own.clone().map(|s| s.agents * hours).sum();
        let worst = own.max_by(|a, b| a.agents.total_cmp(&b.agents));
        if let Some(worst) = worst {
            rows.push(vec![
                group.name.clone(),
                format!("{total:.1}"),
                plan.problem
                    .grid
                    .instant(worst.interval)
                    .format("%a %F %R UTC")
                    .to_string(),
                format!("{:.2}", worst.agents),
            ]);
        }
    }
    rows
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}
