use super::super::QueueingError;
use super::grid::{Count, Grid, State};

/// Rounds of passes before giving up.
const MOST_ROUNDS: u32 = 1_000;
/// Estimated error at which a solution is good enough.
const GOOD: f64 = 1e-12;
/// Change of a round that is no more than rounding.
const ROUNDING: f64 = 2e-15;
/// Rounds over which the speed of settling is judged.
const MEMORY: usize = 8;

/// What is asked of the solution, by type.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sums {
    /// Own group and generalists all busy.
    pub(super) all_busy: [f64; 2],
    /// Mean number waiting.
    pub(super) waiting: [f64; 2],
    /// The same, of the states with every waiting place taken.
    pub(super) edge: [f64; 2],
    /// Mean number of generalists busy.
    pub(super) general: f64,
}

impl Sums {
    fn of(grid: &Grid, weights: &[f64]) -> Self {
        let (mut sums, mut all) = (Self::default(), 0.0);
        each(grid, |state| {
            let weight = weights[grid.index(state)];
            all += weight;
            sums.general += weight * state.general as f64;
            if state.general < grid.general {
                return;
            }
            for (i, count) in [state.first, state.second].into_iter().enumerate() {
                if count < grid.own[i] {
                    continue;
                }
                let waiting = weight * (count - grid.own[i]) as f64;
                sums.all_busy[i] += weight;
                sums.waiting[i] += waiting;
                if count == grid.most[i] {
                    sums.edge[i] += waiting;
                }
            }
        });
        let scale = 1.0 / all;
        for part in [&mut sums.all_busy, &mut sums.waiting, &mut sums.edge] {
            *part = part.map(|x| x * scale);
        }
        sums.general *= scale;
        sums
    }

    /// The largest relative change.
    fn change(&self, before: &Self) -> f64 {
        let relative = |x: f64, y: f64| if x == y { 0.0 } else { ((x - y) / x).abs() };
        let mut largest = relative(self.general, before.general);
        for i in 0..2 {
            largest = largest
                .max(relative(self.all_busy[i], before.all_busy[i]))
                .max(relative(self.waiting[i], before.waiting[i]));
        }
        largest
    }
}

/// Long-run sums of a grid: Gauss-Seidel passes forwards and backwards, and between them corrections
/// that make the flows between successive values of a count equal.
///
/// It ends when the error left, judged from how fast changes shrink, is below 1e-12.
pub(super) fn steady(grid: &Grid) -> Result<Sums, QueueingError> {
    let mut weights = guess(grid);
    let mut sums = Sums::default();
    let mut changes = [f64::INFINITY; MEMORY];
    for round in 0..MOST_ROUNDS {
        let mut change = 0.0_f64;
        for count in [Count::All, Count::First, Count::Second] {
            even_out(grid, &mut weights, count);
            pass(grid, &mut weights, true);
            change = pass(grid, &mut weights, false);
        }
        let next = Sums::of(grid, &weights);
        change = change.max(next.change(&sums));
        sums = next;
        let oldest = changes[0];
        changes.rotate_left(1);
        changes[MEMORY - 1] = change;
        let shrinks = (change / oldest).powf(1.0 / MEMORY as f64);
        let left = change * shrinks / (1.0 - shrinks);
        if change <= ROUNDING || (round as usize > MEMORY && shrinks < 1.0 && left <= GOOD) {
            return Ok(sums);
        }
    }
    Err(QueueingError::NotSettled {
        rounds: MOST_ROUNDS,
        change: changes[MEMORY - 1],
    })
}

/// Calls `visit` with every state in order.
fn each(grid: &Grid, mut visit: impl FnMut(State)) {
    for general in 0..=grid.general {
        let [most_first, most_second] = grid.limits(general);
        for second in 0..=most_second {
            for first in 0..=most_first {
                visit(State {
                    first,
                    second,
                    general,
                });
            }
        }
    }
}

/// Calls `visit` with every state in the opposite order.
fn each_back(grid: &Grid, mut visit: impl FnMut(State)) {
    for general in (0..=grid.general).rev() {
        let [most_first, most_second] = grid.limits(general);
        for second in (0..=most_second).rev() {
            for first in (0..=most_first).rev() {
                visit(State {
                    first,
                    second,
                    general,
                });
            }
        }
    }
}

/// Balances every state in turn; the change of flow as a share of all flow.
fn pass(grid: &Grid, weights: &mut [f64], is_forward: bool) -> f64 {
    let (mut moved, mut flow) = (0.0, 0.0);
    let balance = |state: State| {
        let out = grid.outflow(state);
        if out > 0.0 {
            let at = grid.index(state);
            let inflow = grid.inflow(weights, state);
            moved += (inflow - out * weights[at]).abs();
            flow += inflow;
            weights[at] = inflow / out;
        }
    };
    if is_forward {
        each(grid, balance);
    } else {
        each_back(grid, balance);
    }
    if flow > 0.0 { moved / flow } else { 0.0 }
}

fn value(state: State, count: Count) -> usize {
    match count {
        Count::First => state.first,
        Count::Second => state.second,
        Count::All => state.first + state.second + state.general,
    }
}

/// Scales the states of each value of a count so that as much flows up from it as comes down to it,
/// and all weights to a sum of 1.
fn even_out(grid: &Grid, weights: &mut [f64], count: Count) {
    let values = grid.most[0] + grid.most[1] + grid.general + 1;
    let (mut mass, mut up, mut down) = (vec![0.0; values], vec![0.0; values], vec![0.0; values]);
    each(grid, |state| {
        let (weight, k) = (weights[grid.index(state)], value(state, count));
        let (more, less) = grid.steps(state, count);
        mass[k] += weight;
        up[k] += weight * more;
        down[k] += weight * less;
    });
    let mut factors = vec![1.0; values];
    let mut all = mass[0];
    for k in 1..values {
        let step: f64 = up[k - 1] / down[k];
        let factor = factors[k - 1] * step;
        factors[k] = if factor.is_normal() {
            factor
        } else {
            factors[k - 1]
        };
        all += mass[k] * factors[k];
    }
    each(grid, |state| {
        weights[grid.index(state)] *= factors[value(state, count)] / all;
    });
}

/// A start: groups that know nothing of each other.
fn guess(grid: &Grid) -> Vec<f64> {
    let overflow: f64 = grid.arrivals.iter().sum::<f64>() / 2.0;
    let types = [0, 1].map(|i| {
        let own = grid.own[i];
        let help = grid.general as f64 / 2.0;
        law(grid.arrivals[i], grid.most[i], |k| {
            if k <= own {
                k as f64
            } else {
                own as f64 + help + (k - own) as f64 * grid.hang_up
            }
        })
    });
    let general = law(overflow, grid.general, |k| k as f64);
    let mut weights = vec![0.0; grid.size()];
    each(grid, |state| {
        weights[grid.index(state)] =
            types[0][state.first] * types[1][state.second] * general[state.general];
    });
    weights
}

/// Weights of a birth-death chain, the largest 1, none of those that arrivals reach quite 0.
fn law(arrivals: f64, most: usize, leaving: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut logs = Vec::with_capacity(most + 1);
    let mut log: f64 = 0.0;
    logs.push(log);
    for k in 1..=most {
        log += (arrivals / leaving(k)).ln();
        logs.push(log);
    }
    let peak = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weight = |log: f64| {
        if log == f64::NEG_INFINITY {
            0.0
        } else {
            (log - peak).max(-230.0).exp()
        }
    };
    logs.into_iter().map(weight).collect()
}
