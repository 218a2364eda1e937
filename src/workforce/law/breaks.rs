use std::time::Duration;

/// Breaks that a working day of some length must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakBand {
    /// Time worked from which the band holds. Paid breaks are worked time, unpaid ones are not.
    pub worked: Duration,
    /// Whether a day of exactly that length is meant too.
    pub inclusive: bool,
    /// Shortest break in all.
    pub least: Duration,
    /// Longest break in all.
    pub most: Option<Duration>,
    /// Shortest piece that counts.
    pub piece: Duration,
    /// Whether it must be paid.
    pub paid: bool,
    /// Earliest and latest start, from the start of the shift.
    pub window: Option<(Duration, Duration)>,
}

impl BreakBand {
    /// A break in one piece of so many minutes, when more than so many minutes are worked.
    pub const fn more_than(worked_minutes: u64, break_minutes: u64) -> Self {
        Self {
            worked: minutes(worked_minutes),
            inclusive: false,
            least: minutes(break_minutes),
            most: None,
            piece: minutes(break_minutes),
            paid: false,
            window: None,
        }
    }

    /// The same when so many minutes are worked, or more.
    pub const fn at_least(worked_minutes: u64, break_minutes: u64) -> Self {
        let mut band = Self::more_than(worked_minutes, break_minutes);
        band.inclusive = true;
        band
    }

    /// The same break, which may be taken in pieces of at least so many minutes.
    #[must_use]
    pub const fn in_pieces_of(mut self, piece_minutes: u64) -> Self {
        self.piece = minutes(piece_minutes);
        self
    }
}

/// Short breaks that come again and again, besides those of the bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// Worked time for which there is one, paid breaks included.
    pub every: Duration,
    /// Shortest length.
    pub least: Duration,
    /// Whether it must be paid.
    pub paid: bool,
    /// How much worked time before or after its turn it may begin; anywhere when not given. The
    /// turn of the first is after `every`, that of the second after twice as much, and so on.
    pub tolerance: Option<Duration>,
}

/// The longest stretch of a shift without a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Longest stretch, elapsed.
    pub most: Duration,
    /// Shortest break that ends it.
    pub piece: Duration,
}

/// Breaks within a shift. A break at its very beginning or end never counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BreakLaw {
    /// Bands by worked time; the one that asks for most worked time counts.
    pub bands: Vec<BreakBand>,
    /// Pauses that come again and again.
    pub pauses: Vec<Pause>,
    /// Longest stretches, each with the breaks that end it.
    pub stretches: Vec<Stretch>,
}

pub(super) const fn minutes(count: u64) -> Duration {
    Duration::from_secs(count * 60)
}
