//! What the general engine waits for, and how somebody comes in.

use rand::RngExt;

use super::super::random::{Purpose, Stream};
use super::arrivals::Memory;
use super::blueprint::Blueprint;
use super::chats::Told;
use super::heap::Timed;

/// A service that ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Departure {
    pub(super) time: f64,
    /// The contact's key, or the version of what a chatting agent was told.
    pub(super) key: u64,
    pub(super) kind: u16,
    pub(super) group: u16,
    pub(super) agent: u32,
}

/// Instead of a type: the next chat of an agent ends.
pub(super) const CHAT: u16 = u16::MAX;
/// Instead of an agent: any of the group.
pub(super) const ANY: u32 = u32::MAX;

/// Somebody in a line whose patience ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expiry {
    pub(super) time: f64,
    pub(super) number: u64,
    pub(super) kind: u16,
}

/// Somebody who tries again.
#[derive(Debug, Clone, Copy)]
pub(super) struct Again {
    pub(super) time: f64,
    pub(super) key: u64,
    pub(super) kind: u16,
    pub(super) memory: Memory,
}

macro_rules! timed {
    ($($event:ident)*) => {$(
        impl Timed for $event {
            #[inline]
            fn time(&self) -> f64 {
                self.time
            }
        }
    )*};
}
timed!(Departure Expiry Again);

/// How somebody comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entrance {
    First,
    Retry,
    /// From another type, with the group whose agent stays.
    Transfer(u16),
}

/// What becomes of a contact when its service ends: another type, and whether the agent stays.
#[inline]
pub(super) fn transfer(plan: &Blueprint, kind: usize, contact: u64) -> Option<(usize, bool)> {
    let transfers = &plan.types[kind].transfers;
    if transfers.is_empty() {
        return None;
    }
    let drawn: f64 = Stream::of(contact, Purpose::Transfer).random();
    let found = transfers.iter().find(|(sum, ..)| drawn < *sum);
    found.map(|(_, to, warm)| (*to, *warm))
}

pub(super) fn chat_ends(group: usize, told: Told) -> Departure {
    Departure {
        time: told.time,
        key: u64::from(told.version),
        kind: CHAT,
        group: short(group),
        agent: told.agent,
    }
}

/// Types, groups and periods are few enough; the check of the centre sees to it.
#[inline]
pub(super) fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

#[inline]
pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
