//! Quantities with a unit and a range, checked once when they are made.
//!
//! | type | what | unit | valid range |
//! |---|---|---|---|
//! | [`Probability`] | a share or a probability | fraction | `0 ..= 1` |
//! | [`Erlangs`] | offered or carried load | erlang | finite, `>= 0` |
//! | [`Agents`] | whole people in position | agents | `0 ..= u32::MAX` |
//! | [`Fte`] | full-time equivalents on the payroll | FTE | finite, `>= 0` |
//! | [`Shrinkage`] | share of paid time not spent on contacts | fraction | `0 <= s < 1` |
//! | [`Money`] | an amount in the scenario's currency | currency unit | finite |
//!
//! Durations are [`std::time::Duration`]; converting to `f64` seconds happens once, where a
//! numeric routine begins.

mod agents;
mod erlangs;
mod error;
mod fte;
mod money;
mod probability;
mod shrinkage;
pub mod whole;

pub use agents::Agents;
pub use erlangs::Erlangs;
pub use error::UnitError;
pub use fte::Fte;
pub use money::Money;
pub use probability::Probability;
pub use shrinkage::Shrinkage;
