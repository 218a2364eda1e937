use std::ops::Range;
use std::time::Duration;

use super::live::handling_time;
use super::{Group, Rounding};
use crate::calendar::{Grid, TimeDelta, Zone};
use crate::queueing::{ErlangC, Objective, Traffic, required_agents_both};
use crate::units::{Erlangs, Probability};
use crate::workforce::PromiseScope;

/// Share of late contacts below which further agents are not looked at, for shares up to 99.9 %.
const NEGLIGIBLE: f64 = 1e-4;

/// Breakpoints of a curve in one standard deviation of the load; agents are whole all the same.
const FINENESS: f64 = 8.0;

/// Breakpoints closer than this are one.
const SAME: f64 = 1e-6;

/// A service level that the live queues of a group were promised, whatever it is kept over.
#[derive(Debug, Clone, PartialEq)]
pub struct LivePromise {
    /// Whose it is: a queue's, or that of a group that pools several.
    pub name: String,
    /// Share of contacts to be answered in time.
    pub share: Probability,
    /// Longest wait that counts as in time.
    pub answer_within: Duration,
    /// Over which contacts it is kept.
    pub scope: PromiseScope,
    /// The intervals, days or weeks that keep it, as intervals of the horizon, in order, all of it.
    pub ranges: Vec<Range<usize>>,
    /// Queues whose contacts it counts.
    pub queues: Vec<usize>,
}

/// A service level that the contacts of several intervals keep together, while every interval
/// keeps the floor of its scope (which is in [`Group::live`]).
#[derive(Debug, Clone, PartialEq)]
pub struct ScopedPromise {
    /// Whose it is: a queue's, or that of a group that pools several.
    pub name: String,
    /// Share of contacts to be answered in time.
    pub share: Probability,
    /// Share that the formula has to promise in each of the [`ranges`](Self::ranges): the promise
    /// itself, or what a simulation showed to be needed for it.
    pub asked: Vec<Probability>,
    /// Longest wait that counts as in time.
    pub answer_within: Duration,
    /// Days or weeks, with the floor.
    pub scope: PromiseScope,
    /// The days or weeks as intervals of the horizon, in order, all of it.
    pub ranges: Vec<Range<usize>>,
    /// Contacts that it counts in each interval.
    pub volume: Vec<f64>,
}

impl ScopedPromise {
    /// The largest share that is asked of the formula in any day or week.
    pub fn most_asked(&self) -> Probability {
        let asked = self.asked.iter().copied();
        asked.fold(
            self.share,
            |most, share| if share > most { share } else { most },
        )
    }
}

/// What agents beyond the base of an interval bring to the promises of a group.
///
/// ```text
/// level_k(n₀ + Σ_j d_j) = base_k + Σ_j gain_kj · d_j,    0 ≤ d_j ≤ agents_j,  steps filled in order
/// ```
///
/// Points of the curve are exact, between them it is a chord. Erlang C's service level is concave
/// where the queue is stable: C(n, a) is convex and falling in n (Jagers and van Doorn 1991), and so
/// is its product with exp(−(n − a) T / h). So gains never rise from step to step, steps
/// are filled in order by any optimum, and a chord never promises too much.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ServiceCurve {
    /// Share answered in time with the base alone, by promise; 0 without contacts.
    pub base: Vec<f64>,
    /// Further agents.
    pub steps: Vec<Step>,
}

/// Further agents and what each of them brings.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How many there are.
    pub agents: f64,
    /// Share answered in time that each of them adds, by promise.
    pub gains: Vec<f64>,
}

impl ServiceCurve {
    /// Agents of all steps.
    pub fn reach(&self) -> f64 {
        self.steps.iter().map(|s| s.agents).sum()
    }
}

impl Group {
    /// What agents beyond [`Group::base_agents`] bring in an interval of `seconds` seconds, up to
    /// where next to nobody waits too long. No steps without promises over days or weeks, or
    /// without contacts.
    pub fn service_curve(&self, interval: usize, rounding: Rounding, seconds: f64) -> ServiceCurve {
        let need = &self.live[interval];
        let counts = |p: &ScopedPromise| p.volume[interval] > 0.0 && need.load > 0.0;
        let mut curve = ServiceCurve {
            base: vec![0.0; self.promises.len()],
            steps: Vec::new(),
        };
        if !self.promises.iter().any(counts) {
            return curve;
        }
        let load = Erlangs::new(need.load).unwrap_or_default();
        let traffic = Traffic::new(load, handling_time(need.volume, load, seconds));
        let level = |p: &ScopedPromise, agents: f64| {
            if counts(p) {
                self.service_level(interval, agents, p.answer_within, seconds)
            } else {
                0.0
            }
        };
        let levels = |agents: f64| -> Vec<f64> {
            let own = self.promises.iter();
            own.map(|p| level(p, agents)).collect()
        };
        let is_enough = |levels: &[f64]| {
            (self.promises.iter().zip(levels)).all(|(p, level)| {
                let late = NEGLIGIBLE.min((1.0 - p.most_asked().get()) / 10.0);
                !counts(p) || 1.0 - level <= late
            })
        };
        let base = self.base_agents(interval, rounding);
        let is_whole = (base - base.round()).abs() < SAME;
        // What the promises would need in this interval alone is a point of the curve; where the
        // base is whole, all points are.
        let mut alone: Vec<f64> = (self.promises.iter().filter(|p| counts(p)))
            .filter_map(|p| {
                let objective = Objective::service_level(p.share, p.answer_within).ok()?;
                let (whole, real) = required_agents_both(&ErlangC, &traffic, &objective).ok()?;
                Some(if is_whole { whole.as_f64() } else { real })
            })
            .collect();
        alone.sort_by(f64::total_cmp);
        let width = (need.load.sqrt() / FINENESS).floor().max(1.0);
        let mut at = base;
        let mut before = levels(at);
        curve.base.clone_from(&before);
        let mut steepest = vec![f64::INFINITY; self.promises.len()];
        while !is_enough(&before) {
            let mut next = (at + SAME).floor() + width;
            if let Some(&point) = alone.iter().find(|&&n| n > at + SAME && n < next - SAME) {
                next = point;
            }
            let after = levels(next);
            let gains: Vec<f64> = (before.iter().zip(&after).zip(&steepest))
                .map(|((before, after), steepest)| {
                    ((after - before) / (next - at)).clamp(0.0, *steepest)
                })
                .collect();
            steepest.clone_from(&gains);
            curve.steps.push(Step {
                agents: next - at,
                gains,
            });
            (at, before) = (next, after);
        }
        curve
    }
}

/// The days or weeks of a clock as ranges of intervals; together they are the horizon. At its edges
/// a local day counts with its part inside. Weeks are whole local days, so that days lie in weeks.
pub(super) fn ranges(grid: &Grid, zone: Zone, scope: PromiseScope) -> Vec<Range<usize>> {
    let n = grid.len();
    if scope == PromiseScope::Interval {
        return (0..n).map(|t| t..t + 1).collect();
    }
    let (day, week) = (TimeDelta::hours(24), TimeDelta::days(7));
    let half = day / 2;
    let minutes = |span: TimeDelta| span.num_minutes();
    // A horizon of local days may be an hour longer or shorter than so many times 24.
    let weeks = minutes(grid.end() - grid.start() - half).div_euclid(minutes(week)) + 1;
    let label = |t: usize| {
        let date = zone.local(grid.instant(t)).date();
        match scope {
            PromiseScope::Week { .. } => {
                let since = zone.day_start(date) + half - grid.start();
                let week = minutes(since).div_euclid(minutes(week));
                (None, week.clamp(0, weeks.max(1) - 1))
            }
            _ => (Some(date), 0),
        }
    };
    let labels: Vec<_> = (0..n).map(label).collect();
    let mut start = 0;
    let runs = labels.chunk_by(|a, b| a == b).map(|run| {
        start += run.len();
        start - run.len()..start
    });
    runs.collect()
}
