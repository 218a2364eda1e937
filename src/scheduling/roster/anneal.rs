//! Small changes, accepted by chance: agents exchange some days, or one day becomes another.
//!
//! Exchanges keep everybody's place filled, which is what hard covers need. The temperature falls
//! from a share of what changes usually cost to where nothing dearer is accepted.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::automaton::NEVER;
use super::layout::Layout;
use super::standing::Standing;

/// Chains side by side.
const CHAINS: u64 = 2;

/// First temperature as a share of the usual price of a change, and the last in units of cost.
const WARM: f64 = 0.25;
const COLD: f64 = 0.12;

/// Moves between two looks at the clock.
const STRIDE: u64 = 4_096;

/// Longest exchange in days.
const LONGEST: usize = 8;

/// Anneals chains from one roster and returns the best of all, which may be the first, and the
/// work done.
pub(super) fn anneal(
    layout: &Layout<'_>,
    standing: &Standing,
    moves: u64,
    seed: u64,
    is_over: &(dyn Fn() -> bool + Sync),
) -> (Standing, u64) {
    let found: Vec<Standing> = (0..CHAINS)
        .into_par_iter()
        .map(|chain| {
            let mut random = Pcg64::seed_from_u64(seed.wrapping_mul(31).wrapping_add(chain));
            run(layout, standing, moves, &mut random, is_over)
        })
        .collect();
    let days = u64::try_from(layout.days).unwrap_or(1);
    let best = found.into_iter().min_by_key(|s| s.cost);
    let work = CHAINS * moves * days / 8;
    (best.unwrap_or_else(|| standing.clone()), work)
}

fn run(
    layout: &Layout<'_>,
    standing: &Standing,
    moves: u64,
    random: &mut Pcg64,
    is_over: &dyn Fn() -> bool,
) -> Standing {
    let mut now = standing.clone();
    let mut best = standing.clone();
    let usual = usual(layout, &mut now, random);
    let warm = (usual * WARM).max(2.0 * COLD);
    let mut done = 0;
    while done < moves && !is_over() {
        let share = done as f64 / moves as f64;
        let temperature = warm * (COLD / warm).powf(share);
        for _ in 0..STRIDE {
            let before = now.cost;
            let Some(change) = draw(layout, &now, random) else {
                continue;
            };
            let old = now.swapped(layout, &change);
            let more = (now.cost - before) as f64;
            if more > 0.0 && random.random::<f64>() >= (-more / temperature).exp() {
                now.revert(layout, &change, old);
            } else if now.cost < best.cost {
                best = now.clone();
            }
        }
        done += STRIDE;
    }
    best
}

/// What changes usually cost.
fn usual(layout: &Layout<'_>, now: &mut Standing, random: &mut Pcg64) -> f64 {
    let (mut sum, mut count) = (0.0, 0);
    for _ in 0..2_000 {
        let before = now.cost;
        let Some(change) = draw(layout, now, random) else {
            continue;
        };
        let old = now.swapped(layout, &change);
        let more = now.cost - before;
        now.revert(layout, &change, old);
        if more > 0 && more < layout.hard {
            sum += more as f64;
            count += 1;
        }
    }
    sum / f64::from(count.max(1))
}

/// Days of two agents to be exchanged, or a kind of day for one.
#[derive(Debug, Clone, Copy)]
enum Move {
    Exchange {
        agents: (usize, usize),
        from: usize,
        to: usize,
    },
    Replace {
        agent: usize,
        day: usize,
        symbol: u8,
    },
}

fn draw(layout: &Layout<'_>, now: &Standing, random: &mut Pcg64) -> Option<Move> {
    let agents = layout.agents.len();
    let agent = random.random_range(0..agents);
    let from = random.random_range(0..layout.days);
    if agents < 2 || random.random_range(0..8_u32) == 0 {
        let symbol = u8::try_from(random.random_range(0..layout.symbols)).ok()?;
        let is_new = now.tours[agent][from] != symbol;
        let is_open = layout.agents[agent].own[from * layout.symbols + usize::from(symbol)] < NEVER;
        return (is_new && is_open).then_some(Move::Replace {
            agent,
            day: from,
            symbol,
        });
    }
    let other = (agent + random.random_range(1..agents)) % agents;
    let length = if random.random() {
        1
    } else {
        random.random_range(1..=LONGEST)
    };
    let to = (from + length).min(layout.days);
    let differ = now.tours[agent][from..to] != now.tours[other][from..to];
    differ.then_some(Move::Exchange {
        agents: (agent, other),
        from,
        to,
    })
}

impl Standing {
    /// Makes a change, and returns what `revert` needs: costs of the agents, or the symbol before,
    /// and the cost.
    fn swapped(&mut self, layout: &Layout<'_>, change: &Move) -> [i64; 3] {
        let cost = self.cost;
        match *change {
            Move::Exchange { agents, .. } => {
                let old = [self.costs[agents.0], self.costs[agents.1], cost];
                self.turn(layout, change);
                self.recount(layout, agents.0);
                self.recount(layout, agents.1);
                old
            }
            Move::Replace { agent, day, symbol } => {
                let old = self.costs[agent];
                let before = std::mem::replace(&mut self.tours[agent][day], symbol);
                self.place(layout, agent, day, before, -1);
                self.place(layout, agent, day, symbol, 1);
                self.recount(layout, agent);
                [old, i64::from(before), cost]
            }
        }
    }

    fn revert(&mut self, layout: &Layout<'_>, change: &Move, old: [i64; 3]) {
        match *change {
            Move::Exchange { agents, .. } => {
                self.turn(layout, change);
                self.costs[agents.0] = old[0];
                self.costs[agents.1] = old[1];
            }
            Move::Replace { agent, day, symbol } => {
                let before = u8::try_from(old[1]).unwrap_or(0);
                self.tours[agent][day] = before;
                self.place(layout, agent, day, symbol, -1);
                self.place(layout, agent, day, before, 1);
                self.costs[agent] = old[0];
            }
        }
        self.cost = old[2];
    }

    /// Exchanges days, with all that depends on who is where.
    fn turn(&mut self, layout: &Layout<'_>, change: &Move) {
        let Move::Exchange {
            agents: (one, two),
            from,
            to,
        } = *change
        else {
            return;
        };
        for day in from..to {
            let (a, b) = (self.tours[one][day], self.tours[two][day]);
            if a == b {
                continue;
            }
            self.tours[one][day] = b;
            self.tours[two][day] = a;
            let same = |symbol: u8| {
                let at = day * layout.symbols + usize::from(symbol);
                layout.agents[one].serves[at] == layout.agents[two].serves[at]
            };
            if same(a) && same(b) {
                continue;
            }
            for (agent, was, is) in [(one, a, b), (two, b, a)] {
                self.place(layout, agent, day, was, -1);
                self.place(layout, agent, day, is, 1);
            }
        }
    }

    fn place(&mut self, layout: &Layout<'_>, agent: usize, day: usize, symbol: u8, by: i64) {
        let at = day * layout.symbols + usize::from(symbol);
        for &need in &layout.agents[agent].serves[at] {
            let need = need as usize;
            self.cost -= layout.needs[need].price(self.there[need]);
            self.there[need] += by;
            self.cost += layout.needs[need].price(self.there[need]);
        }
    }

    fn recount(&mut self, layout: &Layout<'_>, agent: usize) {
        let cost = layout.tour_cost(agent, &self.tours[agent]);
        self.cost += cost - std::mem::replace(&mut self.costs[agent], cost);
    }
}
