//! `queues` of `[history]` and `[demand]`: what the queues of a file are in the scenario.

use std::collections::BTreeMap;

use toml::Value as Toml;

use super::reader::Reader;
use super::report::key_path;
use super::settings::NAMES;
use super::value::{Value, wrong};

/// What is said of one queue of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum QueueName {
    /// Its rows are passed over.
    Skip,
    /// Some names, and the queue of the scenario that says the others.
    Is {
        queue: Option<String>,
        /// In the order of [`NAMES`].
        names: [Option<String>; 4],
    },
}

/// The key `queues`.
pub(super) fn read(reader: &mut Reader<'_>) -> BTreeMap<String, QueueName> {
    let path = reader.path_of("queues");
    let report = reader.report();
    let wanted = "the name of a queue, `{ market = \"BE\", language = \"fr\", tier = \"L1\" }`, or \
                  `false` to pass its rows over";
    let mut queues = BTreeMap::new();
    match reader.raw("queues") {
        None => {}
        Some(Toml::Table(table)) => {
            for (name, value) in table {
                let path = key_path(&path, name);
                let read = match value {
                    Toml::Boolean(false) => Some(QueueName::Skip),
                    Toml::String(_) => {
                        String::read(value, &path, report).map(|queue| QueueName::Is {
                            queue: Some(queue),
                            names: [const { None }; 4],
                        })
                    }
                    Toml::Table(table) => {
                        let mut reader = Reader::new(table, path, report);
                        let queue = reader.get("queue");
                        let names = NAMES.map(|key| reader.get(key));
                        reader.finish();
                        Some(QueueName::Is { queue, names })
                    }
                    other => wrong(other, wanted, &path, report),
                };
                queues.extend(read.map(|read| (name.clone(), read)));
            }
        }
        Some(other) => {
            wrong::<()>(other, "a table with one key for each queue", &path, report);
        }
    }
    queues
}
