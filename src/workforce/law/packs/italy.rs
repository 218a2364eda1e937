use super::super::{AverageHours, BreakBand, LabourLaw, Overtime, WeeklyRest};
use super::{day, eight_hours_over, hours, night, texts};

/// Premiums are set by the agreements of the trades and left out.
pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("IT", "Italy", day(2003, 4, 29));
    law.sources = texts([
        "Decreto legislativo 66/2003, articles 3 to 13",
        "11 hours of rest in each 24 hours leave a span of 13 hours",
        "weekly rest of 24 hours after the 11 of the day, as an average of 14 days",
        "night is 7 hours around midnight to 5, here 22 to 5; a night shift has 3 of them",
        "250 hours of overtime a year where no agreement says another number",
    ]);
    law.daily_rest = Some(hours(11));
    law.span = Some(hours(13));
    law.weekly_rest = vec![
        WeeklyRest::hours(35, 7).by_calendar_weeks(),
        WeeklyRest::hours(70, 14).in_pieces_of(35),
    ];
    law.average_hours = vec![AverageHours::over(48.0, 17)];
    law.night = Some(night(22, 5, 3.0));
    law.night_worker = Some(eight_hours_over(17));
    law.breaks.bands = vec![BreakBand::more_than(360, 10)];
    law.overtime = Overtime {
        year_most: Some(250.0),
        ..Overtime::beyond_week(40.0)
    };
    law
}
