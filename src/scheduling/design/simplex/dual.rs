//! The dual simplex method: steepest edge, bound flipping, perturbed costs.
//!
//! **Source.** Koberstein (2005), chapters 3 and 6; Forrest and Goldfarb (1992) for the weights.

use super::factor::Factor;
use super::price::Ratio;
use super::program::{Column, Program, Sense};

/// A basic variable may miss its bounds by this much.
pub(super) const FEASIBLE: f64 = 1e-7;

/// Pivots between two factorisations.
const REFACTOR: usize = 80;

/// Costs are perturbed by this share of one that matters.
const PERTURB: f64 = 1e-6;

/// Times that shifted costs are taken back before the point is good enough.
const ATTEMPTS: u32 = 4;

/// Pivots smaller than this are refused while the factors are old.
const PIVOT: f64 = 1e-7;

/// Where a variable is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the basis, at a position.
    Basic(usize),
    /// At its lower bound.
    Lower,
    /// At its upper bound.
    Upper,
}

/// Why the method stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::scheduling::design) enum Ending {
    /// The program is solved.
    Optimal,
    /// The cost has passed the cutoff.
    Cutoff,
    /// It was told to stop, or its work was done.
    Stopped,
    /// It lost its numerical footing.
    Trouble,
}

/// A program and the state of its solution.
#[derive(Debug, Clone)]
pub(in crate::scheduling::design) struct Simplex {
    pub(super) program: Program,
    /// Costs of variables and slacks, perturbed, and as they have been shifted since.
    base: Vec<f64>,
    cost: Vec<f64>,
    is_shifted: bool,
    head: Vec<usize>,
    pub(super) place: Vec<Place>,
    value: Vec<f64>,
    pub(super) reduced: Vec<f64>,
    weight: Vec<f64>,
    factor: Factor,
    is_fresh: bool,
    /// Work done, ever: rows, added up over all pivots and factorisations.
    pub(in crate::scheduling::design) work: u64,
    ratio: Ratio,
}

impl Simplex {
    /// The program with a basis of slacks. `scale` is the size of a cost that matters; costs are
    /// perturbed by a millionth of it, always in the same way.
    pub(in crate::scheduling::design) fn new(program: Program, scale: f64) -> Self {
        let variables = program.variable_count();
        let rows = program.row_count();
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut cost: Vec<f64> = program
            .cost
            .iter()
            .map(|c| {
                // xorshift64*: Vigna (2016).
                state ^= state >> 12;
                state ^= state << 25;
                state ^= state >> 27;
                let draw = state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40;
                let draw = 0.5 + 0.5 * draw as f64 / 16_777_216.0;
                c + scale * PERTURB * draw
            })
            .collect();
        cost.resize(variables + rows, 0.0);
        let mut place = vec![Place::Lower; variables];
        place.extend((0..rows).map(Place::Basic));
        Self {
            base: cost.clone(),
            cost,
            is_shifted: false,
            head: (variables..variables + rows).collect(),
            place,
            value: vec![0.0; variables + rows],
            reduced: vec![0.0; variables + rows],
            weight: vec![1.0; rows],
            factor: Factor::default(),
            is_fresh: false,
            work: 0,
            ratio: Ratio::default(),
            program,
        }
    }

    pub(in crate::scheduling::design) fn row_count(&self) -> usize {
        self.program.row_count()
    }

    /// The value of a variable.
    pub(in crate::scheduling::design) fn value(&self, variable: usize) -> f64 {
        self.value[variable]
    }

    /// The multiplier of a row.
    pub(in crate::scheduling::design) fn multiplier(&self, row: usize) -> f64 {
        -self.reduced[self.program.variable_count() + row]
    }

    /// Whether the row takes no part: its slack is basic.
    pub(in crate::scheduling::design) fn is_idle(&self, row: usize) -> bool {
        let variable = self.program.variable_count() + row;
        matches!(self.place[variable], Place::Basic(_))
    }

    /// Cost of the present point.
    pub(in crate::scheduling::design) fn objective(&self) -> f64 {
        let pairs = self.program.cost.iter().zip(&self.value);
        pairs.map(|(c, x)| c * x).sum()
    }

    /// The value of the dual, perturbed costs and all.
    pub(in crate::scheduling::design) fn dual_objective(&self) -> f64 {
        self.cost.iter().zip(&self.value).map(|(c, x)| c * x).sum()
    }

    pub(in crate::scheduling::design) fn bounds(&self, variable: usize) -> (f64, f64) {
        if let Some(row) = variable.checked_sub(self.program.variable_count()) {
            match self.program.sense[row] {
                Sense::Equal => (0.0, 0.0),
                Sense::AtLeast => (f64::NEG_INFINITY, 0.0),
            }
        } else {
            (self.program.lower[variable], self.program.upper[variable])
        }
    }

    /// Moves the bounds of a variable.
    pub(in crate::scheduling::design) fn set_bounds(&mut self, variable: usize, lower: f64, upper: f64) {
        self.program.lower[variable] = lower;
        self.program.upper[variable] = upper;
        self.is_fresh = false;
    }

    /// Adds rows; their slacks enter the basis.
    pub(in crate::scheduling::design) fn add_rows(&mut self, rows: Vec<(Vec<(usize, f64)>, f64)>) {
        for (terms, right) in rows {
            self.program.row(terms, Sense::AtLeast, right);
            let variable = self.cost.len();
            self.base.push(0.0);
            self.cost.push(0.0);
            self.value.push(0.0);
            self.reduced.push(0.0);
            self.place.push(Place::Basic(self.head.len()));
            self.head.push(variable);
            self.weight.push(1.0);
        }
        self.is_fresh = false;
    }

    /// Drops the rows that are not kept; a row whose slack is not basic is always kept.
    pub(in crate::scheduling::design) fn drop_rows(&mut self, keep: &mut [bool]) {
        let variables = self.program.variable_count();
        for (row, keep) in keep.iter_mut().enumerate() {
            *keep |= !matches!(self.place[variables + row], Place::Basic(_));
        }
        let mut number = vec![usize::MAX; keep.len()];
        let mut count = 0;
        for (row, &keep) in keep.iter().enumerate() {
            if keep {
                number[row] = count;
                count += 1;
            }
        }
        let is_kept = |v: usize| v < variables || keep[v - variables];
        let renamed = |v: usize| if v < variables { v } else { variables + number[v - variables] };
        let old = std::mem::take(&mut self.head);
        let weights = std::mem::take(&mut self.weight);
        for (variable, weight) in old.into_iter().zip(weights) {
            if is_kept(variable) {
                self.head.push(renamed(variable));
                self.weight.push(weight);
            }
        }
        let mut v = 0;
        self.base.retain(|_| { v += 1; is_kept(v - 1) });
        let mut v = 0;
        self.cost.retain(|_| { v += 1; is_kept(v - 1) });
        let mut v = 0;
        self.value.retain(|_| { v += 1; is_kept(v - 1) });
        let mut v = 0;
        self.reduced.retain(|_| { v += 1; is_kept(v - 1) });
        let mut v = 0;
        self.place.retain(|_| { v += 1; is_kept(v - 1) });
        self.program.retain(keep);
        for (position, &variable) in self.head.iter().enumerate() {
            self.place[variable] = Place::Basic(position);
        }
        self.is_fresh = false;
    }

    fn column(&self, variable: usize) -> Column<'_> {
        match variable.checked_sub(self.program.variable_count()) {
            Some(row) => Column::Unit(row),
            None => Column::Entries(&self.program.columns[variable]),
        }
    }

    /// Factors the basis and works everything out anew.
    fn refresh(&mut self) {
        let variables = self.program.variable_count();
        let mut factor = std::mem::take(&mut self.factor);
        let columns: Vec<_> = self.head.iter().map(|&v| self.column(v)).collect();
        let repairs = factor.renew(&columns);
        self.factor = factor;
        for (position, row) in repairs {
            self.place[self.head[position]] = Place::Lower;
            self.head[position] = variables + row;
            self.place[variables + row] = Place::Basic(position);
            self.weight[position] = 1.0;
        }
        let mut y: Vec<f64> = self.head.iter().map(|&v| self.cost[v]).collect();
        self.factor.backward(&mut y);
        for variable in 0..self.place.len() {
            let reduced = if let Place::Basic(_) = self.place[variable] {
                0.0
            } else {
                let mut d = self.cost[variable];
                self.column(variable).each(|row, value| d -= y[row] * value);
                d
            };
            self.reduced[variable] = reduced;
            self.settle(variable);
        }
        self.refresh_values();
        self.work += 4 * self.row_count() as u64;
        self.is_fresh = true;
    }

    /// Puts a variable outside the basis at the bound its reduced cost asks for.
    fn settle(&mut self, variable: usize) {
        let (lower, upper) = self.bounds(variable);
        if matches!(self.place[variable], Place::Basic(_)) {
            return;
        }
        let d = self.reduced[variable];
        if lower == f64::NEG_INFINITY {
            if d > 0.0 {
                self.shift(variable);
            }
            self.place[variable] = Place::Upper;
        } else if d > 1e-11 {
            self.place[variable] = Place::Lower;
        } else if d < -1e-11 {
            self.place[variable] = Place::Upper;
        }
        self.value[variable] = match self.place[variable] {
            Place::Upper => upper,
            _ => lower,
        };
    }

    fn refresh_values(&mut self) {
        let mut v = self.program.right.clone();
        for variable in 0..self.place.len() {
            let x = self.value[variable];
            if x != 0.0 && !matches!(self.place[variable], Place::Basic(_)) {
                self.column(variable).each(|row, value| v[row] -= value * x);
            }
        }
        self.factor.forward(&mut v);
        for (&variable, x) in self.head.iter().zip(v) {
            self.value[variable] = x;
        }
    }

    /// The position that is off its bounds most, measured along its edge, and by how much.
    fn leaving(&self) -> Option<(usize, f64)> {
        let mut best = None;
        let mut most = 0.0;
        for (position, &variable) in self.head.iter().enumerate() {
            let (lower, upper) = self.bounds(variable);
            let x = self.value[variable];
            let off = if x < lower - FEASIBLE {
                x - lower
            } else if x > upper + FEASIBLE {
                x - upper
            } else {
                continue;
            };
            let score = off * off / self.weight[position];
            if score > most {
                most = score;
                best = Some((position, off));
            }
        }
        best
    }

    /// Solves the program, or as much of it as `stop` and the cutoff allow.
    pub(in crate::scheduling::design) fn solve(&mut self, cutoff: f64, stop: &dyn Fn(u64) -> bool) -> Ending {
        if self.is_shifted {
            self.unshift();
        } else if !self.is_fresh {
            self.refresh();
        }
        let mut attempts = 0;
        let mut troubles = 0;
        let mut since = 0_u32;
        loop {
            since += 1;
            if since.is_multiple_of(16) && stop(self.work) {
                return Ending::Stopped;
            }
            if self.factor.age() >= REFACTOR {
                self.refresh();
            }
            if since.is_multiple_of(8) && self.dual_objective() > cutoff {
                return Ending::Cutoff;
            }
            let Some((position, off)) = self.leaving() else {
                if self.is_shifted && attempts < ATTEMPTS {
                    attempts += 1;
                    self.unshift();
                } else if self.factor.age() > 0 {
                    self.refresh();
                } else {
                    return Ending::Optimal;
                }
                continue;
            };
            if !self.pivot(position, off) {
                troubles += 1;
                if troubles > 50 {
                    return Ending::Trouble;
                }
                self.weight.fill(1.0);
                if self.factor.age() == 0 {
                    // Another row may go first.
                    self.weight[position] = 1e12;
                }
                self.refresh();
            }
        }
    }

    /// One pivot. False when it could not be done safely.
    fn pivot(&mut self, position: usize, off: f64) -> bool {
        let rows = self.row_count();
        let leaving = self.head[position];
        let mut rho = vec![0.0; rows];
        rho[position] = 1.0;
        self.factor.backward(&mut rho);
        let mut ratio = std::mem::take(&mut self.ratio);
        ratio.row(self, &rho);
        let entering = ratio.entering(self, off);
        let alpha_row = entering.map_or(0.0, |q| ratio.alpha(q));
        let Some(entering) = entering.filter(|_| alpha_row.abs() >= PIVOT) else {
            // No column helps: a matter of rounding, since every program can be met.
            self.ratio = ratio;
            return false;
        };
        let mut direction = vec![0.0; rows];
        self.column(entering).each(|row, value| direction[row] = value);
        self.factor.forward(&mut direction);
        let pivot = direction[position];
        if (pivot - alpha_row).abs() > 1e-6 * (1.0 + pivot.abs()) && self.factor.age() > 0 {
            self.ratio = ratio;
            return false;
        }
        // Variables passed on the way go to their other bound.
        let mut flipped = vec![0.0; rows];
        let mut any = false;
        for &variable in &ratio.flips {
            let (lower, upper) = self.bounds(variable);
            let (place, change) = match self.place[variable] {
                Place::Lower => (Place::Upper, upper - lower),
                _ => (Place::Lower, lower - upper),
            };
            self.place[variable] = place;
            self.value[variable] += change;
            self.column(variable).each(|row, value| flipped[row] += value * change);
            any = true;
        }
        if any {
            self.factor.forward(&mut flipped);
            for (&variable, change) in self.head.iter().zip(&flipped) {
                self.value[variable] -= change;
            }
        }
        let (lower, upper) = self.bounds(leaving);
        let target = if off < 0.0 { lower } else { upper };
        let step = (self.value[leaving] - target) / pivot;
        for (&variable, entry) in self.head.iter().zip(&direction) {
            self.value[variable] -= step * entry;
        }
        self.value[entering] += step;
        self.value[leaving] = target;
        // Reduced costs.
        let length = self.reduced[entering] / alpha_row;
        for &variable in &ratio.touched {
            if variable != entering && !matches!(self.place[variable], Place::Basic(_)) {
                self.reduced[variable] -= length * ratio.alpha(variable);
                self.hold_sign(variable);
            }
        }
        self.reduced[entering] = 0.0;
        self.reduced[leaving] = -length;
        // Weights.
        let edge: f64 = rho.iter().map(|v| v * v).sum();
        let mut tau = rho;
        self.factor.forward(&mut tau);
        for (p, (weight, &entry)) in self.weight.iter_mut().zip(&direction).enumerate() {
            if p != position && entry != 0.0 {
                let share = entry / pivot;
                *weight = (*weight - 2.0 * share * tau[p] + share * share * edge).max(1e-4);
            }
        }
        self.weight[position] = (edge / (pivot * pivot)).max(1e-4);
        self.factor.replace(position, &direction);
        self.place[leaving] = if off < 0.0 { Place::Lower } else { Place::Upper };
        self.place[entering] = Place::Basic(position);
        self.head[position] = entering;
        self.hold_sign(leaving);
        self.work += rows as u64;
        self.ratio = ratio;
        true
    }

    /// A reduced cost that slipped past zero is put back by a small change of the cost.
    fn hold_sign(&mut self, variable: usize) {
        let d = self.reduced[variable];
        let (lower, upper) = self.bounds(variable);
        let is_off = match self.place[variable] {
            Place::Lower => d < 0.0,
            Place::Upper => d > 0.0,
            Place::Basic(_) => false,
        };
        if is_off && lower != upper {
            self.shift(variable);
        }
    }

    /// Changes the cost of a variable so that its reduced cost is 0.
    fn shift(&mut self, variable: usize) {
        self.cost[variable] -= self.reduced[variable];
        self.reduced[variable] = 0.0;
        self.is_shifted = true;
    }

    /// Takes the shifts back; what is dual infeasible then goes to its other bound.
    fn unshift(&mut self) {
        self.cost.clone_from(&self.base);
        self.is_shifted = false;
        self.refresh();
    }
}
