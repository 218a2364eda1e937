use crate::simulation::Law;

/// How contacts of a type come.
#[derive(Debug, Clone, PartialEq)]
pub enum Arrivals {
    /// A Poisson stream with a rate for each period.
    Poisson(Vec<f64>),
    /// A count for each period, spread evenly at random within it: a history by interval.
    Counts(Vec<u32>),
    /// The times themselves, in order, from the beginning of the day.
    Times(Vec<f64>),
}

/// Which group serves a contact that finds several with a free agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ArrivalRule {
    /// The first of the route.
    #[default]
    Priority,
    /// The group of an agent drawn evenly from all free agents of the route.
    RandomAgent,
    /// The group of the agent who has been idle longest. Agents with some chats and room for more
    /// are asked when nobody is idle, in the order of the route.
    LongestIdle,
}

/// Trying again after hanging up. Whoever comes again is a new arrival, of the period in which it
/// comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Retry {
    /// Share of those who hang up or balk that try again.
    pub probability: f64,
    /// Time until then.
    pub delay: Law,
    /// Whether each try is like that of somebody else. Otherwise the customer has the same patience
    /// as before, and the wait that is measured is that of all tries together.
    pub fresh: bool,
}

/// Becoming a contact of another type when the service ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Transfer {
    /// Share of the contacts served.
    pub probability: f64,
    /// The type it becomes. It counts as an arrival of that type, waits from then on, and keeps its
    /// line.
    pub to: usize,
    /// Whether the first agent stays with it until the next one begins or it hangs up. Agents of a
    /// group with a concurrency never stay.
    pub warm: bool,
}

/// Contacts of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct ContactType {
    /// Its name.
    pub id: String,
    /// How they come.
    pub arrivals: Arrivals,
    /// How long each is willing to wait, for each period of arrival; empty for ever.
    pub patience: Vec<Law>,
    /// Share of those who would have to wait that leave at once instead.
    pub balk_probability: f64,
    /// Waiting time after which a contact is removed.
    pub max_wait: Option<f64>,
    /// Longest wait that counts as in time.
    pub answer_within: f64,
    /// For deferred work: the time from arrival to the end of the service that counts as in time,
    /// instead of `answer_within`.
    pub deadline: Option<f64>,
    /// Trying again.
    pub retry: Option<Retry>,
    /// What may become of it when the service ends; the probabilities add up to at most 1.
    pub transfers: Vec<Transfer>,
    /// Whether agents of a group with a concurrency may hold several at once.
    pub chat: bool,
    /// How long each contact that waits when the day begins has waited already. They are served, and
    /// counted apart from the arrivals of the day.
    pub carried_over: Vec<f64>,
    /// Groups that may serve it on arrival, in order.
    pub route: Vec<usize>,
    /// Which of them does.
    pub rule: ArrivalRule,
}

impl ContactType {
    /// Poisson arrivals that wait as long as it takes, in time if they do not wait at all, with no
    /// route yet.
    pub fn new(id: impl Into<String>, rates: Vec<f64>) -> Self {
        Self {
            id: id.into(),
            arrivals: Arrivals::Poisson(rates),
            patience: Vec::new(),
            balk_probability: 0.0,
            max_wait: None,
            answer_within: 0.0,
            deadline: None,
            retry: None,
            transfers: Vec::new(),
            chat: false,
            carried_over: Vec::new(),
            route: Vec::new(),
            rule: ArrivalRule::Priority,
        }
    }

    /// The time that counts as in time, from arrival.
    pub(in crate::simulation) fn due(&self) -> f64 {
        self.deadline.unwrap_or(self.answer_within)
    }
}
