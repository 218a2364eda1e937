//! Cells of a CSV file: numbers and time stamps.

use super::value::plausible;
use crate::calendar::{
    CalendarError, DateTime, FixedOffset, NaiveDateTime, RepeatedHour, Utc, Zone,
};
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
        let bad = |what: String, action: &str| {
            let action = action.to_owned();
            Err(BadCell::new(FaultCode::BadTimestamp, what, action))
        };
        let range = "give a time between the years 1900 and 2200";
        let local = match Stamp::read(cell, &FORMATS) {
            Some(Stamp::Instant(time)) => {
                let time = time.with_timezone(&Utc);
                if plausible(time.date_naive()) {
                    return Ok(Some(time));
                }
                return bad(format!("`{cell}` is far away"), range);
            }
            Some(Stamp::Local(local)) => local,
            None => {
                return bad(
                    format!("`{cell}` is no time stamp"),
                    "write 2027-03-23T08:00 for local time, 2027-03-23T08:00:00+01:00 with an offset",
                );
            }
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
                "set `history.repeated_hour` to \"first\" or \"second\", or write the offset",
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
}
