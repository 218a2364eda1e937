use std::fmt;
use std::time::Duration;

use super::{
    Channel, DayTerms, HolidayRule, Language, Market, MarketId, PromiseScope, QueueId,
    ServiceTarget, Tier,
};
use crate::calendar::holidays::HolidaySet;
use crate::calendar::{DateTime, NaiveDate, Utc};
use crate::units::Probability;

/// What an agent must be able to do: serve a tier in a language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skill {
    /// The tier.
    pub tier: Tier,
    /// The language.
    pub language: Language,
}

impl Skill {
    /// A tier in a language.
    pub fn new(tier: impl Into<Tier>, language: impl Into<Language>) -> Self {
        Self {
            tier: tier.into(),
            language: language.into(),
        }
    }
}

impl fmt::Display for Skill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.language, self.tier)
    }
}

/// Contacts that wait in one line: one skill, one channel, one promise.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// Name of the queue.
    pub id: QueueId,
    /// Tier and language.
    pub skill: Skill,
    /// Channel.
    pub channel: Channel,
    /// The market it serves; `None` pools all markets.
    pub market: Option<MarketId>,
    /// The promise.
    pub target: ServiceTarget,
    /// Over which contacts a live promise is kept.
    pub scope: PromiseScope,
    /// Largest share of time that agents on contacts may be busy.
    pub occupancy_cap: Probability,
    /// Agent time for a contact; `None` takes it from the history. For chat this is the time of
    /// a session, shared by [`Queue::concurrency`] sessions.
    pub aht: Option<Duration>,
    /// Sessions an agent holds at once, 1 except for chat.
    pub concurrency: f64,
    /// Mean time that customers are willing to wait; `None` for ever. The requirement is one for
    /// customers who wait for ever; the simulation lets them hang up.
    pub patience: Option<Duration>,
    /// Holidays of its own in place of its markets'.
    pub holidays: Option<HolidaySet>,
    /// What happens on holidays; comes before its markets' rules.
    pub holiday_rules: Vec<HolidayRule>,
}

impl Queue {
    /// A queue that pools all markets, with the occupancy cap of the field (85 % live, 92 %
    /// deferred), handling time from the history and one contact at a time.
    pub fn new(
        id: impl Into<QueueId>,
        skill: Skill,
        channel: Channel,
        target: ServiceTarget,
    ) -> Self {
        let cap = if target.is_live() { 0.85 } else { 0.92 };
        Self {
            id: id.into(),
            skill,
            channel,
            market: None,
            target,
            scope: PromiseScope::Interval,
            occupancy_cap: Probability::saturating(cap),
            aht: None,
            concurrency: 1.0,
            patience: None,
            holidays: None,
            holiday_rules: Vec::new(),
        }
    }

    /// The same queue with a live promise that is kept over days or weeks.
    #[must_use]
    pub const fn with_scope(mut self, scope: PromiseScope) -> Self {
        self.scope = scope;
        self
    }

    /// The same queue with a fixed handling time.
    #[must_use]
    pub fn with_aht(mut self, aht: Duration) -> Self {
        self.aht = Some(aht);
        self
    }

    /// The same queue for one market.
    #[must_use]
    pub fn with_market(mut self, market: impl Into<MarketId>) -> Self {
        self.market = Some(market.into());
        self
    }

    /// The holidays of contacts from a market.
    pub fn holidays_in<'a>(&'a self, market: &'a Market) -> &'a HolidaySet {
        self.holidays.as_ref().unwrap_or(&market.holidays)
    }

    /// What a local day of a market is for contacts that wait here, when it is no ordinary one.
    pub fn day<'a>(&'a self, market: &'a Market, date: NaiveDate) -> Option<DayTerms<'a>> {
        DayTerms::find(
            &market.special_days,
            self.holidays_in(market),
            self.holiday_rules.iter().chain(&market.holiday_rules),
            self.channel,
            date,
        )
    }

    /// Whether contacts from a market may arrive at an instant.
    pub fn is_open(&self, market: &Market, instant: DateTime<Utc>) -> bool {
        let date = market.zone.local(instant).date();
        market.is_open_on(self.channel, instant, self.day(market, date).as_ref())
    }

    /// Whether the clock of deadlines runs for contacts from a market: in the hours of its live
    /// channels, on days on which the queue itself is not closed.
    pub fn is_open_for_deadlines(&self, market: &Market, instant: DateTime<Utc>) -> bool {
        let date = market.zone.local(instant).date();
        let is_closed = self.day(market, date).is_some_and(|day| day.closed);
        !is_closed && market.is_open_for_deadlines(instant)
    }
}
