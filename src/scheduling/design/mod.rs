//! Which shifts should exist: few starts and lengths that follow a demand closely.

mod problem;

pub use problem::{DesignPlan, DesignProblem, DesignShiftType, DesignedShift};
