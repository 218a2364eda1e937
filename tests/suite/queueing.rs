//! Staffing formulas against their outside judges.

mod chains;
mod laws;
mod more;
mod reference;
mod time;
