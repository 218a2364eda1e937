//! Words, tables and pictures from a finished plan. No calculation that decides anything.
//!
//! | question | answer |
//! |---|---|
//! | what does the plan say, in a terminal? | [`summary`] |
//! | what does it look like, for everybody? | [`html()`], [`html_in`] |
//! | which pictures are in it, each alone? | [`charts`] |
//! | what is in it, for a spreadsheet? | [`tables`] |
//! | what is in it, sheet by sheet? | `workbook`, with the feature `xlsx` |
//! | who works when, for calendars? | [`shift_calendars`] |
//! | what does the plan of a typical week say? | [`week_summary`], [`proof_summary`] |
//! | which shifts were designed? | [`design_summary`], [`proof_summary`] |
//! | what did a simulation find? | [`simulation_summary`], [`trial_summary`] |
//! | which groups should be how large? | [`mix_summary`] |
//! | what do vendors commit to? | [`difference_summary`], [`difference_table`] |
//! | what would something else cost? | [`what_if_summary`], [`what_if_table`], [`html_what_if`] |
//! | how are numbers written? | [`Locale`] |
//! | how do solvers compare? | [`solver_comparison`], [`solver_table`] |

mod comparison;
mod exchange;
mod file_names;
mod html;
mod ics;
mod locale;
mod mix;
mod named_roster;
mod promises;
mod rehearsed;
mod roster;
mod shift_design;
mod simulated;
mod special_days;
mod summary;
mod tables;
mod text;
mod tour_table;
mod typical_week;
mod what_if;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use comparison::{SolverRun, solver_comparison, solver_table};
pub use exchange::{difference_summary, difference_table};
#[cfg(feature = "png")]
pub use html::ChartError;
pub use html::{ChartFile, charts, html, html_in, html_what_if, html_what_if_in};
pub use ics::{CalendarFile, shift_calendars};
pub use locale::{Locale, UnknownLocale};
pub use mix::mix_summary;
pub use rehearsed::trial_summary;
pub use roster::{roster_table, rotating_table};
pub use shift_design::design_summary;
pub use simulated::simulation_summary;
pub use summary::summary;
pub use tables::{Table, tables};
pub use typical_week::{proof_summary, week_summary};
pub use what_if::{what_if_summary, what_if_table};
#[cfg(feature = "xlsx")]
pub use xlsx::workbook;
