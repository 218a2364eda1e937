use super::super::{
    ClassHours, ClassLimits, HolidayKind, LabourLaw, LawPremium, Overtime, OvertimeRange, Stacking,
    WeeklyRest,
};
use super::{day, hours, night, texts};

/// Overtime may not be a lasting arrangement, so a roster does not plan it unless it is allowed.
pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("CR", "Costa Rica", day(1943, 9, 15));
    law.sources = texts([
        "Código de Trabajo, articles 135 to 141, 148, 149 and 152",
        "a mixed shift with three and a half hours of night or more is a night shift",
        "days of up to 10 hours and mixed ones of up to 8 within 48 a week may be agreed, \
         article 136: set the class limits then",
        "overtime exceptionally, 12 hours a day with it",
        "24 hours of rest after six days; a rest day worked is paid double",
    ]);
    law.daily_rest = Some(hours(12));
    law.weekly_rest = vec![WeeklyRest::hours(24, 7)];
    law.consecutive_days = Some(6);
    law.day_hours = Some(12.0);
    law.night = Some(night(19, 5, 3.5));
    let limit = |day, week| ClassHours { day, week };
    law.class_limits = Some(ClassLimits {
        day: limit(8.0, 48.0),
        mixed: limit(7.0, 42.0),
        night: limit(6.0, 36.0),
    });
    law.overtime = Overtime {
        allowed: false,
        ..Overtime::FREE
    };
    law.premiums = vec![
        LawPremium::new("holiday", 1.0).on_holiday(HolidayKind::Regular),
        LawPremium::new("rest_day", 1.0).on_rest_day(),
        // A holiday that is a rest day is paid double once.
        LawPremium::new("rest_day", 0.0)
            .on_rest_day()
            .on_holiday(HolidayKind::Regular),
        LawPremium::new("overtime", 0.5).for_overtime(OvertimeRange::ANY),
    ];
    law.stacking = Stacking::Multiply;
    law
}
