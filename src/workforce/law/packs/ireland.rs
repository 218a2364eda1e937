use std::time::Duration;

use super::super::{AverageHours, BreakBand, LabourLaw, Stretch, WeeklyRest};
use super::{day, eight_hours_over, hours, night, texts};

pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("IE", "Ireland", day(1998, 3, 1));
    law.sources = texts([
        "Organisation of Working Time Act 1997, sections 11 to 16",
        "11 hours of rest in each 24 hours leave a span of 13 hours",
        "24 hours of weekly rest after the 11 of the day, or two such rests in 14 days",
        "Sunday work earns a reasonable premium or time off; no number is set by law",
        "night workers' hours average over two months, here 9 weeks",
    ]);
    law.daily_rest = Some(hours(11));
    law.span = Some(hours(13));
    law.weekly_rest = vec![
        WeeklyRest::hours(35, 7).by_calendar_weeks(),
        WeeklyRest::hours(59, 14).in_pieces_of(24),
    ];
    law.average_hours = vec![AverageHours::over(48.0, 17)];
    law.night = Some(night(0, 7, 3.0));
    law.night_worker = Some(eight_hours_over(9));
    law.breaks.bands = vec![
        BreakBand::more_than(270, 15),
        BreakBand::more_than(360, 30).in_pieces_of(15),
    ];
    law.breaks.stretches = vec![Stretch {
        most: Duration::from_secs(270 * 60),
        piece: Duration::from_secs(900),
    }];
    law
}
