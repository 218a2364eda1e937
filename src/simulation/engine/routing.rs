//! Who serves somebody who arrives.

use rand::RngExt;

use super::super::centre::ArrivalRule;
use super::super::random::{Purpose, Stream};
use super::blueprint::Blueprint;
use super::desk::Desk;

/// The group that serves a contact of some type that arrives, by its key where chance decides.
#[inline]
pub(super) fn pick(plan: &Blueprint, desks: &[Desk], kind: usize, key: u64) -> Option<usize> {
    let contact = &plan.types[kind];
    let room = |(g, kept): &(usize, i64)| (desks[*g].room(contact.chat) - kept).max(0);
    let first = || {
        contact
            .route
            .iter()
            .find(|entry| room(entry) > 0)
            .map(|entry| entry.0)
    };
    match contact.rule {
        ArrivalRule::Priority => first(),
        ArrivalRule::RandomAgent => {
            let free = |entry: &(usize, i64)| {
                if room(entry) > 0 {
                    desks[entry.0].room(contact.chat)
                } else {
                    0
                }
            };
            let total: i64 = contact.route.iter().map(free).sum();
            if total <= 0 {
                return None;
            }
            let mut drawn = Stream::of(key, Purpose::Routing).random_range(0..total);
            contact.route.iter().find_map(|entry| {
                drawn -= free(entry);
                (drawn < 0).then_some(entry.0)
            })
        }
        ArrivalRule::LongestIdle => {
            let idle = contact.route.iter().filter(|entry| room(entry) > 0);
            let idle = idle.filter_map(|(g, _)| Some((desks[*g].idle_since()?, *g)));
            let longest = idle.min_by(|a, b| a.0.total_cmp(&b.0)).map(|found| found.1);
            longest.or_else(first)
        }
    }
}
