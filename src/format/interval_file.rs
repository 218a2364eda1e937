//! Contacts by interval, written in the layouts that other systems read.

use csv::Writer;

use super::plan_file::{instant, round};
use super::presets::Preset;
use crate::calendar::{DateTime, TimeDelta, Utc, Zone};
use crate::planning::Plan;
use crate::workforce::{Channel, Language, MarketId, QueueId, Tier};

/// Contacts of a queue from a market in one interval, observed or forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalContacts {
    /// The queue.
    pub queue: QueueId,
    /// Where the contacts come from.
    pub market: MarketId,
    /// Language.
    pub language: Language,
    /// Channel.
    pub channel: Channel,
    /// Tier.
    pub tier: Tier,
    /// When the interval begins.
    pub start: DateTime<Utc>,
    /// Its length.
    pub minutes: u32,
    /// Contacts offered.
    pub offered: f64,
    /// Contacts handled, at most those offered.
    pub handled: f64,
    /// Seconds of handling of all of them together.
    pub handle_seconds: f64,
}

impl IntervalContacts {
    /// The forecast of a plan: every stream of contacts in every interval that has any, taken as all
    /// handled. Escalated contacts are in it as streams of their own.
    pub fn forecast_of(plan: &Plan) -> Vec<Self> {
        let grid = &plan.demand.grid;
        let minutes = grid.interval_length().minutes();
        let mut all = Vec::new();
        for stream in &plan.demand.streams {
            let Some(queue) = plan.scenario.queues.get(stream.queue) else {
                continue;
            };
            let volumes = stream.forecast.mean().values().iter().enumerate();
            for (index, &offered) in volumes.filter(|(_, volume)| **volume > 0.0) {
                all.push(Self {
                    queue: queue.id.clone(),
                    market: stream.market.clone(),
                    language: queue.skill.language.clone(),
                    channel: queue.channel,
                    tier: queue.skill.tier.clone(),
                    start: grid.instant(index),
                    minutes,
                    offered,
                    handled: offered,
                    handle_seconds: offered * stream.agent_seconds * queue.concurrency,
                });
            }
        }
        all
    }

    fn average(&self) -> f64 {
        if self.handled > 0.0 {
            self.handle_seconds / self.handled
        } else {
            0.0
        }
    }
}

/// Contacts as a file in a layout, sorted by queue, channel and time. Local times of layouts without
/// an offset are in `zone`, which a reader has to be told; there, the two times of a repeated hour
/// are written in order. Numbers have six decimals. Layouts that know queues only leave out market,
/// language and tier.
///
/// # Errors
/// An error of the CSV writer, which does not happen in memory.
pub fn interval_file(
    preset: Preset,
    contacts: &[IntervalContacts],
    zone: Zone,
) -> Result<Vec<u8>, csv::Error> {
    let mut rows: Vec<&IntervalContacts> = contacts.iter().collect();
    rows.sort_by(|a, b| {
        (&a.queue, a.channel, a.start, &a.market).cmp(&(&b.queue, b.channel, b.start, &b.market))
    });
    let mut writer = Writer::from_writer(Vec::new());
    if let Some(header) = header(preset) {
        writer.write_record(header)?;
    }
    for row in rows {
        writer.write_record(cells(preset, row, zone))?;
    }
    writer.into_inner().map_err(|e| e.into_error().into())
}

/// The names of the columns, where the layout has any.
const fn header(preset: Preset) -> Option<&'static [&'static str]> {
    Some(match preset {
        Preset::CalabrioForecast => return None,
        Preset::Canonical => &super::settings::CANONICAL,
        Preset::GenesysCloud => &[
            "Interval Start UTC Date",
            "Queue",
            "Media Type",
            "Skill Set",
            "Language",
            "Offered",
            "Interactions Handled",
            "Total Handle Time",
        ],
        Preset::GenesysCloudForecast => &[
            "Interval Start UTC Date",
            "Planning Group",
            "Offered",
            "Average Handle Time",
        ],
        Preset::AmazonConnect => &[
            "QueueName",
            "QueueId",
            "ChannelType",
            "TimeStamp",
            "IntervalDuration",
            "IncomingContactVolume",
            "AverageHandleTime",
            "ContactsHandled",
        ],
        Preset::AvayaCms => &[
            "Date",
            "Time",
            "Split/Skill",
            "ACD Calls",
            "Aban Calls",
            "Avg ACD Time",
            "Avg ACW Time",
        ],
    })
}

fn cells(preset: Preset, row: &IntervalContacts, zone: Zone) -> Vec<String> {
    let number = |value: f64| round(value, 6).to_string();
    let (start, queue) = (instant(row.start), row.queue.to_string());
    let [offered, handled] = [row.offered, row.handled].map(number);
    let abandoned = number((row.offered - row.handled).max(0.0));
    let [total, average] = [row.handle_seconds, row.average()].map(number);
    let local = zone.local(row.start);
    let media = |voice: &str, chat: &str| match row.channel {
        Channel::Phone => voice.to_owned(),
        Channel::Chat => chat.to_owned(),
        other => other.word().to_owned(),
    };
    let blank = String::new();
    match preset {
        Preset::Canonical => vec![
            start,
            row.minutes.to_string(),
            row.market.to_string(),
            row.language.to_string(),
            row.channel.word().to_owned(),
            row.tier.to_string(),
            offered,
            handled,
            abandoned,
            total,
        ],
        Preset::GenesysCloud => {
            let media = media("Voice", "Chat");
            let language = row.language.to_string();
            vec![
                start, queue, media, blank, language, offered, handled, total,
            ]
        }
        Preset::GenesysCloudForecast => vec![start, queue, offered, average],
        Preset::AmazonConnect => {
            let (media, length) = (media("VOICE", "CHAT"), format!("{}mins", row.minutes));
            vec![
                queue, blank, media, start, length, offered, average, handled,
            ]
        }
        Preset::CalabrioForecast => {
            let end = zone.local(row.start + TimeDelta::minutes(row.minutes.into()));
            let [start, end] = [local, end].map(|at| at.format("%Y%m%d %H:%M").to_string());
            let (none, agents) = ("0".to_owned(), "0".to_owned());
            vec![queue, start, end, offered, average, none, agents]
        }
        Preset::AvayaCms => {
            let date = local.format("%-m/%-d/%Y").to_string();
            let time = local.format("%-H:%M").to_string();
            let none = "0".to_owned();
            vec![date, time, queue, handled, abandoned, average, none]
        }
    }
}
