//! `law` of a pool: a ready pack, and what is different here.

use std::time::Duration;

use super::reader::Reader;
use super::value::{NotNegative, Positive};
use crate::calendar::NaiveDate;
use crate::workforce::FaultCode;
use crate::workforce::law::{LabourLaw, LawError, WeeklyRest};

/// The table at `law`, as it holds on a day.
pub(super) fn read(reader: &mut Reader<'_>, day: Option<NaiveDate>) -> Option<LabourLaw> {
    let pack = reader.need::<String>("pack");
    let hours = |reader: &mut Reader<'_>, key| reader.get::<Positive>(key).map(|h| h.0);
    let daily_rest = hours(reader, "daily_rest_hours");
    let weekly_rest = hours(reader, "weekly_rest_hours");
    let day_hours = hours(reader, "day_hours");
    let week_hours = hours(reader, "week_hours");
    let span = hours(reader, "span_hours");
    let year_hours = hours(reader, "year_hours");
    let year_overtime = reader.get::<NotNegative>("year_overtime_hours");
    let consecutive_days = reader.get::<u32>("consecutive_days");
    let notice_days = reader.get::<u32>("notice_days");
    let sunday_allowed = reader.get::<bool>("sunday_allowed");
    let holiday_allowed = reader.get::<bool>("holiday_allowed");
    let overtime_allowed = reader.get::<bool>("overtime_allowed");
    let mut law = match LabourLaw::pack(&pack?, day?) {
        Ok(law) => law,
        Err(error) => {
            let action = match &error {
                LawError::Unknown { .. } => format!("name one of {}", LabourLaw::ids().join(", ")),
                _ => "name a law that holds on the first day of the horizon".to_owned(),
            };
            reader.fault(
                "pack",
                FaultCode::UnknownReference,
                error.to_string(),
                action,
            );
            return None;
        }
    };
    let duration = |hours: f64| Duration::from_secs_f64((hours * 3600.0).clamp(0.0, 1e7));
    if let Some(hours) = daily_rest {
        (law.daily_rest, law.short_rest) = (Some(duration(hours)), None);
    }
    if let Some(hours) = weekly_rest {
        law.weekly_rest = vec![WeeklyRest {
            total: duration(hours),
            piece: duration(hours),
            ..WeeklyRest::hours(0, 7).by_calendar_weeks()
        }];
    }
    law.day_hours = day_hours.or(law.day_hours);
    law.week_hours = week_hours.or(law.week_hours);
    law.span = span.map(duration).or(law.span);
    law.year_hours = year_hours.or(law.year_hours);
    law.overtime.year_most = year_overtime.map(|h| h.0).or(law.overtime.year_most);
    law.consecutive_days = consecutive_days.or(law.consecutive_days);
    law.notice_days = notice_days.or(law.notice_days);
    law.sunday_allowed = sunday_allowed.unwrap_or(law.sunday_allowed);
    law.holiday_allowed = holiday_allowed.unwrap_or(law.holiday_allowed);
    law.overtime.allowed = overtime_allowed.unwrap_or(law.overtime.allowed);
    Some(law)
}
