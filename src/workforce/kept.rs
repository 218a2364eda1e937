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
}
