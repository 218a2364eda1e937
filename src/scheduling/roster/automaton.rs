//! A rule as a machine that reads a tour day by day, and several rules as one.

use std::collections::HashMap;
use std::hash::Hash;

use super::problem::{RosterLimits, RosterWeight};

/// The price of what must not be; a thousand of them can be added.
pub(super) const NEVER: i64 = 1 << 50;

/// Rounds of telling states apart; long counts take one for each of theirs and gain nothing.
const ROUNDS: usize = 40;

/// What stands for [`NEVER`] in a table.
const NO: i32 = i32::MAX;

/// Price of breaking something by so many units.
pub(super) fn price(weight: RosterWeight, units: i64) -> i64 {
    match weight {
        _ if units <= 0 => 0,
        RosterWeight::Hard => NEVER,
        RosterWeight::Soft(weight) => units.saturating_mul(i64::from(weight)).min(NEVER),
    }
}

impl RosterLimits {
    /// Price of a count below the lower limit.
    pub(super) fn below(&self, count: u32) -> i64 {
        self.min
            .map_or(0, |(min, w)| price(w, i64::from(min) - i64::from(count)))
    }

    /// Price of a count above the upper limit.
    pub(super) fn above(&self, count: u32) -> i64 {
        self.max
            .map_or(0, |(max, w)| price(w, i64::from(count) - i64::from(max)))
    }

    /// The count from which on more makes no difference but for what lies above the upper limit.
    pub(super) fn enough(&self) -> u32 {
        let limit = |l: Option<(u32, RosterWeight)>| l.map_or(0, |(n, _)| n);
        limit(self.min).max(limit(self.max))
    }
}

/// A rule read day by day. A symbol is 0 for a free day, otherwise 1 + shift type.
pub(super) trait Machine {
    /// What it remembers.
    type State: Clone + Eq + Hash;

    /// Before the first day that is known.
    fn start(&self) -> Self::State;

    /// All a step needs to know of a day; days before the horizon are negative.
    fn class(&self, _day: i64) -> u32 {
        0
    }

    /// Reads a day, and says what it costs.
    fn step(&self, state: &Self::State, class: u32, symbol: usize) -> (Self::State, i64);

    /// What remains to be paid after the last day.
    fn finish(&self, _state: &Self::State) -> i64 {
        0
    }
}

/// A machine as tables.
#[derive(Debug, Clone)]
pub(super) struct Automaton {
    pub(super) states: usize,
    pub(super) symbols: usize,
    pub(super) start: usize,
    /// Which table each day of the horizon uses.
    class_of_day: Vec<usize>,
    classes: usize,
    next: Vec<u32>,
    cost: Vec<i32>,
    finish: Vec<i32>,
}

fn packed(cost: i64) -> i32 {
    i32::try_from(cost).unwrap_or(NO)
}

fn unpacked(cost: i32) -> i64 {
    if cost == NO { NEVER } else { i64::from(cost) }
}

/// Numbers things in the order in which they are met.
#[derive(Debug)]
struct Numbers<T> {
    of: HashMap<T, usize>,
    list: Vec<T>,
}

impl<T: Clone + Eq + Hash> Numbers<T> {
    fn new() -> Self {
        Self {
            of: HashMap::new(),
            list: Vec::new(),
        }
    }

    fn number(&mut self, thing: T) -> usize {
        let next = self.list.len();
        let list = &mut self.list;
        *self.of.entry(thing.clone()).or_insert_with(|| {
            list.push(thing);
            next
        })
    }
}

/// An entry that no tour gets to.
const UNMET: (u32, i32) = (0, NO);

/// States that tours get to, and for each class of days the entries of the states met on them.
#[derive(Debug)]
struct Explored<S> {
    states: Vec<S>,
    rows: Vec<Vec<(u32, i32)>>,
}

impl<S> Explored<S> {
    fn nothing() -> Self {
        Self {
            states: Vec::new(),
            rows: Vec::new(),
        }
    }
}

/// Follows all tours day by day, as long as there are no more than `most` states.
fn explore<S: Clone + Eq + Hash>(
    start: S,
    class_of_day: &[usize],
    symbols: usize,
    most: usize,
    step: impl Fn(&S, usize, usize) -> (S, i64),
) -> Option<Explored<S>> {
    let classes = class_of_day.iter().max().map_or(0, |c| c + 1);
    let mut states = Numbers::new();
    states.number(start);
    let mut rows: Vec<Vec<(u32, i32)>> = vec![Vec::new(); classes];
    let mut met: Vec<Vec<bool>> = vec![Vec::new(); classes];
    let mut last_seen = vec![0];
    let mut layer = vec![0];
    for (day, &class) in (1..).zip(class_of_day) {
        let mut next_layer = Vec::new();
        for state in layer {
            let row = &mut rows[class];
            let base = state * symbols;
            if row.len() < base + symbols {
                row.resize(base + symbols, UNMET);
                met[class].resize(state + 1, false);
            }
            if !std::mem::replace(&mut met[class][state], true) {
                let from = states.list[state].clone();
                for symbol in 0..symbols {
                    let (next, cost) = step(&from, class, symbol);
                    if cost < NEVER {
                        let next = states.number(next);
                        row[base + symbol] = (u32::try_from(next).unwrap_or(0), packed(cost));
                    }
                }
                if states.list.len() > most {
                    return None;
                }
                last_seen.resize(states.list.len(), 0);
            }
            for &(next, cost) in &row[base..base + symbols] {
                let next = next as usize;
                if cost != NO && std::mem::replace(&mut last_seen[next], day) != day {
                    next_layer.push(next);
                }
            }
        }
        layer = next_layer;
    }
    Some(Explored {
        states: states.list,
        rows,
    })
}

impl Automaton {
    /// Tables of a machine that has read the days before the horizon.
    pub(super) fn new<M: Machine>(
        machine: &M,
        days: usize,
        symbols: usize,
        history: &[Option<usize>],
    ) -> Self {
        let mut state = machine.start();
        for (day, shift) in (1..=history.len()).rev().zip(history) {
            let class = machine.class(-i64::try_from(day).unwrap_or(0));
            state = machine.step(&state, class, shift.map_or(0, |s| s + 1)).0;
        }
        let mut classes = Numbers::new();
        let class_of_day: Vec<usize> = (0..days)
            .map(|day| classes.number(machine.class(i64::try_from(day).unwrap_or(0))))
            .collect();
        let step = |state: &M::State, class: usize, symbol| {
            machine.step(state, classes.list[class], symbol)
        };
        let explored = explore(state, &class_of_day, symbols, usize::MAX, step);
        let explored = explored.unwrap_or_else(Explored::nothing);
        let finish = explored.states.iter().map(|s| packed(machine.finish(s)));
        Self::of(finish.collect(), symbols, class_of_day, explored.rows)
    }

    fn of(
        finish: Vec<i32>,
        symbols: usize,
        class_of_day: Vec<usize>,
        rows: Vec<Vec<(u32, i32)>>,
    ) -> Self {
        let states = finish.len();
        let (mut next, mut cost) = (Vec::new(), Vec::new());
        for mut row in rows {
            row.resize(states * symbols, UNMET);
            next.extend(row.iter().map(|e| e.0));
            cost.extend(row.iter().map(|e| e.1));
        }
        Self {
            states,
            symbols,
            start: 0,
            classes: class_of_day.iter().max().map_or(0, |c| c + 1),
            class_of_day,
            next,
            cost,
            finish,
        }
        .reduced()
    }

    /// Where the entries of a state on a day begin.
    pub(super) fn at(&self, day: usize, state: usize) -> usize {
        (self.class_of_day[day] * self.states + state) * self.symbols
    }

    /// Next state and cost of an entry.
    pub(super) fn entry(&self, at: usize) -> (usize, i64) {
        (self.next[at] as usize, unpacked(self.cost[at]))
    }

    /// What remains to be paid after the last day.
    pub(super) fn finish(&self, state: usize) -> i64 {
        unpacked(self.finish[state])
    }

    /// Both rules as one, unless that takes too many states.
    pub(super) fn merged(&self, other: &Self, most: usize) -> Option<Self> {
        let mut classes = Numbers::new();
        let class_of_day: Vec<usize> = (self.class_of_day.iter().zip(&other.class_of_day))
            .map(|(&a, &b)| classes.number((a, b)))
            .collect();
        let step = |&(a, b): &(usize, usize), class: usize, symbol| {
            let (of_a, of_b) = classes.list[class];
            let x = self.entry((of_a * self.states + a) * self.symbols + symbol);
            let y = other.entry((of_b * other.states + b) * self.symbols + symbol);
            ((x.0, y.0), (x.1 + y.1).min(NEVER))
        };
        let start = (self.start, other.start);
        let explored = explore(start, &class_of_day, self.symbols, most, step)?;
        let finish = (explored.states.iter())
            .map(|&(a, b)| packed((self.finish(a) + other.finish(b)).min(NEVER)));
        let finish = finish.collect();
        Some(Self::of(finish, self.symbols, class_of_day, explored.rows))
    }

    /// The same with states that cannot be told apart made one.
    fn reduced(self) -> Self {
        let mut groups: Vec<usize> = vec![0; self.states];
        let mut count = 0;
        for round in 0.. {
            if round == ROUNDS {
                return self;
            }
            let mut numbers = Numbers::new();
            let next: Vec<usize> = (0..self.states)
                .map(|s| numbers.number(self.looks(s, &groups)))
                .collect();
            groups = next;
            if numbers.list.len() == count {
                break;
            }
            count = numbers.list.len();
        }
        if count == self.states {
            return self;
        }
        let mut first = vec![usize::MAX; count];
        for (state, &group) in groups.iter().enumerate().rev() {
            first[group] = state;
        }
        let (mut next, mut cost) = (Vec::new(), Vec::new());
        for class in 0..self.classes {
            for &state in &first {
                let at = (class * self.states + state) * self.symbols;
                for i in at..at + self.symbols {
                    let group = groups[self.next[i] as usize];
                    next.push(u32::try_from(group).unwrap_or(0));
                    cost.push(self.cost[i]);
                }
            }
        }
        Self {
            states: count,
            start: groups[self.start],
            finish: first.iter().map(|&s| self.finish[s]).collect(),
            next,
            cost,
            ..self
        }
    }

    /// All that is seen of a state in one step, its own group first.
    fn looks(&self, state: usize, groups: &[usize]) -> (usize, i32, Vec<(usize, i32)>) {
        let mut seen = Vec::with_capacity(self.classes * self.symbols);
        for class in 0..self.classes {
            let at = (class * self.states + state) * self.symbols;
            for i in at..at + self.symbols {
                let cost = self.cost[i];
                // Nobody goes where it is forbidden to go.
                let next = if cost == NO {
                    0
                } else {
                    groups[self.next[i] as usize]
                };
                seen.push((next, cost));
            }
        }
        (groups[state], self.finish[state], seen)
    }

    /// The least that must still be paid from each state before each day, `[day][state]`, when
    /// days cost so much in themselves, `[day][symbol]`, and rules cost `scale` times as much.
    pub(super) fn to_go(&self, prices: &[i64], scale: i64) -> Vec<i64> {
        let days = self.class_of_day.len();
        let mut table = vec![NEVER; (days + 1) * self.states];
        for state in 0..self.states {
            let last = self.finish(state);
            table[days * self.states + state] = if last >= NEVER { NEVER } else { last * scale };
        }
        for day in (0..days).rev() {
            let (now, later) = table.split_at_mut((day + 1) * self.states);
            let of_day = &prices[day * self.symbols..(day + 1) * self.symbols];
            for state in 0..self.states {
                let at = self.at(day, state);
                let mut least = NEVER;
                for (symbol, &own) in of_day.iter().enumerate() {
                    let cost = self.cost[at + symbol];
                    if own >= NEVER || cost == NO {
                        continue;
                    }
                    let rest = later[self.next[at + symbol] as usize];
                    if rest < NEVER {
                        least = least.min(own + i64::from(cost) * scale + rest);
                    }
                }
                now[day * self.states + state] = least;
            }
        }
        table
    }
}
