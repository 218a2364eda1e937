//! Which shifts should exist: few starts and lengths that follow a demand closely.

mod branch;
mod certificate;
mod improve;
mod layout;
mod limits;
mod needs;
mod options;
mod problem;
mod program;
mod relaxation;
mod rows;
mod search;
mod solve;
mod staffing;
mod tree;
mod verify;

pub use certificate::{DesignCertificate, DesignChoice, DesignNode, DesignPrices, DesignRow};
pub use options::{DesignStrategy, DesignedSolution};
pub use problem::{DesignPlan, DesignProblem, DesignShiftType, DesignedShift};
pub use solve::design_shifts;
pub use verify::{DesignReport, verify_design};
