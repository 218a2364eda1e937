//! The exact model of a problem, and where its variables are.

use std::collections::BTreeMap;

use super::breaks::{BreakStep, BreakVariable, Places};
use super::keep::Change;
use super::live_crew::{LiveSteps, curves};
use super::rules::HeadcountVariable;
use super::{Candidate, Problem, keep, rules};
use crate::milp::{Kind, Model, Row, Sense, Variable};
use crate::requirements::DeferredClass;

/// Variables for the deferred work of a group.
#[derive(Debug, Default)]
pub(super) struct DeferredVariables {
    /// Work done by the end of each interval, by class.
    pub(super) done: Vec<Vec<Variable>>,
    /// Agents beyond the live crew, and work in its idle time, by interval.
    pub(super) flows: [Vec<Variable>; 2],
}

/// The model of a problem and the meaning of its variables.
#[derive(Debug)]
pub(super) struct CoverModel<'a> {
    pub(super) problem: &'a Problem,
    pub(super) model: Model,
    pub(super) candidates: Vec<Candidate>,
    /// People on each candidate.
    pub(super) people: Vec<Variable>,
    pub(super) breaks: Vec<BreakVariable>,
    /// How finely breaks are placed.
    pub(super) step: BreakStep,
    /// Agents of a pool who serve a group, by interval.
    pub(super) serving: BTreeMap<(usize, usize), Vec<Option<Variable>>>,
    /// Agents missing, by group and interval.
    pub(super) missing: Vec<Vec<Variable>>,
    /// Live crews beyond the base, by group and interval; only of groups with promises over days or
    /// weeks.
    pub(super) live: Vec<Vec<LiveSteps>>,
    /// Deferred work, by group.
    pub(super) deferred: Vec<DeferredVariables>,
    /// All variables of an interval.
    pub(super) internal: Vec<Vec<Variable>>,
    /// Presence, by pool and interval.
    pub(super) presence: Vec<Vec<Option<Row>>>,
    /// Whether a rule counts each variable.
    pub(super) is_ruled: Vec<bool>,
    /// Rows that rules added, by name.
    pub(super) rule_rows: Vec<Row>,
    /// People moved away from the shifts that are kept.
    pub(super) changes: Vec<Change>,
    /// What is paid for unused commitments: pool and variable.
    pub(super) unused: Vec<(usize, Variable)>,
    /// Agents behind the shifts, where contracts guarantee them hours.
    pub(super) headcount: Vec<HeadcountVariable>,
}

impl<'a> CoverModel<'a> {
    /// The exact model.
    pub(super) fn build(problem: &'a Problem) -> Self {
        Self::with_breaks(problem, Candidate::all(problem), BreakStep::exact(problem))
    }

    /// The model over some candidates, with breaks placed in steps.
    pub(super) fn with_breaks(
        problem: &'a Problem,
        candidates: Vec<Candidate>,
        step: BreakStep,
    ) -> Self {
        let mut cover = Self {
            problem,
            model: Model::new(),
            candidates,
            step,
            people: Vec::new(),
            breaks: Vec::new(),
            serving: BTreeMap::new(),
            missing: Vec::new(),
            live: curves(problem),
            deferred: Vec::new(),
            presence: Vec::new(),
            is_ruled: Vec::new(),
            internal: vec![Vec::new(); problem.grid.len()],
            rule_rows: Vec::new(),
            changes: Vec::new(),
            unused: Vec::new(),
            headcount: Vec::new(),
        };
        let peak = cover.peak();
        cover.add_people(peak);
        keep::constrain(&mut cover, peak);
        cover.add_serving(peak);
        for group in 0..problem.groups.len() {
            cover.add_group(group);
        }
        cover.add_presence();
        for rule in rules::all() {
            rule.constrain(&mut rules::Cover(&mut cover));
        }
        cover.is_ruled = vec![false; cover.model.variable_count()];
        for &row in &cover.rule_rows {
            for (v, _) in cover.model.terms(row) {
                cover.is_ruled[v.index()] = true;
            }
        }
        cover
    }

    /// More agents than any interval can use, whatever the pool's efficiency, plus what a
    /// minimum could force on a single shift: no optimum puts more people on one shift.
    fn peak(&self) -> f64 {
        let slowest = self
            .problem
            .pools
            .iter()
            .map(|p| p.aht_factor)
            .fold(1.0, f64::max);
        let needed = |t: usize| -> f64 {
            let groups = self.problem.groups.iter().enumerate();
            groups
                .map(|(index, g)| {
                    let base = g.live[t].agents.as_f64().max(g.live[t].fractional);
                    base * g.allowance.max(1.0) + self.live_beyond(index, t)
                })
                .sum()
        };
        let live = (0..self.problem.grid.len()).map(needed).fold(0.0, f64::max);
        let deferred: f64 = (self.problem.groups.iter())
            .flat_map(|g| g.deferred.iter().map(move |k| (g, k)))
            .map(|(g, k)| k.total() * g.allowance.max(1.0) / g.deferred_cap)
            .sum();
        let forced = rules::most_forced(self.problem);
        // With a choice of breaks, half the people on the first and half on the last one leave
        // the peak at work wherever anybody can be.
        let pools = self.problem.pools.iter();
        let has_choice = (pools.flat_map(|p| &p.shifts).flat_map(|s| &s.breaks))
            .any(|pause| pause.earliest < pause.latest);
        let shared = if has_choice { 2.0 } else { 1.0 };
        ((live + deferred) * slowest).ceil() * shared + forced.ceil() + 1.0
    }

    fn add_people(&mut self, peak: f64) {
        for index in 0..self.candidates.len() {
            let candidate = self.candidates[index].clone();
            let pool = &self.problem.pools[candidate.pool];
            let shift = &pool.shifts[candidate.shift_type];
            let name = format!(
                "{} {} {}",
                pool.id,
                shift.id,
                candidate.start.format("%FT%RZ")
            );
            let people = self
                .model
                .add_variable(&name, 0.0, peak, candidate.cost, Kind::Integer);
            // A shift for nothing could be worked by any number of people.
            if candidate.cost > 0.0 {
                self.model.imply_upper(people);
            }
            self.people.push(people);
            let kind = if self.step.is_whole {
                Kind::Integer
            } else {
                Kind::Continuous
            };
            for (break_type, pause) in shift.breaks.iter().enumerate() {
                let mut terms = vec![(people, -1.0)];
                for offset in self.step.offsets(self.problem, pause) {
                    let name = format!("{name} {} +{offset}", pause.id);
                    let variable = self.model.add_variable(name, 0.0, peak, 0.0, kind);
                    self.model.imply_upper(variable);
                    terms.push((variable, 1.0));
                    self.breaks.push(BreakVariable {
                        candidate: index,
                        break_type,
                        offset,
                        variable,
                    });
                }
                let name = format!("breaks {name} {}", pause.id);
                self.model.add_row(name, terms, Sense::Equal, 0.0);
            }
        }
    }

    /// Serving variables exist where the pool can be present.
    fn add_serving(&mut self, peak: f64) {
        let problem = self.problem;
        let n = problem.grid.len();
        let mut reachable = vec![vec![false; n]; problem.pools.len()];
        for candidate in &self.candidates {
            reachable[candidate.pool][candidate.covers.clone()].fill(true);
        }
        let pairs: Vec<_> = problem.pairs().collect();
        for (p, g) in pairs {
            let (pool, group) = (&problem.pools[p], &problem.groups[g]);
            let surcharge = pool.price.of(&group.skill.language) - pool.price.per_hour;
            let cost = surcharge.get() * problem.interval_hours();
            let useful = useful(group, n);
            let variables = (0..n)
                .map(|t| {
                    (reachable[p][t] && useful[t]).then(|| {
                        let name = format!("{} serves {} +{t}", pool.id, group.name);
                        let v = self
                            .model
                            .add_variable(name, 0.0, peak, cost, Kind::Continuous);
                        self.model.imply_upper(v);
                        self.internal[t].push(v);
                        v
                    })
                })
                .collect();
            self.serving.insert((p, g), variables);
        }
    }

    fn add_group(&mut self, g: usize) {
        let problem = self.problem;
        let group = &problem.groups[g];
        let n = problem.grid.len();
        let price = problem.understaffing_per_hour.get() * problem.interval_hours();
        let envelopes: Vec<_> = group.deferred.iter().map(|k| k.envelopes(n)).collect();
        let done: Vec<Vec<Variable>> = (envelopes.iter().enumerate())
            .map(|(k, (arrived, due))| {
                (0..n)
                    .map(|t| {
                        let name = format!("{} done {k} +{t}", group.name);
                        let (low, high) = (due[t].min(arrived[t]), arrived[t]);
                        let v = self
                            .model
                            .add_variable(name, low, high, 0.0, Kind::Continuous);
                        self.internal[t].push(v);
                        v
                    })
                    .collect()
            })
            .collect();
        let mut missing = Vec::with_capacity(n);
        let mut flows = [Vec::new(), Vec::new()];
        for t in 0..n {
            let live = group.live_agents(t, problem.rounding);
            // Work that may still be done in t: arrived by now, not due before.
            let room: f64 = (envelopes.iter().zip(&group.deferred))
                .map(|((arrived, due), k)| {
                    arrived[t]
                        - if t > 0 {
                            due[t - 1]
                        } else {
                            due[n - 1] - k.total()
                        }
                })
                .sum();
            let most = live
                + self.live_beyond(g, t)
                + room.max(0.0) * group.allowance.max(1.0) / group.deferred_cap;
            let at = format!("{} +{t}", group.name);
            let short = self.model.add_variable(
                format!("missing {at}"),
                0.0,
                most,
                price,
                Kind::Continuous,
            );
            self.model.imply_upper(short);
            self.internal[t].push(short);
            missing.push(short);
            let mut cover = vec![(short, 1.0)];
            cover.extend(self.add_live(g, t));
            for (p, pool) in problem.pools.iter().enumerate() {
                if let Some(v) = self.serving.get(&(p, g)).and_then(|s| s[t]) {
                    cover.push((v, pool.efficiency()));
                }
            }
            if !done.is_empty() {
                let extra = self.model.add_variable(
                    format!("extra {at}"),
                    0.0,
                    most,
                    0.0,
                    Kind::Continuous,
                );
                self.model.imply_upper(extra);
                let beyond = self.live[g].get(t).map_or(0.0, |s| s.curve.reach());
                let idle = self.model.add_variable(
                    format!("idle {at}"),
                    0.0,
                    group.idle[t] + group.idle_per_agent * beyond,
                    0.0,
                    Kind::Continuous,
                );
                self.add_idle_room(g, t, idle);
                self.internal[t].extend([extra, idle]);
                flows[0].push(extra);
                flows[1].push(idle);
                cover.push((extra, -1.0));
                let capacity = group.deferred_cap / group.allowance;
                let mut balance = vec![(extra, -capacity), (idle, -1.0)];
                let mut wrapped = 0.0;
                for (k, done) in done.iter().enumerate() {
                    balance.extend([(done[t], 1.0), (done[(t + n - 1) % n], -1.0)]);
                    let total = if t == 0 {
                        group.deferred[k].total()
                    } else {
                        0.0
                    };
                    wrapped += total;
                    if n > 1 {
                        let order = [(done[t], 1.0), (done[(t + n - 1) % n], -1.0)];
                        self.model.add_row(
                            format!("order {k} {at}"),
                            order,
                            Sense::AtLeast,
                            -total,
                        );
                    }
                }
                self.model
                    .add_row(format!("deferred {at}"), balance, Sense::Equal, -wrapped);
            }
            self.model
                .add_row(format!("cover {at}"), cover, Sense::Equal, live);
        }
        self.missing.push(missing);
        self.deferred.push(DeferredVariables { done, flows });
    }

    fn add_presence(&mut self) {
        let problem = self.problem;
        let n = problem.grid.len();
        let mut terms: Vec<Vec<Vec<(Variable, f64)>>> =
            vec![vec![Vec::new(); n]; problem.pools.len()];
        for (candidate, &people) in self.candidates.iter().zip(&self.people) {
            for t in candidate.covers.clone() {
                terms[candidate.pool][t].push((people, -1.0));
            }
        }
        for pause in &self.breaks {
            let candidate = &self.candidates[pause.candidate];
            let pool = &problem.pools[candidate.pool];
            let kind = &pool.shifts[candidate.shift_type].breaks[pause.break_type];
            for (t, share) in self.step.taken(problem, candidate, pause.offset, kind) {
                terms[candidate.pool][t].push((pause.variable, share));
            }
        }
        for ((p, _), serving) in &self.serving {
            for (t, v) in serving.iter().enumerate() {
                terms[*p][t].extend(v.map(|v| (v, 1.0)));
            }
        }
        for (p, by_interval) in terms.into_iter().enumerate() {
            let mut rows = vec![None; n];
            for (t, terms) in by_interval.into_iter().enumerate() {
                if terms.iter().any(|t| t.1 > 0.0) {
                    let name = format!("presence {} +{t}", problem.pools[p].id);
                    rows[t] = Some(self.model.add_row(name, terms, Sense::AtMost, 0.0));
                }
            }
            self.presence.push(rows);
        }
    }

    /// For each break of each candidate, its people and the places where it may begin.
    pub(super) fn break_places(&self) -> impl Iterator<Item = (Variable, Places)> + '_ {
        let key = |b: &BreakVariable| (b.candidate, b.break_type);
        let same = self.breaks.chunk_by(move |a, b| key(a) == key(b));
        same.map(|places| {
            let people = self.people[places[0].candidate];
            (people, places.iter().map(|b| b.variable.index()).collect())
        })
    }

    /// People on the candidates that are `wanted`, each with its weight.
    pub(super) fn people_where(
        &self,
        wanted: impl Fn(&Candidate) -> bool,
        weight: impl Fn(&Candidate) -> f64,
    ) -> Vec<(Variable, f64)> {
        let pairs = self.candidates.iter().zip(&self.people);
        pairs
            .filter(|(c, _)| wanted(c))
            .map(|(c, &v)| (v, weight(c)))
            .collect()
    }

    /// Adds a row on behalf of a rule.
    pub(super) fn add_rule_row(
        &mut self,
        name: String,
        terms: Vec<(Variable, f64)>,
        sense: Sense,
        right: f64,
    ) {
        let row = self.model.add_row(name, terms, sense, right);
        self.rule_rows.push(row);
    }

    /// What every attainable cost is a multiple of, when that is plain: whole need that is fixed, no
    /// deferred work, equal efficiency and no policy leave a transport problem behind the shifts, which
    /// has whole optima. Zero when nothing is known.
    pub(super) fn cost_step(&self) -> f64 {
        let problem = self.problem;
        let whole = |x: f64| x.fract() == 0.0;
        let is_transport = problem.policies.is_empty()
            && self.headcount.is_empty()
            && problem.pools.iter().all(|p| p.aht_factor == 1.0)
            && problem.groups.iter().all(|g| {
                let live =
                    (0..problem.grid.len()).all(|t| whole(g.live_agents(t, problem.rounding)));
                let is_fixed = g.promises.is_empty();
                is_fixed && live && g.deferred.iter().all(|k: &DeferredClass| k.total() == 0.0)
            })
            && self
                .unused
                .iter()
                .all(|(p, _)| rules::commits_shifts(&problem.pools[*p]));
        if !is_transport {
            return 0.0;
        }
        // Costs in thousandths of the currency; finer ones have no useful step.
        let thousandths: Option<Vec<u64>> = (self.model.variables())
            .map(|v| self.model.cost_of(v))
            .filter(|c| *c != 0.0)
            .map(|c| whole_thousandths(c.abs()))
            .collect();
        let step = thousandths.unwrap_or_default().into_iter().fold(0, gcd);
        step as f64 / 1000.0
    }
}

fn whole_thousandths(cost: f64) -> Option<u64> {
    let scaled = cost * 1000.0;
    let near = scaled.round();
    if (scaled - near).abs() > 1e-6 || near > 1e12 {
        return None;
    }
    format!("{near:.0}").parse().ok()
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Intervals in which a group has any use for agents.
fn useful(group: &crate::requirements::Group, n: usize) -> Vec<bool> {
    let has_deferred = group.deferred.iter().any(|k| k.total() > 0.0);
    (0..n)
        .map(|t| has_deferred || group.live[t].agents.get() > 0 || group.live[t].fractional > 0.0)
        .collect()
}
