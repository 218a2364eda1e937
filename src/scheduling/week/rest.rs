//! What a window finds already there: the plan of everybody else, whole where it is settled and
//! fractional where it is only expected.

use super::frame::Frame;
use super::roster::Roster;

/// Sums over everybody outside a window.
#[derive(Debug, Clone)]
pub(super) struct Rest {
    pub(super) duty: Vec<Vec<f64>>,
    pub(super) present: Vec<Vec<f64>>,
    pub(super) day_starts: Vec<Vec<f64>>,
    pub(super) by_type: Vec<f64>,
    pub(super) paid: Vec<f64>,
}

impl Rest {
    /// A roster without the people on some options.
    pub(super) fn of(frame: &Frame<'_>, roster: &Roster, without: &[usize]) -> Self {
        let real = |v: &Vec<i64>| v.iter().map(|&x| x as f64).collect();
        let mut rest = Self {
            duty: roster.duty.iter().map(real).collect(),
            present: roster.present.iter().map(real).collect(),
            day_starts: roster.day_starts.iter().map(real).collect(),
            by_type: real(&roster.by_type),
            paid: real(&roster.paid),
        };
        for &option in without {
            for (&pattern, &count) in &roster.worked[option] {
                let o = &frame.options[option];
                let duty = &mut rest.duty[o.pool];
                frame.on_duty(option, pattern, |t| duty[t] -= f64::from(count));
                rest.count(frame, option, -f64::from(count));
            }
        }
        rest
    }

    /// Adds people expected on an option, and on duty in each interval of its shift.
    pub(super) fn expect(&mut self, frame: &Frame<'_>, option: usize, people: f64, duty: &[f64]) {
        if people <= 0.0 {
            return;
        }
        let o = &frame.options[option];
        for (d, on_duty) in duty.iter().enumerate() {
            self.duty[o.pool][frame.week.after(o.start, d)] += on_duty;
        }
        self.count(frame, option, people);
    }

    fn count(&mut self, frame: &Frame<'_>, option: usize, by: f64) {
        let o = &frame.options[option];
        let shift = &frame.week.shift_types[o.shift_type];
        let site = frame.week.pools[o.pool].site;
        for d in 0..shift.length {
            self.present[site][frame.week.after(o.start, d)] += by;
        }
        self.day_starts[o.pool][o.day] += by;
        self.by_type[o.shift_type] += by;
        self.paid[site] += by * shift.paid() as f64;
    }

    /// Shifts in all.
    pub(super) fn total(&self) -> f64 {
        self.by_type.iter().sum()
    }
}
