//! Branch and bound over the relaxation. What it leaves behind is the certificate.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap};

use super::branch::Branching;
use super::certificate::{DesignCertificate, DesignChoice, DesignNode, DesignRow};
use super::improve::Improver;
use super::layout::Layout;
use super::limits::{Checker, Limits};
use super::options::Budget;
use super::relaxation::Relaxation;
use super::rows::Point;
use super::simplex::Ending;
use super::staffing::Staffed;
use crate::milp::Event;
use crate::scheduling::ScheduleError;

/// Rounds of new rows: at the root, and at each node beyond it.
const ROUNDS: (usize, usize) = (60, 4);

/// A node whose plans are not done with.
#[derive(Debug, Clone)]
struct Open {
    bound: i64,
    depth: usize,
    /// Position in the certificate; its prices prove `bound`.
    node: usize,
    prices: usize,
    path: Vec<(DesignChoice, bool)>,
}

impl PartialEq for Open {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Open {}

impl PartialOrd for Open {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Open {
    /// The lowest bound comes first, the deepest and newest among equals.
    fn cmp(&self, other: &Self) -> Ordering {
        let bounds = other.bound.cmp(&self.bound);
        bounds
            .then(self.depth.cmp(&other.depth))
            .then(self.node.cmp(&other.node))
    }
}

/// The state of the search.
#[derive(Debug)]
pub(super) struct Search<'a> {
    layout: &'a Layout<'a>,
    budget: Budget<'a>,
    relaxation: Relaxation<'a>,
    pub(super) improver: Improver<'a>,
    branching: Branching,
    certificate: DesignCertificate,
    numbers: HashMap<DesignRow, usize>,
    open: BinaryHeap<Open>,
    /// The least bound of leaves that are done with.
    closed: i64,
    checker: Checker<'a>,
    gap: f64,
    pub(super) node_count: usize,
}

impl<'a> Search<'a> {
    pub(super) fn new(layout: &'a Layout<'a>, budget: Budget<'a>, gap: f64, seed: u64) -> Self {
        let mut search = Self {
            relaxation: Relaxation::new(layout),
            improver: Improver::new(layout, budget, seed),
            branching: Branching::new(layout),
            certificate: DesignCertificate::default(),
            numbers: HashMap::new(),
            open: BinaryHeap::new(),
            closed: i64::MAX,
            checker: Checker::new(layout),
            layout,
            budget,
            gap,
            node_count: 0,
        };
        // No price at all proves a bound of 0.
        search.certificate.prices.push(super::DesignPrices {
            cover: vec![0; layout.intervals],
            rows: Vec::new(),
        });
        search.push(Vec::new(), 0, 0, 0);
        search
    }

    fn push(&mut self, path: Vec<(DesignChoice, bool)>, bound: i64, prices: usize, depth: usize) -> usize {
        let node = self.certificate.nodes.len();
        self.certificate.nodes.push(DesignNode::Leaf { prices });
        self.open.push(Open { bound, depth, node, prices, path });
        node
    }

    pub(super) fn work(&self) -> u64 {
        self.relaxation.simplex.work + self.branching.work + self.improver.work()
    }

    fn is_spent(&self) -> bool {
        self.budget.is_spent(self.work())
    }

    /// No plan costs less.
    fn bound(&self) -> i64 {
        let open = self.open.peek().map_or(i64::MAX, |o| o.bound);
        open.min(self.closed).min(self.improver.best().cost)
    }

    fn is_good_enough(&self, bound: i64) -> bool {
        let cost = self.improver.best().cost;
        (cost - bound) as f64 <= self.gap * cost as f64
    }

    /// Searches until everything is proven, good enough, or the budget is spent.
    pub(super) fn run(&mut self) -> Result<(), ScheduleError> {
        let mut bound = 0;
        while !self.is_good_enough(self.bound()) && !self.is_spent() {
            let Some(open) = self.open.pop() else { break };
            self.node(open)?;
            self.improve();
            if self.bound() > bound {
                bound = self.bound();
                self.budget.tell(&Event::Bound { bound: bound as f64 });
            }
        }
        Ok(())
    }

    /// Lets the annealing have its share of the work.
    fn improve(&mut self) {
        let bound = self.bound();
        if self.is_good_enough(bound) || self.is_spent() {
            return;
        }
        let fair = self.relaxation.simplex.work + self.branching.work;
        let fair = if self.improver.is_stale() { fair / 2 } else { fair.saturating_mul(3) };
        let share = fair.saturating_sub(self.improver.work());
        if share > 0 {
            let t = std::time::Instant::now();
            let w = (self.improver.work(), self.improver.evals);
            self.improver.anneal(share, bound);
            if std::env::var("LAB").is_ok() { eprintln!("  anneal {} evals work {} sec {:.3}", self.improver.evals - w.1, self.improver.work() - w.0, t.elapsed().as_secs_f64()); }
        }
    }

    /// Works on one node and splits or closes it.
    fn node(&mut self, open: Open) -> Result<(), ScheduleError> {
        self.node_count += 1;
        let mut limits = Limits::all(self.layout);
        for &(choice, is_high) in &open.path {
            let [low, high] = limits.split(self.layout, choice)?;
            let Some(part) = (if is_high { high } else { low }) else {
                return Ok(());
            };
            limits = part;
        }
        self.relaxation.restrict(&limits);
        let (bound, prices, point) = self.tightened(&open, &limits)?;
        self.certificate.nodes[open.node] = DesignNode::Leaf { prices };
        if let (0, Some(point)) = (open.depth, &point) {
            self.improver.prefer(point);
        }
        let is_done = bound >= self.improver.best().cost;
        let choice = match &point {
            Some(point) if !is_done => self.choose(&limits, point),
            _ => None,
        };
        let Some(choice) = choice else {
            if is_done || point.is_some() {
                self.closed = self.closed.min(bound);
            } else {
                // Not finished: it stays open with what is known.
                self.open.push(Open { bound, prices, ..open });
            }
            return Ok(());
        };
        let parts = limits.split(self.layout, choice)?;
        if std::env::var("LAB").is_ok() && self.node_count % 20 == 0 { eprintln!("  choice {choice:?} depth {} frac {:?}", open.depth, point.as_ref().map(|p| p.in_use.iter().enumerate().filter(|y| *y.1>1e-6).map(|(j,y)| format!("{j}:{y:.3}:{:?}",limits.in_use[j])).collect::<Vec<_>>())); }
        let mut children = [0; 2];
        for (is_high, part) in [false, true].into_iter().zip(parts) {
            let mut path = open.path.clone();
            path.push((choice, is_high));
            // A part without plans keeps a leaf that nobody has to look at.
            children[usize::from(is_high)] = match part {
                Some(_) => self.push(path, bound, prices, open.depth + 1),
                None => {
                    self.certificate.nodes.push(DesignNode::Leaf { prices });
                    self.certificate.nodes.len() - 1
                }
            };
        }
        let [low, high] = children;
        self.certificate.nodes[open.node] = DesignNode::Split { choice, low, high };
        Ok(())
    }

    fn choose(&mut self, limits: &Limits, point: &Point) -> Option<DesignChoice> {
        let (budget, work) = (self.budget, self.work());
        let stop = |done: u64| budget.is_spent(work + done);
        self.branching.choose(self.layout, limits, point, &self.relaxation, &stop)
    }

    /// Solves the relaxation of a node with rows added: a bound, its prices, and the point unless
    /// the relaxation was not solved to the end.
    fn tightened(
        &mut self,
        open: &Open,
        limits: &Limits,
    ) -> Result<(i64, usize, Option<Point>), ScheduleError> {
        let is_root = open.depth == 0;
        let rounds = if is_root { ROUNDS.0 } else { ROUNDS.1 };
        let (mut bound, mut prices) = (open.bound, open.prices);
        let mut values: Vec<f64> = Vec::new();
        let mut depth = if is_root { 1 } else { 3 };
        let mut slow = 0;
        for round in 0.. {
            let budget = self.budget;
            let others = self.branching.work + self.improver.work();
            let stop = |work: u64| budget.is_spent(work + others);
            let cutoff = (self.improver.best().cost - self.layout.step) as f64 + 0.5;
            let ending = self.relaxation.solve(cutoff, &stop);
            let found = self.priced(limits, &mut bound, &mut prices)?;
            if ending != Ending::Optimal || bound >= self.improver.best().cost {
                if std::env::var("LAB").is_ok() && is_root { eprintln!("ending {ending:?} {found} {bound}"); }
                return Ok((bound, prices, None));
            }
            let point = self.relaxation.point();
            let value = self.relaxation.simplex.objective();
            if std::env::var("LAB").is_ok() && (is_root || self.node_count % 20 == 0) {
                eprintln!("node {} round {round} value {value:.3} found {found} rows {} work {}", self.node_count, self.relaxation.simplex.row_count(), self.relaxation.simplex.work);
            }
            self.improver.round(&point);
            if bound >= self.improver.best().cost {
                return Ok((bound, prices, None));
            }
            values.push(value);
            let cost = self.improver.best().cost as f64;
            let is_slow = values.len() > 2 && {
                let before = values[values.len() - 3];
                value - before < 0.02 * (cost - before)
            };
            if is_slow {
                if is_root {
                    self.improver.prefer(&point);
                    self.improve();
                }
                slow += 1;
                depth += 1;
                values.clear();
                values.push(value);
            } else if values.len() > 2 {
                slow = 0;
            }
            if slow > 2 {
                depth = usize::MAX;
            }
            let mut added = 0;
            let deepest = if is_root { 6 } else { 3 };
            while round < rounds && depth <= deepest && added == 0 {
                added = self.relaxation.tighten(&point, depth);
                depth += usize::from(added == 0);
            }
            if added == 0 && Branching::is_whole(self.layout, limits, &point) {
                // Nothing to branch on: only rows can tell whether the point is a plan.
                added = self.relaxation.tighten(&point, 1);
            }
            if added == 0 {
                self.relaxation.loosen();
                return Ok((bound, prices, Some(point)));
            }
            self.relaxation.loosen();
        }
        Ok((bound, prices, None))
    }

    /// Takes the present prices if they prove more than is known.
    fn priced(
        &mut self,
        limits: &Limits,
        bound: &mut i64,
        prices: &mut usize,
    ) -> Result<i64, ScheduleError> {
        let (rows, numbers) = (&mut self.certificate.rows, &mut self.numbers);
        let new = self.relaxation.prices(|row| {
            *numbers.entry(row.clone()).or_insert_with(|| {
                rows.push(row.clone());
                rows.len() - 1
            })
        });
        let found = self.layout.rounded_up(self.checker.value(limits, rows, &new)?);
        if found > *bound {
            *bound = found;
            *prices = self.certificate.prices.len();
            self.certificate.prices.push(new);
        }
        Ok(found)
    }

    /// The best plan, and the proof of the bound.
    pub(super) fn finish(self) -> (Staffed, DesignCertificate) {
        (self.improver.into_best(), self.certificate)
    }
}
