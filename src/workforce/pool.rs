use std::collections::BTreeMap;
use std::time::Duration;

use super::law::{HolidayKind, LabourLaw};
use super::{Contract, Language, PoolId, ShiftType, SiteId, Skill, Staff};
use crate::calendar::holidays::HolidaySet;
use crate::calendar::{
    DateTime, Datelike, NaiveDate, Span, SpecialDay, Timelike, Utc, Weekday, Zone,
};
use crate::units::{Money, Probability, Shrinkage};

/// Who employs the agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PoolKind {
    /// The company itself.
    InHouse,
    /// An outsourcing vendor.
    Bpo,
}

impl PoolKind {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InHouse => "in_house",
            Self::Bpo => "bpo",
        }
    }
}

/// What an hour available for contacts costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    /// Lowest price of an on-queue hour, charged for every hour of a shift.
    pub per_hour: Money,
    /// Price of an hour in a language where it is higher; the difference is charged for the
    /// hours served in that language.
    pub by_language: BTreeMap<Language, Money>,
    /// Surcharges by the clock.
    pub premiums: Vec<Premium>,
    /// Base pay of an hour, of which the premiums of the pool's law are shares that come on top.
    /// None where the price has them in it.
    pub base_pay: Option<Money>,
}

impl Price {
    /// One price for every hour.
    pub fn flat(per_hour: Money) -> Self {
        Self {
            per_hour,
            by_language: BTreeMap::new(),
            premiums: Vec::new(),
            base_pay: None,
        }
    }

    /// Price of an hour served in a language.
    pub fn of(&self, language: &Language) -> Money {
        *self.by_language.get(language).unwrap_or(&self.per_hour)
    }
}

/// A surcharge on the hourly price by local clock and day.
#[derive(Debug, Clone, PartialEq)]
pub struct Premium {
    /// What it is called (`night`, `sunday`).
    pub name: String,
    /// Local weekdays it applies to.
    pub weekdays: Vec<Weekday>,
    /// Parts of the local day it applies to.
    pub spans: Vec<Span>,
    /// Applies on the pool's special days and public holidays instead of on weekdays.
    pub on_special_days: bool,
    /// Share of [`Price::per_hour`] added.
    pub share: f64,
}

/// Limits on what a pool works.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// Fewest shifts that start on a local day.
    pub shifts_per_day_min: Option<u32>,
    /// Most shifts that start on a local day.
    pub shifts_per_day_max: Option<u32>,
    /// Fewest hours in a week; a horizon of `d` days takes `d / 7` of it.
    pub week_hours_min: Option<f64>,
    /// Most hours in a week; a horizon of `d` days takes `d / 7` of it.
    pub week_hours_max: Option<f64>,
}

/// Work that is paid whether it is used or not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Commitment {
    /// Shifts each local day, at the price of the pool's first shift type.
    ShiftsPerDay(u32),
    /// Hours in a week, at the pool's lowest hourly price.
    HoursPerWeek(f64),
}

/// Agents with the same site, skills and contract.
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    /// Name of the pool.
    pub id: PoolId,
    /// In-house or outsourced.
    pub kind: PoolKind,
    /// The site or vendor location.
    pub site: SiteId,
    /// The vendor whose pools count together; the site for in-house pools.
    pub vendor: String,
    /// The legal region in which data stays, for example `EU`.
    pub region: String,
    /// Shifts are in this local time.
    pub zone: Zone,
    /// What its agents can serve.
    pub skills: Vec<Skill>,
    /// The shifts it offers.
    pub shifts: Vec<ShiftType>,
    /// What an hour costs.
    pub price: Price,
    /// Limits on what it works.
    pub limits: Limits,
    /// What is paid in any case.
    pub commitment: Option<Commitment>,
    /// Paid time away for the day: leave, sickness, training.
    pub shrinkage_out: Shrinkage,
    /// Paid time away within the day: breaks, coaching, meetings.
    pub shrinkage_in: Shrinkage,
    /// Contract hours a week of one full-time agent.
    pub contract_hours: f64,
    /// Contracts of its agents; none when all work up to [`Self::contract_hours`].
    pub contracts: Vec<Contract>,
    /// Its agents by name, where shifts are to be given to them.
    pub staff: Option<Staff>,
    /// The labour law its shifts and tours keep.
    pub law: Option<LabourLaw>,
    /// Handling time compared with the queue's, 1 when equal.
    pub aht_factor: f64,
    /// Share of satisfied customers, if it is measured.
    pub csat: Option<Probability>,
    /// Local days that differ: no shift starts on a closed one, premiums may apply.
    pub special_days: Vec<SpecialDay>,
    /// Public holidays at its site: its law's holidays, and days on which premiums may apply.
    pub holidays: HolidaySet,
}

impl Pool {
    /// A pool with one price, no limit and no shift yet.
    pub fn new(
        id: impl Into<PoolId>,
        kind: PoolKind,
        zone: Zone,
        skills: Vec<Skill>,
        price: Price,
    ) -> Self {
        let id = id.into();
        Self {
            site: SiteId::from(id.as_str()),
            vendor: id.as_str().to_owned(),
            id,
            kind,
            region: String::new(),
            zone,
            skills,
            shifts: Vec::new(),
            price,
            limits: Limits::default(),
            commitment: None,
            shrinkage_out: Shrinkage::NONE,
            shrinkage_in: Shrinkage::NONE,
            contract_hours: 40.0,
            contracts: Vec::new(),
            staff: None,
            law: None,
            aht_factor: 1.0,
            csat: None,
            special_days: Vec::new(),
            holidays: HolidaySet::default(),
        }
    }

    /// The same pool with one more kind of shift.
    #[must_use]
    pub fn with_shift(mut self, shift: ShiftType) -> Self {
        self.shifts.push(shift);
        self
    }

    /// Work that an agent of this pool does in the time in which the queue's handling time
    /// allows one unit.
    pub fn efficiency(&self) -> f64 {
        1.0 / self.aht_factor
    }

    /// Whether its agents can serve a skill.
    pub fn serves(&self, skill: &Skill) -> bool {
        self.skills.contains(skill)
    }

    /// Whether a local day is a special one or a public holiday.
    pub fn is_holiday(&self, date: NaiveDate) -> bool {
        self.special_days.iter().any(|d| d.date == date) || self.holidays.day_off(date).is_some()
    }

    /// What its law takes for public holidays: special days and the holidays of its site, with
    /// their kind for pay.
    pub fn holidays_by_law(&self, law: &LabourLaw) -> BTreeMap<NaiveDate, HolidayKind> {
        let special = self.special_days.iter();
        special
            .map(|day| (day.date, HolidayKind::Regular))
            .chain(law.holiday_kinds(self.holidays.iter()))
            .collect()
    }

    /// Price of an on-queue hour at an instant, premiums included, languages left out.
    pub fn hourly_price(&self, instant: DateTime<Utc>) -> Money {
        let local = self.zone.local(instant);
        let minute = local.hour() * 60 + local.minute();
        let special = self.is_holiday(local.date());
        let share: f64 = self
            .price
            .premiums
            .iter()
            .filter(|p| {
                let day = if p.on_special_days {
                    special
                } else {
                    p.weekdays.contains(&local.weekday())
                };
                day && p.spans.iter().any(|s| s.contains(minute))
            })
            .map(|p| p.share)
            .sum();
        self.price.per_hour * (1.0 + share)
    }

    /// Paid hours behind hours on the queue: shrinkage of both kinds grossed up.
    pub fn paid_hours(&self, on_queue: f64) -> f64 {
        self.shrinkage_out
            .gross_up(self.shrinkage_in.gross_up(on_queue))
    }

    /// The contracts of its agents: where it names none, one for up to [`Self::contract_hours`]
    /// without a name, of which no hour is guaranteed.
    pub fn contracts_in_force(&self) -> Vec<Contract> {
        if self.contracts.is_empty() {
            vec![Contract::hours("", self.contract_hours)]
        } else {
            self.contracts.clone()
        }
    }

    /// The longest shift it offers.
    pub fn longest_shift(&self) -> Duration {
        self.shifts
            .iter()
            .map(|s| s.length)
            .max()
            .unwrap_or_default()
    }
}
