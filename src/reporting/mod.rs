//! Words, tables and pictures from a finished plan. No calculation that decides anything.
//!
//! | question | answer |
//! |---|---|
//! | what does the plan say, in a terminal? | [`summary`] |
//! | what does it look like, for everybody? | [`html()`] |
//! | what is in it, for a spreadsheet? | [`tables`] |

mod html;
mod summary;
mod tables;
mod text;

pub use html::html;
pub use summary::summary;
pub use tables::{Table, tables};
