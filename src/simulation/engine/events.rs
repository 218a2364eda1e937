//! The general engine: one event after another.
//!
//! Whoever hangs up is noticed when an agent looks at the front of the line, unless somebody else
//! must know at once: the count of lines, a retry, or an agent who stays until then. The counts are
//! the same either way.

mod leaving;

use rand::RngExt;

use super::super::centre::{AgentRule, Close};
use super::super::random::{Purpose, Stream, key};
use super::arrivals::{Arrival, Memory, Source};
use super::blueprint::Blueprint;
use super::chats::{Session, Told};
use super::desk::Desk;
use super::event::{
    ANY, Again, CHAT, Departure, Entrance, Expiry, chat_ends, narrow, short, transfer,
};
use super::fifo::period_of;
use super::heap::Heap;
use super::line::{Line, NOBODY, State, Waiting};
use super::routing::pick;
use super::tally::Tally;
use super::watch::{GivenUp, Watch};

/// The engine, whose memory serves for many replications.
#[derive(Debug)]
pub(in crate::simulation) struct Events {
    source: Source,
    departures: Heap<Departure>,
    expiries: Heap<Expiry>,
    again: Heap<Again>,
    lines: Vec<Line>,
    desks: Vec<Desk>,
    /// Groups with an agent who has just become free.
    freed: Vec<usize>,
    waiting: u64,
    /// Contacts in service or waiting, who each take a line.
    inside: u32,
    mark: usize,
}

impl Events {
    pub(in crate::simulation) fn new(plan: &Blueprint) -> Self {
        let desk =
            |g: &super::blueprint::GroupPlan| Desk::new(g.concurrency, &g.slowdown, g.tells_idle);
        Self {
            source: Source::new(),
            departures: Heap::new(),
            expiries: Heap::new(),
            again: Heap::new(),
            lines: plan.types.iter().map(|_| Line::default()).collect(),
            desks: plan.groups.iter().map(desk).collect(),
            freed: Vec::new(),
            waiting: 0,
            inside: 0,
            mark: 0,
        }
    }

    pub(in crate::simulation) fn run_day(
        &mut self,
        plan: &Blueprint,
        day: u64,
        tally: &mut Tally,
        watch: &Watch<'_>,
    ) -> Result<(), GivenUp> {
        self.begin(plan, day, tally);
        loop {
            let (arrival, departure) = (self.source.time(), self.departures.next());
            let (expiry, again) = (self.expiries.next(), self.again.next());
            let mark = plan
                .marks
                .get(self.mark + 1)
                .map_or(f64::INFINITY, |m| m.time);
            let next = (arrival.min(departure)).min(expiry.min(again)).min(mark);
            if next.is_infinite() {
                break;
            }
            tally.events += 1;
            watch.check(tally.events, tally.contacts)?;
            if mark <= next {
                self.pass_mark(plan, mark, tally);
                if plan.close == Close::Cut && self.mark + 1 == plan.marks.len() {
                    break;
                }
            } else if departure <= next {
                self.depart(plan, tally);
            } else if expiry <= next {
                self.expire(plan, tally);
            } else {
                tally.contacts += 1;
                if again <= next {
                    self.come_again(plan, tally);
                } else if let Some(arrival) = self.source.take(plan) {
                    self.arrive(plan, &arrival, Entrance::First, tally);
                }
            }
            if !self.freed.is_empty() {
                self.serve_the_freed(plan, next, tally);
            }
        }
        self.end(plan, tally);
        Ok(())
    }

    fn begin(&mut self, plan: &Blueprint, day: u64, tally: &mut Tally) {
        self.source.begin(plan, day);
        self.departures.clear();
        self.expiries.clear();
        self.again.clear();
        self.lines.iter_mut().for_each(Line::clear);
        self.freed.clear();
        self.waiting = 0;
        self.inside = 0;
        self.mark = 0;
        for (desk, group) in self.desks.iter_mut().zip(&plan.groups) {
            desk.begin();
            desk.staff(0.0, group.agents[0]);
        }
        for (k, contact) in plan.types.iter().enumerate() {
            let mut before: Vec<(usize, f64)> =
                contact.carried_over.iter().copied().enumerate().collect();
            before.sort_by(|a, b| b.1.total_cmp(&a.1));
            for (i, waited) in before {
                let arrival = Arrival {
                    time: -waited,
                    kind: k,
                    period: 0,
                    key: self.source.carried(k, i),
                    memory: Memory::default(),
                };
                tally.contacts += 1;
                let counts = tally.of(k, plan.carried());
                counts.arrivals += 1;
                counts.waited += 1;
                self.inside += 1;
                self.join(plan, &arrival, plan.carried(), NOBODY);
            }
        }
        self.freed.extend((0..plan.groups.len()).rev());
        self.serve_the_freed(plan, 0.0, tally);
    }

    /// Another period, another batch, or the close.
    fn pass_mark(&mut self, plan: &Blueprint, now: f64, tally: &mut Tally) {
        let before = plan.marks[self.mark];
        self.mark += 1;
        let mark = plan.marks[self.mark];
        let places = plan.batches * plan.periods();
        for (g, desk) in self.desks.iter_mut().enumerate() {
            desk.flush(now, before.cell.map(|cell| g * places + cell), tally);
        }
        if mark.period != before.period {
            for (g, group) in plan.groups.iter().enumerate().rev() {
                let agents = group.agents[mark.period];
                if agents != group.agents[before.period] {
                    self.desks[g].staff(now, agents);
                    self.freed.push(g);
                }
            }
        }
    }

    fn arrive(&mut self, plan: &Blueprint, contact: &Arrival, how: Entrance, tally: &mut Tally) {
        let Arrival {
            time, kind, period, ..
        } = *contact;
        let cell = plan.cell(time, period);
        let counts = tally.of(kind, cell);
        counts.arrivals += 1;
        let mut holder = NOBODY;
        match how {
            Entrance::First => {}
            Entrance::Retry => counts.retries += 1,
            Entrance::Transfer(group) => {
                counts.transfers += 1;
                holder = group;
            }
        }
        if !matches!(how, Entrance::Transfer(_)) {
            if self.inside >= plan.lines {
                counts.blocked += 1;
                counts.waited += 1;
                return;
            }
            self.inside += 1;
        }
        if let Some(group) = pick(plan, &self.desks, kind, contact.key) {
            let waiting = Waiting {
                arrival: time,
                before: contact.memory.waited,
                leaves: f64::INFINITY,
                key: contact.key,
                cell: narrow(cell),
                period: short(period),
                holder,
                state: State::Patient,
            };
            self.start(plan, (kind, group), &waiting, time, tally);
            return;
        }
        tally.of(kind, cell).waited += 1;
        let balk = plan.types[kind].balk;
        if balk > 0.0 && Stream::of(contact.key, Purpose::Balking).random::<f64>() < balk {
            let waited = contact.memory.waited;
            tally.abandon(kind, cell, waited, plan.types[kind].within);
            self.go_away(plan, contact, time, holder);
            return;
        }
        self.join(plan, contact, cell, holder);
    }

    fn join(&mut self, plan: &Blueprint, contact: &Arrival, cell: usize, holder: u16) {
        let kind_plan = &plan.types[contact.kind];
        let patience = plan.patience(contact);
        // Patience of those carried over begins with the day.
        let leaves = contact.time.max(0.0) + patience.min(kind_plan.max_wait);
        let number = self.lines[contact.kind].join(Waiting {
            arrival: contact.time,
            before: contact.memory.waited,
            leaves,
            key: contact.key,
            cell: narrow(cell),
            period: short(contact.period),
            holder,
            state: if patience <= kind_plan.max_wait {
                State::Patient
            } else {
                State::Limited
            },
        });
        self.waiting += 1;
        if kind_plan.is_watched && leaves.is_finite() {
            self.expiries.push(Expiry {
                time: leaves,
                number,
                kind: short(contact.kind),
            });
        }
    }

    fn start(
        &mut self,
        plan: &Blueprint,
        (kind, group): (usize, usize),
        contact: &Waiting,
        now: f64,
        tally: &mut Tally,
    ) {
        let contact_plan = &plan.types[kind];
        let cell = contact.cell as usize;
        let wait = contact.before + now - contact.arrival;
        let mut random = Stream::of(contact.key, Purpose::Service);
        let law = plan.service(kind, group, usize::from(contact.period));
        let service = law.draw(&mut random);
        let end = now + service;
        let due = contact_plan
            .deadline
            .map(|deadline| contact.arrival + deadline);
        if contact.holder != NOBODY {
            let holder = usize::from(contact.holder);
            self.let_go(holder, now);
        }
        let desk = &mut self.desks[group];
        let mut departure = Departure {
            time: end,
            key: contact.key,
            kind: short(kind),
            group: short(group),
            agent: ANY,
        };
        if let Some(chats) = &mut desk.chats {
            if contact_plan.chat {
                let session = Session {
                    left: service,
                    key: contact.key,
                    kind,
                    cell,
                    due,
                };
                let is_in_time = due.is_none() && wait <= contact_plan.within;
                tally.serve(plan, (kind, cell, group), wait, is_in_time);
                if let Some((was_idle, told)) = chats.start(now, session) {
                    self.departures.push(chat_ends(group, told));
                    if was_idle {
                        desk.occupy(now);
                    }
                }
                return;
            }
            departure.agent = chats.occupy().unwrap_or(ANY);
        }
        desk.occupy(now);
        let is_in_time = due.map_or(wait <= contact_plan.within, |due| end <= due);
        tally.serve(plan, (kind, cell, group), wait, is_in_time);
        self.departures.push(departure);
    }

    fn depart(&mut self, plan: &Blueprint, tally: &mut Tally) {
        let Some(departure) = self.departures.pop() else {
            return;
        };
        let (now, group) = (departure.time, usize::from(departure.group));
        let desk = &mut self.desks[group];
        let (kind, contact) = if departure.kind == CHAT {
            let told = Told {
                time: now,
                agent: departure.agent,
                version: narrow(usize::try_from(departure.key).unwrap_or(usize::MAX)),
            };
            let ended = desk.chats.as_mut().and_then(|chats| chats.finish(told));
            let Some((session, is_idle, next)) = ended else {
                return;
            };
            if let Some(told) = next {
                self.departures.push(chat_ends(group, told));
            }
            if is_idle {
                desk.release(now);
            }
            if session.due.is_some_and(|due| now <= due) {
                tally.of(session.kind, session.cell).in_time += 1;
                if let Some(batch) = plan.batch(session.cell) {
                    tally.served_by[group * plan.batches + batch].in_time += 1;
                }
            }
            self.freed.push(group);
            (session.kind, session.key)
        } else {
            let kind = usize::from(departure.kind);
            let transfer = transfer(plan, kind, departure.key);
            if let Some((to, true)) = transfer
                && desk.chats.is_none()
            {
                self.hand_over(plan, to, departure.key, now, departure.group, tally);
                return;
            }
            if let Some(chats) = &mut desk.chats {
                chats.release(departure.agent);
            }
            desk.release(now);
            self.freed.push(group);
            (kind, departure.key)
        };
        match transfer(plan, kind, contact) {
            Some((to, _)) => {
                self.serve_the_freed(plan, now, tally);
                self.hand_over(plan, to, contact, now, NOBODY, tally);
            }
            None => self.inside -= 1,
        }
    }

    /// A contact goes on as one of another type.
    fn hand_over(
        &mut self,
        plan: &Blueprint,
        to: usize,
        contact: u64,
        now: f64,
        holder: u16,
        tally: &mut Tally,
    ) {
        tally.contacts += 1;
        let next = Arrival {
            time: now,
            kind: to,
            period: period_of(plan, now),
            key: key(contact, Purpose::Transfer, to as u64),
            memory: Memory::default(),
        };
        self.arrive(plan, &next, Entrance::Transfer(holder), tally);
    }

    /// The agent who stayed with a contact is free.
    fn let_go(&mut self, group: usize, now: f64) {
        self.desks[group].release(now);
        self.freed.push(group);
    }

    /// Lets agents who have just become free take whoever waits for them.
    #[inline]
    fn serve_the_freed(&mut self, plan: &Blueprint, now: f64, tally: &mut Tally) {
        while let Some(group) = self.freed.pop() {
            while self.waiting > 0 {
                let Some(kind) = self.choose(plan, group, now, tally) else {
                    break;
                };
                let Some(contact) = self.lines[kind].take() else {
                    break;
                };
                self.waiting -= 1;
                self.start(plan, (kind, group), &contact, now, tally);
            }
        }
    }

    /// The type that a free agent of a group takes next.
    fn choose(
        &mut self,
        plan: &Blueprint,
        group: usize,
        now: f64,
        tally: &mut Tally,
    ) -> Option<usize> {
        let group_plan = &plan.groups[group];
        let mut best = None;
        let mut least = f64::INFINITY;
        for &(kind, kept, chat) in &group_plan.takes {
            if self.desks[group].room(chat) <= kept {
                continue;
            }
            let Some(arrival) = self.first(plan, kind, now, tally) else {
                continue;
            };
            let rank = match group_plan.rule {
                AgentRule::Priority => return Some(kind),
                AgentRule::LongestWait => arrival,
                AgentRule::EarliestDue => arrival + plan.types[kind].due,
            };
            if rank < least {
                (best, least) = (Some(kind), rank);
            }
        }
        best
    }

    /// When the first of a line arrived who still waits.
    #[inline]
    fn first(&mut self, plan: &Blueprint, kind: usize, now: f64, tally: &mut Tally) -> Option<f64> {
        loop {
            let front = self.lines[kind].front()?;
            if front.state == State::Gone {
                self.lines[kind].take();
            } else if front.leaves <= now {
                let gone = self.lines[kind].take()?;
                self.lose(plan, kind, &gone, tally);
            } else {
                return Some(front.arrival);
            }
        }
    }
}
