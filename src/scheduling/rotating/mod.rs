//! Rotating workforce schedules: one cyclic sequence of weeks for all employees, feasible or
//! proven not to be.

mod problem;
mod solve;
mod stint;
mod verify;

pub use problem::{RotatingProblem, RotatingSchedule, RotatingShift};
pub use solve::solve_rotating;
pub use verify::verify_rotating;
