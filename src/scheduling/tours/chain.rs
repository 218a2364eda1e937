//! Tours of one week behind those of the week before.

use super::duty::Duty;
use super::master::Tours;

/// An agent's duties so far.
#[derive(Debug, Clone)]
pub(super) struct Agent {
    pub(super) contract: usize,
    pub(super) duties: Vec<Duty>,
}

/// Gives every tour of a week to an agent who has rested since the last one, or to a new one:
/// who was done first starts first.
pub(super) fn extend(agents: &mut Vec<Agent>, duties: &[Duty], walks: Tours) {
    let mut tours: Vec<(usize, Vec<Duty>)> = Vec::new();
    for (walk, count) in walks {
        let own: Vec<Duty> = walk.duties.iter().map(|&d| duties[d]).collect();
        tours.extend((0..count).map(|_| (walk.contract, own.clone())));
    }
    let start = |t: &Vec<Duty>| t.first().map(|d| (d.start, d.end));
    tours.sort_by(|a, b| start(&a.1).cmp(&start(&b.1)).then(a.0.cmp(&b.0)));
    let mut free: Vec<usize> = (0..agents.len()).collect();
    free.sort_by_key(|&a| agents[a].duties.last().map(|d| d.end));
    for (contract, own) in tours {
        let follows = |&a: &usize| {
            let last = agents[a].duties.last();
            let rested = last.zip(own.first()).is_none_or(|(l, f)| l.allows(f));
            agents[a].contract == contract && rested
        };
        match free.iter().position(follows) {
            Some(place) => agents[free.remove(place)].duties.extend(own),
            None => agents.push(Agent {
                contract,
                duties: own,
            }),
        }
    }
}
