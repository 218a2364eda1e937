//! Extra pay by the law's premiums.
//!
//! Every shift is cut where something changes: at the edges of nights, days and breaks, and where
//! overtime begins or its price changes. A piece then has one rate.
//!
//! ```text
//! extra_name = Σ_pieces hours · share · rate        rate = 1, or with the premiums before it
//! ```

use std::collections::BTreeMap;

use super::LawContext;
use super::class::{nights, shift_class};
use super::time::{HOURS, days_of, monday, start_day, worked_between};
use crate::calendar::{DateTime, Datelike, NaiveDate, Utc, Weekday};
use crate::workforce::law::{HolidayKind, LawPremium, Stacking};
use crate::workforce::{Shift, Tour};

/// Extra pay of a tour, in hours of base pay.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ExtraPay {
    /// Paid hours of the tour.
    pub hours: f64,
    /// Overtime hours among them.
    pub overtime_hours: f64,
    /// Hours of base pay to be paid on top, by the name of the premium.
    pub by_name: BTreeMap<String, f64>,
}

impl ExtraPay {
    /// Hours of base pay to be paid on top, all premiums together.
    pub fn total(&self) -> f64 {
        self.by_name.values().sum()
    }
}

/// Overtime hours before a piece.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    day: f64,
    week: f64,
    year: f64,
}

/// Part of a shift in which nothing changes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) date: NaiveDate,
    pub(super) hours: f64,
    /// Overtime before it, when it is overtime.
    pub(super) overtime: Option<Before>,
    night: bool,
    holiday: Option<HolidayKind>,
    rest_day: bool,
}

/// What has been worked so far.
#[derive(Debug, Default)]
struct Counters {
    day: Option<NaiveDate>,
    week: Option<NaiveDate>,
    day_hours: f64,
    /// Share of the week's ordinary hours.
    week_share: f64,
    overtime: Before,
}

/// The pieces of a tour's shifts in order.
pub(super) fn pieces(context: &LawContext<'_>, tour: &Tour) -> Vec<Piece> {
    let mut counters = Counters::default();
    counters.overtime.year = context.year_overtime;
    let mut found = Vec::new();
    for (shift, is_new) in context.line(tour) {
        let year = counters.overtime.year;
        let made = pieces_of(context, shift, &mut counters);
        if is_new {
            found.extend(made);
        } else {
            // The overtime of the history is in the year's already.
            counters.overtime.year = year;
        }
    }
    found
}

fn cuts(context: &LawContext<'_>, shift: &Shift) -> Vec<DateTime<Utc>> {
    let mut cuts = vec![shift.start, shift.end];
    cuts.extend(shift.breaks.iter().flat_map(|b| [b.start, b.end]));
    let nights = nights(context.law, context.zone, shift.start, shift.end);
    cuts.extend(nights.into_iter().flat_map(|(from, to)| [from, to]));
    let days = days_of(context.zone, shift.start, shift.end);
    cuts.extend(days.into_iter().map(|day| context.zone.day_start(day)));
    cuts.retain(|&cut| shift.start <= cut && cut <= shift.end);
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

fn pieces_of(context: &LawContext<'_>, shift: &Shift, counters: &mut Counters) -> Vec<Piece> {
    let (law, zone) = (context.law, context.zone);
    let class = shift_class(law, zone, shift.start, shift.end).class;
    let limits = law.class_limits.map(|limits| limits.of(class));
    let day_most = limits.map(|l| l.day).or(law.overtime.day_hours);
    let week_most = limits.map(|l| l.week).or(law.overtime.week_hours);
    let nights = nights(law, zone, shift.start, shift.end);

    let own_day = start_day(zone, shift);
    if counters.day != Some(own_day) {
        counters.day = Some(own_day);
        (counters.day_hours, counters.overtime.day) = (0.0, 0.0);
    }
    let mut found = Vec::new();
    for pair in cuts(context, shift).windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let date = zone.local(from).date();
        let week = monday(date);
        if counters.week != Some(week) {
            counters.week = Some(week);
            (counters.week_share, counters.overtime.week) = (0.0, 0.0);
        }
        let mut piece = Piece {
            date,
            hours: 0.0,
            overtime: None,
            night: nights.iter().any(|night| night.0 <= from && from < night.1),
            holiday: context.holidays.get(&date).copied(),
            rest_day: context.rest_days.contains(&date),
        };
        let mut left = worked_between(shift, from, to);
        while left > HOURS {
            let by_day = day_most.map_or(f64::INFINITY, |most| most - counters.day_hours);
            let by_week = week_most.map_or(f64::INFINITY, |m| m * (1.0 - counters.week_share));
            let mut ordinary = by_day.min(by_week);
            if law.overtime.on_rest_days && piece.rest_day {
                ordinary = 0.0;
            }
            if ordinary > HOURS {
                piece.hours = left.min(ordinary);
                piece.overtime = None;
                counters.day_hours += piece.hours;
                counters.week_share += week_most.map_or(0.0, |most| piece.hours / most);
            } else {
                let before = counters.overtime;
                piece.hours = left.min(to_next_price(&law.premiums, before));
                piece.overtime = Some(before);
                counters.overtime.day += piece.hours;
                counters.overtime.week += piece.hours;
                counters.overtime.year += piece.hours;
            }
            left -= piece.hours;
            found.push(piece);
        }
    }
    found
}

/// Overtime hours until some premium begins or ends.
fn to_next_price(premiums: &[LawPremium], before: Before) -> f64 {
    let ranges = premiums.iter().filter_map(|premium| premium.overtime);
    ranges
        .flat_map(|range| {
            let so_far = if range.by_day {
                before.day
            } else {
                before.week
            };
            let edges = [Some(range.from), range.to].map(|e| e.map(|edge| edge - so_far));
            let years = [Some(range.year_from), range.year_to];
            edges
                .into_iter()
                .chain(years.map(|e| e.map(|edge| edge - before.year)))
                .flatten()
        })
        .filter(|&distance| distance > HOURS)
        .fold(f64::INFINITY, f64::min)
}

fn applies(premium: &LawPremium, piece: &Piece) -> bool {
    let in_range = premium.overtime.is_none_or(|range| {
        piece.overtime.is_some_and(|before| {
            let so_far = if range.by_day {
                before.day
            } else {
                before.week
            };
            let inside = |at: f64, from: f64, to: Option<f64>| {
                at >= from - HOURS && to.is_none_or(|to| at < to - HOURS)
            };
            inside(so_far, range.from, range.to)
                && inside(before.year, range.year_from, range.year_to)
        })
    });
    in_range
        && (!premium.night || piece.night)
        && (!premium.sunday || piece.date.weekday() == Weekday::Sun)
        && (!premium.rest_day || piece.rest_day)
        && premium
            .holiday
            .is_none_or(|kind| piece.holiday == Some(kind))
}

/// The extra pay of a tour by the law's premiums.
pub fn premiums(context: &LawContext<'_>, tour: &Tour) -> ExtraPay {
    let premiums = &context.law.premiums;
    let mut names: Vec<&str> = Vec::new();
    for premium in premiums {
        if !names.contains(&premium.name.as_str()) {
            names.push(&premium.name);
        }
    }
    let mut pay = ExtraPay::default();
    for piece in pieces(context, tour) {
        pay.hours += piece.hours;
        if piece.overtime.is_some() {
            pay.overtime_hours += piece.hours;
        }
        let mut rate = 1.0;
        for &name in &names {
            let own = premiums
                .iter()
                .filter(|p| p.name == name && applies(p, &piece));
            let best = own.max_by(|a, b| {
                let by_conditions = a.conditions().cmp(&b.conditions());
                by_conditions.then(a.share.total_cmp(&b.share))
            });
            let share = best.map_or(0.0, |premium| premium.share);
            if share <= 0.0 {
                continue;
            }
            let extra = match context.law.stacking {
                Stacking::Add => share,
                Stacking::Multiply => share * rate,
            };
            rate += extra;
            *pay.by_name.entry(name.to_owned()).or_default() += extra * piece.hours;
        }
    }
    pay
}
