//! The packs, one country a file. Each file lists its versions, the oldest first.

mod costa_rica;
mod european_union;
mod france;
mod germany;
mod ireland;
mod italy;
mod netherlands;
mod philippines;
mod poland;
mod portugal;
mod spain;
mod united_kingdom;
mod united_states;

use std::time::Duration;

use super::{LabourLaw, LawError, NightBand, NightWorker};
use crate::calendar::{NaiveDate, NaiveTime};

/// A pack: its name and how it is made.
type Pack = (&'static str, fn() -> LabourLaw);

/// Every pack. Versions of one law have one name and dates that do not overlap.
const PACKS: &[Pack] = &[
    ("EU", european_union::law),
    ("ES", spain::law),
    ("ES-contact-centre", spain::contact_centre),
    ("FR", france::law),
    ("DE", germany::law),
    ("IT", italy::law),
    ("PT", portugal::law),
    ("PL", poland::law),
    ("IE", ireland::law),
    ("NL", netherlands::law),
    ("GB", united_kingdom::law),
    ("US-WA", united_states::washington),
    ("US-TX", united_states::texas),
    ("CR", costa_rica::law),
    ("PH", philippines::law),
];

impl LabourLaw {
    /// The ready law of that name on a date.
    ///
    /// # Errors
    /// [`LawError::Unknown`] when there is none of that name, with the nearest name, and
    /// [`LawError::NotValid`] when it does not hold on the date.
    pub fn pack(id: &str, date: NaiveDate) -> Result<Self, LawError> {
        let versions = versions(id);
        if let Some(law) = versions.iter().find(|law| law.holds_on(date)) {
            return Ok(law.clone());
        }
        let Some(law) = versions.last() else {
            return Err(LawError::Unknown {
                id: id.to_owned(),
                nearest: nearest(id).to_owned(),
            });
        };
        let from = versions.iter().map(|v| v.valid_from).min();
        let from = from.unwrap_or(law.valid_from);
        let span = law.valid_until.map_or_else(
            || format!("from {from} on"),
            |last| format!("from {from} to {last}"),
        );
        Err(LawError::NotValid {
            id: law.id.clone(),
            date,
            span,
        })
    }

    /// The last version of the ready law of that name, whenever it holds: for agreements that go on
    /// after their end.
    ///
    /// # Errors
    /// [`LawError::Unknown`] when there is none of that name, with the nearest name.
    pub fn latest(id: &str) -> Result<Self, LawError> {
        versions(id).pop().ok_or_else(|| LawError::Unknown {
            id: id.to_owned(),
            nearest: nearest(id).to_owned(),
        })
    }

    /// The names of the ready laws.
    pub fn ids() -> Vec<&'static str> {
        let mut names: Vec<&str> = PACKS.iter().map(|(name, _)| *name).collect();
        names.dedup();
        names
    }
}

/// The versions of a law, the oldest first.
fn versions(id: &str) -> Vec<LabourLaw> {
    PACKS
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case(id))
        .map(|(_, make)| make())
        .collect()
}

/// The name that comes closest.
fn nearest(wanted: &str) -> &'static str {
    let wanted: String = wanted.to_lowercase().chars().take(64).collect();
    let names = PACKS.iter().map(|(name, _)| *name);
    names
        .min_by_key(|name| strsim::levenshtein(&wanted, &name.to_lowercase()))
        .unwrap_or_default()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()
}

fn night(from: u32, to: u32, shift_hours: f64) -> NightBand {
    NightBand {
        from: clock(from),
        to: clock(to),
        shift_hours,
    }
}

/// Those who work at night most of the time keep eight hours a day on average over some weeks.
fn eight_hours_over(weeks: u32) -> NightWorker {
    NightWorker {
        share: 0.5,
        shift_hours: None,
        averages: vec![super::AverageHours::over(48.0, weeks)],
    }
}

const fn hours(count: u64) -> Duration {
    Duration::from_secs(count * 3600)
}

fn texts<const N: usize>(of: [&str; N]) -> Vec<String> {
    of.map(str::to_owned).to_vec()
}
