//! What is asked of one pool, as files for its vendor.

use csv::{Writer, WriterBuilder};

use crate::calendar::{IntervalLength, Zone};
use crate::format::plan_file::{instant, round};
use crate::planning::exchange::AskedPool;

/// Columns of the canonical layout.
const COLUMNS: [&str; 10] = [
    "pool",
    "group",
    "tier",
    "language",
    "start",
    "start_local",
    "timezone",
    "minutes",
    "agents",
    "agent_hours",
];

/// The canonical layout: a header, instants in UTC and on the vendor's clock.
pub(super) fn canonical(pool: &AskedPool, length: IntervalLength) -> Result<String, csv::Error> {
    let hours = length.duration().as_secs_f64() / 3600.0;
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for row in &pool.rows {
        let local = pool.zone.local(row.start);
        writer.write_record([
            pool.pool.to_string(),
            row.group.clone(),
            row.tier.to_string(),
            row.language.to_string(),
            instant(row.start),
            local.format("%Y-%m-%dT%H:%M").to_string(),
            pool.zone.to_string(),
            length.minutes().to_string(),
            round(row.agents, 6).to_string(),
            round(row.agents * hours, 6).to_string(),
        ])?;
    }
    text(writer)
}

/// The layout of Calabrio's BPO exchange: no header, contacts and times zero, agents last.
pub(super) fn calabrio(
    pool: &AskedPool,
    length: IntervalLength,
    zone: Zone,
) -> Result<String, csv::Error> {
    let mut writer = WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    let mut rows: Vec<_> = pool.rows.iter().collect();
    rows.sort_by(|a, b| (&a.group, a.start).cmp(&(&b.group, b.start)));
    for row in rows {
        let [start, end] = [row.start, row.start + length.delta()]
            .map(|at| zone.local(at).format("%Y%m%d %H:%M").to_string());
        let agents = round(row.agents, 6).to_string();
        writer.write_record([row.group.as_str(), &start, &end, "0", "0", "0", &agents])?;
    }
    text(writer)
}

fn text(writer: Writer<Vec<u8>>) -> Result<String, csv::Error> {
    let bytes = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
