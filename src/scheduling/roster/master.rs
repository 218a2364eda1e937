//! The linear program of a window: which tours its agents work, in fractions, and who is missing.
//!
//! ```text
//! min Σ c_k x_k + Σ_n (under_n u_n + over_n o_n)
//!     Σ_{k of agent a} x_k = 1                          each agent of the window
//!     Σ_{k serves n} x_k + u_n − o_n = required_n − others_n      each need of its days
//! ```
//!
//! Tours are added while there are any that the prices of the rows make worth it. Prices are
//! rounded to whole numbers before they are used, so that what they prove is exact:
//! `Σ_n p_n b_n + Σ_a min over tours (c − p)` is at most the cost of every roster.

use std::collections::HashMap;

use rayon::prelude::*;

use super::automaton::NEVER;
use super::layout::{Layout, Symbols};
use super::pricing::{Ask, Found, best_tours};
use super::standing::Standing;
use crate::milp::growing::{GrowingLp, Growth, Var};
use crate::units::whole;

/// Parts of a unit of cost in which prices are counted.
pub const PRICE_SCALE: i64 = 10_000;

/// A tour must save so much to be added, in parts of a unit of cost.
const WORTH: i64 = 20;

/// Tours kept from day to day, at first and when these find nothing more.
pub(super) const WIDTHS: [usize; 3] = [60, 600, 8_000];

/// First price of what is hard, in units of cost.
const LIGHT: i64 = 12;

/// So much of an agent off is off.
const BROKEN: f64 = 1e-2;

/// How far rows are off at most.
const NUDGE: f64 = 1e-5;

/// Share of the prices of the best bound so far in the prices that are asked for.
const SMOOTH: f64 = 0.8;

/// Tours kept in sight for each agent when there are too many.
const KEPT: usize = 30;

/// Pivots of one solve before it is given up.
const PIVOTS: u64 = 50_000;

/// Agents whose tours may change, on days `from..to`.
#[derive(Debug, Clone)]
pub(super) struct Window {
    pub(super) agents: Vec<usize>,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Window {
    /// The days of a tour that lie in the window.
    fn days<'t>(&self, tour: &'t [u8]) -> impl Iterator<Item = (usize, &'t u8)> + use<'t> {
        let (from, to) = (self.from, self.to);
        tour.iter().enumerate().take(to).skip(from)
    }
}

/// A tour of an agent of the window.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Place of the agent in the window.
    pub(super) place: usize,
    pub(super) tour: Symbols,
    pub(super) var: Var,
}

/// What became of the linear program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// No tour would make it cheaper, as far as was looked.
    Solved,
    /// It cannot become cheaper than what is known.
    Hopeless,
    /// Out of work, time or digits.
    Stopped,
}

/// The linear program.
#[derive(Debug, Clone)]
pub(super) struct Master<'a> {
    layout: &'a Layout<'a>,
    pub(super) window: &'a Window,
    standing: &'a Standing,
    lp: GrowingLp,
    pub(super) columns: Vec<Column>,
    known: HashMap<(usize, Symbols), Var>,
    /// Needs of the rows after those of the agents, and the row of each need.
    needs: Vec<usize>,
    row_of: Vec<Option<u32>>,
    /// Right-hand sides of the needs.
    wanted: Vec<i64>,
    /// Agents missing and too many on each of them, each with its price.
    off: Vec<[(Var, i64); 2]>,
    /// Kinds of day that each agent may still have, `[place][day]`, as bits.
    allowed: Vec<Vec<u32>>,
    /// The best bound proven since something was decided, in parts, and its prices.
    pub(super) bound: i64,
    pub(super) prices: Vec<i64>,
    /// A cost with which to be content.
    pub(super) floor: f64,
    pub(super) work: u64,
}

impl<'a> Master<'a> {
    pub(super) fn new(layout: &'a Layout<'a>, window: &'a Window, standing: &'a Standing) -> Self {
        let mut lp = GrowingLp::new(0);
        for _ in &window.agents {
            lp.add_row(&[], Vec::new(), 1.0, (0.0, 0.0));
        }
        let mut master = Self {
            layout,
            window,
            standing,
            lp,
            columns: Vec::new(),
            known: HashMap::new(),
            needs: Vec::new(),
            row_of: vec![None; layout.needs.len()],
            wanted: Vec::new(),
            off: Vec::new(),
            allowed: vec![vec![u32::MAX; layout.days]; window.agents.len()],
            bound: i64::MIN,
            prices: Vec::new(),
            floor: f64::NEG_INFINITY,
            work: 0,
        };
        for (at, need) in layout.needs.iter().enumerate() {
            if !(window.from..window.to).contains(&need.day) {
                continue;
            }
            let mine: i64 = (window.agents.iter())
                .map(|&a| i64::from(layout.is_on(a, &standing.tours[a], at)))
                .sum();
            let wanted = need.required - (standing.there[at] - mine);
            // Rows that are a little off keep the basis from standing still.
            let nudge = NUDGE * ((at * 7_919) % 1_009) as f64 / 1_009.0;
            let right = wanted as f64 + nudge;
            let row = (master.lp).add_row(&[], Vec::new(), right, (0.0, 0.0));
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            master.row_of[at] = Some(row);
            master.needs.push(at);
            master.wanted.push(wanted);
            let priced = |sign, price: i64| {
                // What is hard is light at first, so that prices do not swing.
                let price = if price >= layout.hard { LIGHT } else { price };
                (row, sign, price)
            };
            let off = [priced(1.0, need.under), priced(-1.0, need.over)];
            let off = off.map(|(row, sign, price)| (master.add_off(row, sign, price), price));
            master.off.push(off);
        }
        for place in 0..window.agents.len() {
            let tour = standing.tours[window.agents[place]].clone();
            master.add(place, tour);
        }
        master
    }

    fn add_off(&mut self, row: u32, sign: f64, price: i64) -> Var {
        let bounds = (0.0, f64::INFINITY);
        (self.lp).add_column(vec![(row, sign)], Vec::new(), price as f64, bounds)
    }

    /// Makes what is hard and yet broken heavier; false when there is nothing of the kind.
    fn weigh_down(&mut self) -> bool {
        let mut is_any = false;
        for at in 0..self.needs.len() {
            let need = self.layout.needs[self.needs[at]];
            let row = self.row_of[self.needs[at]].unwrap_or(0);
            for (side, (sign, most)) in [(1.0, need.under), (-1.0, need.over)]
                .into_iter()
                .enumerate()
            {
                let (var, price) = self.off[at][side];
                if price >= most || self.lp.value(var) < BROKEN {
                    continue;
                }
                let price = (price * 4).min(most);
                self.lp.set_bounds(var, 0.0, 0.0);
                self.off[at][side] = (self.add_off(row, sign, price), price);
                is_any = true;
            }
        }
        is_any
    }

    /// Adds a tour; false when it is there already.
    pub(super) fn add(&mut self, place: usize, tour: Symbols) -> bool {
        if let Some(&var) = self.known.get(&(place, tour.clone())) {
            return self.lp.recall(var);
        }
        let agent = self.window.agents[place];
        let cost = self.layout.tour_cost(agent, &tour);
        let mut terms = vec![(u32::try_from(place).unwrap_or(u32::MAX), 1.0)];
        for (day, &symbol) in self.window.days(&tour) {
            let at = day * self.layout.symbols + usize::from(symbol);
            for &need in &self.layout.agents[agent].serves[at] {
                terms.extend(self.row_of[need as usize].map(|row| (row, 1.0)));
            }
        }
        let bounds = (0.0, f64::INFINITY);
        let var = (self.lp).add_column(terms, Vec::new(), cost as f64, bounds);
        self.known.insert((place, tour.clone()), var);
        self.columns.push(Column { place, tour, var });
        true
    }

    /// Cost of the present point.
    pub(super) fn cost(&self) -> f64 {
        self.lp.cost()
    }

    /// What the window costs as it stands, in the same terms.
    pub(super) fn present_cost(&self) -> i64 {
        let of_agents: i64 = (self.window.agents.iter())
            .map(|&a| self.standing.costs[a])
            .sum();
        let of_needs: i64 = (self.needs.iter())
            .map(|&n| self.layout.needs[n].price(self.standing.there[n]))
            .sum();
        of_agents + of_needs
    }

    /// Share of an agent on a column.
    pub(super) fn value(&self, column: &Column) -> f64 {
        self.lp.value(column.var)
    }

    /// Kinds of day that an agent may still have, as bits.
    pub(super) fn allowed(&self, place: usize, day: usize) -> u32 {
        self.allowed[place][day]
    }

    /// Says what kinds of day an agent may still have.
    pub(super) fn allow(&mut self, place: usize, day: usize, kinds: u32) {
        self.allowed[place][day] = kinds;
        let days = self.window.from..self.window.to;
        for column in self.columns.iter().filter(|c| c.place == place) {
            let mut cells = days
                .clone()
                .map(|d| (column.tour[d], self.allowed[place][d]));
            let fits = cells.all(|(symbol, kinds)| kinds & (1 << symbol) != 0);
            let upper = if fits { f64::INFINITY } else { 0.0 };
            if self.lp.bounds(column.var).1 != upper {
                self.lp.set_bounds(column.var, 0.0, upper);
            }
        }
    }

    /// Solves over the tours that are there.
    pub(super) fn settle(&mut self) -> bool {
        let before = self.lp.pivots;
        let mut is_fine = false;
        for _ in 0..3 {
            let dual = self.lp.dual(PIVOTS);
            let primal = self.lp.primal(1e-6, PIVOTS);
            if dual == Growth::Infeasible {
                break;
            }
            if dual == Growth::Optimal && primal == Growth::Optimal {
                is_fine = true;
                break;
            }
        }
        let rows = u64::try_from(self.lp.rows()).unwrap_or(0);
        let columns = u64::try_from(self.lp.columns()).unwrap_or(0);
        // A pivot touches the inverse and looks at the columns.
        self.work += (self.lp.pivots - before) * (rows * rows / 16 + columns) / 4;
        is_fine
    }

    /// Adds tours until none is worth it, or until it is certain that the window cannot cost less
    /// than `cutoff`.
    pub(super) fn generate(
        &mut self,
        cutoff: i64,
        widths: &[usize],
        rounds: usize,
        is_spent: &(dyn Fn(u64) -> bool + Sync),
    ) -> Ending {
        let mut level = 0;
        let (mut is_smooth, mut idle) = (false, false);
        self.bound = i64::MIN;
        for _ in 0..rounds {
            if !self.settle() {
                return Ending::Stopped;
            }
            if is_spent(self.work) {
                return Ending::Stopped;
            }
            if self.cost() <= self.floor && !self.weigh_down() {
                return Ending::Solved;
            }
            let mut prices = self.rounded();
            let plain = prices.clone();
            // Mixed prices as long as they find anything.
            let is_stale = is_smooth && idle;
            is_smooth = !self.prices.is_empty() && !is_stale;
            if is_smooth {
                for (price, best) in prices.iter_mut().zip(&self.prices) {
                    let mixed = SMOOTH * *best as f64 + (1.0 - SMOOTH) * *price as f64;
                    *price = whole::nearest(mixed);
                }
            }
            let found = self.ask(&prices, is_smooth, widths[level]);
            let mut added = 0;
            let mut proven: i64 = (prices.iter().zip(&self.wanted))
                .map(|(p, &wanted)| p * wanted)
                .sum();
            for (place, found) in found.into_iter().enumerate() {
                self.work += found.work;
                proven = proven.saturating_add(found.bound);
                for (_, tour) in found.tours {
                    if !is_smooth || self.is_worth(place, &tour, &plain) {
                        added += usize::from(self.add(place, tour));
                    }
                }
            }
            idle = added == 0;
            if proven > self.bound {
                self.bound = proven;
                self.prices = prices;
            }
            // All costs are whole numbers.
            let least = (self.bound + PRICE_SCALE - 1).div_euclid(PRICE_SCALE);
            if least >= cutoff {
                return Ending::Hopeless;
            }
            if least as f64 >= self.cost() && !self.weigh_down() {
                return Ending::Solved;
            }
            if added > 0 || self.weigh_down() {
                let all: Vec<Var> = self.columns.iter().map(|c| c.var).collect();
                let most = KEPT * self.window.agents.len();
                if self.lp.active_columns() > 2 * most {
                    self.lp.retire(all.into_iter(), most);
                }
                continue;
            }
            // The prices as they are come next where mixed ones found nothing.
            if !is_smooth {
                level += 1;
                if level == widths.len() {
                    return Ending::Solved;
                }
            }
        }
        if self.settle() {
            Ending::Solved
        } else {
            Ending::Stopped
        }
    }

    /// Whether a tour would make the point cheaper at the prices as they are.
    fn is_worth(&self, place: usize, tour: &[u8], prices: &[i64]) -> bool {
        let agent = self.window.agents[place];
        let mut cost = self.layout.tour_cost(agent, tour) * PRICE_SCALE;
        for (day, &symbol) in self.window.days(tour) {
            let at = day * self.layout.symbols + usize::from(symbol);
            for &need in &self.layout.agents[agent].serves[at] {
                if let Some(row) = self.row_of[need as usize] {
                    cost -= prices[row as usize - self.window.agents.len()];
                }
            }
        }
        cost < self.share(place) - WORTH
    }

    /// What an agent costs at present, in parts.
    fn share(&self, place: usize) -> i64 {
        whole::nearest(self.lp.multipliers()[place] * PRICE_SCALE as f64)
    }

    /// Prices of the needs as whole numbers of parts, in the range that makes them of any use.
    fn rounded(&self) -> Vec<i64> {
        let first = self.window.agents.len();
        (self.off.iter().zip(&self.lp.multipliers()[first..]))
            .map(|([under, over], &y)| {
                whole::nearest(y * PRICE_SCALE as f64)
                    .clamp(-over.1 * PRICE_SCALE, under.1 * PRICE_SCALE)
            })
            .collect()
    }

    /// The best tours of all agents at some prices; nothing of agents who are fixed.
    fn ask(&self, prices: &[i64], is_smooth: bool, width: usize) -> Vec<Found> {
        (self.window.agents.par_iter().enumerate())
            .map(|(place, &agent)| {
                let days = self.day_prices(place, agent, prices);
                let share = self.share(place);
                let ask = Ask {
                    prices: &days,
                    scale: PRICE_SCALE,
                    // At mixed prices any tour may be the best.
                    below: if is_smooth { NEVER } else { share - WORTH },
                    width,
                    keep: 4,
                };
                best_tours(&self.layout.agents[agent], self.layout.symbols, &ask)
            })
            .collect()
    }

    /// What each kind of day costs an agent of the window at some prices.
    fn day_prices(&self, place: usize, agent: usize, prices: &[i64]) -> Vec<i64> {
        let (layout, plan) = (self.layout, &self.layout.agents[agent]);
        let first = self.window.agents.len();
        let tour = &self.standing.tours[agent];
        let mut days = vec![NEVER; layout.days * layout.symbols];
        for (day, &present) in tour.iter().enumerate() {
            let is_open = (self.window.from..self.window.to).contains(&day);
            for symbol in 0..layout.symbols {
                let at = day * layout.symbols + symbol;
                let is_here = usize::from(present) == symbol;
                let is_free = is_open && self.allowed[place][day] & (1 << symbol) != 0;
                if plan.own[at] >= NEVER || !(is_free || is_here && !is_open) {
                    continue;
                }
                days[at] = plan.own[at] * PRICE_SCALE;
                for &need in &plan.serves[at] {
                    if let Some(row) = self.row_of[need as usize] {
                        days[at] -= prices[row as usize - first];
                    }
                }
            }
        }
        days
    }

    /// Prices by need, 0 for needs of other days.
    pub(super) fn prices_of_needs(&self) -> Vec<i64> {
        let mut prices = vec![0; self.layout.needs.len()];
        for (&need, &price) in self.needs.iter().zip(&self.prices) {
            prices[need] = price;
        }
        prices
    }
}

impl Layout<'_> {
    /// Whether a tour of an agent serves a need.
    pub(super) fn is_on(&self, agent: usize, tour: &[u8], need: usize) -> bool {
        let day = self.needs[need].day;
        let at = day * self.symbols + usize::from(tour[day]);
        self.agents[agent].serves[at]
            .iter()
            .any(|&n| n as usize == need)
    }
}
