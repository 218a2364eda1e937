//! Agents who work on weekends beyond the share that their contract allows.
//!
//! ```text
//! over = Σ_{contract, week} ⌊max(0, agents who work on its weekend − share · agents who work in it)⌋
//! ```

use super::desk::Desk;
use super::person::Line;
use super::work::WEEKEND;
use crate::units::{Probability, whole};
use crate::workforce::{Contract, Staff};

/// The contracts of a pool that allow a share of their agents to work on a weekend.
#[derive(Debug)]
pub(super) struct Shares {
    /// The share of each of these contracts.
    most: Vec<f64>,
    /// The position in them of each agent's contract.
    of: Vec<Option<usize>>,
}

impl Shares {
    pub(super) fn is_empty(&self) -> bool {
        self.most.is_empty()
    }

    pub(super) fn of(contracts: &[Contract], staff: &Staff) -> Self {
        let share = |c: &Contract| c.weekend_share_max.map(Probability::get);
        let limited: Vec<&Contract> = contracts.iter().filter(|c| share(c).is_some()).collect();
        let agents = staff.agents.iter();
        Self {
            most: limited.iter().filter_map(|c| share(c)).collect(),
            of: agents
                .map(|agent| limited.iter().position(|c| c.id == agent.contract))
                .collect(),
        }
    }
}

/// How many agents of each such contract work in each week, and how many on its weekend.
#[derive(Debug, Clone)]
pub(super) struct Weekends(Vec<Vec<[u32; 2]>>);

impl Weekends {
    /// Nobody works.
    pub(super) fn none(desk: &Desk<'_>) -> Self {
        let weeks = desk.work.duties.iter().map(|duty| duty.week + 1);
        let weeks = weeks.max().unwrap_or(0);
        Self(vec![vec![[0; 2]; weeks]; desk.shares.most.len()])
    }

    /// Counts a line of an agent instead of another one.
    pub(super) fn change(&mut self, desk: &Desk<'_>, person: usize, from: &Line, to: &Line) {
        let Some(contract) = desk.shares.of[person] else {
            return;
        };
        let weeks = &mut self.0[contract];
        let [from, to] = [from, to].map(|line| worked(desk, line, weeks.len()));
        for ((count, was), is) in weeks.iter_mut().zip(from).zip(to) {
            for ((n, was), is) in count.iter_mut().zip(was).zip(is) {
                *n = *n + u32::from(is) - u32::from(was);
            }
        }
    }

    /// Agents beyond the shares, parts of an agent left out.
    pub(super) fn over(&self, desk: &Desk<'_>) -> u32 {
        let contracts = self.0.iter().zip(&desk.shares.most);
        let over = contracts.flat_map(|(weeks, share)| {
            let above = weeks
                .iter()
                .map(move |&[all, weekend]| f64::from(weekend) - share * f64::from(all));
            above.map(|above| whole::floor((above + 1e-9).max(0.0)))
        });
        over.sum()
    }
}

/// Whether a line has work in each week, and on its weekend.
fn worked(desk: &Desk<'_>, line: &Line, weeks: usize) -> Vec<[bool; 2]> {
    let mut worked = vec![[false; 2]; weeks];
    for &duty in line.iter().flatten() {
        let duty = &desk.work.duties[duty];
        worked[duty.week][0] = true;
        worked[duty.week][1] |= duty.loads[WEEKEND] > 0.0;
    }
    worked
}
