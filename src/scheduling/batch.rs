//! Windows side by side: each is dived around the same point, and what they find is put together
//! in their order, so that the result does not depend on how many threads there are.

use rayon::prelude::*;

use super::breaks::Places;
use super::dive::{Manner, dive, inside};
use crate::milp::{MilpError, Model, Restriction, Variable};

/// One window of a batch.
#[derive(Debug)]
pub(super) struct Window<'a> {
    /// Variables that may move; those of an earlier window of the batch stay with it.
    pub(super) free: Vec<Variable>,
    pub(super) manner: Manner<'a>,
}

/// New values of some variables.
pub(super) type Change = Vec<(usize, f64)>;

/// Dives every window around a point. Rows that several windows touch are shared: the windows
/// divide what the point leaves unused of them, and one of the windows, the `favoured`, gets all
/// of it where every variable is whole, since parts of a shift are no use. So all changes can be
/// made together, or any of them alone.
pub(super) fn refill(
    model: &Model,
    point: &[f64],
    windows: &[Window<'_>],
    favoured: usize,
    breaks: &[Places],
) -> Result<Vec<Option<Change>>, MilpError> {
    let owners = owners(model, windows);
    let shares = Shares::of(model, &owners);
    // One at a time: a thread that is done takes the next, whatever its neighbours have left.
    (windows.par_iter().enumerate().with_max_len(1))
        .map(|(index, window)| {
            let mine = window.free.iter().copied();
            let mine = mine.filter(|v| owners[v.index()] == Some(index));
            let share = |row: usize| match shares.rows[row] {
                Share::Alone => 1.0,
                Share::Whole if index == favoured % windows.len() => 1.0,
                Share::Whole => 0.0,
                Share::Parts => 1.0 / windows.len() as f64,
            };
            let restriction = Restriction::sharing(model, point, mine, share);
            let start = restriction.project(point);
            let free = restriction.free().iter().copied();
            let breaks = inside(&restriction, breaks);
            let inner = dive(restriction.model(), &start, &breaks, &window.manner)?;
            Ok(inner.map(|inner| free.zip(inner).collect()))
        })
        .collect()
}

/// What a change costs more than the point did.
pub(super) fn extra_cost(model: &Model, point: &[f64], change: &Change) -> f64 {
    let costs: Vec<f64> = model.variables().map(|v| model.cost_of(v)).collect();
    (change.iter())
        .map(|&(v, value)| costs[v] * (value - point[v]))
        .sum()
}

/// Makes a change.
pub(super) fn apply(point: &mut [f64], change: &Change) {
    for &(v, value) in change {
        point[v] = value;
    }
}

/// The first window that frees each variable.
fn owners(model: &Model, windows: &[Window<'_>]) -> Vec<Option<usize>> {
    let mut owners = vec![None; model.variable_count()];
    for (index, window) in windows.iter().enumerate() {
        for v in &window.free {
            owners[v.index()].get_or_insert(index);
        }
    }
    owners
}

/// How the slack of a row is divided.
#[derive(Debug, Clone, Copy)]
enum Share {
    /// At most one window touches it.
    Alone,
    /// One window gets all of it.
    Whole,
    /// Each window gets the same part.
    Parts,
}

struct Shares {
    rows: Vec<Share>,
}

impl Shares {
    fn of(model: &Model, owners: &[Option<usize>]) -> Self {
        let share = |row| {
            let mut touching = model.terms(row).filter_map(|(v, _)| owners[v.index()]);
            let first = touching.next();
            if touching.all(|o| Some(o) == first) {
                Share::Alone
            } else if model.terms(row).all(|(v, _)| model.is_integer(v)) {
                Share::Whole
            } else {
                Share::Parts
            }
        };
        Self {
            rows: model.rows().map(share).collect(),
        }
    }
}
