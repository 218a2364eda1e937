//! The problem as the search sees it: tables for each agent, and needs for each day.

use std::collections::HashMap;
use std::sync::Arc;

use super::automaton::{Automaton, NEVER, price};
use super::problem::{MAX_SHIFT_TYPES, RosterAgent, RosterProblem, RosterWeight, RosterWish};
use super::rules::{RosterRule, Succession};
use crate::scheduling::ScheduleError;

/// Rules are made one table as long as it has no more states.
const STATES: usize = 700;

/// A tour as symbols: 0 for a free day, otherwise 1 + shift type.
pub(super) type Symbols = Vec<u8>;

/// How many agents are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Need {
    pub(super) day: usize,
    pub(super) required: i64,
    pub(super) under: i64,
    pub(super) over: i64,
}

impl Need {
    /// Price of so many agents.
    pub(super) fn price(&self, there: i64) -> i64 {
        let off = there - self.required;
        if off < 0 {
            -off * self.under
        } else {
            off * self.over
        }
    }
}

/// A part of an agent's rules as one table.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) automaton: Arc<Automaton>,
    /// The least that must still be paid from each state before each day when days are free.
    pub(super) pure: Arc<Vec<i64>>,
}

/// An agent.
#[derive(Debug)]
pub(super) struct AgentPlan {
    pub(super) parts: Vec<Part>,
    /// Price of each kind of day in itself, `[day][symbol]`.
    pub(super) own: Vec<i64>,
    /// Needs that each kind of day serves, `[day][symbol]`.
    pub(super) serves: Vec<Vec<u32>>,
}

/// The problem as the search sees it.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub(super) problem: &'a RosterProblem,
    pub(super) symbols: usize,
    pub(super) days: usize,
    pub(super) agents: Vec<AgentPlan>,
    pub(super) needs: Vec<Need>,
    /// Price of breaking a hard need by one agent.
    pub(super) hard: i64,
}

/// What two agents have in common who share their tables.
type Contract<'a> = (&'a [RosterRule], &'a [Option<usize>]);

fn malformed(what: String) -> ScheduleError {
    ScheduleError::Malformed(what)
}

impl<'a> Layout<'a> {
    pub(super) fn new(problem: &'a RosterProblem) -> Result<Self, ScheduleError> {
        check(problem)?;
        let symbols = problem.shifts.len() + 1;
        // What is hard to cover is priced so that no soft rule is worth breaking it.
        let hard = 1000 + 20 * dearest(problem);
        let weigh = |weight| match weight {
            RosterWeight::Hard => hard,
            RosterWeight::Soft(w) => i64::from(w),
        };
        let needs = (problem.cover.iter())
            .map(|c| Need {
                day: c.day,
                required: i64::from(c.required),
                under: weigh(c.under),
                over: weigh(c.over),
            })
            .collect();
        let mut known: HashMap<Contract<'_>, Vec<Part>> = HashMap::new();
        let mut agents = Vec::new();
        for agent in &problem.agents {
            let key = (agent.rules.as_slice(), agent.history.as_slice());
            let parts = known.entry(key).or_insert_with(|| parts(problem, agent));
            let width: u32 = parts.iter().map(|p| bits(p.automaton.states)).sum();
            if width > 128 || parts.len() > 16 {
                let what = format!("agent {} has too many rules that count", agent.name);
                return Err(malformed(what));
            }
            agents.push(AgentPlan {
                parts: parts.clone(),
                own: own(problem, agent, symbols),
                serves: serves(problem, agent, symbols),
            });
        }
        Ok(Self {
            problem,
            symbols,
            days: problem.days,
            agents,
            needs,
            hard,
        })
    }

    /// What a tour costs its agent.
    pub(super) fn tour_cost(&self, agent: usize, tour: &[u8]) -> i64 {
        let plan = &self.agents[agent];
        let mut cost = 0;
        for (day, &symbol) in tour.iter().enumerate() {
            cost += plan.own[day * self.symbols + usize::from(symbol)];
        }
        for part in &plan.parts {
            let automaton = &part.automaton;
            let mut state = automaton.start;
            for (day, &symbol) in tour.iter().enumerate() {
                let (next, more) = automaton.entry(automaton.at(day, state) + usize::from(symbol));
                state = next;
                cost += more;
            }
            cost += automaton.finish(state);
        }
        cost.min(NEVER)
    }
}

/// Bits that number so many things.
pub(super) fn bits(count: usize) -> u32 {
    usize::BITS - count.saturating_sub(1).leading_zeros()
}

/// The tables of an agent, as few as sensible.
fn parts(problem: &RosterProblem, agent: &RosterAgent) -> Vec<Part> {
    let symbols = problem.shifts.len() + 1;
    let mut single = vec![Automaton::new(
        &Succession(problem),
        problem.days,
        symbols,
        &agent.history,
    )];
    single.extend(agent.rules.iter().map(|r| r.automaton(problem, agent)));
    single.sort_by_key(|a| a.states);
    let mut merged: Vec<Automaton> = Vec::new();
    for automaton in single {
        let whole = merged
            .last()
            .and_then(|last| last.merged(&automaton, STATES));
        match (whole, merged.last_mut()) {
            (Some(whole), Some(last)) => *last = whole,
            _ => merged.push(automaton),
        }
    }
    let free = vec![0; problem.days * symbols];
    (merged.into_iter())
        .map(|automaton| Part {
            pure: Arc::new(automaton.to_go(&free, 1)),
            automaton: Arc::new(automaton),
        })
        .collect()
}

fn own(problem: &RosterProblem, agent: &RosterAgent, symbols: usize) -> Vec<i64> {
    let mut own = vec![0; problem.days * symbols];
    for &(shift, weight) in &agent.unsuited {
        for day in 0..problem.days {
            own[day * symbols + shift + 1] += price(weight, 1);
        }
    }
    for request in &agent.requests {
        let row = &mut own[request.day * symbols..(request.day + 1) * symbols];
        for (symbol, cost) in row.iter_mut().enumerate() {
            let day = symbol.checked_sub(1);
            let is_granted = match request.wish {
                RosterWish::Off => day.is_none(),
                RosterWish::On => day.is_some(),
                RosterWish::Shift(shift) => day == Some(shift),
                RosterWish::NotShift(shift) => day != Some(shift),
            };
            *cost += price(request.weight, i64::from(!is_granted));
        }
    }
    for &day in &agent.days_off {
        own[day * symbols + 1..(day + 1) * symbols].fill(NEVER);
    }
    for cost in &mut own {
        *cost = (*cost).min(NEVER);
    }
    own
}

fn serves(problem: &RosterProblem, agent: &RosterAgent, symbols: usize) -> Vec<Vec<u32>> {
    let mut serves = vec![Vec::new(); problem.days * symbols];
    for (need, cover) in (0u32..).zip(&problem.cover) {
        if cover.skill.is_none_or(|s| agent.skills.contains(&s)) {
            serves[cover.day * symbols + cover.shift + 1].push(need);
        }
    }
    serves
}

/// The dearest soft weight of all that a roster could break instead of the cover.
fn dearest(problem: &RosterProblem) -> i64 {
    let soft = |weight: RosterWeight| match weight {
        RosterWeight::Soft(w) => i64::from(w),
        RosterWeight::Hard => 0,
    };
    let of_cover = (problem.cover.iter()).map(|c| soft(c.under).max(soft(c.over)));
    let of_wishes = (problem.agents.iter()).flat_map(|a| a.requests.iter().map(|r| soft(r.weight)));
    of_cover.chain(of_wishes).max().unwrap_or(0)
}

fn check(problem: &RosterProblem) -> Result<(), ScheduleError> {
    let shifts = problem.shifts.len();
    if shifts > MAX_SHIFT_TYPES {
        let what = format!("{shifts} shift types are more than {MAX_SHIFT_TYPES}");
        return Err(malformed(what));
    }
    if problem.days == 0 {
        return Err(malformed("the horizon has no day".to_owned()));
    }
    for (at, cover) in problem.cover.iter().enumerate() {
        if cover.day >= problem.days || cover.shift >= shifts {
            return Err(malformed(format!(
                "cover {at} is of no known day and shift"
            )));
        }
    }
    for agent in &problem.agents {
        let is_day = |day: &usize| *day < problem.days;
        let is_shift = |shift: usize| shift < shifts;
        let wishes = agent.requests.iter().all(|r| {
            let is_known = match r.wish {
                RosterWish::Shift(s) | RosterWish::NotShift(s) => is_shift(s),
                RosterWish::Off | RosterWish::On => true,
            };
            is_day(&r.day) && is_known
        });
        let rules = agent.rules.iter().all(|rule| match rule {
            RosterRule::UnwantedPattern(p) => (1..=31).contains(&p.days.len()),
            _ => true,
        });
        let is_fine = wishes
            && rules
            && agent.days_off.iter().all(is_day)
            && agent.unsuited.iter().all(|u| is_shift(u.0))
            && agent.history.iter().flatten().all(|s| is_shift(*s));
        if !is_fine {
            let what = format!("agent {} names an unknown day or shift", agent.name);
            return Err(malformed(what));
        }
    }
    Ok(())
}
