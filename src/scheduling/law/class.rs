use super::time::{hours, later, shared};
use crate::calendar::{DateTime, TimeDelta, Utc, Zone};
use crate::workforce::law::{ClockClass, LabourLaw};

/// What a shift is by the local clock.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShiftClass {
    /// Day, mixed or night.
    pub class: ClockClass,
    /// Elapsed hours in the night band, breaks included.
    pub night_hours: f64,
}

/// The class of a shift and its hours at night. Without a night band every shift is a day shift.
///
/// ```
/// use wfm::calendar::NaiveDate;
/// use wfm::scheduling::law::shift_class;
/// use wfm::workforce::law::{ClockClass, LabourLaw};
/// let day = NaiveDate::from_ymd_opt(2027, 4, 14).unwrap();
/// let law = LabourLaw::pack("CR", day)?;
/// let zone = "America/Costa_Rica".parse()?;
/// // Noon to 20 in Madrid is 4 to 12 in Costa Rica once Europe has changed its clocks.
/// let utc = |hour| day.and_hms_opt(hour, 0, 0).unwrap().and_utc();
/// let shift = shift_class(&law, zone, utc(10), utc(18));
/// assert_eq!((shift.class, shift.night_hours), (ClockClass::Mixed, 1.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn shift_class(
    law: &LabourLaw,
    zone: Zone,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
) -> ShiftClass {
    let Some(night) = law.night else {
        return ShiftClass {
            class: ClockClass::Day,
            night_hours: 0.0,
        };
    };
    let at_night: TimeDelta = nights(law, zone, start, end)
        .into_iter()
        .map(|band| shared(band, (start, end)))
        .sum();
    let night_hours = hours(at_night);
    let class = if night_hours <= 0.0 {
        ClockClass::Day
    } else if night_hours >= night.shift_hours || at_night >= end - start {
        ClockClass::Night
    } else {
        ClockClass::Mixed
    };
    ShiftClass { class, night_hours }
}

/// The nights of a law that a stretch of time may touch.
pub(super) fn nights(
    law: &LabourLaw,
    zone: Zone,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
    let Some(night) = law.night else {
        return Vec::new();
    };
    let over = i64::from(night.to <= night.from);
    let last = zone.local(end).date();
    later(zone.local(start).date(), -1)
        .iter_days()
        .take_while(|&day| day <= last)
        .map(|day| {
            let from = zone.instant_reached(day.and_time(night.from));
            let to = zone.instant_reached(later(day, over).and_time(night.to));
            (from, to)
        })
        .collect()
}
