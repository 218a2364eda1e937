//! Who serves somebody who arrives.

use rand::RngExt;
use rand::rngs::Xoshiro256PlusPlus;

use super::super::centre::ArrivalRule;
use super::blueprint::Blueprint;
use super::desk::Desk;

/// The group that serves somebody who arrives.
#[inline]
pub(super) fn pick(
    plan: &Blueprint,
    desks: &[Desk],
    routing: &mut Xoshiro256PlusPlus,
    kind: usize,
) -> Option<usize> {
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
            let mut drawn = routing.random_range(0..total);
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
