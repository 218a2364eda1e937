//! Obstacles in words.

use std::collections::BTreeMap;

use super::Week;
use super::reach::Obstacle;
use crate::scheduling::Conflict;

/// Intervals named for each language before the rest is only counted.
const NAMED: usize = 3;

/// The rules behind some obstacles.
pub(super) fn conflict(week: &Week, obstacles: &[Obstacle]) -> Conflict {
    let mut rules = Vec::new();
    let mut coverage: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for obstacle in obstacles {
        match obstacle {
            Obstacle::Coverage {
                language,
                interval,
                wanted,
                reachable,
            } => coverage.entry(*language).or_default().push(format!(
                "{} ({wanted} wanted, at most {reachable} can be there)",
                clock(week, *interval)
            )),
            Obstacle::Contract {
                site,
                minimum,
                reachable,
            } => rules.push(format!(
                "the paid minimum of site `{}`: {minimum} paid intervals, of which seats, daily caps and starts allow {reachable}",
                week.sites[*site].id
            )),
            Obstacle::Shares { hundredths } => rules.push(format!(
                "the share caps: together they allow {hundredths} % of the shifts"
            )),
            Obstacle::Together(hardest) => {
                let shown: Vec<String> = (hardest.iter().take(NAMED))
                    .map(|&(l, t)| format!("{}{}", named(week, l), clock(week, t)))
                    .collect();
                rules.push(format!(
                    "coverage and the limits on shifts, hardest at {}",
                    shown.join(", ")
                ));
            }
        }
    }
    for (language, intervals) in coverage {
        let more = intervals.len().saturating_sub(NAMED);
        let shown = intervals[..intervals.len().min(NAMED)].join(", ");
        let rest = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        rules.push(format!(
            "coverage of {}{shown}{rest}",
            named(week, language)
        ));
    }
    Conflict { rules }
}

fn named(week: &Week, language: usize) -> String {
    match week.languages[language].id.as_str() {
        "" => String::new(),
        id => format!("`{id}` "),
    }
}

/// Day and time of an interval.
fn clock(week: &Week, interval: usize) -> String {
    let per_day = week.intervals_per_day.max(1);
    let minutes = (interval % per_day) * week.interval_minutes as usize;
    format!(
        "day {} {:02}:{:02}",
        interval / per_day + 1,
        minutes / 60,
        minutes % 60
    )
}
