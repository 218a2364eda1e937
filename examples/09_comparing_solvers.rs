//! Story 9: one model, every solver. A day of eight intervals, shifts of four, least people; each
//! backend's cost and bound beside what trying everything finds.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;

use wfm::milp::{
    Backend, Kind, Model, Sense, SolveOptions, certified_bound, check, lp_duals, next_attainable,
};

/// Agents needed in each interval.
const NEEDED: [u32; 8] = [2, 3, 5, 6, 4, 5, 3, 1];

/// Intervals of a shift.
const LENGTH: usize = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let mut model = Model::new();
    let starts: Vec<usize> = (0..=NEEDED.len() - LENGTH).collect();
    let people: Vec<_> = (starts.iter())
        .map(|s| model.add_variable(format!("start {s}"), 0.0, 9.0, 1.0, Kind::Integer))
        .collect();
    for (interval, &needed) in NEEDED.iter().enumerate() {
        let there = starts
            .iter()
            .filter(|&&s| (s..s + LENGTH).contains(&interval));
        let terms = there.map(|&s| (people[s], 1.0));
        model.add_row(
            format!("interval {interval}"),
            terms,
            Sense::AtLeast,
            f64::from(needed),
        );
    }
    // A bound needs no trust in a solver: it is recomputed from the prices of the relaxation.
    let priced = Backend::ALL
        .into_iter()
        .find(|b| b.is_available() && b.has_duals());
    if let Some(backend) = priced {
        let relaxed = lp_duals(backend, &model, &SolveOptions::default())?;
        let duals = relaxed.duals.ok_or("no prices")?;
        let bound = certified_bound(&model, &duals);
        println!(
            "bound from prices: {bound:.2}, so no fewer than {:.0}",
            next_attainable(bound, 1.0)
        );
    }
    let least = cheapest(&mut vec![0; starts.len()], 0);
    println!("trying everything: {least} people\n");
    println!("backend    people  bound  keeps every row");
    for backend in Backend::ALL
        .into_iter()
        .filter(|b| b.is_available() && b.has_integers())
    {
        let outcome = backend.solve(&model, &SolveOptions::default())?;
        let point = outcome.point.ok_or("no solution")?;
        let is_kept = check(&model, &point, 1e-6).is_empty();
        let bound = match outcome.bound {
            bound if bound.is_finite() => format!("{bound:.2}"),
            _ => "none".to_owned(),
        };
        println!("{backend:<9}  {:>6.0}  {bound:>5}  {is_kept}", outcome.cost);
        let is_least = (outcome.cost - f64::from(least)).abs() < 1e-6;
        if !is_kept || !is_least || outcome.bound > outcome.cost + 1e-6 {
            return Err(format!("{backend} is wrong").into());
        }
    }
    Ok(())
}

/// The fewest people, by trying every number of them for each start.
fn cheapest(people: &mut Vec<u32>, start: usize) -> u32 {
    let there = |people: &[u32], t: usize| -> u32 {
        let first = (t + 1).saturating_sub(LENGTH);
        people[first..people.len().min(t + 1)].iter().sum()
    };
    if start == people.len() {
        let is_enough = (0..NEEDED.len()).all(|t| there(people, t) >= NEEDED[t]);
        return if is_enough {
            people.iter().sum()
        } else {
            u32::MAX
        };
    }
    let mut least = u32::MAX;
    for n in 0..=NEEDED.into_iter().max().unwrap_or(0) {
        people[start] = n;
        // Nobody who starts later is there in the interval of this start.
        if there(&people[..=start], start) >= NEEDED[start] {
            least = least.min(cheapest(people, start + 1));
        }
    }
    people[start] = 0;
    least
}
