//! The first roster: anonymous tours given to agents week by week.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::desk::Desk;
use super::matching::matching;
use super::person::Line;
use super::standing::{OPEN, Standing};
use crate::scheduling::budget::Budget;
use crate::scheduling::tours::PoolTours;
use crate::workforce::Shift;

/// Every week's tours go to the agents for whom they cost least, less what they may not work. Weeks
/// for which there is no time stay open.
pub(super) fn start(desk: &Desk<'_>, tours: &PoolTours, budget: &Budget<'_>) -> Standing {
    let mut standing = Standing::empty(desk);
    for blocks in weeks(desk, tours).into_values() {
        let agents = desk.persons.len();
        let mut best: Vec<Vec<(f64, Line)>> = blocks
            .par_iter()
            .map(|block| {
                let with = |person: usize| with(desk, person, &standing.lines[person], block);
                let in_time = (0..agents).take_while(|_| !budget.is_over());
                in_time.map(with).collect()
            })
            .collect();
        if best.iter().any(|row| row.len() < agents) {
            break;
        }
        let cost = best.iter().zip(&blocks).map(|(row, block)| {
            let own = row
                .iter()
                .enumerate()
                .map(|(p, (cost, _))| cost - standing.costs[p]);
            let nobody = OPEN * block.len() as f64;
            own.chain(std::iter::repeat_n(nobody, blocks.len()))
                .collect()
        });
        let cost: Vec<Vec<f64>> = cost.collect();
        for (row, person) in matching(&cost).into_iter().enumerate() {
            if person >= agents {
                continue;
            }
            let line = std::mem::take(&mut best[row][person].1);
            for (day, duty) in line.iter().enumerate() {
                if let Some(duty) = duty.filter(|_| standing.lines[person][day].is_none()) {
                    standing.take(desk, duty);
                }
            }
            standing.set(desk, person, line);
        }
    }
    standing
}

/// The duties of each tour in each week.
fn weeks(desk: &Desk<'_>, tours: &PoolTours) -> BTreeMap<usize, Vec<Vec<usize>>> {
    let mut places: BTreeMap<&Shift, usize> = BTreeMap::new();
    for (duty, stock) in desk.work.stock.iter().enumerate() {
        places.extend(stock.iter().map(|shift| (shift, duty)));
    }
    let mut weeks: BTreeMap<usize, Vec<Vec<usize>>> = BTreeMap::new();
    for tour in &tours.tours {
        let mut blocks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &duty in tour.shifts.iter().filter_map(|shift| places.get(shift)) {
            let week = desk.work.duties[duty].week;
            blocks.entry(week).or_default().push(duty);
        }
        for (week, block) in blocks {
            weeks.entry(week).or_default().push(block);
        }
    }
    weeks
}

/// A line with as much of a block as an agent may work, and what it costs.
fn with(desk: &Desk<'_>, person: usize, line: &Line, block: &[usize]) -> (f64, Line) {
    let day = |duty: usize| desk.work.duties[duty].day;
    let mut whole = line.clone();
    for &duty in block {
        whole[day(duty)] = Some(duty);
    }
    if desk.allows(person, &whole) {
        return (desk.cost(person, &whole), whole);
    }
    let mut part = line.clone();
    let mut left = 0;
    for &duty in block {
        part[day(duty)] = Some(duty);
        if !desk.allows(person, &part) {
            part[day(duty)] = None;
            left += 1;
        }
    }
    (desk.cost(person, &part) + OPEN * f64::from(left), part)
}
