//! Rules that bind, in words: what the rule is, what one unit of it is, and what it costs.

use super::text::{Words, day};
use super::view::View;
use crate::calendar::NaiveDate;
use crate::scheduling::BindingRule;
use crate::workforce::{Commitment, Policy, Pool, PoolKind, Scope};

/// A binding rule as people read it.
#[derive(Debug)]
pub(in crate::reporting) struct Priced {
    /// The rule in words.
    pub(in crate::reporting) rule: String,
    /// What is changed by one.
    pub(in crate::reporting) unit: String,
    /// What that saves.
    pub(in crate::reporting) saves: f64,
}

/// The binding rules of a plan, dearest unit first.
pub(in crate::reporting) fn priced(view: &View<'_>) -> Vec<Priced> {
    let mut found: Vec<Priced> = (view.plan.solved.binding.iter())
        .map(|b| {
            of_pool(view, b)
                .or_else(|| of_policy(view, b))
                .or_else(|| of_promise(view, b))
                .or_else(|| of_law(view, b))
                .or_else(|| of_agents(view, b))
                .unwrap_or_else(|| Priced {
                    rule: b.rule.clone(),
                    unit: "one unit looser".to_owned(),
                    saves: b.price,
                })
        })
        .collect();
    found.retain(|p| p.saves >= 0.005);
    found.sort_by(|a, b| {
        b.saves
            .total_cmp(&a.saves)
            .then_with(|| a.rule.cmp(&b.rule))
    });
    found
}

/// The saving as an amount.
pub(super) fn saving(view: &View<'_>, rule: &Priced) -> String {
    view.words.amount(rule.saves)
}

/// A rule on one pool, perhaps on one of its days.
fn of_pool(view: &View<'_>, binding: &BindingRule) -> Option<Priced> {
    let (kind, rest) = binding.rule.split_once(' ')?;
    let (pool, date) = view.plan.problem.pools.iter().find_map(|pool| {
        let tail = rest.strip_prefix(pool.id.as_str())?;
        let date = tail.strip_prefix(' ').map(str::parse::<NaiveDate>);
        match date {
            None if tail.is_empty() => Some((pool, None)),
            Some(Ok(date)) => Some((pool, Some(date))),
            _ => None,
        }
    })?;
    let on = date.map_or(String::new(), |d| format!(" on {}", day(d)));
    let (rule, unit) = pool_words(view.words, kind, pool, &on)?;
    Some(Priced {
        rule,
        unit: unit.to_owned(),
        saves: binding.price,
    })
}

fn pool_words(
    words: Words<'_>,
    kind: &str,
    pool: &Pool,
    on: &str,
) -> Option<(String, &'static str)> {
    let (id, limits) = (&pool.id, &pool.limits);
    Some(match kind {
        "week_hours_max" => {
            let most = words.short(limits.week_hours_max?);
            (
                format!("at most {most} hours a week in {id}"),
                "one hour more allowed",
            )
        }
        "week_hours_min" => {
            let least = words.short(limits.week_hours_min?);
            (
                format!("at least {least} hours a week in {id}"),
                "one hour less required",
            )
        }
        "shifts_per_day_max" => {
            let most = limits.shifts_per_day_max?;
            (
                format!("at most {most} shifts a day in {id}{on}"),
                "one shift more allowed",
            )
        }
        "shifts_per_day_min" => {
            let least = limits.shifts_per_day_min?;
            (
                format!("at least {least} shifts a day in {id}{on}"),
                "one shift less required",
            )
        }
        "take_or_pay" => match pool.commitment? {
            Commitment::ShiftsPerDay(n) => (
                format!("{n} shifts a day committed to {id}{on}"),
                "one shift less committed",
            ),
            Commitment::HoursPerWeek(n) => (
                format!("{} hours a week committed to {id}", words.short(n)),
                "one hour less committed",
            ),
        },
        _ => return None,
    })
}

/// A company rule on shares of work. Its row counts agent-intervals by which the rule may be
/// missed; a percentage point of the work it looks at is the unit that people think in.
fn of_policy(view: &View<'_>, binding: &BindingRule) -> Option<Priced> {
    let problem = &view.plan.problem;
    for policy in &problem.policies {
        let (kind, tier) = (policy.kind(), policy.tier());
        let labels: Vec<(String, Option<&str>)> = match policy {
            Policy::CsatFloor { .. } => vec![(String::new(), None)],
            Policy::Residency { region, .. } => vec![(format!("{region} "), None)],
            Policy::VendorShare { .. } => (problem.pools.iter())
                .filter(|p| p.kind == PoolKind::Bpo)
                .map(|p| (format!("{} ", p.vendor), Some(p.vendor.as_str())))
                .collect(),
        };
        let languages = (problem.groups.iter())
            .filter(|g| g.skill.tier == *tier)
            .map(|g| Some(&g.skill.language));
        for language in languages.chain([None]) {
            let is_overall = matches!(policy.scope(), Scope::Overall);
            if is_overall != language.is_none() {
                continue;
            }
            let scope = language.map_or("all", |l| l.as_str());
            let Some((_, vendor)) =
                (labels.iter()).find(|(l, _)| binding.rule == format!("{kind} {l}{scope} {tier}"))
            else {
                continue;
            };
            let work = work(
                view,
                policy,
                language.map(crate::workforce::Language::as_str),
            );
            let of = language.map_or(format!("tier {tier}"), |l| format!("{l} in tier {tier}"));
            return Some(Priced {
                rule: policy_words(view.words, policy, *vendor, &of),
                unit: "one percentage point less strict".to_owned(),
                saves: binding.price * work * 0.01,
            });
        }
    }
    None
}

/// A promise over a day or a week. Its row counts contacts answered in time.
fn of_promise(view: &View<'_>, binding: &BindingRule) -> Option<Priced> {
    let rest = binding.rule.strip_prefix("service_level ")?;
    Some(Priced {
        rule: format!("service level of {rest}"),
        unit: format!(
            "one contact less answered in time for {}",
            view.words.amount(binding.price)
        ),
        saves: binding.price,
    })
}

/// A law that refuses shifts. Its price is what the best of them would be worth.
fn of_law(view: &View<'_>, binding: &BindingRule) -> Option<Priced> {
    let (rules, pool) = binding.rule.strip_prefix("law ")?.rsplit_once(", ")?;
    let pools = &view.plan.problem.pools;
    let pool = pools.iter().find(|p| p.id.as_str() == pool)?;
    Some(Priced {
        rule: format!("labour law {rules} in {}", pool.id),
        unit: "one of the refused shifts allowed".to_owned(),
        saves: binding.price,
    })
}

/// What contracts ask of the agents behind the shifts.
fn of_agents(view: &View<'_>, binding: &BindingRule) -> Option<Priced> {
    let rule = binding.rule.as_str();
    let rest = (rule.strip_prefix("headcount ")).or_else(|| rule.strip_prefix("named_agents "))?;
    let pools = view.plan.problem.pools.iter();
    let pool = pools
        .filter(|p| rest.starts_with(p.id.as_str()))
        .max_by_key(|p| p.id.as_str().len())?;
    let about = rest[pool.id.as_str().len()..].trim();
    let unit = if about.contains(" rest from ") {
        "one agent less who rests too shortly"
    } else {
        "one agent looser"
    };
    Some(Priced {
        rule: format!("agents of {}: {about}", pool.id),
        unit: unit.to_owned(),
        saves: binding.price,
    })
}

/// A policy in words, of some work.
pub(in crate::reporting) fn policy_words(
    words: Words<'_>,
    policy: &Policy,
    vendor: Option<&str>,
    of: &str,
) -> String {
    match policy {
        Policy::CsatFloor { floor, .. } => {
            format!(
                "customer satisfaction of {of} at least {}",
                words.percent(floor.get())
            )
        }
        Policy::VendorShare { share, .. } => {
            let who = vendor.map_or("each vendor".to_owned(), |v| format!("vendor {v}"));
            format!(
                "{who} does at most {} of the work of {of}",
                words.percent(share.get())
            )
        }
        Policy::Residency { region, share, .. } => {
            format!(
                "at least {} of the work of {of} stays in {region}",
                words.percent(share.get())
            )
        }
    }
}

/// Work that a policy looks at, in agent-intervals.
fn work(view: &View<'_>, policy: &Policy, language: Option<&str>) -> f64 {
    let problem = &view.plan.problem;
    let work = |a: &crate::scheduling::Assignment| {
        let (pool, group) = (problem.pools.get(a.pool)?, problem.groups.get(a.group)?);
        let of_tier = group.skill.tier == *policy.tier();
        let of_language = language.is_none_or(|l| group.skill.language.as_str() == l);
        let seen = !matches!(policy, Policy::CsatFloor { .. }) || pool.csat.is_some();
        (of_tier && of_language && seen).then_some(a.agents * pool.efficiency())
    };
    view.plan
        .solved
        .schedule
        .assignments
        .iter()
        .filter_map(work)
        .sum()
}
