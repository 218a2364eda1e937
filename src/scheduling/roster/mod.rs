//! Who works which shift on which day: named agents, the rules of their contracts, their wishes,
//! and a demand per shift type.
//!
//! ```text
//! rules of an agent ─► automata ─► tables ─► best tours at some prices (pricing)
//!                                                 ▲            │
//!                                    prices of needs           ▼
//!                                          linear program over tours ─► bound, dive, windows
//! ```
//!
//! Each rule is a machine that reads a tour day by day and says what it costs, so that the best
//! tour of an agent for any prices of the needs is a shortest path over days and states. A linear
//! program over tours gives the prices and a bound; its fractions are turned into tours by fixing
//! one agent after the other. Windows of few agents, or of few days, are then solved the same way
//! around the best roster, two side by side.
//!
//! [`verify_roster`] looks at whole tours and shares nothing with the machines.

mod anneal;
mod automaton;
mod bound;
mod construct;
mod dive;
mod layout;
mod master;
mod pricing;
mod problem;
mod rules;
mod search;
mod solve;
mod standing;
mod strategy;
mod verify;

pub use bound::certified_roster_bound;
pub use master::PRICE_SCALE;
pub use problem::{
    DayKinds, MAX_SHIFT_TYPES, Roster, RosterAgent, RosterCover, RosterLimits, RosterProblem,
    RosterRequest, RosterShift, RosterWeight, RosterWish,
};
pub use rules::{
    CompleteWeekend, ConsecutiveWeekends, Edges, FairShare, NoNightBeforeFreeWeekend,
    RestAfterNights, RosterRule, RunLength, SameShiftWeekend, TotalDays, TotalMinutes,
    UnwantedPattern, Weekend, WorkedWeekends,
};
pub use solve::solve_roster;
pub use strategy::{RosterStrategy, SolvedRoster};
pub use verify::{RosterReport, verify_roster};
