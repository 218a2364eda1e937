//! Sizes without a simulation: how much work there is, and what pooling could do for it.
//!
//! ```text
//! min Σ c_v x_v                                           x_v  agents of a group (in a period)
//! Σ_k y_kv ≤ x_v                                          y_kv agents busy with type k
//! Σ_v w_v y_kv / m_kv ≥ share · Σ w λ_k                   m    handling time, w length of the period;
//!                                                              of chats over max_j j / slowdown_j
//! Σ_{v serves some k in S} x_v ≥ n(S)                     pooled rows, for every set S of types
//! ```
//!
//! `n(S)` is what Erlang C, or Erlang A where all of them hang up, asks for the load of `S` at the
//! fastest handling times, the longest threshold and the mean of the shares promised.

use std::time::Duration;

use super::trials::Trials;
use super::{MixProblem, MixSizes};
use crate::milp::{Kind, Model, Sense, SolveOptions, Termination, Variable};
use crate::queueing::{ErlangA, ErlangC, Objective, Traffic, required_agents};
use crate::simulation::{Law, Layout, Quantity, Scope};
use crate::units::{Erlangs, Probability};

/// Types of which every set has a pooled row; of more, only single ones and all.
const SETS: usize = 7;

/// The model with its sizes.
#[derive(Debug, Clone)]
pub(super) struct Relaxation {
    pub(super) model: Model,
    pub(super) sizes: Vec<Variable>,
    /// Cost without the pooled rows and with fractions of agents.
    pub(super) fluid: f64,
}

/// What comes in one period, or over the day.
struct Cell {
    /// Part of the day.
    weight: f64,
    /// Arrivals of each type per unit of time.
    rates: Vec<f64>,
    /// Mean handling time of each type by each group; `None` where it does not serve it.
    handling: Vec<Vec<Option<f64>>>,
}

/// Contacts that a replication may expect.
pub(super) fn contacts(layout: &Layout) -> f64 {
    let all = (0..layout.types.len()).flat_map(|k| layout.expected(k));
    all.sum::<f64>() * f64::from(layout.days)
}

/// The largest load of a period, in agents, if a group served all it can alone.
pub(super) fn peak_load(layout: &Layout, group: usize) -> f64 {
    let mut loads = vec![0.0; layout.periods.len()];
    for service in layout.service.iter().filter(|s| s.group == group) {
        let longest = service.law.iter().map(Law::mean).fold(0.0, f64::max);
        let expected = layout.expected(service.contact_type);
        for ((load, count), length) in loads.iter_mut().zip(expected).zip(&layout.periods) {
            *load += count / length * longest;
        }
    }
    loads.into_iter().fold(0.0, f64::max)
}

impl Relaxation {
    pub(super) fn new(trials: &Trials<'_>) -> Result<Self, crate::milp::MilpError> {
        let problem = trials.problem;
        let cells = cells(problem);
        let mut model = Model::new();
        let mut sizes = Vec::new();
        for ((v, cost), (least, most)) in
            trials.costs().into_iter().enumerate().zip(trials.bounds())
        {
            let group = &problem.layout.groups[v / cells.len()].id;
            let name = format!("{group} {}", v % cells.len());
            let bounds = (f64::from(least), f64::from(most));
            sizes.push(model.add_variable(name, bounds.0, bounds.1, cost, Kind::Integer));
        }
        fluid_rows(&mut model, &sizes, problem, &cells, trials);
        let linear = trials.options.solvers.linear;
        let options = SolveOptions {
            time_limit: trials.left(),
            ..SolveOptions::default()
        };
        let outcome = linear.solve(&model.relaxed(), &options)?;
        let fluid = if outcome.bound.is_finite() {
            outcome.bound
        } else if outcome.termination == Termination::TimeLimit {
            0.0
        } else {
            outcome.cost
        };
        for (c, cell) in cells.iter().enumerate() {
            pooled_rows(&mut model, &sizes, problem, (c, cells.len()), cell);
        }
        Ok(Self {
            model,
            sizes,
            fluid,
        })
    }
}

impl Relaxation {
    /// The same with agents of a group at a part of their price.
    pub(super) fn preferring(&self, group: usize, periods: usize, part: f64) -> Self {
        let own = |variable: Variable| {
            let place = self.sizes.iter().position(|size| *size == variable);
            let is_own = place.is_some_and(|v| v / periods == group);
            self.model.cost_of(variable) * if is_own { part } else { 1.0 }
        };
        Self {
            model: self.model.with_costs(own),
            ..self.clone()
        }
    }
}

fn cells(problem: &MixProblem) -> Vec<Cell> {
    let layout = &problem.layout;
    let day = layout.length();
    let types = 0..layout.types.len();
    let expected: Vec<Vec<f64>> = types.map(|k| layout.expected(k)).collect();
    let cell = |periods: std::ops::Range<usize>| {
        let length: f64 = layout.periods[periods.clone()].iter().sum();
        let rate = |k: usize| {
            let all: f64 = expected[k][periods.clone()].iter().sum();
            all / length
        };
        let handling = |k: usize| {
            let groups = layout.groups.iter().enumerate().map(|(g, group)| {
                let serves = layout.types[k].route.contains(&g)
                    || group.takes.iter().any(|take| take.contact_type == k);
                let time = layout
                    .service
                    .iter()
                    .find(|s| (s.contact_type, s.group) == (k, g));
                let means = time.filter(|_| serves)?.law.iter().map(Law::mean);
                let at_once = if layout.types[k].chat {
                    group.chats_at_once()
                } else {
                    1.0
                };
                Some(means.fold(f64::INFINITY, f64::min) / at_once)
            });
            groups.collect()
        };
        let types = 0..layout.types.len();
        Cell {
            weight: length / day,
            rates: types.clone().map(rate).collect(),
            handling: types.map(handling).collect(),
        }
    };
    match problem.sizes {
        MixSizes::Constant => vec![cell(0..layout.periods.len())],
        MixSizes::ByPeriod => (0..layout.periods.len()).map(|p| cell(p..p + 1)).collect(),
    }
}

fn fluid_rows(
    model: &mut Model,
    sizes: &[Variable],
    problem: &MixProblem,
    cells: &[Cell],
    trials: &Trials<'_>,
) {
    let layout = &problem.layout;
    let types = layout.types.len();
    // By type and cell: what each agent busy with it answers, over the whole day.
    let mut answered: Vec<Vec<Vec<(Variable, f64)>>> = vec![vec![Vec::new(); cells.len()]; types];
    for (v, &size) in sizes.iter().enumerate() {
        let (g, c) = (v / cells.len(), v % cells.len());
        let mut busy = vec![(size, -1.0)];
        for (k, own) in answered.iter_mut().enumerate() {
            if let Some(time) = cells[c].handling[k][g].filter(|&time| time > 0.0) {
                let name = format!(
                    "{} busy with {}",
                    model.variable_name(size),
                    layout.types[k].id
                );
                let y = model.add_variable(name, 0.0, f64::INFINITY, 0.0, Kind::Continuous);
                busy.push((y, 1.0));
                own[c].push((y, cells[c].weight / time));
            }
        }
        model.add_row(format!("busy {v}"), busy, Sense::AtMost, 0.0);
    }
    let is_free = |k: usize| {
        let times = cells.iter().flat_map(|cell| &cell.handling[k]);
        times.flatten().any(|&time| time <= 0.0)
    };
    let come = |k: usize, c: usize| cells[c].weight * cells[c].rates[k];
    // Nobody answers more than come; later ones may be answered by agents of the next period.
    let is_plain = layout
        .types
        .iter()
        .all(|t| t.retry.is_none() && t.transfers.is_empty());
    if is_plain && cells.len() == 1 {
        for (k, own) in answered.iter().enumerate() {
            let name = format!("{} come", layout.types[k].id);
            model.add_row(name, own[0].iter().copied(), Sense::AtMost, come(k, 0));
        }
    }
    for (i, condition) in trials.conditions.iter().enumerate() {
        let all = 0..types;
        let (kinds, part): (Vec<usize>, Vec<usize>) = match condition.scope {
            Scope::Type(k) => (vec![k], (0..cells.len()).collect()),
            Scope::Period(p) if cells.len() > 1 => (all.collect(), vec![p]),
            Scope::TypeIn(k, p) if cells.len() > 1 => (vec![k], vec![p]),
            Scope::All => (all.collect(), (0..cells.len()).collect()),
            _ => continue,
        };
        if condition.quantity == Quantity::PAbandon || kinds.iter().any(|&k| is_free(k)) {
            continue;
        }
        let pairs = || {
            kinds
                .iter()
                .flat_map(|&k| part.iter().map(move |&c| (k, c)))
        };
        let right: f64 = pairs().map(|(k, c)| come(k, c)).sum();
        let terms = pairs().flat_map(|(k, c)| answered[k][c].iter().copied());
        let right = right * condition.share.get();
        model.add_row(format!("work {i}"), terms, Sense::AtLeast, right);
    }
}

fn pooled_rows(
    model: &mut Model,
    sizes: &[Variable],
    problem: &MixProblem,
    (c, cells): (usize, usize),
    cell: &Cell,
) {
    let types = problem.layout.types.len();
    let sets: Vec<Vec<usize>> = if types <= SETS {
        let member = |set: u32| (0..types).filter(move |k| set >> k & 1 == 1).collect();
        (1..1_u32 << types).map(member).collect()
    } else {
        let single = (0..types).map(|k| vec![k]);
        single.chain([(0..types).collect()]).collect()
    };
    for (i, set) in sets.iter().enumerate() {
        let Some(needed) = needed(problem, cell, set) else {
            continue;
        };
        let serves = |v: &usize| {
            let g = v / cells;
            v % cells == c && set.iter().any(|&k| cell.handling[k][g].is_some())
        };
        let able: Vec<Variable> = (0..sizes.len()).filter(serves).map(|v| sizes[v]).collect();
        let most: f64 = able.iter().map(|&v| model.bounds(v).1).sum();
        let terms = able.into_iter().map(|v| (v, 1.0));
        model.add_row(
            format!("pooled {c} {i}"),
            terms,
            Sense::AtLeast,
            needed.min(most),
        );
    }
}

/// Agents for a set of types in one line; `None` where nothing is promised or no formula answers.
fn needed(problem: &MixProblem, cell: &Cell, set: &[usize]) -> Option<f64> {
    let layout = &problem.layout;
    let share = |scope: Scope| {
        let own = problem.targets.iter().filter(|t| t.scope == scope);
        let shares = own.filter_map(|t| t.share).map(Probability::get);
        shares.fold(0.0, f64::max)
    };
    let fastest = |k: usize| {
        let times = cell.handling[k].iter().flatten().copied();
        times.fold(f64::INFINITY, f64::min)
    };
    let (mut rate, mut load, mut promised, mut patience) = (0.0, 0.0, 0.0, Some(0.0));
    for &k in set {
        let own = cell.rates[k];
        rate += own;
        load += own * fastest(k);
        promised += own * share(Scope::Type(k));
        let mean = layout.types[k].patience.first().map(Law::mean);
        patience = patience.zip(mean).map(|(sum, mean)| sum + own * mean);
    }
    if !(rate > 0.0 && load.is_finite()) {
        return None;
    }
    promised /= rate;
    if set.len() == layout.types.len() {
        promised = promised.max(share(Scope::All));
    }
    let within = set.iter().map(|&k| layout.types[k].answer_within);
    let within = Duration::try_from_secs_f64(within.fold(0.0, f64::max)).ok()?;
    let aht = Duration::try_from_secs_f64(load / rate).ok()?;
    let traffic = Traffic::new(Erlangs::new(load).ok()?, aht);
    if promised <= 0.0 {
        return None;
    }
    let objective = Objective::service_level(Probability::new(promised).ok()?, within).ok()?;
    let patience = patience.and_then(|sum| Duration::try_from_secs_f64(sum / rate).ok());
    let agents = match patience.map(ErlangA::new) {
        Some(Ok(model)) => required_agents(&model, &traffic, &objective),
        _ => required_agents(&ErlangC, &traffic, &objective),
    };
    Some(agents.ok()?.as_f64())
}
