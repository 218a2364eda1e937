use super::super::HolidayKind::{Regular, Special};
use super::super::{
    BreakBand, LabourLaw, LawPremium, Overtime, OvertimeRange, Stacking, WeeklyRest,
};
use super::{day, night, texts};

pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("PH", "Philippines", day(1974, 11, 1));
    law.sources = texts([
        "Labor Code, articles 83 to 96; Handbook on Workers' Statutory Monetary Benefits",
        "ordinary days of 8 hours, compressed weeks of up to 12 hours within 48 a week",
        "a day of rest after six days of work",
        "a meal of 60 minutes, asked for when more than 5 hours are worked",
        "double pay on two regular holidays of one day is left out",
    ]);
    law.weekly_rest = vec![WeeklyRest::hours(24, 7)];
    law.consecutive_days = Some(6);
    law.day_hours = Some(12.0);
    law.night = Some(night(22, 6, 3.0));
    law.breaks.bands = vec![BreakBand::more_than(300, 60)];
    law.regular_holidays = texts(REGULAR);
    law.overtime = Overtime {
        day_hours: Some(8.0),
        ..Overtime::beyond_week(48.0)
    };
    let overtime = |share| LawPremium::new("overtime", share).for_overtime(OvertimeRange::ANY);
    law.premiums = vec![
        LawPremium::new("holiday", 1.0).on_holiday(Regular),
        LawPremium::new("holiday", 0.3).on_holiday(Special),
        LawPremium::new("holiday", 0.5)
            .on_holiday(Special)
            .on_rest_day(),
        LawPremium::new("rest_day", 0.3).on_rest_day(),
        LawPremium::new("rest_day", 0.0)
            .on_rest_day()
            .on_holiday(Special),
        overtime(0.25),
        overtime(0.3).on_rest_day(),
        overtime(0.3).on_holiday(Regular),
        overtime(0.3).on_holiday(Special),
        LawPremium::new("night", 0.1).at_night(),
    ];
    law.stacking = Stacking::Multiply;
    law
}

/// Regular holidays; the other days off are special days.
const REGULAR: [&str; 12] = [
    "New Year's Day",
    "Maundy Thursday",
    "Good Friday",
    "Day of Valor",
    "Labour Day",
    "Independence Day",
    "National Heroes Day",
    "Bonifacio Day",
    "Christmas Day",
    "Rizal Day",
    "Eid al-Fitr",
    "Eid al-Adha",
];
