use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{CalendarError, IntervalLength, Zone};

/// Equally long, consecutive intervals on the UTC axis: the horizon on which things are counted.
///
/// ```
/// use wfm::calendar::{Grid, IntervalLength, Zone};
/// let brussels: Zone = "Europe/Brussels".parse()?;
/// let quarter = IntervalLength::from_minutes(15)?;
/// // Clocks go forward on 28 March 2027: the day has 92 quarter hours.
/// let spring = chrono::NaiveDate::from_ymd_opt(2027, 3, 28).unwrap();
/// assert_eq!(Grid::of_days(brussels, spring, 1, quarter)?.len(), 92);
/// # Ok::<(), wfm::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    start: DateTime<Utc>,
    length: IntervalLength,
    count: usize,
}

impl Grid {
    /// The most intervals a grid may have: over twenty years of quarter hours.
    pub const LIMIT: usize = 1_000_000;

    /// A grid from its first instant.
    ///
    /// # Errors
    /// [`CalendarError::HorizonLength`] when `count` is 0 or above [`Grid::LIMIT`].
    pub fn new(
        start: DateTime<Utc>,
        length: IntervalLength,
        count: usize,
    ) -> Result<Self, CalendarError> {
        if count == 0 || count > Self::LIMIT {
            return Err(CalendarError::HorizonLength { limit: Self::LIMIT });
        }
        Ok(Self {
            start,
            length,
            count,
        })
    }

    /// The grid of `days` local calendar days of a zone.
    ///
    /// # Errors
    /// [`CalendarError::HorizonLength`] when there is no day, or far too many.
    pub fn of_days(
        zone: Zone,
        first: NaiveDate,
        days: u32,
        length: IntervalLength,
    ) -> Result<Self, CalendarError> {
        let bad = CalendarError::HorizonLength { limit: Self::LIMIT };
        let last = first
            .checked_add_days(chrono::Days::new(u64::from(days)))
            .ok_or(bad.clone())?;
        let start = zone.day_start(first);
        let minutes = (zone.day_start(last) - start).num_minutes();
        let count = usize::try_from(minutes / i64::from(length.minutes())).map_err(|_| bad)?;
        Self::new(start, length, count)
    }

    /// Number of intervals, at least one.
    #[expect(clippy::len_without_is_empty, reason = "a grid is never empty")]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Length of each interval.
    pub const fn interval_length(&self) -> IntervalLength {
        self.length
    }

    /// First instant of the horizon.
    pub const fn start(&self) -> DateTime<Utc> {
        self.start
    }

    /// First instant after the horizon.
    pub fn end(&self) -> DateTime<Utc> {
        self.instant(self.count)
    }

    /// Time of a stretch that lies in the horizon.
    pub fn inside(&self, start: DateTime<Utc>, end: DateTime<Utc>) -> TimeDelta {
        (end.min(self.end()) - start.max(self.start())).max(TimeDelta::zero())
    }

    /// First instant of interval `index`; also defined beyond the horizon.
    pub fn instant(&self, index: usize) -> DateTime<Utc> {
        let steps = i32::try_from(index).unwrap_or(i32::MAX);
        self.start + self.length.delta() * steps
    }

    /// Position of an instant on the axis in intervals, negative before the horizon;
    /// `None` when it lies inside an interval.
    pub fn position(&self, instant: DateTime<Utc>) -> Option<i64> {
        let seconds = (instant - self.start).num_seconds();
        let step = i64::from(self.length.minutes()) * 60;
        (seconds % step == 0).then_some(seconds / step)
    }

    /// Index of the interval that contains an instant, if the horizon does.
    pub fn index_of(&self, instant: DateTime<Utc>) -> Option<usize> {
        let step = i64::from(self.length.minutes()) * 60;
        let index = (instant - self.start).num_seconds().div_euclid(step);
        usize::try_from(index).ok().filter(|&i| i < self.count)
    }

    /// Start instants of all intervals, in order.
    pub fn instants(&self) -> impl ExactSizeIterator<Item = DateTime<Utc>> + use<> {
        let grid = *self;
        (0..self.count).map(move |i| grid.instant(i))
    }

    /// The local calendar days of a zone that the horizon touches, in order.
    pub fn local_days(&self, zone: Zone) -> Vec<NaiveDate> {
        let first = zone.local(self.start).date();
        let last = zone.local(self.end() - TimeDelta::seconds(1)).date();
        first.iter_days().take_while(|&d| d <= last).collect()
    }
}
