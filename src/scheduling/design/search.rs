//! Branch and bound over the relaxation, with annealing beside it.

use super::branch::Branching;
use super::certificate::{DesignCertificate, DesignChoice};
use super::improve::Improver;
use super::layout::Layout;
use super::limits::{Checker, Limits};
use super::needs::DEEPEST;
use super::program::Ending;
use super::relaxation::Relaxation;
use super::rows::Point;
use super::staffing::Staffed;
use super::tree::{Open, Tree};
use crate::milp::Event;
use crate::scheduling::ScheduleError;
use crate::scheduling::budget::Budget;

/// Rounds of new rows at the root and at other nodes.
const ROUNDS: (usize, usize) = (80, 4);

/// Steps of the rows that other nodes look for.
const STEPS: usize = 3;

/// New rows bring too little when two rounds close less than this share of the gap.
const SLOW: f64 = 0.02;

/// Times in a row that longer sums may bring too little at the root.
const PATIENCE: usize = 3;

/// Work of the annealing for each two units of other work, while it finds something and later.
const SHARES: (u64, u64) = (6, 1);

/// The state of the search.
#[derive(Debug)]
pub(super) struct Search<'a> {
    layout: &'a Layout<'a>,
    budget: Budget<'a>,
    gap: f64,
    relaxation: Relaxation<'a>,
    improver: Improver<'a>,
    branching: Branching,
    tree: Tree,
    checker: Checker<'a>,
}

impl<'a> Search<'a> {
    pub(super) fn new(layout: &'a Layout<'a>, budget: Budget<'a>, gap: f64, seed: u64) -> Self {
        Self {
            relaxation: Relaxation::new(layout),
            improver: Improver::new(layout, budget, seed),
            branching: Branching::new(layout),
            tree: Tree::new(layout),
            checker: Checker::new(layout),
            layout,
            budget,
            gap,
        }
    }

    fn other_work(&self) -> u64 {
        self.relaxation.program.work + self.branching.work
    }

    fn is_spent(&self) -> bool {
        let work = self.other_work() + self.improver.work();
        self.budget.is_spent(work)
    }

    /// No plan costs less.
    fn bound(&self) -> i64 {
        self.tree.bound().min(self.improver.best().cost)
    }

    fn is_good_enough(&self, bound: i64) -> bool {
        let cost = self.improver.best().cost;
        (cost - bound) as f64 <= self.gap * cost as f64
    }

    /// Searches until everything is proven, good enough, or the budget is spent.
    pub(super) fn run(&mut self) -> Result<(), ScheduleError> {
        let mut bound = self.bound();
        while !self.is_good_enough(bound) && !self.is_spent() {
            let Some(open) = self.tree.next() else { break };
            self.node(open)?;
            if self.bound() > bound {
                bound = self.bound();
                self.proven(bound);
            }
            self.improve(bound);
        }
        Ok(())
    }

    fn proven(&mut self, bound: i64) {
        self.improver.bound = bound;
        let bound = bound as f64;
        self.budget.tell(&Event::Bound { bound });
    }

    /// Lets the annealing have its share of the work.
    fn improve(&mut self, bound: i64) {
        if self.is_good_enough(bound) || self.is_spent() {
            return;
        }
        let share = if self.improver.is_stale() {
            SHARES.1
        } else {
            SHARES.0
        };
        let fair = self.other_work().saturating_mul(share) / 2;
        let left = self.budget.work_left(self.other_work());
        let work = fair.min(left).saturating_sub(self.improver.work());
        if work > 0 {
            self.improver.anneal(work, bound);
        }
    }

    /// Works on one node and splits or closes it.
    fn node(&mut self, mut open: Open) -> Result<(), ScheduleError> {
        let Some(limits) = open.limits(self.layout)? else {
            return Ok(());
        };
        self.relaxation.restrict(&limits);
        let point = self.tightened(&mut open, &limits)?;
        if open.bound >= self.improver.best().cost {
            self.tree.close(&open);
            return Ok(());
        }
        if point.is_none() && self.is_spent() {
            self.tree.put_back(open);
            return Ok(());
        }
        let choice = point.as_ref().and_then(|p| self.choose(&limits, p));
        let choice = choice.or_else(|| Branching::unproven(self.layout, &limits, point.as_ref()));
        if let Some(choice) = choice {
            return self.tree.split(self.layout, &open, &limits, choice);
        }
        self.tree.close(&open);
        Ok(())
    }

    fn choose(&mut self, limits: &Limits, point: &Point) -> Option<DesignChoice> {
        let (budget, work) = (self.budget, self.other_work() + self.improver.work());
        let is_dear = self.branching.work > self.relaxation.program.work;
        let stop = |done: u64| is_dear || budget.is_spent(work + done);
        let best = self.improver.best().cost;
        self.branching
            .choose(self.layout, limits, point, &self.relaxation, best, &stop)
    }

    /// Solves the relaxation of a node with rows added. The node gets the best bound found; the
    /// last point is returned unless the relaxation was not solved to the end.
    fn tightened(
        &mut self,
        open: &mut Open,
        limits: &Limits,
    ) -> Result<Option<Point>, ScheduleError> {
        let is_root = open.is_root();
        let (rounds, mut steps) = if is_root {
            (ROUNDS.0, 1)
        } else {
            (ROUNDS.1, STEPS)
        };
        let deepest = if is_root { DEEPEST } else { STEPS };
        let (mut is_whole_way, mut is_again) = (false, false);
        let mut slow = 0;
        let mut values: Vec<f64> = Vec::new();
        let mut round = 0;
        loop {
            let ending = self.solved(is_whole_way);
            self.priced(open, limits)?;
            let is_done = open.bound >= self.improver.best().cost;
            match ending {
                _ if is_done || (is_root && self.is_good_enough(open.bound)) => return Ok(None),
                Ending::Optimal => {}
                Ending::Stopped => return Ok(None),
                // The cutoff is crossed by perturbed costs only.
                Ending::Cutoff if !is_whole_way => {
                    is_whole_way = true;
                    continue;
                }
                _ if is_again => return Ok(None),
                _ => {
                    is_again = true;
                    self.relaxation.program.restart();
                    continue;
                }
            }
            let point = self.relaxation.point();
            self.improver.round(&point);
            if open.bound >= self.improver.best().cost {
                return Ok(None);
            }
            values.push(self.relaxation.program.objective());
            if self.is_slow(&values) {
                if is_root {
                    self.improver.prefer(&point);
                    self.improve(open.bound);
                }
                slow += 1;
                steps += 1;
                values.drain(..values.len() - 1);
            } else if values.len() > 2 {
                slow = 0;
            }
            let mut added = 0;
            while round < rounds && slow < PATIENCE && steps <= deepest && added == 0 {
                added = self.relaxation.tighten(&point, steps);
                steps += usize::from(added == 0);
            }
            if added == 0 && Branching::is_whole(self.layout, limits, &point) {
                // Nothing to split by: only rows can tell whether the point is a plan.
                added = self.relaxation.tighten(&point, 1);
            }
            self.relaxation.loosen();
            if added == 0 {
                if is_root {
                    self.improver.prefer(&point);
                }
                return Ok(Some(point));
            }
            round += 1;
        }
    }

    /// Solves the relaxation, up to the cost of the best plan unless told otherwise.
    fn solved(&mut self, is_whole_way: bool) -> Ending {
        let budget = self.budget;
        let others = self.branching.work + self.improver.work();
        let cutoff = if is_whole_way {
            f64::INFINITY
        } else {
            (self.improver.best().cost - self.layout.step) as f64 + 0.5
        };
        self.relaxation
            .program
            .solve(cutoff, &|work| budget.is_spent(work + others))
    }

    fn is_slow(&self, values: &[f64]) -> bool {
        if let [.., before, _, now] = values {
            now - before < SLOW * (self.improver.best().cost as f64 - before)
        } else {
            false
        }
    }

    /// Takes the present prices if they prove more than is known of a node.
    fn priced(&mut self, open: &mut Open, limits: &Limits) -> Result<(), ScheduleError> {
        let tree = &mut self.tree;
        let prices = self.relaxation.prices(|row| tree.number(row));
        let value = self.checker.value(limits, tree.rows(), &prices)?;
        let bound = self.layout.rounded_up(value);
        if bound > open.bound {
            open.bound = bound;
            open.prices = tree.keep(prices);
            if open.is_root() {
                self.proven(bound.min(self.improver.best().cost));
            }
        }
        Ok(())
    }

    /// The best plan, the bound, and its proof.
    pub(super) fn finish(self) -> (Staffed, i64, DesignCertificate) {
        let bound = self.bound();
        (self.improver.into_best(), bound, self.tree.finish())
    }
}
