use std::fmt;
use std::time::Duration;

use crate::units::{Probability, UnitError};

/// What a queue promises its customers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ServiceTarget {
    /// A share of contacts is answered within a wait: 80 % in 20 seconds.
    Live {
        /// Share answered in time; below 1, since no finite staffing answers everybody.
        share: Probability,
        /// Longest wait that counts as in time.
        answer_within: Duration,
    },
    /// A share of contacts is done by a deadline that runs in opening hours only.
    Deferred {
        /// Share done in time.
        share: Probability,
        /// Opening hours from arrival to deadline.
        done_within: Duration,
    },
}

impl ServiceTarget {
    /// A share of contacts answered within some seconds: `live(0.8, 20)`.
    ///
    /// # Errors
    /// [`UnitError`] when the share is no fraction.
    pub fn live(share: f64, seconds: u64) -> Result<Self, UnitError> {
        let answer_within = Duration::from_secs(seconds);
        Ok(Self::Live {
            share: Probability::new(share)?,
            answer_within,
        })
    }

    /// A share of contacts done within some opening hours: `deferred(0.9, 8)`.
    ///
    /// # Errors
    /// [`UnitError`] when the share is no fraction.
    pub fn deferred(share: f64, open_hours: u64) -> Result<Self, UnitError> {
        let done_within = Duration::from_secs(open_hours * 3600);
        Ok(Self::Deferred {
            share: Probability::new(share)?,
            done_within,
        })
    }

    /// The promised share.
    pub const fn share(self) -> Probability {
        match self {
            Self::Live { share, .. } | Self::Deferred { share, .. } => share,
        }
    }

    /// Whether customers wait in the queue.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Live { .. })
    }
}

/// Over which contacts a live promise is kept.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum PromiseScope {
    /// The contacts of every interval on their own.
    #[default]
    Interval,
    /// The contacts of each local day of the market together.
    Day {
        /// Service level that every interval keeps all the same.
        floor: Probability,
    },
    /// The contacts of each week together: seven local days of the market from the first day of
    /// the horizon on, the last week may be shorter.
    Week {
        /// Service level that every interval keeps all the same.
        floor: Probability,
    },
}

impl PromiseScope {
    /// What every interval keeps of a promise that is kept over more than it.
    pub const fn floor(self) -> Option<Probability> {
        match self {
            Self::Interval => None,
            Self::Day { floor } | Self::Week { floor } => Some(floor),
        }
    }

    /// The word for it in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Interval => "interval",
            Self::Day { .. } => "day",
            Self::Week { .. } => "week",
        }
    }

    /// The same with a floor of at most `share`.
    #[must_use]
    pub fn within(self, share: Probability) -> Self {
        let at_most = |floor: Probability| if floor > share { share } else { floor };
        match self {
            Self::Interval => Self::Interval,
            Self::Day { floor } => Self::Day {
                floor: at_most(floor),
            },
            Self::Week { floor } => Self::Week {
                floor: at_most(floor),
            },
        }
    }
}

impl fmt::Display for ServiceTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = self.share().get() * 100.0;
        match self {
            Self::Live { answer_within, .. } => {
                write!(f, "{percent:.0} % in {} s", answer_within.as_secs_f64())
            }
            Self::Deferred { done_within, .. } => {
                write!(
                    f,
                    "{percent:.0} % in {} open h",
                    done_within.as_secs_f64() / 3600.0
                )
            }
        }
    }
}
