//! Agents who hold several chats at once.
//!
//! A new chat goes to an agent who holds the fewest. A chat takes `slowdown[j]` times as long while
//! its agent holds `j`, so the work left shrinks at `1 / slowdown[j]`, and all chats of an agent are
//! brought up to date whenever their number changes. Other contacts take a whole agent. Agents who
//! are to leave take nothing new and go when they hold nothing.

/// A chat under way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Session {
    /// Time it would still take alone.
    pub(super) left: f64,
    pub(super) key: u64,
    pub(super) kind: usize,
    pub(super) cell: usize,
    /// The latest end that is in time, where that is told at the end.
    pub(super) due: Option<f64>,
}

#[derive(Debug, Clone, Default)]
struct Agent {
    sessions: Vec<Session>,
    /// Up to when the sessions are brought up to date.
    since: f64,
    /// How often the next end has been told; only the last one holds.
    version: u32,
    /// Place in the list of agents with as many chats, while the agent takes new ones.
    place: Option<usize>,
    is_whole: bool,
    is_leaving: bool,
}

/// When the next chat of an agent ends, as things stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) time: f64,
    pub(super) agent: u32,
    pub(super) version: u32,
}

/// The agents of one group.
#[derive(Debug)]
pub(super) struct Chats {
    most: usize,
    /// By number of chats.
    slowdown: Vec<f64>,
    agents: Vec<Agent>,
    /// Agents who take new chats, by how many they hold.
    holding: Vec<Vec<u32>>,
    away: Vec<u32>,
    present: usize,
    /// Chats that could begin.
    room: i64,
}

impl Chats {
    pub(super) fn new(most: usize, slowdown: &[f64]) -> Self {
        let mut factors = vec![1.0; most + 1];
        factors
            .iter_mut()
            .skip(1)
            .zip(slowdown)
            .for_each(|(f, s)| *f = *s);
        Self {
            most,
            slowdown: factors,
            agents: Vec::new(),
            holding: vec![Vec::new(); most + 1],
            away: Vec::new(),
            present: 0,
            room: 0,
        }
    }

    pub(super) fn begin(&mut self) {
        for agent in &mut self.agents {
            agent.sessions.clear();
            // Versions go on, so that nothing told before holds.
            agent.version += 1;
            agent.place = None;
            agent.is_whole = false;
            agent.is_leaving = false;
        }
        self.holding.iter_mut().for_each(Vec::clear);
        self.away = (0..self.agents.len()).rev().map(number).collect();
        self.present = 0;
        self.room = 0;
    }

    /// Agents who hold nothing.
    pub(super) fn idle(&self) -> i64 {
        count(self.holding[0].len())
    }

    #[inline]
    pub(super) fn room(&self, chat: bool) -> i64 {
        if chat { self.room } else { self.idle() }
    }

    /// Lets the number of agents become another one: first those who were to leave stay, or the idle
    /// ones and then those with the fewest chats are to leave.
    pub(super) fn staff(&mut self, agents: usize) {
        for id in 0..self.agents.len() {
            if self.present < agents && self.agents[id].is_leaving {
                self.agents[id].is_leaving = false;
                self.present += 1;
                if !self.agents[id].is_whole {
                    self.enter(number(id));
                }
            }
        }
        while self.present < agents {
            let id = self.away.pop().unwrap_or_else(|| {
                self.agents.push(Agent::default());
                number(self.agents.len() - 1)
            });
            self.present += 1;
            self.enter(id);
        }
        let mut load = 0;
        while self.present > agents && load <= self.most {
            match self.holding[load].last().copied() {
                Some(id) => {
                    self.leave_list(id);
                    self.dismiss(id);
                }
                None => load += 1,
            }
        }
        for id in 0..self.agents.len() {
            let agent = &self.agents[id];
            if self.present > agents && agent.is_whole && !agent.is_leaving {
                self.dismiss(number(id));
            }
        }
    }

    fn dismiss(&mut self, id: u32) {
        self.present -= 1;
        let agent = &mut self.agents[id as usize];
        if agent.sessions.is_empty() && !agent.is_whole {
            self.away.push(id);
        } else {
            agent.is_leaving = true;
        }
    }

    /// Puts an agent who takes chats into the list of those with as many.
    fn enter(&mut self, id: u32) {
        let load = self.agents[id as usize].sessions.len();
        self.agents[id as usize].place = Some(self.holding[load].len());
        self.holding[load].push(id);
        self.room += count(self.most - load);
    }

    fn leave_list(&mut self, id: u32) {
        let load = self.agents[id as usize].sessions.len();
        let Some(place) = self.agents[id as usize].place.take() else {
            return;
        };
        self.holding[load].swap_remove(place);
        if let Some(moved) = self.holding[load].get(place) {
            self.agents[*moved as usize].place = Some(place);
        }
        self.room -= count(self.most - load);
    }

    /// Takes an idle agent for a contact that is no chat.
    pub(super) fn occupy(&mut self) -> Option<u32> {
        let id = self.holding[0].last().copied()?;
        self.leave_list(id);
        self.agents[id as usize].is_whole = true;
        Some(id)
    }

    /// Gives that agent back.
    pub(super) fn release(&mut self, id: u32) {
        let agent = &mut self.agents[id as usize];
        agent.is_whole = false;
        if agent.is_leaving {
            agent.is_leaving = false;
            self.away.push(id);
        } else {
            self.enter(id);
        }
    }

    /// Gives a chat to an agent who holds the fewest; whether the agent held none before, and when
    /// the next of that agent's chats ends.
    pub(super) fn start(&mut self, now: f64, session: Session) -> Option<(bool, Told)> {
        let id = (self.holding[..self.most].iter()).find_map(|list| list.last().copied())?;
        self.leave_list(id);
        self.update(id, now);
        let agent = &mut self.agents[id as usize];
        agent.sessions.push(session);
        let was_idle = agent.sessions.len() == 1;
        self.enter(id);
        Some((was_idle, self.tell(id, now)))
    }

    /// Ends the chat of an agent that has the least left, if what was told still holds. The chat,
    /// whether the agent holds none now, and when the next one ends.
    pub(super) fn finish(&mut self, told: Told) -> Option<(Session, bool, Option<Told>)> {
        if self.agents.get(told.agent as usize)?.version != told.version {
            return None;
        }
        self.leave_list(told.agent);
        self.update(told.agent, told.time);
        let agent = &mut self.agents[told.agent as usize];
        let ends = (agent.sessions.iter().enumerate()).min_by(|a, b| a.1.left.total_cmp(&b.1.left));
        let session = agent.sessions.swap_remove(ends?.0);
        let is_idle = agent.sessions.is_empty();
        match (agent.is_leaving, is_idle) {
            (true, true) => {
                agent.is_leaving = false;
                agent.version += 1;
                self.away.push(told.agent);
            }
            (true, false) => {}
            (false, _) => self.enter(told.agent),
        }
        let next = (!is_idle).then(|| self.tell(told.agent, told.time));
        Some((session, is_idle, next))
    }

    /// Brings what is left of an agent's chats up to date.
    fn update(&mut self, id: u32, now: f64) {
        let agent = &mut self.agents[id as usize];
        let done = (now - agent.since) / self.slowdown[agent.sessions.len()];
        for session in &mut agent.sessions {
            session.left -= done;
        }
        agent.since = now;
    }

    fn tell(&mut self, id: u32, now: f64) -> Told {
        let agent = &mut self.agents[id as usize];
        agent.version += 1;
        let least = (agent.sessions.iter()).fold(f64::INFINITY, |l, s| l.min(s.left));
        Told {
            time: now + least.max(0.0) * self.slowdown[agent.sessions.len()],
            agent: id,
            version: agent.version,
        }
    }
}

/// The number of an agent.
fn number(id: usize) -> u32 {
    u32::try_from(id).unwrap_or(u32::MAX)
}

fn count(places: usize) -> i64 {
    i64::try_from(places).unwrap_or(i64::MAX)
}
