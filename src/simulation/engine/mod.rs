//! Two ways through a day that give the same counts: [`Fifo`] for one crew and one line, [`Events`]
//! for everything.

mod arrivals;
mod blueprint;
mod chats;
mod desk;
mod event;
mod events;
mod fifo;
mod heap;
mod line;
mod routing;
mod tally;
mod watch;

pub(super) use blueprint::Blueprint;
pub(super) use events::Events;
pub(super) use fifo::Fifo;
pub(super) use tally::{Counts, ServedBy, Tally};
pub(super) use watch::{GivenUp, Watch};
