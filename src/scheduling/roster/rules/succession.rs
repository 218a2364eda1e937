use crate::scheduling::roster::automaton::{Machine, NEVER};
use crate::scheduling::roster::problem::RosterProblem;

/// Shift types that must not follow one another on consecutive days.
#[derive(Debug)]
pub(in crate::scheduling::roster) struct Succession<'a>(
    pub(in crate::scheduling::roster) &'a RosterProblem,
);

impl Machine for Succession<'_> {
    /// The shift type of the day before.
    type State = Option<usize>;

    fn start(&self) -> Self::State {
        None
    }

    fn step(&self, before: &Self::State, _class: u32, symbol: usize) -> (Self::State, i64) {
        let now = symbol.checked_sub(1);
        let is_bad = match (before, now) {
            (Some(a), Some(b)) => self.0.shifts[*a].forbidden_next.contains(&b),
            _ => false,
        };
        (now, if is_bad { NEVER } else { 0 })
    }
}
