//! The simulator against published simulations of others, exact chains, formulas and cases by hand.
//!
//! Statistical checks count the standard errors between what is seen and what is exact. A family of
//! `n` checks at `z` of them raises a false alarm with probability at most `2 n Φ(−z)`; the seeds are
//! fixed, so an alarm is either always there or never.

mod by_hand;
mod cases;
mod chain;
mod chains;
mod engines;
mod faults;
mod formulas;
mod scenario;

use wfm::simulation::{
    Centre, ContactType, Estimate, Group, Law, Layout, Options, Quantity, Scope, ServiceTime,
    Simulated, simulate,
};

/// One type and one group in one period: arrivals at a rate, exponential service of mean 1.
fn one_queue(rate: f64, agents: u32, length: f64) -> Layout {
    let mut layout = Layout::new("one queue", vec![length]);
    layout.types.push(ContactType {
        route: vec![0],
        ..ContactType::new("calls", vec![rate])
    });
    layout.groups.push(Group::new("agents", vec![agents], &[0]));
    layout.service.push(service(0, 0, exponential(1.0)));
    layout
}

fn exponential(mean: f64) -> Law {
    Law::Exponential { mean }
}

fn service(contact_type: usize, group: usize, law: Law) -> ServiceTime {
    ServiceTime {
        contact_type,
        group,
        law: vec![law],
    }
}

fn run(layout: &Layout, replications: u32, seed: u64) -> Simulated {
    let centre = Centre::new(layout.clone()).unwrap();
    simulate(&centre, &Options::new(replications, seed)).unwrap()
}

fn estimate(seen: &Simulated, quantity: Quantity, scope: Scope) -> Estimate {
    seen.estimate(quantity, scope).unwrap()
}

fn mean(seen: &Simulated, quantity: Quantity, scope: Scope) -> f64 {
    estimate(seen, quantity, scope).mean
}

/// Standard errors between an estimate from many replications and an exact value. What is smaller
/// than a billionth of the value is rounding.
fn errors_from(estimate: Estimate, exact: f64) -> f64 {
    let error = estimate.error.unwrap();
    (estimate.mean - exact).abs() / (error + 1e-9 * exact.abs() + 1e-12)
}

/// Fails when an estimate is more than `most` standard errors from an exact value.
#[track_caller]
fn assert_close(estimate: Estimate, exact: f64, most: f64, what: &str) {
    let errors = errors_from(estimate, exact);
    assert!(
        errors <= most,
        "{what}: {estimate:?} against {exact}, {errors:.1} standard errors"
    );
}
