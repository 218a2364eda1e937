//! Numerical ground under the formulas: what statistics libraries do not offer at the accuracy and
//! speed that staffing needs.

mod erfcx;
mod sides;
mod skew;
mod temme;

pub(super) use erfcx::erfcx;
pub(super) use sides::{Above, above, above_rest, below, moment_below};
pub(super) use skew::{Skew, deviance};
