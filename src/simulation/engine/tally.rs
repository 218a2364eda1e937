//! What is counted in one replication.

use super::blueprint::Blueprint;

/// Contacts of a type that arrived in one place of the day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::simulation) struct Counts {
    pub(in crate::simulation) arrivals: u32,
    pub(in crate::simulation) retries: u32,
    pub(in crate::simulation) transfers: u32,
    pub(in crate::simulation) served: u32,
    pub(in crate::simulation) in_time: u32,
    pub(in crate::simulation) waited: u32,
    pub(in crate::simulation) abandoned: u32,
    pub(in crate::simulation) late_abandoned: u32,
    pub(in crate::simulation) blocked: u32,
    pub(in crate::simulation) timed_out: u32,
    /// Waits of those served, added up.
    pub(in crate::simulation) waits: f64,
}

/// Contacts that a group served.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::simulation) struct ServedBy {
    pub(in crate::simulation) served: u32,
    pub(in crate::simulation) in_time: u32,
    pub(in crate::simulation) waits: f64,
}

/// Everything that is counted.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::simulation) struct Tally {
    /// By type and cell.
    pub(in crate::simulation) counts: Vec<Counts>,
    cells: usize,
    /// By group and batch.
    pub(in crate::simulation) served_by: Vec<ServedBy>,
    /// Busy time by group and cell.
    pub(in crate::simulation) busy: Vec<f64>,
    /// Contacts that came in, whether they count or not.
    pub(in crate::simulation) contacts: u64,
    /// Things that happened.
    pub(in crate::simulation) events: u64,
}

impl Tally {
    pub(in crate::simulation) fn new(plan: &Blueprint) -> Self {
        let cells = plan.cells();
        Self {
            counts: vec![Counts::default(); plan.types.len() * cells],
            cells,
            served_by: vec![ServedBy::default(); plan.groups.len() * plan.batches],
            busy: vec![0.0; plan.groups.len() * plan.batches * plan.periods()],
            contacts: 0,
            events: 0,
        }
    }

    #[inline]
    pub(in crate::simulation) fn of(&mut self, kind: usize, cell: usize) -> &mut Counts {
        &mut self.counts[kind * self.cells + cell]
    }

    /// The cells of a type.
    pub(in crate::simulation) fn cells_of(&self, kind: usize) -> &[Counts] {
        &self.counts[kind * self.cells..][..self.cells]
    }

    /// Notes a contact whose service begins.
    #[inline]
    pub(in crate::simulation) fn serve(
        &mut self,
        plan: &Blueprint,
        (kind, cell, group): (usize, usize, usize),
        wait: f64,
        is_in_time: bool,
    ) {
        let counts = self.of(kind, cell);
        counts.served += 1;
        counts.in_time += u32::from(is_in_time);
        counts.waits += wait;
        if let Some(batch) = plan.batch(cell) {
            let by = &mut self.served_by[group * plan.batches + batch];
            by.served += 1;
            by.in_time += u32::from(is_in_time);
            by.waits += wait;
        }
    }

    /// Notes a contact that hangs up after a wait.
    #[inline]
    pub(in crate::simulation) fn abandon(
        &mut self,
        kind: usize,
        cell: usize,
        wait: f64,
        within: f64,
    ) {
        let counts = self.of(kind, cell);
        counts.abandoned += 1;
        counts.late_abandoned += u32::from(wait > within);
    }
}
