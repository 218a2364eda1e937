use crate::simulation::Law;

/// Which waiting contact an agent takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgentRule {
    /// The one that has waited longest, of any type the group takes.
    #[default]
    LongestWait,
    /// The first type in order; within a type the one that has waited longest.
    Priority,
    /// The one that is due first, by arrival and `answer_within` or `deadline`.
    EarliestDue,
}

/// A type that a group takes from its queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Take {
    /// The type.
    pub contact_type: usize,
    /// Free agents that the group keeps back: it serves the type, on arrival and from the queue, only
    /// while more than so many are free.
    pub reserve: u32,
}

/// Agents who can do the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name.
    pub id: String,
    /// Agents in each period. When there are fewer, idle agents leave at once and busy ones when
    /// their contact ends: no contact begins until fewer are busy than there should be.
    pub agents: Vec<u32>,
    /// Types it takes from the queue, in order.
    pub takes: Vec<Take>,
    /// Which waiting contact it takes.
    pub rule: AgentRule,
    /// How many chats an agent may hold at once, at least 1. Other contacts take a whole agent.
    pub concurrency: u32,
    /// By how much a chat takes longer while its agent holds 1, 2, … of them; empty for no longer.
    pub slowdown: Vec<f64>,
}

impl Group {
    /// Agents that take some types, the longest wait first.
    pub fn new(id: impl Into<String>, agents: Vec<u32>, takes: &[usize]) -> Self {
        let take = |&contact_type| Take {
            contact_type,
            reserve: 0,
        };
        Self {
            id: id.into(),
            agents,
            takes: takes.iter().map(take).collect(),
            rule: AgentRule::LongestWait,
            concurrency: 1,
            slowdown: Vec::new(),
        }
    }

    /// Chats that an agent ends at best in the time that one takes alone: the largest
    /// `j / slowdown_j`, 1 where agents hold one at a time.
    pub(crate) fn chats_at_once(&self) -> f64 {
        if self.concurrency <= 1 {
            return 1.0;
        }
        let factor = |j: u32| {
            let place = usize::try_from(j - 1).ok();
            place.and_then(|place| self.slowdown.get(place).copied())
        };
        let pace = (1..=self.concurrency).map(|j| f64::from(j) / factor(j).unwrap_or(1.0));
        pace.fold(0.0, f64::max)
    }
}

/// How long a group serves a type.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceTime {
    /// The type.
    pub contact_type: usize,
    /// The group.
    pub group: usize,
    /// The law, for each period of arrival.
    pub law: Vec<Law>,
}
