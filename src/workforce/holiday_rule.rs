use super::Channel;
use crate::calendar::holidays::{Class, Holiday, HolidaySet};
use crate::calendar::{NaiveDate, Span, SpecialDay};

/// Which days of a holiday calendar a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayClass {
    /// Public holidays.
    Holiday,
    /// Working days between a holiday and a weekend or another holiday.
    Bridge,
    /// Days before a holiday, and half days by custom.
    Eve,
    /// Working feasts and shopping days.
    Observance,
}

impl DayClass {
    /// Every class.
    pub const ALL: [Self; 4] = [Self::Holiday, Self::Bridge, Self::Eve, Self::Observance];

    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Bridge => "bridge",
            Self::Eve => "eve",
            Self::Observance => "observance",
        }
    }

    /// The holiday by which a date is of this class; for bridges and eves the one next to it.
    /// Before a holiday that is a half day by custom, both.
    pub fn holidays(
        self,
        calendar: &HolidaySet,
        date: NaiveDate,
    ) -> impl Iterator<Item = &Holiday> {
        let own = |class| calendar.on(date).filter(|h| h.class == class);
        let (first, second) = match self {
            Self::Holiday => (calendar.day_off(date), None),
            Self::Bridge => (calendar.bridge_to(date), None),
            Self::Eve => (calendar.eve_of(date), own(Class::Eve)),
            Self::Observance => (own(Class::Observance), None),
        };
        first.into_iter().chain(second)
    }
}

/// What a queue does on a class of days.
#[derive(Debug, Clone, PartialEq)]
pub enum HolidayEffect {
    /// Nobody answers and no contact is expected.
    Closed,
    /// Open, at other hours or with other volumes.
    Open {
        /// Parts of the day in which contacts may arrive, within the ordinary hours; none for
        /// the ordinary hours.
        hours: Vec<Span>,
        /// Contacts of the day as a multiple of an ordinary one of its weekday; `None` where
        /// the forecast tells: learnt from past holidays, or as on an ordinary day.
        volume_factor: Option<f64>,
    },
}

/// One rule for the holidays of a market or queue; the first one that fits a day counts.
#[derive(Debug, Clone, PartialEq)]
pub struct HolidayRule {
    /// Days it is for.
    pub class: DayClass,
    /// Holidays it is for, by name; all when empty.
    pub names: Vec<String>,
    /// Channels it is for; all when empty.
    pub channels: Vec<Channel>,
    /// What happens.
    pub effect: HolidayEffect,
}

impl HolidayRule {
    /// A rule for all days of a class, in all channels.
    pub const fn new(class: DayClass, effect: HolidayEffect) -> Self {
        Self {
            class,
            names: Vec::new(),
            channels: Vec::new(),
            effect,
        }
    }

    /// The holiday by which the rule is for a day.
    pub fn holiday<'c>(&self, calendar: &'c HolidaySet, date: NaiveDate) -> Option<&'c Holiday> {
        let named = |h: &&Holiday| self.names.is_empty() || self.names.iter().any(|n| *n == h.name);
        self.class.holidays(calendar, date).find(named)
    }
}

/// A day on which a queue is not as on an ordinary one of that weekday.
#[derive(Debug, Clone, PartialEq)]
pub struct DayTerms<'a> {
    /// Name of the special day; for bridges and eves that of the holiday next to it.
    pub name: &'a str,
    /// Its class; `None` for a special day that stands in no calendar.
    pub class: Option<DayClass>,
    /// Nobody answers and no contact is expected.
    pub closed: bool,
    /// Parts of the day in which contacts may arrive, within the ordinary hours; none for the
    /// ordinary hours.
    pub hours: &'a [Span],
    /// Contacts of the day as a multiple of an ordinary one, where it is given.
    pub volume_factor: Option<f64>,
}

impl<'a> DayTerms<'a> {
    /// What a day is by the special days of a market, then by the first rule that fits, then by
    /// being a holiday; `None` when it is ordinary.
    pub(super) fn find(
        special_days: &'a [SpecialDay],
        calendar: &'a HolidaySet,
        rules: impl IntoIterator<Item = &'a HolidayRule>,
        channel: Channel,
        date: NaiveDate,
    ) -> Option<Self> {
        if let Some(day) = special_days.iter().find(|day| day.date == date) {
            return Some(Self {
                name: &day.name,
                class: None,
                closed: day.closed,
                hours: &[],
                volume_factor: Some(day.volume_factor),
            });
        }
        if calendar.is_empty() {
            return None;
        }
        for rule in rules {
            if !rule.channels.is_empty() && !rule.channels.contains(&channel) {
                continue;
            }
            if let Some(holiday) = rule.holiday(calendar, date) {
                let open = Self {
                    name: &holiday.name,
                    class: Some(rule.class),
                    closed: false,
                    hours: &[],
                    volume_factor: None,
                };
                return Some(match &rule.effect {
                    HolidayEffect::Closed => Self {
                        closed: true,
                        ..open
                    },
                    HolidayEffect::Open {
                        hours,
                        volume_factor,
                    } => Self {
                        hours,
                        volume_factor: *volume_factor,
                        ..open
                    },
                });
            }
        }
        calendar.day_off(date).map(|holiday| Self {
            name: &holiday.name,
            class: Some(DayClass::Holiday),
            closed: false,
            hours: &[],
            volume_factor: None,
        })
    }

    /// Whether contacts may arrive at a minute of the day, as far as the day itself goes.
    pub fn is_open_at(&self, minute: u32) -> bool {
        !self.closed && (self.hours.is_empty() || self.hours.iter().any(|s| s.contains(minute)))
    }

    /// Volume compared with an ordinary day, where somebody has said what it is.
    pub fn given_factor(&self) -> Option<f64> {
        if self.closed {
            Some(0.0)
        } else {
            self.volume_factor
        }
    }
}
