//! Which shifts should exist: few starts and lengths that follow a demand closely.

mod problem;
mod verify;

pub use problem::{DesignPlan, DesignProblem, DesignShiftType, DesignedShift};
pub use verify::{DesignReport, verify_design};
