use super::weekend::Span;
use super::{Broken, TourView};
use crate::calendar::Weekday;
use crate::scheduling::roster::automaton::{Machine, price};
use crate::scheduling::roster::problem::{DayKinds, RosterWeight};

/// A sequence of days nobody wants; the unit is an occurrence that ends in the horizon.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnwantedPattern {
    /// The days, one after the other; at most 31.
    pub days: Vec<DayKinds>,
    /// Weekday of the first of them; any when left out.
    pub first: Option<Weekday>,
    /// Price of each occurrence.
    pub weight: RosterWeight,
}

/// The rule, knowing what days there are.
type Known<'a> = (&'a UnwantedPattern, Span);

impl Machine for Known<'_> {
    /// Which beginnings of the pattern have just been seen: bit `k` for its first `k + 1` days.
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn class(&self, day: i64) -> u32 {
        let first = self.0.first.map(|w| i64::from(w.num_days_from_monday()));
        u32::from(first.is_none_or(|w| w == self.1.weekday(day)))
    }

    fn step(&self, seen: &u32, class: u32, symbol: usize) -> (u32, i64) {
        let mut next = 0;
        let mut fits = (seen << 1) | class;
        for kinds in &self.0.days {
            next >>= 1;
            if fits & 1 != 0 && kinds.contains(symbol.checked_sub(1)) {
                next |= 1 << 31;
            }
            fits >>= 1;
        }
        // The first beginning is bit 0 again.
        let length = u32::try_from(self.0.days.len())
            .unwrap_or(u32::MAX)
            .clamp(1, 31);
        next >>= 32 - length;
        let whole = 1 << (length - 1);
        let met = i64::from(next & whole != 0);
        (next & !whole, price(self.0.weight, met))
    }
}

impl UnwantedPattern {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let mut broken = Broken::default();
        let length = i64::try_from(self.days.len()).unwrap_or(i64::MAX);
        let first = self.first.map(|w| i64::from(w.num_days_from_monday()));
        for from in view.first()..=view.end() - length {
            let is_there = (from..)
                .zip(&self.days)
                .all(|(d, k)| k.contains(view.day(d)));
            let is_then = first.is_none_or(|w| w == view.weekday(from));
            if is_there && is_then && from + length > 0 {
                broken.add(self.weight, 1);
            }
        }
        broken
    }
}
