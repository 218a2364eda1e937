//! The numbers of a plan in the shape in which the charts want them.

use std::collections::BTreeMap;

use super::super::Locale;
use super::super::special_days::{self, SpecialDayRow};
use super::text::Words;
use crate::calendar::Zone;
use crate::planning::Plan;
use crate::workforce::{PoolKind, QueueId, Tier};

/// Chance to keep a promise for a week below which it is a risk that needs a decision.
const UNSURE: f64 = 0.8;

/// Agents of a group or a tier in each interval, counted at the queues' own handling time: an
/// agent who takes twice as long counts as half.
#[derive(Debug, Clone)]
pub(in crate::reporting) struct Staffing {
    /// Needed by live work.
    pub(in crate::reporting) need: Vec<f64>,
    /// Assigned from in-house pools.
    pub(in crate::reporting) own: Vec<f64>,
    /// Assigned from vendors.
    pub(in crate::reporting) bpo: Vec<f64>,
    /// Missing.
    pub(in crate::reporting) missing: Vec<f64>,
}

impl Staffing {
    fn empty(intervals: usize) -> Self {
        Self {
            need: vec![0.0; intervals],
            own: vec![0.0; intervals],
            bpo: vec![0.0; intervals],
            missing: vec![0.0; intervals],
        }
    }

    /// Agents of both kinds of pool in each interval.
    pub(super) fn assigned(&self) -> Vec<f64> {
        sum(&self.own, &self.bpo)
    }

    /// The highest value a chart of it has to show.
    pub(super) fn peak(&self) -> f64 {
        let top = sum(&self.assigned(), &self.missing);
        self.need.iter().chain(&top).copied().fold(0.0, f64::max)
    }
}

/// Sums of equally long lists.
pub(super) fn sum(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

fn add(to: &mut [f64], from: &[f64]) {
    to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
}

/// A plan and what the sections share.
#[derive(Debug)]
pub(in crate::reporting) struct View<'a> {
    pub(in crate::reporting) plan: &'a Plan,
    /// Identifies the input, as it is printed.
    pub(super) input_hash: &'a str,
    /// Local time of the report: the first market's.
    pub(in crate::reporting) zone: Zone,
    /// How numbers are written.
    pub(in crate::reporting) words: Words<'a>,
    /// By group.
    pub(in crate::reporting) groups: Vec<Staffing>,
}

impl<'a> View<'a> {
    pub(in crate::reporting) fn new(plan: &'a Plan) -> Self {
        let zone = (plan.scenario.markets.first()).map_or(plan.scenario.horizon.zone, |m| m.zone);
        let n = plan.problem.grid.len();
        let crews = plan.solved.schedule.live_crews(&plan.problem);
        let mut groups: Vec<Staffing> = (crews.into_iter())
            .map(|need| Staffing {
                need,
                ..Staffing::empty(n)
            })
            .collect();
        for a in &plan.solved.schedule.assignments {
            let (Some(pool), Some(group)) =
                (plan.problem.pools.get(a.pool), groups.get_mut(a.group))
            else {
                continue;
            };
            let agents = match pool.kind {
                PoolKind::InHouse => &mut group.own,
                PoolKind::Bpo => &mut group.bpo,
            };
            if let Some(slot) = agents.get_mut(a.interval) {
                *slot += a.agents * pool.efficiency();
            }
        }
        for s in &plan.solved.schedule.shortages {
            let slot = groups.get_mut(s.group).map(|g| &mut g.missing);
            if let Some(slot) = slot.and_then(|m| m.get_mut(s.interval)) {
                *slot += s.agents;
            }
        }
        let words = Words {
            locale: Locale::default(),
            currency: &plan.scenario.currency,
        };
        Self {
            plan,
            input_hash: "",
            zone,
            words,
            groups,
        }
    }

    /// The same with numbers as in a country, and what identifies the input.
    pub(super) fn told(mut self, locale: Locale, input_hash: &'a str) -> Self {
        self.words.locale = locale;
        self.input_hash = input_hash;
        self
    }

    /// Currency of every amount.
    pub(in crate::reporting) fn currency(&self) -> &'a str {
        self.words.currency
    }

    /// Tiers in the order of their first group, with the positions of their groups.
    pub(super) fn tiers(&self) -> Vec<(&'a Tier, Vec<usize>)> {
        let mut tiers: Vec<(&Tier, Vec<usize>)> = Vec::new();
        for (index, group) in self.plan.problem.groups.iter().enumerate() {
            let tier = &group.skill.tier;
            match tiers.iter_mut().find(|t| t.0 == tier) {
                Some(known) => known.1.push(index),
                None => tiers.push((tier, vec![index])),
            }
        }
        tiers
    }

    /// Staffing of several groups together.
    pub(super) fn together(&self, groups: &[usize]) -> Staffing {
        let mut all = Staffing::empty(self.plan.problem.grid.len());
        for group in groups.iter().filter_map(|&g| self.groups.get(g)) {
            add(&mut all.need, &group.need);
            add(&mut all.own, &group.own);
            add(&mut all.bpo, &group.bpo);
            add(&mut all.missing, &group.missing);
        }
        all
    }

    /// People present but sent to no group who could serve a tier, in each interval. Those of a
    /// pool that serves several tiers are divided by the hours it works for each.
    pub(super) fn spare(&self, tier: &Tier) -> Vec<f64> {
        let problem = &self.plan.problem;
        let n = problem.grid.len();
        let mut spare = vec![0.0; n];
        for (p, (pool, present)) in problem
            .pools
            .iter()
            .zip(&self.plan.report.present)
            .enumerate()
        {
            let mut idle = present.clone();
            let mut by_tier: BTreeMap<&Tier, f64> = BTreeMap::new();
            for skill in &pool.skills {
                by_tier.entry(&skill.tier).or_insert(1e-6);
            }
            for a in (self.plan.solved.schedule.assignments.iter()).filter(|a| a.pool == p) {
                if let (Some(slot), Some(group)) =
                    (idle.get_mut(a.interval), problem.groups.get(a.group))
                {
                    *slot -= a.agents;
                    *by_tier.entry(&group.skill.tier).or_insert(0.0) += a.agents;
                }
            }
            let total: f64 = by_tier.values().sum();
            let share = by_tier.get(tier).map_or(0.0, |own| own / total);
            for (sum, idle) in spare.iter_mut().zip(&idle) {
                *sum += idle.max(0.0) * share * pool.efficiency();
            }
        }
        spare
    }

    /// Agent-hours of each pool for each group.
    pub(in crate::reporting) fn served(&self) -> Vec<Vec<f64>> {
        let problem = &self.plan.problem;
        let mut served = vec![vec![0.0; problem.groups.len()]; problem.pools.len()];
        for a in &self.plan.solved.schedule.assignments {
            if let Some(cell) = served.get_mut(a.pool).and_then(|row| row.get_mut(a.group)) {
                *cell += a.agents * problem.interval_hours();
            }
        }
        served
    }

    /// Special days and holidays of the horizon.
    pub(super) fn special_days(&self) -> Vec<SpecialDayRow> {
        special_days::rows(self.plan, |share| self.words.locale.percent(share, 0))
    }

    /// Live queues that may well miss their promise, with the chance to keep it for a week; least
    /// likely first.
    pub(super) fn unsure(&self) -> Vec<(&'a QueueId, f64)> {
        let queues = self.plan.queues.iter();
        let chances = queues.filter_map(|q| Some((&q.id, q.simulated?.week.get())));
        let mut unsure: Vec<_> = chances.filter(|(_, week)| *week < UNSURE).collect();
        unsure.sort_by(|a, b| a.1.total_cmp(&b.1));
        unsure
    }

    /// Whether a queue is planned to keep its promise, in the digits that are shown.
    pub(in crate::reporting) fn keeps(planned: f64, promised: f64) -> bool {
        planned >= promised - 5e-4
    }
}
