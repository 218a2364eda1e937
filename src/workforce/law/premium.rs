/// What kind of public holiday a day is for pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HolidayKind {
    /// A public holiday.
    Regular,
    /// A special day with a lower premium, as in the Philippines.
    Special,
}

/// How premiums of different names that meet in an hour go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stacking {
    /// Each is a share of base pay.
    #[default]
    Add,
    /// Each is a share of base pay with the premiums before it.
    Multiply,
}

/// Which overtime hours a premium is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OvertimeRange {
    /// Whether `from` and `to` count the overtime of the day; of the week otherwise.
    pub by_day: bool,
    /// First overtime hours of the day or week that are passed over.
    pub from: f64,
    /// Overtime hour of the day or week with which it ends.
    pub to: Option<f64>,
    /// Overtime hours of the year before it begins.
    pub year_from: f64,
    /// Overtime hours of the year with which it ends.
    pub year_to: Option<f64>,
}

impl OvertimeRange {
    /// All overtime.
    pub const ANY: Self = Self {
        by_day: true,
        from: 0.0,
        to: None,
        year_from: 0.0,
        year_to: None,
    };

    /// Overtime hours of a day from one to another.
    pub const fn of_day(from: f64, to: Option<f64>) -> Self {
        Self {
            from,
            to,
            ..Self::ANY
        }
    }

    /// Overtime hours of a week from one to another.
    pub const fn of_week(from: f64, to: Option<f64>) -> Self {
        Self {
            by_day: false,
            from,
            to,
            ..Self::ANY
        }
    }

    /// The same, for overtime hours of the year from one to another.
    #[must_use]
    pub const fn in_year(mut self, from: f64, to: Option<f64>) -> Self {
        self.year_from = from;
        self.year_to = to;
        self
    }
}

/// Extra pay for hours that meet all its conditions.
///
/// Of the premiums of one name, only that with the most conditions is paid in an hour, and of
/// several such the highest.
#[derive(Debug, Clone, PartialEq)]
pub struct LawPremium {
    /// Name: `night`, `sunday`, `holiday`, `rest_day`, `overtime`.
    pub name: String,
    /// Share of base pay added, a fraction.
    pub share: f64,
    /// Only in the night band.
    pub night: bool,
    /// Only on local Sundays.
    pub sunday: bool,
    /// Only on holidays of a kind.
    pub holiday: Option<HolidayKind>,
    /// Only on the agent's rest days.
    pub rest_day: bool,
    /// Only overtime of a range.
    pub overtime: Option<OvertimeRange>,
}

impl LawPremium {
    /// A premium without conditions.
    pub fn new(name: impl Into<String>, share: f64) -> Self {
        Self {
            name: name.into(),
            share,
            night: false,
            sunday: false,
            holiday: None,
            rest_day: false,
            overtime: None,
        }
    }

    /// The same at night.
    #[must_use]
    pub fn at_night(mut self) -> Self {
        self.night = true;
        self
    }

    /// The same on Sundays.
    #[must_use]
    pub fn on_sunday(mut self) -> Self {
        self.sunday = true;
        self
    }

    /// The same on holidays of a kind.
    #[must_use]
    pub fn on_holiday(mut self, kind: HolidayKind) -> Self {
        self.holiday = Some(kind);
        self
    }

    /// The same on rest days.
    #[must_use]
    pub fn on_rest_day(mut self) -> Self {
        self.rest_day = true;
        self
    }

    /// The same for overtime of a range.
    #[must_use]
    pub fn for_overtime(mut self, range: OvertimeRange) -> Self {
        self.overtime = Some(range);
        self
    }

    /// How many conditions it has.
    pub fn conditions(&self) -> usize {
        usize::from(self.night)
            + usize::from(self.sunday)
            + usize::from(self.holiday.is_some())
            + usize::from(self.rest_day)
            + usize::from(self.overtime.is_some())
    }
}
