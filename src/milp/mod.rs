//! Solver-neutral optimisation: linear models with whole variables, and what becomes of them.
//!
//! * A [`Model`] minimises a linear cost over named variables and named rows.
//! * A [`Backend`] is a value; one that is not compiled in answers
//!   [`MilpError::BackendUnavailable`].
//! * An [`Outcome`] keeps apart why the search stopped, the point it has, and the duals it offers.
//! * [`check`] measures every point against every row; [`certified_bound`] turns any
//!   multipliers into a proven lower bound. Neither asks a solver.
//!
//! | backend | feature | whole variables | duals |
//! |---|---|---|---|
//! | [`Backend::Microlp`] | `microlp` | yes | no |
//! | [`Backend::Clarabel`] | `clarabel` | no | yes |
//! | [`Backend::Highs`] | `highs` | yes | yes |
//! | [`Backend::CoinCbc`] | `coin_cbc` | yes | no |
//! | [`Backend::LpSolve`] | `lpsolve` | yes | yes |

mod backend;
mod bound;
mod check;
mod conflict;
mod dispatch;
mod dual;
mod error;
#[cfg(any(
    feature = "microlp",
    feature = "clarabel",
    feature = "highs",
    feature = "coin_cbc"
))]
mod good_lp;
pub(crate) mod growing;
#[cfg(feature = "lpsolve")]
mod lp_solve;
mod model;
mod observer;
mod options;
mod outcome;
mod restrict;

pub use backend::Backend;
pub use bound::{certified_bound, next_attainable};
pub use check::{Violation, check, cost};
pub use conflict::conflict;
pub use dual::lp_duals;
pub use error::MilpError;
pub use model::{Kind, Model, Row, Sense, Variable};
pub use observer::{Event, Observer, Silent};
pub use options::SolveOptions;
pub use outcome::{Outcome, Termination};
pub use restrict::Restriction;
