use super::super::{
    AverageHours, BreakBand, HolidayKind, LabourLaw, LawPremium, Overtime, OvertimeRange, Stretch,
    WeeklyRest,
};
use super::{day, eight_hours_over, hours, night, texts};

/// Overtime hours of a year from which it is paid twice as much.
const DEARER: f64 = 100.0;

pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("PT", "Portugal", day(2023, 5, 1));
    law.sources = texts([
        "Código do Trabalho, articles 203, 211, 213, 214, 223 to 228, 232, 266 and 268, with \
         Lei 13/2023",
        "8 hours a day and 2 of overtime; 150 hours of overtime a year in larger firms",
        "weekly rest of a day after the 11 hours of the day",
    ]);
    law.daily_rest = Some(hours(11));
    law.weekly_rest = vec![WeeklyRest::hours(35, 7).by_calendar_weeks()];
    law.day_hours = Some(10.0);
    law.average_hours = vec![AverageHours::over(48.0, 17)];
    law.night = Some(night(22, 7, 3.0));
    law.night_worker = Some(eight_hours_over(17));
    law.breaks.bands = vec![BreakBand {
        most: Some(hours(2)),
        ..BreakBand::more_than(300, 60)
    }];
    law.breaks.stretches = vec![Stretch {
        most: hours(5),
        piece: hours(1),
    }];
    law.overtime = Overtime {
        day_hours: Some(8.0),
        on_rest_days: true,
        year_most: Some(150.0),
        ..Overtime::beyond_week(40.0)
    };
    law.premiums = vec![LawPremium::new("night", 0.25).at_night()];
    for (from, to, shares) in [
        (0.0, Some(DEARER), [0.25, 0.375, 0.5]),
        (DEARER, None, [0.5, 0.75, 1.0]),
    ] {
        let overtime = |share, range: OvertimeRange| {
            LawPremium::new("overtime", share).for_overtime(range.in_year(from, to))
        };
        law.premiums.extend([
            overtime(shares[0], OvertimeRange::of_day(0.0, Some(1.0))),
            overtime(shares[1], OvertimeRange::of_day(1.0, None)),
            overtime(shares[2], OvertimeRange::ANY).on_rest_day(),
            overtime(shares[2], OvertimeRange::ANY).on_holiday(HolidayKind::Regular),
        ]);
    }
    // Ordinary hours on a holiday, where the firm need not close: half a day's pay more.
    let holiday = LawPremium::new("holiday", 0.5).on_holiday(HolidayKind::Regular);
    // Overtime has its own price there.
    let no_more = LawPremium::new("holiday", 0.0)
        .on_holiday(HolidayKind::Regular)
        .for_overtime(OvertimeRange::ANY);
    law.premiums.extend([holiday, no_more]);
    law
}
