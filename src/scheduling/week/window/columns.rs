use crate::scheduling::week::frame::{Frame, Pattern};

/// Sums of values from the start of the week, running on into the next one so that no shift wraps.
#[derive(Debug, Clone)]
pub(super) struct Sums(Vec<f64>);

impl Sums {
    /// Running sums over the week and `beyond` intervals of the next.
    pub(super) fn new(values: &[f64], beyond: usize) -> Self {
        let n = values.len();
        let mut sums = Vec::with_capacity(n + beyond + 1);
        let mut sum = 0.0;
        sums.push(0.0);
        for t in 0..n + beyond {
            sum += values[t % n];
            sums.push(sum);
        }
        Self(sums)
    }

    /// Sum over `length` intervals from `start` on.
    pub(super) fn over(&self, start: usize, length: usize) -> f64 {
        self.0[start + length] - self.0[start]
    }
}

/// The value of the on-duty intervals of an option with its breaks where they cost least, and
/// that pattern.
pub(super) fn best_pattern(frame: &Frame<'_>, option: usize, values: &Sums) -> (f64, Pattern) {
    let o = &frame.options[option];
    let shift = &frame.week.shift_types[o.shift_type];
    let mut value = values.over(o.start, shift.length);
    let (mut pattern, mut radix) = (0, 1);
    for pause in &shift.breaks {
        let (mut least, mut place) = (f64::INFINITY, 0);
        for offset in pause.first..=pause.last {
            let lost = values.over(o.start + offset, pause.length);
            if lost < least {
                (least, place) = (lost, (offset - pause.first) as u64);
            }
        }
        value -= least;
        pattern += place * radix;
        radix *= (pause.last - pause.first + 1) as u64;
    }
    (value, pattern)
}
