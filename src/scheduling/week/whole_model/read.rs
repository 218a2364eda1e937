use super::super::serve::serve;
use super::super::{
    BreakStart, Missing, PRICE_SCALE, PlannedShifts, Prices, Serving, Week, WeekPlan,
};
use super::WholeModel;
use super::build::Priced;
use crate::milp::Variable;
use crate::units::whole;

/// A variable may be off a whole number by this much before it is not one.
const WHOLE: f64 = 1e-4;

impl WholeModel<'_> {
    /// The prices that multipliers of the rows stand for. Whatever the multipliers are, the prices
    /// prove a bound.
    pub fn prices(&self, multipliers: &[f64]) -> Prices {
        let week = self.week;
        let list = |rows: &[Priced], count: usize| {
            let mut prices = vec![0; count];
            for &(place, row) in rows {
                // Multipliers of rows that limit are negative.
                let size = multipliers.get(row.index()).map_or(0.0, |y| y.abs());
                prices[place] = whole::nearest(size * PRICE_SCALE as f64);
            }
            prices
        };
        Prices {
            cover: list(&self.cover, week.languages.len() * week.intervals),
            seats: list(&self.seats, week.sites.len() * week.intervals),
            paid: list(&self.paid, week.sites.len()),
            shares: list(&self.shares, week.share_caps.len()),
        }
    }

    /// The variables that follow once the shifts and their longer breaks are fixed.
    pub(super) fn followers(&self) -> Vec<Variable> {
        let is_free = |v: &Variable| !self.model().is_integer(*v);
        self.model().variables().filter(is_free).collect()
    }

    /// The plan that a point stands for, people shared out to languages so that fewest are missing.
    /// Nothing when a shift or a break is not whole.
    pub fn plan(&self, point: &[f64]) -> Option<WeekPlan> {
        let count = |v: Variable| {
            let value = *point.get(v.index())?;
            let is_whole = (value - value.round()).abs() <= WHOLE && value > -WHOLE;
            is_whole.then(|| whole::round(value))
        };
        let mut shifts = Vec::new();
        for shift in &self.shifts {
            let people = count(shift.people)?;
            if people == 0 {
                continue;
            }
            let o = &shift.option;
            let kind = &self.week.shift_types[o.shift_type];
            let mut breaks = Vec::new();
            for (b, places) in kind.breaks.iter().zip(&shift.breaks) {
                let mut starts = Vec::new();
                for (place, offset) in places.iter().zip(b.first..) {
                    let count = count(*place)?;
                    starts.extend((count > 0).then_some(BreakStart { offset, count }));
                }
                let taken: u64 = starts.iter().map(|s| u64::from(s.count)).sum();
                if taken != u64::from(people) {
                    return None;
                }
                breaks.push(starts);
            }
            shifts.push(PlannedShifts {
                pool: o.pool,
                shift_type: o.shift_type,
                start: o.start,
                count: people,
                breaks,
            });
        }
        let (serving, missing) = shared_out(self.week, &shifts);
        Some(WeekPlan {
            shifts,
            serving,
            missing,
        })
    }
}

/// Who serves which language, and who is missing.
fn shared_out(week: &Week, shifts: &[PlannedShifts]) -> (Vec<Serving>, Vec<Missing>) {
    let mut duty = vec![vec![0_u32; week.pools.len()]; week.intervals];
    for s in shifts {
        let kind = &week.shift_types[s.shift_type];
        for j in 0..kind.length {
            duty[week.after(s.start, j)][s.pool] += s.count;
        }
        for (b, starts) in kind.breaks.iter().zip(&s.breaks) {
            for (start, j) in starts
                .iter()
                .flat_map(|s| (0..b.length).map(move |j| (s, j)))
            {
                let duty = &mut duty[week.after(s.start, start.offset + j)][s.pool];
                *duty = duty.saturating_sub(start.count);
            }
        }
    }
    let speaks: Vec<&[usize]> = (week.pools.iter())
        .map(|p| p.languages.as_slice())
        .collect();
    let is_plain = week.pools.len() == 1 && week.languages.len() == 1;
    let (mut serving, mut missing) = (Vec::new(), Vec::new());
    for (interval, duty) in duty.iter().enumerate() {
        let mut left: Vec<u32> = week
            .languages
            .iter()
            .map(|l| l.required[interval])
            .collect();
        let shares = serve(duty, &speaks, &left);
        for (pool, shares) in shares.into_iter().enumerate() {
            for (&language, agents) in speaks[pool].iter().zip(shares) {
                left[language] -= agents;
                if agents > 0 && !is_plain {
                    serving.push(Serving {
                        pool,
                        interval,
                        language,
                        agents,
                    });
                }
            }
        }
        let short = left
            .into_iter()
            .enumerate()
            .filter(|(_, agents)| *agents > 0);
        missing.extend(short.map(|(language, agents)| Missing {
            language,
            interval,
            agents,
        }));
    }
    serving.sort_by_key(|s| (s.pool, s.interval, s.language));
    missing.sort_by_key(|m| (m.language, m.interval));
    (serving, missing)
}
