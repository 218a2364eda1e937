use std::time::Duration;

use super::validate;
use crate::calendar::{CalendarError, Grid, IntervalLength, NaiveDate, Series, Zone};
use crate::forecasting::{History, WeekShape};
use crate::requirements::StaffingRules;
use crate::units::Money;
use crate::workforce::{
    Channel, Faults, KeptShifts, Language, Market, MarketId, Policy, Pool, Queue, Skill, Tier,
};

/// The days to plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// Days begin and end in this local time.
    pub zone: Zone,
    /// First local day.
    pub first: NaiveDate,
    /// Number of local days.
    pub days: u32,
    /// Length of an interval.
    pub interval: IntervalLength,
}

impl Horizon {
    /// The grid of the horizon.
    ///
    /// # Errors
    /// [`CalendarError::HorizonLength`] for a horizon without a day, or one too long to count.
    pub fn grid(&self) -> Result<Grid, CalendarError> {
        Grid::of_days(self.zone, self.first, self.days, self.interval)
    }

    /// Weeks in the horizon: what weekly limits are multiplied by.
    pub fn weeks(&self) -> f64 {
        f64::from(self.days) / 7.0
    }
}

/// Where the contacts of a stream are known from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// Observed contacts, forecast by the scenario's model.
    History {
        /// The observations.
        history: Box<History>,
        /// Last day to learn from.
        origin: NaiveDate,
    },
    /// A known weekly volume and its shape.
    Shape(Box<WeekShape>),
    /// What somebody else forecast for the horizon.
    Given(Box<GivenVolume>),
}

/// Contacts of the horizon, taken as they are; special days and holidays are in them.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenVolume {
    /// Contacts in each interval of the horizon.
    pub volume: Series<f64>,
    /// Mean handling time in seconds, where it is known.
    pub aht_seconds: Option<f64>,
}

/// Contacts of one market, language, channel and tier.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    /// Where they come from.
    pub market: MarketId,
    /// Tier and language.
    pub skill: Skill,
    /// Channel.
    pub channel: Channel,
    /// Where their number is known from.
    pub source: Source,
    /// Volume is multiplied by this: growth, deflection, campaigns.
    pub volume_factor: f64,
    /// Handling time is multiplied by this: what deflection leaves is harder.
    pub aht_factor: f64,
}

impl Stream {
    /// A stream as observed or given, without any factor.
    pub fn new(
        market: impl Into<MarketId>,
        skill: Skill,
        channel: Channel,
        source: Source,
    ) -> Self {
        Self {
            market: market.into(),
            skill,
            channel,
            source,
            volume_factor: 1.0,
            aht_factor: 1.0,
        }
    }
}

/// Contacts that a tier hands on to the next one.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalation {
    /// The tier that hands on.
    pub from: Tier,
    /// The tier that receives.
    pub to: Tier,
    /// Channel of the receiving queue.
    pub channel: Channel,
    /// Share of contacts that is handed on.
    pub share: f64,
    /// Language of the receiving queue where there is none in the customer's own.
    pub fallback: Language,
    /// Handling time in the fallback language, as a multiple.
    pub fallback_aht_factor: f64,
}

/// How contacts are forecast from a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ForecastModel {
    /// The mean of the last four same weekdays.
    #[default]
    PlannersRule,
    /// Several models weighed by their past, events and outliers set apart.
    Automatic,
}

/// Everything a plan starts from. Build one in code or read it from a folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Short name.
    pub name: String,
    /// ISO code of the currency of every amount.
    pub currency: String,
    /// Seed of everything random.
    pub seed: u64,
    /// The days to plan.
    pub horizon: Horizon,
    /// Where contacts come from.
    pub markets: Vec<Market>,
    /// Where they wait.
    pub queues: Vec<Queue>,
    /// Who answers.
    pub pools: Vec<Pool>,
    /// How many there are.
    pub streams: Vec<Stream>,
    /// What one tier hands on to the next, in the order of the tiers.
    pub escalations: Vec<Escalation>,
    /// Company rules on who does how much.
    pub policies: Vec<Policy>,
    /// How contacts are forecast from a history.
    pub forecast: ForecastModel,
    /// How requirements are derived.
    pub staffing: StaffingRules,
    /// Price of an hour in which one agent is missing.
    pub understaffing_per_hour: Money,
    /// Shifts of a plan that is under way.
    pub kept: Option<KeptShifts>,
}

impl Scenario {
    /// A scenario for a horizon, still empty: euros, seed 1, silo staffing, and a missing agent
    /// priced at 500 an hour, far above any wage.
    pub fn new(name: impl Into<String>, horizon: Horizon) -> Self {
        Self {
            name: name.into(),
            currency: "EUR".to_owned(),
            seed: 1,
            horizon,
            markets: Vec::new(),
            queues: Vec::new(),
            pools: Vec::new(),
            streams: Vec::new(),
            escalations: Vec::new(),
            policies: Vec::new(),
            forecast: ForecastModel::default(),
            staffing: StaffingRules::default(),
            understaffing_per_hour: Money::new(500.0).unwrap_or_default(),
            kept: None,
        }
    }

    /// Finds everything that is wrong with the scenario, all of it together.
    ///
    /// # Errors
    /// The [`Faults`], when there are any.
    pub fn check(&self) -> Result<(), Faults> {
        Faults::check(validate::faults(self))
    }

    /// The market of a name.
    pub fn market(&self, id: &MarketId) -> Option<&Market> {
        self.markets.iter().find(|m| m.id == *id)
    }

    /// Position of the queue in which contacts of a market, skill and channel wait. A queue of
    /// the market itself comes before one that pools all markets.
    pub fn queue_of(&self, market: &MarketId, skill: &Skill, channel: Channel) -> Option<usize> {
        let fits = |q: &Queue| q.skill == *skill && q.channel == channel;
        let own = |q: &Queue| fits(q) && q.market.as_ref() == Some(market);
        let pooled = |q: &Queue| fits(q) && q.market.is_none();
        (self.queues.iter().position(own)).or_else(|| self.queues.iter().position(pooled))
    }

    /// Length of an interval.
    pub fn interval(&self) -> Duration {
        self.horizon.interval.duration()
    }
}
