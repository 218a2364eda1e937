//! Tours for all duties of a week: a linear program over tours that grows where a tour is worth its
//! cost, dived until every duty has its people.
//!
//! ```text
//! min Σ cost_w x_w       Σ_{w has d} x_w = people_d      each duty d
//!                        Σ_w a_{l,w} x_w − over_l ≤ most_l  each limit l on numbers of agents
//! ```
//!
//! A tour of one shift is legal wherever the shift is, so there is always a way.

use std::collections::{BTreeMap, HashMap};

use super::duty::Duty;
use super::pricing::{Prices, Walk, tours};
use super::terms::{AgentLimit, Terms};
use crate::milp::growing::{GrowingLp, Growth, Var};
use crate::units::whole;

/// Columns that a round of pricing adds for each contract.
const COLUMNS: usize = 40;

/// Rounds of pricing before a step of the dive.
const ROUNDS: usize = 60;

/// Pivots of one solve.
const PIVOTS: u64 = 20_000;

/// People are this much uneven, so that no pivot of the program stands still.
const UNEVEN: f64 = 1e-6;

/// A value this close to a whole number is one.
const WHOLE: f64 = 0.01;

/// One in so many fractional tours is settled in a step.
const AT_ONCE: usize = 8;

/// Hours of waste that one agent above a contract's maximum counts as.
const OVER: f64 = 1e4;

/// Tours of a week and how many agents work each.
pub(super) type Tours = BTreeMap<Walk, u32>;

struct Master<'a> {
    duties: &'a [Duty],
    terms: &'a Terms,
    program: GrowingLp,
    walks: Vec<(Var, Walk)>,
    known: HashMap<Walk, Var>,
    /// Limits on numbers of agents, and their rows.
    limits: Vec<(u32, AgentLimit)>,
}

/// Whole numbers of people on tours so that every duty has the people it asks for.
pub(super) fn cover(duties: &[Duty], terms: &Terms) -> Tours {
    let mut master = Master::new(duties, terms);
    let mut left: Vec<u32> = duties.iter().map(|d| d.count).collect();
    let mut settled = Tours::new();
    while left.iter().any(|&n| n > 0) {
        master.solve();
        let taken = master.choose(&left);
        if taken.is_empty() {
            break;
        }
        for (walk, count) in taken {
            for &d in &walk.duties {
                left[d] -= count;
            }
            *settled.entry(walk).or_default() += count;
        }
        master.require(&settled);
    }
    // What numerical trouble left over, each shift for itself.
    for (d, &count) in left.iter().enumerate().filter(|(_, n)| **n > 0) {
        if let Some(contract) = terms.contract_of(&duties[d]) {
            let duties = vec![d];
            *settled.entry(Walk { contract, duties }).or_default() += count;
        }
    }
    settled
}

impl<'a> Master<'a> {
    fn new(duties: &'a [Duty], terms: &'a Terms) -> Self {
        let mut program = GrowingLp::new(0);
        for (d, duty) in duties.iter().enumerate() {
            let right = f64::from(duty.count) + UNEVEN * (1.0 + (d * 37 % 101) as f64);
            program.add_row(&[], Vec::new(), right, (0.0, 0.0));
        }
        let mut limits = Vec::new();
        for limit in terms.limits.iter().cloned() {
            let row = program.add_row(&[], Vec::new(), limit.most, (0.0, f64::INFINITY));
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            program.add_column(vec![(row, -1.0)], Vec::new(), OVER, (0.0, f64::INFINITY));
            limits.push((row, limit));
        }
        let mut master = Self {
            duties,
            terms,
            program,
            walks: Vec::new(),
            known: HashMap::new(),
            limits,
        };
        for (d, duty) in duties.iter().enumerate() {
            if let Some(contract) = terms.contract_of(duty) {
                master.add(Walk {
                    contract,
                    duties: vec![d],
                });
            }
        }
        master
    }

    fn add(&mut self, walk: Walk) -> bool {
        if self.known.contains_key(&walk) {
            return false;
        }
        let mut terms: Vec<(u32, f64)> = (walk.duties.iter())
            .map(|&d| (u32::try_from(d).unwrap_or(u32::MAX), 1.0))
            .collect();
        let limits = self.limits.iter();
        let weights = limits.map(|(row, limit)| (*row, limit.weight(&walk, self.duties)));
        terms.extend(weights.filter(|(_, weight)| *weight != 0.0));
        let cost = (self.terms).cost(walk.contract, walk.minutes_inside(self.duties));
        let var = (self.program).add_column(terms, Vec::new(), cost, (0.0, f64::INFINITY));
        self.known.insert(walk.clone(), var);
        self.walks.push((var, walk));
        true
    }

    /// Solves the program and adds tours as long as any is worth its cost.
    fn solve(&mut self) {
        for _ in 0..ROUNDS {
            if self.program.dual(PIVOTS) != Growth::Optimal
                || self.program.primal(1e-7, PIVOTS) != Growth::Optimal
            {
                return;
            }
            let prices = self.program.multipliers().to_vec();
            let mut is_new = false;
            for contract in 0..self.terms.contracts.len() {
                let fees = [0, 1].map(|weekend| {
                    let limits = self.limits.iter();
                    limits
                        .map(|(row, limit)| {
                            -prices[*row as usize] * limit.weights[contract][weekend]
                        })
                        .sum()
                });
                let prices = Prices {
                    duties: &prices[..self.duties.len()],
                    fees,
                };
                for walk in tours(self.duties, &prices, self.terms, contract, COLUMNS) {
                    is_new |= self.add(walk);
                }
            }
            if !is_new {
                return;
            }
        }
    }

    /// Tours to settle on: the whole part of every one, and some of the largest fractions, as far
    /// as their duties have people left.
    fn choose(&self, left: &[u32]) -> Vec<(Walk, u32)> {
        let mut left = left.to_vec();
        let mut taken: Vec<(Walk, u32)> = Vec::new();
        let mut fractions = Vec::new();
        for (index, (var, walk)) in self.walks.iter().enumerate() {
            let beyond = self.program.value(*var) - self.program.bounds(*var).0;
            let whole_part = (beyond + WHOLE).floor().max(0.0);
            let room = walk.duties.iter().map(|&d| left[d]).min().unwrap_or(0);
            let count = whole::round(whole_part).min(room);
            if count > 0 {
                walk.duties.iter().for_each(|&d| left[d] -= count);
                taken.push((walk.clone(), count));
            }
            if beyond - whole_part > WHOLE {
                fractions.push((beyond - whole_part, index));
            }
        }
        fractions.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut more = if taken.is_empty() {
            fractions.len().div_ceil(AT_ONCE)
        } else {
            0
        };
        for (_, index) in fractions {
            let walk = &self.walks[index].1;
            if more > 0 && walk.duties.iter().all(|&d| left[d] > 0) {
                walk.duties.iter().for_each(|&d| left[d] -= 1);
                taken.push((walk.clone(), 1));
                more -= 1;
            }
        }
        taken
    }

    /// Keeps the program to what is settled.
    fn require(&mut self, settled: &Tours) {
        for (walk, &count) in settled {
            if let Some(&var) = self.known.get(walk) {
                (self.program).set_bounds(var, f64::from(count), f64::INFINITY);
            }
        }
    }
}
