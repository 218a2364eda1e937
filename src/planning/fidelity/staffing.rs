//! From volumes to a crew: requirement and schedule.

use std::ops::Range;

use rayon::prelude::*;

use super::{FidelityError, Horizon, Setting};
use crate::calendar::{Grid, OpeningHours, Series, Zone};
use crate::milp::Silent;
use crate::requirements::{StaffingRules, StreamDemand, derive};
use crate::scheduling::{Problem, solve};
use crate::units::{Money, Probability};
use crate::workforce::{Channel, Market, PromiseScope, Queue, ServiceTarget, Skill};

/// Times a pool's price that an hour with one agent missing costs.
const MISSING: f64 = 20.0;

/// How volumes become agents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Staffing {
    /// Share that Erlang C has to promise.
    pub share: Probability,
    /// Over which contacts.
    pub scope: PromiseScope,
    /// The requirement is multiplied by this.
    pub allowance: f64,
}

/// Agents at work over a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Crew {
    /// Agents in each interval.
    pub agents: Vec<u32>,
    /// Hours paid.
    pub hours: f64,
    /// What they cost.
    pub cost: f64,
}

/// The cheapest shifts for some volumes. Days are scheduled one by one unless the promise joins them:
/// no shift may cross midnight.
///
/// # Errors
/// [`FidelityError`]: too few volumes, a promise without finite staffing, or no
/// schedule.
pub fn staffed(
    setting: &Setting,
    horizon: &Horizon,
    volumes: &[f64],
    aht_seconds: f64,
    staffing: &Staffing,
) -> Result<Crew, FidelityError> {
    let days: Vec<Range<usize>> = match staffing.scope {
        PromiseScope::Week { .. } => std::iter::once(0..horizon.grid.len()).collect(),
        _ => horizon.days(),
    };
    let crews = days.into_par_iter().map(|day| {
        let grid = Grid::new(
            horizon.grid.instant(day.start),
            horizon.grid.interval_length(),
            day.len(),
        )?;
        let Some(own) = volumes.get(day) else {
            return Err(FidelityError::History {
                what: format!(
                    "{} volumes for {} intervals",
                    volumes.len(),
                    horizon.grid.len()
                ),
                action: "give one for each interval of the horizon",
            });
        };
        crew(setting, grid, own, aht_seconds, staffing)
    });
    let crews = crews.collect::<Result<Vec<Crew>, FidelityError>>()?;
    Ok(Crew {
        hours: crews.iter().map(|crew| crew.hours).sum(),
        cost: crews.iter().map(|crew| crew.cost).sum(),
        agents: crews.into_iter().flat_map(|crew| crew.agents).collect(),
    })
}

fn crew(
    setting: &Setting,
    grid: Grid,
    volumes: &[f64],
    aht_seconds: f64,
    staffing: &Staffing,
) -> Result<Crew, FidelityError> {
    let problem = problem(setting, grid, volumes, aht_seconds, staffing)?;
    let solved = solve(&problem, &setting.strategy, &Silent)?;
    let mut agents = vec![0; grid.len()];
    for shift in &solved.schedule.shifts {
        for (crew, instant) in agents.iter_mut().zip(grid.instants()) {
            let resting = shift.breaks.iter();
            let resting = resting.filter(|b| b.start <= instant && instant < b.end);
            if shift.start <= instant && instant < shift.end {
                *crew += shift.count;
                *crew -= resting.map(|b| b.count).sum::<u32>().min(*crew);
            }
        }
    }
    let pools = &solved.schedule.cost.pools;
    Ok(Crew {
        hours: pools.iter().map(|pool| pool.hours).sum(),
        cost: pools.iter().map(|pool| pool.total().get()).sum(),
        agents,
    })
}

fn problem(
    setting: &Setting,
    grid: Grid,
    volumes: &[f64],
    aht_seconds: f64,
    staffing: &Staffing,
) -> Result<Problem, FidelityError> {
    let skill = (setting.pool.skills.first().cloned()).unwrap_or_else(|| Skill::new("line", "any"));
    let target = ServiceTarget::Live {
        share: staffing.share,
        answer_within: setting.answer_within,
    };
    let mut queue = Queue::new("line", skill, Channel::Phone, target).with_scope(staffing.scope);
    queue.occupancy_cap = Probability::ONE;
    // Nobody has to be there for an interval without contacts: the market is never open by itself.
    let market =
        Market::new("line", Zone::UTC).with_opening(Channel::Phone, OpeningHours::closed());
    let volume = Series::new(grid, volumes.to_vec())?;
    let stream = StreamDemand {
        queue: 0,
        market: &market,
        volume,
        agent_seconds: aht_seconds,
    };
    let rules = StaffingRules {
        allowance: staffing.allowance,
        ..StaffingRules::default()
    };
    let requirement = derive(grid, &[queue], &[stream], &rules)?;
    Ok(Problem {
        grid,
        weeks: 1.0,
        pools: vec![setting.pool.clone()],
        groups: requirement.groups,
        rounding: rules.rounding,
        policies: Vec::new(),
        understaffing_per_hour: Money::new(setting.pool.price.per_hour.get() * MISSING)?,
        kept: None,
    })
}
