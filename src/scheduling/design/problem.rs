/// Which shifts should exist: a demand that repeats, and kinds of shift to choose starts and
/// lengths from.
///
/// Intervals are numbered on one axis and wrap around: a shift that starts late on the last day
/// ends early on the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignProblem {
    /// Name of the problem.
    pub name: String,
    /// Length of an interval in minutes.
    pub interval_minutes: u32,
    /// Days until the demand repeats.
    pub days: usize,
    /// Intervals of a day.
    pub intervals_per_day: usize,
    /// Workers wanted in each interval of all days.
    pub required: Vec<u32>,
    /// Kinds of shift.
    pub shift_types: Vec<DesignShiftType>,
    /// Price of one worker missing for one minute.
    pub under: i64,
    /// Price of one worker too many for one minute.
    pub over: i64,
    /// Price of each shift in use, whoever works it.
    pub per_shift: i64,
}

/// A kind of shift: any start and any length within its windows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DesignShiftType {
    /// Earliest start, an interval of the day.
    pub first_start: usize,
    /// Latest start, an interval of the day.
    pub last_start: usize,
    /// Shortest length in intervals.
    pub shortest: usize,
    /// Longest length in intervals.
    pub longest: usize,
}

/// The shifts that were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DesignPlan {
    /// Shifts in use, one entry for each start and length, in this order.
    pub shifts: Vec<DesignedShift>,
}

/// A shift in use, and who works it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignedShift {
    /// First interval of the day.
    pub start: usize,
    /// Length in intervals.
    pub length: usize,
    /// Workers who start it on each day.
    pub workers: Vec<u32>,
}
