//! The roster as it stands.

use super::automaton::NEVER;
use super::layout::{Layout, Symbols};
use super::problem::Roster;

/// The roster as it stands, its cost, and who is where.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) tours: Vec<Symbols>,
    pub(super) costs: Vec<i64>,
    /// Agents on each need.
    pub(super) there: Vec<i64>,
    pub(super) cost: i64,
}

impl Standing {
    /// Nobody works, whatever the rules say; agents' costs are not counted yet.
    pub(super) fn empty(layout: &Layout<'_>) -> Self {
        Self {
            tours: vec![vec![0; layout.days]; layout.agents.len()],
            costs: vec![0; layout.agents.len()],
            there: vec![0; layout.needs.len()],
            cost: layout.needs.iter().map(|n| n.price(0)).sum(),
        }
    }

    /// Gives an agent another tour.
    pub(super) fn change(&mut self, layout: &Layout<'_>, agent: usize, tour: Symbols) {
        let cost = layout.tour_cost(agent, &tour);
        let old = std::mem::replace(&mut self.tours[agent], tour);
        let plan = &layout.agents[agent];
        self.cost += cost - std::mem::replace(&mut self.costs[agent], cost);
        for (day, (&was, &is)) in old.iter().zip(&self.tours[agent]).enumerate() {
            if was == is {
                continue;
            }
            let base = day * layout.symbols;
            for (symbol, by) in [(was, -1), (is, 1)] {
                for &need in &plan.serves[base + usize::from(symbol)] {
                    let need = need as usize;
                    let there = &mut self.there[need];
                    self.cost -= layout.needs[need].price(*there);
                    *there += by;
                    self.cost += layout.needs[need].price(*there);
                }
            }
        }
    }

    /// What each kind of day would cost an agent, as all others stand.
    pub(super) fn prices(&self, layout: &Layout<'_>, agent: usize) -> Vec<i64> {
        let plan = &layout.agents[agent];
        let mut prices = plan.own.clone();
        for (day, &symbol) in self.tours[agent].iter().enumerate() {
            let base = day * layout.symbols;
            for (at, price) in (base..).zip(&mut prices[base..base + layout.symbols]) {
                if *price >= NEVER {
                    continue;
                }
                let is_on = at == base + usize::from(symbol);
                for &need in &plan.serves[at] {
                    let others = self.there[need as usize] - i64::from(is_on);
                    let need = &layout.needs[need as usize];
                    *price += need.price(others + 1) - need.price(others);
                }
            }
        }
        prices
    }

    pub(super) fn roster(&self) -> Roster {
        let tours = self.tours.iter();
        Roster {
            tours: tours
                .map(|t| t.iter().map(|&s| usize::from(s).checked_sub(1)).collect())
                .collect(),
        }
    }
}
