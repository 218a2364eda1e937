use super::problem::{Roster, RosterAgent, RosterProblem, RosterWeight, RosterWish};
use super::rules::{Broken, TourView};

/// What an independent look at a roster finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RosterReport {
    /// Hard rules that are broken, in words; cover that is hard is among them.
    pub violations: Vec<String>,
    /// Price of all soft rules.
    pub cost: i64,
    /// The same for each agent, in their order.
    pub of_agents: Vec<i64>,
    /// The same for the cover.
    pub of_cover: i64,
}

/// Walks a roster and prices it again, sharing nothing with the search.
pub fn verify_roster(problem: &RosterProblem, roster: &Roster) -> RosterReport {
    let mut report = RosterReport::default();
    let is_complete = roster.tours.len() == problem.agents.len();
    let fits = |tour: &Vec<Option<usize>>| {
        let is_known = |d: &Option<usize>| d.is_none_or(|s| s < problem.shifts.len());
        tour.len() == problem.days && tour.iter().all(is_known)
    };
    if !is_complete || !roster.tours.iter().all(fits) {
        let what = "the roster has not one known kind of day for each agent and day";
        report.violations.push(what.to_owned());
        return report;
    }
    for (agent, tour) in problem.agents.iter().zip(&roster.tours) {
        let cost = check_agent(problem, agent, tour, &mut report.violations);
        report.of_agents.push(cost);
    }
    let cover = check_cover(problem, roster, &mut report.violations);
    report.of_cover = cover;
    report.cost = cover + report.of_agents.iter().sum::<i64>();
    report
}

fn check_agent(
    problem: &RosterProblem,
    agent: &RosterAgent,
    tour: &[Option<usize>],
    violations: &mut Vec<String>,
) -> i64 {
    let view = TourView {
        problem,
        history: &agent.history,
        tour,
    };
    let mut cost = 0;
    let mut note = |name: &str, broken: Broken| {
        if broken.hard > 0 {
            violations.push(format!("{}: {name} broken by {}", agent.name, broken.hard));
        }
        cost += broken.cost;
    };
    for rule in &agent.rules {
        note(rule.name(), rule.check(&view));
    }
    let mut wishes = Broken::default();
    for request in &agent.requests {
        let day = tour.get(request.day).copied().flatten();
        let is_granted = match request.wish {
            RosterWish::Off => day.is_none(),
            RosterWish::On => day.is_some(),
            RosterWish::Shift(shift) => day == Some(shift),
            RosterWish::NotShift(shift) => day != Some(shift),
        };
        wishes.add(request.weight, i64::from(!is_granted));
    }
    note("requests", wishes);
    let mut unsuited = Broken::default();
    for &(shift, weight) in &agent.unsuited {
        let days = tour.iter().filter(|d| **d == Some(shift)).count();
        unsuited.add(weight, i64::try_from(days).unwrap_or(i64::MAX));
    }
    note("unsuited shift types", unsuited);
    let mut leave = Broken::default();
    for &day in &agent.days_off {
        let works = tour.get(day).copied().flatten().is_some();
        leave.add(RosterWeight::Hard, i64::from(works));
    }
    note("days off", leave);
    let mut order = Broken::default();
    for day in 0..view.end() {
        if let (Some(before), Some(now)) = (view.day(day - 1), view.day(day))
            && problem.shifts[before].forbidden_next.contains(&now)
        {
            order.add(RosterWeight::Hard, 1);
        }
    }
    note("forbidden successors", order);
    cost
}

fn check_cover(problem: &RosterProblem, roster: &Roster, violations: &mut Vec<String>) -> i64 {
    let mut cost = 0;
    for need in &problem.cover {
        let counts = |agent: &RosterAgent| need.skill.is_none_or(|s| agent.skills.contains(&s));
        let there = (problem.agents.iter().zip(&roster.tours))
            .filter(|(agent, tour)| counts(agent) && tour.get(need.day) == Some(&Some(need.shift)))
            .count();
        let off = i64::try_from(there).unwrap_or(i64::MAX) - i64::from(need.required);
        let mut broken = Broken::default();
        broken.add(need.under, -off);
        broken.add(need.over, off);
        if broken.hard > 0 {
            let shift = problem.shifts.get(need.shift).map_or("", |s| s.id.as_str());
            violations.push(format!(
                "day {}, {shift}: {there} agents instead of {}",
                need.day, need.required
            ));
        }
        cost += broken.cost;
    }
    cost
}
