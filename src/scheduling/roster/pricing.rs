//! The best tours of one agent, day by day.
//!
//! A tour so far is known by the states of all its rules; of two with the same states the cheaper
//! one is kept. What cannot become cheap enough any more is dropped: each part of the rules alone
//! says what the rest must at least cost. Where there are more tours than wanted, the least
//! promising ones are dropped too, and the best of what they promised is part of the bound, so
//! that the bound holds however few are kept.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::automaton::NEVER;
use super::layout::{AgentPlan, Symbols, bits};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    /// Price of each kind of day in itself, `[day][symbol]`.
    pub(super) prices: &'a [i64],
    /// Price of a unit of the rules' cost.
    pub(super) scale: i64,
    /// Only tours that cost less are wanted.
    pub(super) below: i64,
    /// Tours kept from day to day.
    pub(super) width: usize,
    /// Tours to answer with.
    pub(super) keep: usize,
}

/// What is found.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// Price and tour, cheapest first.
    pub(super) tours: Vec<(i64, Symbols)>,
    /// No tour costs less.
    pub(super) bound: i64,
    /// Steps taken.
    pub(super) work: u64,
}

/// A tour up to some day.
#[derive(Debug, Clone, Copy)]
struct Label {
    /// States of all parts, packed.
    states: u128,
    cost: i64,
    /// What it must at least cost in the end.
    promise: i64,
    before: u32,
    symbol: u8,
}

/// Mixes the bits of packed states.
#[derive(Debug, Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0.rotate_left(26) ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }

    fn write_u128(&mut self, number: u128) {
        let low = u64::try_from(number & u128::from(u64::MAX)).unwrap_or(0);
        let high = u64::try_from(number >> 64).unwrap_or(0);
        self.write_u64(low);
        if high != 0 {
            self.write_u64(high);
        }
    }
}

type Places = HashMap<u128, u32, BuildHasherDefault<Mixer>>;

/// Finds the best tours of an agent.
pub(super) fn best_tours(agent: &AgentPlan, symbols: usize, ask: &Ask<'_>) -> Found {
    let days = ask.prices.len() / symbols;
    let parts = &agent.parts;
    let to_go: Vec<Vec<i64>> = (parts.iter())
        .map(|p| p.automaton.to_go(ask.prices, ask.scale))
        .collect();
    let mut shifts = Vec::new();
    let mut total = 0;
    for part in parts {
        shifts.push(total);
        total += bits(part.automaton.states);
    }
    let masks: Vec<u128> = (parts.iter())
        .map(|p| (1u128 << bits(p.automaton.states)) - 1)
        .collect();
    let state_in = |packed: u128, part: usize| {
        usize::try_from((packed >> shifts[part]) & masks[part]).unwrap_or(0)
    };
    // What the rest must at least cost: all of one part, and of the others what their rules ask.
    let promise = |day: usize, states: &[usize]| {
        let mut rest = 0;
        let mut most = i64::MIN;
        for ((part, &state), table) in parts.iter().zip(states).zip(&to_go) {
            let at = day * part.automaton.states + state;
            let (alone, pure) = (table[at], part.pure[at]);
            if alone >= NEVER || pure >= NEVER {
                return NEVER;
            }
            rest += pure * ask.scale;
            most = most.max(alone - pure * ask.scale);
        }
        most + rest
    };
    let mut found = Found {
        bound: ask.below,
        ..Found::default()
    };
    let start: Vec<usize> = parts.iter().map(|p| p.automaton.start).collect();
    let packed = |states: &[usize]| {
        let all = states.iter().zip(&shifts);
        all.fold(0u128, |packed, (&s, &shift)| {
            packed | ((s as u128) << shift)
        })
    };
    let first = Label {
        states: packed(&start),
        cost: 0,
        promise: promise(0, &start),
        before: 0,
        symbol: 0,
    };
    let mut layers: Vec<Vec<Label>> = vec![vec![first]];
    let mut places = Places::default();
    let mut states = vec![0; parts.len()];
    let mut bases = vec![0; parts.len()];
    for day in 0..days {
        places.clear();
        let mut layer: Vec<Label> = Vec::new();
        let of_day = &ask.prices[day * symbols..(day + 1) * symbols];
        for (before, label) in (0u32..).zip(&layers[day]) {
            for (i, part) in parts.iter().enumerate() {
                bases[i] = part.automaton.at(day, state_in(label.states, i));
            }
            for (symbol, &own) in (0u8..).zip(of_day) {
                if own >= NEVER {
                    continue;
                }
                found.work += 1;
                let mut of_rules = 0;
                for (i, part) in parts.iter().enumerate() {
                    let (next, more) = part.automaton.entry(bases[i] + usize::from(symbol));
                    states[i] = next;
                    of_rules += more;
                }
                if of_rules >= NEVER {
                    continue;
                }
                let cost = label.cost + own + of_rules * ask.scale;
                let rest = promise(day + 1, &states);
                if rest >= NEVER || cost + rest >= ask.below {
                    continue;
                }
                let new = Label {
                    states: packed(&states),
                    cost,
                    promise: cost + rest,
                    before,
                    symbol,
                };
                let place = u32::try_from(layer.len()).unwrap_or(u32::MAX);
                let place = *places.entry(new.states).or_insert(place) as usize;
                match layer.get_mut(place) {
                    None => layer.push(new),
                    Some(old) if new.cost < old.cost => *old = new,
                    Some(_) => {}
                }
            }
        }
        if layer.len() > ask.width {
            let order = |a: &Label, b: &Label| {
                (a.promise.cmp(&b.promise)).then_with(|| a.states.cmp(&b.states))
            };
            layer.select_nth_unstable_by(ask.width, order);
            let dropped = layer[ask.width..].iter().map(|l| l.promise).min();
            found.bound = found.bound.min(dropped.unwrap_or(i64::MAX));
            layer.truncate(ask.width);
            layer.sort_unstable_by(order);
        }
        if layer.is_empty() {
            return found;
        }
        layers.push(layer);
    }
    let mut ends: Vec<(i64, usize)> = (layers[days].iter().enumerate())
        .map(|(place, label)| (label.promise, place))
        .collect();
    ends.sort_unstable();
    ends.truncate(ask.keep);
    for (cost, place) in ends {
        let mut tour = vec![0; days];
        let mut place = place;
        for day in (1..=days).rev() {
            let label = layers[day][place];
            tour[day - 1] = label.symbol;
            place = label.before as usize;
        }
        found.bound = found.bound.min(cost);
        found.tours.push((cost, tour));
    }
    found
}
