use super::Shift;
use crate::units::Money;

/// Shifts that are already agreed, and what it costs to move away from them.
///
/// One person more or fewer on a shift (of a pool, a kind and a start) than agreed is one change;
/// a person moved from one shift to another is two. Breaks may move for nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptShifts {
    /// The shifts. Those that can no longer be worked are passed over: dropping them is no choice.
    pub shifts: Vec<Shift>,
    /// Price of one change.
    pub price_per_change: Money,
    /// What people were told of that plan.
    pub announced: Announced,
}

/// What a plan told people, so that a later one can say what is new.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Announced {
    /// How many plans before it were kept, each from the one before: 0 for one from nothing.
    pub revision: u32,
    /// Shifts of pools, and those of agents by name.
    pub shifts: Vec<AnnouncedShift>,
}

/// A shift that people were told of.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnouncedShift {
    /// Who works it; `None` for the people of a pool.
    pub agent: Option<String>,
    /// The shift.
    pub shift: Shift,
    /// Revision in which it took this form.
    pub sequence: u32,
}
