//! The search for good prices of a week: the smoothed dual is climbed while it is cooled.
//!
//! Every choice of the bound's subproblems (which shift if any, where the breaks, which language)
//! is replaced by its soft choice at a temperature `T`, which makes the dual smooth: whoever
//! chooses among values `d` takes each with a share in proportion to `e^(−d / T)`. The smooth dual
//! is climbed by accelerated gradient steps, one at each temperature, while `T` falls
//! geometrically. Every few steps the prices are certified as they are, which holds whatever the
//! steps were. Near the end the prices move in a straight line as `T` falls, so points further
//! along that line are tried as well.
//!
//! The soft choices at the end are a fractional plan close to the cheapest one.

mod climb;
mod dual;
mod exponential;
mod kind;
mod layout;
mod pool;

use std::collections::VecDeque;

use self::climb::Climb;
use self::dual::SoftDual;
use super::certificate::Certificate;
use super::prices::Prices;
use super::problem::{StartOption, Week};
use super::reach::{Obstacle, asks_for_work, dearest_plan, obstacles};

/// How long to search for prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceOptions {
    /// Steps, each of which looks at every shift once. They all cool from the same first to the
    /// same last temperature; half as many leave two to three times the gap.
    pub steps: usize,
}

impl Default for PriceOptions {
    fn default() -> Self {
        Self { steps: 2_000 }
    }
}

/// Prices of a week and what they say.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundPrices {
    /// The prices that prove the bound.
    pub prices: Prices,
    /// [`certified_week_bound`](super::certified_week_bound) of the prices.
    pub bound: i64,
    /// For each option of the week, people who work it in a fractional plan near the cheapest:
    /// the mean of soft choices on the way. It may be a little short.
    pub activity: Vec<f64>,
    /// In that plan, people on duty in each interval of each option's shift.
    pub duties: Vec<Vec<f64>>,
}

/// First temperature, as a part of the mean price of a shift.
const HOTTEST: f64 = 1.0 / 15.0;
/// Last temperature, likewise.
const COOLEST: f64 = 1.0 / 100_000.0;
/// Steps between certificates.
const PERIOD: usize = 20;
/// Parts of the way to a temperature of 0 that are tried along the line of the prices.
const FURTHER: [f64; 3] = [0.5, 0.75, 1.0];
/// The line is drawn from a point that was hotter by at least this factor.
const HOTTER: f64 = 2.0;
/// Part of the steps that cool; the others stay at the last temperature.
const COOLING: f64 = 0.9;
/// A temperature that is held for some of the steps, cool enough to be cheap, warm enough to cover
/// what is wanted almost everywhere: as a part of the mean price of a shift.
const LUKEWARM: f64 = 1.0 / 500.0;
/// When it is held, as parts of the steps, and when its soft choices are averaged.
const HELD: std::ops::Range<f64> = 0.35..0.47;
const AVERAGED: std::ops::Range<f64> = 0.41..0.47;
/// Highest price of an agent where one missing has no price, in prices of the dearest shift.
const UNPRICED: f64 = 1_000.0;

/// Searches prices that prove a high bound on the cost of every plan of a week.
///
/// Deterministic, and the same on any number of threads, unless `should_stop` says so early; what
/// was found by then is returned.
///
/// # Errors
///
/// Rules that no plan can keep, as far as they show; all that do.
pub fn find_prices(
    week: &Week,
    options: PriceOptions,
    should_stop: &dyn Fn() -> bool,
) -> Result<FoundPrices, Vec<Obstacle>> {
    let choices = week.options();
    let found = obstacles(week, &choices);
    if !found.is_empty() {
        return Err(found);
    }
    let dearest = dearest_plan(week, &choices);
    let mut dual = SoftDual::new(week, &choices);
    let mut climb = start(week, &choices, &dual);
    let mut best = Best::new(week, &choices);
    let mean = mean_cost(week, &choices);
    let (mut activity, mut duties) = (Mean::default(), Mean::default());
    let mut earlier: VecDeque<(f64, Vec<f64>)> = VecDeque::new();
    let steps = options
        .steps
        .min(if asks_for_work(week) { usize::MAX } else { 1 });
    for step in 1..=steps {
        let progress = step as f64 / steps as f64;
        let temperature = mean * warmth(progress);
        climb.step(&mut dual, temperature);
        let is_last = step == steps || should_stop();
        if AVERAGED.contains(&progress) || (is_last && activity.value.is_empty()) {
            activity.add(dual.activity());
            duties.add(dual.duties());
        }
        if step % PERIOD != 0 && !is_last {
            continue;
        }
        best.certify(&dual, &climb.point);
        while earlier
            .get(1)
            .is_some_and(|(hot, _)| *hot >= HOTTER * temperature)
        {
            earlier.pop_front();
        }
        let line = earlier.front();
        if let Some((hot, point)) = line.filter(|(hot, _)| *hot >= HOTTER * temperature) {
            let way = temperature / (hot - temperature);
            for part in FURTHER {
                best.certify(&dual, &climb.beyond(point, part * way));
            }
        }
        if dearest.is_some_and(|cost| best.bound() > cost) {
            return Err(vec![Obstacle::Together(best.dearest_intervals())]);
        }
        if is_last {
            break;
        }
        earlier.push_back((temperature, climb.point.clone()));
        if dual.widen() {
            climb.settle();
        }
    }
    Ok(best.finish(activity.value, &duties.value))
}

/// Temperature as a part of the mean price of a shift: geometric from the first to the held one
/// and on to the last.
fn warmth(progress: f64) -> f64 {
    let between = |from: f64, to: f64, part: f64| from * (to / from).powf(part.clamp(0.0, 1.0));
    if progress < HELD.end {
        between(HOTTEST, LUKEWARM, progress / HELD.start)
    } else {
        let part = (progress - HELD.end) / (COOLING - HELD.end);
        between(LUKEWARM, COOLEST, part)
    }
}

/// The climb at its first point: every agent wanted at what an interval on duty costs.
fn start(week: &Week, options: &[StartOption], dual: &SoftDual<'_>) -> Climb {
    let (layout, n) = (dual.layout, week.intervals);
    let dearest = options.iter().map(|o| o.cost).max().unwrap_or(0).max(1) as f64;
    let highest = week
        .understaffing
        .map_or(UNPRICED * dearest, |price| price.max(0) as f64);
    let mut ceiling = vec![UNPRICED * dearest; layout.len];
    let required = week.languages.iter().flat_map(|l| &l.required);
    for (own, &r) in ceiling.iter_mut().zip(required) {
        *own = if r > 0 { highest } else { 0.0 };
    }
    for (s, site) in week.sites.iter().enumerate() {
        if site.seats.is_none() {
            ceiling[layout.seats + s * n..][..n].fill(0.0);
        }
        if site.paid_minimum == 0 {
            ceiling[layout.paid + s] = 0.0;
        }
    }
    let fair = 0.8 * mean_cost(week, options) / dual::mean_duty(week);
    let mut point = vec![0.0; layout.len];
    for (price, ceiling) in point.iter_mut().zip(&ceiling[..layout.seats]) {
        *price = fair.min(*ceiling);
    }
    Climb::new(point, ceiling, dual.stiffness())
}

/// Mean price of a shift, at least one minor unit; where shifts cost nothing, the price of a
/// missing agent stands in.
fn mean_cost(week: &Week, options: &[StartOption]) -> f64 {
    let total: f64 = options.iter().map(|o| o.cost as f64).sum();
    let mean = total / options.len().max(1) as f64;
    let mean = if options.iter().all(|o| o.cost == 0) {
        week.understaffing.unwrap_or(0) as f64
    } else {
        mean
    };
    mean.max(1.0)
}

/// A mean in which each value weighs as much as its number: 1, 2, 3, …
#[derive(Default)]
struct Mean {
    value: Vec<f64>,
    count: f64,
}

impl Mean {
    fn add(&mut self, value: Vec<f64>) {
        self.count += 1.0;
        if self.value.is_empty() {
            self.value = value;
            return;
        }
        let weight = 2.0 / (self.count + 1.0);
        for (mean, value) in self.value.iter_mut().zip(value) {
            *mean += (value - *mean) * weight;
        }
    }
}

/// The best prices so far.
struct Best<'a> {
    week: &'a Week,
    options: &'a [StartOption],
    prices: Prices,
    proof: Option<Certificate>,
}

impl<'a> Best<'a> {
    fn new(week: &'a Week, options: &'a [StartOption]) -> Self {
        let prices = Prices::default();
        Self {
            proof: Certificate::new(week, options, &prices),
            prices,
            week,
            options,
        }
    }

    fn certify(&mut self, dual: &SoftDual<'_>, point: &[f64]) {
        let prices = dual.layout.prices(point);
        let proof = Certificate::new(self.week, self.options, &prices);
        let total = |proof: &Option<Certificate>| proof.as_ref().map(Certificate::total);
        if total(&proof) > total(&self.proof) {
            (self.prices, self.proof) = (prices, proof);
        }
    }

    fn bound(&self) -> i64 {
        self.proof.as_ref().map_or(i64::MIN, Certificate::bound)
    }

    /// Languages and intervals with at least half the highest price.
    fn dearest_intervals(&self) -> Vec<(usize, usize)> {
        let n = self.week.intervals.max(1);
        let highest = self.prices.cover.iter().copied().max().unwrap_or(0);
        let prices = self.prices.cover.iter().enumerate();
        prices
            .filter(|(_, price)| **price > highest / 2)
            .map(|(at, _)| (at / n, at % n))
            .collect()
    }

    fn finish(self, mut activity: Vec<f64>, duties: &[f64]) -> FoundPrices {
        activity.resize(self.options.len(), 0.0);
        let mut rest = duties;
        let lengths = self
            .options
            .iter()
            .map(|o| self.week.shift_types[o.shift_type].length);
        let duties = lengths.map(|length| {
            let (own, others) = rest.split_at(length.min(rest.len()));
            rest = others;
            own.to_vec()
        });
        FoundPrices {
            bound: self.bound(),
            prices: self.prices,
            activity,
            duties: duties.collect(),
        }
    }
}
