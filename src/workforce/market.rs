use std::collections::BTreeMap;

use super::{Channel, MarketId};
use crate::calendar::{DateTime, OpeningHours, SpecialDay, Utc, Zone};

/// Where contacts come from: a clock, opening hours by channel, and special days.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// Name of the market.
    pub id: MarketId,
    /// Opening hours and contact shapes are in this local time.
    pub zone: Zone,
    /// When contacts of a channel may arrive; a channel that is not named is always open.
    pub opening: BTreeMap<Channel, OpeningHours>,
    /// Days that differ from their weekday.
    pub special_days: Vec<SpecialDay>,
}

impl Market {
    /// A market that is always open, without special days.
    pub fn new(id: impl Into<MarketId>, zone: Zone) -> Self {
        Self {
            id: id.into(),
            zone,
            opening: BTreeMap::new(),
            special_days: Vec::new(),
        }
    }

    /// The same market with opening hours for a channel.
    #[must_use]
    pub fn with_opening(mut self, channel: Channel, hours: OpeningHours) -> Self {
        self.opening.insert(channel, hours);
        self
    }

    /// The special day of an instant in local time, if it is one.
    pub fn special_day(&self, instant: DateTime<Utc>) -> Option<&SpecialDay> {
        let date = self.zone.local(instant).date();
        self.special_days.iter().find(|day| day.date == date)
    }

    /// Whether contacts of a channel may arrive at an instant.
    pub fn is_open(&self, channel: Channel, instant: DateTime<Utc>) -> bool {
        if self.special_day(instant).is_some_and(|day| day.closed) {
            return false;
        }
        self.opening
            .get(&channel)
            .is_none_or(|hours| hours.is_open(self.zone.local(instant)))
    }

    /// Whether any live channel is open at an instant: the hours in which deadlines of deferred
    /// work run. A market without live opening hours is always open.
    pub fn is_open_for_deadlines(&self, instant: DateTime<Utc>) -> bool {
        let live: Vec<_> = self.opening.keys().filter(|c| c.is_live()).collect();
        if live.is_empty() {
            return self.opening.is_empty()
                || self.opening.keys().any(|&c| self.is_open(c, instant));
        }
        live.into_iter().any(|&c| self.is_open(c, instant))
    }
}
