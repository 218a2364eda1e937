//! Rotating workforce schedules: numbers in a fixed order, comments after `#`.

use super::lines::{Line, Lines};
use crate::scheduling::rotating::{RotatingProblem, RotatingShift};
use crate::workforce::FaultCode;

/// Reads on from line to line.
#[derive(Debug)]
struct Cursor<'l, 'a> {
    lines: &'l Lines<'a>,
    rows: std::vec::IntoIter<Line<'a>>,
}

impl<'a> Cursor<'_, 'a> {
    fn next(&mut self, what: &str) -> Option<Line<'a>> {
        let row = self.rows.next();
        if row.is_none() {
            self.lines.missing(what);
        }
        row
    }

    /// So many whole numbers on the next line.
    fn numbers(&mut self, what: &str, count: usize) -> Option<Vec<u32>> {
        let line = self.next(what)?;
        let fields: Vec<&str> = line.text.split_whitespace().collect();
        if fields.len() != count {
            let found = format!("{} numbers for {what} instead of {count}", fields.len());
            let action = format!("write {count} numbers with spaces between");
            self.lines
                .fault(line.number, FaultCode::WrongLength, found, &action);
            return None;
        }
        let numbers = fields
            .iter()
            .map(|f| self.lines.whole(line.number, what, f));
        numbers.collect()
    }

    fn count(&mut self, what: &str) -> Option<usize> {
        let numbers = self.numbers(what, 1)?;
        usize::try_from(*numbers.first()?).ok()
    }

    fn range(&mut self, what: &str) -> Option<(usize, usize)> {
        let numbers = self.numbers(what, 2)?;
        let size = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        Some((size(*numbers.first()?), size(*numbers.get(1)?)))
    }
}

/// Reads a problem.
pub(super) fn read(name: &str, lines: &Lines<'_>) -> Option<RotatingProblem> {
    let rows: Vec<Line<'_>> = (lines.all.iter())
        .filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
        .copied()
        .collect();
    let mut cursor = Cursor {
        lines,
        rows: rows.into_iter(),
    };
    let days = cursor.count("length of the schedule")?;
    let employees = cursor.count("number of employees")?;
    let count = cursor.count("number of shift types")?;
    if days == 0 || employees == 0 || days > 31 || employees > 1000 || count > 30 {
        let what = format!("{days} days, {employees} employees, {count} shift types");
        let action = "write 1 to 31 days, 1 to 1000 employees and at most 30 shift types";
        lines.fault(0, FaultCode::OutOfRange, what, action);
        return None;
    }
    let mut required = Vec::new();
    for _ in 0..count {
        required.push(cursor.numbers("requirements of a shift type", days)?);
    }
    let mut shifts = Vec::new();
    for _ in 0..count {
        shifts.push(read_shift(lines, cursor.next("shift type")?)?);
    }
    let names: Vec<String> = shifts.iter().map(|s| s.id.clone()).collect();
    lines.once("shift type", &names);
    let off_block = cursor.range("length of days-off blocks")?;
    let work_block = cursor.range("length of work blocks")?;
    let counts = cursor.range("numbers of forbidden sequences")?;
    let mut forbidden_pairs = Vec::new();
    for _ in 0..counts.0 {
        let line = cursor.next("forbidden sequence of two")?;
        let fields: Vec<&str> = line.text.split_whitespace().collect();
        let &[a, b] = fields.as_slice() else {
            sequence_fault(lines, line, "SHIFT SHIFT");
            return None;
        };
        let place = |id| lines.place(line.number, "shift type", id, &names);
        forbidden_pairs.push((place(a)?, place(b)?));
    }
    let mut forbidden_around_day_off = Vec::new();
    for _ in 0..counts.1 {
        let line = cursor.next("forbidden sequence of three")?;
        let fields: Vec<&str> = line.text.split_whitespace().collect();
        let &[a, "-", b] = fields.as_slice() else {
            sequence_fault(lines, line, "SHIFT - SHIFT");
            return None;
        };
        let place = |id| lines.place(line.number, "shift type", id, &names);
        forbidden_around_day_off.push((place(a)?, place(b)?));
    }
    Some(RotatingProblem {
        name: name.to_owned(),
        days,
        employees,
        shifts,
        required,
        off_block,
        work_block,
        forbidden_pairs,
        forbidden_around_day_off,
    })
}

fn sequence_fault(lines: &Lines<'_>, line: Line<'_>, form: &str) {
    let what = format!("`{}` is no forbidden sequence of this length", line.text);
    let action = format!("write {form}");
    lines.fault(line.number, FaultCode::Syntax, what, &action);
}

fn read_shift(lines: &Lines<'_>, line: Line<'_>) -> Option<RotatingShift> {
    let fields: Vec<&str> = line.text.split_whitespace().collect();
    let &[id, start, minutes, shortest, longest] = fields.as_slice() else {
        let what = format!("{} fields for a shift type instead of 5", fields.len());
        let action = "write name, start, length, shortest and longest block";
        lines.fault(line.number, FaultCode::WrongLength, what, action);
        return None;
    };
    Some(RotatingShift {
        id: id.to_owned(),
        start: lines.whole(line.number, "the start", start)?,
        minutes: lines.whole(line.number, "the length", minutes)?,
        block: (
            lines.count(line.number, "the shortest block", shortest)?,
            lines.count(line.number, "the longest block", longest)?,
        ),
    })
}
