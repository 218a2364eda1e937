//! A roster while it is made.

use super::desk::Desk;
use super::person::Line;
use super::weekends::Weekends;

/// What an open shift counts, far above anything that wishes come to.
pub(super) const OPEN: f64 = 1e6;

/// What an agent counts who works on a weekend beyond the share of the contract: above wishes, below
/// an open shift.
const OVER: f64 = 1e5;

/// Lines of all agents, and the duties that nobody takes.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) lines: Vec<Line>,
    /// What each line costs.
    pub(super) costs: Vec<f64>,
    /// Open duties of each day, one for each shift.
    pub(super) open: Vec<Vec<usize>>,
    pub(super) weekends: Weekends,
    /// Agents beyond the shares of their contracts.
    pub(super) over: u32,
}

impl Standing {
    /// Everything is open.
    pub(super) fn empty(desk: &Desk<'_>) -> Self {
        let days = desk.work.days();
        let lines = vec![vec![None; days]; desk.persons.len()];
        let costs = (lines.iter().enumerate())
            .map(|(person, line)| desk.cost(person, line))
            .collect();
        let open = desk.work.by_day.iter().map(|duties| {
            let shifts = duties
                .iter()
                .map(|&d| std::iter::repeat_n(d, desk.work.stock[d].len()));
            shifts.flatten().collect()
        });
        Self {
            lines,
            costs,
            open: open.collect(),
            weekends: Weekends::none(desk),
            over: 0,
        }
    }

    pub(super) fn open_count(&self) -> usize {
        self.open.iter().map(Vec::len).sum()
    }

    pub(super) fn total(&self) -> f64 {
        let shifts = OPEN * self.open_count() as f64 + OVER * f64::from(self.over);
        shifts + self.costs.iter().sum::<f64>()
    }

    /// What other lines of some agents cost more for the shares of their contracts.
    pub(super) fn more_over(&self, desk: &Desk<'_>, lines: &[(usize, Line)]) -> f64 {
        if desk.shares.is_empty() {
            return 0.0;
        }
        let mut weekends = self.weekends.clone();
        for (person, line) in lines {
            weekends.change(desk, *person, &self.lines[*person], line);
        }
        OVER * (f64::from(weekends.over(desk)) - f64::from(self.over))
    }

    /// Gives an agent another line; the caller keeps the books of open duties.
    pub(super) fn set(&mut self, desk: &Desk<'_>, person: usize, line: Line) {
        self.costs[person] = desk.cost(person, &line);
        if !desk.shares.is_empty() {
            (self.weekends).change(desk, person, &self.lines[person], &line);
            self.over = self.weekends.over(desk);
        }
        self.lines[person] = line;
    }

    /// Takes one shift of a duty out of the open ones.
    pub(super) fn take(&mut self, desk: &Desk<'_>, duty: usize) -> bool {
        let open = &mut self.open[desk.work.duties[duty].day];
        let place = open.iter().position(|&d| d == duty);
        place.map(|p| open.swap_remove(p)).is_some()
    }

    pub(super) fn leave(&mut self, desk: &Desk<'_>, duty: usize) {
        self.open[desk.work.duties[duty].day].push(duty);
    }
}
