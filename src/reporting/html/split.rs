//! What the plan costs by language and channel.
//!
//! ```text
//! pool's cost without surcharges · hours for the group / hours for all groups
//! + surcharges · (hours · surcharge of the language) / Σ the same
//! ```
//!
//! goes to each group, and from there to its queues by the agent time that their contacts take.

use super::allocation::pools;
use super::view::View;

/// The cost of one language on one channel.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Slice {
    /// The language, or what stands for no work at all.
    pub(super) language: String,
    pub(super) channel: String,
    pub(super) cost: f64,
    pub(super) contacts: f64,
}

impl Slice {
    /// Cost of a contact; nothing without contacts.
    pub(super) fn each(&self) -> Option<f64> {
        (self.contacts > 0.0).then(|| self.cost / self.contacts)
    }
}

/// What is paid for people who serve nobody.
const NO_WORK: &str = "no work";

/// Every language on every channel, in the order of the queues; what is paid for no work at last.
pub(super) fn slices(view: &View<'_>) -> Vec<Slice> {
    let plan = view.plan;
    let (groups, nobody) = by_group(view);
    let mut slices: Vec<Slice> = Vec::new();
    let mut add = |language: &str, channel: &str, cost: f64, contacts: f64| {
        let same = |s: &&mut Slice| s.language == language && s.channel == channel;
        match slices.iter_mut().find(same) {
            Some(slice) => {
                slice.cost += cost;
                slice.contacts += contacts;
            }
            None => slices.push(Slice {
                language: language.to_owned(),
                channel: channel.to_owned(),
                cost,
                contacts,
            }),
        }
    };
    let mut idle = nobody;
    for (group, cost) in plan.problem.groups.iter().zip(groups) {
        let needs = group.queues.iter().filter_map(|&q| {
            let (queue, need) = (
                plan.scenario.queues.get(q)?,
                plan.requirement.queues.get(q)?,
            );
            Some((queue, need.contacts(), need.load.iter().sum::<f64>()))
        });
        let needs: Vec<_> = needs.collect();
        let all: f64 = needs.iter().map(|(_, _, load)| load).sum();
        if all <= 0.0 {
            idle += cost;
        }
        for (queue, contacts, load) in needs {
            let part = if all > 0.0 { cost * load / all } else { 0.0 };
            let channel = queue.channel.word().replace('_', " ");
            add(queue.skill.language.as_str(), &channel, part, contacts);
        }
    }
    if idle > 0.0 {
        add(NO_WORK, "–", idle, 0.0);
    }
    slices
}

/// The cost of each group, and what is paid to pools that serve none.
fn by_group(view: &View<'_>) -> (Vec<f64>, f64) {
    let problem = &view.plan.problem;
    let (mut groups, mut nobody) = (vec![0.0; problem.groups.len()], 0.0);
    for ((pool, cost), served) in pools(view).into_iter().zip(view.served()) {
        let hours: f64 = served.iter().sum();
        if hours <= 0.0 {
            nobody += cost.total().get();
            continue;
        }
        let surcharges = served.iter().zip(&problem.groups).map(|(hours, group)| {
            hours * (pool.price.of(&group.skill.language) - pool.price.per_hour).get()
        });
        let surcharges: Vec<f64> = surcharges.collect();
        let dearer: f64 = surcharges.iter().sum();
        let languages = cost.languages.get();
        let shared = cost.total().get() - languages;
        for ((slot, hours_here), surcharge) in groups.iter_mut().zip(&served).zip(surcharges) {
            let own = if dearer > 0.0 {
                surcharge / dearer
            } else {
                hours_here / hours
            };
            *slot += shared * hours_here / hours + languages * own;
        }
    }
    (groups, nobody)
}

/// Slices added up by something of theirs, dearest first.
pub(super) fn together(slices: &[Slice], by: fn(&Slice) -> &str) -> Vec<(String, Slice)> {
    let mut sums: Vec<(String, Slice)> = Vec::new();
    for slice in slices {
        match sums.iter_mut().find(|(name, _)| name == by(slice)) {
            Some((_, sum)) => {
                sum.cost += slice.cost;
                sum.contacts += slice.contacts;
            }
            None => sums.push((by(slice).to_owned(), slice.clone())),
        }
    }
    sums.sort_by(|a, b| b.1.cost.total_cmp(&a.1.cost).then_with(|| a.0.cmp(&b.0)));
    sums
}
