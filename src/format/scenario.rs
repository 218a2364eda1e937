//! A whole scenario from its files.

use std::path::{Path, PathBuf};

use super::calendars::Calendars;
use super::files::{Files, Folder, Shelf};
use super::layers::Layers;
use super::origins::Origins;
use super::reader::Reader;
use super::report::Report;
use super::streams::Make;
use super::streams::{Context, Found};
use super::{
    history, horizon_volumes, kept, markets, policies, pools, presets, profile, queues, rules,
    settings, special_days, staff, streams, volumes,
};
use crate::planning::Scenario;
use crate::units::Money;
use crate::workforce::{Fault, FaultCode, Faults, Place};

/// How to read a scenario folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// Folder of data files that are not part of the scenario.
    pub data: Option<PathBuf>,
}

/// A scenario as read, and the fingerprint of what it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct ScenarioFile {
    /// The scenario, without a fault.
    pub scenario: Scenario,
    /// Lowercase hexadecimal SHA-256 over name and bytes of every file that was read, in the
    /// order read, each with its length before it.
    pub input_hash: String,
}

/// Reads `scenario.toml` of a folder and the files it names. These are looked up in the folder,
/// in those it extends, then in [`ReadOptions::data`].
///
/// # Errors
/// Everything that is wrong with any of the files and with the scenario as a whole.
pub fn read_scenario(dir: &Path, options: &ReadOptions) -> Result<ScenarioFile, Faults> {
    let folder = Folder(dir.to_owned());
    let data = options.data.clone().map(Folder);
    let data = data.as_ref().map(|folder| folder as &dyn Files);
    read(&Shelf::new(&folder, data))
}

/// Reads a scenario from files wherever they are.
///
/// # Errors
/// Everything that is wrong with any of the files and with the scenario as a whole.
pub fn parse_scenario(files: &dyn Files) -> Result<ScenarioFile, Faults> {
    read(&Shelf::new(files, None))
}

fn read(shelf: &Shelf<'_>) -> Result<ScenarioFile, Faults> {
    let report = Report::default();
    let Some(layers) = Layers::read(shelf, &report) else {
        return Err(all(report.into_faults()));
    };
    let mut origins = Origins::default();
    let scenario = build(shelf, &layers, &mut origins, &report);
    let silent = report.is_without_streams();
    let incomplete = report.is_incomplete();
    let mut faults = report.into_faults();
    let scenario = scenario.filter(|_| !incomplete);
    if let Some(Err(found)) = scenario.as_ref().map(Scenario::check) {
        let news = |f: &&Fault| f.code != FaultCode::NoDemand || !silent;
        let whole = found.as_slice().iter().filter(news).cloned();
        faults.extend(whole.map(|fault| origins.trace(fault)));
    }
    for fault in &mut faults {
        if let (None, Some(path)) = (&fault.place.file, &fault.place.path) {
            fault.place.file = Some(layers.file_of(path));
        }
    }
    match scenario {
        Some(scenario) if faults.is_empty() => Ok(ScenarioFile {
            scenario,
            input_hash: shelf.hash(),
        }),
        _ => Err(all(faults)),
    }
}

/// The faults, of which there is at least one.
fn all(found: Vec<Fault>) -> Faults {
    Faults::check(found).err().unwrap_or_else(|| {
        Faults::from(Fault {
            place: Place::default().in_file("scenario.toml"),
            code: FaultCode::Syntax,
            what: "the scenario cannot be read".to_owned(),
            action: "compare it with a scenario that can".to_owned(),
        })
    })
}

fn build(
    shelf: &Shelf<'_>,
    layers: &Layers,
    origins: &mut Origins,
    report: &Report,
) -> Option<Scenario> {
    let table = presets::expanded(layers.merged(), report);
    let mut root = Reader::new(&table, "", report);
    // Checked when the file was opened.
    let _ = (root.has("schema_version"), root.has("extends"));
    let name = root.need::<String>("name");
    let currency = root.get::<String>("currency");
    let seed = root.get::<u64>("seed");
    let horizon = root.need_within("horizon", rules::horizon).flatten();
    let forecast = root.within("forecast", rules::forecast);
    let staffing = root.within("staffing", rules::staffing);
    let penalty = root.within("penalties", |r| r.get::<Money>("understaffing_per_hour"));
    let calendars = Calendars::read(&mut root, horizon.as_ref());
    let mut markets = markets::read(&mut root, &calendars, origins);
    let queues = queues::read(&mut root, &calendars, &markets, origins);
    let folders = layers.folders();
    let mut source = staff::Source {
        shelf,
        folders: &folders,
        origins,
    };
    let first = horizon.as_ref().map(|h| h.first);
    let mut pools = pools::read(&mut root, &calendars, first, &mut source);
    let escalations = policies::escalations(&mut root);
    let policies = policies::read(&mut root);
    special_days::spread(&mut root, &mut markets, &mut pools, origins);
    let context = Context {
        horizon: horizon.as_ref(),
        markets: &markets,
        queues: &queues,
        report,
    };
    let found = contacts(&mut root, shelf, &layers.folders(), &context);
    let kept = kept::read(&mut root, shelf, &layers.folders(), report);
    root.finish();
    let mut scenario = Scenario::new(name?, horizon?);
    for (i, Found { stream, place }) in found.into_iter().enumerate() {
        origins.set(format!("streams[{i}]"), place);
        scenario.streams.push(stream);
    }
    scenario.currency = currency.unwrap_or(scenario.currency);
    scenario.seed = seed.unwrap_or(scenario.seed);
    scenario.forecast = forecast.unwrap_or(scenario.forecast);
    scenario.staffing = staffing.unwrap_or(scenario.staffing);
    scenario.understaffing_per_hour = penalty.flatten().unwrap_or(scenario.understaffing_per_hour);
    scenario.kept = kept;
    scenario.markets = markets;
    scenario.queues = queues;
    scenario.pools = pools;
    scenario.escalations = escalations;
    scenario.policies = policies;
    Some(scenario)
}

/// Contacts from a history, from what is given for the horizon, from a profile, or from several.
fn contacts(
    root: &mut Reader<'_>,
    shelf: &Shelf<'_>,
    folders: &[String],
    context: &Context<'_>,
) -> Vec<Found> {
    let report = context.report;
    let given = ["history", "demand", "profile"].map(|key| root.has(key));
    if given == [false; 3] {
        report.mark_without_streams();
        let what =
            "the scenario has no contacts: neither `history`, `demand` nor `profile` is there";
        let action = "add `[history]` with a CSV file of observed contacts, `[demand]` with one of \
                      those of the horizon, or `[profile]` with monthly volumes";
        report.at("history", FaultCode::MissingKey, what, action);
    }
    let [history, demand] = ["history", "demand"].map(|table| {
        root.within(table, |r| settings::settings(r, table))
            .flatten()
    });
    let profile = root
        .within("profile", |r| profile::read(r, context.markets))
        .flatten();
    if given != [history.is_some(), demand.is_some(), profile.is_some()] {
        report.mark_without_streams();
    }
    let open = |path: &str, name: &str| match shelf.find(folders, name) {
        Ok(bytes) => Some(bytes),
        Err(e) => {
            report.mark_without_streams();
            report.at(
                path,
                FaultCode::MissingFile,
                format!("`{name}` cannot be read: {e}"),
                "put the file into the scenario folder, or name the folder that holds it as the \
                 data folder",
            );
            None
        }
    };
    let mut found = Vec::new();
    let makers: [Make; 2] = [streams::history, horizon_volumes::given];
    for (settings, make) in [history, demand].into_iter().zip(makers) {
        if let Some(settings) = settings
            && let Some(bytes) = open(&format!("{}.file", settings.table), &settings.file)
        {
            let more = history::streams(&bytes, make, &settings, context);
            tell_twice(&found, &more, report);
            found.extend(more);
        }
    }
    if let Some(profile) = profile
        && let Some(bytes) = open("profile.volumes", &profile.volumes)
    {
        found.extend(volumes::streams(&bytes, &profile, context));
    }
    found
}

/// Contacts that are both observed and given for the horizon would be planned for twice.
fn tell_twice(found: &[Found], more: &[Found], report: &Report) {
    for Found { stream, place } in more {
        let same = |other: &Found| {
            (
                &other.stream.market,
                &other.stream.skill,
                other.stream.channel,
            ) == (&stream.market, &stream.skill, stream.channel)
        };
        if found.iter().any(same) {
            let (skill, channel, market) = (&stream.skill, stream.channel, &stream.market);
            report.push(Fault {
                place: place.clone(),
                code: FaultCode::Duplicate,
                what: format!("{skill} {channel} of {market} is in `history` and in `demand`"),
                action: "leave it out of one of them with `filter`, or with `queues`".to_owned(),
            });
        }
    }
}
