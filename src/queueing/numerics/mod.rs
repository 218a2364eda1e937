//! Numerical ground under the formulas: what statistics libraries do not offer at the accuracy and
//! speed that staffing needs.

mod erfcx;
mod gamma_mixture;
mod matrix;
mod mills;
mod root;
mod sides;
mod skew;
mod temme;

pub(super) use erfcx::erfcx;
pub(super) use gamma_mixture::GammaMixture;
pub(super) use matrix::Matrix;
pub(super) use mills::{ln_mills_ratio, mills_ratio};
pub(super) use root::increasing_root;
pub(super) use sides::{Above, above, above_rest, below, moment_below};
pub(super) use skew::{Skew, deviance};
