use std::collections::BTreeMap;
use std::time::Duration;

use super::{
    AverageHours, BreakLaw, ClassLimits, HolidayKind, LawPremium, NightBand, NightRest,
    NightWorker, Overtime, ShortRest, Stacking, WeeklyRest,
};
use crate::calendar::NaiveDate;
use crate::calendar::holidays::{Holiday, HolidayCalendar};

/// The labour law of a country, region or agreement, for adults, from one date to another.
///
/// Every parameter may be set to something else: a collective agreement, a permit, a house rule.
/// What is `None` or empty does not limit anything.
///
/// ```
/// use wfm::calendar::NaiveDate;
/// use wfm::workforce::law::LabourLaw;
/// let day = NaiveDate::from_ymd_opt(2027, 3, 22).unwrap_or_default();
/// let mut law = LabourLaw::pack("DE", day)?;
/// assert!(!law.sunday_allowed);
/// law.sunday_allowed = true; // with a permit
/// # Ok::<(), wfm::workforce::law::LawError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct LabourLaw {
    /// Short name: `ES`, `ES-contact-centre`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// First day on which it holds in this form.
    pub valid_from: NaiveDate,
    /// Last day, when it is known.
    pub valid_until: Option<NaiveDate>,
    /// Where the figures come from, and how doubtful ones are read.
    pub sources: Vec<String>,
    /// Shortest elapsed time between two shifts.
    pub daily_rest: Option<Duration>,
    /// A shorter one that is allowed now and then.
    pub short_rest: Option<ShortRest>,
    /// Weekly rest: ways to grant it, of which any will do.
    pub weekly_rest: Vec<WeeklyRest>,
    /// Rests after night shifts, all of which hold.
    pub night_rests: Vec<NightRest>,
    /// Most days in a row on which a shift starts.
    pub consecutive_days: Option<u32>,
    /// Most hours worked in the shifts that start on a local day, overtime included.
    pub day_hours: Option<f64>,
    /// Longest elapsed time from the first start to the last end of a local day.
    pub span: Option<Duration>,
    /// Most hours in a local week from Monday to Sunday, overtime included.
    pub week_hours: Option<f64>,
    /// Most hours a week on average, all of which hold.
    pub average_hours: Vec<AverageHours>,
    /// Most hours in a year, overtime left out.
    pub year_hours: Option<f64>,
    /// What counts as night.
    pub night: Option<NightBand>,
    /// Ordinary hours by the class of a shift.
    pub class_limits: Option<ClassLimits>,
    /// Limits for night workers.
    pub night_worker: Option<NightWorker>,
    /// Breaks within a shift.
    pub breaks: BreakLaw,
    /// Whether work on Sundays is allowed.
    pub sunday_allowed: bool,
    /// Whether work on public holidays is allowed.
    pub holiday_allowed: bool,
    /// Names of the holidays with full pay where others have less; empty when all are alike.
    pub regular_holidays: Vec<String>,
    /// What is overtime.
    pub overtime: Overtime,
    /// Extra pay, in the order in which it is added.
    pub premiums: Vec<LawPremium>,
    /// How premiums of different names go together.
    pub stacking: Stacking,
    /// Days before a shift from which it may no longer be changed.
    pub notice_days: Option<u32>,
}

impl LabourLaw {
    /// A law that limits nothing.
    pub fn none(id: impl Into<String>, name: impl Into<String>, valid_from: NaiveDate) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            valid_from,
            valid_until: None,
            sources: Vec::new(),
            daily_rest: None,
            short_rest: None,
            weekly_rest: Vec::new(),
            night_rests: Vec::new(),
            consecutive_days: None,
            day_hours: None,
            span: None,
            week_hours: None,
            average_hours: Vec::new(),
            year_hours: None,
            night: None,
            class_limits: None,
            night_worker: None,
            breaks: BreakLaw::default(),
            sunday_allowed: true,
            holiday_allowed: true,
            regular_holidays: Vec::new(),
            overtime: Overtime::FREE,
            premiums: Vec::new(),
            stacking: Stacking::Add,
            notice_days: None,
        }
    }

    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && self.valid_until.is_none_or(|last| day <= last)
    }

    /// The days off of a calendar from one day to another, with their kind for pay.
    pub fn holidays(
        &self,
        calendar: &HolidayCalendar,
        from: NaiveDate,
        to: NaiveDate,
    ) -> BTreeMap<NaiveDate, HolidayKind> {
        self.holiday_kinds(calendar.between(from, to)).collect()
    }

    /// The days off among special days, with their kind for pay.
    pub fn holiday_kinds<'h>(
        &self,
        days: impl Iterator<Item = &'h Holiday>,
    ) -> impl Iterator<Item = (NaiveDate, HolidayKind)> {
        let kind = |name: &str| {
            if self.regular_holidays.is_empty() || self.regular_holidays.iter().any(|n| n == name) {
                HolidayKind::Regular
            } else {
                HolidayKind::Special
            }
        };
        days.filter(|holiday| holiday.is_day_off())
            .map(move |holiday| (holiday.date, kind(&holiday.name)))
    }
}
