//! Faults of a scenario as a whole, whatever it was built from.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::scenario::{Scenario, Source};
use super::{contracts, holidays, staff};
use crate::calendar::{NaiveTime, OpeningHours, WEEK};
use crate::units::Probability;
use crate::workforce::{
    Fault, FaultCode, Limits, Policy, Pool, PromiseScope, Queue, Scope, ShiftType,
};

/// Everything that is wrong, in the order of the scenario.
pub(super) fn faults(scenario: &Scenario) -> Vec<Fault> {
    let mut found = Vec::new();
    horizon(scenario, &mut found);
    markets(scenario, &mut found);
    for (i, queue) in scenario.queues.iter().enumerate() {
        check_queue(scenario, &format!("queues[{i}]"), queue, &mut found);
    }
    duplicates("queues", scenario.queues.iter().map(|q| &q.id), &mut found);
    for (i, pool) in scenario.pools.iter().enumerate() {
        check_pool(scenario, &format!("pools[{i}]"), pool, &mut found);
    }
    duplicates("pools", scenario.pools.iter().map(|p| &p.id), &mut found);
    streams(scenario, &mut found);
    for (i, policy) in scenario.policies.iter().enumerate() {
        check_policy(scenario, &format!("policies[{i}]"), policy, &mut found);
    }
    rules(scenario, &mut found);
    found
}

fn horizon(scenario: &Scenario, found: &mut Vec<Fault>) {
    if let Err(e) = scenario.horizon.grid() {
        found.push(Fault::at(
            "horizon",
            FaultCode::OutOfRange,
            e.to_string(),
            "give at least one day, at most some years",
        ));
        return;
    }
    let minutes = i32::try_from(scenario.horizon.interval.minutes()).unwrap_or(60);
    let zones =
        (scenario.markets.iter().map(|m| m.zone)).chain(scenario.pools.iter().map(|p| p.zone));
    let zones: BTreeSet<_> = zones.map(|z| (z.name(), z)).map(|(n, _)| n).collect();
    let Ok(grid) = scenario.horizon.grid() else {
        return;
    };
    for name in zones {
        let Ok(zone) = name.parse::<crate::calendar::Zone>() else {
            continue;
        };
        if zone.offset_minutes(grid.start()) % minutes != 0 {
            found.push(Fault::at(
                "horizon.interval_minutes",
                FaultCode::Misaligned,
                format!("intervals of {minutes} minutes do not begin on the hour in {name}"),
                "use 30 or 15 minutes",
            ));
        }
    }
}

fn markets(scenario: &Scenario, found: &mut Vec<Fault>) {
    duplicates("markets", scenario.markets.iter().map(|m| &m.id), found);
    for (i, market) in scenario.markets.iter().enumerate() {
        for (j, day) in market.special_days.iter().enumerate() {
            positive(
                format!("markets[{i}].special_days[{j}].volume_factor"),
                day.volume_factor,
                found,
            );
        }
        let minutes = scenario.horizon.interval.minutes();
        let spans = |hours: &OpeningHours| {
            WEEK.into_iter()
                .flat_map(|d| hours.spans(d).to_vec())
                .collect::<Vec<_>>()
        };
        for (channel, hours) in &market.opening {
            let off = spans(hours).into_iter().find(|s| {
                !s.from_minute().is_multiple_of(minutes) || !s.to_minute().is_multiple_of(minutes)
            });
            if let Some(span) = off {
                found.push(Fault::at(
                    format!("markets[{i}].opening"),
                    FaultCode::Misaligned,
                    format!("{channel} of `{}` is open {span}, which does not begin and end with an interval of {minutes} minutes", market.id),
                    "change the hours or `horizon.interval_minutes`",
                ));
            }
        }
        let path = format!("markets[{i}].holiday_rules");
        holidays::check_rules(scenario, &path, &market.holiday_rules, found);
        let days = market.special_days.iter().map(|d| d.date);
        duplicates(&format!("markets[{i}].special_days"), days, found);
    }
    if scenario.markets.is_empty() {
        found.push(Fault::at(
            "markets",
            FaultCode::MissingKey,
            "there is no market",
            "name the market that contacts come from",
        ));
    }
}

fn check_queue(scenario: &Scenario, path: &str, queue: &Queue, found: &mut Vec<Fault>) {
    let rules = format!("{path}.holiday_rules");
    holidays::check_rules(scenario, &rules, &queue.holiday_rules, found);
    if queue.target.share() >= Probability::ONE && queue.target.is_live() {
        found.push(Fault::at(
            format!("{path}.target.share"),
            FaultCode::UnreachableTarget,
            format!("queue `{}` promises to answer every contact in time, which no finite staffing does", queue.id),
            "ask for less than 1, for example 0.95",
        ));
    }
    if queue.target.is_live() != queue.channel.is_live() {
        found.push(Fault::at(
            format!("{path}.target"),
            FaultCode::WrongType,
            format!("queue `{}` is {} but its target is {}", queue.id, queue.channel, queue.target),
            "give `answer_within_seconds` for phone and chat, `done_within_open_hours` for the rest",
        ));
    }
    if queue.target.is_live() {
        let path = format!("{path}.target");
        check_scope(&path, queue.scope, queue.target.share(), found);
    } else if queue.scope != PromiseScope::Interval {
        found.push(Fault::at(
            format!("{path}.target.scope"),
            FaultCode::WrongType,
            format!(
                "queue `{}` is {} and has no service level of a {}",
                queue.id,
                queue.channel,
                queue.scope.word()
            ),
            "remove the scope: deferred work has a deadline for each contact",
        ));
    }
    if queue.occupancy_cap <= Probability::ZERO {
        found.push(Fault::at(
            format!("{path}.occupancy_cap"),
            FaultCode::OutOfRange,
            "the occupancy cap is 0, so no contact is ever handled",
            "give a cap such as 0.85",
        ));
    }
    if queue.patience.is_some() && !queue.target.is_live() {
        found.push(Fault::at(
            format!("{path}.patience_seconds"),
            FaultCode::ImpossibleLimits,
            format!(
                "nobody waits in queue `{}`, whose work is deferred",
                queue.id
            ),
            "remove the patience",
        ));
    }
    positive(format!("{path}.concurrency"), queue.concurrency, found);
    if queue.concurrency < 1.0 {
        found.push(Fault::at(
            format!("{path}.concurrency"),
            FaultCode::OutOfRange,
            format!("{} contacts at once", queue.concurrency),
            "give 1 or more",
        ));
    }
    if let Some(market) = queue
        .market
        .as_ref()
        .filter(|m| scenario.market(m).is_none())
    {
        found.push(unknown(
            format!("{path}.market"),
            "market",
            market,
            scenario.markets.iter().map(|m| &m.id),
        ));
    }
    if !scenario.pools.iter().any(|p| p.serves(&queue.skill)) {
        found.push(Fault::at(
            path,
            FaultCode::UnservedQueue,
            format!(
                "no pool serves {} in {}, which queue `{}` needs",
                queue.skill.tier, queue.skill.language, queue.id
            ),
            "add the language and tier to the skills of a pool, or remove the queue",
        ));
    }
}

/// A floor is part of a promise, so it does not ask for more.
fn check_scope(path: &str, scope: PromiseScope, share: Probability, found: &mut Vec<Fault>) {
    if let Some(floor) = scope.floor().filter(|&floor| floor > share) {
        found.push(Fault::at(
            format!("{path}.floor"),
            FaultCode::ImpossibleLimits,
            format!(
                "every interval is to keep {floor}, more than the {share} promised for the {}",
                scope.word()
            ),
            "lower `floor` to at most `share`",
        ));
    }
}

fn check_pool(scenario: &Scenario, path: &str, pool: &Pool, found: &mut Vec<Fault>) {
    if pool.shifts.is_empty() {
        found.push(Fault::at(
            format!("{path}.shifts"),
            FaultCode::PoolWithoutShifts,
            format!("pool `{}` offers no shift", pool.id),
            "give it at least one shift with a length and a start window",
        ));
    }
    if pool.skills.is_empty() {
        found.push(Fault::at(
            format!("{path}.skills"),
            FaultCode::MissingKey,
            format!("pool `{}` serves nothing", pool.id),
            "give it a tier and a language",
        ));
    }
    contracts::faults(path, pool, scenario.horizon.first, found);
    staff::faults(path, pool, scenario, found);
    positive(format!("{path}.aht_factor"), pool.aht_factor, found);
    if pool.aht_factor == 0.0 {
        found.push(Fault::at(
            format!("{path}.aht_factor"),
            FaultCode::OutOfRange,
            "a factor of 0",
            "give a factor above 0, 1 for the queue's own handling time",
        ));
    }
    let prices = pool
        .price
        .by_language
        .values()
        .chain([&pool.price.per_hour]);
    if prices.clone().any(|p| p.get() < 0.0) {
        found.push(Fault::at(
            format!("{path}.price"),
            FaultCode::OutOfRange,
            "a price below zero",
            "give what an hour on the queue costs",
        ));
    }
    if prices.clone().any(|p| *p < pool.price.per_hour) {
        found.push(Fault::at(
            format!("{path}.price.by_language"),
            FaultCode::OutOfRange,
            format!("pool `{}` has a language cheaper than `per_hour`", pool.id),
            "let `per_hour` be the lowest price; languages may only cost more",
        ));
    }
    for (j, shift) in pool.shifts.iter().enumerate() {
        check_shift(scenario, &format!("{path}.shifts[{j}]"), shift, found);
    }
    duplicates(
        &format!("{path}.shifts"),
        pool.shifts.iter().map(|s| &s.id),
        found,
    );
    check_limits(&format!("{path}.limits"), &pool.limits, found);
}

fn check_limits(path: &str, limits: &Limits, found: &mut Vec<Fault>) {
    let mut contradiction = |key: &str, min: f64, max: f64| {
        if min > max {
            found.push(Fault::at(
                format!("{path}.{key}"),
                FaultCode::ImpossibleLimits,
                format!("the minimum {min} is above the maximum {max}"),
                "raise the maximum or lower the minimum",
            ));
        }
    };
    if let (Some(min), Some(max)) = (limits.shifts_per_day_min, limits.shifts_per_day_max) {
        contradiction("shifts_per_day_min", f64::from(min), f64::from(max));
    }
    if let (Some(min), Some(max)) = (limits.week_hours_min, limits.week_hours_max) {
        contradiction("week_hours_min", min, max);
    }
    for (key, hours) in [
        ("week_hours_min", limits.week_hours_min),
        ("week_hours_max", limits.week_hours_max),
    ] {
        positive(format!("{path}.{key}"), hours.unwrap_or(0.0), found);
    }
}

fn check_shift(scenario: &Scenario, path: &str, shift: &ShiftType, found: &mut Vec<Fault>) {
    let interval = scenario.interval().as_secs().max(1);
    let step = scenario.interval();
    let mut aligned = |key: &str, seconds: u64, may_be_zero: bool| {
        if !seconds.is_multiple_of(interval) || (seconds == 0 && !may_be_zero) {
            found.push(Fault::at(
                format!("{path}.{key}"),
                FaultCode::Misaligned,
                format!(
                    "{} minutes is not a whole number of intervals of {} minutes",
                    seconds / 60,
                    step.as_secs() / 60
                ),
                "change the shift or `horizon.interval_minutes`",
            ));
        }
    };
    aligned("length_minutes", shift.length.as_secs(), false);
    aligned("every_minutes", shift.starts.every.as_secs(), false);
    let since_midnight = shift.starts.from - NaiveTime::MIN;
    aligned(
        "start_from",
        since_midnight.num_seconds().unsigned_abs(),
        true,
    );
    for (k, pause) in shift.breaks.iter().enumerate() {
        let key = |name: &str| format!("breaks[{k}].{name}_minutes");
        aligned(&key("length"), pause.length.as_secs(), false);
        aligned(&key("earliest"), pause.earliest.as_secs(), true);
        aligned(&key("latest"), pause.latest.as_secs(), true);
    }
    if shift.length.as_secs() > 24 * 3600 {
        found.push(Fault::at(
            format!("{path}.length_minutes"),
            FaultCode::OutOfRange,
            "a shift of more than a day",
            "give at most 1440 minutes",
        ));
    }
    if shift.starts.from > shift.starts.to || shift.starts.weekdays.is_empty() {
        found.push(Fault::at(
            format!("{path}.start_from"),
            FaultCode::ImpossibleLimits,
            "the start window is empty: it ends before it begins, or has no weekday",
            "let `start_to` be at or after `start_from`",
        ));
    }
    let mut free_from = std::time::Duration::ZERO;
    for (k, pause) in shift.breaks.iter().enumerate() {
        if pause.earliest > pause.latest
            || pause.latest + pause.length > shift.length
            || pause.earliest < free_from
        {
            found.push(Fault::at(
                format!("{path}.breaks[{k}]"),
                FaultCode::BreakDoesNotFit,
                format!(
                    "break `{}` leaves the shift or overlaps the one before it",
                    pause.id
                ),
                "move its window so that breaks follow one another inside the shift",
            ));
        }
        free_from = pause.latest + pause.length;
    }
}

fn streams(scenario: &Scenario, found: &mut Vec<Fault>) {
    for (i, stream) in scenario.streams.iter().enumerate() {
        let path = format!("streams[{i}]");
        if scenario.market(&stream.market).is_none() {
            found.push(unknown(
                format!("{path}.market"),
                "market",
                &stream.market,
                scenario.markets.iter().map(|m| &m.id),
            ));
        } else if scenario
            .queue_of(&stream.market, &stream.skill, stream.channel)
            .is_none()
        {
            found.push(Fault::at(
                path.clone(),
                FaultCode::UnknownReference,
                format!(
                    "contacts of {} by {} from {} have no queue",
                    stream.skill, stream.channel, stream.market
                ),
                "define a queue with this tier, language and channel",
            ));
        }
        if let Source::Given(given) = &stream.source
            && scenario
                .horizon
                .grid()
                .is_ok_and(|grid| *given.volume.grid() != grid)
        {
            found.push(Fault::at(
                path.clone(),
                FaultCode::WrongLength,
                "the contacts are given for other intervals than those of the horizon",
                "give one value for each interval of the horizon",
            ));
        }
        positive(format!("{path}.volume_factor"), stream.volume_factor, found);
        positive(format!("{path}.aht_factor"), stream.aht_factor, found);
    }
    for (i, queue) in scenario.queues.iter().enumerate() {
        let fed = scenario
            .streams
            .iter()
            .any(|s| scenario.queue_of(&s.market, &s.skill, s.channel) == Some(i));
        let escalated = scenario
            .escalations
            .iter()
            .any(|e| e.to == queue.skill.tier && e.channel == queue.channel);
        if !fed && !escalated {
            found.push(Fault::at(
                format!("queues[{i}]"),
                FaultCode::NoDemand,
                format!("queue `{}` has no source of contacts", queue.id),
                "give history or a volume for it, or remove the queue; zero contacts are given as 0",
            ));
        }
        if escalated && queue.aht.is_none() {
            found.push(Fault::at(
                format!("queues[{i}].aht_seconds"),
                FaultCode::MissingKey,
                format!(
                    "queue `{}` receives escalations but has no handling time",
                    queue.id
                ),
                "give `aht_seconds`",
            ));
        }
    }
}

fn check_policy(scenario: &Scenario, path: &str, policy: &Policy, found: &mut Vec<Fault>) {
    let skills = || scenario.queues.iter().map(|q| &q.skill);
    if !skills().any(|s| s.tier == *policy.tier()) {
        found.push(unknown(
            format!("{path}.tier"),
            "tier",
            policy.tier(),
            skills().map(|s| &s.tier),
        ));
    }
    if let Scope::Languages(languages) = policy.scope() {
        for language in languages {
            if !skills().any(|s| s.language == *language) {
                found.push(unknown(
                    format!("{path}.languages"),
                    "language",
                    language,
                    skills().map(|s| &s.language),
                ));
            }
        }
    }
    if let Policy::Residency { region, .. } = policy
        && !scenario.pools.iter().any(|p| p.region == *region)
    {
        found.push(unknown(
            format!("{path}.region"),
            "region",
            region,
            scenario.pools.iter().map(|p| &p.region),
        ));
    }
}

fn rules(scenario: &Scenario, found: &mut Vec<Fault>) {
    positive(
        "penalties.understaffing_per_hour".to_owned(),
        scenario.understaffing_per_hour.get(),
        found,
    );
    if let Some(kept) = &scenario.kept {
        let price = kept.price_per_change.get();
        positive("keep.price_per_change".to_owned(), price, found);
    }
    positive(
        "staffing.allowance".to_owned(),
        scenario.staffing.allowance,
        found,
    );
    let staffing = &scenario.staffing;
    check_scope(
        "staffing.blended_target",
        staffing.blended_scope,
        staffing.blended_share,
        found,
    );
    for (i, escalation) in scenario.escalations.iter().enumerate() {
        positive(format!("escalations[{i}].share"), escalation.share, found);
        if escalation.from == escalation.to {
            found.push(Fault::at(
                format!("escalations[{i}].to"),
                FaultCode::ImpossibleLimits,
                "a tier escalates to itself",
                "name the tier that receives",
            ));
        }
    }
}

fn positive(path: String, value: f64, found: &mut Vec<Fault>) {
    if !(value.is_finite() && value >= 0.0) {
        found.push(Fault::at(
            path,
            FaultCode::OutOfRange,
            format!("{value} is negative or no number"),
            "give a finite number that is not negative",
        ));
    }
}

fn duplicates<T: Ord + Display>(
    path: &str,
    names: impl Iterator<Item = T>,
    found: &mut Vec<Fault>,
) {
    let mut seen = BTreeSet::new();
    for name in names {
        let text = name.to_string();
        if !seen.insert(name) {
            found.push(Fault::at(
                path,
                FaultCode::Duplicate,
                format!("`{text}` is given twice"),
                "remove or rename one of them",
            ));
        }
    }
}

/// A name that is not defined, with the most similar one that is.
fn unknown<'a, T: Display + 'a>(
    path: String,
    noun: &str,
    name: &dyn Display,
    known: impl Iterator<Item = &'a T>,
) -> Fault {
    let name = name.to_string();
    let known: BTreeSet<String> = known.map(ToString::to_string).collect();
    let nearest = (known.iter())
        .max_by(|a, b| strsim::jaro_winkler(a, &name).total_cmp(&strsim::jaro_winkler(b, &name)));
    let action = nearest.map_or_else(
        || format!("define the {noun} first"),
        |n| format!("define it, or use a known {noun} (the nearest is `{n}`)"),
    );
    Fault::at(
        path,
        FaultCode::UnknownReference,
        format!("unknown {noun} `{name}`"),
        action,
    )
}
