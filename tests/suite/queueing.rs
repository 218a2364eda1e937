//! Staffing formulas against their outside judges.

mod chains;
mod laws;
mod reference;
mod time;
