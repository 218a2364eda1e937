/// A rotating workforce schedule: one cyclic sequence of weeks that every employee works through,
/// each beginning one week later than the one before.
///
/// The sequence has as many weeks as there are employees; in week `w` of it, employee `w` is in
/// the present week, and moves on to week `w + 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotatingProblem {
    /// Name of the problem.
    pub name: String,
    /// Days of a week, usually 7.
    pub days: usize,
    /// Employees, which are also the weeks of the sequence.
    pub employees: usize,
    /// Shift types.
    pub shifts: Vec<RotatingShift>,
    /// Employees wanted, exactly, `[shift][day of the week]`.
    pub required: Vec<Vec<u32>>,
    /// Shortest and longest run of days off.
    pub off_block: (usize, usize),
    /// Shortest and longest run of working days.
    pub work_block: (usize, usize),
    /// Shift types that must not follow one another on consecutive days.
    pub forbidden_pairs: Vec<(usize, usize)>,
    /// Shift types that must not follow one another with exactly one day off between.
    pub forbidden_around_day_off: Vec<(usize, usize)>,
}

/// A shift type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotatingShift {
    /// Short name.
    pub id: String,
    /// Start in minutes after midnight.
    pub start: u32,
    /// Length in minutes.
    pub minutes: u32,
    /// Shortest and longest run of days on this shift type.
    pub block: (usize, usize),
}

/// The weeks of the sequence: `weeks[employee][day]`, a shift type or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RotatingSchedule {
    /// One week per employee, in the order in which each works through them.
    pub weeks: Vec<Vec<Option<usize>>>,
}
