use chrono::NaiveDate;

/// A local calendar day that differs from its weekday: a public holiday, an event, a campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct SpecialDay {
    /// The local calendar day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
    /// Volume of an ordinary day of that weekday is multiplied by this.
    pub volume_factor: f64,
    /// Nobody answers and no contact is expected.
    pub closed: bool,
}
