//! The soft choices of one pool: which language, where the breaks, which shift if any.

use super::exponential::exp;
use super::kind::{Kind, add_up, soft_least};
use super::layout::Layout;
use crate::scheduling::week::problem::{StartOption, Week};

/// One pool, what it offers, and what its people would do at the prices last seen.
///
/// ```text
/// v_t = T ln Σ_l e^(π_lt / T)                                   worth of an interval on duty
/// d_o = C_o − Σ v_t + Σ_breaks −T ln Σ_places e^(−Σ v_t / T)    reduced cost of a shift
/// φ   = −cap · T ln (1 + Σ_o e^(−d_o / T))                      of each day
/// ```
#[derive(Debug)]
pub(super) struct SoftPool {
    intervals: usize,
    site: usize,
    languages: Vec<usize>,
    kinds: Vec<Kind>,
    starts: Vec<usize>,
    days: Vec<usize>,
    costs: Vec<f64>,
    /// Shifts a day, at most; a guess where the pool has no cap.
    caps: Vec<f64>,
    is_capped: bool,
    /// Worth of an interval, around the week and on beyond its end, added up from the start.
    worth: Vec<f64>,
    /// Prices of seats, added up likewise.
    seat: Vec<f64>,
    /// Share of each language among those on duty, by language and interval.
    mix: Vec<f64>,
    /// Share of each place among those who take a break, by kind, break, option and place.
    places: Vec<f64>,
    reduced: Vec<f64>,
    /// People on each option.
    pub(super) activity: Vec<f64>,
    /// People present in each interval; longer than the week, of use up to its end.
    pub(super) present: Vec<f64>,
    /// People away on a break, and then those on duty, likewise.
    on_duty: Vec<f64>,
    leaving: Vec<f64>,
    /// The sum of `φ` over the days.
    pub(super) value: f64,
}

impl SoftPool {
    /// The pool of some options, all of them its own; `guess` is for pools without a daily cap.
    pub(super) fn new(week: &Week, options: &[StartOption], guess: f64) -> Option<Self> {
        let pool = &week.pools[options.first()?.pool];
        let (mut kinds, mut seen, mut places) = (Vec::new(), 0, 0);
        for of_kind in options.chunk_by(|a, b| a.shift_type == b.shift_type) {
            let shift = &week.shift_types[of_kind[0].shift_type];
            let widths = shift.breaks.iter().map(|b| b.last - b.first + 1);
            places += of_kind.len() * widths.sum::<usize>();
            kinds.push(Kind {
                shift_type: of_kind[0].shift_type,
                length: shift.length,
                paid: shift.paid() as f64,
                breaks: shift.breaks.clone(),
                options: seen..seen + of_kind.len(),
            });
            seen += of_kind.len();
        }
        let longest = kinds.iter().map(|k| k.length).max().unwrap_or(0);
        let around = vec![0.0; week.intervals + longest + 1];
        let cap = pool.shifts_per_day.map_or(guess, f64::from);
        Some(Self {
            intervals: week.intervals,
            site: pool.site,
            languages: pool.languages.clone(),
            kinds,
            starts: options.iter().map(|o| o.start).collect(),
            days: options.iter().map(|o| o.day).collect(),
            costs: options.iter().map(|o| o.cost as f64).collect(),
            caps: vec![cap; week.days()],
            is_capped: pool.shifts_per_day.is_some(),
            worth: around.clone(),
            seat: around.clone(),
            mix: vec![1.0; pool.languages.len() * week.intervals],
            places: vec![0.0; places],
            reduced: vec![0.0; options.len()],
            activity: vec![0.0; options.len()],
            present: around.clone(),
            on_duty: around.clone(),
            leaving: around,
            value: 0.0,
        })
    }

    /// Chooses at a point and a temperature.
    pub(super) fn choose(&mut self, week: &Week, layout: &Layout, point: &[f64], temperature: f64) {
        self.weigh_languages(layout, point, temperature);
        add_up(&mut self.seat, layout.site(point, self.site));
        let mut places = self.places.as_mut_slice();
        for kind in &self.kinds {
            let credits = kind.credits(&week.share_caps, layout, point, self.site);
            let of_kind = kind.options.clone();
            let starts = &self.starts[of_kind.clone()];
            let reduced = &mut self.reduced[of_kind.clone()];
            for ((&s, d), cost) in starts
                .iter()
                .zip(reduced.iter_mut())
                .zip(&self.costs[of_kind])
            {
                let seats = self.seat[s + kind.length] - self.seat[s];
                *d = cost + credits + seats - (self.worth[s + kind.length] - self.worth[s]);
            }
            for b in &kind.breaks {
                let width = b.last - b.first + 1;
                let (of_break, rest) = places.split_at_mut(starts.len() * width);
                places = rest;
                let of_break = of_break.chunks_exact_mut(width);
                for ((&s, d), shares) in starts.iter().zip(reduced.iter_mut()).zip(of_break) {
                    let from = s + b.first;
                    let (begin, end) = (&self.worth[from..], &self.worth[from + b.length..]);
                    *d += soft_least(begin, end, shares, temperature);
                }
            }
        }
        self.weigh_shifts(temperature);
        self.follow_people();
    }

    /// Agents on duty who serve the language in place `at` of the pool's own, by interval.
    pub(super) fn serving(&self, at: usize) -> impl Iterator<Item = f64> + '_ {
        let n = self.intervals;
        let of_language = &self.mix[at * n..(at + 1) * n];
        of_language.iter().zip(&self.on_duty).map(|(m, d)| m * d)
    }

    /// People on duty in each interval of each option, option after option.
    pub(super) fn duties(&self) -> Vec<f64> {
        let mut duties = Vec::new();
        let mut places = self.places.as_slice();
        for kind in &self.kinds {
            let activity = &self.activity[kind.options.clone()];
            let from = duties.len();
            for &people in activity {
                duties.extend(std::iter::repeat_n(people, kind.length));
            }
            for b in &kind.breaks {
                let width = b.last - b.first + 1;
                let (of_break, rest) = places.split_at(activity.len() * width);
                places = rest;
                let shifts = duties[from..].chunks_exact_mut(kind.length.max(1));
                let taken = activity.iter().zip(of_break.chunks_exact(width));
                for (duty, (people, shares)) in shifts.zip(taken) {
                    for (place, share) in shares.iter().enumerate() {
                        for on_duty in &mut duty[b.first + place..][..b.length] {
                            *on_duty -= people * share;
                        }
                    }
                }
            }
        }
        duties
    }

    /// The languages of the pool.
    pub(super) fn languages(&self) -> &[usize] {
        &self.languages
    }

    /// The site of the pool.
    pub(super) fn site(&self) -> usize {
        self.site
    }

    /// Kinds of shift, the paid intervals of one, and how many are worked.
    pub(super) fn worked(&self) -> impl Iterator<Item = (usize, f64, f64)> + '_ {
        self.kinds.iter().map(|kind| {
            let people = self.activity[kind.options.clone()].iter().sum();
            (kind.shift_type, kind.paid, people)
        })
    }

    /// Raises guessed caps that are nearly used up; whether there were any.
    pub(super) fn widen(&mut self) -> bool {
        const FULL: f64 = 0.9;
        if self.is_capped {
            return false;
        }
        let mut used = vec![0.0; self.caps.len()];
        for (&day, people) in self.days.iter().zip(&self.activity) {
            used[day] += people;
        }
        let mut is_wider = false;
        for (cap, used) in self.caps.iter_mut().zip(used) {
            if used > FULL * *cap {
                *cap *= 1.5;
                is_wider = true;
            }
        }
        is_wider
    }

    fn weigh_languages(&mut self, layout: &Layout, point: &[f64], temperature: f64) {
        let n = layout.intervals;
        let mut worth = vec![0.0_f64; n];
        for &l in &self.languages {
            for (best, &price) in worth.iter_mut().zip(layout.language(point, l)) {
                *best = best.max(price);
            }
        }
        if self.languages.len() > 1 {
            let mut total = vec![0.0; n];
            for (&l, mix) in self.languages.iter().zip(self.mix.chunks_exact_mut(n)) {
                let prices = layout.language(point, l).iter().zip(&worth);
                for ((m, sum), (price, best)) in mix.iter_mut().zip(&mut total).zip(prices) {
                    *m = exp((price - best) / temperature);
                    *sum += *m;
                }
            }
            for mix in self.mix.chunks_exact_mut(n) {
                for (m, sum) in mix.iter_mut().zip(&total) {
                    *m /= sum;
                }
            }
            for (best, sum) in worth.iter_mut().zip(&total) {
                *best += temperature * sum.ln();
            }
        }
        add_up(&mut self.worth, &worth);
    }

    fn weigh_shifts(&mut self, temperature: f64) {
        let mut least = vec![0.0_f64; self.caps.len()];
        for (&day, &d) in self.days.iter().zip(&self.reduced) {
            least[day] = least[day].min(d);
        }
        let mut total: Vec<f64> = least.iter().map(|d| exp(d / temperature)).collect();
        let options = self.days.iter().zip(&self.reduced).zip(&mut self.activity);
        for ((&day, d), people) in options {
            *people = exp((least[day] - d) / temperature);
            total[day] += *people;
        }
        for (&day, people) in self.days.iter().zip(&mut self.activity) {
            *people *= self.caps[day] / total[day];
        }
        let days = self.caps.iter().zip(&least).zip(&total);
        self.value = days
            .map(|((cap, d), sum)| cap * (d - temperature * sum.ln()))
            .sum();
    }

    /// Adds up who is present and who is on duty.
    fn follow_people(&mut self) {
        self.present.fill(0.0);
        self.on_duty.fill(0.0);
        let mut places = self.places.as_slice();
        for kind in &self.kinds {
            let starts = &self.starts[kind.options.clone()];
            let activity = &self.activity[kind.options.clone()];
            for (&s, people) in starts.iter().zip(activity) {
                self.present[s] += people;
                self.present[s + kind.length] -= people;
            }
            for b in &kind.breaks {
                let width = b.last - b.first + 1;
                let (of_break, rest) = places.split_at(starts.len() * width);
                places = rest;
                self.leaving.fill(0.0);
                let of_break = of_break.chunks_exact(width);
                for ((&s, people), shares) in starts.iter().zip(activity).zip(of_break) {
                    let leaving = &mut self.leaving[s + b.first..];
                    for (leave, share) in leaving.iter_mut().zip(shares) {
                        *leave += people * share;
                    }
                }
                for (t, &leave) in self.leaving.iter().enumerate() {
                    if leave > 0.0 {
                        self.on_duty[t] -= leave;
                        self.on_duty[t + b.length] += leave;
                    }
                }
            }
        }
        let (mut present, mut away) = (0.0, 0.0);
        for (here, duty) in self.present.iter_mut().zip(&mut self.on_duty) {
            present += *here;
            away += *duty;
            *here = present;
            *duty = present + away;
        }
        for series in [&mut self.present, &mut self.on_duty] {
            for t in (self.intervals..series.len()).rev() {
                series[t - self.intervals] += series[t];
            }
        }
    }
}
