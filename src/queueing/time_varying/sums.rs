//! What is added up over states and time.

/// Functions of the number in system, summed over the time or the probability of each state.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    pub(super) waiting: f64,
    pub(super) busy: f64,
    /// All agents busy.
    pub(super) delayed: f64,
    /// An arrival would be answered in time.
    pub(super) in_time: f64,
}

impl Sums {
    pub(super) fn add(&mut self, other: &Self) {
        self.waiting += other.waiting;
        self.busy += other.busy;
        self.delayed += other.delayed;
        self.in_time += other.in_time;
    }
}
