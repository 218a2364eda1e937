//! What is new in a plan for those who were told of an earlier one.

use std::collections::BTreeMap;

use super::Plan;
use crate::workforce::{AnnouncedShift, Pool, Shift};

/// One shift as people are told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Announcement<'a> {
    /// The shift; that of the earlier plan where it is cancelled.
    pub shift: &'a Shift,
    /// What identifies it from plan to plan.
    pub key: String,
    /// Revision in which it took this form, was put in or taken out.
    pub sequence: u32,
    /// An earlier plan has it and this one has not.
    pub is_cancelled: bool,
}

impl Plan {
    /// How many plans before it were kept, each from the one before.
    pub fn revision(&self) -> u32 {
        let kept = self.scenario.kept.as_ref();
        kept.map_or(0, |kept| kept.announced.revision.saturating_add(1))
    }

    /// The shifts of a pool, or of one of its agents, and those that the kept plan had instead.
    ///
    /// A shift of a pool is known by its kind and start, one of an agent by the local day it begins
    /// on. It is unchanged where end, people and breaks are the same, and for an agent kind and start
    /// as well; then it keeps its number. Whatever changes takes the number of this plan, which is
    /// above all earlier ones, so a shift that comes back after plans without it is above them, too.
    pub fn announcements<'a>(
        &'a self,
        pool: &Pool,
        agent: Option<&str>,
        shifts: &[&'a Shift],
    ) -> Vec<Announcement<'a>> {
        let key = |shift: &Shift| match agent {
            None => {
                let start = shift.start.format("%Y%m%dT%H%M%SZ");
                format!("{}\n{start}", shift.shift_type)
            }
            Some(agent) => format!("{agent}\n{}", pool.zone.local(shift.start).date()),
        };
        let kept = self
            .scenario
            .kept
            .iter()
            .flat_map(|kept| &kept.announced.shifts);
        let mut before: BTreeMap<String, Vec<&AnnouncedShift>> = BTreeMap::new();
        for told in kept.filter(|told| told.agent.as_deref() == agent && told.shift.pool == pool.id)
        {
            before.entry(key(&told.shift)).or_default().push(told);
        }
        let mut turns: BTreeMap<String, usize> = BTreeMap::new();
        let mut all: Vec<Announcement<'a>> = Vec::new();
        for shift in shifts {
            let key = key(shift);
            let turn = turns.entry(key.clone()).or_default();
            let told = before.get(&key).and_then(|told| told.get(*turn));
            let same = told.filter(|told| is_same(&told.shift, shift));
            all.push(Announcement {
                shift,
                key: format!("{key}\n{turn}"),
                sequence: same.map_or(self.revision(), |told| told.sequence),
                is_cancelled: false,
            });
            *turn += 1;
        }
        // What began before the horizon is over, and what begins after it is not planned here.
        let grid = &self.problem.grid;
        let is_planned = |shift: &Shift| (grid.start()..grid.end()).contains(&shift.start);
        for (key, told) in before {
            let standing = turns.get(&key).copied().unwrap_or(0);
            let gone = told.into_iter().enumerate().skip(standing);
            for (turn, told) in gone.filter(|(_, told)| is_planned(&told.shift)) {
                all.push(Announcement {
                    shift: &told.shift,
                    key: format!("{key}\n{turn}"),
                    sequence: self.revision(),
                    is_cancelled: true,
                });
            }
        }
        all
    }
}

/// Whether people would not notice the difference.
fn is_same(before: &Shift, now: &Shift) -> bool {
    let sorted = |shift: &Shift| {
        let mut shift = shift.clone();
        shift.breaks.sort();
        shift
    };
    sorted(before) == sorted(now)
}
