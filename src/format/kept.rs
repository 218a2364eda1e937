//! `[keep]`: the plan that is under way.

use super::files::Shelf;
use super::plan_shifts::plan_shifts;
use super::reader::Reader;
use super::report::Report;
use crate::workforce::{FaultCode, KeptShifts};

/// The shifts of the plan that `[keep]` names, and the price of a change.
pub(super) fn read(
    root: &mut Reader<'_>,
    shelf: &Shelf<'_>,
    folders: &[String],
    report: &Report,
) -> Option<KeptShifts> {
    let (plan, price) = root.within("keep", |reader| {
        (
            reader.need::<String>("plan"),
            reader.need("price_per_change"),
        )
    })?;
    let (plan, price_per_change) = (plan?, price?);
    let bytes = match shelf.find(folders, &plan) {
        Ok(bytes) => bytes,
        Err(e) => {
            let what = format!("`{plan}` cannot be read: {e}");
            let action = "name the plan.json of an earlier run, from the scenario folder, one it \
                          extends or the data folder";
            report.at("keep.plan", FaultCode::MissingFile, what, action);
            return None;
        }
    };
    match plan_shifts(&bytes) {
        Ok(announced) => {
            let of_pools = announced.shifts.iter().filter(|s| s.agent.is_none());
            Some(KeptShifts {
                shifts: of_pools.map(|s| s.shift.clone()).collect(),
                price_per_change,
                announced,
            })
        }
        Err(e) => {
            let what = format!("`{plan}` is no plan: {e}");
            let action = "name the plan.json of an earlier run";
            report.at("keep.plan", FaultCode::Syntax, what, action);
            None
        }
    }
}
