//! Tiny random problems, and their optimum by an enumeration that shares nothing with the
//! crate.

use std::time::Duration;

use proptest::prelude::*;
use wfm::scheduling::Problem;
use wfm::workforce::{Announced, BreakPlacement, BreakType, Commitment, KeptShifts, Limits, Shift};

use super::support::{group, hours, monday, money, morning, pool, problem, shift, utc};

const LANGUAGES: [&str; 2] = ["de", "fr"];

/// A pool with one kind of shift that starts at one or two hours of the day.
#[derive(Debug, Clone)]
struct Crew {
    speaks: Vec<bool>,
    price: f64,
    surcharge: f64,
    first: u32,
    starts: u32,
    length: u64,
    /// An hour's break after one or two hours, and whether it is paid.
    pause: Option<bool>,
    least: Option<u32>,
    most: Option<u32>,
    commitment: Option<Commitment>,
}

#[derive(Debug, Clone)]
pub(crate) struct Tiny {
    needs: Vec<Vec<u32>>,
    crews: Vec<Crew>,
    missing: f64,
    /// People agreed on each shift that could be worked, and the price of a change.
    kept: Option<(Vec<u32>, f64)>,
}

impl Tiny {
    fn intervals(&self) -> usize {
        self.needs[0].len()
    }

    pub(crate) fn problem(&self) -> Problem {
        let groups = LANGUAGES.iter().zip(&self.needs);
        let groups = groups.map(|(l, needs)| group(l, needs)).collect();
        let pools = self.crews.iter().enumerate().map(|(p, crew)| {
            let spoken: Vec<&str> = (LANGUAGES.iter().zip(&crew.speaks))
                .filter_map(|(&l, &speaks)| speaks.then_some(l))
                .collect();
            let mut kind = shift("day", crew.length, crew.first, crew.first + crew.starts - 1);
            kind.breaks.extend(crew.pause.map(|paid| BreakType {
                id: "lunch".to_owned(),
                length: hours(1),
                earliest: hours(1),
                latest: hours(2),
                paid,
            }));
            let mut pool = pool(&format!("pool {p}"), &spoken, crew.price).with_shift(kind);
            let dear = money(crew.price + crew.surcharge);
            pool.price.by_language.insert("fr".into(), dear);
            pool.commitment = crew.commitment;
            pool.limits = Limits {
                shifts_per_day_min: crew.least,
                shifts_per_day_max: crew.most,
                ..Limits::default()
            };
            pool
        });
        let mut problem = problem(morning(self.intervals()), pools.collect(), groups);
        problem.understaffing_per_hour = money(self.missing);
        problem.kept = self.kept.as_ref().map(|(people, price)| KeptShifts {
            shifts: (self.starts().iter().zip(people))
                .map(|(&(p, hour), &count)| self.agreed(p, hour, count))
                .collect(),
            price_per_change: money(*price),
            announced: Announced::default(),
        });
        problem
    }

    /// Pool and first hour of each shift that could be worked.
    fn starts(&self) -> Vec<(usize, u32)> {
        let of_crew = |(p, crew): (usize, &Crew)| {
            let hours = crew.first..crew.first + crew.starts;
            hours.map(move |hour| (p, hour)).collect::<Vec<_>>()
        };
        self.crews.iter().enumerate().flat_map(of_crew).collect()
    }

    /// A shift with breaks as early as they may be.
    fn agreed(&self, p: usize, hour: u32, count: u32) -> Shift {
        let (crew, start) = (&self.crews[p], utc(monday(), hour, 0));
        let at = |hours: u64| start + Duration::from_secs(3600 * hours);
        let pause = |paid| BreakPlacement {
            start: at(1),
            end: at(2),
            count,
            paid,
        };
        Shift {
            pool: format!("pool {p}").as_str().into(),
            shift_type: "day".into(),
            start,
            end: at(crew.length),
            count,
            breaks: crew.pause.map(pause).into_iter().collect(),
        }
    }
}

fn price() -> impl Strategy<Value = f64> {
    prop_oneof![1 => Just(0.0), 4 => (1u32..40).prop_map(f64::from), 4 => 1.0..40.0]
}

fn commitment() -> impl Strategy<Value = Option<Commitment>> {
    prop_oneof![
        3 => Just(None),
        1 => (0u32..3).prop_map(|n| Some(Commitment::ShiftsPerDay(n))),
        1 => (0.0..8.0).prop_map(|h| Some(Commitment::HoursPerWeek(h))),
    ]
}

fn crew(groups: usize) -> impl Strategy<Value = Crew> {
    let pause = prop_oneof![3 => Just(None), 1 => any::<bool>().prop_map(Some)];
    let limit = || prop_oneof![2 => Just(None), 1 => (0u32..4).prop_map(Some)];
    let time = (9u32..12, 1u32..3, 2u64..5, pause);
    let cost = (price(), prop_oneof![Just(0.0), 0.5..9.0], commitment());
    let speaks = proptest::collection::vec(any::<bool>(), groups);
    (speaks, time, cost, limit(), limit()).prop_map(|(speaks, time, cost, least, most)| {
        let (first, starts, length, pause) = time;
        let speaks = if speaks.contains(&true) {
            speaks
        } else {
            vec![true; speaks.len()]
        };
        Crew {
            speaks,
            price: cost.0,
            surcharge: cost.1,
            first,
            starts,
            length: if pause.is_some() { 4 } else { length },
            pause,
            least,
            most: most.map(|m: u32| m.max(least.unwrap_or(0))),
            commitment: cost.2,
        }
    })
}

pub(crate) fn tiny() -> impl Strategy<Value = Tiny> {
    (1usize..3, 1usize..3, 4usize..7).prop_flat_map(|(pools, groups, n)| {
        let needs = proptest::collection::vec(0u32..4, n);
        let needs = proptest::collection::vec(needs, groups);
        let crews = proptest::collection::vec(crew(groups), pools);
        let missing = prop_oneof![Just(100.0), 5.0..60.0];
        (needs, crews, missing).prop_map(|(mut needs, mut crews, missing)| {
            // Breaks multiply what is to be tried, so only one crew has them.
            crews.iter_mut().skip(1).for_each(|c| c.pause = None);
            if crews[0].pause.is_some() {
                crews[0].starts = 1;
                needs.iter_mut().flatten().for_each(|n| *n = (*n).min(2));
            }
            Tiny {
                needs,
                crews,
                missing,
                kept: None,
            }
        })
    })
}

/// The same with shifts that are agreed.
pub(crate) fn tiny_under_way() -> impl Strategy<Value = Tiny> {
    let people = proptest::collection::vec(0u32..3, 4);
    let price = prop_oneof![Just(0.0), 0.5..60.0];
    (tiny(), people, price).prop_map(|(tiny, people, price)| Tiny {
        kept: Some((people, price)),
        ..tiny
    })
}

/// Everything that people could do, tried out.
pub(crate) struct Enumeration<'a> {
    tiny: &'a Tiny,
    /// Pool and first hour of each shift that could be worked.
    starts: Vec<(usize, usize)>,
    /// Cheapest way to serve an hour, by hour and people present.
    serving: Vec<Vec<f64>>,
    best: f64,
}

/// Hours before the first interval that the earliest shift starts.
const EARLY: usize = 1;

/// One more than the most people that are ever useful in an hour.
const CROWD: usize = 7;

/// What has been chosen so far, of each pool.
#[derive(Clone, Default)]
struct Chosen {
    present: Vec<Vec<usize>>,
    people: Vec<u32>,
    hours: Vec<u32>,
    cost: f64,
}

impl<'a> Enumeration<'a> {
    pub(crate) fn optimum(tiny: &'a Tiny) -> f64 {
        let place = |(p, hour): (usize, u32)| (p, usize::try_from(hour + 1 - 10).unwrap());
        let hour = |t: usize| {
            let crowds = (0..CROWD * CROWD).map(|code| [code % CROWD, code / CROWD]);
            crowds.map(move |present| serve(tiny, t, present)).collect()
        };
        let mut all = Self {
            tiny,
            starts: tiny.starts().into_iter().map(place).collect(),
            serving: (0..tiny.intervals()).map(hour).collect(),
            best: f64::INFINITY,
        };
        let pools = tiny.crews.len();
        all.choose(
            0,
            &Chosen {
                present: vec![vec![0; tiny.intervals() + EARLY + 8]; 2],
                people: vec![0; pools],
                hours: vec![0; pools],
                cost: 0.0,
            },
        );
        all.best
    }

    /// No optimum puts more people than this on one shift of a crew.
    fn most(&self, crew: &Crew) -> u32 {
        let needed = |t: usize| self.tiny.needs.iter().map(|n| n[t]).sum::<u32>();
        let peak = (0..self.tiny.intervals()).map(needed).max().unwrap();
        let committed = match crew.commitment {
            Some(Commitment::ShiftsPerDay(n)) => n,
            Some(Commitment::HoursPerWeek(_)) => 8,
            None => 0,
        };
        // Half of them on the first break and half on the last one leave the peak at work.
        let peak = if crew.pause.is_some() { 2 * peak } else { peak };
        let kept = self.tiny.kept.iter().flat_map(|k| k.0.iter().copied());
        peak.max(committed).max(kept.max().unwrap_or(0)) + crew.least.unwrap_or(0)
    }

    fn choose(&mut self, index: usize, chosen: &Chosen) {
        let Some(&(p, start)) = self.starts.get(index) else {
            self.finish(chosen);
            return;
        };
        let crew = &self.tiny.crews[p];
        let length = usize::try_from(crew.length).unwrap();
        let inside = (start..start + length)
            .filter(|&t| t >= EARLY && t < EARLY + self.tiny.intervals())
            .count();
        let inside = u32::try_from(inside).unwrap();
        let limit = crew.most.map_or(u32::MAX, |most| most - chosen.people[p]);
        let unpaid = f64::from(u8::from(crew.pause == Some(false)));
        let paid = f64::from(inside) * (1.0 - unpaid / f64::from(u32::try_from(length).unwrap()));
        for people in 0..=self.most(crew).min(limit) {
            let late_breaks = if crew.pause.is_some() { people } else { 0 };
            for late in 0..=late_breaks {
                let (count, late) = (
                    usize::try_from(people).unwrap(),
                    usize::try_from(late).unwrap(),
                );
                let mut next = chosen.clone();
                for present in &mut next.present[p][start..start + length] {
                    *present += count;
                }
                if crew.pause.is_some() {
                    next.present[p][start + 1] -= count - late;
                    next.present[p][start + 2] -= late;
                }
                next.people[p] += people;
                next.hours[p] += people * inside;
                next.cost += f64::from(people) * paid * crew.price;
                if let Some((kept, price)) = &self.tiny.kept {
                    next.cost += f64::from(people.abs_diff(kept[index])) * price;
                }
                self.choose(index + 1, &next);
            }
        }
    }

    fn finish(&mut self, chosen: &Chosen) {
        let mut cost = chosen.cost;
        for (p, crew) in self.tiny.crews.iter().enumerate() {
            if chosen.people[p] < crew.least.unwrap_or(0) {
                return;
            }
            cost += crew.price
                * match crew.commitment {
                    Some(Commitment::ShiftsPerDay(n)) => {
                        let unused = n.saturating_sub(chosen.people[p]);
                        f64::from(unused) * f64::from(u32::try_from(crew.length).unwrap())
                    }
                    Some(Commitment::HoursPerWeek(h)) => (h - f64::from(chosen.hours[p])).max(0.0),
                    None => 0.0,
                };
        }
        for (t, serving) in self.serving.iter().enumerate() {
            let present = |p: usize| chosen.present[p][t + EARLY].min(CROWD - 1);
            cost += serving[present(0) + CROWD * present(1)];
        }
        self.best = self.best.min(cost);
    }
}

/// Least cost of an hour with so many people present: every whole split is tried.
fn serve(tiny: &Tiny, t: usize, present: [usize; 2]) -> f64 {
    let mut best = f64::INFINITY;
    let need = |g: usize| {
        tiny.needs
            .get(g)
            .map_or(0, |n| usize::try_from(n[t]).unwrap())
    };
    let can = |p: usize, g: usize| {
        let speaks = tiny.crews.get(p).and_then(|c| c.speaks.get(g));
        if speaks == Some(&true) {
            present[p].min(need(g))
        } else {
            0
        }
    };
    let real = |n: usize| f64::from(u32::try_from(n).unwrap());
    for a in 0..=can(0, 0) {
        for b in 0..=can(0, 1).min(present[0] - a) {
            for c in 0..=can(1, 0).min(need(0) - a) {
                for d in 0..=can(1, 1).min(need(1) - b).min(present[1] - c) {
                    let missing = real(need(0) - a - c + need(1) - b - d);
                    let dear = |p: usize| tiny.crews.get(p).map_or(0.0, |c| c.surcharge);
                    let cost = missing * tiny.missing + real(b) * dear(0) + real(d) * dear(1);
                    best = best.min(cost);
                }
            }
        }
    }
    best
}
