//! `VEVENT`: a shift, with its breaks in the description.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::text::Lines;
use crate::calendar::{DateTime, RepeatedHour, Utc, Zone};
use crate::planning::Announcement;
use crate::workforce::{Pool, Shift};

/// A shift as it is told.
#[derive(Debug)]
pub(super) struct Event<'a> {
    /// What the identifier is made of.
    pub(super) key: String,
    pub(super) announced: &'a Announcement<'a>,
    pub(super) pool: &'a Pool,
    /// When the event is said to be written: an instant of the plan, so that bytes repeat.
    pub(super) stamp: DateTime<Utc>,
}

impl Event<'_> {
    pub(super) fn write(&self, lines: &mut Lines) {
        let (shift, zone) = (self.announced.shift, self.pool.zone);
        lines.line("BEGIN:VEVENT");
        lines.line(&format!("UID:{}", self.identifier()));
        lines.line(&format!("DTSTAMP:{}", utc(self.stamp)));
        lines.line(&format!("SEQUENCE:{}", self.announced.sequence));
        if self.announced.is_cancelled {
            lines.line("STATUS:CANCELLED");
        }
        lines.line(&format!("DTSTART{}", moment(zone, shift.start)));
        lines.line(&format!("DTEND{}", moment(zone, shift.end)));
        lines.text("SUMMARY", &self.summary());
        let breaks = breaks(shift, zone);
        if !breaks.is_empty() {
            lines.text("DESCRIPTION", &breaks);
        }
        lines.text("LOCATION", self.pool.site.as_str());
        lines.text("CATEGORIES", shift.shift_type.as_str());
        lines.line("END:VEVENT");
    }

    /// Half of a hash of the key, which has no characters that need care.
    fn identifier(&self) -> String {
        let digest = Sha256::digest(self.key.as_bytes());
        let mut text = String::new();
        for byte in digest.iter().take(16) {
            let _ = write!(text, "{byte:02x}");
        }
        text + "@wfm"
    }

    fn summary(&self) -> String {
        let shift = self.announced.shift;
        let (kind, pool) = (&shift.shift_type, &self.pool.id);
        match shift.count {
            1 => format!("{kind} {pool}"),
            people => format!("{people} × {kind} {pool}"),
        }
    }
}

/// One break a line, by the clock of the site.
fn breaks(shift: &Shift, zone: Zone) -> String {
    let clock = |at| zone.local(at).format("%H:%M");
    let words = shift.breaks.iter().map(|b| {
        let paid = if b.paid { "paid" } else { "unpaid" };
        let people = match shift.count {
            1 => String::new(),
            _ => format!(", {} people", b.count),
        };
        let (start, end) = (clock(b.start), clock(b.end));
        format!("Break {start}–{end}, {paid}{people}")
    });
    words.collect::<Vec<_>>().join("\n")
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A local time with its zone. Of an hour that happens twice a local time means the first, so an
/// instant of the second is told in UTC.
fn moment(zone: Zone, at: DateTime<Utc>) -> String {
    let local = zone.local(at);
    if zone.instant(local, RepeatedHour::First) == Ok(at) {
        format!(";TZID={zone}:{}", local.format("%Y%m%dT%H%M%S"))
    } else {
        format!(":{}", utc(at))
    }
}
