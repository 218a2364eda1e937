//! `[[pools]]`: who answers, at what price, within which limits.

use std::collections::BTreeMap;

use super::calendars::Calendars;
use super::contracts;
use super::hours::{spans, weekdays};
use super::law;
use super::reader::Reader;
use super::report::instead;
use super::value::{NotNegative, Positive};
use super::{shifts, staff};
use crate::calendar::{NaiveDate, Zone};
use crate::units::{Money, Shrinkage};
use crate::workforce::{
    Commitment, FaultCode, Language, Limits, Pool, PoolKind, Premium, Price, SiteId, Skill,
};

const KINDS: [(&str, PoolKind); 2] = [
    (PoolKind::InHouse.word(), PoolKind::InHouse),
    (PoolKind::Bpo.word(), PoolKind::Bpo),
];

/// All pools in the order of the file; their laws are those of a day.
pub(super) fn read(
    root: &mut Reader<'_>,
    calendars: &Calendars,
    day: Option<NaiveDate>,
    source: &mut staff::Source<'_>,
) -> Vec<Pool> {
    root.each("pools", |reader| {
        let id = reader.need::<String>("id");
        let kind = reader.need_choice("kind", &KINDS);
        let site = reader.get::<String>("site");
        let vendor = reader.get::<String>("vendor");
        let region = reader.get::<String>("region");
        let zone = reader.need::<Zone>("timezone");
        let skills: Vec<Skill> = reader
            .each("skills", skills)
            .into_iter()
            .flatten()
            .collect();
        let price = reader.need_within("price", |r| price(r, &skills)).flatten();
        let shrinkage = reader.within("shrinkage", |r| {
            [r.get::<Shrinkage>("out"), r.get::<Shrinkage>("in")]
        });
        let contract_hours = reader.get::<Positive>("contract_hours");
        let law = reader
            .within("law", |r| law::read(r, day, source.origins))
            .flatten();
        let contracts = reader.each("contracts", contracts::read);
        let people = staff::keys(reader);
        let aht_factor = reader.get::<Positive>("aht_factor");
        let csat = reader.get("csat");
        let limits = reader.within("limits", limits);
        let commitment = reader.within("commitment", commitment).flatten();
        let shifts = shifts::read(reader);
        let holidays = calendars.chosen(reader);
        let mut pool = Pool::new(id?, kind?, zone?, skills, price?);
        pool.site = site.map_or(pool.site, SiteId::from);
        pool.vendor = vendor.unwrap_or_else(|| pool.site.to_string());
        pool.region = region.unwrap_or_default();
        let [out, inside] = shrinkage.unwrap_or_default();
        pool.shrinkage_out = out.unwrap_or_default();
        pool.shrinkage_in = inside.unwrap_or_default();
        pool.contract_hours = contract_hours.map_or(pool.contract_hours, |h| h.0);
        pool.law = law;
        pool.contracts = contracts;
        pool.aht_factor = aht_factor.map_or(pool.aht_factor, |f| f.0);
        pool.csat = csat;
        pool.limits = limits.unwrap_or_default();
        pool.commitment = commitment;
        pool.shifts = shifts;
        pool.holidays = holidays.unwrap_or_default();
        pool.staff = staff::read(reader, &people, &pool, source);
        Some(pool)
    })
}

fn skills(reader: &mut Reader<'_>) -> Option<Vec<Skill>> {
    let tier = reader.need::<String>("tier");
    let languages = reader.need::<Vec<String>>("languages");
    let (tier, languages) = (tier?, languages?);
    let skill = |language| Skill::new(tier.as_str(), Language::from(language));
    Some(languages.into_iter().map(skill).collect())
}

fn price(reader: &mut Reader<'_>, skills: &[Skill]) -> Option<Price> {
    let per_hour = reader.need::<Money>("per_hour");
    let by_language: BTreeMap<String, Money> = reader.get("by_language").unwrap_or_default();
    for language in by_language.keys() {
        let mut known = skills.iter().map(|s| s.language.as_str());
        if known.clone().any(|l| l == language) || reader.report().is_incomplete() {
            continue;
        }
        reader.fault(
            &format!("by_language.{language}"),
            FaultCode::UnknownReference,
            format!("a price for `{language}`, which the pool does not serve"),
            instead("language", language, &mut known),
        );
    }
    let premiums = reader.each("premiums", premium);
    let base_pay = reader.get("base_pay_per_hour");
    let mut price = Price::flat(per_hour?);
    price.by_language = (by_language.into_iter())
        .map(|(language, money)| (Language::from(language), money))
        .collect();
    price.premiums = premiums;
    price.base_pay = base_pay;
    Some(price)
}

fn premium(reader: &mut Reader<'_>) -> Option<Premium> {
    let name = reader.need("name");
    let on_special_days = reader.get("on_special_days").unwrap_or(false);
    if on_special_days && reader.has("days") {
        reader.fault(
            "days",
            FaultCode::ImpossibleLimits,
            "the premium is for special days, whatever their weekday",
            "remove `days`, or write a second premium for weekdays",
        );
    }
    let weekdays = weekdays(reader);
    let spans = spans(reader);
    let share = reader.need::<NotNegative>("share");
    Some(Premium {
        name: name?,
        weekdays,
        spans: spans?,
        on_special_days,
        share: share?.0,
    })
}

fn limits(reader: &mut Reader<'_>) -> Limits {
    Limits {
        shifts_per_day_min: reader.get("shifts_per_day_min"),
        shifts_per_day_max: reader.get("shifts_per_day_max"),
        week_hours_min: reader.get::<NotNegative>("week_hours_min").map(|h| h.0),
        week_hours_max: reader.get::<NotNegative>("week_hours_max").map(|h| h.0),
    }
}

fn commitment(reader: &mut Reader<'_>) -> Option<Commitment> {
    let given = reader.one_of(["shifts_per_day", "hours_per_week"]);
    let shifts = reader
        .get::<u32>("shifts_per_day")
        .map(Commitment::ShiftsPerDay);
    let hours = reader.get::<NotNegative>("hours_per_week");
    if given[0] == given[1] {
        let (code, what) = if given[0] {
            (
                FaultCode::Duplicate,
                "a commitment is in shifts or in hours, not in both",
            )
        } else {
            (FaultCode::MissingKey, "a commitment to nothing")
        };
        let action = "give either `shifts_per_day` or `hours_per_week`";
        reader.report().at(reader.path(), code, what, action);
    }
    shifts.or(hours.map(|h| Commitment::HoursPerWeek(h.0)))
}
