use std::ops::Range;

use super::Facts;
use crate::calendar::{Grid, NaiveDate};

/// A week to be planned. Local times stand on the UTC axis: a source without a zone has none.
#[derive(Debug, Clone, PartialEq)]
pub struct Horizon {
    /// First day.
    pub first: NaiveDate,
    /// Its intervals.
    pub grid: Grid,
    /// In which of them agents answer.
    pub open: Vec<bool>,
}

impl Horizon {
    /// Its days as ranges of intervals.
    pub(super) fn days(&self) -> Vec<Range<usize>> {
        let per_day = self.grid.interval_length().per_day();
        let starts = (0..self.grid.len()).step_by(per_day);
        starts.map(|start| start..start + per_day).collect()
    }

    /// Volumes by day and interval as a list on the grid, nothing where nobody answers.
    pub(super) fn spread<'a>(&self, days: impl Iterator<Item = &'a [f64]>) -> Vec<f64> {
        let mut volumes: Vec<f64> = days.flatten().copied().collect();
        volumes.resize(self.grid.len(), 0.0);
        for (volume, open) in volumes.iter_mut().zip(&self.open) {
            if !open {
                *volume = 0.0;
            }
        }
        volumes
    }
}

/// What came in a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Truth {
    /// Contacts in each interval.
    pub counts: Vec<u32>,
    /// How long they took, and how long they were willing to wait.
    pub facts: Facts,
}
