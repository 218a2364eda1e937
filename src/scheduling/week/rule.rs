//! Rules of a week that can give way, one at a time.

use super::explain::named;
use super::{Week, WeekPlan, WeekPool, WeekStarts};

/// A rule of a week that can give way, and the unit in which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum WeekRule {
    /// Seats of a site: so many more, all week.
    Seats {
        /// Position of the site.
        site: usize,
    },
    /// Shifts of a pool that may start on one day of its clock, or on each: so many more.
    DailyCap {
        /// Position of the pool.
        pool: usize,
        /// The day, from 0; none for all of them.
        day: Option<usize>,
    },
    /// Paid intervals that must be bought from a site: so many fewer.
    PaidMinimum {
        /// Position of the site.
        site: usize,
    },
    /// Share of a kind of shift among all shifts: so many hundredths more.
    ShareCap {
        /// Position of the share cap.
        cap: usize,
    },
    /// Agents wanted in a language: so many agent-intervals fewer.
    Coverage {
        /// Position of the language.
        language: usize,
    },
}

impl WeekRule {
    /// The week with the rule given way by an amount, or gone. Coverage gives way as a whole only.
    /// A day of a pool gives way in the week [`by_days`].
    pub(super) fn relaxed(self, week: &Week, amount: Option<u64>) -> Week {
        let more = |now: u32| {
            let amount = u32::try_from(amount?).unwrap_or(u32::MAX);
            Some(now.saturating_add(amount))
        };
        let mut relaxed = match self {
            Self::DailyCap { day: Some(_), .. } => by_days(week),
            _ => week.clone(),
        };
        match self {
            Self::Seats { site } => {
                let seats = &mut relaxed.sites[site].seats;
                *seats = seats.and_then(more);
            }
            Self::DailyCap { pool, day } => {
                let pool = day.map_or(pool, |day| pool * week.days() + day);
                let cap = &mut relaxed.pools[pool].shifts_per_day;
                *cap = cap.and_then(more);
            }
            Self::PaidMinimum { site } => {
                let least = &mut relaxed.sites[site].paid_minimum;
                *least = amount.map_or(0, |amount| least.saturating_sub(amount));
            }
            Self::ShareCap { cap } => {
                let hundredths = &mut relaxed.share_caps[cap].hundredths;
                *hundredths = more(*hundredths).unwrap_or(100).min(100);
            }
            Self::Coverage { language } => relaxed.languages[language].required.fill(0),
        }
        relaxed
    }

    /// How far the rule of the original week gives way in a plan for a relaxed one.
    pub(super) fn amount(self, week: &Week, relaxed: &Week, plan: &WeekPlan) -> u64 {
        let of_site = |site: usize| {
            let here = move |pool: usize| relaxed.pools[pool].site == site;
            plan.shifts.iter().filter(move |s| here(s.pool))
        };
        let shifts = |kind: Option<usize>| -> u64 {
            let own = plan.shifts.iter();
            let own = own.filter(|s| kind.is_none_or(|kind| s.shift_type == kind));
            own.map(|s| u64::from(s.count)).sum()
        };
        match self {
            Self::Seats { site } => {
                let mut present = vec![0_u64; week.intervals];
                for s in of_site(site) {
                    for j in 0..week.shift_types[s.shift_type].length {
                        present[week.after(s.start, j)] += u64::from(s.count);
                    }
                }
                let peak = present.into_iter().max().unwrap_or(0);
                peak.saturating_sub(week.sites[site].seats.map_or(u64::MAX, u64::from))
            }
            Self::DailyCap { pool, day } => {
                let own = day.map_or(pool, |day| pool * week.days() + day);
                let mut started = vec![0_u64; relaxed.days()];
                let options = relaxed.options();
                for s in plan.shifts.iter().filter(|s| s.pool == own) {
                    let is_it = |o: &&super::StartOption| {
                        (o.pool, o.shift_type, o.start) == (s.pool, s.shift_type, s.start)
                    };
                    if let Some(o) = options.iter().find(is_it) {
                        started[o.day] += u64::from(s.count);
                    }
                }
                let cap = week.pools[pool].shifts_per_day.map_or(u64::MAX, u64::from);
                let most = started.into_iter().max().unwrap_or(0);
                most.saturating_sub(cap)
            }
            Self::PaidMinimum { site } => {
                let paid = |kind: usize| week.shift_types[kind].paid() as u64;
                let paid: u64 = of_site(site)
                    .map(|s| paid(s.shift_type) * u64::from(s.count))
                    .sum();
                week.sites[site].paid_minimum.saturating_sub(paid)
            }
            Self::ShareCap { cap } => {
                let cap = &week.share_caps[cap];
                let own = 100 * shifts(Some(cap.shift_type));
                let needed = own.div_ceil(shifts(None).max(1));
                needed.saturating_sub(u64::from(cap.hundredths))
            }
            Self::Coverage { language } => {
                let own = plan.missing.iter().filter(|m| m.language == language);
                own.map(|m| u64::from(m.agents)).sum()
            }
        }
    }

    /// The rule in words, and how far it would give way.
    pub(super) fn words(self, week: &Week, at_least: u64, enough: u64) -> String {
        let amount = if at_least == enough {
            enough.to_string()
        } else {
            format!("{at_least} to {enough}")
        };
        let plural = |one: &'static str, many: &'static str| if enough == 1 { one } else { many };
        match self {
            Self::Seats { site } => format!(
                "seats of {}: {amount} more",
                named("site", &week.sites[site].id)
            ),
            Self::DailyCap { pool, day } => {
                let on = day.map_or_else(
                    || "on every day".to_owned(),
                    |day| format!("on day {}", day + 1),
                );
                let shifts = plural("shift", "shifts");
                let pool = named("pool", &week.pools[pool].id);
                format!("daily cap of {pool} {on}: {amount} {shifts} more")
            }
            Self::PaidMinimum { site } => {
                let intervals = plural("paid interval", "paid intervals");
                let site = named("site", &week.sites[site].id);
                format!("paid minimum of {site}: {amount} {intervals} fewer")
            }
            Self::ShareCap { cap } => {
                let kind = &week.shift_types[week.share_caps[cap].shift_type].id;
                let points = plural("hundredth", "hundredths");
                let kind = named("kind", kind);
                format!("share cap of {kind}: {amount} {points} more")
            }
            Self::Coverage { language } => {
                let agents = plural("agent-interval", "agent-intervals");
                let language = named("language", &week.languages[language].id);
                format!("coverage of {language}: {amount} {agents} fewer")
            }
        }
    }
}

/// The same week, in which every day of a pool is a pool of its own: pool `p` on day `d` is at
/// `p * days + d`, and the week is one long day.
fn by_days(week: &Week) -> Week {
    let days = week.days();
    let of_day = |pool: &WeekPool, day: usize| {
        let first = day * week.intervals_per_day;
        let moved = |starts: &WeekStarts| WeekStarts {
            from: starts.from + first,
            to: starts.to + first,
            step: starts.step,
        };
        let starts = pool.starts.iter().map(|s| s.as_ref().map(moved));
        WeekPool {
            starts: starts.collect(),
            ..pool.clone()
        }
    };
    let pools = week.pools.iter();
    Week {
        intervals_per_day: week.intervals,
        pools: pools
            .flat_map(|pool| (0..days).map(move |day| of_day(pool, day)))
            .collect(),
        ..week.clone()
    }
}
