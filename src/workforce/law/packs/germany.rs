use std::time::Duration;

use super::super::{
    AverageHours, BreakBand, LabourLaw, LawPremium, NightWorker, Overtime, Stretch, WeeklyRest,
};
use super::{day, hours, night, texts};

/// Sunday and holiday work is closed: the permit for call centres was voided in 2014.
pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("DE", "Germany", day(1994, 7, 1));
    law.sources = texts([
        "Arbeitszeitgesetz, sections 2 to 11",
        "8 hours on each of six working days, up to 10 when 24 weeks average 8",
        "the day of rest follows the 11 hours of the day, section 11",
        "night is 23 to 6; a night shift has more than 2 hours in it, here 2 hours and a minute",
        "night pay is what is fair; courts start from a quarter, section 6",
    ]);
    law.daily_rest = Some(hours(11));
    law.weekly_rest = vec![WeeklyRest::hours(35, 7).by_calendar_weeks()];
    law.day_hours = Some(10.0);
    law.average_hours = vec![AverageHours::over(48.0, 24)];
    law.night = Some(night(23, 6, 121.0 / 60.0));
    law.night_worker = Some(NightWorker {
        share: 0.5,
        shift_hours: None,
        averages: vec![AverageHours::over(48.0, 4)],
    });
    law.breaks.bands = vec![
        BreakBand::more_than(360, 30).in_pieces_of(15),
        BreakBand::more_than(540, 45).in_pieces_of(15),
    ];
    law.breaks.stretches = vec![Stretch {
        most: hours(6),
        piece: Duration::from_secs(900),
    }];
    law.sunday_allowed = false;
    law.holiday_allowed = false;
    law.overtime = Overtime::FREE;
    law.premiums = vec![LawPremium::new("night", 0.25).at_night()];
    law
}
