//! Story 7: what if? The Belgian day with more calls, longer calls, a stricter promise and without the
//! vendor, side by side.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::path::Path;

use wfm::format::{ReadOptions, read_scenario};
use wfm::milp::Silent;
use wfm::planning::{Change, Variant, what_if};
use wfm::scheduling::{Solvers, Strategy};
use wfm::units::Probability;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/belgium");
    let scenario = read_scenario(&folder, &ReadOptions::default())?.scenario;
    let changes = [
        vec![Change::Volume(1.1)],
        vec![Change::Volume(0.9)],
        vec![Change::Aht(1.1)],
        vec![Change::ServiceLevel(Probability::new(0.9)?)],
        vec![Change::ClosePool("BPO".into())],
        vec![Change::Volume(1.1), Change::ClosePool("BPO".into())],
    ];
    let strategy = Strategy::new(Solvers::compiled_in()?);
    let variants = what_if(&scenario, &changes, &strategy, &Silent);

    println!("what if                            cost    against today");
    let cost = |variant: &Variant| match &variant.plan {
        Ok(plan) => Ok(plan.cost().get()),
        Err(e) => Err(format!("{}: {e}", variant.name)),
    };
    let today = cost(&variants[0])?;
    for variant in &variants {
        let name = if variant.name.is_empty() {
            "as it is"
        } else {
            &variant.name
        };
        let cost = cost(variant)?;
        println!(
            "{name:<28} {cost:>10.2}  {:>+9.2}  {:>+6.1} %",
            cost - today,
            (cost / today - 1.0) * 100.0
        );
    }

    // More work or a stricter promise never costs less, less work never more.
    let is_dearer = |i: usize| cost(&variants[i]).map(|c| c >= today * (1.0 - strategy.gap));
    let is_cheaper = cost(&variants[2])? <= today * (1.0 + strategy.gap);
    if !(is_dearer(1)? && is_cheaper && is_dearer(3)? && is_dearer(4)? && is_dearer(5)?) {
        return Err("a change moved the cost the wrong way".into());
    }
    Ok(())
}
