use std::time::Duration;

use super::super::{
    AverageHours, BreakBand, HolidayKind, LabourLaw, LawPremium, Overtime, OvertimeRange,
    WeeklyRest,
};
use super::{day, eight_hours_over, hours, night, texts};

pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("PL", "Poland", day(2004, 1, 1));
    law.sources = texts([
        "Kodeks pracy, articles 128 to 151",
        "11 hours of rest in each 24 hours leave a span of 13 hours",
        "35 hours of weekly rest, those of the day included",
        "Sunday and holiday work in listed cases only, so closed unless set otherwise; \
         phone service for abroad is one of them, article 151(10)",
        "night is 8 hours between 21 and 7, here 22 to 6; its premium is a fifth of the \
         minimum hourly wage, of base pay here, which is more for those who earn more",
        "overtime of the week is meant over the reference period; it is counted by the week here",
    ]);
    law.daily_rest = Some(hours(11));
    law.span = Some(hours(13));
    law.weekly_rest = vec![WeeklyRest::hours(35, 7).by_calendar_weeks()];
    law.average_hours = vec![AverageHours::over(48.0, 17)];
    law.night = Some(night(22, 6, 3.0));
    law.night_worker = Some(eight_hours_over(17));
    law.breaks.bands = vec![BreakBand {
        paid: true,
        piece: Duration::from_secs(900),
        ..BreakBand::at_least(360, 15)
    }];
    law.sunday_allowed = false;
    law.holiday_allowed = false;
    law.overtime = Overtime {
        day_hours: Some(8.0),
        year_most: Some(150.0),
        ..Overtime::beyond_week(40.0)
    };
    let overtime = |share| LawPremium::new("overtime", share).for_overtime(OvertimeRange::ANY);
    law.premiums = vec![
        LawPremium::new("night", 0.2).at_night(),
        overtime(0.5),
        overtime(1.0).at_night(),
        overtime(1.0).on_sunday(),
        overtime(1.0).on_holiday(HolidayKind::Regular),
    ];
    law
}
