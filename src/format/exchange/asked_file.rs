//! `exchange/asked.json`: what was asked, kept beside the plan to compare answers with.

use serde::{Deserialize, Serialize};

use super::Exchange;
use crate::calendar::Zone;
use crate::format::plan_file::{instant, round};
use crate::format::plan_folder::{PlanFolder, broken};
use crate::format::plan_shifts::read_instant;
use crate::format::report::Report;
use crate::planning::Plan;
use crate::planning::exchange::{AskedPool, AskedRow, spare_agents};
use crate::workforce::{Fault, FaultCode, Faults};

/// Version of the shape of the file.
const SCHEMA_VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
struct AskedFile {
    schema_version: u32,
    input_hash: String,
    currency: String,
    pools: Vec<PoolFile>,
    spare_agents: Vec<SpareFile>,
}

#[derive(Debug, Serialize, Deserialize)]
struct PoolFile {
    id: String,
    timezone: String,
    crew_per_agent: f64,
    asked: Vec<RowFile>,
}

#[derive(Debug, Serialize, Deserialize)]
struct RowFile {
    group: String,
    tier: String,
    language: String,
    start: String,
    agents: f64,
    price_per_hour: f64,
}

#[derive(Debug, Serialize, Deserialize)]
struct SpareFile {
    group: String,
    start: String,
    agents: f64,
}

/// The text of the file.
pub(super) fn write(
    plan: &Plan,
    pools: &[AskedPool],
    input_hash: &str,
) -> Result<String, serde_json::Error> {
    let row = |row: &AskedRow| RowFile {
        group: row.group.clone(),
        tier: row.tier.to_string(),
        language: row.language.to_string(),
        start: instant(row.start),
        agents: round(row.agents, 6),
        price_per_hour: round(row.price_per_hour, 6),
    };
    let pool = |pool: &AskedPool| PoolFile {
        id: pool.pool.to_string(),
        timezone: pool.zone.to_string(),
        crew_per_agent: pool.crew_per_agent,
        asked: pool.rows.iter().map(row).collect(),
    };
    let grid = &plan.problem.grid;
    let groups = plan.problem.groups.iter().zip(spare_agents(plan));
    let spare = groups.flat_map(|(group, spare)| {
        let beyond = spare.into_iter().enumerate();
        let beyond = beyond.map(|(t, agents)| (t, round(agents, 6)));
        beyond
            .filter(|(_, agents)| *agents > 0.0)
            .map(|(t, agents)| SpareFile {
                group: group.name.clone(),
                start: instant(grid.instant(t)),
                agents,
            })
    });
    let mut text = serde_json::to_string_pretty(&AskedFile {
        schema_version: SCHEMA_VERSION,
        input_hash: input_hash.to_owned(),
        currency: plan.scenario.currency.clone(),
        pools: pools.iter().map(pool).collect(),
        spare_agents: spare.collect(),
    })?;
    text.push('\n');
    Ok(text)
}

const BY_HAND: &str = "the file was changed by hand; make the plan again";

/// What was asked, checked against its plan.
pub(super) fn parse(bytes: &[u8], plan: PlanFolder) -> Result<Exchange, Faults> {
    let file: AskedFile = serde_json::from_slice(bytes).map_err(|e| broken(&e))?;
    if file.schema_version != SCHEMA_VERSION {
        let what = format!("schema version {} is not known", file.schema_version);
        let action = format!("make the plan again; this version reads {SCHEMA_VERSION}");
        return Err(Fault::at("schema_version", FaultCode::SchemaVersion, what, action).into());
    }
    if file.input_hash != plan.input_hash {
        let what = "it belongs to another plan than `plan.json` beside it";
        let action = "make the plan again, or put back the file that was written with it";
        return Err(Fault::at("input_hash", FaultCode::UnknownReference, what, action).into());
    }
    let report = Report::default();
    let line = |group: &str, path: &str| {
        let found = plan.live.lines.iter().position(|line| line.name == group);
        if found.is_none() {
            let what = format!("there is no group `{group}`");
            report.at(path, FaultCode::UnknownReference, what, BY_HAND);
        }
        found
    };
    let interval = |start: &str, path: &str| {
        let at = read_instant(start).ok();
        let found = at.and_then(|at| Some((at, plan.live.grid.index_of(at)?)));
        if found.is_none() {
            let what = format!("`{start}` is no interval of the horizon");
            report.at(path, FaultCode::Misaligned, what, BY_HAND);
        }
        found
    };
    let number = |value: f64, path: &str| {
        if value.is_finite() && value >= 0.0 {
            return Some(value);
        }
        let what = format!("{value} is below 0");
        report.at(path, FaultCode::OutOfRange, what, BY_HAND);
        None
    };
    let mut spare = vec![vec![0.0; plan.live.grid.len()]; plan.live.lines.len()];
    for (i, row) in file.spare_agents.iter().enumerate() {
        let path = format!("spare_agents[{i}]");
        let place = line(&row.group, &path).zip(interval(&row.start, &path));
        if let (Some((line, (_, t))), Some(agents)) = (place, number(row.agents, &path)) {
            spare[line][t] = agents;
        }
    }
    let mut asked = Vec::new();
    for (i, pool) in file.pools.iter().enumerate() {
        let path = format!("pools[{i}]");
        let zone = pool.timezone.parse::<Zone>().map_err(|e| {
            report.at(&path, FaultCode::UnknownZone, e.to_string(), BY_HAND);
        });
        let rows = pool.asked.iter().enumerate().map(|(k, row)| {
            let path = format!("{path}.asked[{k}]");
            let known = line(&row.group, &path);
            let start = interval(&row.start, &path);
            let agents = number(row.agents, &path);
            let price = number(row.price_per_hour, &path);
            known?;
            Some(AskedRow {
                group: row.group.clone(),
                tier: row.tier.as_str().into(),
                language: row.language.as_str().into(),
                start: start?.0,
                agents: agents?,
                price_per_hour: price?,
            })
        });
        let rows: Vec<AskedRow> = rows.collect::<Vec<_>>().into_iter().flatten().collect();
        let crew_per_agent = number(pool.crew_per_agent, &path);
        if let (Ok(zone), Some(crew_per_agent)) = (zone, crew_per_agent) {
            asked.push(AskedPool {
                pool: pool.id.as_str().into(),
                zone,
                crew_per_agent,
                rows,
            });
        }
    }
    Faults::check(report.into_faults())?;
    Ok(Exchange {
        plan,
        currency: file.currency,
        asked,
        spare,
    })
}
