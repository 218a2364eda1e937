//! Story 6: what does a vendor's minimum cost? The Belgian day with ever more shifts promised to the
//! vendor, worked or not.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::path::Path;

use wfm::format::{ReadOptions, read_scenario};
use wfm::milp::Silent;
use wfm::planning::plan;
use wfm::scheduling::{Solvers, Strategy};
use wfm::workforce::Commitment;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/belgium");
    let mut scenario = read_scenario(&folder, &ReadOptions::default())?.scenario;
    let strategy = Strategy::new(Solvers::compiled_in()?);
    let vendor = (scenario.pools.iter()).position(|p| p.id.as_str() == "BPO");
    let vendor = vendor.ok_or("the scenario has no vendor")?;
    scenario.pools[vendor].limits.shifts_per_day_min = None;

    println!("shifts promised   in-house  vendor  paid for nothing       cost");
    let mut before = 0.0;
    for promised in [0, 8, 12, 14, 16, 20, 24] {
        scenario.pools[vendor].commitment = Some(Commitment::ShiftsPerDay(promised));
        let plan = plan(&scenario, &strategy, &Silent)?;
        let schedule = &plan.solved.schedule;
        let cost = plan.cost().get();
        println!(
            "{promised:>15}   {:>8}  {:>6}  {:>16}  {cost:>9.2}",
            schedule.people_of(&scenario.pools[1 - vendor].id),
            schedule.people_of(&scenario.pools[vendor].id),
            schedule.cost.pools[vendor].unused.to_string(),
        );
        // A larger promise never makes a plan cheaper.
        if plan.solved.bound > cost || cost < before * (1.0 - strategy.gap) {
            return Err("a promise to a vendor saved money".into());
        }
        before = cost;
    }
    Ok(())
}
