use std::time::Duration;

use super::super::{AverageHours, BreakBand, LabourLaw, NightWorker, Overtime, Pause, WeeklyRest};
use super::{day, hours, night, texts};

pub(super) fn law() -> LabourLaw {
    let mut law = LabourLaw::none("ES", "Spain", day(2015, 11, 13));
    law.sources = texts([
        "Estatuto de los Trabajadores (RDL 2/2015), articles 34 to 37",
        "a day and a half of weekly rest, saved up over 14 days at most; courts have it follow \
         the 12 hours of the day, which makes 48 hours: set the total to that to be safe",
        "40 hours a week are an average of the year; hours beyond them in a week count as \
         overtime here, of which there are 80 a year",
        "night workers keep 8 hours a day on average over 15 days, here two weeks",
    ]);
    law.daily_rest = Some(hours(12));
    law.weekly_rest = vec![
        WeeklyRest::hours(36, 7).by_calendar_weeks(),
        WeeklyRest::hours(72, 14).in_pieces_of(24),
    ];
    law.day_hours = Some(9.0);
    law.average_hours = vec![AverageHours::over(48.0, 17)];
    law.night = Some(night(22, 6, 3.0));
    law.night_worker = Some(NightWorker {
        share: 0.5,
        shift_hours: None,
        averages: vec![AverageHours::over(40.0, 2)],
    });
    law.breaks.bands = vec![BreakBand::more_than(360, 15)];
    law.overtime = Overtime {
        year_most: Some(80.0),
        ..Overtime::beyond_week(40.0)
    };
    law
}

/// The agreement of the outsourcers. Premiums are sums of money by table and left out.
pub(super) fn contact_centre() -> LabourLaw {
    let mut law = law();
    "ES-contact-centre".clone_into(&mut law.id);
    "Spain, agreement of outsourced contact centres".clone_into(&mut law.name);
    (law.valid_from, law.valid_until) = (day(2020, 1, 1), Some(day(2026, 12, 31)));
    law.sources.extend(texts([
        "III Convenio colectivo estatal de contact center, BOE of 9 June 2023: 39 hours a week, \
         1,764 a year, a paid screen pause of 5 minutes for each hour, 15 minutes early or late",
        "at least 30 % of staff are full-time and at most 30 % below 30 hours, which no tour shows",
    ]));
    law.overtime.week_hours = Some(39.0);
    law.year_hours = Some(1764.0);
    law.breaks.pauses = vec![Pause {
        every: hours(1),
        least: Duration::from_secs(300),
        paid: true,
        tolerance: Some(Duration::from_secs(900)),
    }];
    law
}
