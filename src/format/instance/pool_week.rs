//! `ccpool-1`: pools over sites and clocks, languages, seats and contract minima.

use super::super::json::Plain;
use super::super::report::instead;
use super::axis::{Axis, starts};
use super::kinds::Kinds;
use super::reader::{LARGEST, MOST_AGENTS, Reader, distinct};
use crate::scheduling::week::{Week, WeekLanguage, WeekPool, WeekSite};
use crate::units::whole;
use crate::workforce::FaultCode;

/// Reads the week; sites come in the order in which pools name them.
pub(super) fn read(r: &Reader<'_>) -> Option<Week> {
    let name = r.text("name");
    let axis = Axis::read(r);
    let names = r.names("languages");
    let languages = languages(r, names.as_deref(), axis);
    let kinds = Kinds::read(r, axis, false);
    let (pools, site_names) = pools(r, names.as_deref(), axis, kinds.names.len());
    let understaffing = r.money("under_penalty_per_slot");
    let seats = by_site(r, "site_max_seats", &site_names);
    let minima = by_site(r, "site_min_paid_slots_week", &site_names);
    let sites = sites(&site_names, &seats?, &minima?);
    Some(Week {
        name: name?.to_owned(),
        interval_minutes: axis.interval_minutes?,
        intervals: axis.intervals?,
        intervals_per_day: axis.per_day?,
        languages: languages?,
        shift_types: kinds.read?.into_iter().map(|kind| kind.shift).collect(),
        pools: pools?,
        sites,
        share_caps: Vec::new(),
        understaffing: Some(understaffing?),
        kept: None,
    })
}

fn languages(r: &Reader<'_>, names: Option<&[&str]>, axis: Axis) -> Option<Vec<WeekLanguage>> {
    let required = r.within("required")?;
    for key in required.keys() {
        let is_unknown = names.is_some_and(|names| !names.contains(&key));
        if is_unknown {
            let what = format!("there is no language `{key}`");
            let action = instead("language", key, names.unwrap_or_default().iter().copied());
            required.fault(key, FaultCode::UnknownReference, what, action);
        }
    }
    let listed: Vec<&str> = names.map_or_else(|| required.keys().collect(), <[_]>::to_vec);
    let read: Vec<WeekLanguage> = (listed.iter())
        .filter_map(|id| {
            Some(WeekLanguage {
                id: (*id).to_owned(),
                required: required.series(id, MOST_AGENTS, axis.intervals)?,
            })
        })
        .collect();
    (read.len() == listed.len()).then_some(read)
}

/// The pools, and the names of their sites without doubles.
fn pools<'a>(
    r: &Reader<'a>,
    languages: Option<&[&str]>,
    axis: Axis,
    kinds: usize,
) -> (Option<Vec<WeekPool>>, Vec<&'a str>) {
    let mut names = Vec::new();
    let mut sites: Vec<&str> = Vec::new();
    let read = r.each("pools", |r| {
        let id = r.text("id");
        names.push(id);
        let site = r.text("site").map(|name| {
            sites.iter().position(|s| *s == name).unwrap_or_else(|| {
                sites.push(name);
                sites.len() - 1
            })
        });
        let offset = offset(r, axis);
        let spoken = spoken(r, languages);
        let wages = r.series("slot_wage", LARGEST, axis.intervals);
        let base_wage = r.money("base_slot_wage");
        let fixed_cost = r.money("fixed_cost_per_shift");
        let shifts_per_day = r.whole("max_shifts_per_day", 0..=LARGEST);
        let keys = ["start_from_local", "start_to_local", "start_step"];
        let starts = starts(r, keys, axis.per_day);
        Some(WeekPool {
            id: id?.to_owned(),
            site: site?,
            languages: spoken?,
            wages: wages?.into_iter().map(i64::from).collect(),
            base_wage: base_wage?,
            fixed_cost: fixed_cost?,
            offset: offset?,
            starts: vec![Some(starts?); kinds],
            shifts_per_day: Some(shifts_per_day?),
        })
    });
    let path = |i: usize| format!("{}[{i}].id", r.path_of("pools"));
    distinct(&names, path, r.report());
    (read, sites)
}

/// The pool's clock, in intervals ahead of the axis.
fn offset(r: &Reader<'_>, axis: Axis) -> Option<i64> {
    let key = "utc_offset_hours";
    let hours = r.number(key)?;
    if hours.abs() > 24.0 {
        let what = format!("{} hours are more than a day", Plain(hours));
        let action = "give the local time minus UTC in hours, such as 2";
        r.fault(key, FaultCode::OutOfRange, what, action);
        return None;
    }
    let minutes = axis.interval_minutes?;
    let ahead = hours * 60.0 / f64::from(minutes);
    if ahead.fract() != 0.0 {
        let what = format!(
            "{} hours are no whole number of slots of {minutes} minutes",
            Plain(hours)
        );
        let action = "give a multiple of the slot, or use shorter slots";
        r.fault(key, FaultCode::Misaligned, what, action);
        return None;
    }
    let size = i64::from(whole::round(ahead.abs()));
    Some(if ahead < 0.0 { -size } else { size })
}

/// Positions of the languages of a pool.
fn spoken(r: &Reader<'_>, languages: Option<&[&str]>) -> Option<Vec<usize>> {
    let names = r.names("languages")?;
    let languages = languages?;
    let mut read = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let position = languages.iter().position(|l| l == name);
        if position.is_none() {
            let what = format!("there is no language `{name}`");
            let action = instead("language", name, languages.iter().copied());
            let key = format!("languages[{i}]");
            r.fault(&key, FaultCode::UnknownReference, what, action);
        }
        read.extend(position);
    }
    read.sort_unstable();
    (read.len() == names.len()).then_some(read)
}

/// Numbers given by name of site: position and number.
fn by_site(r: &Reader<'_>, key: &str, sites: &[&str]) -> Option<Vec<(usize, u32)>> {
    let table = r.within(key)?;
    let mut read = Vec::new();
    let mut count = 0;
    for name in table.keys() {
        count += 1;
        let site = sites.iter().position(|s| *s == name);
        if site.is_none() {
            let what = format!("no pool is at site `{name}`");
            let action = instead("site", name, sites.iter().copied());
            table.fault(name, FaultCode::UnknownReference, what, action);
        }
        let number = table.whole(name, 0..=LARGEST);
        read.extend(site.zip(number));
    }
    (read.len() == count).then_some(read)
}

fn sites(names: &[&str], seats: &[(usize, u32)], minima: &[(usize, u32)]) -> Vec<WeekSite> {
    let find = |list: &[(usize, u32)], site: usize| {
        let found = list.iter().find(|(s, _)| *s == site);
        found.map(|(_, number)| *number)
    };
    (names.iter().enumerate())
        .map(|(i, id)| WeekSite {
            id: (*id).to_owned(),
            seats: find(seats, i),
            paid_minimum: u64::from(find(minima, i).unwrap_or(0)),
        })
        .collect()
}
