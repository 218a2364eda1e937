use super::{PoolId, Shift};

/// The shifts of one agent over the horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tour {
    /// The pool.
    pub pool: PoolId,
    /// Name of the agent, or a number within the pool where agents are anonymous.
    pub agent: String,
    /// Name of the contract, empty where the pool has none.
    pub contract: String,
    /// Shifts in the order of their starts, each for one person.
    pub shifts: Vec<Shift>,
}
