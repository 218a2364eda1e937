//! A small linear solver for relaxations whose rows come and go: the dual simplex method on
//! variables within bounds.
//!
//! Every variable has finite bounds, so any multipliers are dual feasible and the method may stop
//! at any time with a valid bound. Nothing it says is believed: bounds are worked out anew from
//! its multipliers in whole numbers ([`super::certificate`]).

mod dual;
mod factor;
mod price;
mod program;
mod state;

pub(super) use dual::Ending;
pub(super) use program::{Program, Sense};
pub(super) use state::Simplex;
