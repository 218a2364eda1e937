use std::collections::{HashMap, HashSet};

use super::columns::best_pattern;
use super::{Window, search::Effort};
use crate::milp::Model;
use crate::milp::growing::{GrowingLp, Growth, Run, Var};
use crate::scheduling::week::frame::Pattern;

/// Columns that one round of pricing may add.
const COLUMNS: usize = 40;

/// A need must be short by this much to be worth a row.
const SHORT: f64 = 1e-6;

/// Columns kept in sight for each row.
const KEPT: usize = 2;

/// No one less than nobody.
const FROM_ZERO: (f64, f64) = (0.0, f64::INFINITY);

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
    has_row: bool,
}

/// The linear program of a window, which grows by columns and rows.
#[derive(Debug)]
pub(super) struct Master<'a> {
    pub(super) window: &'a Window<'a>,
    lp: GrowingLp,
    pub(super) people: Vec<Person>,
    known: HashMap<(usize, Pattern), usize>,
    /// Rows of each option that do not depend on the pattern.
    terms: Vec<Vec<(u32, f64)>>,
    /// The variable `x` of options that have been branched on.
    totals: Vec<Option<Var>>,
    /// Pools of the window.
    pub(super) pools: Vec<usize>,
    pub(super) pool_of: Vec<usize>,
    needs: Vec<Vec<Need>>,
    missing: Vec<Option<Var>>,
    /// Sites and intervals whose seats have a row.
    seats: HashSet<(usize, usize)>,
    /// Sites of the window with a cap, each with its own line of cells.
    sites: Vec<usize>,
    /// The interval at which the lines of cells begin, and their length.
    origin: usize,
    line: usize,
    nudged: u64,
    /// Intervals in which anybody of the window could be present.
    pub(super) intervals: Vec<usize>,
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
        for &j in window.options {
            let o = &frame.options[j];
            for d in 0..week.shift_types[o.shift_type].length {
                is_inside[week.after(o.start, d)] = true;
            }
        }
        let intervals: Vec<usize> = (0..n).filter(|&t| is_inside[t]).collect();
        let origin = origin(&is_inside);
        let line = (window.options.iter())
            .map(|&j| {
                let o = &frame.options[j];
                (o.start + n - origin) % n + week.shift_types[o.shift_type].length
            })
            .max()
            .unwrap_or(0);
        let mut sites: Vec<usize> = (pools.iter().map(|&p| week.pools[p].site))
            .filter(|&s| week.sites[s].seats.is_some())
            .collect();
        sites.sort_unstable();
        sites.dedup();
        let cells = line * (pools.len() + sites.len());
        let mut master = Self {
            window,
            lp: GrowingLp::new(cells),
            people: Vec::new(),
            known: HashMap::new(),
            terms: vec![Vec::new(); window.options.len()],
            totals: vec![None; window.options.len()],
            pools,
            pool_of,
            needs: vec![Vec::new(); n],
            missing: vec![None; n],
            seats: HashSet::new(),
            sites,
            origin,
            line,
            nudged: 1,
            intervals,
            unavoidable: vec![0.0; n],
        };
        master.find_needs();
        for limit in &window.limits {
            let mut broken = Vec::new();
            if let Some(price) = limit.broken {
                let more = (master.lp).add_column(Vec::new(), Vec::new(), price, FROM_ZERO);
                broken.push((more, -1.0));
            }
            let row = master
                .lp
                .add_row(&broken, Vec::new(), limit.upper, FROM_ZERO);
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            for (place, &w) in limit.weights.iter().enumerate() {
                if w != 0.0 {
                    master.terms[place].push((row, w));
                }
            }
        }
        for (place, agreed) in window.agreed() {
            let price = frame.change_price as f64;
            let mut change = || (master.lp).add_column(Vec::new(), Vec::new(), price, FROM_ZERO);
            let terms = [(change(), -1.0), (change(), 1.0)];
            let row = master.lp.add_row(&terms, Vec::new(), agreed, (0.0, 0.0));
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            master.terms[place].push((row, 1.0));
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
                            has_row: false,
                        }),
                    }
                }
            }
            if self.window.is_rough {
                // Among fractions the nearest whole number is as often too low as too high.
                unavoidable = unavoidable.round();
                for need in &mut needs {
                    need.agents = need.agents.round();
                }
            }
            needs.retain(|n| n.agents > unavoidable);
            self.unavoidable[t] = unavoidable;
            self.needs[t] = needs;
        }
    }

    /// Agents missing in an interval beyond those that the window can do nothing about, when `duty`
    /// gives those of each of its pools.
    pub(super) fn shortage(&self, interval: usize, duty: impl Fn(usize) -> f64) -> f64 {
        let short = |need: &Need| {
            let mut short = need.agents;
            let mut pools = need.pools;
            while pools != 0 {
                short -= duty(pools.trailing_zeros() as usize);
                pools &= pools - 1;
            }
            short
        };
        let worst = self.needs[interval].iter().map(short).fold(0.0, f64::max);
        (worst - self.unavoidable[interval]).max(0.0)
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
                match self.lp.primal(effort.tolerance / 5.0, PIVOTS) {
                    Growth::Optimal => {}
                    other => return other,
                }
                if effort.watch.must_stop() || self.lp.pivots > begun + PIVOTS {
                    return Growth::Stopped;
                }
                if self.add_columns(effort.tolerance) == 0 {
                    break;
                }
            }
            let people = self.people.iter().map(|p| p.var);
            self.lp.retire(people, KEPT * self.lp.rows().max(20));
            if self.add_rows() == 0 {
                return Growth::Optimal;
            }
        }
    }

    pub(super) fn cost(&self) -> f64 {
        self.lp.cost() + self.unavoidable_cost()
    }

    /// The program over the columns it has, with whole people.
    pub(super) fn restricted(&self) -> Model {
        let mut is_person = vec![false; self.lp.columns()];
        for person in &self.people {
            is_person[person.var] = true;
        }
        self.lp.model(|var| is_person[var])
    }

    pub(super) fn rows(&self) -> usize {
        self.lp.rows()
    }

    pub(super) fn pivots(&self) -> u64 {
        self.lp.pivots
    }

    /// Adds the best column of the options that promise most.
    fn add_columns(&mut self, tolerance: f64) -> usize {
        let (frame, week) = (self.window.frame, self.window.frame.week);
        let y = self.lp.multipliers();
        let sums = self.lp.sums(y);
        let mut wanted: Vec<(f64, usize, Pattern)> = Vec::new();
        for (place, &j) in self.window.options.iter().enumerate() {
            let o = &frame.options[j];
            let mut cost = self.window.price(place) as f64;
            for &(row, a) in &self.terms[place] {
                cost -= y[row as usize] * a;
            }
            let length = week.shift_types[o.shift_type].length;
            if let Some(cell) = self.seat_cell(j) {
                cost -= sums[cell + length] - sums[cell];
            }
            let (value, pattern) = best_pattern(frame, j, &sums[self.duty_cell(j)..]);
            if cost - value < -tolerance {
                wanted.push((cost - value, place, pattern));
            }
        }
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        wanted.truncate(COLUMNS);
        let mut added = 0;
        for (_, place, pattern) in wanted {
            added += usize::from(self.add_column(place, pattern));
        }
        added
    }

    /// The cell of the first interval of an option on the line of its pool.
    fn duty_cell(&self, option: usize) -> usize {
        let (o, n) = (
            &self.window.frame.options[option],
            self.window.frame.week.intervals,
        );
        self.pool_of[o.pool] * self.line + (o.start + n - self.origin) % n
    }

    /// The same on the line of its site, if that has a cap on seats.
    fn seat_cell(&self, option: usize) -> Option<usize> {
        let week = self.window.frame.week;
        let (o, n) = (&self.window.frame.options[option], week.intervals);
        let at = self.sites.binary_search(&week.pools[o.pool].site).ok()?;
        Some((self.pools.len() + at) * self.line + (o.start + n - self.origin) % n)
    }

    /// Cells of an interval on a line; two when the line is longer than the week.
    fn cells(&self, line: usize, interval: usize) -> impl Iterator<Item = u32> + use<> {
        let n = self.window.frame.week.intervals;
        let first = (interval + n - self.origin) % n;
        let (start, length) = (line * self.line, self.line);
        (first..length)
            .step_by(n)
            .filter_map(move |c| u32::try_from(start + c).ok())
    }

    /// Makes sure that an option can be worked with a pattern; false when it could already.
    pub(super) fn add_column(&mut self, place: usize, pattern: Pattern) -> bool {
        if let Some(&index) = self.known.get(&(place, pattern)) {
            return self.lp.recall(self.people[index].var);
        }
        let (frame, week) = (self.window.frame, self.window.frame.week);
        let option = self.window.options[place];
        let o = &frame.options[option];
        let length = week.shift_types[o.shift_type].length;
        let run = |from: usize, to: usize| {
            let cell = |c: usize| u32::try_from(c).unwrap_or(u32::MAX);
            (cell(from), cell(to))
        };
        let first = self.duty_cell(option);
        let mut runs: Vec<Run> = (frame.stretches(option, pattern).into_iter())
            .map(|(from, to)| run(first + from, first + to))
            .collect();
        if let Some(cell) = self.seat_cell(option) {
            runs.push(run(cell, cell + length));
        }
        let cost = self.window.price(place) as f64 + self.nudge();
        let var = self
            .lp
            .add_column(self.terms[place].clone(), runs, cost, FROM_ZERO);
        self.known.insert((place, pattern), self.people.len());
        self.people.push(Person {
            place,
            pattern,
            var,
        });
        true
    }

    /// A hundredth of a hundredth of a minor unit, more or less: with all costs different, the
    /// pivots do not run in circles.
    fn nudge(&mut self) -> f64 {
        self.nudged = self
            .nudged
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
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
                if need.has_row {
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
                if present[site][t] > left + SHORT && !self.seats.contains(&(site, t)) {
                    self.add_seats(site, t, left);
                    added += 1;
                }
            }
        }
        added
    }

    fn add_need(&mut self, t: usize, index: usize) {
        let u = if let Some(u) = self.missing[t] {
            u
        } else {
            let price = self.window.frame.missing_price as f64 + self.nudge();
            let u = self.lp.add_column(Vec::new(), Vec::new(), price, FROM_ZERO);
            self.missing[t] = Some(u);
            u
        };
        let need = self.needs[t][index].clone();
        let lines = (0..self.pools.len()).filter(|&p| need.pools & (1u64 << p.min(63)) != 0);
        let cells = lines.flat_map(|p| self.cells(p, t)).collect();
        let right = need.agents - self.unavoidable[t];
        self.lp
            .add_row(&[(u, 1.0)], cells, right, (f64::NEG_INFINITY, 0.0));
        self.needs[t][index].has_row = true;
    }

    fn add_seats(&mut self, site: usize, t: usize, left: f64) {
        if let Ok(at) = self.sites.binary_search(&site) {
            let cells = self.cells(self.pools.len() + at, t).collect();
            self.lp.add_row(&[], cells, left, FROM_ZERO);
            self.seats.insert((site, t));
        }
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
        let x = self.lp.add_column(Vec::new(), Vec::new(), 0.0, FROM_ZERO);
        let mut terms: Vec<(Var, f64)> = (self.people.iter())
            .filter(|p| p.place == place)
            .map(|p| (p.var, 1.0))
            .collect();
        terms.push((x, -1.0));
        let row = self.lp.add_row(&terms, Vec::new(), 0.0, (0.0, 0.0));
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

/// The first interval after the longest stretch in which nothing of the window lies; 0 if there is
/// none.
fn origin(is_inside: &[bool]) -> usize {
    let n = is_inside.len();
    let (mut longest, mut origin, mut idle) = (0, 0, 0);
    for t in 0..2 * n {
        if is_inside[t % n] {
            if idle > longest {
                (longest, origin) = (idle, t % n);
            }
            idle = 0;
        } else {
            idle += 1;
        }
    }
    origin
}
