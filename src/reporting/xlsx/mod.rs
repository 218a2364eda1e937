//! `plan.xlsx`: one sheet for each question a planner has.
//!
//! Numbers are numbers and times are times, so that sums and filters work; what is short or missed
//! is coloured by conditions, which go on working when somebody changes a number.

mod agents;
mod allocation;
mod assumptions;
mod coverage;
mod decision;
mod demand;
mod pools;
mod queues;
mod rules;
mod sheet;
mod shifts;
mod writer;

use rust_xlsxwriter::XlsxError;

use super::html::view::View;
use crate::planning::Plan;
use crate::units::whole::decimals as round;

/// The bytes of `plan.xlsx`, the same for the same plan. `input_hash` identifies the input it was
/// made from.
///
/// | sheet | question |
/// |---|---|
/// | Decision | what does it cost, how good is it, what is open? |
/// | Queues, Promises | who waits how long? |
/// | Forecast, Requirement | how many contacts come, and how many agents do they need? |
/// | Coverage | who is needed and who is there, in each interval? |
/// | Allocation | which pool serves what? |
/// | Shifts by day | how does that lie between the fewest and the most shifts of contracts? |
/// | Shifts | how many people start when? |
/// | Tours, Roster, Open shifts | who works when, and what does nobody take? |
/// | Pools and costs | what does each pool do, and for how much? |
/// | Rules | what would be saved by a looser rule? |
/// | Assumptions | what does it rest on, and how is it made again? |
///
/// Amounts, hours and shares are those of `plan.json`, rounded alike. Times are local and say whose;
/// where a local hour happens twice the column in UTC tells the two apart.
///
/// # Errors
/// An error of the writer: a year before 1900 or after 9999, which no spreadsheet holds.
pub fn workbook(plan: &Plan, input_hash: &str) -> Result<Vec<u8>, XlsxError> {
    let view = View::new(plan);
    let mut sheets = vec![decision::sheet(&view), queues::sheet(&view)];
    sheets.extend(queues::promises(&view));
    sheets.extend([
        demand::forecast(&view),
        demand::requirement(&view),
        coverage::sheet(&view),
        allocation::served(&view),
        allocation::limits(&view),
        shifts::sheet(&view),
        agents::tours(&view),
    ]);
    if !plan.rosters.is_empty() {
        sheets.extend([agents::roster(&view), agents::open_shifts(&view)]);
    }
    sheets.extend([
        pools::sheet(&view),
        rules::sheet(&view),
        assumptions::sheet(&view, input_hash),
    ]);
    writer::write(&sheets, &plan.scenario.name, plan.scenario.horizon.first)
}
