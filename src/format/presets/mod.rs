//! Ready column maps for the layouts that planners have.

use std::fmt;
use std::str::FromStr;

use toml::{Table, Value};

use super::layers::merge;
use super::report::{Report, instead};
use super::settings::HANDLING;
use super::value::wrong;
use crate::workforce::FaultCode;

/// A ready column map for a layout: what `preset` in `[history]` or `[demand]` names.
///
/// A preset is nothing but keys of that table ([`Preset::text`]); keys that a scenario gives itself
/// come before those of its preset.
///
/// ```
/// use wfm::format::Preset;
/// let preset: Preset = "amazon-connect".parse().unwrap();
/// assert!(preset.text().contains("IncomingContactVolume"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Preset {
    /// The layout of this crate.
    Canonical,
    /// History for Genesys Cloud.
    GenesysCloud,
    /// A forecast for Genesys Cloud.
    GenesysCloudForecast,
    /// History for Amazon Connect.
    AmazonConnect,
    /// A forecast of Calabrio WFM.
    CalabrioForecast,
    /// A report of Avaya CMS by split or skill and interval.
    AvayaCms,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 6] = [
        Self::Canonical,
        Self::GenesysCloud,
        Self::GenesysCloudForecast,
        Self::AmazonConnect,
        Self::CalabrioForecast,
        Self::AvayaCms,
    ];

    /// The name that files use.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::GenesysCloud => "genesys-cloud",
            Self::GenesysCloudForecast => "genesys-cloud-forecast",
            Self::AmazonConnect => "amazon-connect",
            Self::CalabrioForecast => "calabrio-forecast",
            Self::AvayaCms => "avaya-cms",
        }
    }

    /// Its keys, as they would stand in `[history]`.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Canonical => include_str!("canonical.toml"),
            Self::GenesysCloud => include_str!("genesys_cloud.toml"),
            Self::GenesysCloudForecast => include_str!("genesys_cloud_forecast.toml"),
            Self::AmazonConnect => include_str!("amazon_connect.toml"),
            Self::CalabrioForecast => include_str!("calabrio_forecast.toml"),
            Self::AvayaCms => include_str!("avaya_cms.toml"),
        }
    }
}

impl fmt::Display for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Preset {
    type Err = String;

    /// Reads the name; otherwise says which are known.
    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|preset| preset.name() == name);
        found.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join("`, `");
            format!("unknown preset `{name}`, known are `{names}`")
        })
    }
}

/// The scenario with the keys of the presets that its tables name below their own.
pub(super) fn expanded(mut scenario: Table, report: &Report) -> Table {
    for name in ["history", "demand"] {
        let Some(Value::Table(own)) = scenario.get_mut(name) else {
            continue;
        };
        let path = format!("{name}.preset");
        let preset = match own.get("preset") {
            None => continue,
            Some(Value::String(preset)) => preset.parse::<Preset>(),
            Some(other) => {
                wrong::<()>(other, "the name of a preset in quotes", &path, report);
                continue;
            }
        };
        match preset {
            Ok(preset) => *own = over(preset, own),
            Err(what) => {
                let known = Preset::ALL.map(Preset::name);
                let given = own.get("preset").and_then(Value::as_str);
                let action = instead("preset", given.unwrap_or_default(), known);
                report.at(path, FaultCode::UnknownReference, what, action);
            }
        }
    }
    scenario
}

/// The keys of a table over those of a preset. Handling time is known from one kind of column, so
/// naming another kind takes the preset's away; a column of one's own takes a constant away.
fn over(preset: Preset, own: &Table) -> Table {
    // The texts are ours, and a test reads them all.
    let mut whole: Table = preset.text().parse().unwrap_or_default();
    let named = |table: &Table| HANDLING.iter().any(|key| table.contains_key(*key));
    let columns = own.get("columns").and_then(Value::as_table);
    if columns.is_some_and(named)
        && let Some(Value::Table(columns)) = whole.get_mut("columns")
    {
        columns.retain(|key, _| HANDLING.iter().all(|kind| *kind != key));
    }
    if let Some(Value::Table(constants)) = whole.get_mut("constants") {
        constants.retain(|key, _| !columns.is_some_and(|own| own.contains_key(key)));
    }
    merge(&mut whole, own);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_toml_and_have_names() {
        for preset in Preset::ALL {
            assert!(preset.text().parse::<Table>().is_ok(), "{preset}");
            assert_eq!(preset.name().parse(), Ok(preset));
        }
        assert!("genesys".parse::<Preset>().is_err());
    }

    #[test]
    fn own_keys_come_first() {
        let own = "delimiter = ';'\ncolumns = { aht_minutes = 'AHT' }";
        let whole = over(Preset::AmazonConnect, &own.parse().unwrap());
        let columns = whole["columns"].as_table().unwrap();
        assert!(!columns.contains_key("aht_seconds"));
        assert_eq!(columns["aht_minutes"].as_str(), Some("AHT"));
        assert_eq!(columns["start"].as_str(), Some("TimeStamp"));
        assert_eq!(whole["delimiter"].as_str(), Some(";"));
    }
}
