//! How long contacts take and wait: assumed, or as observed.

use std::ops::Range;

use super::FidelityError;
use crate::calendar::NaiveDate;
use crate::forecasting::{Exposed, RateForecast, RateHistory, RateKind};

/// Days after which an observation of handling or patience counts half.
const HALF_LIFE: f64 = 28.0;

/// What one interval tells of handling and patience.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Service {
    /// Contacts handled.
    pub handled: f64,
    /// Seconds spent on them.
    pub handle_seconds: f64,
    /// Contacts that hung up while they waited.
    pub abandoned: f64,
    /// Seconds that all contacts waited, handled or not.
    pub waited_seconds: f64,
}

/// Handling time and patience of a time, both exponential.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    /// Mean handling time in seconds.
    pub aht_seconds: f64,
    /// Mean patience in seconds; `None` for ever.
    pub patience_seconds: Option<f64>,
}

/// How contacts behave over a history.
#[derive(Debug, Clone, PartialEq)]
pub enum Conduct {
    /// The source does not say: the same at all times.
    Assumed(Facts),
    /// Observed in each interval of each day; empty intervals are zero.
    Observed(Vec<Vec<Service>>),
}

impl Conduct {
    /// What is known after all the days: recency-weighted ratios of sums. Patience is the time that
    /// all waited over the number that hung up.
    ///
    /// # Errors
    /// [`FidelityError::Rates`] when nothing was handled.
    pub fn known(&self, first: NaiveDate) -> Result<Facts, FidelityError> {
        let rows = match self {
            Self::Assumed(facts) => return Ok(*facts),
            Self::Observed(rows) => rows,
        };
        let intervals = rows.first().map_or(0, Vec::len);
        let rate = |kind: RateKind, cell: &dyn Fn(&Service) -> Exposed| {
            let exposed = |s: &Service| {
                let cell = cell(s);
                (cell.amount + cell.exposure > 0.0).then_some(cell)
            };
            let rows = rows.iter().map(|row| row.iter().map(exposed).collect());
            let history = RateHistory::new(first, intervals, rows.collect())?;
            RateForecast::learn(&history, kind, HALF_LIFE)
        };
        let handling = rate(RateKind::Duration, &|s| Exposed {
            amount: s.handle_seconds,
            exposure: s.handled,
        })?;
        // Without anybody who hung up, or anybody who waited, customers wait for ever.
        let hazard = rate(RateKind::Hazard, &|s| Exposed {
            amount: s.abandoned,
            exposure: s.waited_seconds,
        });
        let patience = hazard.ok().and_then(|h| h.overall.reciprocal());
        Ok(Facts {
            aht_seconds: handling.overall.value,
            patience_seconds: patience.map(|rate| rate.value),
        })
    }

    /// What truly was on some days: plain ratios of sums. `None` when nothing was handled.
    pub fn on(&self, days: Range<usize>) -> Option<Facts> {
        let rows = match self {
            Self::Assumed(facts) => return Some(*facts),
            Self::Observed(rows) => rows.get(days)?,
        };
        let mut sum = Service::default();
        for s in rows.iter().flatten() {
            sum.handled += s.handled;
            sum.handle_seconds += s.handle_seconds;
            sum.abandoned += s.abandoned;
            sum.waited_seconds += s.waited_seconds;
        }
        let is_known = sum.handled > 0.0 && sum.handle_seconds > 0.0;
        let hung_up = sum.abandoned > 0.0 && sum.waited_seconds > 0.0;
        is_known.then(|| Facts {
            aht_seconds: sum.handle_seconds / sum.handled,
            patience_seconds: hung_up.then(|| sum.waited_seconds / sum.abandoned),
        })
    }

    /// The first days alone.
    pub(super) fn truncated(&self, days: usize) -> Self {
        match self {
            Self::Assumed(facts) => Self::Assumed(*facts),
            Self::Observed(rows) => Self::Observed(rows.iter().take(days).cloned().collect()),
        }
    }
}
