//! Rows about named agents: who they are, when they are away, what they wish and what they worked.

use super::cells::{BadCell, LocalTime, number};
use super::staff::Found;
use super::table::Row;
use super::value::plausible;
use super::words::DAYS;
use crate::calendar::{DateTime, NaiveDate, RepeatedHour, Utc, WEEK, Weekday, Zone};
use crate::workforce::{
    Absence, Availability, FaultCode, NamedAgent, Pool, Wish, WishDay, WishFor, Worked,
};

impl Found {
    /// What a row makes of its cells; its faults are kept, and where the row was.
    fn each<T>(&mut self, mut read: impl FnMut(&mut Self, &Row) -> Option<T>) -> Vec<T> {
        let rows = std::mem::take(&mut self.table.rows);
        let mut all = Vec::new();
        for row in &rows {
            if let Some(one) = read(self, row) {
                all.push(one);
                self.rows.push(row.number);
            }
        }
        all
    }

    fn fault(&mut self, row: &Row, column: &str, code: FaultCode, what: String, action: &str) {
        (self.faults).push(Some(row.number), Some(column), code, what, action);
    }

    fn agent(&mut self, row: &Row) -> Option<String> {
        let name = self.cell(row, "agent").to_owned();
        if name.is_empty() {
            let what = "the row names no agent".to_owned();
            self.fault(row, "agent", FaultCode::MissingKey, what, "name the agent");
            return None;
        }
        Some(name)
    }

    /// A local time, or one with its offset.
    fn instant(&mut self, row: &Row, column: &str, zone: Zone) -> Option<DateTime<Utc>> {
        let time = LocalTime {
            zone: Some(zone),
            repeated: RepeatedHour::Refuse,
            skip_missing: false,
        };
        match time.instant(self.cell(row, column)) {
            Ok(instant) => instant,
            Err(BadCell { code, what, .. }) => {
                let action = "write local time of the pool such as 2027-03-22T08:00, or with its \
                              offset such as 2027-03-22T08:00:00+01:00";
                self.fault(row, column, code, what, action);
                None
            }
        }
    }

    fn date(&mut self, row: &Row, column: &str) -> Option<NaiveDate> {
        let cell = self.cell(row, column);
        let read = NaiveDate::parse_from_str(cell, "%Y-%m-%d").ok();
        let read = read.filter(|&date| plausible(date));
        if read.is_none() {
            let what = format!("`{cell}` is no date");
            let action = "write a date such as 2027-03-22";
            self.fault(row, column, FaultCode::BadTimestamp, what, action);
        }
        read
    }

    /// Minutes since midnight; `otherwise` for an empty cell, nothing for one that is no time.
    fn clock(&mut self, row: &Row, column: &str, otherwise: u32) -> Option<u32> {
        let cell = self.cell(row, column);
        if cell.is_empty() {
            return Some(otherwise);
        }
        let read = || {
            let (hour, minute) = cell.split_once(':')?;
            let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
            let total = hour.checked_mul(60)?.checked_add(minute)?;
            (minute < 60 && total <= 1440).then_some(total)
        };
        let read = read();
        if read.is_none() {
            let what = format!("`{cell}` is no time of day");
            let action = "write a time such as 08:00";
            self.fault(row, column, FaultCode::BadTimestamp, what, action);
        }
        read
    }

    /// Earliest start and latest end; nothing where any time will do.
    fn hours(&mut self, row: &Row) -> Option<(u32, u32)> {
        let is_any_time = ["from", "to"].map(|column| self.cell(row, column).is_empty());
        let (from, to) = (self.clock(row, "from", 0), self.clock(row, "to", 1440));
        let (from, to) = (from?, to?);
        // An end before the beginning is on the next day.
        let to = if to < from { to + 1440 } else { to };
        (is_any_time != [true; 2]).then_some((from, to))
    }

    /// Weekdays such as `mon-fri sun`; all of them when the cell is empty.
    fn weekdays(&mut self, row: &Row) -> Option<Vec<Weekday>> {
        let cell = self.cell(row, "days");
        if cell.is_empty() {
            return Some(WEEK.to_vec());
        }
        let day = |word: &str| DAYS.iter().position(|d| *d == word);
        let mut is_in = [false; 7];
        for word in cell.split_whitespace() {
            let (from, to) = word.split_once('-').unwrap_or((word, word));
            let (Some(from), Some(to)) = (day(from), day(to)) else {
                let what = format!("`{word}` is no weekday");
                let action = "write weekdays with blanks between them, such as `mon-fri sun`";
                self.fault(row, "days", FaultCode::UnknownReference, what, action);
                return None;
            };
            let mut at = from;
            is_in[at] = true;
            while at != to {
                at = (at + 1) % 7;
                is_in[at] = true;
            }
        }
        let days = WEEK.into_iter().zip(is_in).filter(|(_, is)| *is);
        Some(days.map(|(day, _)| day).collect())
    }
}

/// Agents, in the order of their first rows; more rows of one are for other days.
pub(super) fn agents(found: &mut Found, pool: &Pool) -> Vec<NamedAgent> {
    let mut all: Vec<NamedAgent> = Vec::new();
    let mut rows = Vec::new();
    found.each(|found, row| {
        let name = found.agent(row)?;
        let contract = found.cell(row, "contract").to_owned();
        let days = found.weekdays(row);
        let minutes = found.hours(row);
        let place = all.iter().position(|agent| agent.name == name);
        let agent = if let Some(place) = place {
            all.get_mut(place)?
        } else {
            // A single contract needs no name.
            let only = pool.contracts_in_force();
            let id = match only.as_slice() {
                [one] if contract.is_empty() => one.id.clone(),
                _ => contract.clone(),
            };
            rows.push(row.number);
            all.push(NamedAgent::new(name.as_str(), id));
            all.last_mut()?
        };
        if place.is_some() && !contract.is_empty() && contract != agent.contract {
            let what = format!(
                "`{name}` has contract `{}` and `{contract}`",
                agent.contract
            );
            let action = "give each agent one contract";
            found.fault(row, "contract", FaultCode::ImpossibleLimits, what, action);
        }
        let days = days?;
        let known = |day: &Weekday| agent.available.iter().any(|e| e.days.contains(day));
        if let Some(day) = days.iter().find(|day| known(day)) {
            let what = format!("`{name}` is given twice for {day}");
            let action = "give each agent one row for a weekday, and a name of their own";
            found.fault(row, "agent", FaultCode::Duplicate, what, action);
            return Some(());
        }
        agent.available.push(Availability { days, minutes });
        Some(())
    });
    found.rows = rows;
    all
}

/// Absences by days, both of which belong to it, or by times.
pub(super) fn absences(found: &mut Found, zone: Zone) -> Vec<Absence> {
    found.each(|found, row| {
        let agent = found.agent(row);
        let has = |found: &Found, column| !found.cell(row, column).is_empty();
        let [by_day, by_time] = [["first_day", "last_day"], ["start", "end"]]
            .map(|pair| pair.iter().any(|column| has(found, column)));
        if by_day == by_time {
            let what = "an absence is from a first to a last day, or from a start to an end";
            let action = "fill `first_day` and `last_day`, or `start` and `end`";
            let code = if by_day {
                FaultCode::Duplicate
            } else {
                FaultCode::MissingKey
            };
            found.fault(row, "first_day", code, what.to_owned(), action);
            return None;
        }
        let (start, end) = if by_day {
            let (first, last) = (found.date(row, "first_day"), found.date(row, "last_day"));
            let (first, last) = (first?, last?);
            (zone.day_start(first), zone.day_start(last.succ_opt()?))
        } else {
            let start = found.instant(row, "start", zone);
            let end = found.instant(row, "end", zone);
            (start?, end?)
        };
        Some(Absence {
            agent: agent?,
            start,
            end,
            reason: found.cell(row, "reason").to_owned(),
        })
    })
}

/// Wishes; a word that is none of the known ones is a kind of shift.
pub(super) fn wishes(found: &mut Found) -> Vec<Wish> {
    found.each(|found, row| {
        let agent = found.agent(row);
        let cell = found.cell(row, "day");
        let weekday = DAYS.iter().zip(WEEK).find(|(word, _)| **word == cell);
        let day = match weekday {
            _ if cell.is_empty() => Some(WishDay::Every),
            Some((_, day)) => Some(WishDay::Weekday(day)),
            None => found.date(row, "day").map(WishDay::Date),
        };
        let what = match found.cell(row, "wish") {
            "free" => WishFor::Free,
            "work" => WishFor::Work,
            "early" => WishFor::Early,
            "late" => WishFor::Late,
            "night" => WishFor::Night,
            kind => WishFor::Shift(kind.into()),
        };
        let wanted = match found.cell(row, "wanted") {
            "" | "yes" => Some(true),
            "no" => Some(false),
            other => {
                let what = format!("`{other}` is neither yes nor no");
                let action = "write yes, or no for what is not wanted";
                found.fault(row, "wanted", FaultCode::UnknownReference, what, action);
                None
            }
        };
        let weight = match number(found.cell(row, "weight"), '.') {
            Ok(weight) => Some(weight.unwrap_or(1.0)),
            Err(BadCell { code, what, .. }) => {
                found.fault(row, "weight", code, what, "give a number such as 1 or 2.5");
                None
            }
        };
        Some(Wish {
            agent: agent?,
            day: day?,
            what,
            wanted: wanted?,
            weight: weight?,
        })
    })
}

/// Shifts before the horizon.
pub(super) fn worked(found: &mut Found, zone: Zone) -> Vec<Worked> {
    found.each(|found, row| {
        let agent = found.agent(row);
        let start = found.instant(row, "start", zone);
        let end = found.instant(row, "end", zone);
        Some(Worked {
            agent: agent?,
            start: start?,
            end: end?,
        })
    })
}
