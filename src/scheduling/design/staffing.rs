//! Worker numbers for a given set of shifts.
//!
//! Without the price of shifts what is left is a flow along the axis: workers on a shift are an
//! arc from its start to its end, missing and superfluous workers arcs over one interval. Its
//! linear program is whole by itself but for the shifts that run on around the end of the axis,
//! which are made whole one by one where needed.

use super::layout::Layout;
use super::program::{Ending, Program};
use super::relaxation::{cost_scale, cover, deviations, unit};
use crate::units::whole;

/// Numbers this close to whole ones are whole.
const WHOLE: f64 = 1e-3;

/// A plan as worker numbers, by shift and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Staffed {
    pub(super) workers: Vec<u32>,
    pub(super) cost: i64,
}

/// The flow of the shifts that are open.
#[derive(Debug, Clone)]
pub(super) struct Staffing<'a> {
    layout: &'a Layout<'a>,
    program: Program,
    unit: f64,
    is_open: Vec<bool>,
}

impl<'a> Staffing<'a> {
    /// No shift is open.
    pub(super) fn new(layout: &'a Layout<'a>) -> Self {
        let unit = unit(layout);
        let mut program = Program::new(cost_scale(layout, unit));
        for _ in 0..layout.shifts.len() * layout.days {
            program.variable(0.0, 0.0, 0.0);
        }
        deviations(layout, &mut program, unit);
        cover(layout, &mut program, unit, 0);
        Self {
            program,
            is_open: vec![false; layout.shifts.len()],
            layout,
            unit,
        }
    }

    /// Work done, ever.
    pub(super) fn work(&self) -> u64 {
        self.program.work
    }

    fn most(&self, shift: usize, day: usize) -> f64 {
        if self.is_open[shift] {
            self.layout.peak(shift, day) as f64 / self.unit
        } else {
            0.0
        }
    }

    /// The best worker numbers for the open shifts, unless stopped or dearer than the cutoff.
    pub(super) fn staff(
        &mut self,
        is_open: &[bool],
        cutoff: i64,
        stop: &dyn Fn(u64) -> bool,
    ) -> Option<Staffed> {
        let days = self.layout.days;
        for (shift, &open) in is_open.iter().enumerate() {
            if self.is_open[shift] != open {
                self.is_open[shift] = open;
                for day in 0..days {
                    let most = self.most(shift, day);
                    self.program.set_bounds(shift * days + day, 0.0, most);
                }
            }
        }
        let cutoff = cutoff as f64;
        let mut fixed = Vec::new();
        let mut is_solved = false;
        for _ in 0..=2 * days {
            match self.program.solve(cutoff, stop) {
                Ending::Optimal => is_solved = true,
                _ if is_solved => {}
                _ => return self.released(&fixed, None),
            }
            let fraction = (0..self.is_open.len() * days)
                .filter(|&v| self.is_open[v / days])
                .map(|v| (v, self.program.value(v) * self.unit))
                .find(|(_, x)| (x - x.round()).abs() > WHOLE);
            let Some((variable, x)) = fraction else { break };
            let x = x.round() / self.unit;
            self.program.set_bounds(variable, x, x);
            fixed.push(variable);
        }
        let workers: Vec<u32> = (0..self.is_open.len() * days)
            .map(|v| whole::round(self.program.value(v) * self.unit))
            .collect();
        let cost = self.layout.cost(&workers);
        self.released(&fixed, Some(Staffed { workers, cost }))
    }

    fn released(&mut self, fixed: &[usize], staffed: Option<Staffed>) -> Option<Staffed> {
        for &variable in fixed {
            let most = self.most(variable / self.layout.days, variable % self.layout.days);
            self.program.set_bounds(variable, 0.0, most);
        }
        staffed
    }
}
