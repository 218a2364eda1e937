use super::super::{
    AverageHours, BreakBand, LabourLaw, NightRest, NightWorker, ShortRest, WeeklyRest,
};
use super::{clock, day, hours, night, texts};

pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("NL", "Netherlands", day(2007, 4, 1));
    law.sources = texts([
        "Arbeidstijdenwet, articles 4:2 and 5:3 to 5:8",
        "a night shift has more than an hour between midnight and 6, here an hour and a minute",
        "those with 16 night shifts or more in 16 weeks keep 40 hours on average; here those \
         with a fifth of their shifts at night",
        "night shifts of at most 10 hours are a limit of night workers here, of all by law",
        "a rest of 72 hours in 14 days comes in pieces of at least 32",
    ]);
    law.daily_rest = Some(hours(11));
    law.short_rest = Some(ShortRest {
        least: hours(8),
        once_in_days: 7,
    });
    law.weekly_rest = vec![
        WeeklyRest::hours(36, 7),
        WeeklyRest::hours(72, 14).in_pieces_of(32),
    ];
    law.night_rests = vec![
        NightRest {
            nights: 1,
            ends_after: Some(clock(2)),
            least: hours(14),
        },
        NightRest {
            nights: 3,
            ends_after: None,
            least: hours(46),
        },
    ];
    law.day_hours = Some(12.0);
    law.week_hours = Some(60.0);
    law.average_hours = vec![AverageHours::over(55.0, 4), AverageHours::over(48.0, 16)];
    law.night = Some(night(0, 6, 61.0 / 60.0));
    law.night_worker = Some(NightWorker {
        share: 0.2,
        shift_hours: Some(10.0),
        averages: vec![AverageHours::over(40.0, 16)],
    });
    law.breaks.bands = vec![
        BreakBand::more_than(330, 30).in_pieces_of(15),
        BreakBand::more_than(600, 45).in_pieces_of(15),
    ];
    law.notice_days = Some(28);
    law
}
