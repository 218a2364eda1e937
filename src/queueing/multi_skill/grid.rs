use super::super::QueueingError;

/// The most states solved.
pub(super) const LARGEST: usize = 300_000;

/// Something counted in a state that every event changes by one at most.
#[derive(Debug, Clone, Copy)]
pub(super) enum Count {
    First,
    Second,
    All,
}

/// A state: contacts of each type with their own group or waiting, and generalists busy.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) first: usize,
    pub(super) second: usize,
    pub(super) general: usize,
}

/// The states of an M-design and the rates between them. Contacts wait only while all generalists
/// are busy, so the states are a box of those in which one is free, and a plane of the others.
#[derive(Debug)]
pub(super) struct Grid {
    pub(super) arrivals: [f64; 2],
    pub(super) own: [usize; 2],
    pub(super) general: usize,
    /// The most contacts of a type beside those with generalists.
    pub(super) most: [usize; 2],
    pub(super) hang_up: f64,
    box_size: usize,
}

impl Grid {
    /// The states with so many waiting places for each type.
    ///
    /// # Errors
    /// [`QueueingError::TooManyStates`].
    pub(super) fn new(
        arrivals: [f64; 2],
        own: [usize; 2],
        general: usize,
        places: [usize; 2],
        hang_up: f64,
    ) -> Result<Self, QueueingError> {
        let most = [0, 1].map(|i| own[i].saturating_add(places[i]));
        let area = |sides: [usize; 2]| {
            let [x, y] = sides.map(|side| side.saturating_add(1));
            x.saturating_mul(y)
        };
        let box_size = area(own).saturating_mul(general);
        let states = box_size.saturating_add(area(most));
        if states > LARGEST {
            return Err(QueueingError::TooManyStates {
                states,
                limit: LARGEST,
            });
        }
        Ok(Self {
            arrivals,
            own,
            general,
            most,
            hang_up,
            box_size,
        })
    }

    pub(super) fn size(&self) -> usize {
        self.box_size + self.row(self.general) * (self.most[1] + 1)
    }

    /// States in a row of a layer.
    fn row(&self, general: usize) -> usize {
        self.limits(general)[0] + 1
    }

    /// The most contacts of each type in a layer.
    pub(super) fn limits(&self, general: usize) -> [usize; 2] {
        if general < self.general {
            self.own
        } else {
            self.most
        }
    }

    pub(super) fn index(&self, state: State) -> usize {
        let layer = if state.general < self.general {
            state.general * (self.own[0] + 1) * (self.own[1] + 1)
        } else {
            self.box_size
        };
        layer + state.second * self.row(state.general) + state.first
    }

    /// Rate at which contacts of the first type leave other than from generalists, or give their
    /// place in the queue up to one.
    fn first_leaves(&self, first: usize) -> f64 {
        let waiting = first.saturating_sub(self.own[0]);
        let taken = if waiting > 0 { self.general } else { 0 };
        (first - waiting + taken) as f64 + waiting as f64 * self.hang_up
    }

    /// The same of the second type, which generalists take if no contact of the first waits.
    fn second_leaves(&self, first: usize, second: usize) -> f64 {
        let waiting = second.saturating_sub(self.own[1]);
        let is_next = waiting > 0 && first <= self.own[0];
        let taken = if is_next { self.general } else { 0 };
        (second - waiting + taken) as f64 + waiting as f64 * self.hang_up
    }

    fn nobody_waits(&self, state: State) -> bool {
        state.first <= self.own[0] && state.second <= self.own[1]
    }

    /// Rate of arrivals that are not lost.
    fn accepted(&self, state: State) -> f64 {
        let limits = self.limits(state.general);
        let is_free = state.general < self.general;
        let rate = |open: bool, i: usize| {
            if open || is_free {
                self.arrivals[i]
            } else {
                0.0
            }
        };
        rate(state.first < limits[0], 0) + rate(state.second < limits[1], 1)
    }

    /// Rate of contacts that leave the system.
    fn leaving(&self, state: State) -> f64 {
        let to_nobody = if self.nobody_waits(state) {
            state.general
        } else {
            0
        };
        self.first_leaves(state.first)
            + self.second_leaves(state.first, state.second)
            + to_nobody as f64
    }

    /// Rate out of a state.
    pub(super) fn outflow(&self, state: State) -> f64 {
        self.accepted(state) + self.leaving(state)
    }

    /// Rates of one more and one less of what is counted.
    pub(super) fn steps(&self, state: State, count: Count) -> (f64, f64) {
        let limits = self.limits(state.general);
        let more = |open: bool, i: usize| if open { self.arrivals[i] } else { 0.0 };
        match count {
            Count::First => (
                more(state.first < limits[0], 0),
                self.first_leaves(state.first),
            ),
            Count::Second => (
                more(state.second < limits[1], 1),
                self.second_leaves(state.first, state.second),
            ),
            Count::All => (self.accepted(state), self.leaving(state)),
        }
    }

    /// Flow into a state.
    pub(super) fn inflow(&self, weights: &[f64], state: State) -> f64 {
        let State {
            first,
            second,
            general,
        } = state;
        let limits = self.limits(general);
        let (at, row) = (self.index(state), self.row(general));
        let mut flow = 0.0;
        if first > 0 {
            flow += self.arrivals[0] * weights[at - 1];
        }
        if second > 0 {
            flow += self.arrivals[1] * weights[at - row];
        }
        if first < limits[0] {
            flow += self.first_leaves(first + 1) * weights[at + 1];
        }
        if second < limits[1] {
            flow += self.second_leaves(first, second + 1) * weights[at + row];
        }
        if general < self.general {
            let above = State {
                general: general + 1,
                ..state
            };
            flow += (general + 1) as f64 * weights[self.index(above)];
        }
        if general > 0 && self.nobody_waits(state) {
            flow += self.overflow_from_below(weights, state);
        }
        flow
    }

    fn overflow_from_below(&self, weights: &[f64], state: State) -> f64 {
        let rate = |is_full: bool, i: usize| if is_full { self.arrivals[i] } else { 0.0 };
        let overflow = rate(state.first == self.own[0], 0) + rate(state.second == self.own[1], 1);
        if overflow <= 0.0 {
            return 0.0;
        }
        let below = State {
            general: state.general - 1,
            ..state
        };
        overflow * weights[self.index(below)]
    }
}
