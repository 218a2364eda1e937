use crate::scheduling::week::frame::{Frame, Pattern};

/// The value of the on-duty intervals of an option with its breaks where they cost least, and
/// that pattern. `sums` are running sums of the values from the start of the shift on.
pub(super) fn best_pattern(frame: &Frame<'_>, option: usize, sums: &[f64]) -> (f64, Pattern) {
    let o = &frame.options[option];
    let shift = &frame.week.shift_types[o.shift_type];
    let mut value = sums[shift.length] - sums[0];
    let (mut pattern, mut radix) = (0, 1);
    for pause in &shift.breaks {
        let (mut least, mut place) = (f64::INFINITY, 0);
        for offset in pause.first..=pause.last {
            let lost = sums[offset + pause.length] - sums[offset];
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
