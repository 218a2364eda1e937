//! Days with given arrivals and constant times, followed with a pencil.

use super::*;
use wfm::simulation::{AgentRule, Arrivals, Close, Retry, Transfer};

fn constant(value: f64) -> Law {
    Law::Deterministic { value }
}

/// Contacts at given times, constant service, agents by period of length 10.
fn traced(times: &[f64], service_time: f64, agents: &[u32]) -> Layout {
    let mut layout = Layout::new("by hand", vec![10.0; agents.len()]);
    layout.types.push(ContactType {
        arrivals: Arrivals::Times(times.to_vec()),
        route: vec![0],
        ..ContactType::new("calls", Vec::new())
    });
    layout
        .groups
        .push(Group::new("agents", agents.to_vec(), &[0]));
    layout.service.push(service(0, 0, constant(service_time)));
    layout
}

fn waits(seen: &Simulated, scope: Scope) -> f64 {
    mean(seen, Quantity::MeanWaitAnswered, scope) * mean(seen, Quantity::Served, scope)
}

#[test]
fn agents_leave_when_their_contact_ends() {
    // Three agents busy from 6, 7 and 8 for 9 each; at 10 only one is to stay. A contact at 11 waits
    // until fewer than one is busy: 17.
    let mut layout = traced(&[6.0, 7.0, 8.0, 11.0], 9.0, &[3, 1, 1]);
    layout.types[0].answer_within = 6.0;
    let seen = run(&layout, 2, 1);
    assert_eq!(waits(&seen, Scope::All), 6.0);
    assert_eq!(
        mean(&seen, Quantity::AnsweredInTarget, Scope::Period(1)),
        1.0
    );
    // Busy 4 + 3 + 2 of 30, then 5 + 6 + 7 and from 17 on 3 of 10, then 6 of 10.
    for (p, busy) in [9.0 / 30.0, 21.0 / 10.0, 6.0 / 10.0]
        .into_iter()
        .enumerate()
    {
        let seen = mean(&seen, Quantity::Occupancy, Scope::Period(p));
        assert!((seen - busy).abs() < 1e-12, "period {p}: {seen}");
    }
}

#[test]
fn nobody_new_begins_and_the_rest_is_drained_or_cut() {
    // One agent; contacts at 1, 2 and 9 for 6 each begin at 1, 7 and 13, after the close at 10.
    let mut layout = traced(&[1.0, 2.0, 9.0], 6.0, &[1]);
    let seen = run(&layout, 2, 1);
    assert_eq!(mean(&seen, Quantity::Served, Scope::All), 3.0);
    assert_eq!(waits(&seen, Scope::All), 9.0);
    // Busy from 1 to the close.
    assert!((mean(&seen, Quantity::Occupancy, Scope::All) - 0.9).abs() < 1e-12);
    layout.close = Close::Cut;
    let seen = run(&layout, 2, 1);
    assert_eq!(mean(&seen, Quantity::Served, Scope::All), 2.0);
    assert_eq!(mean(&seen, Quantity::Unserved, Scope::All), 1.0);
    assert_eq!(mean(&seen, Quantity::PWait, Scope::All), 2.0 / 3.0);
}

#[test]
fn warm_up_is_cut_off() {
    // From 5 on only the contact at 6 counts, which waits until 7 for the one at 1; busy 5 to 10.
    let mut layout = traced(&[1.0, 6.0], 6.0, &[1]);
    layout.warm_up = 5.0;
    let seen = run(&layout, 2, 1);
    assert_eq!(mean(&seen, Quantity::Arrivals, Scope::All), 1.0);
    assert_eq!(waits(&seen, Scope::All), 1.0);
    assert!((mean(&seen, Quantity::Occupancy, Scope::All) - 1.0).abs() < 1e-12);
}

#[test]
fn whoever_is_carried_over_is_served_first_and_counted_apart() {
    // Two wait already, for 3 and 1; one agent takes 4 each: they begin at 0 and 4, whoever comes at
    // 2 begins at 8.
    let mut layout = traced(&[2.0], 4.0, &[1]);
    layout.types[0].carried_over = vec![1.0, 3.0];
    let seen = run(&layout, 2, 1);
    assert_eq!(waits(&seen, Scope::Carried(0)), 3.0 + 5.0);
    assert_eq!(mean(&seen, Quantity::Arrivals, Scope::Carried(0)), 2.0);
    assert_eq!(mean(&seen, Quantity::Arrivals, Scope::All), 1.0);
    assert_eq!(waits(&seen, Scope::All), 6.0);
    let named = seen.measures(&layout);
    assert!(named.iter().any(|m| m.name == "served.calls.carried_over"));
}

#[test]
fn deadlines_are_kept_by_the_end_of_the_service() {
    // Contacts at 0, 1 and 2, 3 each, deadline 7: ends at 3, 6, 9; the last one took 7, just in time.
    let mut layout = traced(&[0.0, 1.0, 2.0], 3.0, &[1]);
    layout.types[0].deadline = Some(7.0);
    let in_time =
        |layout: &Layout| mean(&run(layout, 2, 1), Quantity::AnsweredInTarget, Scope::All);
    assert_eq!(in_time(&layout), 3.0);
    layout.types[0].deadline = Some(6.9);
    assert_eq!(in_time(&layout), 2.0);
}

/// Two kinds of work at 0 and 1 behind somebody who is busy until 4, each taking 4.
fn two_kinds(rule: AgentRule, takes: &[usize]) -> Layout {
    let mut layout = traced(&[0.0, 2.0], 4.0, &[1, 1]);
    layout.types.push(ContactType {
        arrivals: Arrivals::Times(vec![1.0]),
        deadline: Some(20.0),
        route: vec![0],
        ..ContactType::new("mail", Vec::new())
    });
    layout.types[0].answer_within = 7.0;
    layout.service.push(service(1, 0, constant(4.0)));
    layout.groups[0] = Group {
        rule,
        ..Group::new("agents", vec![1, 1], takes)
    };
    layout
}

#[test]
fn rules_of_agents() {
    // The call at 2 is due at 9, the mail of 1 at 21.
    let wait = |rule, takes: &[usize]| {
        let seen = run(&two_kinds(rule, takes), 2, 1);
        (waits(&seen, Scope::Type(0)), waits(&seen, Scope::Type(1)))
    };
    assert_eq!(wait(AgentRule::LongestWait, &[0, 1]), (6.0, 3.0));
    assert_eq!(wait(AgentRule::Priority, &[0, 1]), (2.0, 7.0));
    assert_eq!(wait(AgentRule::Priority, &[1, 0]), (6.0, 3.0));
    assert_eq!(wait(AgentRule::EarliestDue, &[1, 0]), (2.0, 7.0));
}

#[test]
fn trying_again_after_hanging_up() {
    // Busy from 0 to 5. The contact at 1 hangs up at 2 and comes at 4, hangs up at 5 before it is
    // noticed, and comes at 7, when somebody is free.
    let mut layout = traced(&[0.0, 1.0], 5.0, &[1]);
    layout.types[0].patience = vec![constant(1.0)];
    layout.types[0].retry = Some(Retry {
        probability: 1.0,
        delay: constant(2.0),
        fresh: false,
    });
    let seen = run(&layout, 2, 1);
    assert_eq!(mean(&seen, Quantity::Arrivals, Scope::All), 4.0);
    assert_eq!(mean(&seen, Quantity::Retries, Scope::All), 2.0);
    assert_eq!(mean(&seen, Quantity::Abandoned, Scope::All), 2.0);
    assert_eq!(mean(&seen, Quantity::Served, Scope::All), 2.0);
    // Whoever would come again after the close does not.
    layout.periods = vec![6.5];
    assert_eq!(
        mean(&run(&layout, 2, 1), Quantity::Retries, Scope::All),
        1.0
    );
}

#[test]
fn removed_or_gone_whichever_is_first() {
    let mut layout = traced(&[0.0, 1.0, 2.0], 9.0, &[1]);
    layout.types[0].patience = vec![constant(4.0)];
    layout.types[0].max_wait = Some(3.0);
    layout.types[0].answer_within = 3.5;
    let seen = run(&layout, 2, 1);
    assert_eq!(mean(&seen, Quantity::TimedOut, Scope::All), 2.0);
    layout.types[0].max_wait = Some(4.5);
    let seen = run(&layout, 2, 1);
    assert_eq!(mean(&seen, Quantity::Abandoned, Scope::All), 2.0);
    // Both hung up after the threshold.
    let level = mean(&seen, Quantity::SlExclShortAbandons, Scope::All);
    assert_eq!(level, 1.0 / 3.0);
    layout.types[0].answer_within = 4.0;
    let level = mean(
        &run(&layout, 2, 1),
        Quantity::SlExclShortAbandons,
        Scope::All,
    );
    assert_eq!(level, 1.0);
}

#[test]
fn a_warm_transfer_by_hand() {
    // In front from 0 to 2 and from 1 to 3, everything handed on; behind takes 4 each: 2 to 6 and 6 to
    // 10. The second agent in front stays from 3 to 6, so a contact at 4 is served by the first, and
    // one at 5 waits until 6.
    let mut layout = traced(&[0.0, 1.0, 4.0, 5.0], 2.0, &[2]);
    let on = |warm| {
        vec![Transfer {
            probability: 1.0,
            to: 1,
            warm,
        }]
    };
    layout.types[0].transfers = on(true);
    layout.types.push(ContactType {
        arrivals: Arrivals::Times(Vec::new()),
        route: vec![1],
        ..ContactType::new("second level", Vec::new())
    });
    layout.groups.push(Group::new("behind", vec![1], &[1]));
    layout.service.push(service(1, 1, constant(4.0)));
    let seen = run(&layout, 2, 1);
    assert_eq!(waits(&seen, Scope::Type(0)), 1.0);
    assert_eq!(mean(&seen, Quantity::Transfers, Scope::Type(1)), 4.0);
    layout.types[0].transfers = on(false);
    assert_eq!(waits(&run(&layout, 2, 1), Scope::Type(0)), 0.0);
}

#[test]
fn counts_are_kept_exactly() {
    let mut layout = traced(&[], 0.1, &[1, 1, 1]);
    layout.types[0].arrivals = Arrivals::Counts(vec![5, 0, 20]);
    let seen = run(&layout, 50, 1);
    for (p, count) in [5.0, 0.0, 20.0].into_iter().enumerate() {
        let arrivals = estimate(&seen, Quantity::Arrivals, Scope::Period(p));
        assert_eq!((arrivals.mean, arrivals.half_width), (count, Some(0.0)));
    }
}
