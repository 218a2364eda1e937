/// A demand over some days and the shifts that could cover it.
///
/// The days repeat: shifts of the last day run on into the first one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignProblem {
    /// Name of the problem.
    pub name: String,
    /// Length of an interval in minutes.
    pub interval_minutes: u32,
    /// Days.
    pub days: usize,
    /// Intervals of a day.
    pub intervals_per_day: usize,
    /// Workers wanted in each interval, `days · intervals_per_day` numbers.
    pub required: Vec<u32>,
    /// Kinds of shift.
    pub shift_types: Vec<DesignShiftType>,
    /// Price of one worker missing for one minute.
    pub under: i64,
    /// Price of one worker too many for one minute.
    pub over: i64,
    /// Price of each distinct shift in use.
    pub per_shift: i64,
}

/// A kind of shift: when it may start, and how long it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DesignShiftType {
    /// First interval of the day at which it may start.
    pub first_start: usize,
    /// Last interval of the day at which it may start.
    pub last_start: usize,
    /// Fewest intervals.
    pub shortest: usize,
    /// Most intervals.
    pub longest: usize,
}

/// Distinct shifts and who works them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DesignPlan {
    /// The shifts, by start and length.
    pub shifts: Vec<DesignedShift>,
}

/// One distinct shift, usable on every day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesignedShift {
    /// Interval of the day at which it starts.
    pub start: usize,
    /// Length in intervals.
    pub length: usize,
    /// Workers who start it on each day.
    pub workers: Vec<u32>,
}
