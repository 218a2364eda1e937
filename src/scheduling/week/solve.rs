use super::ascent::{PriceOptions, find_prices};
use super::extract;
use super::frame::Frame;
use super::improve::Improver;
use super::strategy::Watch;
use super::ways_out::ways_out;
use super::{Prices, Week, WeekPlan, WeekStrategy, explain};
use crate::milp::{Event, Observer, Termination};
use crate::scheduling::ScheduleError;

/// Part of the time that the search for prices may take.
const FOR_PRICES: f64 = 0.3;

/// A gap below this is none.
const OPTIMAL: f64 = 1e-6;

/// A plan for a week with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct SolvedWeek {
    /// The plan.
    pub plan: WeekPlan,
    /// What it costs, missing agents and changes at their price.
    pub cost: i64,
    /// A proven lower bound on the cost of every plan.
    pub bound: f64,
    /// Why the search stopped.
    pub termination: Termination,
    /// The prices that prove the bound: [`certified_week_bound`](super::certified_week_bound) of
    /// them is the bound.
    pub prices: Prices,
    /// Pivots made.
    pub work: u64,
}

impl SolvedWeek {
    /// `(cost − bound) / cost`; 0 for a plan without cost.
    pub fn gap(&self) -> f64 {
        gap(self.cost, self.bound)
    }
}

fn gap(cost: i64, bound: f64) -> f64 {
    if cost == 0 {
        return 0.0;
    }
    ((cost as f64 - bound) / cost as f64).max(0.0)
}

/// Plans a week at least cost.
///
/// Prices for what the shifts have in common are searched first; they prove the bound and suggest
/// a fractional plan. Windows of the week are then planned whole, each as an exact problem of its
/// own in which the rest is as it is: once along the fractional plan, and again where chance and
/// the yield so far send the search, until the gap, the work or the time is reached.
///
/// The same week, seed and limit of work give the same plan on any number of threads.
///
/// ```
/// use wfm::milp::Silent;
/// use wfm::scheduling::week::*;
/// let required = (0..24).map(|t| if (8..16).contains(&t) { 3 } else { 0 }).collect();
/// let week = Week {
///     name: "a day in hours".to_owned(),
///     interval_minutes: 60,
///     intervals: 24,
///     intervals_per_day: 24,
///     languages: vec![WeekLanguage { id: String::new(), required }],
///     shift_types: vec![WeekShiftType { id: "4 h".to_owned(), length: 4, breaks: vec![] }],
///     pools: vec![WeekPool {
///         id: String::new(),
///         site: 0,
///         languages: vec![0],
///         wages: vec![2_000; 24],
///         base_wage: 2_000,
///         fixed_cost: 0,
///         offset: 0,
///         starts: vec![Some(WeekStarts { from: 0, to: 23, step: 1 })],
///         shifts_per_day: None,
///     }],
///     sites: vec![WeekSite { id: String::new(), seats: None, paid_minimum: 0 }],
///     share_caps: vec![],
///     understaffing: None,
///     kept: None,
/// };
/// let solved = solve_week(&week, &WeekStrategy::default(), &Silent)?;
/// assert_eq!((solved.cost, solved.gap()), (48_000, 0.0));
/// # Ok::<(), wfm::scheduling::ScheduleError>(())
/// ```
///
/// # Errors
/// [`ScheduleError::Infeasible`] with the rules that no plan can keep together and the
/// [`WaysOut`](super::WaysOut), which are looked for in what is left of the time, for half a minute
/// at most, and
/// [`ScheduleError::NothingFound`] when time or work ended before a plan kept all of them.
pub fn solve_week(
    week: &Week,
    strategy: &WeekStrategy,
    observer: &dyn Observer,
) -> Result<SolvedWeek, ScheduleError> {
    if let Some(backend) = strategy.backend {
        backend.require()?;
    }
    let watch = Watch::start(strategy.time_limit, observer);
    let frame = Frame::new(week);
    watch.tell(&Event::Stage { name: "prices" });
    let for_prices = watch.part(FOR_PRICES);
    let found = find_prices(week, PriceOptions::default(), &|| for_prices.must_stop()).map_err(
        |obstacles| {
            watch.tell(&Event::Stage { name: "ways out" });
            let mut conflict = explain::conflict(week, &obstacles);
            conflict.ways_out = ways_out(week, strategy, watch);
            ScheduleError::Infeasible(conflict)
        },
    )?;
    let bound = found.bound.max(0) as f64;
    watch.tell(&Event::Bound { bound });
    let mut improver = Improver::new(&frame, strategy);
    watch.tell(&Event::Stage { name: "first plan" });
    improver.sweep(&found, &watch);
    improver.keep();
    let mut best = improver.roster.cost(&frame);
    watch.tell(&Event::Incumbent {
        cost: best as f64,
        bound,
    });
    watch.tell(&Event::Stage { name: "windows" });
    let is_exhausted = improver.exhaust(&watch);
    best = best.min(improver.roster.cost(&frame));
    if is_exhausted && !extract::keeps_rules(&frame, &improver.roster) {
        watch.tell(&Event::Stage { name: "ways out" });
        if let Some(found) = ways_out(week, strategy, watch) {
            let mut conflict = explain::conflict(week, &[]);
            conflict.rules = extract::broken_rule(&frame, &improver.roster)
                .into_iter()
                .collect();
            conflict.ways_out = Some(found);
            return Err(ScheduleError::Infeasible(conflict));
        }
    }
    let termination = loop {
        let is_kept = extract::keeps_rules(&frame, &improver.roster);
        let gap = gap(best, bound);
        if is_kept && gap <= OPTIMAL {
            break Termination::Optimal;
        } else if is_kept && gap <= strategy.gap {
            break Termination::GapReached;
        } else if is_kept && strategy.work.is_some_and(|most| improver.work >= most) {
            break Termination::WorkLimit;
        } else if is_kept && is_exhausted {
            // Nothing cheaper exists, but no prices prove it.
            break Termination::WorkLimit;
        } else if watch.is_cancelled() {
            break Termination::Interrupted;
        } else if watch.is_over() {
            break Termination::TimeLimit;
        }
        improver.improve(&watch);
        let cost = improver.roster.cost(&frame);
        if cost < best {
            best = cost;
            watch.tell(&Event::Incumbent {
                cost: best as f64,
                bound,
            });
        }
    };
    if let Some(short) = extract::broken_rule(&frame, &improver.roster) {
        return Err(ScheduleError::NothingFound {
            reason: format!("{termination}; {short}"),
        });
    }
    let plan = extract::plan(&frame, &improver.roster);
    let missing: i64 = plan.missing.iter().map(|m| i64::from(m.agents)).sum();
    Ok(SolvedWeek {
        cost: improver.roster.shift_cost
            + missing * week.understaffing.unwrap_or(0)
            + improver.roster.changes * frame.change_price,
        plan,
        bound,
        termination,
        prices: found.prices,
        work: improver.work,
    })
}
