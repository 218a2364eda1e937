use super::rules::RosterRule;
use crate::calendar::Weekday;

/// Most shift types of a problem: kinds of day are kept as bits.
pub const MAX_SHIFT_TYPES: usize = 30;

/// Who works which shift on which day: named agents, shift types, rules and a demand.
///
/// Days count from 0. Costs are weights of the problem's own unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterProblem {
    /// Name of the problem.
    pub name: String,
    /// Days of the horizon.
    pub days: usize,
    /// Weekday of day 0.
    pub first_weekday: Weekday,
    /// Shift types; at most [`MAX_SHIFT_TYPES`].
    pub shifts: Vec<RosterShift>,
    /// The agents.
    pub agents: Vec<RosterAgent>,
    /// How many agents are wanted.
    pub cover: Vec<RosterCover>,
}

/// A shift type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterShift {
    /// Short name.
    pub id: String,
    /// Start in minutes after midnight, where known.
    pub start: Option<u32>,
    /// Length in minutes.
    pub minutes: u32,
    /// Whether it runs through the night.
    pub is_night: bool,
    /// Shift types that must not follow on the next day.
    pub forbidden_next: Vec<usize>,
}

/// An agent with what the contract and life ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterAgent {
    /// Name.
    pub name: String,
    /// Skills, by number, for cover that asks for one.
    pub skills: Vec<usize>,
    /// Shift types the agent should not (soft) or cannot (hard) work: alternative skills.
    pub unsuited: Vec<(usize, RosterWeight)>,
    /// Days that are free: leave, fixed days off.
    pub days_off: Vec<usize>,
    /// Wishes.
    pub requests: Vec<RosterRequest>,
    /// The days just before the horizon, the last one last; empty when they are not known.
    pub history: Vec<Option<usize>>,
    /// Rules of the contract.
    pub rules: Vec<RosterRule>,
}

/// A wish for one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterRequest {
    /// The day.
    pub day: usize,
    /// What is wished.
    pub wish: RosterWish,
    /// Price when it is not granted.
    pub weight: RosterWeight,
}

/// What an agent wishes for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RosterWish {
    /// A free day.
    Off,
    /// Any shift.
    On,
    /// This shift type.
    Shift(usize),
    /// Anything but this shift type.
    NotShift(usize),
}

/// How many agents are wanted on a shift type of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RosterCover {
    /// The day.
    pub day: usize,
    /// The shift type.
    pub shift: usize,
    /// Only agents with this skill count; all of them when left out.
    pub skill: Option<usize>,
    /// Agents wanted.
    pub required: u32,
    /// Price of each agent missing.
    pub under: RosterWeight,
    /// Price of each agent too many.
    pub over: RosterWeight,
}

/// What it costs to break a rule by one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RosterWeight {
    /// It must not be broken.
    Hard,
    /// Price of each unit.
    Soft(u32),
}

/// A lower and an upper limit, each with its weight; a unit is what the rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RosterLimits {
    /// Lower limit.
    pub min: Option<(u32, RosterWeight)>,
    /// Upper limit.
    pub max: Option<(u32, RosterWeight)>,
}

impl RosterLimits {
    /// At least so many.
    #[must_use]
    pub const fn at_least(mut self, min: u32, weight: RosterWeight) -> Self {
        self.min = Some((min, weight));
        self
    }

    /// At most so many.
    #[must_use]
    pub const fn at_most(mut self, max: u32, weight: RosterWeight) -> Self {
        self.max = Some((max, weight));
        self
    }
}

/// Kinds of day, as a set: free, or on one of some shift types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayKinds(u32);

impl DayKinds {
    /// No kind of day.
    pub const NONE: Self = Self(0);
    /// A free day.
    pub const OFF: Self = Self(1);
    /// A day on any shift.
    pub const WORK: Self = Self(!1);

    /// These and a day on a shift type, or a free day for `None`.
    #[must_use]
    pub fn with(self, day: Option<usize>) -> Self {
        Self(self.0 | Self::bit(day))
    }

    /// Whether a day is of these kinds.
    pub fn contains(self, day: Option<usize>) -> bool {
        self.0 & Self::bit(day) != 0
    }

    fn bit(day: Option<usize>) -> u32 {
        let place = day.map_or(0, |shift| shift + 1);
        u32::try_from(place)
            .ok()
            .and_then(|p| 1u32.checked_shl(p))
            .unwrap_or(0)
    }
}

/// Who works what: for each agent and each day a shift type, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// `tours[agent][day]`.
    pub tours: Vec<Vec<Option<usize>>>,
}
