//! The contacts of a type that wait, first come first.

use std::collections::VecDeque;

/// Somebody who waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub(super) arrival: f64,
    /// Time waited in earlier tries.
    pub(super) before: f64,
    /// When it hangs up or is removed.
    pub(super) leaves: f64,
    pub(super) key: u64,
    pub(super) cell: u32,
    pub(super) period: u16,
    /// The group whose agent stays with it, [`NOBODY`] if none does.
    pub(super) holder: u16,
    pub(super) state: State,
}

/// No group.
pub(super) const NOBODY: u16 = u16::MAX;

/// What becomes of somebody who waits for too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It will hang up.
    Patient,
    /// It will be removed.
    Limited,
    /// It has left already.
    Gone,
}

/// A line, whose members are numbered for good.
#[derive(Debug, Default)]
pub(super) struct Line {
    waiting: VecDeque<Waiting>,
    /// Number of the first one.
    first: u64,
}

impl Line {
    pub(super) fn clear(&mut self) {
        self.waiting.clear();
        self.first = 0;
    }

    /// Lets somebody join, and says their number.
    #[inline]
    pub(super) fn join(&mut self, waiting: Waiting) -> u64 {
        self.waiting.push_back(waiting);
        self.first + self.waiting.len() as u64 - 1
    }

    #[inline]
    pub(super) fn front(&self) -> Option<&Waiting> {
        self.waiting.front()
    }

    #[inline]
    pub(super) fn take(&mut self) -> Option<Waiting> {
        let taken = self.waiting.pop_front();
        self.first += u64::from(taken.is_some());
        taken
    }

    /// Marks somebody by number as gone; `None` if they are not there any more.
    pub(super) fn lose(&mut self, number: u64) -> Option<Waiting> {
        let place = usize::try_from(number.checked_sub(self.first)?).ok()?;
        let waiting = self.waiting.get_mut(place)?;
        let was = *waiting;
        waiting.state = State::Gone;
        (was.state != State::Gone).then_some(was)
    }
}
