//! A first roster: one agent after the other, each as is best for those before.

use super::automaton::NEVER;
use super::layout::Layout;
use super::pricing::{Ask, best_tours};
use super::problem::RosterWeight;
use super::rules::RosterRule;
use super::standing::Standing;
use crate::scheduling::{Conflict, ScheduleError};

/// Tours kept from day to day, and whether only what is scarce has a price; each when those before
/// find no tour at all. Tours that look well at first run out of weekends or of a shift type.
const TRIES: [(usize, bool); 5] = [
    (300, false),
    (300, true),
    (3_000, true),
    (5_000, false),
    (200_000, false),
];

/// Gives every agent a tour.
pub(super) fn construct(
    layout: &Layout<'_>,
    is_over: &dyn Fn() -> bool,
) -> Result<(Standing, u64), ScheduleError> {
    let mut standing = Standing::empty(layout);
    let mut work = 0;
    for agent in 0..layout.agents.len() {
        let prices = standing.prices(layout, agent);
        let scarce = scarce(layout, agent);
        let (mut tour, mut is_certain) = (None, false);
        for (width, saves) in TRIES {
            let ask = Ask {
                prices: if saves { &scarce } else { &prices },
                scale: 1,
                below: NEVER,
                width,
                keep: 1,
            };
            let mut found = best_tours(&layout.agents[agent], layout.symbols, &ask);
            work += found.work;
            tour = found.tours.pop();
            // Nothing was dropped, so there is none.
            is_certain = found.bound >= NEVER;
            if tour.is_some() || is_certain || is_over() {
                break;
            }
        }
        let Some((_, tour)) = tour else {
            let name = &layout.problem.agents[agent].name;
            if !is_certain {
                return Err(ScheduleError::NothingFound {
                    reason: format!("no tour of agent {name} that keeps all rules"),
                });
            }
            return Err(ScheduleError::Infeasible(Conflict {
                rules: vec![format!("the hard rules of agent {name}")],
                ways_out: None,
            }));
        };
        standing.change(layout, agent, tour);
    }
    Ok((standing, work))
}

/// Prices that only say what is scarce: weekends, and kinds of day that have a hard upper limit.
fn scarce(layout: &Layout<'_>, agent: usize) -> Vec<i64> {
    let first = layout.problem.first_weekday.num_days_from_monday() as usize;
    let mut of_symbol = vec![0; layout.symbols];
    for rule in &layout.problem.agents[agent].rules {
        let RosterRule::TotalDays(total) = rule else {
            continue;
        };
        let Some((max, RosterWeight::Hard)) = total.limits.max else {
            continue;
        };
        let days = i64::try_from(layout.days).unwrap_or(i64::MAX);
        for (symbol, price) in of_symbol.iter_mut().enumerate() {
            if total.of.contains(symbol.checked_sub(1)) {
                *price += 10 + 10 * days / i64::from(max.max(1));
            }
        }
    }
    let own = layout.agents[agent].own.iter().enumerate();
    let prices = own.map(|(at, &own)| {
        let (day, symbol) = (at / layout.symbols, at % layout.symbols);
        let is_weekend = (first + day) % 7 >= 5;
        match own {
            NEVER.. => NEVER,
            _ if is_weekend && symbol > 0 => of_symbol[symbol] + 30,
            _ => of_symbol[symbol],
        }
    });
    prices.collect()
}

/// Gives agents better tours one by one, until none has a better one.
pub(super) fn polish(
    layout: &Layout<'_>,
    standing: &mut Standing,
    is_spent: &dyn Fn(u64) -> bool,
) -> u64 {
    let count = layout.agents.len();
    let mut work = 0;
    let (mut agent, mut idle) = (0, 0);
    while idle < count && !is_spent(work) {
        let prices = standing.prices(layout, agent);
        let tour = &standing.tours[agent];
        let present = standing.costs[agent]
            + (tour.iter().enumerate())
                .map(|(day, &s)| {
                    let at = day * layout.symbols + usize::from(s);
                    prices[at] - layout.agents[agent].own[at]
                })
                .sum::<i64>();
        let ask = Ask {
            prices: &prices,
            scale: 1,
            below: present,
            width: 300,
            keep: 1,
        };
        let found = best_tours(&layout.agents[agent], layout.symbols, &ask);
        work += found.work;
        idle += 1;
        if let Some((_, tour)) = found.tours.into_iter().next() {
            standing.change(layout, agent, tour);
            idle = 0;
        }
        agent = (agent + 1) % count;
    }
    work
}
