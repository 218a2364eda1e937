//! From duties to tours: every agent's shifts with breaks of their own.

use std::collections::BTreeMap;

use super::chain::Agent;
use crate::calendar::{DateTime, Utc};
use crate::scheduling::Schedule;
use crate::workforce::{BreakPlacement, BreakType, Pool, Shift, ShiftTypeId, Tour};

/// The tours of agents. People of one shift take its breaks in the order in which they are
/// numbered: who goes first goes first to every break.
pub(super) fn tours(pool: &Pool, schedule: &Schedule, agents: &[Agent]) -> Vec<Tour> {
    let contracts = pool.contracts_in_force();
    let mut breaks = Breaks::of(pool, schedule);
    let tour = |(number, agent): (usize, &Agent)| Tour {
        pool: pool.id.clone(),
        agent: format!("{}", number + 1),
        contract: contracts[agent.contract].id.clone(),
        shifts: (agent.duties.iter())
            .map(|duty| {
                let kind = &pool.shifts[duty.kind];
                Shift {
                    pool: pool.id.clone(),
                    shift_type: kind.id.clone(),
                    start: duty.start,
                    end: duty.end,
                    count: 1,
                    breaks: breaks.take(&kind.id, duty.start),
                }
            })
            .collect(),
    };
    agents.iter().enumerate().map(tour).collect()
}

/// Breaks of each shift that nobody has taken yet: one list for each break of the kind.
struct Breaks(BTreeMap<(ShiftTypeId, DateTime<Utc>), Vec<Vec<BreakPlacement>>>);

impl Breaks {
    fn of(pool: &Pool, schedule: &Schedule) -> Self {
        let mut all = BTreeMap::new();
        for shift in schedule.shifts.iter().filter(|s| s.pool == pool.id) {
            let kind = pool.shifts.iter().find(|k| k.id == shift.shift_type);
            let Some(kind) = kind else { continue };
            let lists: &mut Vec<Vec<BreakPlacement>> = all
                .entry((kind.id.clone(), shift.start))
                .or_insert_with(|| vec![Vec::new(); kind.breaks.len()]);
            for pause in &shift.breaks {
                let fits = |b: &BreakType| {
                    let since = (pause.start - shift.start).to_std().unwrap_or_default();
                    b.earliest <= since && since <= b.latest
                };
                if let Some(place) = kind.breaks.iter().position(fits) {
                    let one = BreakPlacement {
                        count: 1,
                        ..pause.clone()
                    };
                    lists[place].extend(std::iter::repeat_n(
                        one,
                        usize::try_from(pause.count).unwrap_or(0),
                    ));
                }
            }
        }
        for lists in all.values_mut() {
            // The last of a list is taken first.
            for list in lists.iter_mut() {
                list.sort();
                list.reverse();
            }
        }
        Self(all)
    }

    fn take(&mut self, kind: &ShiftTypeId, start: DateTime<Utc>) -> Vec<BreakPlacement> {
        let lists = self.0.get_mut(&(kind.clone(), start));
        let lists = lists.into_iter().flatten();
        lists.filter_map(Vec::pop).collect()
    }
}
