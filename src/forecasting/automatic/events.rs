//! Holidays and other dated events, with their eves and days after.

use std::collections::BTreeMap;

use chrono::NaiveDate;

/// What kind of day an event makes. Effects are shared within a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A public holiday or a closing of the customers' world.
    Holiday,
    /// The day before a holiday.
    Eve,
    /// The day after a holiday.
    DayAfter,
    /// A dated event without neighbours of its own: a campaign, a launch, an outage.
    Special,
    /// A day that is none of the others, whatever its neighbours are.
    Ordinary,
}

/// One dated event of the past or the future.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The local day.
    pub date: NaiveDate,
    /// The name that joins the event with its earlier occurrences.
    pub name: String,
    /// The kind of day.
    pub kind: EventKind,
}

impl Event {
    /// A dated event without neighbours of its own.
    pub fn special(date: NaiveDate, name: impl Into<String>) -> Self {
        Self {
            date,
            name: name.into(),
            kind: EventKind::Special,
        }
    }

    /// A day without an effect: neither a holiday nor the neighbour of one.
    pub fn ordinary(date: NaiveDate) -> Self {
        Self {
            date,
            name: String::new(),
            kind: EventKind::Ordinary,
        }
    }

    /// A holiday, whose eve and day after follow by themselves.
    pub fn holiday(date: NaiveDate, name: impl Into<String>) -> Self {
        Self {
            date,
            name: name.into(),
            kind: EventKind::Holiday,
        }
    }
}

/// The one event that marks a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct EventKey {
    /// The kind of day.
    pub(crate) kind: EventKind,
    /// The name of the event.
    pub(crate) name: String,
}

/// Events by date, at most one a day.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventCalendar {
    by_date: BTreeMap<NaiveDate, EventKey>,
}

impl EventCalendar {
    /// Enters the given events, then an eve and a day after for every holiday where the
    /// neighbouring day is not yet marked. The first entry of a date wins; holidays come
    /// before all other kinds.
    pub(crate) fn new(events: &[Event]) -> Self {
        let mut by_date = BTreeMap::new();
        let mut sorted: Vec<&Event> = events.iter().collect();
        sorted.sort();
        let (holidays, others): (Vec<&Event>, Vec<&Event>) = sorted
            .into_iter()
            .partition(|event| event.kind == EventKind::Holiday);
        for event in holidays.iter().chain(&others) {
            let key = EventKey {
                kind: event.kind,
                name: event.name.clone(),
            };
            by_date.entry(event.date).or_insert(key);
        }
        for event in &holidays {
            let sides = [
                (event.date.pred_opt(), EventKind::Eve),
                (event.date.succ_opt(), EventKind::DayAfter),
            ];
            for (date, kind) in sides {
                if let Some(date) = date {
                    let key = EventKey {
                        kind,
                        name: event.name.clone(),
                    };
                    by_date.entry(date).or_insert(key);
                }
            }
        }
        for event in events.iter().filter(|e| e.kind == EventKind::Ordinary) {
            by_date.remove(&event.date);
        }
        Self { by_date }
    }

    /// The event of a date.
    pub(crate) fn on(&self, date: NaiveDate) -> Option<&EventKey> {
        self.by_date.get(&date)
    }
}
