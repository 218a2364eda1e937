//! The loop of simulation and correction: what it says holds, in a simulation of its own making.

use std::sync::atomic::{AtomicBool, Ordering};

use wfm::milp::{Event, Observer, Silent};
use wfm::planning::{
    Correction, Holding, Plan, PlanError, Scenario, TrialError, Verdict, corrected,
};
use wfm::scheduling::{Strategy, verify};
use wfm::simulation::{Centre, ContactType, Group, Law, Layout, Options, ServiceTime, simulate};
use wfm::workforce::PromiseScope;

use super::reference::{read, solvers};
use super::support::share;

fn strategy() -> Option<Strategy> {
    Some(Strategy::new(solvers()?))
}

fn quick() -> Correction {
    Correction {
        replications: 600,
        proof: 2_000,
        ..Correction::default()
    }
}

/// The scenario of one Belgian day with promises over some scope.
fn belgium(scope: PromiseScope) -> Scenario {
    let mut scenario = read("belgium").scenario;
    for queue in &mut scenario.queues {
        queue.scope = scope;
    }
    scenario
}

/// A simulation written here from the schedule alone: French and Dutch calls, whoever is sent there.
fn attained(plan: &Plan, queue: usize, replications: u32) -> Vec<(f64, f64)> {
    let grid = &plan.requirement.grid;
    let seconds = grid.interval_length().duration().as_secs_f64();
    let group = plan.requirement.group_of(queue).unwrap();
    let mut agents = vec![0.0; grid.len()];
    for a in &plan.solved.schedule.assignments {
        if a.group == group {
            agents[a.interval] += a.agents;
        }
    }
    // Agents who divide their time are left out: the answer is on the safe side.
    let whole = |agents: &f64| (agents + 1e-6).floor().to_string().parse::<u32>().unwrap();
    let mut layout = Layout::new("line", vec![seconds; grid.len()]);
    let rates = plan.requirement.queues[queue]
        .volume
        .iter()
        .map(|v| v / seconds);
    layout.types.push(ContactType {
        answer_within: 20.0,
        route: vec![0],
        ..ContactType::new("calls", rates.collect())
    });
    layout
        .groups
        .push(Group::new("crew", agents.iter().map(whole).collect(), &[0]));
    layout.service.push(ServiceTime {
        contact_type: 0,
        group: 0,
        law: vec![Law::Exponential { mean: 300.0 }],
    });
    let mut options = Options::new(replications, 987_654_321);
    options.spans = (0..grid.len()).map(|t| t..t + 1).collect();
    let seen = simulate(&Centre::new(layout).unwrap(), &options).unwrap();
    (0..grid.len())
        .map(|t| {
            let cells = seen.outcomes(0, t).iter();
            cells.fold((0.0, 0.0), |sum, cell| {
                (
                    sum.0 + f64::from(cell.offered),
                    sum.1 + f64::from(cell.in_time),
                )
            })
        })
        .collect()
}

#[test]
fn every_interval_of_the_belgian_day_holds_at_no_more_cost() {
    let Some(strategy) = strategy() else { return };
    let scenario = belgium(PromiseScope::Interval);
    let plan = corrected(&scenario, &strategy, &quick(), &Silent).unwrap();
    let report = plan.corrected.as_ref().unwrap();
    assert!(report.holds(), "{:?}", report.obstacles);
    assert!(report.rounds.len() <= 6);
    assert!(report.rounds[0].missed > 0, "the formula alone misses some");
    assert_eq!(plan.cost().get(), 2616.0);
    assert_eq!(
        verify(&plan.problem, &plan.solved.schedule).faults,
        Vec::<String>::new()
    );
    for queue in 0..2 {
        for (offered, in_time) in attained(&plan, queue, 4_000) {
            // Four standard errors of a share, with the clustering of late contacts.
            let level = in_time / offered.max(1.0);
            let error = (0.8 * 0.2 / offered.max(1.0)).sqrt() * 2.0;
            assert!(offered == 0.0 || level > 0.8 - 4.0 * error, "{level}");
        }
    }
}

#[test]
fn promises_over_days_and_weeks_hold_too() {
    let Some(strategy) = strategy() else { return };
    let floor = share(0.0);
    for scope in [PromiseScope::Day { floor }, PromiseScope::Week { floor }] {
        let plan = corrected(&belgium(scope), &strategy, &quick(), &Silent).unwrap();
        let report = plan.corrected.as_ref().unwrap();
        assert!(report.holds(), "{:?}", report.obstacles);
        assert_eq!(report.verdicts.len(), 2);
        let own = report.verdicts.iter().map(Verdict::holding);
        assert!(own.into_iter().all(|holding| holding == Holding::Holds));
    }
}

#[test]
fn the_loop_gives_the_same_plan_on_any_number_of_threads() {
    let Some(strategy) = strategy() else { return };
    let scenario = belgium(PromiseScope::Interval);
    let made = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        let plan = pool
            .install(|| corrected(&scenario, &strategy, &quick(), &Silent))
            .unwrap();
        (plan.solved.schedule, plan.corrected)
    };
    assert_eq!(made(1), made(2));
}

#[test]
fn patient_customers_who_hang_up_need_fewer_agents_than_the_formula_says() {
    let Some(strategy) = strategy() else { return };
    let mut scenario = belgium(PromiseScope::Interval);
    // Each shift starts whenever it likes and costs the same, so that the requirement is the cost.
    for pool in &mut scenario.pools {
        pool.limits = wfm::workforce::Limits::default();
    }
    let patient = corrected(&scenario, &strategy, &quick(), &Silent).unwrap();
    for queue in &mut scenario.queues {
        queue.patience = Some(std::time::Duration::from_secs(60));
    }
    let leaving = corrected(&scenario, &strategy, &quick(), &Silent).unwrap();
    let hours = |plan: &Plan| {
        plan.corrected
            .as_ref()
            .unwrap()
            .rounds
            .last()
            .unwrap()
            .added_hours
    };
    assert!(leaving.corrected.as_ref().unwrap().holds());
    assert!(hours(&leaving) < hours(&patient));
    assert!(leaving.cost() <= patient.cost());
}

#[test]
fn a_plan_that_cannot_hold_says_why() {
    let Some(strategy) = strategy() else { return };
    let mut scenario = belgium(PromiseScope::Interval);
    // Six agents where nineteen are needed.
    for pool in &mut scenario.pools {
        pool.limits.shifts_per_day_min = None;
        pool.limits.shifts_per_day_max = Some(3);
    }
    let plan = corrected(&scenario, &strategy, &quick(), &Silent).unwrap();
    let report = plan.corrected.unwrap();
    assert!(!report.holds());
    assert!(
        report
            .obstacles
            .iter()
            .any(|o| o.contains("agents are missing"))
    );
}

/// Stops once a stage of the work begins.
#[derive(Debug)]
struct StopsAt(&'static str, AtomicBool);

impl Observer for StopsAt {
    fn on(&self, event: &Event) {
        if matches!(event, Event::Stage { name } if *name == self.0) {
            self.1.store(true, Ordering::Relaxed);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.1.load(Ordering::Relaxed)
    }
}

#[test]
fn a_stopped_loop_still_has_a_plan_and_does_not_say_that_it_holds() {
    let Some(strategy) = strategy() else { return };
    let scenario = belgium(PromiseScope::Interval);
    for stage in ["simulation", "correction"] {
        let observer = StopsAt(stage, AtomicBool::new(false));
        let plan = corrected(&scenario, &strategy, &quick(), &observer).unwrap();
        assert!(plan.solved.bound <= plan.cost().get() + 1e-6);
        let report = plan.corrected.unwrap();
        assert!(!report.holds(), "{stage}");
        assert!(report.obstacles.iter().any(|o| o.contains("no time left")));
    }
}

#[test]
fn too_few_horizons_are_refused() {
    let Some(strategy) = strategy() else { return };
    let scenario = belgium(PromiseScope::Interval);
    for (replications, proof) in [(0, 100), (1, 100), (100, 0), (100, 1)] {
        let few = Correction {
            replications,
            proof,
            ..Correction::default()
        };
        let refused = corrected(&scenario, &strategy, &few, &Silent).unwrap_err();
        assert!(matches!(
            refused,
            PlanError::Trial(TrialError::TooFew { .. })
        ));
    }
}

#[test]
fn an_allowance_answers_nobody() {
    let Some(strategy) = strategy() else { return };
    let levels = |allowance| {
        let mut scenario = belgium(PromiseScope::Interval);
        scenario.staffing.allowance = allowance;
        // One agent more on every step, so that the allowance is the only difference.
        for pool in &mut scenario.pools {
            pool.limits = wfm::workforce::Limits::default();
        }
        let plan = wfm::planning::plan(&scenario, &strategy, &Silent).unwrap();
        let staffed: f64 = plan
            .solved
            .schedule
            .assignments
            .iter()
            .map(|a| a.agents)
            .sum();
        let level = |q: &wfm::planning::QueueOutlook| q.service_level.get();
        (staffed, plan.queues.iter().map(level).collect::<Vec<_>>())
    };
    let (plain, without) = levels(1.0);
    let (more, with) = levels(1.25);
    assert!(more > plain * 1.2);
    // By formula both have the crews that the requirement asks for.
    for (without, with) in without.iter().zip(&with) {
        assert!((without - with).abs() < 0.03, "{without} {with}");
    }
}
