use std::collections::HashMap;

use super::columns::{Sums, best_pattern};
use super::{Window, search::Effort};
use crate::milp::growing::{GrowingLp, Growth, Var};
use crate::scheduling::week::frame::Pattern;

/// Columns that one round of pricing may add.
const COLUMNS: usize = 40;

/// A reduced cost below this is worth a column.
const WORTH: f64 = 1e-5;

/// A need must be short by this much to be worth a row.
const SHORT: f64 = 1e-6;

/// Breaking a limit by what one person can mend costs as much as so many missing agents.
const BROKEN: f64 = 50.0;

/// Pivots of one solve before it is given up.
const PIVOTS: u64 = 20_000;

/// People on an option with a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    /// Position of the option within the window.
    pub(super) place: usize,
    pub(super) pattern: Pattern,
    pub(super) var: Var,
}

/// The need of an interval from some pools of the window.
#[derive(Debug, Clone)]
struct Need {
    /// Pools of the window, by bits.
    pools: u64,
    agents: f64,
    row: Option<u32>,
}

/// The linear program of a window, which grows by columns and rows.
#[derive(Debug)]
pub(super) struct Master<'a> {
    window: &'a Window<'a>,
    lp: GrowingLp,
    pub(super) people: Vec<Person>,
    known: HashMap<(usize, Pattern), usize>,
    /// Rows of each option that do not depend on the pattern.
    terms: Vec<Vec<(u32, f64)>>,
    /// The variable `x` of options that have been branched on.
    totals: Vec<Option<Var>>,
    /// Pools of the window.
    pools: Vec<usize>,
    pool_of: Vec<usize>,
    needs: Vec<Vec<Need>>,
    missing: Vec<Option<Var>>,
    /// Rows of the seats of a site (by position) and interval.
    seats: HashMap<(usize, usize), u32>,
    nudged: u64,
    /// Intervals in which anybody of the window could be present.
    pub(super) intervals: Vec<usize>,
    beyond: usize,
    /// Agents missing whatever the window does.
    unavoidable: Vec<f64>,
}

impl<'a> Master<'a> {
    pub(super) fn new(window: &'a Window<'a>) -> Self {
        let (frame, week) = (window.frame, window.frame.week);
        let n = week.intervals;
        let mut pools: Vec<usize> = (window.options.iter())
            .map(|&j| frame.options[j].pool)
            .collect();
        pools.sort_unstable();
        pools.dedup();
        let mut pool_of = vec![usize::MAX; week.pools.len()];
        for (i, &p) in pools.iter().enumerate() {
            pool_of[p] = i;
        }
        let mut is_inside = vec![false; n];
        let mut beyond = 0;
        for &j in window.options {
            let o = &frame.options[j];
            let length = week.shift_types[o.shift_type].length;
            beyond = beyond.max(length);
            for d in 0..length {
                is_inside[week.after(o.start, d)] = true;
            }
        }
        let intervals: Vec<usize> = (0..n).filter(|&t| is_inside[t]).collect();
        let mut master = Self {
            window,
            lp: GrowingLp::new(),
            people: Vec::new(),
            known: HashMap::new(),
            terms: vec![Vec::new(); window.options.len()],
            totals: vec![None; window.options.len()],
            pools,
            pool_of,
            needs: vec![Vec::new(); n],
            missing: vec![None; n],
            seats: HashMap::new(),
            nudged: 1,
            intervals,
            beyond,
            unavoidable: vec![0.0; n],
        };
        master.find_needs();
        for limit in &window.limits {
            // A limit that asks for people could not be kept at first, so it may be broken dearly.
            let mut broken = Vec::new();
            if limit.upper < 0.0 {
                let heaviest = limit.weights.iter().fold(1.0, |m: f64, w| m.max(w.abs()));
                let price = BROKEN * frame.missing_price as f64 / heaviest;
                broken.push((master.lp.add_column(Vec::new(), price, 0.0, f64::INFINITY), -1.0));
            }
            let row = master
                .lp
                .add_row(&broken, limit.upper, (0.0, f64::INFINITY));
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            for (place, &w) in limit.weights.iter().enumerate() {
                if w != 0.0 {
                    master.terms[place].push((row, w));
                }
            }
        }
        master
    }

    fn find_needs(&mut self) {
        let (frame, rest) = (self.window.frame, self.window.rest);
        for &t in &self.intervals {
            let mut unavoidable = 0.0_f64;
            let mut needs: Vec<Need> = Vec::new();
            for set in &frame.sets {
                let mut agents = set.required[t] as f64;
                let mut pools = 0;
                for &p in &set.pools {
                    agents -= rest.duty[p][t];
                    if self.pool_of[p] != usize::MAX {
                        pools |= 1u64 << self.pool_of[p].min(63);
                    }
                }
                if pools == 0 {
                    unavoidable = unavoidable.max(agents);
                } else if agents > 0.0 {
                    match needs.iter_mut().find(|n| n.pools == pools) {
                        Some(need) => need.agents = need.agents.max(agents),
                        None => needs.push(Need {
                            pools,
                            agents,
                            row: None,
                        }),
                    }
                }
            }
            needs.retain(|n| n.agents > unavoidable);
            self.unavoidable[t] = unavoidable;
            self.needs[t] = needs;
        }
    }

    /// Cost of the missing agents that the window cannot do anything about.
    pub(super) fn unavoidable_cost(&self) -> f64 {
        let missing: f64 = self.intervals.iter().map(|&t| self.unavoidable[t]).sum();
        missing * self.window.frame.missing_price as f64
    }

    /// Solves the program over all columns and rows there could be.
    pub(super) fn solve(&mut self, effort: &Effort<'_>) -> Growth {
        let begun = self.lp.pivots;
        loop {
            match self.lp.dual(PIVOTS) {
                Growth::Optimal => {}
                other => return other,
            }
            loop {
                match self.lp.primal(PIVOTS) {
                    Growth::Optimal => {}
                    other => return other,
                }
                if effort.is_over() || self.lp.pivots > begun + PIVOTS {
                    return Growth::Stopped;
                }
                if self.add_columns() == 0 {
                    break;
                }
            }
            if self.add_rows() == 0 {
                return Growth::Optimal;
            }
        }
    }

    pub(super) fn cost(&self) -> f64 {
        self.lp.cost() + self.unavoidable_cost()
    }

    pub(super) fn size(&self) -> (usize, usize) {
        (self.lp.rows(), self.people.len())
    }

    pub(super) fn pivots(&self) -> u64 {
        self.lp.pivots
    }

    /// Adds the best column of the options that promise most.
    fn add_columns(&mut self) -> usize {
        let (frame, week) = (self.window.frame, self.window.frame.week);
        let n = week.intervals;
        let y = self.lp.multipliers();
        let mut values = vec![vec![0.0; n]; self.pools.len()];
        for &t in &self.intervals {
            for need in &self.needs[t] {
                let Some(row) = need.row else { continue };
                let price = y[row as usize];
                if price != 0.0 {
                    let mut pools = need.pools;
                    while pools != 0 {
                        values[pools.trailing_zeros() as usize][t] += price;
                        pools &= pools - 1;
                    }
                }
            }
        }
        let sums: Vec<Sums> = values.iter().map(|v| Sums::new(v, self.beyond)).collect();
        let mut seat_values = vec![None; week.sites.len()];
        for (&(site, t), &row) in &self.seats {
            let values = seat_values[site].get_or_insert_with(|| vec![0.0; n]);
            values[t] += y[row as usize];
        }
        let seat_sums: Vec<Option<Sums>> = (seat_values.iter())
            .map(|v| v.as_ref().map(|v| Sums::new(v, self.beyond)))
            .collect();
        let mut wanted: Vec<(f64, usize, Pattern)> = Vec::new();
        for (place, &j) in self.window.options.iter().enumerate() {
            let o = &frame.options[j];
            let mut cost = o.cost as f64;
            for &(row, a) in &self.terms[place] {
                cost -= y[row as usize] * a;
            }
            let length = week.shift_types[o.shift_type].length;
            if let Some(seats) = &seat_sums[week.pools[o.pool].site] {
                cost -= seats.over(o.start, length);
            }
            let (value, pattern) = best_pattern(frame, j, &sums[self.pool_of[o.pool]]);
            if cost - value < -WORTH && !self.known.contains_key(&(place, pattern)) {
                wanted.push((cost - value, place, pattern));
            }
        }
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        wanted.truncate(COLUMNS);
        for &(_, place, pattern) in &wanted {
            self.add_column(place, pattern);
        }
        wanted.len()
    }

    /// Makes sure that an option can be worked with a pattern.
    pub(super) fn add_column(&mut self, place: usize, pattern: Pattern) {
        if self.known.contains_key(&(place, pattern)) {
            return;
        }
        let (frame, week) = (self.window.frame, self.window.frame.week);
        let option = self.window.options[place];
        let o = &frame.options[option];
        let bit = 1u64 << self.pool_of[o.pool].min(63);
        let mut terms = self.terms[place].clone();
        frame.on_duty(option, pattern, |t| {
            for need in self.needs[t].iter().filter(|n| n.pools & bit != 0) {
                if let Some(row) = need.row {
                    terms.push((row, 1.0));
                }
            }
        });
        if !self.seats.is_empty() {
            let site = week.pools[o.pool].site;
            for d in 0..week.shift_types[o.shift_type].length {
                if let Some(&row) = self.seats.get(&(site, week.after(o.start, d))) {
                    terms.push((row, 1.0));
                }
            }
        }
        let cost = o.cost as f64 + self.nudge();
        let var = self.lp.add_column(terms, cost, 0.0, f64::INFINITY);
        self.known.insert((place, pattern), self.people.len());
        self.people.push(Person {
            place,
            pattern,
            var,
        });
    }

    /// A hundredth of a hundredth of a minor unit, more or less: with all costs different, the
    /// pivots do not run in circles.
    fn nudge(&mut self) -> f64 {
        self.nudged = self.nudged.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        1e-4 * f64::from(u32::try_from(self.nudged >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
    }

    /// Adds the needs and seats that the point breaks; how many.
    fn add_rows(&mut self) -> usize {
        let (frame, week) = (self.window.frame, self.window.frame.week);
        let n = week.intervals;
        let mut duty = vec![vec![0.0; n]; self.pools.len()];
        let caps: Vec<Option<u32>> = week.sites.iter().map(|s| s.seats).collect();
        let has_caps = caps.iter().any(Option::is_some);
        let mut present = vec![vec![0.0; n]; if has_caps { week.sites.len() } else { 0 }];
        for person in &self.people {
            let people = self.lp.value(person.var);
            if people <= 0.0 {
                continue;
            }
            let option = self.window.options[person.place];
            let o = &frame.options[option];
            let of_pool = &mut duty[self.pool_of[o.pool]];
            frame.on_duty(option, person.pattern, |t| of_pool[t] += people);
            if has_caps {
                let of_site = &mut present[week.pools[o.pool].site];
                for d in 0..week.shift_types[o.shift_type].length {
                    of_site[week.after(o.start, d)] += people;
                }
            }
        }
        let mut added = 0;
        for at in 0..self.intervals.len() {
            let t = self.intervals[at];
            let missing = self.unavoidable[t] + self.missing[t].map_or(0.0, |u| self.lp.value(u));
            let mut worst = (SHORT, None);
            for (index, need) in self.needs[t].iter().enumerate() {
                if need.row.is_some() {
                    continue;
                }
                let mut short = need.agents - missing;
                let mut pools = need.pools;
                while pools != 0 {
                    short -= duty[pools.trailing_zeros() as usize][t];
                    pools &= pools - 1;
                }
                if short > worst.0 {
                    worst = (short, Some(index));
                }
            }
            if let (_, Some(index)) = worst {
                self.add_need(t, index);
                added += 1;
            }
            for site in 0..present.len() {
                let Some(cap) = caps[site] else { continue };
                // Expected people may overrun a site that whole ones will not.
                let left = (f64::from(cap) - self.window.rest.present[site][t]).max(0.0);
                if present[site][t] > left + SHORT && !self.seats.contains_key(&(site, t)) {
                    self.add_seats(site, t, left);
                    added += 1;
                }
            }
        }
        added
    }

    fn add_need(&mut self, t: usize, index: usize) {
        let frame = self.window.frame;
        let u = if let Some(u) = self.missing[t] {
            u
        } else {
            let price = frame.missing_price as f64 + self.nudge();
            let u = self.lp.add_column(Vec::new(), price, 0.0, f64::INFINITY);
            self.missing[t] = Some(u);
            u
        };
        let need = self.needs[t][index].clone();
        let mut terms = vec![(u, 1.0)];
        for person in &self.people {
            let option = self.window.options[person.place];
            let pool = self.pool_of[frame.options[option].pool];
            if need.pools & (1u64 << pool.min(63)) == 0 {
                continue;
            }
            let mut is_on = false;
            frame.on_duty(option, person.pattern, |at| is_on |= at == t);
            if is_on {
                terms.push((person.var, 1.0));
            }
        }
        let right = need.agents - self.unavoidable[t];
        let row = self.lp.add_row(&terms, right, (f64::NEG_INFINITY, 0.0));
        self.needs[t][index].row = u32::try_from(row).ok();
    }

    fn add_seats(&mut self, site: usize, t: usize, left: f64) {
        let (frame, week) = (self.window.frame, self.window.frame.week);
        let mut terms = Vec::new();
        for person in &self.people {
            let o = &frame.options[self.window.options[person.place]];
            let length = week.shift_types[o.shift_type].length;
            let since = (t + week.intervals - o.start) % week.intervals;
            if week.pools[o.pool].site == site && since < length {
                terms.push((person.var, 1.0));
            }
        }
        let row = self.lp.add_row(&terms, left, (0.0, f64::INFINITY));
        self.seats.insert((site, t), u32::try_from(row).unwrap_or(u32::MAX));
    }

    /// People on each option at the present point, and on each pattern.
    pub(super) fn point(&self) -> (Vec<f64>, Vec<f64>) {
        let mut totals = vec![0.0; self.window.options.len()];
        let each: Vec<f64> = self.people.iter().map(|p| self.lp.value(p.var)).collect();
        for (person, value) in self.people.iter().zip(&each) {
            totals[person.place] += value;
        }
        (totals, each)
    }

    /// The variable `x` of an option.
    pub(super) fn total(&mut self, place: usize) -> Var {
        if let Some(x) = self.totals[place] {
            return x;
        }
        let x = self.lp.add_column(Vec::new(), 0.0, 0.0, f64::INFINITY);
        let mut terms: Vec<(Var, f64)> = (self.people.iter())
            .filter(|p| p.place == place)
            .map(|p| (p.var, 1.0))
            .collect();
        terms.push((x, -1.0));
        let row = self.lp.add_row(&terms, 0.0, (0.0, 0.0));
        self.terms[place].push((u32::try_from(row).unwrap_or(u32::MAX), 1.0));
        self.totals[place] = Some(x);
        x
    }

    pub(super) fn bounds(&self, var: Var) -> (f64, f64) {
        self.lp.bounds(var)
    }

    pub(super) fn set_bounds(&mut self, var: Var, (lower, upper): (f64, f64)) {
        self.lp.set_bounds(var, lower, upper);
    }
}
