//! A first roster: one agent after the other, each as is best for those before.

use super::automaton::NEVER;
use super::layout::Layout;
use super::pricing::{Ask, best_tours};
use super::standing::Standing;
use crate::scheduling::{Conflict, ScheduleError};

/// Tours kept from day to day; the second when the first find no tour at all.
const WIDTHS: [usize; 3] = [300, 5_000, 200_000];

/// Gives every agent a tour.
pub(super) fn construct(
    layout: &Layout<'_>,
    is_over: &dyn Fn() -> bool,
) -> Result<(Standing, u64), ScheduleError> {
    let mut standing = Standing::empty(layout);
    let mut work = 0;
    for agent in 0..layout.agents.len() {
        let prices = standing.prices(layout, agent);
        let mut tour = None;
        for width in WIDTHS {
            let ask = Ask {
                prices: &prices,
                scale: 1,
                below: NEVER,
                width,
                keep: 1,
            };
            let mut found = best_tours(&layout.agents[agent], layout.symbols, &ask);
            work += found.work;
            tour = found.tours.pop();
            // Nothing was dropped, so there is none.
            if tour.is_some() || found.bound >= NEVER || is_over() {
                break;
            }
        }
        let Some((_, tour)) = tour else {
            let name = &layout.problem.agents[agent].name;
            if is_over() {
                return Err(ScheduleError::NothingFound {
                    reason: format!("no tour of agent {name} in time"),
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
