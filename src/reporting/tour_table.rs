use super::tables::{Table, stamp};
use crate::planning::Plan;
use crate::scheduling::law::shift_class;
use crate::scheduling::tours::PoolTours;
use crate::workforce::Shift;
use crate::workforce::law::{ClockClass, LabourLaw};

/// Every shift of every agent, by local clock too, with its class and night hours by law.
pub(super) fn tours(plan: &Plan) -> Table {
    Table {
        name: "tours",
        columns: vec![
            "pool",
            "agent",
            "contract",
            "shift",
            "start",
            "end",
            "local_start",
            "local_end",
            "legal_class",
            "night_hours",
            "breaks",
        ],
        rows: plan.tours.iter().flat_map(|own| rows(plan, own)).collect(),
    }
}

fn rows<'a>(plan: &'a Plan, own: &'a PoolTours) -> impl Iterator<Item = Vec<String>> + 'a {
    let pool = &plan.problem.pools[own.pool];
    let local = move |at| pool.zone.local(at).format("%Y-%m-%dT%H:%M").to_string();
    own.tours.iter().flat_map(move |tour| {
        tour.shifts.iter().map(move |shift| {
            let [class, night] = class(pool.law.as_ref(), pool.zone, shift);
            let breaks = shift.breaks.iter().map(|b| local(b.start));
            vec![
                pool.id.to_string(),
                tour.agent.clone(),
                tour.contract.clone(),
                shift.shift_type.to_string(),
                stamp(shift.start),
                stamp(shift.end),
                local(shift.start),
                local(shift.end),
                class,
                night,
                breaks.collect::<Vec<_>>().join(" "),
            ]
        })
    })
}

/// Class and night hours in words, empty where no law is named.
pub(super) fn class(
    law: Option<&LabourLaw>,
    zone: crate::calendar::Zone,
    shift: &Shift,
) -> [String; 2] {
    let Some(law) = law else {
        return [String::new(), String::new()];
    };
    let found = shift_class(law, zone, shift.start, shift.end);
    let word = match found.class {
        ClockClass::Day => "day",
        ClockClass::Mixed => "mixed",
        ClockClass::Night => "night",
    };
    [word.to_owned(), format!("{:.2}", found.night_hours)]
}
