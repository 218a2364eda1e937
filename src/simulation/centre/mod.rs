//! What is simulated: a contact centre, as its owner states it.

mod check;
mod contact_type;
mod group;

pub use contact_type::{ArrivalRule, Arrivals, ContactType, Retry, Transfer};
pub use group::{AgentRule, Group, ServiceTime, Take};

use super::random::Law;
use crate::workforce::Faults;

/// What happens when the last period ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Close {
    /// Nobody new comes in, not even to try again; whoever waits is served by the last period's
    /// agents, or hangs up. Whoever nobody serves and who never hangs up is left over.
    #[default]
    Drain,
    /// Everything stops: whoever still waits is neither served nor lost.
    Cut,
}

/// Everything about a centre. Times are in any one unit; rates are per that unit.
///
/// A value for each period is a list of as many as there are periods, or of one that holds for all.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Its name.
    pub name: String,
    /// Lengths of the consecutive periods of a day (which may be a week).
    pub periods: Vec<f64>,
    /// Independent days summed into one replication, at least 1.
    pub days: u32,
    /// Time at the beginning of each day whose arrivals are not counted.
    pub warm_up: f64,
    /// What happens at the end of a day.
    pub close: Close,
    /// A random factor on all Poisson rates, drawn once a day.
    pub busyness: Option<Law>,
    /// The most contacts in service and waiting at once; whoever comes beyond is blocked.
    pub lines: Option<u32>,
    /// Kinds of contact.
    pub types: Vec<ContactType>,
    /// Groups of agents.
    pub groups: Vec<Group>,
    /// How long each group serves each type that it serves.
    pub service: Vec<ServiceTime>,
}

impl Layout {
    /// A day of some periods without anything in it.
    pub fn new(name: impl Into<String>, periods: Vec<f64>) -> Self {
        Self {
            name: name.into(),
            periods,
            days: 1,
            warm_up: 0.0,
            close: Close::Drain,
            busyness: None,
            lines: None,
            types: Vec::new(),
            groups: Vec::new(),
            service: Vec::new(),
        }
    }

    /// Length of a day.
    pub fn length(&self) -> f64 {
        self.periods.iter().sum()
    }

    /// Contacts of a type that are expected in each period, retries and transfers left out. Whatever
    /// a layout that was not checked does not say is nothing.
    pub fn expected(&self, contact_type: usize) -> Vec<f64> {
        let Some(contact) = self.types.get(contact_type) else {
            return vec![0.0; self.periods.len()];
        };
        let busyness = self.busyness.map_or(1.0, |law| law.mean());
        let (mut end, mut before) = (0.0, 0);
        let last = self.periods.len().saturating_sub(1);
        let expected = self.periods.iter().enumerate().map(|(p, length)| {
            match &contact.arrivals {
                Arrivals::Poisson(rates) => at(rates, p) * length * busyness,
                Arrivals::Counts(counts) => f64::from(at(counts, p)),
                Arrivals::Times(times) => {
                    end += length;
                    // Whoever comes when the day ends comes in its last period.
                    let until = if p == last {
                        times.len()
                    } else {
                        times.partition_point(|time| *time < end).max(before)
                    };
                    let count = until - before;
                    before = until;
                    count as f64
                }
            }
        });
        expected.collect()
    }
}

/// A centre that can be simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Centre(Layout);

impl Centre {
    /// Checks a layout.
    ///
    /// # Errors
    /// Everything that is wrong with it: numbers out of range, lists of another length than there are
    /// periods, routes to groups that are not there or that have no service time, warm transfers that
    /// could wait for each other.
    pub fn new(layout: Layout) -> Result<Self, Faults> {
        check::check(&layout)?;
        Ok(Self(layout))
    }

    /// What was checked.
    pub const fn layout(&self) -> &Layout {
        &self.0
    }

    /// The layout, to be changed and checked again.
    pub fn into_layout(self) -> Layout {
        self.0
    }
}

/// The value of a period: the only one, or the period's own; nothing where there is none.
pub(super) fn at<T: Copy + Default>(values: &[T], period: usize) -> T {
    let place = if values.len() == 1 { 0 } else { period };
    values.get(place).copied().unwrap_or_default()
}
