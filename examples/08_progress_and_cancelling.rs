//! Story 8: planning inside another program. It watches the bound and the cost, and stops the search
//! when it has seen enough; the best plan so far comes back with its bound.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use wfm::format::{ReadOptions, read_scenario};
use wfm::milp::{Event, Observer};
use wfm::planning::plan;
use wfm::scheduling::{Solvers, Strategy, verify};

/// What was seen so far: the time, the cost and the bound of each better schedule.
#[derive(Debug)]
struct Watch {
    begun: Instant,
    seen: Mutex<Vec<(Duration, f64, f64)>>,
}

impl Watch {
    fn seen(&self) -> Vec<(Duration, f64, f64)> {
        self.seen
            .lock()
            .map(|seen| seen.clone())
            .unwrap_or_default()
    }
}

impl Observer for Watch {
    fn on(&self, event: &Event) {
        if let (Event::Incumbent { cost, bound }, Ok(mut seen)) = (event, self.seen.lock()) {
            seen.push((self.begun.elapsed(), *cost, *bound));
        }
    }

    fn is_cancelled(&self) -> bool {
        let is_near = |&(_, cost, bound): &(Duration, f64, f64)| cost - bound < 0.06 * cost;
        self.seen().last().is_some_and(is_near)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/ondara");
    let mut scenario = read_scenario(&folder, &ReadOptions::default())?.scenario;
    // A day of the eleven markets is enough for a story.
    scenario.horizon.days = 1;
    let watch = Watch {
        begun: Instant::now(),
        seen: Mutex::default(),
    };
    let plan = plan(&scenario, &Strategy::new(Solvers::compiled_in()?), &watch)?;

    println!("seconds        cost       bound  gap %");
    for (time, cost, bound) in watch.seen() {
        let gap = (cost - bound) / cost * 100.0;
        println!(
            "{:>7.2}  {cost:>10.2}  {bound:>10.2}  {gap:>5.2}",
            time.as_secs_f64()
        );
    }
    let (cost, bound) = (plan.cost().get(), plan.solved.bound);
    println!(
        "\nstopped at {cost:.2}, no plan below {bound:.2}: {:?}",
        plan.solved.termination
    );

    // What comes back is a whole plan, not half of one.
    let report = verify(&plan.problem, &plan.solved.schedule);
    if !report.faults.is_empty() || bound > cost {
        return Err(format!("the plan does not stand: {:?}", report.faults).into());
    }
    Ok(())
}
