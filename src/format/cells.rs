//! Cells of a CSV file: numbers and time stamps.

use super::time_format;
use super::value::plausible;
use crate::calendar::{
    CalendarError, DateTime, FixedOffset, NaiveDateTime, RepeatedHour, Utc, Zone,
};
use crate::units::whole;
use crate::workforce::FaultCode;

/// Why a cell cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadCell {
    pub(super) code: FaultCode,
    pub(super) what: String,
    pub(super) action: String,
}

impl BadCell {
    fn new(code: FaultCode, what: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            code,
            what: what.into(),
            action: action.into(),
        }
    }
}

/// Counts and durations beyond this are slips of the pen.
const LARGEST: f64 = 1e12;

/// A count or a duration; `None` for an empty cell.
pub(super) fn number(cell: &str, decimal: char) -> Result<Option<f64>, BadCell> {
    if cell.is_empty() {
        return Ok(None);
    }
    let bad = |what: String, action: &str| Err(BadCell::new(FaultCode::NotANumber, what, action));
    let plain = if decimal == '.' {
        cell.to_owned()
    } else if cell.contains('.') {
        let action = "write decimal commas throughout, or leave `history.decimal` out";
        return bad(
            format!("`{cell}` has a point where commas are expected"),
            action,
        );
    } else {
        cell.replace(decimal, ".")
    };
    match plain.parse::<f64>() {
        Ok(value) if !value.is_finite() => bad(
            format!("`{cell}` is no finite number"),
            "leave the cell empty when the number is unknown",
        ),
        Ok(value) if value < 0.0 => Err(BadCell::new(
            FaultCode::NegativeVolume,
            format!("{cell} is below zero"),
            "give 0 when there was none, leave the cell empty when the number is unknown",
        )),
        Ok(value) if value > LARGEST => Err(BadCell::new(
            FaultCode::OutOfRange,
            format!("{cell} is beyond any count"),
            "check the number",
        )),
        Ok(value) => Ok(Some(value)),
        Err(_) if cell.contains(',') => bad(
            format!("`{cell}` is no number: it has a comma"),
            "set `history.decimal = \",\"` for decimal commas; thousands have no mark",
        ),
        Err(_) => bad(
            format!("`{cell}` is no number"),
            "give a number such as 12 or 3.5, or leave the cell empty when it is unknown",
        ),
    }
}

/// A duration in seconds: a number, or hours, minutes and seconds as `1:02:03`, `2:03` or `:03`.
pub(super) fn seconds(cell: &str, decimal: char) -> Result<Option<f64>, BadCell> {
    let parts: Vec<&str> = cell.split(':').collect();
    if parts.len() < 2 {
        return number(cell, decimal);
    }
    let digits = |part: &&str| part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit());
    let sixtieths = parts.iter().skip(1).all(|part| part.len() == 2);
    if parts.len() > 3 || !sixtieths || !parts.iter().all(digits) {
        let what = format!("`{cell}` is no duration");
        let action = "give seconds, or hours, minutes and seconds such as 1:02:03";
        return Err(BadCell::new(FaultCode::NotANumber, what, action));
    }
    // Nothing before the colon is 0.
    let of = |total: f64, part: &&str| total * 60.0 + part.parse::<f64>().unwrap_or(0.0);
    Ok(Some(parts.iter().fold(0.0, of)))
}

/// A length of an interval in minutes: `15`, `15mins`, `30 min`.
pub(super) fn minutes(cell: &str, decimal: char) -> Result<Option<u32>, BadCell> {
    let ending = cell.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (bare, unit) = cell.split_at(ending.len());
    let known = ["", "m", "min", "mins", "minute", "minutes"];
    if !known.contains(&unit.to_ascii_lowercase().as_str()) {
        return Err(BadCell::new(
            FaultCode::Misaligned,
            format!("`{cell}` is no length of an interval in minutes"),
            "keep rows of 15, 30 or 60 minutes; `history.filter` passes over rows with other values",
        ));
    }
    let Some(value) = number(bare.trim_end(), decimal)? else {
        return Ok(None);
    };
    let minutes = whole::round(value);
    if minutes > 0 && f64::from(minutes).total_cmp(&value).is_eq() {
        return Ok(Some(minutes));
    }
    Err(BadCell::new(
        FaultCode::Misaligned,
        format!("an interval of {value} minutes"),
        "give a whole number of minutes, such as 30",
    ))
}

/// Local time with and without seconds.
const FORMATS: [&str; 2] = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M"];

/// A time stamp as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// With its offset.
    Instant(DateTime<FixedOffset>),
    /// Wall-clock time.
    Local(NaiveDateTime),
}

impl Stamp {
    /// Reads RFC 3339, or a local time in a pattern or, without one, as the canonical layout has it.
    pub(super) fn of(cell: &str, pattern: Option<&str>) -> Result<Self, BadCell> {
        let Some(pattern) = pattern else {
            let action =
                "write 2027-03-23T08:00 for local time, 2027-03-23T08:00:00+01:00 with an offset";
            return Self::read(cell, &FORMATS).ok_or_else(|| Self::bad(cell, action));
        };
        if let Ok(time) = DateTime::parse_from_rfc3339(cell) {
            return Ok(Self::Instant(time));
        }
        let action = "check `history.time_format`, which says how local times are written, and the \
                      columns of `start`; rows of totals have to go";
        let local = time_format::local(cell, pattern);
        local
            .map(Self::Local)
            .ok_or_else(|| Self::bad(cell, action))
    }

    fn bad(cell: &str, action: &str) -> BadCell {
        let what = format!("`{cell}` is no time stamp");
        BadCell::new(FaultCode::BadTimestamp, what, action)
    }

    /// Reads RFC 3339, or a local time in one of some formats; a blank may stand for the `T`.
    pub(super) fn read(cell: &str, formats: &[&str]) -> Option<Self> {
        let spaced = cell.replacen(' ', "T", 1);
        if let Ok(time) = DateTime::parse_from_rfc3339(&spaced) {
            return Some(Self::Instant(time));
        }
        let local = |format: &&str| NaiveDateTime::parse_from_str(&spaced, format).ok();
        formats.iter().find_map(local).map(Self::Local)
    }
}

/// How local times without an offset are meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct LocalTime {
    pub(super) zone: Option<Zone>,
    pub(super) repeated: RepeatedHour,
    /// Rows in the hour that clocks jumped over are passed over.
    pub(super) skip_missing: bool,
}

impl LocalTime {
    /// The instant of a time stamp; `None` when the row is to be passed over.
    pub(super) fn instant(self, cell: &str) -> Result<Option<DateTime<Utc>>, BadCell> {
        self.place(cell, Stamp::of(cell, None)?)
    }

    /// The instant of a time stamp that was read from a cell.
    pub(super) fn place(self, cell: &str, stamp: Stamp) -> Result<Option<DateTime<Utc>>, BadCell> {
        let bad = |what: String, action: &str| {
            let action = action.to_owned();
            Err(BadCell::new(FaultCode::BadTimestamp, what, action))
        };
        let range = "give a time between the years 1900 and 2200";
        let local = match stamp {
            Stamp::Instant(time) => {
                let time = time.with_timezone(&Utc);
                if plausible(time.date_naive()) {
                    return Ok(Some(time));
                }
                return bad(format!("`{cell}` is far away"), range);
            }
            Stamp::Local(local) => local,
        };
        if !plausible(local.date()) {
            return bad(format!("`{cell}` is far away"), range);
        }
        let Some(zone) = self.zone else {
            return bad(
                format!("`{cell}` is local time, and its time zone is not given"),
                "set `history.timezone`, or write the offset with each time",
            );
        };
        match zone.instant(local, self.repeated) {
            Ok(time) => Ok(Some(time)),
            Err(CalendarError::MissingHour { .. }) if self.skip_missing => Ok(None),
            Err(e @ CalendarError::MissingHour { .. }) => Err(BadCell::new(
                FaultCode::MissingHour,
                e.to_string(),
                "check `history.timezone`, or set `history.missing_hour = \"skip\"` to pass over \
                 such rows",
            )),
            Err(e @ CalendarError::RepeatedHour { .. }) => Err(BadCell::new(
                FaultCode::RepeatedHour,
                e.to_string(),
                "set `history.repeated_hour` to \"first\" or \"second\" where one row stands for \
                 both, to \"in_order\" where there are two, or write the offset",
            )),
            Err(e) => bad(e.to_string(), "check the time"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_finite_and_not_negative() {
        assert_eq!(number("", '.').unwrap(), None);
        assert_eq!(number("0", '.').unwrap(), Some(0.0));
        assert_eq!(number("2,5", ',').unwrap(), Some(2.5));
        let code = |cell, decimal| number(cell, decimal).unwrap_err().code;
        for cell in ["NaN", "inf", "1e400", "x", "2,5"] {
            assert_eq!(code(cell, '.'), FaultCode::NotANumber);
        }
        assert_eq!(code("2.5", ','), FaultCode::NotANumber);
        assert_eq!(code("-1", '.'), FaultCode::NegativeVolume);
        assert_eq!(code("1e300", '.'), FaultCode::OutOfRange);
    }

    #[test]
    fn durations_and_lengths_have_units() {
        for (cell, expected) in [
            ("300.5", 300.5),
            ("5:00", 300.0),
            ("1:02:03", 3723.0),
            (":09", 9.0),
        ] {
            assert_eq!(seconds(cell, '.').unwrap(), Some(expected), "{cell}");
        }
        for cell in ["5:0", "1:2:3:4", "a:00", "-1:00"] {
            assert_eq!(
                seconds(cell, '.').unwrap_err().code,
                FaultCode::NotANumber,
                "{cell}"
            );
        }
        for (cell, expected) in [("15mins", 15), ("30 min", 30), ("60", 60)] {
            assert_eq!(minutes(cell, '.').unwrap(), Some(expected), "{cell}");
        }
        for cell in ["daily", "7.5", "0"] {
            assert_eq!(
                minutes(cell, '.').unwrap_err().code,
                FaultCode::Misaligned,
                "{cell}"
            );
        }
        assert_eq!(minutes("", '.').unwrap(), None);
    }
}
