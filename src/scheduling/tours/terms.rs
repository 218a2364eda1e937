//! What the tours of one week of a pool have to keep.

use std::ops::RangeInclusive;

use super::duty::Duty;
use super::master::Tours;
use super::pricing::Walk;
use crate::calendar::{DateTime, NaiveDate, TimeDelta, Utc};
use crate::scheduling::Problem;
use crate::scheduling::rules::{days, is_weekend};
use crate::units::{Probability, whole};
use crate::workforce::law::LabourLaw;
use crate::workforce::{Contract, Pool};

/// Weight of an agent in hours paid for nothing: of two ways that waste as much, the one with
/// fewer agents is taken.
const AGENT: f64 = 1.0;

/// Part of a minute that rounding may have taken from a whole one.
const WHOLE: f64 = 1e-6;

/// A contract over one week.
#[derive(Debug, Clone)]
pub(super) struct WeekContract {
    /// Kinds of shift it allows, by position.
    pub(super) kinds: Vec<usize>,
    /// Most minutes.
    pub(super) minutes: i64,
    /// Minutes that are paid in any case; part of a minute where the horizon cuts the week.
    pub(super) guaranteed: f64,
    /// Most days.
    pub(super) days: u32,
    /// How far apart starts may be by the local clock, in minutes.
    pub(super) band: Option<u32>,
    /// Days in a row that the week leaves free.
    pub(super) days_off: i64,
    /// Agents who are there in any case.
    pub(super) agents_min: u32,
    /// Most agents.
    pub(super) agents_max: Option<u32>,
    /// Largest share of its agents who work on a weekend.
    pub(super) weekend: Option<f64>,
    /// Smallest and largest share of all agents.
    pub(super) shares: [Option<f64>; 2],
}

/// A limit on numbers of agents: `Σ weight · agents ≤ most`.
#[derive(Debug, Clone)]
pub(super) struct AgentLimit {
    /// By contract, for agents who are off on the weekend and those who work on it.
    pub(super) weights: Vec<[f64; 2]>,
    pub(super) most: f64,
}

impl AgentLimit {
    /// The weight of an agent with a tour.
    pub(super) fn weight(&self, walk: &Walk, duties: &[Duty]) -> f64 {
        let is_weekend = walk.duties.iter().any(|&d| is_weekend(duties[d].day));
        self.weights[walk.contract][usize::from(is_weekend)]
    }
}

/// What tours keep: contracts, rests, and the week they lie in.
#[derive(Debug, Clone)]
pub(super) struct Terms {
    pub(super) contracts: Vec<WeekContract>,
    /// Rest that each week contains.
    pub(super) weekly_rest: TimeDelta,
    /// The week.
    pub(super) from: DateTime<Utc>,
    pub(super) to: DateTime<Utc>,
    /// Its local days.
    pub(super) days: [NaiveDate; 2],
    /// What is asked of the numbers of agents.
    pub(super) limits: Vec<AgentLimit>,
}

impl Terms {
    /// The terms of a pool in a week of the horizon. A week cut short by the end of the horizon
    /// has as large a part of the hours, and no more days than it lasts.
    pub(super) fn of(problem: &Problem, pool: &Pool, week: i64) -> Self {
        let inside = days(problem, pool);
        let first = inside.first().copied().unwrap_or_default();
        let day = |n: i64| {
            first
                .checked_add_signed(TimeDelta::days(n))
                .unwrap_or(first)
        };
        let left = i64::try_from(inside.len()).unwrap_or(i64::MAX) - week * 7;
        let share = left.clamp(1, 7) as f64 / 7.0;
        let kinds = |c: &Contract| {
            let kinds = pool.shifts.iter().enumerate();
            kinds
                .filter(|(_, k)| c.allows(&k.id))
                .map(|(i, _)| i)
                .collect()
        };
        let law = law_of(pool, day(week * 7));
        let most = law.week_hours.unwrap_or(f64::INFINITY);
        let contracts = pool.contracts_in_force();
        let contracts = contracts.iter().map(|c| WeekContract {
            kinds: kinds(c),
            minutes: whole::nearest((c.week_hours.min(most) * 60.0 + WHOLE).floor()),
            guaranteed: c.guaranteed_hours * 60.0 * share,
            days: c.week_days,
            band: c.start_band.map(|b| whole::round(b.as_secs_f64() / 60.0)),
            days_off: if left < 7 {
                0
            } else {
                i64::from(c.days_off_together)
            },
            agents_min: c.agents_min,
            agents_max: c.agents_max,
            weekend: c.weekend_share_max.map(Probability::get),
            shares: [c.share_min, c.share_max].map(|s| s.map(Probability::get)),
        });
        let contracts: Vec<WeekContract> = contracts.collect();
        Self {
            limits: limits(&contracts),
            contracts,
            weekly_rest: weekly_rest(&law),
            from: pool.zone.day_start(day(week * 7)),
            to: pool.zone.day_start(day(week * 7 + 7)),
            days: [day(week * 7), day(week * 7 + 6)],
        }
    }

    /// The first contract under which a duty may be worked.
    pub(super) fn contract_of(&self, duty: &Duty) -> Option<usize> {
        let fits = |c: &WeekContract| c.kinds.contains(&duty.kind) && duty.minutes() <= c.minutes;
        let fitting = (0..self.contracts.len()).filter(|&c| fits(&self.contracts[c]));
        fitting.min_by(|&a, &b| {
            let unused = |c| self.unused(c, duty.inside);
            unused(a).total_cmp(&unused(b))
        })
    }

    /// Whether the time between two duties is a weekly rest.
    pub(super) fn rests_between(&self, first: &Duty, second: &Duty) -> bool {
        second.start - first.end >= self.weekly_rest
    }

    /// Whether the week's time before a duty is a weekly rest.
    pub(super) fn rests_before(&self, duty: &Duty) -> bool {
        duty.start - self.from >= self.weekly_rest
    }

    /// Whether the week's time after a duty is a weekly rest.
    pub(super) fn rests_after(&self, duty: &Duty) -> bool {
        self.to - duty.end >= self.weekly_rest
    }

    /// Whether a tour of a contract may end with a duty or begin with one by its days off together:
    /// those between two local days that are worked or the edge of the week.
    pub(super) fn is_off_between(&self, contract: usize, days: [Option<NaiveDate>; 2]) -> bool {
        let one = TimeDelta::days(1);
        let [before, after] = days;
        let first = before.map_or(self.days[0], |day| day + one);
        let last = after.map_or(self.days[1], |day| day - one);
        (last - first).num_days() + 1 >= self.contracts[contract].days_off
    }

    /// Agents above what contracts allow, parts of an agent left out.
    pub(super) fn agents_over(&self, duties: &[Duty], tours: &Tours) -> u32 {
        let over = |limit: &AgentLimit| {
            let weights = tours
                .iter()
                .map(|(walk, n)| limit.weight(walk, duties) * f64::from(*n));
            let above: f64 = weights.sum::<f64>() - limit.most;
            whole::floor((above + 1e-9).max(0.0))
        };
        self.limits.iter().map(over).sum()
    }

    /// What a tour of so many minutes wastes, in hours, its agent weighed in.
    pub(super) fn cost(&self, contract: usize, minutes: i64) -> f64 {
        self.unused(contract, minutes) / 60.0 + AGENT
    }

    /// Minutes paid to agents who are there in any case and have no tour.
    pub(super) fn idle(&self, tours: &Tours) -> f64 {
        let of = |(index, contract): (usize, &WeekContract)| {
            let own = tours.iter().filter(|(walk, _)| walk.contract == index);
            let agents: u32 = own.map(|(_, count)| count).sum();
            f64::from(contract.agents_min.saturating_sub(agents)) * contract.guaranteed
        };
        self.contracts.iter().enumerate().map(of).sum()
    }

    /// Minutes paid and not worked.
    pub(super) fn unused(&self, contract: usize, minutes: i64) -> f64 {
        (self.contracts[contract].guaranteed - minutes as f64).max(0.0)
    }

    /// Minutes of the day within which all shifts of a tour start, one range after another.
    pub(super) fn bands(&self, duties: &[Duty], contract: usize) -> Vec<RangeInclusive<u32>> {
        let Some(band) = self.contracts[contract].band else {
            return vec![0..=1440];
        };
        let mut starts: Vec<u32> = duties.iter().map(|d| d.minute).collect();
        starts.sort_unstable();
        starts.dedup();
        starts.into_iter().map(|s| s..=s + band).collect()
    }
}

/// What is asked of the numbers of agents.
fn limits(contracts: &[WeekContract]) -> Vec<AgentLimit> {
    let all = contracts.len();
    let mut limits = Vec::new();
    for (index, contract) in contracts.iter().enumerate() {
        let own = |c: usize| f64::from(u8::from(c == index));
        let even = |weight: &dyn Fn(usize) -> f64| (0..all).map(|c| [weight(c); 2]).collect();
        if let Some(most) = contract.agents_max {
            limits.push(AgentLimit {
                weights: even(&own),
                most: f64::from(most),
            });
        }
        if let Some(share) = contract.weekend {
            let weights = (0..all).map(|c| [-share * own(c), (1.0 - share) * own(c)]);
            limits.push(AgentLimit {
                weights: weights.collect(),
                most: 0.0,
            });
        }
        if let Some(share) = contract.shares[0] {
            let weights = even(&|c| share - own(c));
            limits.push(AgentLimit { weights, most: 0.0 });
        }
        if let Some(share) = contract.shares[1] {
            let weights = even(&|c| own(c) - share);
            limits.push(AgentLimit { weights, most: 0.0 });
        }
    }
    limits
}

/// The law of a pool on a day: its own, else the floor of the European Union.
pub(in crate::scheduling) fn law_of(pool: &Pool, day: NaiveDate) -> LabourLaw {
    let floor = || LabourLaw::pack("EU", day);
    let none = || LabourLaw::none("none", "no law", day);
    (pool.law.clone()).unwrap_or_else(|| floor().unwrap_or_else(|_| none()))
}

/// The shortest rest between two shifts that may ever be enough for an agent of a pool.
pub(in crate::scheduling) fn rest_between_shifts(pool: &Pool, day: NaiveDate) -> TimeDelta {
    let law = law_of(pool, day);
    let short = law.short_rest.map(|s| s.least);
    let rest = short.or(law.daily_rest).unwrap_or_default();
    TimeDelta::from_std(rest).unwrap_or_default()
}

/// Rest that each week of an agent contains.
fn weekly_rest(law: &LabourLaw) -> TimeDelta {
    let weekly = law.weekly_rest.iter().filter(|r| r.days <= 7);
    let rest = weekly.map(|r| r.total).min().unwrap_or_default();
    TimeDelta::from_std(rest).unwrap_or_default()
}
