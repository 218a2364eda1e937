//! An agent as the search sees them: what may be worked, and what a line of duties is worth.

use std::ops::Range;

use super::Penalty;
use super::facts::{Facts, facts};
use super::work::{MEASURES, Work, load};
use crate::calendar::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc};
use crate::scheduling::law::{LawContext, shift_class};
use crate::workforce::law::{ClockClass, LabourLaw};
use crate::workforce::{Fairness, Pool, Staff, Wish, WishDay, WishFor};

/// Duties by day.
pub(super) type Line = Vec<Option<usize>>;

/// One agent.
#[derive(Debug)]
pub(super) struct Person<'p> {
    pub(super) facts: Facts<'p>,
    pub(super) law: LawContext<'p>,
    /// What stands against each duty by itself.
    pub(super) alone: Vec<Option<&'static str>>,
    /// Wishes of each day.
    wishes: Vec<Vec<&'p Wish>>,
    /// What the known history holds.
    pub(super) worked: [f64; MEASURES],
    /// What counts as worked before, and the fair share of all.
    past: [f64; MEASURES],
    target: [f64; MEASURES],
    /// Minutes that are guaranteed in each week.
    due: Vec<f64>,
}

/// The facts of the agents of a pool that names them: who may take what is asked of each.
pub(in crate::scheduling) fn takers(pool: &Pool) -> Vec<Facts<'_>> {
    let staff = pool.staff.as_ref();
    staff.map_or_else(Vec::new, |staff| facts(pool, staff))
}

/// What the persons of a pool are built from.
pub(super) struct Source<'p> {
    pub(super) pool: &'p Pool,
    pub(super) staff: &'p Staff,
    pub(super) law: &'p LabourLaw,
    pub(super) first: NaiveDate,
    /// Local days of the horizon.
    pub(super) days: usize,
}

/// Everybody, in the order of the staff.
pub(super) fn persons<'p>(source: &Source<'p>, work: &Work) -> Vec<Person<'p>> {
    let (pool, staff) = (source.pool, source.staff);
    let mut persons: Vec<Person<'p>> = facts(pool, staff)
        .into_iter()
        .map(|facts| person(source, work, facts))
        .collect();
    share(source, work, &mut persons);
    persons
}

fn person<'p>(source: &Source<'p>, work: &Work, facts: Facts<'p>) -> Person<'p> {
    let (pool, staff, law) = (source.pool, source.staff, source.law);
    let mut context = LawContext::new(law, pool.zone, source.first);
    context.holidays = pool.holidays_by_law(law);
    context.contract_hours = facts.contract.guaranteed_hours;
    context.history.clone_from(&facts.history);
    let year = |shift: &&crate::workforce::Shift| {
        pool.zone.local(shift.start).date().year() == source.first.year()
    };
    let hours = facts.history.iter().filter(year);
    context.year_hours = hours
        .map(|s| (s.end - s.start).num_minutes() as f64 / 60.0)
        .sum();
    let alone = work.duties.iter().map(|duty| {
        let shift = &duty.shift;
        let own = facts.objection(pool, &shift.shift_type, shift.start, shift.end);
        own.or(duty.unlawful)
    });
    let mut past = [0.0; MEASURES];
    for shift in &facts.history {
        let local = pool.zone.local(shift.start);
        let minutes = (shift.end - shift.start).num_minutes();
        let class = shift_class(law, pool.zone, shift.start, shift.end).class;
        let minute = local.hour() * 60 + local.minute();
        let is_night = class == ClockClass::Night;
        add(
            &mut past,
            &load(&staff.fairness, minutes, is_night, local.weekday(), minute),
        );
    }
    let absent = |date: NaiveDate| is_absent(pool, &facts, date);
    let asks = |date: NaiveDate| {
        let own = staff.wishes.iter().filter(|w| w.agent == facts.agent.name);
        let about = own.filter(move |w| match w.day {
            WishDay::Date(day) => day == date,
            WishDay::Weekday(day) => day == date.weekday(),
            WishDay::Every => true,
        });
        let inside = horizon(source).contains(&date) && !absent(date);
        about.filter(move |_| inside).collect()
    };
    let wishes = (0..work.days()).map(|day| asks(work.date(day))).collect();
    let weeks = source.days.div_ceil(7);
    let present = |week: usize| {
        let days = (week * 7..source.days.min(week * 7 + 7)).map(|day| later(source.first, day));
        days.filter(|&date| !absent(date)).count() as f64
    };
    let due = (0..weeks).map(|w| facts.contract.guaranteed_hours * 60.0 * present(w) / 7.0);
    Person {
        alone: alone.collect(),
        law: context,
        wishes,
        worked: past,
        past,
        target: [0.0; MEASURES],
        due: due.collect(),
        facts,
    }
}

fn later(date: NaiveDate, days: usize) -> NaiveDate {
    let days = TimeDelta::days(i64::try_from(days).unwrap_or(0));
    date.checked_add_signed(days).unwrap_or(date)
}

fn horizon(source: &Source<'_>) -> Range<NaiveDate> {
    source.first..later(source.first, source.days)
}

/// Whether an absence touches a local day.
fn is_absent(pool: &Pool, facts: &Facts<'_>, date: NaiveDate) -> bool {
    let (from, to) = (
        pool.zone.day_start(date),
        pool.zone.day_start(later(date, 1)),
    );
    let away = |&(start, end): &(DateTime<Utc>, DateTime<Utc>)| start < to && from < end;
    facts.absent.iter().any(away)
}

fn add(sum: &mut [f64; MEASURES], more: &[f64; MEASURES]) {
    sum.iter_mut().zip(more).for_each(|(s, m)| *s += m);
}

/// Divides what there is by contract hours and presence, nights, weekends and starts together with
/// the history. Who has no history counts as having had their share of the others'.
fn share(source: &Source<'_>, work: &Work, persons: &mut [Person<'_>]) {
    let dates = || (0..source.days).map(|day| later(source.first, day));
    let weight = |p: &Person<'_>| {
        let present = dates().filter(|&d| !is_absent(source.pool, &p.facts, d));
        p.facts.contract.week_hours * present.count() as f64
    };
    let weights: Vec<f64> = persons.iter().map(weight).collect();
    let all: f64 = weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let mut total = [0.0; MEASURES];
    for (duty, stock) in work.duties.iter().zip(&work.stock) {
        let people = stock.len() as f64;
        let loads = duty.loads.map(|l| l * people);
        add(&mut total, &loads);
    }
    let contract = |p: &Person<'_>| p.facts.contract.week_hours;
    let known = |p: &&Person<'_>| !p.facts.history.is_empty();
    let old: f64 = persons.iter().filter(known).map(contract).sum();
    let mut before = [0.0; MEASURES];
    for person in persons.iter().filter(known) {
        add(&mut before, &person.past);
    }
    for person in persons.iter_mut() {
        if person.facts.history.is_empty() && old > 0.0 {
            let part = contract(person) / old;
            person.past = before.map(|b| b * part);
        }
        // Hours are shared for the horizon alone.
        person.past[0] = 0.0;
    }
    for person in persons.iter() {
        add(&mut total, &person.past);
    }
    for (person, weight) in persons.iter_mut().zip(weights) {
        person.target = total.map(|t| t * weight / all);
    }
}

impl Person<'_> {
    /// Days on which a wish is kept and broken, and what counts against a line.
    pub(super) fn judged(
        &self,
        work: &Work,
        line: &Line,
        fairness: &Fairness,
    ) -> ((u32, u32), Penalty) {
        let mut penalty = Penalty::default();
        let mut tally = (0, 0);
        let mut loads = self.past;
        for (day, &duty) in line.iter().enumerate() {
            for wish in &self.wishes[day] {
                if is_so(&wish.what, duty, work) == wish.wanted {
                    tally.0 += 1;
                } else {
                    tally.1 += 1;
                    penalty.wishes += wish.weight;
                }
            }
            if let Some(duty) = duty {
                add(&mut loads, &work.duties[duty].loads);
            }
        }
        let off = loads.iter().zip(&self.target).map(|(l, t)| (l - t).powi(2));
        penalty.fairness = fairness.weight * off.sum::<f64>();
        penalty.unworked_hours = self.unworked(work, line);
        (tally, penalty)
    }

    /// Guaranteed hours that a line does not hold.
    fn unworked(&self, work: &Work, line: &Line) -> f64 {
        if self.facts.contract.guaranteed_hours <= 0.0 {
            return 0.0;
        }
        let mut left = self.due.clone();
        for &duty in line.iter().flatten() {
            let duty = &work.duties[duty];
            if let Some(week) = left.get_mut(duty.week) {
                *week -= duty.minutes as f64;
            }
        }
        left.iter().map(|m| m.max(0.0) / 60.0).sum()
    }

    pub(super) fn cost(&self, work: &Work, line: &Line, fairness: &Fairness) -> f64 {
        self.judged(work, line, fairness).1.total()
    }
}

/// Whether a day is what a wish is about.
fn is_so(what: &WishFor, duty: Option<usize>, work: &Work) -> bool {
    let Some(duty) = duty.map(|d| &work.duties[d]) else {
        return *what == WishFor::Free;
    };
    match what {
        WishFor::Free => false,
        WishFor::Work => true,
        WishFor::Early => duty.minute < 720,
        WishFor::Late => duty.minute >= 720,
        WishFor::Night => duty.is_night,
        WishFor::Shift(kind) => duty.shift.shift_type == *kind,
    }
}
