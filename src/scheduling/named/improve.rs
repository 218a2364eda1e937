//! Better rosters: exchanges accepted by chance, then days divided anew until nothing gets better.

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rayon::prelude::*;

use super::desk::Desk;
use super::divide::{day, stretch};
use super::eject::eject;
use super::person::Line;
use super::standing::{OPEN, Standing};
use crate::scheduling::budget::Budget;

/// Chains side by side.
const CHAINS: u64 = 2;

/// Exchanges that are looked at, at the least and for each week of an agent.
const LOOKS: (u64, u64) = (200_000, 4_000);

/// Exchanges for which the law is asked, likewise.
const ASKED: (u64, u64) = (12_000, 240);

/// Temperatures as shares of what an exchange usually changes.
const WARM: f64 = 0.3;
const COLD: f64 = 0.004;

/// Looks between two looks at the clock.
const STRIDE: u64 = 512;

/// Most rounds of dividing anew, and agents who take part at once.
const ROUNDS: usize = 6;
const AGENTS: usize = 60;
const AGENTS_OF_STRETCH: usize = 24;

/// The best roster of all chains.
pub(super) fn improve(
    desk: &Desk<'_>,
    first: Standing,
    seed: u64,
    budget: &Budget<'_>,
) -> Standing {
    let mut now = first;
    if !budget.is_over() {
        eject(desk, &mut now, &|| budget.is_over());
    }
    let found: Vec<Standing> = (0..CHAINS)
        .into_par_iter()
        .map(|chain| {
            let mut random = Pcg64::seed_from_u64(seed.wrapping_mul(31).wrapping_add(chain));
            let mut best = anneal(desk, &now, &mut random, budget);
            polish(desk, &mut best, &mut random, budget);
            best
        })
        .collect();
    let better = |a: Standing, b: Standing| if b.total() < a.total() { b } else { a };
    found.into_iter().fold(now, better)
}

/// Divides days and stretches anew and places open shifts, as long as it helps.
fn polish(desk: &Desk<'_>, now: &mut Standing, random: &mut Pcg64, budget: &Budget<'_>) {
    let days = desk.work.days();
    for _ in 0..ROUNDS {
        let mut is_better = false;
        for at in shuffled(days, random) {
            if budget.is_over() {
                return;
            }
            let agents = some(desk, AGENTS, random);
            is_better |= day(desk, now, at, &agents);
            let length = random.random_range(2..=7).min(days - at);
            let agents = some(desk, AGENTS_OF_STRETCH, random);
            is_better |= stretch(desk, now, &(at..at + length), &agents);
        }
        is_better |= eject(desk, now, &|| budget.is_over());
        if !is_better {
            return;
        }
    }
}

/// Some agents, drawn by chance, in their order.
fn some(desk: &Desk<'_>, most: usize, random: &mut Pcg64) -> Vec<usize> {
    let mut agents = shuffled(desk.persons.len(), random);
    agents.truncate(most);
    agents.sort_unstable();
    agents
}

fn shuffled(count: usize, random: &mut Pcg64) -> Vec<usize> {
    let mut all: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        all.swap(last, random.random_range(0..=last));
    }
    all
}

/// New lines of some agents, and what becomes of one open duty.
struct Exchange {
    lines: Vec<(usize, Line)>,
    /// The duty that is taken, and the one that is left for it.
    open: Option<(usize, Option<usize>)>,
}

/// Anneals from a roster and returns the best one met.
fn anneal(desk: &Desk<'_>, first: &Standing, random: &mut Pcg64, budget: &Budget<'_>) -> Standing {
    let weeks = (desk.persons.len() * desk.work.days().div_ceil(7)) as u64;
    let looks = LOOKS.0 + LOOKS.1 * weeks;
    let asked = ASKED.0 + ASKED.1 * weeks;
    let (mut now, mut best) = (first.clone(), first.clone());
    let mut total = now.total();
    let mut least = total;
    let usual = usual(desk, &now, random);
    let (mut look, mut ask) = (0, 0);
    while look < looks && ask < asked {
        if look % STRIDE == 0 && budget.is_over() {
            break;
        }
        look += 1;
        let Some(exchange) = draw(desk, &now, random) else {
            continue;
        };
        let more = worth(desk, &now, &exchange) + now.more_over(desk, &exchange.lines);
        let share = (look as f64 / looks as f64).max(ask as f64 / asked as f64);
        let temperature = usual * WARM * (COLD / WARM).powf(share);
        if more > 0.0 && random.random::<f64>() >= (-more / temperature).exp() {
            continue;
        }
        ask += 1;
        if !(exchange.lines.iter()).all(|(person, line)| desk.allows(*person, line)) {
            continue;
        }
        for (person, line) in exchange.lines {
            now.set(desk, person, line);
        }
        if let Some((taken, left)) = exchange.open {
            now.take(desk, taken);
            if let Some(duty) = left {
                now.leave(desk, duty);
            }
        }
        total += more;
        if total < least - 1e-9 {
            least = total;
            best.clone_from(&now);
        }
    }
    best
}

/// What an exchange usually changes, at least a little.
fn usual(desk: &Desk<'_>, now: &Standing, random: &mut Pcg64) -> f64 {
    let drawn = (0..200).filter_map(|_| draw(desk, now, random));
    let changes = drawn
        .filter(|e| e.open.is_none())
        .map(|e| worth(desk, now, &e).abs());
    let (sum, count) = changes.fold((0.0, 0), |(sum, count), c| (sum + c, count + 1));
    (sum / f64::from(count.max(1))).max(0.1)
}

/// What an exchange costs more, the shares of contracts left out.
fn worth(desk: &Desk<'_>, now: &Standing, exchange: &Exchange) -> f64 {
    let own = exchange.lines.iter();
    let more: f64 = own
        .map(|(person, line)| desk.cost(*person, line) - now.costs[*person])
        .sum();
    match exchange.open {
        Some((_, None)) => more - OPEN,
        _ => more,
    }
}

/// An agent takes an open shift, instead of the one of that day or of one near it, or beside all.
fn take_open(desk: &Desk<'_>, now: &Standing, one: usize, random: &mut Pcg64) -> Option<Exchange> {
    let count = now.open_count();
    if count == 0 {
        return None;
    }
    let mut open = now.open.iter().flatten();
    let duty = *open.nth(random.random_range(0..count))?;
    let day = desk.work.duties[duty].day;
    let mut line = now.lines[one].clone();
    let mut left = line[day];
    if left == Some(duty) || desk.persons[one].alone[duty].is_some() {
        return None;
    }
    line[day] = Some(duty);
    if left.is_none() && random.random::<bool>() {
        let near = day.saturating_sub(6)..(day + 7).min(line.len());
        let other = random.random_range(near);
        left = line[other].filter(|_| other != day);
        if left.is_some() {
            line[other] = None;
        }
    }
    Some(Exchange {
        lines: vec![(one, line)],
        open: Some((duty, left)),
    })
}

/// An exchange by chance; nothing where it would change nothing or something stands against a duty
/// alone.
fn draw(desk: &Desk<'_>, now: &Standing, random: &mut Pcg64) -> Option<Exchange> {
    let agents = desk.persons.len();
    let days = desk.work.days();
    if agents == 0 || days == 0 {
        return None;
    }
    let one = random.random_range(0..agents);
    if agents == 1 || random.random_range(0..4_u32) == 0 {
        return take_open(desk, now, one, random);
    }
    let other = (one + random.random_range(1..agents)) % agents;
    let at = random.random_range(0..days);
    let days: Vec<usize> = match random.random_range(0..4_u32) {
        0 => vec![at],
        1 => (at..(at + random.random_range(2..=7)).min(days)).collect(),
        _ => {
            // Two days near each other, so that hours and days may stay as they are.
            let near = at.saturating_sub(6)..(at + 7).min(days);
            vec![at, random.random_range(near)]
        }
    };
    let (mut a, mut b) = (now.lines[one].clone(), now.lines[other].clone());
    for day in days {
        a[day] = now.lines[other][day];
        b[day] = now.lines[one][day];
    }
    if a == now.lines[one] {
        return None;
    }
    let may = |person: usize, line: &Line| {
        let alone = &desk.persons[person].alone;
        line.iter().flatten().all(|&duty| alone[duty].is_none())
    };
    (may(one, &a) && may(other, &b)).then(|| Exchange {
        lines: vec![(one, a), (other, b)],
        open: None,
    })
}
