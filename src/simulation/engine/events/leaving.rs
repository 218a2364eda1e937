//! Whoever leaves the line without being served, and whoever comes again.

use rand::RngExt;

use super::super::super::centre::Close;
use super::super::super::random::{Purpose, Stream, key};
use super::super::arrivals::{Arrival, Memory};
use super::super::blueprint::Blueprint;
use super::super::event::{Again, Entrance, short};
use super::super::fifo::period_of;
use super::super::line::{NOBODY, State, Waiting};
use super::super::tally::Tally;
use super::Events;

impl Events {
    pub(super) fn expire(&mut self, plan: &Blueprint, tally: &mut Tally) {
        if let Some(expiry) = self.expiries.pop() {
            let kind = usize::from(expiry.kind);
            if let Some(waiting) = self.lines[kind].lose(expiry.number) {
                self.lose(plan, kind, &waiting, tally);
            }
        }
    }

    /// Somebody has left the line.
    pub(super) fn lose(
        &mut self,
        plan: &Blueprint,
        kind: usize,
        contact: &Waiting,
        tally: &mut Tally,
    ) {
        self.waiting -= 1;
        let cell = contact.cell as usize;
        if contact.state == State::Limited {
            tally.of(kind, cell).timed_out += 1;
            self.inside -= 1;
            if contact.holder != NOBODY {
                self.let_go(usize::from(contact.holder), contact.leaves);
            }
        } else {
            let wait = contact.before + contact.leaves - contact.arrival;
            tally.abandon(kind, cell, wait, plan.types[kind].within);
            let gone = Arrival {
                time: contact.arrival,
                kind,
                period: usize::from(contact.period),
                key: contact.key,
                memory: Memory {
                    patience: Some(contact.leaves - contact.arrival.max(0.0)),
                    waited: wait,
                },
            };
            self.go_away(plan, &gone, contact.leaves, contact.holder);
        }
    }

    /// Somebody hangs up, and perhaps tries again.
    pub(super) fn go_away(&mut self, plan: &Blueprint, contact: &Arrival, now: f64, holder: u16) {
        self.inside -= 1;
        if holder != NOBODY {
            self.let_go(usize::from(holder), now);
        }
        let kind_plan = &plan.types[contact.kind];
        if let Some((probability, delay)) = &kind_plan.retry {
            let mut random = Stream::of(contact.key, Purpose::Retry);
            if random.random::<f64>() < *probability {
                let time = now + delay.draw(&mut random);
                if time < plan.length {
                    self.again.push(Again {
                        time,
                        key: key(contact.key, Purpose::Retry, 0),
                        kind: short(contact.kind),
                        memory: if kind_plan.forgets {
                            Memory::default()
                        } else {
                            contact.memory
                        },
                    });
                }
            }
        }
    }

    pub(super) fn come_again(&mut self, plan: &Blueprint, tally: &mut Tally) {
        if let Some(again) = self.again.pop() {
            let arrival = Arrival {
                time: again.time,
                kind: usize::from(again.kind),
                period: period_of(plan, again.time),
                key: again.key,
                memory: again.memory,
            };
            self.arrive(plan, &arrival, Entrance::Retry, tally);
        }
    }

    /// The day is over: whoever still waits hangs up in time, or is left.
    pub(super) fn end(&mut self, plan: &Blueprint, tally: &mut Tally) {
        for kind in 0..self.lines.len() {
            while let Some(contact) = self.lines[kind].take() {
                let sees_it = plan.close == Close::Drain || contact.leaves <= plan.length;
                if contact.state != State::Gone && contact.leaves.is_finite() && sees_it {
                    self.lose(plan, kind, &contact, tally);
                }
            }
        }
    }
}
