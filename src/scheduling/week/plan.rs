/// A plan for a [`Week`](super::Week): shifts with their breaks, and who serves what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeekPlan {
    /// Shifts, one entry for each pool, kind and start in use, in this order.
    pub shifts: Vec<PlannedShifts>,
    /// Who serves which language when; empty for a week of one pool and one language.
    pub serving: Vec<Serving>,
    /// Agents who are missing.
    pub missing: Vec<Missing>,
}

/// People of one pool who work the same kind of shift from the same start on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedShifts {
    /// Position of the pool.
    pub pool: usize,
    /// Position of the kind of shift.
    pub shift_type: usize,
    /// First interval.
    pub start: usize,
    /// How many people.
    pub count: u32,
    /// For each break of the kind, how many of them begin it how many intervals after the start.
    pub breaks: Vec<Vec<BreakStart>>,
}

/// People who begin a break at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakStart {
    /// Intervals after the start of the shift.
    pub offset: usize,
    /// How many people.
    pub count: u32,
}

/// Agents of a pool who serve a language in an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Serving {
    /// Position of the pool.
    pub pool: usize,
    /// The interval.
    pub interval: usize,
    /// Position of the language.
    pub language: usize,
    /// How many.
    pub agents: u32,
}

/// Agents who are missing in a language and an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// Position of the language.
    pub language: usize,
    /// The interval.
    pub interval: usize,
    /// How many.
    pub agents: u32,
}
