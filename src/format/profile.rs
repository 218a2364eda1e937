//! `[profile]`: contacts from monthly volumes, spread over the week by weights.

use super::reader::Reader;
use super::report::instead;
use super::value::{NotNegative, Positive};
use super::words::Month;
use crate::calendar::{Datelike, NaiveDate};
use crate::planning::Horizon;
use crate::workforce::{Channel, FaultCode, Market, MarketId, Tier};

/// How monthly volumes become weeks.
pub(super) struct Profile {
    pub(super) volumes: String,
    pub(super) tier: Tier,
    base_year: u32,
    growth: f64,
    months: [f64; 12],
    pub(super) weekdays: [f64; 7],
    deflection: Option<Deflection>,
    shapes: Vec<Shape>,
}

/// Contacts that a programme takes away, more each month.
struct Deflection {
    channels: Vec<Channel>,
    per_month: f64,
    since: NaiveDate,
    at_most: f64,
}

/// Weights of the hours of the day, for some markets and channels or for all.
struct Shape {
    markets: Option<Vec<String>>,
    channels: Option<Vec<Channel>>,
    hours: [f64; 24],
}

/// The keys of `[profile]`; `None` when something that is needed is missing.
pub(super) fn read(reader: &mut Reader<'_>, markets: &[Market]) -> Option<Profile> {
    let volumes = reader.need::<String>("volumes");
    let tier = reader.need::<String>("tier");
    let base_year = reader.need::<u32>("base_year");
    let growth = reader.get::<Positive>("growth_per_year");
    let months = reader.get::<[NotNegative; 12]>("month_factors");
    let weekdays = reader.need::<[NotNegative; 7]>("weekday_weights");
    let deflection = reader.within("deflection", deflection).flatten();
    let shapes = reader.each("shapes", |r| shape(r, markets));
    Some(Profile {
        volumes: volumes?,
        tier: Tier::from(tier?),
        base_year: base_year?,
        growth: growth.map_or(1.0, |g| g.0),
        months: months.map_or([1.0; 12], |all| all.map(|m| m.0)),
        weekdays: weekdays?.map(|w| w.0),
        deflection,
        shapes,
    })
}

fn deflection(reader: &mut Reader<'_>) -> Option<Deflection> {
    let channels = reader.need::<Vec<Channel>>("channels");
    let per_month = reader.need::<NotNegative>("per_month");
    let since = reader.need::<Month>("since");
    let at_most = reader.need::<NotNegative>("at_most");
    if at_most.is_some_and(|most| most.0 >= 1.0) {
        reader.fault(
            "at_most",
            FaultCode::OutOfRange,
            "all contacts would be taken away",
            "give a fraction below 1, 0.15 for 15 %",
        );
        return None;
    }
    Some(Deflection {
        channels: channels?,
        per_month: per_month?.0,
        since: since?.0,
        at_most: at_most?.0,
    })
}

fn shape(reader: &mut Reader<'_>, markets: &[Market]) -> Option<Shape> {
    let given = ["markets", "channels"].map(|key| reader.has(key));
    let named = reader.get::<Vec<String>>("markets");
    let channels = reader.get::<Vec<Channel>>("channels");
    let hours = reader.need::<[NotNegative; 24]>("hour_weights");
    for (i, name) in named.iter().flatten().enumerate() {
        let known = || markets.iter().map(|m| m.id.as_str());
        if known().any(|id| id == name) || reader.report().is_incomplete() {
            continue;
        }
        reader.fault(
            &format!("markets[{i}]"),
            FaultCode::UnknownReference,
            format!("unknown market `{name}`"),
            instead("market", name, known()),
        );
    }
    // A list that cannot be read is not the same as none.
    if given != [named.is_some(), channels.is_some()] {
        return None;
    }
    Some(Shape {
        markets: named,
        channels,
        hours: hours?.map(|w| w.0),
    })
}

impl Profile {
    /// Contacts of an ordinary week at the beginning of the horizon for one contact a month in
    /// the base year.
    pub(super) fn week_per_month(&self, horizon: &Horizon) -> f64 {
        let years = horizon.first.year() - i32::try_from(self.base_year).unwrap_or(i32::MAX);
        let month = self.months.get(horizon.first.month0() as usize);
        12.0 / (365.25 / 7.0) * self.growth.powi(years) * month.copied().unwrap_or(1.0)
    }

    /// Factors on volume and handling time that deflection leaves: the workload falls by half of
    /// the volume, since what remains is harder.
    pub(super) fn deflected(&self, channel: Channel, horizon: &Horizon) -> (f64, f64) {
        let programme = self.deflection.as_ref();
        let Some(programme) = programme.filter(|p| p.channels.contains(&channel)) else {
            return (1.0, 1.0);
        };
        let months = |date: NaiveDate| f64::from(date.year() * 12) + f64::from(date.month0());
        let passed = (months(horizon.first) - months(programme.since)).max(0.0);
        let taken = (programme.per_month * passed).min(programme.at_most);
        (1.0 - taken, 1.0 + taken / 2.0 / (1.0 - taken))
    }

    /// The weights of the first shape that is for a market and a channel.
    pub(super) fn hours(&self, market: &MarketId, channel: Channel) -> Option<[f64; 24]> {
        let fits = |shape: &&Shape| {
            let named = |m: &Vec<String>| m.iter().any(|name| name == market.as_str());
            shape.markets.as_ref().is_none_or(named)
                && shape.channels.as_ref().is_none_or(|c| c.contains(&channel))
        };
        self.shapes.iter().find(fits).map(|shape| shape.hours)
    }
}
