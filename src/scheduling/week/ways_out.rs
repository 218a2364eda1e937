//! Ways out of a contradiction: which rule alone would have to give way, and how far.
//!
//! The question is asked of a week in which shifts cost nothing and a missing agent costs one
//! unit: its rules can be kept together when the cheapest plan costs nothing. Prices whose bound
//! is above nothing prove that they cannot, and prove the same of every relaxed week in which
//! their bound stays there. Weeks small enough to be searched whole are settled in any case.

use std::fmt;
use std::time::Duration;

use super::ascent::{FoundPrices, PriceOptions, find_prices};
use super::certificate::Certificate;
use super::explain::places;
use super::frame::Frame;
use super::improve::{Improver, SMALL};
use super::reach::obstacles;
use super::rule::WeekRule;
use super::strategy::Watch;
use super::{
    Missing, PRICE_SCALE, Prices, Week, WeekPlan, WeekPool, WeekShiftType, WeekSite, WeekStarts,
    WeekStrategy, extract, verify_week,
};

/// Price of what is missing, in minor units; enough for every broken rule to have a whole price.
const UNIT: i64 = 100;

/// Steps of the search for prices.
const STEPS: usize = 600;

/// Pivots of the search for a plan, each time one is looked for.
const WORK: u64 = 150_000;

/// Prices above these parts of a unit are tried as whole units: prices that climb from below do
/// not get there by themselves.
const ROUNDED: [f64; 4] = [0.05, 0.2, 0.5, 0.8];

/// Time after which what has not been settled is left open.
const LIMIT: Duration = Duration::from_secs(30);

/// A rule that could give way alone, all others kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayOut {
    /// The rule, and the unit in which it gives way.
    pub rule: WeekRule,
    /// By less than this, no plan exists: proven by prices, or by a search of every plan of a
    /// small week.
    pub at_least: u64,
    /// By this much, a plan was found. The amount is exact where both agree.
    pub enough: u64,
    /// All of it in words.
    pub words: String,
}

/// Agents missing at the least where every other rule is kept, in all languages together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastMissing {
    /// No plan lacks fewer agent-intervals, proven as for [`WayOut`].
    pub at_least: u64,
    /// Who is missing in the best plan found, by language and interval. The total may be unique
    /// where the places are not.
    pub found: Vec<Missing>,
    /// Where, in words.
    pub words: String,
}

impl LeastMissing {
    /// Agent-intervals missing in the best plan found.
    pub fn total(&self) -> u64 {
        self.found.iter().map(|m| u64::from(m.agents)).sum()
    }
}

/// What would make a week possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaysOut {
    /// Rules each of which alone would have to give way, smallest amount first.
    pub single: Vec<WayOut>,
    /// The shortage, where cover is a rule and the limits on shifts can be kept.
    pub missing: Option<LeastMissing>,
    /// Whether every rule was settled; if not, there may be further ways out.
    pub is_complete: bool,
}

impl fmt::Display for WaysOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.single.iter().map(|way| way.words.as_str()).collect();
        match (words.is_empty(), self.is_complete) {
            (true, true) => f.write_str("no rule alone could give way")?,
            (true, false) => f.write_str("no rule that alone could give way was found in time")?,
            (false, _) => write!(f, "each of these alone would do: {}", words.join("; "))?,
        }
        let Some(missing) = &self.missing else {
            return Ok(());
        };
        let total = missing.total();
        let short = if missing.at_least == total {
            total.to_string()
        } else {
            format!("{} to {total}", missing.at_least)
        };
        write!(
            f,
            "; with all other rules kept {short} agent-intervals are missing at the least: {}",
            missing.words
        )
    }
}

/// Looks for the ways out of a week; nothing when it is not proven to have no plan.
pub(super) fn ways_out(week: &Week, strategy: &WeekStrategy, watch: Watch<'_>) -> Option<WaysOut> {
    // What is kept at a price is no rule.
    let week = &Week {
        kept: None,
        ..week.clone()
    };
    let mut asked = Questions {
        week,
        strategy,
        watch: watch.within(LIMIT),
        proofs: Vec::new(),
        is_complete: true,
    };
    let base = asked.least(&free(week), Question::Cheapest);
    if base.bound < UNIT {
        return None;
    }
    let missing = base.plan.as_ref().filter(|_| week.understaffing.is_none());
    let missing = missing.map(|plan| LeastMissing {
        at_least: units(base.bound),
        found: plan.missing.clone(),
        words: places(week, &plan.missing),
    });
    let mut single: Vec<WayOut> = Vec::new();
    for rule in rules(week, missing.is_some()) {
        // A whole week of one pool is left out where one of its days is enough.
        let has_day = |w: &WayOut| match (rule, w.rule) {
            (WeekRule::DailyCap { pool, day: None }, WeekRule::DailyCap { pool: other, .. }) => {
                pool == other
            }
            _ => false,
        };
        if single.iter().any(has_day) {
            continue;
        }
        let amounts = match (rule, &missing) {
            // The only language lacks what is missing at all.
            (WeekRule::Coverage { .. }, Some(all)) if wanted(week).count() == 1 => {
                Some((all.at_least, all.total()))
            }
            (WeekRule::Coverage { language }, _) => asked.coverage(language),
            _ => asked.amount(rule),
        };
        single.extend(amounts.map(|(at_least, enough)| WayOut {
            rule,
            at_least,
            enough,
            words: rule.words(week, at_least, enough),
        }));
    }
    single.sort_by_key(|way| (way.enough, way.rule));
    Some(WaysOut {
        single,
        missing,
        is_complete: asked.is_complete,
    })
}

/// Rules that could give way.
fn rules(week: &Week, is_cover_a_rule: bool) -> Vec<WeekRule> {
    let sites = 0..week.sites.len();
    let seats = sites.clone().filter(|&s| week.sites[s].seats.is_some());
    let minima = sites.filter(|&s| week.sites[s].paid_minimum > 0);
    let shares = 0..week.share_caps.len();
    let capped = (0..week.pools.len()).filter(|&p| week.pools[p].shifts_per_day.is_some());
    let days = |pool: usize| {
        let days = (0..week.days()).map(Some).chain([None]);
        days.map(move |day| WeekRule::DailyCap { pool, day })
    };
    let covered = wanted(week).filter(|_| is_cover_a_rule);
    (seats.map(|site| WeekRule::Seats { site }))
        .chain(minima.map(|site| WeekRule::PaidMinimum { site }))
        .chain(shares.map(|cap| WeekRule::ShareCap { cap }))
        .chain(covered.map(|language| WeekRule::Coverage { language }))
        .chain(capped.flat_map(days))
        .collect()
}

/// Languages in which anybody is wanted.
fn wanted(week: &Week) -> impl Iterator<Item = usize> + '_ {
    let languages = week.languages.iter().enumerate();
    languages
        .filter(|(_, l)| l.required.iter().any(|&r| r > 0))
        .map(|(at, _)| at)
}

/// The week with free shifts and a unit for a missing agent. Where missing agents have a price,
/// cover is no rule and nobody is wanted.
fn free(week: &Week) -> Week {
    let mut free = week.clone();
    for pool in &mut free.pools {
        pool.wages.fill(0);
        (pool.base_wage, pool.fixed_cost) = (0, 0);
    }
    if free.understaffing.is_some() {
        for language in &mut free.languages {
            language.required.fill(0);
        }
    }
    free.understaffing = Some(UNIT);
    free
}

/// The week with a price of the smallest kind on every shift.
fn steered(week: &Week) -> Week {
    let mut steered = week.clone();
    for pool in &mut steered.pools {
        pool.fixed_cost += 1;
    }
    steered
}

/// A cost in units, rounded up.
fn units(cost: i64) -> u64 {
    let whole = cost.max(0) / UNIT + i64::from(cost % UNIT > 0);
    u64::try_from(whole).unwrap_or(0)
}

/// What is known of the cheapest plan of a week of free shifts.
struct Least {
    /// No plan costs less; the highest number where the limits allow none at all.
    bound: i64,
    /// The best plan found that keeps all limits, and its cost.
    plan: Option<WeekPlan>,
    cost: i64,
}

/// Prices found, or better ones: those of agents rounded to nothing or a whole unit.
fn rounded(week: &Week, found: &FoundPrices) -> (i64, Prices) {
    let mut best = (found.bound, found.prices.clone());
    let options = week.options();
    for part in ROUNDED {
        let least = part * (UNIT * PRICE_SCALE) as f64;
        let mut prices = found.prices.clone();
        for price in &mut prices.cover {
            let is_high = *price as f64 > least;
            *price = i64::from(is_high) * UNIT * PRICE_SCALE;
        }
        let proof = Certificate::new(week, &options, &prices);
        let bound = proof.map_or(i64::MIN, |proof| proof.bound());
        if bound > best.0 {
            best = (bound, prices);
        }
    }
    best
}

/// What is asked of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    /// Whether a plan costs nothing.
    Free,
    /// The cheapest plan.
    Cheapest,
}

/// Asks one relaxed week after another, and remembers what proved the answers.
struct Questions<'a> {
    week: &'a Week,
    strategy: &'a WeekStrategy,
    watch: Watch<'a>,
    proofs: Vec<Prices>,
    is_complete: bool,
}

impl Questions<'_> {
    /// Searches the cheapest plan.
    fn least(&mut self, week: &Week, question: Question) -> Least {
        let nothing = |bound| Least {
            bound,
            plan: None,
            cost: i64::MAX,
        };
        let watch = self.watch;
        let steps = PriceOptions { steps: STEPS };
        let Ok(found) = find_prices(week, steps, &|| watch.must_stop()) else {
            return nothing(i64::MAX);
        };
        let (bound, prices) = rounded(week, &found);
        let mut least = nothing(bound.max(0));
        if least.bound > 0 {
            self.proofs.push(prices);
            if question == Question::Free {
                return least;
            }
        }
        if week.options().len() <= SMALL {
            self.search(week, &found, &mut least);
        } else {
            // Shifts that cost nothing are worked by crowds, who leave no room for anybody else.
            let steered = steered(week);
            if let Ok(found) = find_prices(&steered, steps, &|| watch.must_stop()) {
                self.search(&steered, &found, &mut least);
            }
        }
        if let Some(plan) = &least.plan {
            least.cost = i64::try_from(verify_week(week, plan).cost).unwrap_or(i64::MAX);
        }
        least
    }

    /// Searches a plan no dearer than the bound, and raises the bound where every plan was tried.
    fn search(&self, week: &Week, found: &FoundPrices, least: &mut Least) {
        let watch = self.watch;
        let frame = Frame::new(week);
        let mut improver = Improver::new(&frame, self.strategy);
        improver.sweep(found, &watch);
        let is_kept = |improver: &Improver<'_>| improver.roster.broken(&frame) == 0;
        let lacking = |improver: &Improver<'_>| improver.roster.missing.iter().sum::<i64>();
        let bound = least.bound;
        let is_cheapest = |improver: &Improver<'_>| {
            let helpers = improver.roster.shift_cost / UNIT * UNIT;
            let lacking = lacking(improver) * frame.missing_price;
            is_kept(improver) && helpers + lacking <= bound
        };
        let is_exhausted = !is_cheapest(&improver) && improver.exhaust(&watch);
        let is_over = |work| is_exhausted || work >= WORK || watch.must_stop();
        while !is_cheapest(&improver) && !is_over(improver.work) {
            improver.improve(&watch);
        }
        if is_kept(&improver) {
            least.plan = Some(extract::plan(&frame, &improver.roster));
        }
        let cost = improver.roster.cost(&frame);
        if is_exhausted && cost > 0 {
            // A broken rule has a price too, so nothing that costs nothing is left.
            let proven = if is_kept(&improver) { cost } else { UNIT };
            least.bound = bound.max(proven);
        }
    }

    /// Whether a rule by itself, or prices found before, prove that a week has no plan.
    fn is_refuted(&self, week: &Week) -> bool {
        let options = week.options();
        if !obstacles(week, &options).is_empty() {
            return true;
        }
        let mut proofs = self.proofs.iter();
        proofs.any(|prices| {
            let proof = Certificate::new(week, &options, prices);
            proof.is_some_and(|proof| proof.bound() > 0)
        })
    }

    /// How far a rule has to give way alone: by at least so much, and by so much at which a plan
    /// was found. Nothing where it is no way out, or none is known.
    fn amount(&mut self, rule: WeekRule) -> Option<(u64, u64)> {
        let week = self.week;
        let relaxed = |amount: Option<u64>| free(&rule.relaxed(week, amount));
        let Some(answer) = self.ask(rule, &relaxed(None)) else {
            self.is_complete = false;
            return None;
        };
        let mut enough = answer.ok()?;
        let mut at_least = 1;
        // Below this every amount has been tried, even if without an answer.
        let mut open = 1;
        // First right where the prices stop to prove, then in the middle.
        let mut is_first = true;
        loop {
            let (mut low, mut high) = (at_least, enough);
            while low < high {
                let middle = low + (high - low) / 2;
                if self.is_refuted(&relaxed(Some(middle))) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            at_least = low.min(enough);
            open = open.max(at_least);
            if open >= enough {
                return Some((at_least, enough));
            }
            let middle = open + (enough - open) / 2;
            let tried = if is_first { open } else { middle };
            is_first = false;
            match self.ask(rule, &relaxed(Some(tried))) {
                Some(Ok(found)) => enough = found.min(tried),
                Some(Err(())) => at_least = tried + 1,
                None => open = tried + 1,
            }
        }
    }

    /// Asks a relaxed week: how far the rule gives way in a plan, or that there is none; nothing
    /// where neither is known.
    fn ask(&mut self, rule: WeekRule, relaxed: &Week) -> Option<Result<u64, ()>> {
        if self.is_refuted(relaxed) {
            return Some(Err(()));
        }
        if self.watch.must_stop() {
            return None;
        }
        let least = self.least(relaxed, Question::Free);
        match least.plan {
            Some(plan) if least.cost == 0 => Some(Ok(rule.amount(self.week, relaxed, &plan))),
            _ if least.bound > 0 => Some(Err(())),
            _ => None,
        }
    }

    /// Agent-intervals that one language has to lack, all others served.
    fn coverage(&mut self, language: usize) -> Option<(u64, u64)> {
        if self.is_refuted(&free(
            &WeekRule::Coverage { language }.relaxed(self.week, None),
        )) {
            return None;
        }
        if self.watch.must_stop() {
            self.is_complete = false;
            return None;
        }
        let (asked, helpers) = with_helpers(self.week, language);
        let least = self.least(&asked, Question::Cheapest);
        let others = asked.understaffing.unwrap_or(0);
        if least.bound >= others {
            return None;
        }
        let plan = least.plan.filter(|_| least.cost < others);
        let helped = plan.map(|plan| without(self.week, language, &plan, helpers));
        let Some((lacking, amount)) = helped else {
            self.is_complete = false;
            return None;
        };
        // Helpers are shifts, so share caps may have been kept with their help only.
        let is_sure = self.week.share_caps.is_empty() || {
            let least = self.least(&free(&lacking), Question::Free);
            least.plan.is_some() && least.cost == 0
        };
        self.is_complete &= is_sure;
        is_sure.then_some((units(least.bound).max(1), amount))
    }
}

/// The week with nobody wanted where helpers are, and how many those are in all.
fn without(week: &Week, language: usize, plan: &WeekPlan, helpers: usize) -> (Week, u64) {
    let (mut lacking, mut total) = (week.clone(), 0);
    let required = &mut lacking.languages[language].required;
    for helped in plan.shifts.iter().filter(|s| s.pool == helpers) {
        let wanted = &mut required[helped.start];
        *wanted = wanted.saturating_sub(helped.count);
        total += u64::from(helped.count);
    }
    (lacking, total)
}

/// A week of free shifts in which helpers of one language can be had at a unit an interval, and
/// agents missing in others cost more than all helpers together; and the position of the helpers.
/// They count as shifts, so share caps are a little wider, and a bound is one all the same.
fn with_helpers(week: &Week, language: usize) -> (Week, usize) {
    let mut asked = free(week);
    let required = &asked.languages[language].required;
    let most = (required.iter()).fold(1_i64, |sum, &r| sum.saturating_add(i64::from(r)));
    asked.understaffing = Some(most.saturating_mul(UNIT));
    let hours = (0..week.intervals).filter(|&t| required[t] > 0);
    let hours: Vec<usize> = hours.map(|t| t % week.intervals_per_day.max(1)).collect();
    for pool in &mut asked.pools {
        pool.starts.push(None);
    }
    let mut starts = vec![None; week.shift_types.len()];
    starts.push(Some(WeekStarts {
        from: hours.iter().copied().min().unwrap_or(0),
        to: hours.iter().copied().max().unwrap_or(0),
        step: 1,
    }));
    asked.shift_types.push(WeekShiftType {
        id: String::new(),
        length: 1,
        breaks: Vec::new(),
    });
    asked.pools.push(WeekPool {
        id: String::new(),
        site: asked.sites.len(),
        languages: vec![language],
        wages: vec![UNIT; week.intervals],
        base_wage: 0,
        fixed_cost: 0,
        offset: 0,
        starts,
        shifts_per_day: None,
    });
    asked.sites.push(WeekSite {
        id: String::new(),
        seats: None,
        paid_minimum: 0,
    });
    (asked, week.pools.len())
}
