use super::departures::{Departures, FAINT};

/// Upward sums without a last place are complete at this share.
const COMPLETE: f64 = 1e-20;
/// Downward sums go further, for what little is served in time in heavy overload.
const DEEP: f64 = 1e-100;

/// A number waiting and the weight of that state.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    index: f64,
    weight: f64,
}

impl Place {
    pub(super) const fn new(index: f64, weight: f64) -> Self {
        Self { index, weight }
    }
}

/// The states in which contacts wait, and their sums: `j` of them depart at rate `R + j θ`.
#[derive(Debug)]
pub(super) struct Waiting {
    arrivals: f64,
    rate: f64,
    hang_up: f64,
    places: f64,
    low: Option<Place>,
    high: Option<Place>,
    /// Weight of the states in which a contact is admitted and waits.
    pub(super) admitted: f64,
    /// Weight of the state in which a contact is turned away.
    pub(super) blocked: f64,
    /// Number waiting, weighted.
    pub(super) queue: f64,
    /// Contacts that wait and are answered, weighted.
    pub(super) served: f64,
    /// Their waits, weighted.
    pub(super) served_wait: f64,
}

impl Waiting {
    pub(super) const fn new(arrivals: f64, rate: f64, hang_up: f64, places: f64) -> Self {
        Self {
            arrivals,
            rate,
            hang_up,
            places,
            low: None,
            high: None,
            admitted: 0.0,
            blocked: 0.0,
            queue: 0.0,
            served: 0.0,
            served_wait: 0.0,
        }
    }

    /// Departures with `j` waiting.
    fn leaving(&self, j: f64) -> f64 {
        self.rate + j * self.hang_up
    }

    fn is_geometric(&self) -> bool {
        self.hang_up <= 0.0 && self.places.is_infinite()
    }

    /// Adds the state of `place`, where an admitted contact waits `wait` on average if answered.
    fn add(&mut self, place: Place, inverse: f64, wait: f64) {
        let served = place.weight * self.rate * inverse;
        self.admitted += place.weight;
        self.queue += place.index * place.weight;
        self.served += served;
        self.served_wait += served * wait;
    }

    /// Adds the states from `start` up to the last place, or until no more matters.
    pub(super) fn upwards(&mut self, start: Place) {
        let Place {
            index: mut j,
            mut weight,
        } = start;
        if self.is_geometric() {
            self.geometric(weight);
            return;
        }
        let mut wait = reciprocals(self.rate, self.hang_up, j);
        while weight > FAINT {
            if j >= self.places {
                self.blocked = weight;
                self.queue += j * weight;
                return;
            }
            let inverse = 1.0 / self.leaving(j + 1.0);
            wait += inverse;
            let place = Place::new(j, weight);
            self.add(place, inverse, wait);
            self.low.get_or_insert(place);
            self.high = Some(place);
            if self.places.is_infinite() && weight <= self.admitted * COMPLETE {
                return;
            }
            weight *= self.arrivals * inverse;
            j += 1.0;
        }
    }

    /// Adds the states under `start`; gives the weight of the state in which nobody waits yet.
    pub(super) fn downwards(&mut self, start: Place) -> f64 {
        let Place {
            index: mut j,
            mut weight,
        } = start;
        let mut wait = reciprocals(self.rate, self.hang_up, j);
        while j > 0.0 {
            let leaving = self.leaving(j);
            weight *= leaving / self.arrivals;
            j -= 1.0;
            if weight <= DEEP * (self.admitted + self.blocked) {
                return 0.0;
            }
            let place = Place::new(j, weight);
            self.add(place, 1.0 / leaving, wait);
            wait -= 1.0 / leaving;
            self.low = Some(place);
            self.high.get_or_insert(place);
        }
        weight
    }

    /// The sums without a limit of places or patience.
    fn geometric(&mut self, weight: f64) {
        let slack = 1.0 - self.arrivals / self.rate;
        self.admitted = weight / slack;
        self.served = self.admitted;
        self.queue = self.admitted * (self.arrivals / self.rate) / slack;
        self.served_wait = self.admitted / (self.rate - self.arrivals);
    }

    /// Weights of the contacts with `V > t`, and of those that wait and have `V ≤ t, V < T`.
    pub(super) fn lateness(&self, law: &Departures, time: f64) -> (f64, f64) {
        if time <= 0.0 || self.rate <= 0.0 {
            return (self.admitted, 0.0);
        }
        if time.is_infinite() {
            return (0.0, self.served);
        }
        if self.is_geometric() {
            let late = (-(self.rate - self.arrivals) * time).exp();
            return (self.admitted * late, self.admitted * (1.0 - late));
        }
        let (Some(low), Some(high)) = (self.low, self.high) else {
            return (0.0, 0.0);
        };
        let middle = law.mean().floor();
        let anchor = middle.clamp(low.index, high.index);
        let at_anchor = law.probability(anchor);
        let mut sums = Lateness::default();
        if middle >= low.index {
            self.lower(&mut sums, law, low, Place::new(anchor, at_anchor));
        }
        if middle < high.index {
            let first = if middle < low.index {
                Place::new(anchor, at_anchor)
            } else {
                Place::new(anchor + 1.0, at_anchor * law.ratio(anchor))
            };
            self.upper(&mut sums, law, high, first);
        }
        (sums.late, sums.in_time)
    }

    /// Adds the states from `low` to `last`, where a late contact is the exception: the lower tail
    /// of the departures, summed upwards.
    fn lower(&self, sums: &mut Lateness, law: &Departures, low: Place, last: Place) {
        let Place {
            index: mut first,
            weight: mut at,
        } = last;
        while first > low.index {
            let next = at / law.ratio(first - 1.0);
            if next <= FAINT {
                break;
            }
            (first, at) = (first - 1.0, next);
        }
        let mut tail = 0.0;
        let Place {
            index: mut j,
            mut weight,
        } = low;
        loop {
            let mut exactly = 0.0;
            if j >= first {
                tail = if j > first {
                    at *= law.ratio(j - 1.0);
                    tail + at
                } else {
                    law.up_to(j, at)
                };
                exactly = at;
            }
            let share = self.rate / self.leaving(j + 1.0);
            sums.late += weight * tail;
            sums.in_time += weight * share * (1.0 - tail + exactly * law.tilt(j));
            if j >= last.index {
                return;
            }
            j += 1.0;
            weight *= self.arrivals / self.leaving(j);
        }
    }

    /// Adds the states from `high` down to `first`, where a contact in time is the exception: the
    /// upper tail of the departures, summed downwards.
    fn upper(&self, sums: &mut Lateness, law: &Departures, high: Place, first: Place) {
        let Place {
            index: mut last,
            weight: mut at,
        } = first;
        while last < high.index {
            let next = at * law.ratio(last);
            if next <= FAINT {
                break;
            }
            (last, at) = (last + 1.0, next);
        }
        let mut tail = 0.0;
        let Place {
            index: mut j,
            mut weight,
        } = high;
        loop {
            let mut exactly = 0.0;
            if j <= last {
                if j < last {
                    tail += at;
                    at /= law.ratio(j);
                } else if at > FAINT {
                    tail = law.beyond(j, at);
                }
                exactly = at;
            }
            let share = self.rate / self.leaving(j + 1.0);
            sums.late += weight * (1.0 - tail);
            sums.in_time += weight * share * (tail + exactly * law.tilt(j));
            if j <= first.index {
                return;
            }
            weight *= self.leaving(j) / self.arrivals;
            j -= 1.0;
        }
    }
}

#[derive(Debug, Default)]
struct Lateness {
    late: f64,
    in_time: f64,
}

/// `Σ 1 / (R + m θ)` over `1 ≤ m ≤ count`: term by term, then by Euler and Maclaurin.
fn reciprocals(rate: f64, growth: f64, count: f64) -> f64 {
    const SINGLE: f64 = 64.0;
    let term = |m: f64| 1.0 / (rate + m * growth);
    if count <= 0.0 {
        return 0.0;
    }
    if growth <= 0.0 {
        return count / rate;
    }
    let (mut sum, mut m) = (0.0, 0.0);
    while m < count.min(SINGLE) {
        m += 1.0;
        sum += term(m);
    }
    if count <= SINGLE {
        return sum;
    }
    let (first, last) = (term(SINGLE), term(count));
    let integral = ((count - SINGLE) * growth * first).ln_1p() / growth;
    let slopes = growth * (first * first - last * last) / 12.0
        - growth.powi(3) * (first.powi(4) - last.powi(4)) / 120.0;
    sum + integral + 0.5 * (last - first) + slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sums_of_reciprocals() {
        for (rate, growth) in [(0.0, 1.0), (5.0, 0.6), (100.0, 1e-9), (3.0, 40.0)] {
            let mut sum = 0.0;
            for m in 1..2000 {
                sum += 1.0 / (rate + f64::from(m) * growth);
                let quick = reciprocals(rate, growth, f64::from(m));
                assert!((quick / sum - 1.0).abs() < 1e-13, "{rate} {growth} {m}");
            }
        }
    }
}
