//! Where a plan costs more than the bound, by the prices behind the bound.
//!
//! ```text
//! cost − bound = Σ people · reduced cost + Σ_t (value of those on duty + price of the missing − value of the need)
//! ```
//!
//! up to what is lost on limits. Windows where much is lost are worth more of the search's time.

use super::expected::Guide;
use super::frame::Frame;
use super::roster::Roster;

/// What is lost on the people of each option and in each interval.
#[derive(Debug)]
pub(super) struct Loss {
    pub(super) options: Vec<f64>,
    pub(super) intervals: Vec<f64>,
}

impl Loss {
    pub(super) fn of(frame: &Frame<'_>, guide: &Guide, roster: &Roster) -> Self {
        let week = frame.week;
        let n = week.intervals;
        let mut values = vec![vec![0.0_f64; n]; week.pools.len()];
        for (values, pool) in values.iter_mut().zip(&week.pools) {
            for &l in &pool.languages {
                for (t, v) in values.iter_mut().enumerate() {
                    *v = v.max(guide.cover[l * n + t]);
                }
            }
        }
        let mut options = vec![0.0; frame.options.len()];
        for (j, worked) in roster.worked.iter().enumerate().filter(|(_, w)| !w.is_empty()) {
            let o = &frame.options[j];
            let shift = &week.shift_types[o.shift_type];
            let site = week.pools[o.pool].site;
            let mut cost = o.cost as f64 - guide.paid[site] * shift.paid() as f64;
            for d in 0..shift.length {
                cost += guide.seats[site * n + week.after(o.start, d)];
            }
            for (cap, price) in week.share_caps.iter().zip(&guide.shares) {
                let weight = 100.0 * f64::from(u8::from(cap.shift_type == o.shift_type));
                cost += price * (weight - f64::from(cap.hundredths));
            }
            for (&pattern, &count) in worked {
                let mut reduced = cost;
                frame.on_duty(j, pattern, |t| reduced -= values[o.pool][t]);
                options[j] += reduced * f64::from(count);
            }
        }
        let intervals = (0..n)
            .map(|t| {
                let on_duty: f64 = (0..week.pools.len())
                    .map(|p| roster.duty[p][t] as f64 * values[p][t])
                    .sum();
                let need: f64 = (week.languages.iter().enumerate())
                    .map(|(l, of)| f64::from(of.required[t]) * guide.cover[l * n + t])
                    .sum();
                on_duty + (frame.missing_price * roster.missing[t]) as f64 - need
            })
            .collect();
        Self { options, intervals }
    }

    /// What is lost on the options of a window and in the intervals in which they start.
    pub(super) fn of_window(&self, frame: &Frame<'_>, options: &[usize]) -> f64 {
        let mut starts: Vec<usize> = options.iter().map(|&j| frame.options[j].start).collect();
        starts.sort_unstable();
        starts.dedup();
        let of_options: f64 = options.iter().map(|&j| self.options[j]).sum();
        let of_intervals: f64 = starts.iter().map(|&t| self.intervals[t]).sum();
        of_options + of_intervals
    }
}
