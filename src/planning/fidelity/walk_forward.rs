//! Week after week: plan from the past, replay the truth.

use rayon::prelude::*;

use super::planners::Usual;
use super::{
    Attained, Crew, FidelityError, Horizon, Ladder, Line, Point, Scenarios, Setting, Truth,
    calibrated, foresight, replay,
};
use crate::calendar::NaiveDate;
use crate::simulation::Options;

/// Weeks that stand against what was learnt from past weeks: after as many, half of it counts.
const CAUTION: f64 = 4.0;

/// What is walked through.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    /// Weeks of history before the first planned one.
    pub training: usize,
    /// Most weeks to plan; the first ones.
    pub weeks: Option<usize>,
    /// Shares that the calibrated planner and the one with foresight aim at.
    pub promises: Vec<f64>,
    /// What the planner's rule adds.
    pub additions: Vec<f64>,
}

/// One week of one planner.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannerWeek {
    /// First day.
    pub first: NaiveDate,
    /// What the planner expected to attain; the rule expects nothing.
    pub expected: Option<f64>,
    /// What it attained.
    pub attained: Attained,
    /// What it attained on each day.
    pub days: Vec<Attained>,
    /// Hours paid.
    pub hours: f64,
    /// What they cost.
    pub cost: f64,
}

/// All weeks of all planners, by their setting: a promise, or an addition.
#[derive(Debug, Clone, PartialEq)]
pub struct Fidelity {
    /// The calibrated planner.
    pub calibrated: Vec<(f64, Vec<PlannerWeek>)>,
    /// The planner's rule.
    pub rule: Vec<(f64, Vec<PlannerWeek>)>,
    /// With foresight.
    pub foresight: Vec<(f64, Vec<PlannerWeek>)>,
}

impl Fidelity {
    /// A planner's settings over all its weeks.
    pub fn frontier(settings: &[(f64, Vec<PlannerWeek>)]) -> Vec<Point> {
        (settings.iter())
            .map(|(setting, weeks)| {
                let attained = weeks.iter().map(|week| week.attained);
                Point {
                    setting: *setting,
                    level: attained.fold(Attained::default(), Attained::plus).level(),
                    cost: weeks.iter().map(|week| week.cost).sum(),
                }
            })
            .collect()
    }
}

/// A week before anybody decided.
struct Prepared {
    horizon: Horizon,
    truth: Truth,
    ours: (Scenarios, Ladder),
    knowing: (Scenarios, Ladder),
    usual: Usual,
}

/// Walks through a line's history.
///
/// # Errors
/// [`FidelityError`] for the first week that cannot be planned.
pub fn walk_forward(
    line: &Line,
    setting: &Setting,
    walk: &Walk,
) -> Result<Fidelity, FidelityError> {
    let mut starts = line.weeks(walk.training);
    starts.truncate(walk.weeks.unwrap_or(usize::MAX));
    let prepared: Vec<Prepared> = (starts.par_iter())
        .map(|&day| {
            let horizon = line.horizon(day)?;
            let truth = line.truth(day, &horizon)?;
            let past = line.before(day)?;
            let ladder = |scenarios: Scenarios| {
                let ladder = scenarios.ladder(&horizon, setting)?;
                Ok::<_, FidelityError>((scenarios, ladder))
            };
            Ok(Prepared {
                ours: ladder(calibrated(&past, &horizon, setting)?)?,
                knowing: ladder(foresight(&truth, setting))?,
                usual: Usual::of(&past, &horizon)?,
                horizon,
                truth,
            })
        })
        .collect::<Result<_, FidelityError>>()?;
    let calibrated = (walk.promises.par_iter())
        .map(|&promise| {
            // What weeks got less what was expected of them, added up.
            let (mut surprise, mut weeks) = (0.0, Vec::with_capacity(prepared.len()));
            for week in &prepared {
                let learnt = surprise / (weeks.len() as f64 + CAUTION);
                let (scenarios, ladder) = &week.ours;
                let size = ladder.size_for(promise - learnt);
                let crew = scenarios.plan(&week.horizon, setting, size)?;
                let expected = scenarios.expected(&week.horizon, setting, &crew)?;
                let seen = seen(setting, week, &crew, Some(expected))?;
                surprise += seen.attained.level() - expected;
                weeks.push(seen);
            }
            Ok((promise, weeks))
        })
        .collect::<Result<_, FidelityError>>()?;
    let foresight = (walk.promises.par_iter())
        .map(|&promise| {
            let weeks = prepared.par_iter().map(|week| {
                let (scenarios, ladder) = &week.knowing;
                let size = ladder.size_for(promise);
                let crew = scenarios.plan(&week.horizon, setting, size)?;
                seen(setting, week, &crew, None)
            });
            Ok((promise, weeks.collect::<Result<_, FidelityError>>()?))
        })
        .collect::<Result<_, FidelityError>>()?;
    let rule = (walk.additions.par_iter())
        .map(|&addition| {
            let weeks = prepared.par_iter().map(|week| {
                let crew = week.usual.plan(&week.horizon, setting, addition)?;
                seen(setting, week, &crew, None)
            });
            Ok((addition, weeks.collect::<Result<_, FidelityError>>()?))
        })
        .collect::<Result<_, FidelityError>>()?;
    Ok(Fidelity {
        calibrated,
        rule,
        foresight,
    })
}

/// Replays a week.
fn seen(
    setting: &Setting,
    week: &Prepared,
    crew: &Crew,
    expected: Option<f64>,
) -> Result<PlannerWeek, FidelityError> {
    let interval = week.horizon.grid.interval_length();
    let mut options = Options::new(setting.replications, setting.seed ^ 0x5DEE_CE66);
    let all = week.horizon.grid.len();
    options.spans.push(0..all);
    options.spans.extend(week.horizon.days());
    let (counts, facts) = (&week.truth.counts, &week.truth.facts);
    let seconds = interval.duration().as_secs_f64();
    let mut seen = replay(setting, seconds, &crew.agents, counts, facts, &options)?;
    let attained = seen.remove(0);
    Ok(PlannerWeek {
        first: week.horizon.first,
        expected,
        attained,
        days: seen,
        hours: crew.hours,
        cost: crew.cost,
    })
}
