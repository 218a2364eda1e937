//! Story 3: from contacts to agents. The Belgian day, each language alone or both together.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::path::Path;

use wfm::format::{ReadOptions, read_scenario};
use wfm::planning::{Demand, requirement};
use wfm::requirements::Rounding;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/belgium");
    let scenario = read_scenario(&folder, &ReadOptions::default())?.scenario;
    let demand = Demand::forecast(&scenario)?;
    let needed = requirement(&scenario, &demand)?;
    let zone = scenario.horizon.zone;

    println!("Agents on the line, by Erlang C for 80 % in 20 seconds and at most 85 % busy:\n");
    println!("Brussels   calls fr  agents fr  busy %  calls nl  agents nl  busy %");
    for (interval, instant) in needed.grid.instants().enumerate() {
        let row: Vec<(f64, f64, f64)> = needed
            .groups
            .iter()
            .map(|group| {
                let live = &group.live[interval];
                let agents = group.base_agents(interval, Rounding::Whole);
                (live.volume, live.load, agents)
            })
            .collect();
        if row.iter().all(|(calls, _, _)| *calls == 0.0) {
            continue;
        }
        print!("{}   ", zone.local(instant).format("%H:%M  "));
        for (calls, load, agents) in &row {
            print!(
                "{calls:>8.1}  {agents:>9.0}  {:>6.1}  ",
                load / agents * 100.0
            );
            if load / agents > 0.85 + 1e-9 {
                return Err("agents are busier than the cap allows".into());
            }
        }
        println!();
    }
    let hours = |group: &wfm::requirements::Group| group.aggregate_hours(0.5);
    let all: f64 = needed.groups.iter().map(hours).sum();
    println!("\n{all:.1} agent-hours, {:.0} contacts", needed.contacts());
    Ok(())
}
