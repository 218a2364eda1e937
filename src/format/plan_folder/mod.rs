//! A plan folder, read back to be simulated.

use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use super::one_file;
use super::plan_file::{PLAN_SCHEMA_VERSION, round};
use super::plan_shifts::read_instant;
use super::report::{Report, instead};
use crate::calendar::{Grid, IntervalLength, Zone};
use crate::planning::{LiveLine, LivePlan, LiveQueue, LiveTrial};
use crate::units::Probability;
use crate::workforce::{Fault, FaultCode, Faults, Place, PromiseScope};

mod trial;

pub use trial::{TrialFacts, plan_trial_json};

/// What a plan folder says about its live lines.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanFolder {
    /// Name of the scenario.
    pub scenario: String,
    /// Hash of the input it was made from.
    pub input_hash: String,
    /// The lines.
    pub live: LivePlan,
}

#[derive(Debug, Deserialize)]
struct Version {
    schema_version: u32,
}

#[derive(Debug, Deserialize)]
struct PlanRead {
    scenario: String,
    input_hash: String,
    seed: u64,
    horizon: HorizonRead,
    queues: Vec<QueueRead>,
    groups: Vec<GroupRead>,
    requirement: Vec<NeedRead>,
    answering: Vec<CrewRead>,
}

#[derive(Debug, Deserialize)]
struct HorizonRead {
    start: String,
    end: String,
    days: u32,
    interval_minutes: u32,
    timezone: String,
}

#[derive(Debug, Deserialize)]
struct QueueRead {
    id: String,
    group: String,
    answer_within_seconds: Option<f64>,
    patience_seconds: Option<f64>,
    handling_seconds: f64,
    service_level_target: f64,
    service_level_scope: String,
    service_level_floor: Option<f64>,
    service_level_planned: f64,
}

#[derive(Debug, Deserialize)]
struct GroupRead {
    id: String,
}

#[derive(Debug, Deserialize)]
struct NeedRead {
    queue: String,
    start: String,
    volume: f64,
}

#[derive(Debug, Deserialize)]
struct CrewRead {
    group: String,
    start: String,
    agents: f64,
}

/// Reads the `plan.json` of a plan folder.
///
/// # Errors
/// A folder or file that is not there, another schema version, broken JSON with its row, and every
/// value that makes no sense, each with its path.
pub fn read_plan(folder: &Path) -> Result<PlanFolder, Faults> {
    let path = folder.join("plan.json");
    if !path.is_file() {
        return Err(Faults::from(Fault {
            place: Place::default().in_file(path.display().to_string()),
            code: FaultCode::MissingFile,
            what: "there is no such file".to_owned(),
            action: "name the folder that the example `plan` wrote with --out".to_owned(),
        }));
    }
    one_file::read(&path, parse_plan)
}

/// Reads a plan from the bytes of its `plan.json`.
///
/// # Errors
/// As for [`read_plan`].
pub fn parse_plan(bytes: &[u8]) -> Result<PlanFolder, Faults> {
    let version: Version = serde_json::from_slice(bytes).map_err(|e| broken(&e))?;
    if version.schema_version != PLAN_SCHEMA_VERSION {
        let what = format!("schema version {} is not known", version.schema_version);
        let action = format!("make the plan again; this version reads {PLAN_SCHEMA_VERSION}");
        let path = "schema_version";
        return Err(Fault::at(path, FaultCode::SchemaVersion, what, action).into());
    }
    let file: PlanRead = serde_json::from_slice(bytes).map_err(|e| broken(&e))?;
    let report = Report::default();
    let live = live_plan(&file, &report);
    Faults::check(report.into_faults())?;
    Ok(PlanFolder {
        live: live.ok_or_else(one_file::unreadable)?,
        scenario: file.scenario,
        input_hash: file.input_hash,
    })
}

pub(super) fn broken(error: &serde_json::Error) -> Faults {
    let is_shape = error.classify() == serde_json::error::Category::Data;
    let (code, action) = if is_shape {
        let action = "make the plan again with this version; an earlier one wrote other keys";
        (FaultCode::MissingKey, action)
    } else {
        let action = "correct the line, or make the plan again";
        (FaultCode::Syntax, action)
    };
    let what = if is_shape {
        format!("not what a plan holds: {error}")
    } else {
        format!("broken JSON: {error}")
    };
    Faults::from(Fault {
        place: Place {
            row: Some(error.line() as u64),
            ..Place::default()
        },
        code,
        what,
        action: action.to_owned(),
    })
}

const BY_HAND: &str = "the file was changed by hand; make the plan again";

fn live_plan(file: &PlanRead, report: &Report) -> Option<LivePlan> {
    let zone = file.horizon.timezone.parse::<Zone>();
    if let Err(e) = &zone {
        let path = "horizon.timezone";
        report.at(path, FaultCode::UnknownZone, e.to_string(), BY_HAND);
    }
    let grid = grid(&file.horizon, report)?;
    let mut lines: Vec<LiveLine> = (file.groups.iter())
        .map(|group| LiveLine {
            name: group.id.clone(),
            queues: Vec::new(),
            crew: vec![0.0; grid.len()],
        })
        .collect();
    let groups: Vec<&str> = file.groups.iter().map(|group| group.id.as_str()).collect();
    let mut places = Vec::new();
    for (q, queue) in file.queues.iter().enumerate() {
        let path = format!("queues[{q}]");
        let line = place("group", &queue.group, &groups, &path, report);
        let Some(answer_within) = queue.answer_within_seconds else {
            places.push(None);
            continue;
        };
        let read = live_queue(queue, answer_within, grid.len(), &path, report);
        places.push(line.zip(read).map(|(line, read)| {
            lines[line].queues.push(read);
            (line, lines[line].queues.len() - 1)
        }));
    }
    let ids: Vec<&str> = file.queues.iter().map(|queue| queue.id.as_str()).collect();
    for (row, need) in file.requirement.iter().enumerate() {
        let path = format!("requirement[{row}]");
        let queue = place("queue", &need.queue, &ids, &path, report);
        let interval = interval(&grid, &need.start, &path, report);
        let volume = amount(need.volume, &path, "volume", report);
        if let (Some(queue), Some(interval), Some(volume)) = (queue, interval, volume)
            && let Some((line, own)) = places[queue]
        {
            lines[line].queues[own].volume[interval] = volume;
        }
    }
    for (row, crew) in file.answering.iter().enumerate() {
        let path = format!("answering[{row}]");
        let group = place("group", &crew.group, &groups, &path, report);
        let interval = interval(&grid, &crew.start, &path, report);
        let agents = amount(crew.agents, &path, "agents", report);
        if let (Some(group), Some(interval), Some(agents)) = (group, interval, agents) {
            lines[group].crew[interval] = agents;
        }
    }
    Some(LivePlan {
        grid,
        zone: zone.ok()?,
        days: file.horizon.days,
        seed: file.seed,
        lines,
    })
}

fn grid(horizon: &HorizonRead, report: &Report) -> Option<Grid> {
    let instant = |key: &str, text: &str| match read_instant(text) {
        Ok(instant) => Some(instant),
        Err(what) => {
            let path = format!("horizon.{key}");
            report.at(path, FaultCode::BadTimestamp, what, BY_HAND);
            None
        }
    };
    let (start, end) = (
        instant("start", &horizon.start),
        instant("end", &horizon.end),
    );
    let length = match IntervalLength::from_minutes(horizon.interval_minutes) {
        Ok(length) => length,
        Err(e) => {
            let path = "horizon.interval_minutes";
            report.at(path, FaultCode::Misaligned, e.to_string(), BY_HAND);
            return None;
        }
    };
    let (start, end) = (start?, end?);
    let minutes = (end - start).num_minutes();
    let count = usize::try_from(minutes / i64::from(length.minutes())).unwrap_or(0);
    match Grid::new(start, length, count) {
        Ok(grid) => Some(grid),
        Err(e) => {
            report.at("horizon.end", FaultCode::OutOfRange, e.to_string(), BY_HAND);
            None
        }
    }
}

fn live_queue(
    queue: &QueueRead,
    answer_within: f64,
    intervals: usize,
    path: &str,
    report: &Report,
) -> Option<LiveQueue> {
    let share = |key: &str, value: f64| {
        let share = Probability::new(value);
        if let Err(e) = &share {
            let path = format!("{path}.{key}");
            report.at(path, FaultCode::OutOfRange, e.to_string(), BY_HAND);
        }
        share.ok()
    };
    let time = |key: &str, value: f64| {
        let time = Duration::try_from_secs_f64(value);
        if let Err(e) = &time {
            let path = format!("{path}.{key}");
            report.at(
                path,
                FaultCode::OutOfRange,
                format!("{value}: {e}"),
                BY_HAND,
            );
        }
        time.ok()
    };
    let floor = share(
        "service_level_floor",
        queue.service_level_floor.unwrap_or(0.0),
    );
    let scope = match queue.service_level_scope.as_str() {
        "interval" => Some(PromiseScope::Interval),
        "day" => floor.map(|floor| PromiseScope::Day { floor }),
        "week" => floor.map(|floor| PromiseScope::Week { floor }),
        word => {
            let path = format!("{path}.service_level_scope");
            let what = format!("unknown word `{word}`");
            let action = instead("word", word, ["interval", "day", "week"]);
            report.at(path, FaultCode::UnknownReference, what, action);
            None
        }
    };
    let target = share("service_level_target", queue.service_level_target);
    let planned = share("service_level_planned", queue.service_level_planned);
    let within = time("answer_within_seconds", answer_within);
    let patience = queue.patience_seconds.map(|p| time("patience_seconds", p));
    let handling = amount(queue.handling_seconds, path, "handling_seconds", report);
    Some(LiveQueue {
        id: queue.id.as_str().into(),
        share: target?,
        answer_within: within?,
        scope: scope?,
        patience: match patience {
            None => None,
            Some(read) => Some(read?),
        },
        volume: vec![0.0; intervals],
        handling_seconds: handling?,
        by_formula: Some(planned?),
    })
}

fn place(noun: &str, name: &str, known: &[&str], path: &str, report: &Report) -> Option<usize> {
    let found = known.iter().position(|id| *id == name);
    if found.is_none() {
        let what = format!("there is no {noun} `{name}`");
        let action = instead(noun, name, known.iter().copied());
        report.at(
            format!("{path}.{noun}"),
            FaultCode::UnknownReference,
            what,
            action,
        );
    }
    found
}

fn interval(grid: &Grid, text: &str, path: &str, report: &Report) -> Option<usize> {
    let instant = read_instant(text);
    let index = instant.as_ref().ok().and_then(|at| {
        let position = grid.position(*at)?;
        usize::try_from(position).ok().filter(|&t| t < grid.len())
    });
    if index.is_none() {
        let what = instant
            .err()
            .unwrap_or_else(|| format!("`{text}` is no interval of the horizon"));
        report.at(
            format!("{path}.start"),
            FaultCode::Misaligned,
            what,
            BY_HAND,
        );
    }
    index
}

fn amount(value: f64, path: &str, key: &str, report: &Report) -> Option<f64> {
    if value.is_finite() && value >= 0.0 {
        return Some(value);
    }
    let path = format!("{path}.{key}");
    report.at(
        path,
        FaultCode::OutOfRange,
        format!("{value} is below 0"),
        BY_HAND,
    );
    None
}
