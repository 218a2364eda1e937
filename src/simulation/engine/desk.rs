//! The agents of a group.

use std::collections::VecDeque;

use super::chats::Chats;
use super::tally::Tally;

/// How many agents there are and how many are busy, over time.
#[derive(Debug)]
pub(super) struct Desk {
    agents: i64,
    busy: i64,
    /// When the number of busy agents last changed.
    since: f64,
    /// Busy time since the last mark.
    area: f64,
    /// Since when each idle agent is idle, the longest first, if somebody asks.
    idle: Option<VecDeque<f64>>,
    /// Who holds which chats, where agents hold several.
    pub(super) chats: Option<Chats>,
}

impl Desk {
    pub(super) fn new(concurrency: usize, slowdown: &[f64], tells_idle: bool) -> Self {
        Self {
            agents: 0,
            busy: 0,
            since: 0.0,
            area: 0.0,
            idle: tells_idle.then(VecDeque::new),
            chats: (concurrency > 1).then(|| Chats::new(concurrency, slowdown)),
        }
    }

    /// Begins a day, with nobody there.
    pub(super) fn begin(&mut self) {
        self.agents = 0;
        self.busy = 0;
        self.since = 0.0;
        self.area = 0.0;
        if let Some(idle) = &mut self.idle {
            idle.clear();
        }
        if let Some(chats) = &mut self.chats {
            chats.begin();
        }
    }

    /// How many more contacts of a kind could begin, not above 0 when none could.
    #[inline]
    pub(super) fn room(&self, chat: bool) -> i64 {
        match &self.chats {
            None => self.agents - self.busy,
            Some(chats) => chats.room(chat),
        }
    }

    /// Since when the agent is idle who has been idle longest.
    pub(super) fn idle_since(&self) -> Option<f64> {
        self.idle.as_ref().and_then(|idle| idle.front().copied())
    }

    /// Lets the number of agents become another one.
    pub(super) fn staff(&mut self, now: f64, agents: u32) {
        let before = self.free();
        self.agents = i64::from(agents);
        if let Some(chats) = &mut self.chats {
            chats.staff(agents as usize);
        }
        let after = self.free();
        if let Some(idle) = &mut self.idle {
            for _ in before..after {
                idle.push_back(now);
            }
            for _ in after..before {
                idle.pop_back();
            }
        }
    }

    fn free(&self) -> i64 {
        match &self.chats {
            None => (self.agents - self.busy).max(0),
            Some(chats) => chats.idle(),
        }
    }

    /// One more agent is busy.
    #[inline]
    pub(super) fn occupy(&mut self, now: f64) {
        self.pass(now);
        self.busy += 1;
        if let Some(idle) = &mut self.idle {
            idle.pop_front();
        }
    }

    /// One agent less is busy, and stays if there should be as many.
    #[inline]
    pub(super) fn release(&mut self, now: f64) {
        self.pass(now);
        self.busy -= 1;
        let stays = match &self.chats {
            None => self.busy < self.agents,
            Some(_) => true,
        };
        if let (true, Some(idle)) = (stays, &mut self.idle) {
            idle.push_back(now);
            if let Some(chats) = &self.chats {
                // Whoever left with the last contact is not idle.
                let idle_now = usize::try_from(chats.idle()).unwrap_or(0);
                idle.truncate(idle_now);
            }
        }
    }

    #[inline]
    fn pass(&mut self, now: f64) {
        self.area += self.busy as f64 * (now - self.since);
        self.since = now;
    }

    /// Hands over the busy time since the last mark.
    pub(super) fn flush(&mut self, now: f64, place: Option<usize>, tally: &mut Tally) {
        self.pass(now);
        if let Some(place) = place {
            tally.busy[place] += self.area;
        }
        self.area = 0.0;
    }
}
