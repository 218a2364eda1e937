//! JSON Schemas (draft 2020-12) of the files that are read and written.
//!
//! That of a scenario is what the reader asks for: it reads tables of every kind while its
//! [`Visit`]s are noted, so a key that is read is in the schema, and one that is not is not. Only the
//! words about a key are written by hand.

mod about;
mod explore;
mod notes;
mod write;

use serde_json::{Value as Json, json};

use super::report::key_path;
use super::scenario::asked;

pub(super) use notes::{Count, Visit};

/// The dialect.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The JSON Schema (draft 2020-12) of `scenario.toml`, as the value that its TOML stands for, with
/// what each key is for, its unit and what holds where it is left out. `schemas/` of the repository
/// has a copy; a file that begins with `#:schema PATH` is checked and completed by editors.
///
/// What a schema cannot say is left to [`read_scenario`](super::read_scenario): names that refer to
/// one another, dates that do not exist, contradictions between keys.
pub fn scenario_schema() -> Json {
    let mut schema = write::write(&explore::explore(asked));
    schema["$schema"] = json!(DRAFT);
    schema["title"] = json!("Scenario of wfm");
    schema.sort_all_objects();
    schema
}

/// The JSON Schema (draft 2020-12) of `plan.json`, from the types that [`plan_json`](super::plan_json())
/// writes. `schemas/` of the repository has a copy.
#[cfg(feature = "schema")]
pub fn plan_schema() -> Json {
    use schemars::generate::SchemaSettings;
    use schemars::transform::RecursiveTransform;

    // What is written is all there is.
    let closed = |schema: &mut schemars::Schema| {
        if schema.get("properties").is_some() {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
    };
    let settings = SchemaSettings::draft2020_12()
        .for_serialize()
        .with_transform(RecursiveTransform(closed));
    let mut schema = Json::from(super::plan_file::shape(settings));
    schema["title"] = json!("Plan of wfm");
    schema.sort_all_objects();
    schema
}
