//! The shifts of `plan.json`, written and read back.

use serde::{Deserialize, Serialize};

use super::plan_file::{PLAN_SCHEMA_VERSION, instant};
use crate::calendar::{DateTime, Utc};
use crate::workforce::{BreakPlacement, Shift};

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ShiftFile {
    pool: String,
    shift_type: String,
    start: String,
    end: String,
    count: u32,
    breaks: Vec<BreakFile>,
}

#[derive(Debug, Serialize, Deserialize)]
struct BreakFile {
    start: String,
    end: String,
    count: u32,
    paid: bool,
}

pub(super) fn shift_file(shift: &Shift) -> ShiftFile {
    let pause = |b: &BreakPlacement| BreakFile {
        start: instant(b.start),
        end: instant(b.end),
        count: b.count,
        paid: b.paid,
    };
    ShiftFile {
        pool: shift.pool.to_string(),
        shift_type: shift.shift_type.to_string(),
        start: instant(shift.start),
        end: instant(shift.end),
        count: shift.count,
        breaks: shift.breaks.iter().map(pause).collect(),
    }
}

/// The part of a plan that is read back.
#[derive(Debug, Deserialize)]
struct PlanShifts {
    schema_version: u32,
    shifts: Vec<ShiftFile>,
}

/// The shifts of a `plan.json`, or what is wrong with it.
pub(super) fn plan_shifts(bytes: &[u8]) -> Result<Vec<Shift>, String> {
    let plan: PlanShifts = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    if plan.schema_version != PLAN_SCHEMA_VERSION {
        return Err(format!(
            "its schema version is {}, not {PLAN_SCHEMA_VERSION}",
            plan.schema_version
        ));
    }
    plan.shifts.iter().map(shift).collect()
}

fn shift(file: &ShiftFile) -> Result<Shift, String> {
    let pause = |b: &BreakFile| {
        Ok(BreakPlacement {
            start: read_instant(&b.start)?,
            end: read_instant(&b.end)?,
            count: b.count,
            paid: b.paid,
        })
    };
    Ok(Shift {
        pool: file.pool.as_str().into(),
        shift_type: file.shift_type.as_str().into(),
        start: read_instant(&file.start)?,
        end: read_instant(&file.end)?,
        count: file.count,
        breaks: file
            .breaks
            .iter()
            .map(pause)
            .collect::<Result<_, String>>()?,
    })
}

pub(super) fn read_instant(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse()
        .map_err(|e| format!("`{text}` is no instant: {e}"))
}
