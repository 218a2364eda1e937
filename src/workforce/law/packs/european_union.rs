use super::super::{AverageHours, BreakBand, LabourLaw, WeeklyRest};
use super::{day, eight_hours_over, hours, night, texts};

/// The floor that every member state keeps. The length of the break is national: any counts here.
pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("EU", "European Union, working time floor", day(2004, 8, 2));
    law.sources = texts([
        "Directive 2003/88/EC, articles 3 to 8 and 16",
        "11 hours of rest in each 24 hours leave a span of 13 hours",
        "weekly rest lies in each calendar week, C-306/16; 24 hours come on top of the 11",
        "a night shift has 3 hours between midnight and 5, the least the directive calls night",
    ]);
    law.daily_rest = Some(hours(11));
    law.span = Some(hours(13));
    law.weekly_rest = vec![WeeklyRest::hours(35, 7).by_calendar_weeks()];
    law.average_hours = vec![AverageHours::over(48.0, 17)];
    law.night = Some(night(0, 5, 3.0));
    law.night_worker = Some(eight_hours_over(17));
    law.breaks.bands = vec![BreakBand::more_than(360, 1)];
    law
}
