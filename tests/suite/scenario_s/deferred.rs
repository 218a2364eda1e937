//! E-mails in the idle time of agents who are there for calls.

use std::time::Duration;

use wfm::calendar::Timelike;
use wfm::forecasting::WeekShape;
use wfm::planning::{Plan, Scenario, Source, Stream, problem};
use wfm::requirements::{EarliestDeadlineFirst, Mode};
use wfm::scheduling::Candidate;
use wfm::units::Probability;
use wfm::workforce::{Channel, Queue, ServiceTarget, Skill};

use super::{belgium, group_of, intervals_of, needs, planned, table, uniform};

/// French e-mails, 8 in each open hour, answered by French agents who are idle.
fn with_email() -> Scenario {
    let mut scenario = belgium();
    let skill = Skill::new("L1", "fr");
    let target = ServiceTarget::Deferred {
        share: Probability::new(0.9).unwrap(),
        done_within: Duration::from_secs(8 * 3600),
    };
    let aht = Duration::from_secs(360);
    let mut queue = Queue::new("fr-email", skill.clone(), Channel::Email, target).with_aht(aht);
    queue.occupancy_cap = Probability::ONE;
    scenario.queues.push(queue);
    let opening = scenario.markets[0].opening[&Channel::Phone].clone();
    let source = Source::Shape(Box::new(WeekShape {
        week_volume: 5.0 * 96.0,
        weekday_weights: [1.0; 7],
        hour_weights: [1.0; 24],
        opening: opening.clone(),
    }));
    (scenario.streams).push(Stream::new("BE", skill, Channel::Email, source));
    (scenario.markets[0].opening).insert(Channel::Email, opening);
    scenario.staffing.mode = Mode::Blended;
    scenario.staffing.fill_idle = false;
    scenario
}

#[test]
fn deferred_work_fits_into_the_idle_time() {
    let scenario = with_email();
    let requirement = needs(&scenario);
    let zone = scenario.horizon.zone;
    let hours = requirement.grid.interval_length().hours();
    // Starts at 08:00, 10:00 and 12:00: IN 3/1/2, BPO 6/3/4.
    let shifts = Candidate::all(&problem(&scenario, &requirement));
    assert_eq!(shifts.len(), 6);
    let counts = [3.0, 1.0, 2.0, 6.0, 3.0, 4.0];
    let covered = |i: usize| -> f64 {
        let present = shifts
            .iter()
            .zip(counts)
            .filter(|(s, _)| s.covers.contains(&i));
        present.map(|(_, count)| count).sum()
    };
    let needed = |i: usize| {
        requirement
            .groups
            .iter()
            .map(|g| g.live[i].agents.as_f64())
            .sum()
    };
    let idle = |i: usize| -> f64 { covered(i) - needed(i) };
    let capacity: Vec<f64> = (0..requirement.grid.len()).map(idle).collect();
    let group = &requirement.groups[group_of(&requirement, "fr")];
    let jobs = &group.deferred[0].jobs;
    let is_evening = |i: usize| zone.local(requirement.grid.instant(i)).hour() >= 16;
    for job in jobs
        .iter()
        .filter(|j| j.work > 0.0 && is_evening(j.arrival))
    {
        let due = zone.local(requirement.grid.instant(job.due + 1));
        assert_eq!(due.date(), scenario.horizon.first.succ_opt().unwrap());
        assert!((12..16).contains(&due.hour()), "{due}");
    }
    let served = EarliestDeadlineFirst {
        classes: &group.deferred,
        capacity: &capacity,
    }
    .serve();
    let (Some(plain), Some(plan)) = (planned(&belgium()), planned(&scenario)) else {
        return;
    };
    assert!(plan.report.faults.is_empty(), "{:?}", plan.report.faults);
    let email = plan
        .queues
        .iter()
        .find(|q| q.id.as_str() == "fr-email")
        .unwrap();
    let people = |plan: &Plan| f64::from(plan.solved.schedule.people());
    table().check("deferred", |key, quantity| {
        let inside = || intervals_of(key, &requirement, zone);
        match quantity {
            "coverage" => uniform(&inside(), covered),
            "requirement" => uniform(&inside(), needed),
            "idle_hours" if key == "day" => capacity.iter().sum::<f64>() * hours,
            "idle_hours" => inside().into_iter().map(idle).sum::<f64>() * hours,
            "emails" => email.offered,
            "workload_hours" => group.deferred[0].total() * hours,
            "evening_hours" => {
                let evening = jobs.iter().filter(|j| is_evening(j.arrival));
                evening.map(|j| j.work).sum::<f64>() * hours
            }
            "late" => served.late[0],
            "share_in_time" => served.in_time[0],
            "extra_agents" => people(&plan) - people(&plain),
            "cost" => plan.cost().get(),
            "service_level_planned" => email.service_level.get(),
            _ => panic!("{quantity}"),
        }
    });
}
