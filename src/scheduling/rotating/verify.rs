use super::{RotatingProblem, RotatingSchedule};

/// Every rule that a schedule breaks, in words; none for a schedule that keeps them all. Walks the
/// whole sequence and shares nothing with the search.
pub fn verify_rotating(problem: &RotatingProblem, schedule: &RotatingSchedule) -> Vec<String> {
    let mut broken = Vec::new();
    let is_whole = schedule.weeks.len() == problem.employees
        && (schedule.weeks.iter()).all(|week| {
            week.len() == problem.days && week.iter().flatten().all(|&s| s < problem.shifts.len())
        });
    if !is_whole {
        broken.push("there is not one week of known shift types for each employee".to_owned());
        return broken;
    }
    for (shift, required) in problem.required.iter().enumerate() {
        for (day, &wanted) in required.iter().enumerate() {
            let there = schedule
                .weeks
                .iter()
                .filter(|w| w[day] == Some(shift))
                .count();
            if u32::try_from(there) != Ok(wanted) {
                let id = &problem.shifts[shift].id;
                broken.push(format!("day {day}, {id}: {there} instead of {wanted}"));
            }
        }
    }
    let days: Vec<Option<usize>> = schedule.weeks.concat();
    let at = |day: usize| days[day % days.len()];
    for day in 0..days.len() {
        if let (Some(a), Some(b)) = (at(day), at(day + 1))
            && problem.forbidden_pairs.contains(&(a, b))
        {
            broken.push(format!("day {day}: a shift type that must not follow"));
        }
        if let (Some(a), None, Some(b)) = (at(day), at(day + 1), at(day + 2))
            && problem.forbidden_around_day_off.contains(&(a, b))
        {
            broken.push(format!(
                "day {day}: a shift type that must not follow a day off"
            ));
        }
    }
    runs(
        &days,
        |d| d.is_some(),
        problem.work_block,
        "working days",
        &mut broken,
    );
    runs(
        &days,
        |d| d.is_none(),
        problem.off_block,
        "days off",
        &mut broken,
    );
    for (shift, kind) in problem.shifts.iter().enumerate() {
        runs(
            &days,
            |d| d == Some(shift),
            kind.block,
            &kind.id,
            &mut broken,
        );
    }
    broken
}

/// Looks at the cyclic runs of some days.
fn runs(
    days: &[Option<usize>],
    is_of: impl Fn(Option<usize>) -> bool,
    (least, most): (usize, usize),
    name: &str,
    broken: &mut Vec<String>,
) {
    let count = days.len();
    for from in 0..count {
        if !is_of(days[from]) || is_of(days[(from + count - 1) % count]) {
            continue;
        }
        let length = (0..count)
            .take_while(|i| is_of(days[(from + i) % count]))
            .count();
        if length < least || length > most {
            broken.push(format!(
                "day {from}: {length} {name}, not {least} to {most}"
            ));
        }
    }
    if count > most && days.iter().all(|&d| is_of(d)) {
        broken.push(format!("{name} without end"));
    }
}
