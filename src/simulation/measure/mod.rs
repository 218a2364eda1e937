//! From the counts of replications to measures with their intervals.

mod moments;
mod names;
mod quantity;

pub use moments::Estimate;
pub(crate) use moments::student;
pub use names::{Expectation, Measure};
pub(super) use names::{is_named, scopes};
pub use quantity::Quantity;

use moments::{Moments, ratio};
use quantity::{Parts, SUMS, sums, sums_by_group};

use super::engine::{Blueprint, Tally};

/// Of what something is measured. Types, groups and periods are counted from 0, in the order of the
/// layout; contacts belong to the period in which they arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everything.
    All,
    /// A period.
    Period(usize),
    /// A contact type.
    Type(usize),
    /// A contact type in a period.
    TypeIn(usize, usize),
    /// Contacts of a type that waited when the day began; they count nowhere else.
    Carried(usize),
    /// A group.
    Group(usize),
    /// A group in a period: occupancy only.
    GroupIn(usize, usize),
}

/// Busy time over samples.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Busy {
    sum: f64,
    square: f64,
}

impl Busy {
    fn add(&mut self, value: f64) {
        self.sum += value;
        self.square += value * value;
    }
}

/// Moments of every scope.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measures {
    types: usize,
    groups: usize,
    periods: usize,
    batches: usize,
    samples: u64,
    /// All, periods, then for each type itself, its periods and who was carried over.
    contacts: Vec<Moments>,
    by_group: Vec<Moments>,
    /// All groups, then each: the whole day and its periods.
    busy: Vec<Busy>,
    staffed: Vec<f64>,
    scratch: Vec<[f64; SUMS]>,
}

impl Measures {
    pub(super) fn new(plan: &Blueprint) -> Self {
        let (types, groups) = (plan.types.len(), plan.groups.len());
        let (periods, batches) = (plan.periods(), plan.batches);
        let places = (1 + periods) + types * (2 + periods);
        let mut staffed = vec![0.0; (1 + groups) * (1 + periods)];
        for g in 0..groups {
            for cell in 0..batches * periods {
                // Of one sample, on average.
                let time = plan.staffed(g, cell) * f64::from(plan.days) / batches as f64;
                for row in [0, 1 + g] {
                    staffed[row * (1 + periods)] += time;
                    staffed[row * (1 + periods) + 1 + cell % periods] += time;
                }
            }
        }
        Self {
            types,
            groups,
            periods,
            batches,
            samples: 0,
            contacts: vec![Moments::NONE; places],
            by_group: vec![Moments::NONE; groups],
            busy: vec![Busy::default(); staffed.len()],
            staffed,
            scratch: vec![[0.0; SUMS]; places],
        }
    }

    /// Adds a replication.
    pub(super) fn add(&mut self, tally: &Tally) {
        for batch in 0..self.batches {
            self.samples += 1;
            self.add_contacts(tally, batch);
            for (g, moments) in self.by_group.iter_mut().enumerate() {
                moments.add(&sums_by_group(&tally.served_by[g * self.batches + batch]));
            }
            self.add_busy(tally, batch);
        }
    }

    fn add_contacts(&mut self, tally: &Tally, batch: usize) {
        let periods = self.periods;
        self.scratch.fill([0.0; SUMS]);
        for k in 0..self.types {
            let cells = tally.cells_of(k);
            let own = (1 + periods) + k * (2 + periods);
            for p in 0..periods {
                let sample = sums(&cells[batch * periods + p]);
                self.scratch[own + 1 + p] = sample;
                for place in [0, 1 + p, own] {
                    for (total, value) in self.scratch[place].iter_mut().zip(sample) {
                        *total += value;
                    }
                }
            }
            self.scratch[own + 1 + periods] = sums(&cells[self.batches * periods]);
        }
        for (moments, sample) in self.contacts.iter_mut().zip(&self.scratch) {
            moments.add(sample);
        }
    }

    fn add_busy(&mut self, tally: &Tally, batch: usize) {
        let (periods, width) = (self.periods, 1 + self.periods);
        let time = |g: usize, p: usize| tally.busy[(g * self.batches + batch) * periods + p];
        let mut all = 0.0;
        for g in 0..self.groups {
            let own: f64 = (0..periods).map(|p| time(g, p)).sum();
            all += own;
            self.busy[(1 + g) * width].add(own);
        }
        self.busy[0].add(all);
        for p in 0..periods {
            let sum: f64 = (0..self.groups).map(|g| time(g, p)).sum();
            self.busy[1 + p].add(sum);
            for g in 0..self.groups {
                self.busy[(1 + g) * width + 1 + p].add(time(g, p));
            }
        }
    }

    /// An estimate; `None` where it makes no sense.
    pub(super) fn estimate(&self, quantity: Quantity, scope: Scope) -> Option<Estimate> {
        let samples = self.samples as f64;
        if self.samples == 0 {
            return None;
        }
        if quantity == Quantity::Occupancy {
            let place = self.busy_place(scope)?;
            let (busy, staffed) = (self.busy[place], self.staffed[place]);
            let total = staffed * samples;
            let square = staffed * total;
            let product = staffed * busy.sum;
            return ratio(samples, (busy.sum, busy.square), (total, square), product);
        }
        let moments = match scope {
            Scope::Group(g) if quantity.is_of_groups() => self.by_group.get(g)?,
            Scope::Group(_) | Scope::GroupIn(..) => return None,
            _ => self.contacts.get(self.place(scope)?)?,
        };
        match quantity.parts() {
            Parts::Sum(place) => Some(moments.mean(samples, place, self.batches as f64)),
            Parts::Ratio(place) => moments.ratio(samples, place),
        }
    }

    fn place(&self, scope: Scope) -> Option<usize> {
        let own = |k: usize| (1 + self.periods) + k * (2 + self.periods);
        let (k, p) = match scope {
            Scope::All => return Some(0),
            Scope::Period(p) => return (p < self.periods).then_some(1 + p),
            Scope::Type(k) => (k, 0),
            Scope::TypeIn(k, p) if p < self.periods => (k, 1 + p),
            Scope::Carried(k) => (k, 1 + self.periods),
            Scope::TypeIn(..) | Scope::Group(_) | Scope::GroupIn(..) => return None,
        };
        (k < self.types).then(|| own(k) + p)
    }

    fn busy_place(&self, scope: Scope) -> Option<usize> {
        let (row, p) = match scope {
            Scope::All => (0, 0),
            Scope::Period(p) => (0, 1 + p),
            Scope::Group(g) => (1 + g, 0),
            Scope::GroupIn(g, p) => (1 + g, 1 + p),
            Scope::Type(_) | Scope::TypeIn(..) | Scope::Carried(_) => return None,
        };
        (row <= self.groups && p <= self.periods).then_some(row * (1 + self.periods) + p)
    }
}
