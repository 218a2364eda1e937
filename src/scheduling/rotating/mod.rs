//! Rotating workforce schedules: one cyclic sequence of weeks for all employees.

mod problem;

pub use problem::{RotatingProblem, RotatingSchedule, RotatingShift};
