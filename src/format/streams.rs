//! Observations as streams: names looked up, intervals placed, parts added up, gaps found.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::Layout;
use super::naming::NameFrom;
use super::report::{Report, instead};
use super::rows::{Observation, Observed};
use super::settings::{Gaps, NAMES, Settings};
use super::table::RowFaults;
use crate::calendar::{
    CalendarError, DateTime, IntervalLength, NaiveDate, RepeatedHour, TimeDelta, Timelike, Utc,
};
use crate::forecasting::{Cell, History};
use crate::planning::{Horizon, Source, Stream};
use crate::workforce::{Channel, FaultCode, Language, Market, Place, Queue, Skill, Tier};

/// Gaps of a stream that are told one by one.
pub(super) const TOLD: usize = 3;
/// Longest hole that is looked into or filled.
const LONGEST_HOLE: TimeDelta = TimeDelta::days(366);

/// A stream and where it begins.
pub(super) struct Found {
    pub(super) stream: Stream,
    pub(super) place: Place,
}

/// What the scenario knows besides the history.
pub(super) struct Context<'a> {
    pub(super) horizon: Option<&'a Horizon>,
    pub(super) markets: &'a [Market],
    pub(super) queues: &'a [Queue],
    pub(super) report: &'a Report,
}

/// Makes what a stream's contacts are known from of its intervals.
pub(super) type Make = fn(
    &Builder<'_>,
    &BTreeMap<DateTime<Utc>, Placed>,
    IntervalLength,
    &Context<'_>,
    &mut RowFaults,
) -> Option<Source>;

/// One stream for each key whose names are known.
pub(super) fn build(
    observed: Vec<Observed>,
    make: Make,
    layout: &Layout,
    settings: &Settings,
    context: &Context<'_>,
    faults: &mut RowFaults,
) -> Vec<Found> {
    // All names first: rows of unknown ones are missing elsewhere.
    let named: Vec<_> = (observed.into_iter())
        .filter_map(|seen| {
            let row = seen.observations.first().map(|o| o.row);
            let names = names(&seen, row, context, faults)?;
            Some((names, row, seen.observations))
        })
        .collect();
    let mut found = Vec::new();
    for ((market, queue, skill, channel), row, observations) in named {
        let builder = Builder {
            name: format!("{skill} {channel} of {}", market.id),
            market,
            queue,
            layout,
            settings,
        };
        let wanted = context.horizon.map(|h| h.interval);
        let source = builder
            .step(&observations, wanted, faults)
            .and_then(|step| {
                let placed = builder.place(&observations, step, faults);
                builder.check_handling(&placed, faults);
                make(&builder, &placed, step, context, faults)
            });
        let Some(source) = source else {
            context.report.mark_without_streams();
            continue;
        };
        found.push(Found {
            stream: Stream::new(market.id.clone(), skill, channel, source),
            place: Place {
                file: Some(settings.file.clone()),
                row,
                ..Place::default()
            },
        });
    }
    found
}

/// One name of a queue.
type Name<'q> = fn(&'q Queue) -> &'q str;

/// Looks the names of a key up.
fn names<'a>(
    seen: &Observed,
    row: Option<u64>,
    context: &Context<'a>,
    faults: &mut RowFaults,
) -> Option<(&'a Market, &'a Queue, Skill, Channel)> {
    let mut unknown = |index: usize, known: Vec<&str>, elsewhere: &str| {
        // What could not be read may well be what the row means.
        if context.report.is_incomplete() {
            return None;
        }
        let (noun, name) = (NAMES.get(index)?, seen.key.get(index)?);
        let what = format!("unknown {noun} `{name}`{elsewhere}");
        let action = instead(noun, name, known);
        let code = FaultCode::UnknownReference;
        match seen.from.get(index)? {
            NameFrom::Column(column) => faults.add(row, Some(column), code, what, action),
            NameFrom::Path(path) => context.report.at(path, code, what, action),
        }
        None
    };
    let [market, language, channel, tier] = &seen.key;
    let markets = context.markets;
    let Some(market) = markets.iter().find(|m| m.id.as_str() == market) else {
        return unknown(0, markets.iter().map(|m| m.id.as_str()).collect(), "");
    };
    let Ok(channel) = channel.parse::<Channel>() else {
        return unknown(2, Channel::ALL.map(Channel::word).to_vec(), "");
    };
    let skill = Skill {
        tier: Tier::from(tier.as_str()),
        language: Language::from(language.as_str()),
    };
    // The first name without a queue is the one to blame.
    let mut queues: Vec<&Queue> = (context.queues.iter())
        .filter(|q| q.market.as_ref().is_none_or(|m| *m == market.id))
        .collect();
    let parts: [(usize, Name<'_>, &str, &str); 3] = [
        (1, |q| q.skill.language.as_str(), language, ""),
        (3, |q| q.skill.tier.as_str(), tier, " in this language"),
        (
            2,
            |q| q.channel.word(),
            channel.word(),
            " in this language and tier",
        ),
    ];
    for (index, part, name, elsewhere) in parts {
        let known: BTreeSet<&str> = queues.iter().map(|&q| part(q)).collect();
        queues.retain(|&q| part(q) == name);
        if queues.is_empty() {
            let what = format!(": no queue has it{elsewhere}");
            return unknown(index, known.into_iter().collect(), &what);
        }
    }
    // The queue of the market itself comes first.
    queues.sort_by_key(|q| q.market.is_none());
    Some((market, *queues.first()?, skill, channel))
}

/// What the rows say of one interval.
pub(super) struct Placed {
    /// The first of them.
    pub(super) row: u64,
    pub(super) cell: Cell,
    /// The rows by the part of the interval's contacts that they are.
    parts: BTreeMap<usize, u64>,
}

/// What is known of a stream when its contacts are put into place.
pub(super) struct Builder<'a> {
    pub(super) name: String,
    pub(super) market: &'a Market,
    pub(super) queue: &'a Queue,
    layout: &'a Layout,
    pub(super) settings: &'a Settings,
}

/// Mean handling times outside of this, in seconds, are totals taken for averages or the other way
/// round.
const HANDLING_TIMES: std::ops::RangeInclusive<f64> = 1.0..=86_400.0;

/// Observed contacts as a history to forecast from.
#[expect(
    clippy::unnecessary_wraps,
    reason = "other makers may have nothing to give"
)]
pub(super) fn history(
    builder: &Builder<'_>,
    placed: &BTreeMap<DateTime<Utc>, Placed>,
    step: IntervalLength,
    context: &Context<'_>,
    faults: &mut RowFaults,
) -> Option<Source> {
    let wanted = context.horizon.map(|h| h.interval);
    let length = wanted
        .filter(|w| w.minutes() % step.minutes() == 0)
        .unwrap_or(step);
    let mut history = History::new(builder.market.zone, length);
    for (&start, placed) in placed {
        builder.record(&mut history, start, placed.cell, faults);
    }
    let origin = (builder.settings.origin).or_else(|| context.horizon?.first.pred_opt());
    let origin = origin.unwrap_or(NaiveDate::MIN);
    // Rows or opening hours that could not be read would show gaps that are none.
    let blind = faults.lost_rows() || context.report.is_incomplete();
    if builder.settings.gaps != Gaps::Missing && !blind {
        builder.gaps(placed, step, origin, &mut history, faults);
    }
    let history = Box::new(history);
    Some(Source::History { history, origin })
}

impl Builder<'_> {
    /// The intervals of the rows; parts of one are added up, and unknown when one part is.
    fn place(
        &self,
        observations: &[Observation],
        step: IntervalLength,
        faults: &mut RowFaults,
    ) -> BTreeMap<DateTime<Utc>, Placed> {
        let start = Some(self.layout.start.name.as_str());
        let mut all: BTreeMap<DateTime<Utc>, Placed> = BTreeMap::new();
        for seen in observations {
            let local = self.market.zone.local(seen.start);
            if (local.minute() % step.minutes(), local.second()) != (0, 0) || local.nanosecond() > 0
            {
                let what = format!("{local} is not the start of an interval of {step}");
                let action = "let every interval start a whole number of intervals after the hour";
                faults.push(Some(seen.row), start, FaultCode::Misaligned, what, action);
                continue;
            }
            let Some(placed) = all.get_mut(&seen.start) else {
                let placed = Placed {
                    row: seen.row,
                    cell: seen.cell,
                    parts: BTreeMap::from([(seen.part, seen.row)]),
                };
                all.insert(seen.start, placed);
                continue;
            };
            if let Some(first) = placed.parts.insert(seen.part, seen.row) {
                let what = format!("{} at {local} is in row {first} already", self.name);
                let action = "remove one of the rows; where they are of the hour that happens twice, \
                              set `repeated_hour` to \"in_order\" or write the offset; rows that \
                              are to be added up differ in the column that `part` names";
                let code = FaultCode::DuplicateInterval;
                faults.push(Some(seen.row), start, code, what, action);
                continue;
            }
            placed.cell = both(placed.cell, seen.cell);
        }
        all
    }

    /// Refuses totals that are given as averages, and averages as totals.
    fn check_handling(&self, placed: &BTreeMap<DateTime<Utc>, Placed>, faults: &mut RowFaults) {
        let known = placed
            .values()
            .filter_map(|p| p.cell.handled.zip(p.cell.handle_seconds));
        let (handled, seconds) = known.fold((0.0, 0.0), |(h, s), (a, b)| (h + a, s + b));
        let mean = seconds / handled;
        if !mean.is_finite() || mean == 0.0 || HANDLING_TIMES.contains(&mean) {
            return;
        }
        let total = self.layout.total.as_ref();
        let column = total.or(self.layout.average.as_ref().map(|(column, _)| column));
        let what = format!("{} takes {mean:.1} s a contact", self.name);
        let action = format!(
            "name a column of totals `handle_seconds_total` in `{0}.columns`, one of averages \
             `aht_seconds` or `aht_minutes`",
            self.settings.table
        );
        let column = column.map(|column| column.name.as_str());
        faults.push(None, column, FaultCode::OutOfRange, what, action);
    }

    fn record(
        &self,
        history: &mut History,
        start: DateTime<Utc>,
        cell: Cell,
        faults: &mut RowFaults,
    ) {
        // Cells were checked when they were read; this one cannot be refused.
        if let Err(e) = history.record(start, cell) {
            let action = "check the numbers of this interval";
            let column = Some(self.layout.offered.name.as_str());
            faults.push(None, column, FaultCode::NotANumber, e.to_string(), action);
        }
    }

    /// Length of an interval of the data: as the rows say, or the smallest step between them.
    fn step(
        &self,
        observations: &[Observation],
        wanted: Option<IntervalLength>,
        faults: &mut RowFaults,
    ) -> Option<IntervalLength> {
        let column = self.layout.minutes.as_ref().or(self.layout.end.as_ref());
        let column = column.map(|c| c.name.as_str());
        let said = observations.iter().find_map(|o| o.minutes);
        let other = (observations.iter())
            .find(|o| said.is_some() && o.minutes.is_some_and(|m| Some(m) != said));
        if let (Some(other), Some(said)) = (other, said) {
            let what = format!("another length than the {said} minutes before");
            let action = "give all intervals of a stream one length";
            faults.push(Some(other.row), column, FaultCode::Misaligned, what, action);
            return None;
        }
        let starts: BTreeSet<DateTime<Utc>> = observations.iter().map(|o| o.start).collect();
        let steps = starts
            .iter()
            .zip(starts.iter().skip(1))
            .map(|(a, b)| (*b - *a).num_minutes());
        let smallest = steps.min().and_then(|m| u32::try_from(m.max(1)).ok());
        let Some(minutes) = said.or(smallest) else {
            return wanted;
        };
        match IntervalLength::from_minutes(minutes) {
            Ok(step) => Some(step),
            Err(e) => {
                let row = observations.first().map(|o| o.row);
                let column = column.or(Some(&self.layout.start.name));
                let what = format!("{}: {e}", self.name);
                let action = "give contacts by intervals that divide the hour, on the hour";
                faults.push(row, column, FaultCode::Misaligned, what, action);
                None
            }
        }
    }

    /// Looks for open intervals without a row between the first one and the origin.
    fn gaps(
        &self,
        rows: &BTreeMap<DateTime<Utc>, Placed>,
        step: IntervalLength,
        origin: NaiveDate,
        history: &mut History,
        faults: &mut RowFaults,
    ) {
        let mut told: Vec<(u64, String)> = Vec::new();
        let mut count = 0;
        for ((&before, _), (&after, Placed { row, .. })) in rows.iter().zip(rows.iter().skip(1)) {
            let mut missing = before + step.delta();
            let end = after.min(before + LONGEST_HOLE);
            let unfillable = self.settings.gaps == Gaps::Zero && after > end;
            while missing < end && self.market.zone.local(missing).date() <= origin {
                if self.queue.is_open(self.market, missing) && !self.folded(missing) {
                    if self.settings.gaps == Gaps::Refuse || unfillable {
                        count += 1;
                        if told.len() < TOLD {
                            told.push((*row, self.market.zone.local(missing).to_string()));
                        }
                    } else {
                        let cell = Cell {
                            volume: Some(0.0),
                            handled: Some(0.0),
                            handle_seconds: Some(0.0),
                            instants: 1,
                        };
                        self.record(history, missing, cell, faults);
                    }
                }
                missing += step.delta();
            }
        }
        self.tell_gaps(told, count, "before this one", faults);
    }

    /// Tells open intervals without a row: the row at which each was seen, and its local time.
    pub(super) fn tell_gaps(
        &self,
        told: Vec<(u64, String)>,
        count: usize,
        whereabouts: &str,
        faults: &mut RowFaults,
    ) {
        let last = told.len().saturating_sub(1);
        for (index, (row, local)) in told.into_iter().enumerate() {
            let more = if index == last && count > TOLD {
                format!(
                    " ({} more intervals of this stream are missing)",
                    count - TOLD
                )
            } else {
                String::new()
            };
            let table = self.settings.table;
            let rules = if table == "history" {
                "\"missing\" or \"zero\""
            } else {
                "\"zero\""
            };
            faults.add(
                Some(row),
                Some(&self.layout.start.name),
                FaultCode::GapInHistory,
                format!("{} at {local} has no row {whereabouts}{more}", self.name),
                format!(
                    "add the row (0 when no contact came), set `{table}.gaps` to {rules}, or close \
                     the market then"
                ),
            );
        }
    }

    /// Name of the column with the start of the intervals.
    pub(super) fn start_column(&self) -> &str {
        &self.layout.start.name
    }

    /// The other instant of the same local time, where the file may fold it into this one.
    pub(super) fn twin(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let zone = self.settings.time.zone.filter(|_| self.folded(instant))?;
        [RepeatedHour::First, RepeatedHour::Second]
            .into_iter()
            .filter_map(|rule| zone.instant(zone.local(instant), rule).ok())
            .find(|other| *other != instant)
    }

    /// Whether an instant is the half of a repeated hour that the file folds into the other.
    fn folded(&self, instant: DateTime<Utc>) -> bool {
        let time = &self.settings.time;
        let Some(zone) = time.zone.filter(|_| time.repeated != RepeatedHour::Refuse) else {
            return false;
        };
        matches!(
            zone.instant(zone.local(instant), RepeatedHour::Refuse),
            Err(CalendarError::RepeatedHour { .. })
        )
    }
}

/// Two parts of an interval together; what one of them does not know is not known.
fn both(a: Cell, b: Cell) -> Cell {
    let sum = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a + b);
    Cell {
        volume: sum(a.volume, b.volume),
        handled: sum(a.handled, b.handled),
        handle_seconds: sum(a.handle_seconds, b.handle_seconds),
        instants: a.instants,
    }
}
