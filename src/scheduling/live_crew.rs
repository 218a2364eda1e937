//! Live crews that the schedule chooses: where a promise is kept over days or weeks, the need of an
//! interval is its base, which keeps the floor, and steps of the service curve beyond it.

use super::cover::CoverModel;
use super::{Crew, Problem};
use crate::milp::{Kind, Sense, Variable};
use crate::requirements::ServiceCurve;

/// The live crew of a group in an interval beyond its base.
#[derive(Debug, Default)]
pub(super) struct LiveSteps {
    pub(super) curve: ServiceCurve,
    /// Agents on each step of the curve, allowance left out.
    pub(super) agents: Vec<Variable>,
}

/// The curves of every group with promises over days or weeks, by interval; nothing for others.
pub(super) fn curves(problem: &Problem) -> Vec<Vec<LiveSteps>> {
    let seconds = problem.grid.interval_length().duration().as_secs_f64();
    let of_group = |group: &crate::requirements::Group| {
        if group.promises.is_empty() {
            return Vec::new();
        }
        let curve = |t| group.service_curve(t, problem.rounding, seconds);
        let steps = (0..problem.grid.len()).map(|t| LiveSteps {
            curve: curve(t),
            agents: Vec::new(),
        });
        steps.collect()
    };
    problem.groups.iter().map(of_group).collect()
}

impl CoverModel<'_> {
    /// Most agents that live work of a group can use in an interval beyond the base.
    pub(super) fn live_beyond(&self, group: usize, interval: usize) -> f64 {
        let steps = self.live[group].get(interval);
        steps.map_or(0.0, |s| s.curve.reach()) * self.problem.groups[group].allowance
    }

    /// Adds the steps of an interval, and returns what they ask of its cover row.
    pub(super) fn add_live(&mut self, group: usize, interval: usize) -> Vec<(Variable, f64)> {
        let Some(steps) = self.live[group].get_mut(interval) else {
            return Vec::new();
        };
        let owner = &self.problem.groups[group];
        for (index, step) in steps.curve.steps.iter().enumerate() {
            let name = format!("live {index} {} +{interval}", owner.name);
            let v = self
                .model
                .add_variable(name, 0.0, step.agents, 0.0, Kind::Continuous);
            self.internal[interval].push(v);
            steps.agents.push(v);
        }
        let asked = steps.agents.iter().map(|&v| (v, -owner.allowance));
        asked.collect()
    }

    /// Lets deferred work fill the idle time of agents beyond the base too.
    pub(super) fn add_idle_room(&mut self, group: usize, interval: usize, idle: Variable) {
        let owner = &self.problem.groups[group];
        let Some(steps) = self.live[group].get(interval) else {
            return;
        };
        if steps.agents.is_empty() || owner.idle_per_agent <= 0.0 {
            return;
        }
        let mut terms = vec![(idle, 1.0)];
        terms.extend(steps.agents.iter().map(|&v| (v, -owner.idle_per_agent)));
        let name = format!("idle {} +{interval}", owner.name);
        self.model
            .add_row(name, terms, Sense::AtMost, owner.idle[interval]);
    }

    /// The live crews in a point, of groups whose crews the schedule chooses.
    pub(super) fn crews(&self, point: &[f64]) -> Vec<Crew> {
        let mut crews = Vec::new();
        for (group, steps) in self.live.iter().enumerate() {
            let owner = &self.problem.groups[group];
            for (interval, steps) in steps.iter().enumerate() {
                let beyond: f64 = steps.agents.iter().map(|v| point[v.index()]).sum();
                let base = owner.live_agents(interval, self.problem.rounding);
                let agents = base + beyond * owner.allowance;
                if agents > 0.0 {
                    crews.push(Crew {
                        group,
                        interval,
                        agents,
                    });
                }
            }
        }
        crews
    }

    /// Puts people who are present and sent nowhere on the live crews that have a use for them, where
    /// that costs nothing and no rule counts it. A relaxation has no reason to do so where the
    /// promise is kept already, but what lies idle cannot be saved elsewhere in the day or week.
    pub(super) fn fill_live(&self, point: &mut [f64]) {
        if self.live.iter().all(Vec::is_empty) {
            return;
        }
        for (p, rows) in self.presence.iter().enumerate() {
            let efficiency = self.problem.pools[p].efficiency();
            for (t, row) in rows.iter().enumerate() {
                let Some(row) = *row else { continue };
                let busy: f64 = (self.model.terms(row))
                    .map(|(v, a)| a * point[v.index()])
                    .sum();
                let mut spare = -busy;
                for (g, steps) in self.live.iter().enumerate() {
                    let Some(steps) = steps.get(t).filter(|_| spare > IDLE) else {
                        continue;
                    };
                    let serving = self.serving.get(&(p, g)).and_then(|s| s[t]);
                    let is_free =
                        |v: &Variable| self.model.cost_of(*v) <= 0.0 && !self.is_ruled[v.index()];
                    let Some(serving) = serving.filter(is_free) else {
                        continue;
                    };
                    let allowance = self.problem.groups[g].allowance;
                    for &v in &steps.agents {
                        let room = (self.model.bounds(v).1 - point[v.index()]) * allowance;
                        let sent = (room / efficiency).min(spare);
                        if sent > IDLE {
                            point[serving.index()] += sent;
                            point[v.index()] += sent * efficiency / allowance;
                            spare -= sent;
                        }
                    }
                }
            }
        }
    }
}

/// Fewer people than this are noise of the solver.
const IDLE: f64 = 1e-6;
