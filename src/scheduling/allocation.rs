//! The aggregate allocation: hours of each pool in each skill over the horizon, without the time
//! of day. A budget view, and a yardstick: it leaves out everything that makes a schedule dear.
//!
//! ```text
//! minimise   Σ price_ps x_ps
//! need       Σ_p eff_p x_ps = need_s                           each skill s
//! hours      min_p · weeks ≤ Σ_s x_ps ≤ max_p · weeks          each pool p
//! policies   Σ weight_p eff_p x_ps ≤ 0                         as in the schedule
//! ```

use std::fmt;

use super::rules::{ShareRow, share_rows, week_limits};
use super::{Problem, ScheduleError, Solvers};
use crate::milp::{
    self, Backend, Kind, Model, Row, Sense, SolveOptions, Termination, Variable, check, cost,
    lp_duals,
};
use crate::units::Money;
use crate::workforce::{PoolId, Skill, Tier};

/// Hours of a pool in a skill.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// The pool.
    pub pool: PoolId,
    /// The skill.
    pub skill: Skill,
    /// Hours over the horizon.
    pub hours: f64,
}

/// What came of an allocation.
#[derive(Debug, Clone, PartialEq)]
pub enum AllocationPlan {
    /// The cheapest allocation.
    Cheapest {
        /// What it costs.
        cost: Money,
        /// No allocation costs less: a certified lower bound.
        bound: f64,
        /// Hours, those above zero, by pool and skill.
        hours: Vec<Allocation>,
    },
    /// There is none.
    Impossible(Refusal),
}

/// Why there is no allocation, and what would make one possible.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Rules that cannot hold together, none of which can be spared.
    pub conflict: Vec<String>,
    /// Each rule of the conflict that could be relaxed alone, smallest relaxation first.
    pub relaxations: Vec<Relaxation>,
    /// Hours of need that the pools cannot meet within all other rules, at the least; by skill in
    /// the cheapest way. The total is unique, its division among skills may not be.
    pub missing: Vec<(Skill, f64)>,
}

/// How far one rule has to give way, all others kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxation {
    /// The rule.
    pub rule: String,
    /// Hours more than a maximum, fewer than a minimum or a need; for shares and floors, what the
    /// limit itself has to move by, as a fraction.
    pub amount: f64,
}

impl Refusal {
    /// Hours missing in all skills together.
    pub fn missing_hours(&self) -> f64 {
        self.missing.iter().map(|(_, hours)| hours).sum()
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "these rules cannot hold together: {}",
            self.conflict.join(", ")
        )?;
        if self.missing_hours() > 0.0 {
            write!(f, "; {:.2} hours are missing", self.missing_hours())?;
        }
        for r in &self.relaxations {
            write!(
                f,
                "; `{}` alone would have to give way by {:.6}",
                r.rule, r.amount
            )?;
        }
        Ok(())
    }
}

/// The cheapest aggregate allocation for the groups of a tier.
///
/// # Errors
/// [`ScheduleError::Solver`] when no backend can be used, [`ScheduleError::NothingFound`] when
/// the solver gives up.
pub fn allocate(
    problem: &Problem,
    tier: &Tier,
    solvers: Solvers,
) -> Result<AllocationPlan, ScheduleError> {
    let built = Built::new(problem, tier);
    let outcome = lp_duals(solvers.linear, &built.model, &SolveOptions::default())?;
    match (outcome.termination, outcome.point) {
        (Termination::Optimal, Some(point)) if check(&built.model, &point, 1e-6).is_empty() => {
            let amount = Money::new(outcome.cost).unwrap_or_default();
            Ok(AllocationPlan::Cheapest {
                cost: amount,
                bound: outcome.bound,
                hours: built.hours(&point),
            })
        }
        (Termination::Infeasible, _) => built
            .refusal(solvers.linear)
            .map(AllocationPlan::Impossible),
        _ => Err(ScheduleError::NothingFound {
            reason: outcome.raw_status,
        }),
    }
}

/// Agent-hours that a group needs, allowance included.
fn need(problem: &Problem, group: usize) -> f64 {
    let group = &problem.groups[group];
    group.aggregate_hours(problem.interval_hours()) * group.allowance
}

struct Built<'a> {
    problem: &'a Problem,
    model: Model,
    /// Pool, group and hours.
    hours: Vec<(usize, usize, Variable)>,
    /// Need rows, with their groups.
    needs: Vec<(usize, Row)>,
    /// Policy rows, with the need they are shares of.
    shares: Vec<(Row, f64)>,
    rows: Vec<Row>,
}

impl<'a> Built<'a> {
    fn new(problem: &'a Problem, tier: &Tier) -> Self {
        let mut built = Self {
            problem,
            model: Model::new(),
            hours: Vec::new(),
            needs: Vec::new(),
            shares: Vec::new(),
            rows: Vec::new(),
        };
        let of_tier = |g: usize| problem.groups[g].skill.tier == *tier;
        for (p, g) in problem.pairs().filter(|&(_, g)| of_tier(g)) {
            let (pool, group) = (&problem.pools[p], &problem.groups[g]);
            let most = need(problem, g) * pool.aht_factor;
            let price = pool.price.of(&group.skill.language).get();
            let name = format!("{} {}", pool.id, group.skill);
            let x = built
                .model
                .add_variable(name, 0.0, most, price, Kind::Continuous);
            built.model.imply_upper(x);
            built.hours.push((p, g, x));
        }
        for g in (0..problem.groups.len()).filter(|&g| of_tier(g)) {
            let terms = built.terms(|p, q| (q == g).then(|| problem.pools[p].efficiency()));
            let name = format!("need {}", problem.groups[g].name);
            let row = built
                .model
                .add_row(name, terms, Sense::Equal, need(problem, g));
            built.needs.push((g, row));
            built.rows.push(row);
        }
        built.add_limits();
        for policy in problem.policies.iter().filter(|p| p.tier() == tier) {
            for share in share_rows(problem, policy) {
                built.add_share(&share);
            }
        }
        built
    }

    fn add_limits(&mut self) {
        for (p, pool) in self.problem.pools.iter().enumerate() {
            let terms = self.terms(|q, _| (q == p).then_some(1.0));
            if terms.is_empty() {
                continue;
            }
            for (name, sense, limit) in week_limits(pool, self.problem.weeks) {
                let row = self.model.add_row(name, terms.clone(), sense, limit);
                self.rows.push(row);
            }
        }
    }

    fn add_share(&mut self, share: &ShareRow) {
        let problem = self.problem;
        let terms = self.terms(|p, g| Some(share.weight(p, g)? * problem.pools[p].efficiency()));
        let whole: f64 = share.groups.iter().map(|&g| need(problem, g)).sum();
        let row = self.model.add_row(&share.name, terms, Sense::AtMost, 0.0);
        self.shares.push((row, whole));
        self.rows.push(row);
    }

    fn terms(&self, weight: impl Fn(usize, usize) -> Option<f64>) -> Vec<(Variable, f64)> {
        let own = self.hours.iter();
        own.filter_map(|&(p, g, x)| Some((x, weight(p, g)?)))
            .collect()
    }

    fn hours(&self, point: &[f64]) -> Vec<Allocation> {
        (self.hours.iter())
            .filter(|(_, _, x)| point[x.index()] > 1e-4)
            .map(|&(p, g, x)| Allocation {
                pool: self.problem.pools[p].id.clone(),
                skill: self.problem.groups[g].skill.clone(),
                hours: point[x.index()],
            })
            .collect()
    }

    /// The conflict, the ways out of it, and the hours that are missing.
    fn refusal(&self, linear: Backend) -> Result<Refusal, ScheduleError> {
        let options = SolveOptions::default();
        let conflict = milp::conflict(linear, &self.model, &self.rows, &options)?;
        let mut relaxations = Vec::new();
        for &row in &conflict {
            if let Some(amount) = self.relaxation(linear, row)? {
                relaxations.push(Relaxation {
                    rule: self.model.row_name(row).to_owned(),
                    amount,
                });
            }
        }
        relaxations.sort_by(|a, b| {
            a.amount
                .total_cmp(&b.amount)
                .then_with(|| a.rule.cmp(&b.rule))
        });
        Ok(Refusal {
            conflict: conflict
                .iter()
                .map(|&r| self.model.row_name(r).to_owned())
                .collect(),
            relaxations,
            missing: self.missing(linear)?,
        })
    }

    /// How far one row has to give way, if that helps at all.
    fn relaxation(&self, linear: Backend, row: Row) -> Result<Option<f64>, ScheduleError> {
        let model = self.model.with_costs(|_| 0.0).with_slack(&[row], 1.0);
        let outcome = linear.solve(&model, &SolveOptions::default())?;
        let Some(point) = outcome
            .point
            .filter(|_| outcome.termination == Termination::Optimal)
        else {
            return Ok(None);
        };
        let whole = self.shares.iter().find(|s| s.0 == row).map_or(1.0, |s| s.1);
        Ok(Some(cost(&model, &point) / whole))
    }

    /// Hours of need that cannot be met, at the least; among ways to miss them the cheapest.
    fn missing(&self, linear: Backend) -> Result<Vec<(Skill, f64)>, ScheduleError> {
        let needs: Vec<Row> = self.needs.iter().map(|n| n.1).collect();
        let best = |model: &Model| -> Result<Option<Vec<f64>>, ScheduleError> {
            let outcome = linear.solve(model, &SolveOptions::default())?;
            let is_best = outcome.termination == Termination::Optimal;
            Ok(outcome.point.filter(|_| is_best))
        };
        let fewest = self.model.with_costs(|_| 0.0).with_slack(&needs, 1.0);
        // An hour missed costs far more than an hour bought, so the fewest are missed.
        let cheapest = self.model.with_slack(&needs, 1e4);
        let (Some(least), Some(point)) = (best(&fewest)?, best(&cheapest)?) else {
            return Ok(Vec::new());
        };
        let met = |g: usize| -> f64 {
            let own = self.hours.iter().filter(|h| h.1 == g);
            own.map(|&(p, _, x)| self.problem.pools[p].efficiency() * point[x.index()])
                .sum()
        };
        let missing = |g: usize| (need(self.problem, g) - met(g)).max(0.0);
        let skills = self
            .needs
            .iter()
            .map(|&(g, _)| (self.problem.groups[g].skill.clone(), missing(g)));
        let mut named: Vec<_> = skills.filter(|(_, hours)| *hours > 1e-2).collect();
        // The total is exact; its division carries the noise of prices far apart.
        let scale = cost(&fewest, &least) / named.iter().map(|n| n.1).sum::<f64>();
        for (_, hours) in &mut named {
            *hours *= scale;
        }
        Ok(named)
    }
}
