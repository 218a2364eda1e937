use super::super::{
    AverageHours, BreakBand, LabourLaw, LawPremium, NightWorker, Overtime, OvertimeRange,
    WeeklyRest,
};
use super::{day, hours, night, texts};

pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("FR", "France", day(2016, 8, 10));
    law.sources = texts([
        "Code du travail, L3121-16 to -36, L3122-2 to -7, L3131-1, L3132-1 and -2",
        "the weekly rest lies in each calendar week: 24 hours after the 11 of the day",
        "Sunday is the day of rest by principle; contact centres are often exempt, so it is \
         allowed unless set otherwise",
        "220 hours of overtime a year where no agreement says another number",
        "night from 21 to 6 where no agreement says otherwise",
    ]);
    law.daily_rest = Some(hours(11));
    law.span = Some(hours(13));
    law.weekly_rest = vec![WeeklyRest::hours(35, 7).by_calendar_weeks()];
    law.day_hours = Some(10.0);
    law.week_hours = Some(48.0);
    law.average_hours = vec![AverageHours::over(44.0, 12)];
    law.night = Some(night(21, 6, 3.0));
    law.night_worker = Some(NightWorker {
        share: 0.5,
        shift_hours: Some(8.0),
        averages: vec![AverageHours::over(40.0, 12)],
    });
    law.breaks.bands = vec![BreakBand::at_least(360, 20)];
    law.overtime = Overtime {
        year_most: Some(220.0),
        ..Overtime::beyond_week(35.0)
    };
    law.premiums = vec![
        LawPremium::new("overtime", 0.25).for_overtime(OvertimeRange::of_week(0.0, Some(8.0))),
        LawPremium::new("overtime", 0.5).for_overtime(OvertimeRange::of_week(8.0, None)),
    ];
    law
}
