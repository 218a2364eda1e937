//! The planner's rule: the mean of the last same weekdays.

use super::{DayModel, Past};

/// Mean of the last `count` known values of the same weekday; one value for all horizons.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeanOfLast {
    /// Same weekdays averaged.
    pub(crate) count: usize,
    /// Name for reports.
    pub(crate) name: &'static str,
}

impl DayModel for MeanOfLast {
    fn name(&self) -> &'static str {
        self.name
    }

    fn forecast(&self, past: Past<'_>, future: &[usize]) -> Vec<f64> {
        let mut sums = vec![(0.0, 0_usize); past.period];
        let mut all = (0.0, 0_usize);
        for (value, &place) in past.values.iter().zip(past.places).rev() {
            let Some(value) = value else { continue };
            let entry = &mut sums[place];
            if entry.1 < self.count {
                entry.0 += value;
                entry.1 += 1;
            }
            if all.1 < self.count * past.period {
                all.0 += value;
                all.1 += 1;
            }
        }
        if all.1 == 0 {
            return Vec::new();
        }
        let average = |(sum, count): (f64, usize)| sum / count as f64;
        future
            .iter()
            .map(|&place| {
                if sums[place].1 > 0 {
                    average(sums[place])
                } else {
                    average(all)
                }
            })
            .collect()
    }
}
