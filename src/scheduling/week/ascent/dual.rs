//! The smoothed dual of a week: the sum of its pools and what the prices say about the rest.

use rayon::prelude::*;

use super::kind::share;
use super::layout::Layout;
use super::pool::SoftPool;
use crate::scheduling::week::problem::{StartOption, Week};

/// `L_T(π, σ, μ, ρ)`, which grows towards the bound `L` as the temperature `T` falls.
///
/// ```text
/// L_T = Σ π_lt r_lt − Σ σ_st seats_s + Σ μ_s minimum_s + Σ_{pool, day} φ
/// ∂/∂π_lt = r_lt − serving      ∂/∂σ_st = present − seats_s
/// ∂/∂μ_s  = minimum_s − paid    ∂/∂ρ_c  = Σ_o x_o (100 [o is of the kind of c] − h_c)
/// ```
#[derive(Debug)]
pub(super) struct SoftDual<'a> {
    week: &'a Week,
    /// Where the prices lie.
    pub(super) layout: Layout,
    pools: Vec<SoftPool>,
    /// The gradient at the point last evaluated without the part of the pools.
    wanted: Vec<f64>,
    /// The gradient at the point last evaluated.
    pub(super) gradient: Vec<f64>,
}

impl<'a> SoftDual<'a> {
    /// The dual of a week with these options.
    pub(super) fn new(week: &'a Week, options: &[StartOption]) -> Self {
        let layout = Layout::new(week);
        let guess = shifts_by_day(week).into_iter().fold(1.0, f64::max) * 1.5;
        let of_pools = options.chunk_by(|a, b| a.pool == b.pool);
        let pools = of_pools.filter_map(|own| SoftPool::new(week, own, guess));
        let mut wanted = vec![0.0; layout.len];
        let required = week.languages.iter().flat_map(|l| &l.required);
        for (own, &r) in wanted.iter_mut().zip(required) {
            *own = f64::from(r);
        }
        for (s, site) in week.sites.iter().enumerate() {
            let from = layout.seats + s * layout.intervals;
            wanted[from..from + layout.intervals].fill(-f64::from(site.seats.unwrap_or(0)));
            wanted[layout.paid + s] = site.paid_minimum as f64;
        }
        Self {
            week,
            layout,
            pools: pools.collect(),
            gradient: wanted.clone(),
            wanted,
        }
    }

    /// The value at a point; the gradient is kept. The sums run in a fixed order.
    pub(super) fn evaluate(&mut self, point: &[f64], temperature: f64) -> f64 {
        let (week, layout) = (self.week, self.layout);
        self.pools
            .par_iter_mut()
            .for_each(|pool| pool.choose(week, &layout, point, temperature));
        let common = self.wanted.iter().zip(point).map(|(w, p)| w * p);
        let value = common.sum::<f64>() + self.pools.iter().map(|p| p.value).sum::<f64>();
        self.gradient.copy_from_slice(&self.wanted);
        for pool in &self.pools {
            for (at, l) in pool.languages().iter().enumerate() {
                let of_language = &mut self.gradient[l * layout.intervals..];
                for (own, serving) in of_language.iter_mut().zip(pool.serving(at)) {
                    *own -= serving;
                }
            }
            let from = layout.seats + pool.site() * layout.intervals;
            let seats = &mut self.gradient[from..from + layout.intervals];
            for (own, present) in seats.iter_mut().zip(&pool.present) {
                *own += present;
            }
            for (shift_type, paid, people) in pool.worked() {
                self.gradient[layout.paid + pool.site()] -= paid * people;
                for (c, cap) in week.share_caps.iter().enumerate() {
                    self.gradient[layout.shares + c] += share(cap, shift_type) * people;
                }
            }
        }
        value
    }

    /// People on each option at the point last evaluated.
    pub(super) fn activity(&self) -> Vec<f64> {
        let pools = self.pools.iter().flat_map(|pool| &pool.activity);
        pools.copied().collect()
    }

    /// People on duty in each interval of each option, option after option.
    pub(super) fn duties(&self) -> Vec<f64> {
        self.pools.iter().flat_map(SoftPool::duties).collect()
    }

    /// Raises the guessed caps of pools that have none; whether any was too low.
    pub(super) fn widen(&mut self) -> bool {
        let wider = self.pools.iter_mut().map(SoftPool::widen);
        wider.fold(false, |any, is_wider| any | is_wider)
    }

    /// How fast the gradient may turn with each price, for a temperature of 1: what is on duty,
    /// seated, paid or counted, times what one shift adds to it.
    pub(super) fn stiffness(&self) -> Vec<f64> {
        let (week, layout) = (self.week, self.layout);
        let agents = week.languages.iter().flat_map(|l| &l.required);
        let agents: f64 = agents.map(|&r| f64::from(r)).sum();
        let longest = week.shift_types.iter().map(|k| k.length).max().unwrap_or(1) as f64;
        let sites = week.sites.len().max(1) as f64;
        let present = agents / layout.intervals.max(1) as f64 / sites;
        let mut stiffness: Vec<f64> = self.wanted.iter().map(|w| w.abs().max(1.0)).collect();
        for seats in &mut stiffness[layout.seats..layout.paid] {
            *seats = seats.max(present);
        }
        for paid in &mut stiffness[layout.paid..layout.shares] {
            *paid *= longest;
        }
        let shifts = shifts_by_day(week).iter().sum::<f64>().max(1.0);
        let caps = stiffness[layout.shares..].iter_mut();
        for (own, cap) in caps.zip(&week.share_caps) {
            let h = f64::from(cap.hundredths);
            *own = shifts * (h * (100.0 - h)).max(100.0);
        }
        stiffness
    }
}

/// Intervals on duty of a shift, on average over the kinds; at least 1.
pub(super) fn mean_duty(week: &Week) -> f64 {
    let duty = week.shift_types.iter().map(|k| {
        let away: usize = k.breaks.iter().map(|b| b.length).sum();
        k.length.saturating_sub(away) as f64
    });
    (duty.sum::<f64>() / week.shift_types.len().max(1) as f64).max(1.0)
}

/// Shifts that each day may take: what its hours and its peak ask for, all languages together.
fn shifts_by_day(week: &Week) -> Vec<f64> {
    let mut agents = vec![0.0; week.intervals];
    for language in &week.languages {
        for (total, &required) in agents.iter_mut().zip(&language.required) {
            *total += f64::from(required);
        }
    }
    let duty = mean_duty(week);
    let days = agents.chunks(week.intervals_per_day.max(1));
    days.map(|of_day| {
        let peak = of_day.iter().copied().fold(0.0, f64::max);
        peak.max(of_day.iter().sum::<f64>() / duty)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheduling::week::certificate::Certificate;
    use crate::scheduling::week::prices::PRICE_SCALE;
    use crate::scheduling::week::{
        ShareCap, WeekBreak, WeekLanguage, WeekPool, WeekShiftType, WeekSite, WeekStarts,
    };

    /// Two days of six intervals, two languages, a capped pool that speaks both.
    fn week() -> Week {
        let lunch = WeekBreak {
            id: "lunch".into(),
            length: 1,
            first: 1,
            last: 2,
            is_paid: false,
        };
        let starts = WeekStarts {
            from: 1,
            to: 5,
            step: 2,
        };
        Week {
            name: String::new(),
            interval_minutes: 240,
            intervals: 12,
            intervals_per_day: 6,
            languages: [3, 2]
                .map(|required| WeekLanguage {
                    id: String::new(),
                    required: vec![required; 12],
                })
                .into(),
            shift_types: vec![WeekShiftType {
                id: "long".into(),
                length: 4,
                breaks: vec![lunch],
            }],
            pools: vec![WeekPool {
                id: String::new(),
                site: 0,
                languages: vec![0, 1],
                wages: (0..12).map(|t| 90 + 7 * (t % 5)).collect(),
                base_wage: 90,
                fixed_cost: 50,
                offset: -1,
                starts: vec![Some(starts)],
                shifts_per_day: Some(7),
            }],
            sites: vec![WeekSite {
                id: String::new(),
                seats: Some(6),
                paid_minimum: 12,
            }],
            share_caps: vec![ShareCap {
                shift_type: 0,
                hundredths: 90,
            }],
            understaffing: Some(400),
            kept: None,
        }
    }

    /// Somewhere off every kink.
    fn point(dual: &SoftDual<'_>) -> Vec<f64> {
        let spread = |i: usize| 20.0 + ((i * 37) % 23) as f64 * 6.5;
        let mut point: Vec<f64> = (0..dual.layout.len).map(spread).collect();
        point[dual.layout.shares] = 0.3;
        point
    }

    #[test]
    fn the_gradient_is_the_slope() {
        let week = week();
        let mut dual = SoftDual::new(&week, &week.options());
        let point = point(&dual);
        dual.evaluate(&point, 40.0);
        let gradient = dual.gradient.clone();
        for i in 0..point.len() {
            let mut moved = point.clone();
            moved[i] += 1e-3;
            let above = dual.evaluate(&moved, 40.0);
            moved[i] -= 2e-3;
            let slope = (above - dual.evaluate(&moved, 40.0)) / 2e-3;
            let size = slope.abs().max(1.0);
            assert!((slope - gradient[i]).abs() < 1e-4 * size, "{i}: {slope}");
        }
    }

    #[test]
    fn the_smooth_value_lies_below_the_bound_and_closes_in_on_it() {
        let week = week();
        let options = week.options();
        let mut dual = SoftDual::new(&week, &options);
        let point = point(&dual);
        let prices = dual.layout.prices(&point);
        let proof = Certificate::new(&week, &options, &prices);
        let bound = proof.unwrap().total() as f64 / PRICE_SCALE as f64;
        let mut last = f64::INFINITY;
        for temperature in [100.0, 10.0, 1.0, 0.01] {
            let gap = bound - dual.evaluate(&point, temperature);
            assert!(gap > -0.01 && gap < last + 0.01, "{temperature}: {gap}");
            last = gap;
        }
        assert!(last < 1.0, "{last}");
    }
}
