//! The shifts of `plan.json`, written and read back.

use serde::{Deserialize, Serialize};

use super::plan_file::{PLAN_SCHEMA_VERSION, instant};
use crate::calendar::{DateTime, Utc};
use crate::planning::Plan;
use crate::workforce::{Announced, AnnouncedShift, BreakPlacement, Pool, Shift};

#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct ShiftFile {
    /// Pool.
    pool: String,
    /// Kind of shift.
    shift_type: String,
    /// Begin.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    start: String,
    /// End.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    end: String,
    /// People on it.
    count: u32,
    /// Breaks of these people.
    breaks: Vec<BreakFile>,
    /// Revision of the plan in which it took this form; left out where that is the first.
    #[serde(default, skip_serializing_if = "is_first")]
    sequence: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_first(sequence: &u32) -> bool {
    *sequence == 0
}

#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct BreakFile {
    /// Begin.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    start: String,
    /// End.
    #[cfg_attr(feature = "schema", schemars(extend("format" = "date-time")))]
    end: String,
    /// People who take it.
    count: u32,
    /// Whether it is paid.
    paid: bool,
}

pub(super) fn shift_file(shift: &Shift, sequence: u32) -> ShiftFile {
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
        sequence,
    }
}

/// Shifts of a pool, or of one of its agents, as people are told of them.
pub(super) fn announced<'p>(
    plan: &'p Plan,
    pool: &'p Pool,
    agent: Option<&'p str>,
    shifts: &[&Shift],
) -> Vec<ShiftFile> {
    let all = plan.announcements(pool, agent, shifts);
    let standing = all.iter().filter(|one| !one.is_cancelled);
    standing
        .map(|one| shift_file(one.shift, one.sequence))
        .collect()
}

/// The part of a plan that is read back.
#[derive(Debug, Deserialize)]
struct PlanShifts {
    schema_version: u32,
    #[serde(default)]
    revision: u32,
    shifts: Vec<ShiftFile>,
    #[serde(default)]
    rosters: Vec<RosterRead>,
}

#[derive(Debug, Deserialize)]
struct RosterRead {
    agents: Vec<AgentRead>,
}

#[derive(Debug, Deserialize)]
struct AgentRead {
    agent: String,
    shifts: Vec<ShiftFile>,
}

/// The shifts of a `plan.json` as people were told of them, or what is wrong with it.
pub(super) fn plan_shifts(bytes: &[u8]) -> Result<Announced, String> {
    let plan: PlanShifts = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    if plan.schema_version != PLAN_SCHEMA_VERSION {
        return Err(format!(
            "its schema version is {}, not {PLAN_SCHEMA_VERSION}",
            plan.schema_version
        ));
    }
    let agents = plan.rosters.iter().flat_map(|roster| &roster.agents);
    let named = agents.flat_map(|of| of.shifts.iter().map(|file| (Some(&of.agent), file)));
    let all = plan.shifts.iter().map(|file| (None, file)).chain(named);
    let read = all.map(|(agent, file)| {
        Ok(AnnouncedShift {
            agent: agent.cloned(),
            shift: shift(file)?,
            sequence: file.sequence,
        })
    });
    Ok(Announced {
        revision: plan.revision,
        shifts: read.collect::<Result<_, String>>()?,
    })
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
