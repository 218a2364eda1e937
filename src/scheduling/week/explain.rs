//! Obstacles in words.

use std::collections::BTreeMap;

use super::reach::Obstacle;
use super::{Missing, Week};
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
                week.clock(*interval)
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
                    .map(|&(l, t)| at_language(week, l, t))
                    .collect();
                rules.push(format!(
                    "coverage and the limits on shifts, hardest at {}",
                    shown.join(", ")
                ));
            }
        }
    }
    for (language, intervals) in coverage {
        let what = match week.languages[language].id.as_str() {
            "" => String::new(),
            id => format!("`{id}` "),
        };
        rules.push(format!("coverage of {what}{}", listed(&intervals)));
    }
    Conflict {
        rules,
        ways_out: None,
    }
}

/// Where agents are missing, in words.
pub(super) fn places(week: &Week, missing: &[Missing]) -> String {
    let place = |m: &Missing| {
        let at = at_language(week, m.language, m.interval);
        format!("{at} ({})", m.agents)
    };
    let all: Vec<String> = missing.iter().map(place).collect();
    listed(&all)
}

/// The first few of some words, and how many more there are.
fn listed(words: &[String]) -> String {
    let more = words.len().saturating_sub(NAMED);
    let shown = words[..words.len().min(NAMED)].join(", ");
    if more > 0 {
        format!("{shown} and {more} more")
    } else {
        shown
    }
}

fn at_language(week: &Week, language: usize, interval: usize) -> String {
    let at = week.clock(interval);
    match week.languages[language].id.as_str() {
        "" => at,
        id => format!("`{id}` {at}"),
    }
}

/// A noun with its name, if it has one.
pub(super) fn named(noun: &str, id: &str) -> String {
    if id.is_empty() {
        format!("the {noun}")
    } else {
        format!("{noun} `{id}`")
    }
}
