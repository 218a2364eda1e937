use super::automaton::NEVER;
use super::layout::Layout;
use super::master::PRICE_SCALE;
use super::pricing::{Ask, best_tours};
use super::problem::RosterProblem;
use crate::scheduling::ScheduleError;

/// Tours kept from day to day; where there are more, the bound is lower but holds.
const WIDTH: usize = 400_000;

/// No roster costs less than this, whatever the prices: each agent is paid the prices of the
/// needs that the best tour for these prices serves, and all needs are bought at them.
///
/// ```text
/// Σ_n p_n required_n + Σ_a min over tours of a (cost − Σ p_n of what it serves)
/// ```
///
/// with each price no higher than an agent missing costs, and no lower than minus what an agent
/// too many costs. Prices are in parts of a [`PRICE_SCALE`]th; other numbers of them count as 0.
///
/// # Errors
/// [`ScheduleError::Malformed`] when the problem has a fault.
pub fn certified_roster_bound(
    problem: &RosterProblem,
    prices: &[i64],
) -> Result<i64, ScheduleError> {
    let layout = Layout::new(problem)?;
    let price = |at: usize| {
        let need = &layout.needs[at];
        let price = prices.get(at).copied().unwrap_or(0);
        price.clamp(-need.over * PRICE_SCALE, need.under * PRICE_SCALE)
    };
    let mut total: i64 = (0..layout.needs.len())
        .map(|at| price(at) * layout.needs[at].required)
        .sum();
    for agent in &layout.agents {
        let mut days = agent.own.clone();
        for (day, serves) in days.iter_mut().zip(&agent.serves) {
            if *day < NEVER {
                let paid: i64 = serves.iter().map(|&n| price(n as usize)).sum();
                *day = *day * PRICE_SCALE - paid;
            }
        }
        let ask = Ask {
            prices: &days,
            scale: PRICE_SCALE,
            below: NEVER,
            width: WIDTH,
            keep: 1,
        };
        let found = best_tours(agent, layout.symbols, &ask);
        total = total.saturating_add(found.bound);
    }
    Ok((total + PRICE_SCALE - 1).div_euclid(PRICE_SCALE).max(0))
}
