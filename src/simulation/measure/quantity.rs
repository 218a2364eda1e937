//! What is measured, and how it is called.

use super::super::engine::{Counts, ServedBy};

/// Numbers that are added up over contacts.
pub(super) const SUMS: usize = 13;

/// Something measured of contacts or agents.
///
/// Ratios are ratios of means over replications: the mean of the numerator over that of the
/// denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Contacts that came, retries and transfers included.
    Arrivals,
    /// Those that came again after hanging up.
    Retries,
    /// Those that came from another type.
    Transfers,
    /// Those whose service began.
    Served,
    /// Those that hung up or balked.
    Abandoned,
    /// Those that found all lines taken.
    Blocked,
    /// Those removed after the longest wait allowed.
    TimedOut,
    /// Abandoned, blocked and timed out.
    Lost,
    /// Those served in time.
    AnsweredInTarget,
    /// Those that were still waiting when everything was over.
    Unserved,
    /// Answered in time of those served.
    SlAnswered,
    /// Answered in time of all arrivals.
    SlOffered,
    /// Answered in time of those served and those that hung up after the threshold.
    SlExclShortAbandons,
    /// Mean wait of those served.
    MeanWaitAnswered,
    /// Share that does not start at once, lost ones included.
    PWait,
    /// Abandoned of all arrivals.
    PAbandon,
    /// Busy time over staffed time within the opening hours.
    Occupancy,
}

impl Quantity {
    /// Every quantity, in the order in which they are written.
    pub const ALL: [Self; 17] = [
        Self::Arrivals,
        Self::Retries,
        Self::Transfers,
        Self::Served,
        Self::Abandoned,
        Self::Blocked,
        Self::TimedOut,
        Self::Lost,
        Self::AnsweredInTarget,
        Self::Unserved,
        Self::SlAnswered,
        Self::SlOffered,
        Self::SlExclShortAbandons,
        Self::MeanWaitAnswered,
        Self::PWait,
        Self::PAbandon,
        Self::Occupancy,
    ];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Arrivals => "arrivals",
            Self::Retries => "retries",
            Self::Transfers => "transfers",
            Self::Served => "served",
            Self::Abandoned => "abandoned",
            Self::Blocked => "blocked",
            Self::TimedOut => "timed_out",
            Self::Lost => "lost",
            Self::AnsweredInTarget => "answered_in_target",
            Self::Unserved => "unserved",
            Self::SlAnswered => "sl_answered",
            Self::SlOffered => "sl_offered",
            Self::SlExclShortAbandons => "sl_excl_short_abandons",
            Self::MeanWaitAnswered => "mean_wait_answered",
            Self::PWait => "p_wait",
            Self::PAbandon => "p_abandon",
            Self::Occupancy => "occupancy",
        }
    }

    /// Whether it is known by the group that serves.
    pub const fn is_of_groups(self) -> bool {
        matches!(
            self,
            Self::Served
                | Self::AnsweredInTarget
                | Self::SlAnswered
                | Self::MeanWaitAnswered
                | Self::Occupancy
        )
    }

    /// Its sum, or the sums of its numerator and denominator; occupancy is kept apart.
    pub(super) const fn parts(self) -> Parts {
        match self {
            Self::Arrivals => Parts::Sum(0),
            Self::Retries => Parts::Sum(1),
            Self::Transfers => Parts::Sum(2),
            Self::Served => Parts::Sum(3),
            Self::Abandoned => Parts::Sum(4),
            Self::Blocked => Parts::Sum(5),
            Self::TimedOut => Parts::Sum(6),
            Self::Lost => Parts::Sum(7),
            Self::AnsweredInTarget => Parts::Sum(8),
            Self::Unserved => Parts::Sum(9),
            Self::SlAnswered => Parts::Ratio(0),
            Self::SlOffered => Parts::Ratio(1),
            Self::SlExclShortAbandons => Parts::Ratio(2),
            Self::MeanWaitAnswered => Parts::Ratio(3),
            Self::PWait => Parts::Ratio(4),
            Self::PAbandon => Parts::Ratio(5),
            Self::Occupancy => Parts::Ratio(6),
        }
    }
}

/// How a quantity follows from sums.
pub(super) enum Parts {
    Sum(usize),
    /// A place in [`RATIOS`]; one more for occupancy.
    Ratio(usize),
}

/// Numerators and denominators.
pub(super) const RATIOS: [(usize, usize); 6] = [(8, 3), (8, 0), (8, 12), (11, 3), (10, 0), (4, 0)];

/// The sums of some contacts.
pub(super) fn sums(counts: &Counts) -> [f64; SUMS] {
    let lost = counts.abandoned + counts.blocked + counts.timed_out;
    let left = counts.arrivals.saturating_sub(counts.served + lost);
    [
        f64::from(counts.arrivals),
        f64::from(counts.retries),
        f64::from(counts.transfers),
        f64::from(counts.served),
        f64::from(counts.abandoned),
        f64::from(counts.blocked),
        f64::from(counts.timed_out),
        f64::from(lost),
        f64::from(counts.in_time),
        f64::from(left),
        f64::from(counts.waited),
        counts.waits,
        f64::from(counts.served + counts.late_abandoned),
    ]
}

/// The sums of what a group served; what is not known of groups is 0.
pub(super) fn sums_by_group(by: &ServedBy) -> [f64; SUMS] {
    let mut sums = [0.0; SUMS];
    sums[3] = f64::from(by.served);
    sums[8] = f64::from(by.in_time);
    sums[11] = by.waits;
    sums
}
