//! One crew and one line, first come, first served: no events, only the time at which the next
//! contact can begin.
//!
//! ```text
//! start = the earliest time, from max(arrival, the frontier), at which fewer services are under way
//!         than there are agents;  the frontier is the start that the contact before could have had
//! ```
//!
//! Ends of services are in a heap; the frontier only moves forward, also past contacts that hang up
//! before it (Kiefer and Wolfowitz 1955, with agents that come and go). Contacts are the same as in
//! the general engine, with the same times, so both give the same counts.

use super::super::centre::{AgentRule, Close};
use super::super::random::{Purpose, Stream, key};
use super::arrivals::{Arrival, Memory, Source};
use super::blueprint::Blueprint;
use super::heap::{Heap, Timed};
use super::tally::Tally;
use super::watch::{GivenUp, Watch};
use rand::RngExt;

/// Somebody who tries again.
#[derive(Debug, Clone, Copy)]
struct Again {
    time: f64,
    key: u64,
    kind: usize,
    memory: Memory,
}

impl Timed for Again {
    fn time(&self) -> f64 {
        self.time
    }
}

/// The engine, whose memory serves for many replications.
#[derive(Debug)]
pub(in crate::simulation) struct Fifo {
    source: Source,
    again: Heap<Again>,
    ends: Heap<f64>,
    frontier: f64,
    /// The mark in force at the frontier.
    mark: usize,
    agents: usize,
}

impl Fifo {
    pub(in crate::simulation) const fn new() -> Self {
        Self {
            source: Source::new(),
            again: Heap::new(),
            ends: Heap::new(),
            frontier: 0.0,
            mark: 0,
            agents: 0,
        }
    }

    /// Whether a centre is one crew and one line.
    pub(in crate::simulation) fn fits(plan: &Blueprint) -> bool {
        let [group] = &plan.groups[..] else {
            return false;
        };
        let alike = plan.types.len() == 1 || group.rule == AgentRule::LongestWait;
        let shared = plan.types.iter().enumerate().all(|(k, contact)| {
            contact.route == [(0, 0)]
                && contact.transfers.is_empty()
                && group.takes.iter().any(|take| (take.0, take.1) == (k, 0))
        });
        alike && shared && group.concurrency == 1 && plan.lines == u32::MAX
    }

    pub(in crate::simulation) fn run_day(
        &mut self,
        plan: &Blueprint,
        day: u64,
        tally: &mut Tally,
        watch: &Watch<'_>,
    ) -> Result<(), GivenUp> {
        self.source.begin(plan, day);
        self.again.clear();
        self.ends.clear();
        self.frontier = 0.0;
        self.mark = 0;
        self.agents = plan.groups[0].agents[0] as usize;
        self.carried_over(plan, tally);
        loop {
            let (next, again) = (self.source.time(), self.again.next());
            if next.is_infinite() && again.is_infinite() {
                return Ok(());
            }
            if plan.close == Close::Cut && next.min(again) >= plan.length {
                return Ok(());
            }
            tally.contacts += 1;
            watch.check(tally.contacts, tally.contacts)?;
            let arrival = if again <= next {
                let Some(again) = self.again.pop() else {
                    return Ok(());
                };
                let period = period_of(plan, again.time);
                let cell = plan.cell(again.time, period);
                tally.of(again.kind, cell).retries += 1;
                Arrival {
                    time: again.time,
                    kind: again.kind,
                    period,
                    key: again.key,
                    memory: again.memory,
                }
            } else {
                let Some(arrival) = self.source.take(plan) else {
                    return Ok(());
                };
                arrival
            };
            let cell = plan.cell(arrival.time, arrival.period);
            self.meet(plan, &arrival, cell, tally);
        }
    }

    fn carried_over(&mut self, plan: &Blueprint, tally: &mut Tally) {
        let mut before = Vec::new();
        for (kind, contact) in plan.types.iter().enumerate() {
            for (i, waited) in contact.carried_over.iter().enumerate() {
                before.push(Arrival {
                    time: -waited,
                    kind,
                    period: 0,
                    key: self.source.carried(kind, i),
                    memory: Memory::default(),
                });
            }
        }
        before.sort_by(|a, b| a.time.total_cmp(&b.time));
        for arrival in before {
            tally.contacts += 1;
            self.meet(plan, &arrival, plan.carried(), tally);
        }
    }

    /// Everything that happens to a contact.
    #[inline]
    fn meet(&mut self, plan: &Blueprint, contact: &Arrival, cell: usize, tally: &mut Tally) {
        let Arrival {
            time, kind, period, ..
        } = *contact;
        let kind_plan = &plan.types[kind];
        let before = contact.memory.waited;
        tally.of(kind, cell).arrivals += 1;
        let start = self.ready(plan, time.max(self.frontier));
        self.frontier = start;
        if start > time {
            tally.of(kind, cell).waited += 1;
            if kind_plan.balk > 0.0 && time >= 0.0 {
                let balks = Stream::of(contact.key, Purpose::Balking).random::<f64>();
                if balks < kind_plan.balk {
                    tally.abandon(kind, cell, before, kind_plan.within);
                    self.try_again(plan, contact, contact.memory, time);
                    return;
                }
            }
            // Patience of those carried over begins with the day.
            let from = time.max(0.0);
            let patience = plan.patience(contact);
            let leaves = from + patience.min(kind_plan.max_wait);
            if leaves <= start {
                if plan.close == Close::Cut && leaves > plan.length {
                    return;
                }
                if leaves.is_infinite() {
                    return;
                }
                if patience <= kind_plan.max_wait {
                    let waited = before + leaves - time;
                    tally.abandon(kind, cell, waited, kind_plan.within);
                    let memory = Memory {
                        patience: Some(patience),
                        waited,
                    };
                    self.try_again(plan, contact, memory, leaves);
                } else {
                    tally.of(kind, cell).timed_out += 1;
                }
                return;
            }
            if plan.close == Close::Cut && start >= plan.length {
                return;
            }
        }
        let mut random = Stream::of(contact.key, Purpose::Service);
        let end = start + plan.service(kind, 0, period).draw(&mut random);
        let wait = before + start - time;
        let is_in_time = (kind_plan.deadline).map_or(wait <= kind_plan.within, |d| end - time <= d);
        tally.serve(plan, (kind, cell, 0), wait, is_in_time);
        self.ends.push(end);
        self.busy(plan, start, end, tally);
    }

    /// The earliest time from `time` on at which an agent is free; infinite when none ever is.
    #[inline]
    fn ready(&mut self, plan: &Blueprint, mut time: f64) -> f64 {
        loop {
            let mut change = self.next_mark(plan);
            while change <= time && change.is_finite() {
                self.mark += 1;
                self.agents = plan.groups[0].agents[plan.marks[self.mark].period] as usize;
                change = self.next_mark(plan);
            }
            if self.ends.len() < self.agents || time.is_infinite() {
                return time;
            }
            let end = self.ends.next();
            if end <= time {
                self.ends.pop();
            } else {
                time = end.min(change);
            }
        }
    }

    #[inline]
    fn next_mark(&self, plan: &Blueprint) -> f64 {
        plan.marks
            .get(self.mark + 1)
            .map_or(f64::INFINITY, |mark| mark.time)
    }

    /// Busy time from a start at the frontier.
    #[inline]
    fn busy(&self, plan: &Blueprint, start: f64, end: f64, tally: &mut Tally) {
        let mut from = start;
        for (i, mark) in plan.marks[self.mark..].iter().enumerate() {
            let until = plan
                .marks
                .get(self.mark + i + 1)
                .map_or(f64::INFINITY, |m| m.time);
            if let Some(cell) = mark.cell {
                tally.busy[cell] += end.min(until) - from;
            }
            if end <= until {
                return;
            }
            from = until;
        }
    }

    fn try_again(&mut self, plan: &Blueprint, contact: &Arrival, memory: Memory, time: f64) {
        let kind_plan = &plan.types[contact.kind];
        let Some((probability, delay)) = &kind_plan.retry else {
            return;
        };
        let mut random = Stream::of(contact.key, Purpose::Retry);
        if random.random::<f64>() < *probability {
            let time = time + delay.draw(&mut random);
            if time < plan.length {
                self.again.push(Again {
                    time,
                    key: key(contact.key, Purpose::Retry, 0),
                    kind: contact.kind,
                    memory: if kind_plan.forgets {
                        Memory::default()
                    } else {
                        memory
                    },
                });
            }
        }
    }
}

/// The period that a time lies in.
pub(super) fn period_of(plan: &Blueprint, time: f64) -> usize {
    let later = plan.bounds.partition_point(|bound| *bound <= time);
    later.saturating_sub(1).min(plan.periods() - 1)
}
