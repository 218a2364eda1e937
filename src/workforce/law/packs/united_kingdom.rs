use super::super::{AverageHours, BreakBand, LabourLaw, WeeklyRest};
use super::{day, eight_hours_over, hours, night, texts};

/// An agent who has opted out of the 48 hours has no average: clear `average_hours`.
pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("GB", "United Kingdom", day(1998, 10, 1));
    law.sources = texts([
        "Working Time Regulations 1998, regulations 4 to 12",
        "11 hours of rest in each 24 hours leave a span of 13 hours",
        "24 hours of weekly rest, or 48 hours in a fortnight in pieces of 24",
    ]);
    law.daily_rest = Some(hours(11));
    law.span = Some(hours(13));
    law.weekly_rest = vec![
        WeeklyRest::hours(24, 7).by_calendar_weeks(),
        WeeklyRest::hours(48, 14).in_pieces_of(24),
    ];
    law.average_hours = vec![AverageHours::over(48.0, 17)];
    law.night = Some(night(23, 6, 3.0));
    law.night_worker = Some(eight_hours_over(17));
    law.breaks.bands = vec![BreakBand::more_than(360, 20)];
    law
}
