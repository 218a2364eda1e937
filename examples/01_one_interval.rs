//! Story 1: how many agents does one half hour need? 360 calls of four minutes, 80 % in 20 seconds.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::time::Duration;

use wfm::queueing::{ErlangA, ErlangC, Objective, QueueModel, Traffic, required_agents};
use wfm::units::{Agents, Erlangs, Probability};

fn main() -> Result<(), Box<dyn Error>> {
    let (aht, answer_within) = (Duration::from_secs(240), Duration::from_secs(20));
    let load = Erlangs::offered(360.0, Duration::from_secs(1800), aht)?;
    let traffic = Traffic::new(load, aht);
    let target = Objective::service_level(Probability::new(0.8)?, answer_within)?;
    let patient = ErlangC;
    let impatient = ErlangA::new(Duration::from_secs(180))?;

    println!("{load} are offered. With nobody ever hanging up (Erlang C), or after three");
    println!("minutes on average (Erlang A), of 100 callers so many are answered in 20 seconds:\n");
    println!("agents  Erlang C  wait s  busy %  Erlang A  hang up %");
    for agents in 49..=57 {
        let c = patient.performance(&traffic, f64::from(agents), answer_within);
        let a = impatient.performance(&traffic, f64::from(agents), answer_within);
        println!(
            "{agents:>6}  {:>8.1}  {:>6.1}  {:>6.1}  {:>8.1}  {:>9.1}",
            c.service_level.offered.get() * 100.0,
            c.mean_wait_seconds,
            c.occupancy.get() * 100.0,
            a.service_level.offered.get() * 100.0,
            a.abandonment.get() * 100.0,
        );
    }

    let needed = required_agents(&patient, &traffic, &target)?;
    let with_patience = required_agents(&impatient, &traffic, &target)?;
    println!("\nNeeded: {needed} by Erlang C, {with_patience} by Erlang A.");

    // What "needed" means: they keep the promise, and one fewer would not.
    let keeps = |Agents(n): Agents| {
        let seen = patient.performance(&traffic, f64::from(n), answer_within);
        seen.service_level.offered.get() >= 0.8
    };
    if !keeps(needed) || keeps(Agents(needed.0 - 1)) || with_patience > needed {
        return Err("the smallest number of agents is not what it says".into());
    }
    Ok(())
}
