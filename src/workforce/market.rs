use std::collections::BTreeMap;

use super::{Channel, DayTerms, HolidayRule, MarketId};
use crate::calendar::holidays::HolidaySet;
use crate::calendar::{DateTime, NaiveDate, OpeningHours, SpecialDay, Utc, Zone, minute_of};

/// Where contacts come from: a clock, opening hours by channel, and special days.
#[derive(Debug, Clone, PartialEq)]
pub struct Market {
    /// Name of the market.
    pub id: MarketId,
    /// Opening hours and contact shapes are in this local time.
    pub zone: Zone,
    /// When contacts of a channel may arrive; a channel that is not named is always open.
    pub opening: BTreeMap<Channel, OpeningHours>,
    /// Days that differ from their weekday; they come before holidays on the same date.
    pub special_days: Vec<SpecialDay>,
    /// Its public holidays.
    pub holidays: HolidaySet,
    /// What happens on holidays, bridge days and eves.
    pub holiday_rules: Vec<HolidayRule>,
}

impl Market {
    /// A market that is always open, without special days.
    pub fn new(id: impl Into<MarketId>, zone: Zone) -> Self {
        Self {
            id: id.into(),
            zone,
            opening: BTreeMap::new(),
            special_days: Vec::new(),
            holidays: HolidaySet::default(),
            holiday_rules: Vec::new(),
        }
    }

    /// The same market with opening hours for a channel.
    #[must_use]
    pub fn with_opening(mut self, channel: Channel, hours: OpeningHours) -> Self {
        self.opening.insert(channel, hours);
        self
    }

    /// What a local day is for a channel when it is no ordinary one.
    pub fn day(&self, channel: Channel, date: NaiveDate) -> Option<DayTerms<'_>> {
        DayTerms::find(
            &self.special_days,
            &self.holidays,
            &self.holiday_rules,
            channel,
            date,
        )
    }

    /// Whether contacts of a channel may arrive at an instant.
    pub fn is_open(&self, channel: Channel, instant: DateTime<Utc>) -> bool {
        let date = self.zone.local(instant).date();
        self.is_open_on(channel, instant, self.day(channel, date).as_ref())
    }

    /// Whether contacts of a channel may arrive at an instant of a day with such terms.
    pub(super) fn is_open_on(
        &self,
        channel: Channel,
        instant: DateTime<Utc>,
        day: Option<&DayTerms<'_>>,
    ) -> bool {
        let local = self.zone.local(instant);
        let minute = u32::try_from(minute_of(local)).unwrap_or(0);
        day.is_none_or(|day| day.is_open_at(minute)) && self.is_ordinarily_open(channel, instant)
    }

    /// Whether contacts of a channel would arrive at an instant if its day were an ordinary one.
    pub fn is_ordinarily_open(&self, channel: Channel, instant: DateTime<Utc>) -> bool {
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
