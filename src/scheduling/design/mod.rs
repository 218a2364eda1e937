//! Shift design: few distinct shifts that cover a demand well.

mod branch;
mod certificate;
mod improve;
mod layout;
mod limits;
mod needs;
mod options;
mod problem;
mod relaxation;
mod rows;
mod search;
mod simplex;
mod solve;
mod staffing;
mod tree;

pub use certificate::{DesignCertificate, DesignChoice, DesignNode, DesignPrices, DesignRow};
pub use options::{DesignStrategy, DesignedSolution};
pub use problem::{DesignPlan, DesignProblem, DesignShiftType, DesignedShift};
pub use solve::design_shifts;
