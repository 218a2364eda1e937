//! Room for open shifts over some agents: one takes the open shift and leaves another one, which a
//! second one takes, and so on.

use rayon::prelude::*;

use super::desk::Desk;
use super::person::Line;
use super::standing::Standing;

/// Ways that are followed at each depth.
const WIDTH: [usize; 3] = [4, 6, 8];

/// A way to work a duty: who, their line with it, the duty left for it, and what it costs more.
struct Way {
    person: usize,
    line: Line,
    left: Option<usize>,
    more: f64,
}

/// Tries to place every open shift. Whether any was placed.
pub(super) fn eject(desk: &Desk<'_>, now: &mut Standing, is_over: &dyn Fn() -> bool) -> bool {
    let mut is_better = false;
    let open: Vec<usize> = now.open.iter().flatten().copied().collect();
    for duty in open {
        if is_over() {
            break;
        }
        if now.take(desk, duty) {
            if place(desk, now, (duty, WIDTH.len()), &mut vec![duty], is_over) {
                is_better = true;
            } else {
                now.leave(desk, duty);
            }
        }
    }
    is_better
}

/// Finds somebody for a duty that nobody has, over at most so many agents, as long as there is time.
/// `passed` were left on the way already.
fn place(
    desk: &Desk<'_>,
    now: &mut Standing,
    (duty, depth): (usize, usize),
    passed: &mut Vec<usize>,
    is_over: &dyn Fn() -> bool,
) -> bool {
    if is_over() {
        return false;
    }
    let free = ways(desk, now, duty, true);
    if let Some(way) = free.into_iter().next() {
        now.set(desk, way.person, way.line);
        return true;
    }
    let Some(&width) = depth.checked_sub(1).and_then(|d| WIDTH.get(d)) else {
        return false;
    };
    let mut others = ways(desk, now, duty, false);
    others.retain(|way| way.left.is_some_and(|left| !passed.contains(&left)));
    for way in others.into_iter().take(width) {
        let Some(left) = way.left else { continue };
        let before = now.lines[way.person].clone();
        now.set(desk, way.person, way.line);
        passed.push(left);
        if place(desk, now, (left, depth - 1), passed, is_over) {
            return true;
        }
        passed.pop();
        now.set(desk, way.person, before);
    }
    false
}

/// The ways to work a duty, the cheapest first: beside everything else, or instead of one duty of
/// the same day or at most a week away.
fn ways(desk: &Desk<'_>, now: &Standing, duty: usize, beside: bool) -> Vec<Way> {
    let day = desk.work.duties[duty].day;
    let of = |person: usize| -> Vec<Way> {
        let own = &now.lines[person];
        if desk.persons[person].alone[duty].is_some() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut offer = |left: Option<usize>, line: Line| {
            if desk.allows(person, &line) {
                let more = desk.cost(person, &line) - now.costs[person];
                found.push(Way {
                    person,
                    line,
                    left,
                    more,
                });
            }
        };
        let mut line = own.clone();
        line[day] = Some(duty);
        match (own[day], beside) {
            (None, true) => offer(None, line),
            (Some(left), false) => offer(Some(left), line),
            (None, false) => {
                let near = day.saturating_sub(7)..(day + 8).min(own.len());
                for other in near.filter(|&d| d != day) {
                    let Some(left) = own[other] else { continue };
                    let mut line = line.clone();
                    line[other] = None;
                    offer(Some(left), line);
                }
            }
            (Some(_), true) => {}
        }
        found
    };
    let all = 0..desk.persons.len();
    let mut found: Vec<Way> = all.into_par_iter().flat_map_iter(of).collect();
    found.sort_by(|a, b| a.more.total_cmp(&b.more).then(a.person.cmp(&b.person)));
    found
}
