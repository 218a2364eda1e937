//! A greedy search without a bound, until the real one takes its place.

use wfm::milp::{Event, Observer, Termination};
use wfm::scheduling::design::{DesignPlan, DesignProblem, verify_design};
use wfm::scheduling::week::{
    BreakStart, Missing, PlannedShifts, Serving, StartOption, Week, WeekPlan, verify_week,
};

use super::Search;

/// What a search brings back.
pub(crate) struct Solved<P> {
    pub(crate) plan: P,
    pub(crate) cost: i64,
    pub(crate) bound: f64,
    pub(crate) termination: Termination,
}

/// A week covered shift by shift.
struct Draft<'a> {
    week: &'a Week,
    options: Vec<StartOption>,
    need: Vec<Vec<i64>>,
    present: Vec<Vec<u32>>,
    started: Vec<Vec<u32>>,
    paid: Vec<u64>,
    plan: WeekPlan,
}

#[allow(dead_code)]
pub(crate) fn solve_week(
    week: &Week,
    search: &Search,
    observer: &dyn Observer,
) -> Result<Solved<WeekPlan>, String> {
    let is_capped = |kind: usize| week.share_caps.iter().any(|cap| cap.shift_type == kind);
    let mut draft = Draft {
        week,
        options: week
            .options()
            .into_iter()
            .filter(|o| !is_capped(o.shift_type))
            .collect(),
        need: (week.languages.iter())
            .map(|l| l.required.iter().map(|&r| i64::from(r)).collect())
            .collect(),
        present: vec![vec![0; week.intervals]; week.sites.len()],
        started: vec![vec![0; week.days()]; week.pools.len()],
        paid: vec![0; week.sites.len()],
        plan: WeekPlan::default(),
    };
    observer.on(&Event::Stage { name: "greedy" });
    let begun = std::time::Instant::now();
    let _ = (search.gap, search.work, search.seed);
    while draft.add() {
        if begun.elapsed() > search.time_limit {
            return Err("nothing was found within the time limit".to_owned());
        }
    }
    draft.finish();
    let report = verify_week(week, &draft.plan);
    if let Some(first) = report.violations.first() {
        return Err(format!("nothing was found that keeps all rules: {first}"));
    }
    let cost = i64::try_from(report.cost).unwrap_or(i64::MAX);
    Ok(Solved {
        plan: draft.plan,
        cost,
        bound: 0.0,
        termination: Termination::WorkLimit,
    })
}

impl Draft<'_> {
    /// Adds the worker who serves most for the price; `false` when nobody is worth it.
    fn add(&mut self) -> bool {
        let week = self.week;
        let mut best: Option<(f64, StartOption)> = None;
        for option in &self.options {
            let pool = &week.pools[option.pool];
            let on_day = self.started[option.pool][option.day];
            let length = week.shift_types[option.shift_type].length;
            let mut slots = (0..length).map(|j| week.after(option.start, j));
            let is_full = |seats: u32| slots.any(|t| self.present[pool.site][t] >= seats);
            if pool.shifts_per_day.is_some_and(|cap| on_day >= cap)
                || week.sites[pool.site].seats.is_some_and(is_full)
            {
                continue;
            }
            let useful = (0..length)
                .filter(|&j| {
                    self.most_wanted(option.pool, week.after(option.start, j))
                        .is_some()
                })
                .count();
            let worth = useful as f64 / (option.cost.max(1) as f64);
            let owed = self.paid[pool.site] < week.sites[pool.site].paid_minimum;
            let is_wanted = useful > 0 && self.pays(option, useful) || owed;
            if is_wanted && best.is_none_or(|(w, _)| worth > w) {
                best = Some((worth, *option));
            }
        }
        best.is_some_and(|(_, option)| {
            self.take(&option);
            true
        })
    }

    fn pays(&self, option: &StartOption, useful: usize) -> bool {
        let price = self.week.understaffing;
        price.is_none_or(|price| price * i64::try_from(useful).unwrap_or(0) > option.cost)
    }

    fn most_wanted(&self, pool: usize, t: usize) -> Option<usize> {
        let spoken = self.week.pools[pool].languages.iter().copied();
        spoken
            .filter(|&l| self.need[l][t] > 0)
            .max_by_key(|&l| self.need[l][t])
    }

    fn take(&mut self, option: &StartOption) {
        let kind = &self.week.shift_types[option.shift_type];
        let mut works = vec![true; kind.length];
        let mut breaks = Vec::new();
        for pause in &kind.breaks {
            let loss = |offset: &usize| {
                let slots =
                    (*offset..offset + pause.length).map(|j| self.week.after(option.start, j));
                slots
                    .filter(|&t| self.most_wanted(option.pool, t).is_some())
                    .count()
            };
            let offset = (pause.first..=pause.last)
                .min_by_key(loss)
                .unwrap_or(pause.first);
            works[offset..offset + pause.length].fill(false);
            breaks.push(vec![BreakStart { offset, count: 1 }]);
        }
        for (j, _) in works.iter().enumerate().filter(|(_, works)| **works) {
            let interval = self.week.after(option.start, j);
            if let Some(language) = self.most_wanted(option.pool, interval) {
                self.need[language][interval] -= 1;
                self.plan.serving.push(Serving {
                    pool: option.pool,
                    interval,
                    language,
                    agents: 1,
                });
            }
        }
        let site = self.week.pools[option.pool].site;
        for j in 0..kind.length {
            self.present[site][self.week.after(option.start, j)] += 1;
        }
        self.started[option.pool][option.day] += 1;
        self.paid[site] += kind.paid() as u64;
        self.plan.shifts.push(PlannedShifts {
            pool: option.pool,
            shift_type: option.shift_type,
            start: option.start,
            count: 1,
            breaks,
        });
    }

    /// Joins equal entries, and states who is missing.
    fn finish(&mut self) {
        let plan = &mut self.plan;
        plan.shifts.sort_by_key(|s| (s.pool, s.shift_type, s.start));
        plan.shifts.dedup_by(|next, kept| {
            let same = (next.pool, next.shift_type, next.start)
                == (kept.pool, kept.shift_type, kept.start);
            if same {
                kept.count += next.count;
                for (kept, next) in kept.breaks.iter_mut().zip(&next.breaks) {
                    kept.extend(next);
                }
            }
            same
        });
        for starts in plan.shifts.iter_mut().flat_map(|s| &mut s.breaks) {
            starts.sort_by_key(|b| b.offset);
            starts.dedup_by(|next, kept| {
                let same = next.offset == kept.offset;
                kept.count += if same { next.count } else { 0 };
                same
            });
        }
        plan.serving
            .sort_by_key(|s| (s.pool, s.interval, s.language));
        plan.serving.dedup_by(|next, kept| {
            let same = (next.pool, next.interval, next.language)
                == (kept.pool, kept.interval, kept.language);
            kept.agents += if same { next.agents } else { 0 };
            same
        });
        for (language, need) in self.need.iter().enumerate() {
            let lacking = need.iter().enumerate().filter(|(_, lacking)| **lacking > 0);
            plan.missing
                .extend(lacking.map(|(interval, &agents)| Missing {
                    language,
                    interval,
                    agents: u32::try_from(agents).unwrap_or(0),
                }));
        }
    }
}

pub(crate) fn design_shifts(
    problem: &DesignProblem,
    _: &Search,
    _: &dyn Observer,
) -> Solved<DesignPlan> {
    let plan = DesignPlan::default();
    let cost = i64::try_from(verify_design(problem, &plan).cost).unwrap_or(i64::MAX);
    Solved {
        plan,
        cost,
        bound: 0.0,
        termination: Termination::WorkLimit,
    }
}
