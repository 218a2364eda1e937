//! What a contract asks of a tour, one rule per file: the price as a machine that the search
//! reads day by day, and the check that looks at the whole tour and shares nothing with it.

mod complete_weekend;
mod consecutive_weekends;
mod fair;
mod minutes;
mod night_before_weekend;
mod rest_after_nights;
mod run;
mod same_shift_weekend;
mod succession;
mod total;
mod unwanted;
mod weekend;
mod worked_weekends;

pub use complete_weekend::CompleteWeekend;
pub use consecutive_weekends::ConsecutiveWeekends;
pub use fair::FairShare;
pub use minutes::TotalMinutes;
pub use night_before_weekend::NoNightBeforeFreeWeekend;
pub use rest_after_nights::RestAfterNights;
pub use run::{Edges, RunLength};
pub use same_shift_weekend::SameShiftWeekend;
pub use total::TotalDays;
pub use unwanted::UnwantedPattern;
pub use weekend::Weekend;
pub use worked_weekends::WorkedWeekends;

pub(super) use succession::Succession;

use super::automaton::Automaton;
use super::problem::{RosterAgent, RosterLimits, RosterProblem, RosterWeight};

/// A rule for the tour of one agent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RosterRule {
    /// Days of some kinds over the horizon.
    TotalDays(TotalDays),
    /// Minutes worked over the horizon.
    TotalMinutes(TotalMinutes),
    /// Consecutive days of some kinds.
    RunLength(RunLength),
    /// Weekends with work.
    WorkedWeekends(WorkedWeekends),
    /// Consecutive weekends with work.
    ConsecutiveWeekends(ConsecutiveWeekends),
    /// All of a weekend or nothing.
    CompleteWeekend(CompleteWeekend),
    /// One shift type over a weekend.
    SameShiftWeekend(SameShiftWeekend),
    /// No night before a free weekend.
    NoNightBeforeFreeWeekend(NoNightBeforeFreeWeekend),
    /// Free days after nights.
    RestAfterNights(RestAfterNights),
    /// A sequence of days nobody wants.
    UnwantedPattern(UnwantedPattern),
    /// A share that should be the same for all.
    FairShare(FairShare),
}

/// What a rule says of a tour: units of hard limits broken, and the price of soft ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Broken {
    pub(super) hard: i64,
    pub(super) cost: i64,
}

impl Broken {
    /// What limits say of a number.
    pub(super) fn of(limits: &RosterLimits, number: i64) -> Self {
        let mut broken = Self::default();
        if let Some((min, weight)) = limits.min {
            broken.add(weight, i64::from(min) - number);
        }
        if let Some((max, weight)) = limits.max {
            broken.add(weight, number - i64::from(max));
        }
        broken
    }

    pub(super) fn add(&mut self, weight: RosterWeight, units: i64) {
        match weight {
            _ if units <= 0 => {}
            RosterWeight::Hard => self.hard += units,
            RosterWeight::Soft(w) => self.cost += i64::from(w) * units,
        }
    }
}

/// A tour as the checks see it.
#[derive(Debug, Clone, Copy)]
pub(super) struct TourView<'a> {
    pub(super) problem: &'a RosterProblem,
    pub(super) history: &'a [Option<usize>],
    pub(super) tour: &'a [Option<usize>],
}

impl TourView<'_> {
    /// First day that is known: 0 or before.
    pub(super) fn first(&self) -> i64 {
        -i64::try_from(self.history.len()).unwrap_or(0)
    }

    /// The day after the last one.
    pub(super) fn end(&self) -> i64 {
        i64::try_from(self.tour.len()).unwrap_or(0)
    }

    /// What is done on a day that is known.
    pub(super) fn day(&self, day: i64) -> Option<usize> {
        match usize::try_from(day) {
            Ok(day) => self.tour.get(day).copied().flatten(),
            Err(_) => usize::try_from(day - self.first())
                .ok()
                .and_then(|at| self.history.get(at).copied())
                .flatten(),
        }
    }

    /// Days from Monday, 0 to 6.
    pub(super) fn weekday(&self, day: i64) -> i64 {
        let first = i64::from(self.problem.first_weekday.num_days_from_monday());
        (first + day).rem_euclid(7)
    }
}

impl RosterRule {
    /// The rule as tables, for an agent.
    pub(super) fn automaton(&self, problem: &RosterProblem, agent: &RosterAgent) -> Automaton {
        let (days, symbols) = (problem.days, problem.shifts.len() + 1);
        let past = &agent.history;
        let span = weekend::Span::of(problem, agent);
        match self {
            Self::TotalDays(rule) => Automaton::new(rule, days, symbols, &[]),
            Self::TotalMinutes(rule) => {
                Automaton::new(&minutes::Counter::new(rule, problem), days, symbols, &[])
            }
            Self::RunLength(rule) => Automaton::new(rule, days, symbols, past),
            Self::WorkedWeekends(rule) => Automaton::new(&(rule, span), days, symbols, past),
            Self::ConsecutiveWeekends(rule) => Automaton::new(&(rule, span), days, symbols, past),
            Self::CompleteWeekend(rule) => Automaton::new(&(rule, span), days, symbols, past),
            Self::SameShiftWeekend(rule) => Automaton::new(&(rule, span), days, symbols, past),
            Self::NoNightBeforeFreeWeekend(rule) => {
                let nights = rest_after_nights::nights(problem);
                Automaton::new(&(rule, span, nights), days, symbols, past)
            }
            Self::RestAfterNights(rule) => {
                let nights = rest_after_nights::nights(problem);
                Automaton::new(&(rule, nights), days, symbols, past)
            }
            Self::UnwantedPattern(rule) => Automaton::new(&(rule, span), days, symbols, past),
            Self::FairShare(rule) => Automaton::new(rule, days, symbols, &[]),
        }
    }

    /// The rule's own look at a whole tour.
    pub(super) fn check(&self, view: &TourView<'_>) -> Broken {
        match self {
            Self::TotalDays(rule) => rule.check(view),
            Self::TotalMinutes(rule) => rule.check(view),
            Self::RunLength(rule) => rule.check(view),
            Self::WorkedWeekends(rule) => rule.check(view),
            Self::ConsecutiveWeekends(rule) => rule.check(view),
            Self::CompleteWeekend(rule) => rule.check(view),
            Self::SameShiftWeekend(rule) => rule.check(view),
            Self::NoNightBeforeFreeWeekend(rule) => rule.check(view),
            Self::RestAfterNights(rule) => rule.check(view),
            Self::UnwantedPattern(rule) => rule.check(view),
            Self::FairShare(rule) => rule.check(view),
        }
    }

    /// What it is called when it is broken.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::TotalDays(_) => "total days",
            Self::TotalMinutes(_) => "total minutes",
            Self::RunLength(_) => "consecutive days",
            Self::WorkedWeekends(_) => "worked weekends",
            Self::ConsecutiveWeekends(_) => "consecutive weekends",
            Self::CompleteWeekend(_) => "complete weekends",
            Self::SameShiftWeekend(_) => "one shift type in a weekend",
            Self::NoNightBeforeFreeWeekend(_) => "no night before a free weekend",
            Self::RestAfterNights(_) => "free days after nights",
            Self::UnwantedPattern(_) => "unwanted pattern",
            Self::FairShare(_) => "fair share",
        }
    }
}
