//! Files in and out: scenario folders, and the JSON of a plan.
//!
//! A scenario folder is one `scenario.toml` and the CSV files it names.
//!
//! ```text
//! Files ─► layers (extends) ─► Reader ─► markets, queues, pools, …  ─► Scenario ─► check()
//!   │                                    ▲                              ▲
//!   └────► CSV table ─► rows ─► streams ─┴── history, profile ──────────┘
//! ```
//!
//! Reading never stops at the first fault: a value that cannot be read is reported and passed
//! over, so that one run names everything that is wrong, each fault with its file and its row and
//! column or path. The domain's own rules are checked last, on the scenario that was read, and
//! their faults are traced back to the place in the file.
//!
//! ```
//! use std::collections::BTreeMap;
//! let mut files = BTreeMap::new();
//! files.insert("scenario.toml".to_owned(), b"schema_version = 2".to_vec());
//! let faults = wfm::format::parse_scenario(&files).unwrap_err();
//! assert_eq!(faults.as_slice()[0].code, wfm::workforce::FaultCode::SchemaVersion);
//! ```

mod calendars;
mod case;
mod cells;
mod contracts;
mod files;
mod history;
mod holiday_rules;
mod hours;
mod instance;
mod json;
mod kept;
mod law;
mod layers;
mod layout;
mod markets;
mod one_file;
mod origins;
mod plan_file;
mod plan_folder;
mod plan_shifts;
mod policies;
mod pools;
mod profile;
mod queues;
mod reader;
mod report;
mod roster;
mod roster_file;
mod rows;
mod rules;
mod run_file;
mod scenario;
mod series;
mod settings;
mod shifts;
mod special_days;
mod staff;
mod staff_rows;
mod streams;
mod table;
mod tours_file;
mod value;
mod volumes;
mod words;

pub use case::{Case, CaseFacts, case_result_json, mix_json, parse_case, read_case};
pub use files::{Files, Folder};
pub use instance::{
    Instance, SolutionFacts, WeekFormat, design_solution_json, parse_instance, read_instance,
    week_solution_json,
};
pub use plan_file::{PLAN_SCHEMA_VERSION, plan_json};
pub use plan_folder::{PlanFolder, TrialFacts, parse_plan, plan_trial_json, read_plan};
pub use roster::{
    RosterInstance, parse_roster_instance, read_roster_instance, roster_solution_json,
    rotating_solution_json,
};
pub use run_file::run_json;
pub use scenario::{ReadOptions, ScenarioFile, parse_scenario, read_scenario};
pub use series::{SeriesFile, SeriesLayout, read_series};
