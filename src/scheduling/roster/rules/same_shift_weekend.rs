use super::weekend::{Place, Span, Weekend, weekends};
use super::{Broken, TourView};
use crate::scheduling::roster::automaton::{Machine, price};
use crate::scheduling::roster::problem::RosterWeight;

/// One shift type over a weekend: each shift type worked in it should fill it. The unit is a day
/// that it lacks, counted for each shift type of the weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SameShiftWeekend {
    /// Which days make a weekend.
    pub weekend: Weekend,
    /// Price of each day lacking.
    pub weight: RosterWeight,
}

/// The rule, knowing what days there are.
type Known<'a> = (&'a SameShiftWeekend, Span);

impl Machine for Known<'_> {
    /// Days of the present weekend on each shift type that was worked.
    type State = Vec<(usize, u32)>;

    fn start(&self) -> Self::State {
        Vec::new()
    }

    fn class(&self, day: i64) -> u32 {
        self.1.class(self.0.weekend, day)
    }

    fn step(&self, state: &Self::State, class: u32, symbol: usize) -> (Self::State, i64) {
        let Some(place) = Place::of(class) else {
            return (Vec::new(), 0);
        };
        let mut state = if place.is_first() {
            Vec::new()
        } else {
            state.clone()
        };
        if symbol > 0 {
            match state.iter_mut().find(|(s, _)| *s == symbol) {
                Some((_, count)) => *count += 1,
                None => state.push((symbol, 1)),
            }
            state.sort_unstable();
        }
        if !place.is_last() {
            return (state, 0);
        }
        let lacking = state.iter().map(|&(_, n)| i64::from(place.length - n));
        (Vec::new(), price(self.0.weight, lacking.sum()))
    }
}

impl SameShiftWeekend {
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        let mut broken = Broken::default();
        for (from, to) in weekends(view, self.weekend) {
            if to <= 0 {
                continue;
            }
            for shift in 0..view.problem.shifts.len() {
                let on = (from..to).filter(|&d| view.day(d) == Some(shift)).count();
                if on > 0 {
                    broken.add(self.weight, to - from - i64::try_from(on).unwrap_or(0));
                }
            }
        }
        broken
    }
}
