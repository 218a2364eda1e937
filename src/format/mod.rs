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

//!
//! # Schemas
//!
//! [`scenario_schema`] is the JSON Schema of `scenario.toml`, made from what the reader asks for. With
//! `#:schema ../schemas/scenario.schema.json` as the first line of the file editors complete keys, show what
//! they are for and mark what is wrong.
//!
//! # The law of a pool
//!
//! `law = { pack = "ES", … }` takes a ready law and changes what its other keys say; `law = { id =
//! "house", … }` starts from a law that limits nothing. Every field of
//! [`LabourLaw`](crate::workforce::law::LabourLaw) has a key. A table changes the keys it holds and
//! keeps the rest of the pack's table; a list replaces the pack's list; the word `"none"` in place of
//! a value marked ∅ lifts it.
//!
//! | key | value |
//! |---|---|
//! | `id`, `name` | texts |
//! | `valid_from`, `valid_until` ∅ | dates; an agreement that has ended goes on with a later last day |
//! | `sources` | list of texts |
//! | `daily_rest_hours` ∅ | hours between two shifts |
//! | `short_rest` ∅ | `{ hours, once_in_days }` |
//! | `weekly_rest` | list of `{ hours, piece_hours, days, count_by }`, any of which will do; `count_by` is `"each_shift"` (default) or `"calendar_weeks"`; one piece in 7 days unless said otherwise |
//! | `weekly_rest_hours` | short for one rest by calendar weeks |
//! | `night_rests` | list of `{ nights, hours, ends_after }`; `ends_after` is a time such as `"02:00"`, may be left out |
//! | `consecutive_days` ∅, `day_hours` ∅, `span_hours` ∅, `week_hours` ∅, `year_hours` ∅, `notice_days` ∅ | numbers |
//! | `average_hours` | list of `{ hours, weeks }` |
//! | `night` ∅ | `{ from, to, shift_hours }` |
//! | `class_limits` ∅ | `{ day, mixed, night }`, each `{ day_hours, week_hours }` |
//! | `night_worker` ∅ | `{ share, shift_hours ∅, average_hours }` |
//! | `breaks` | `{ bands, pauses, stretches }`, lists as follows |
//! | `bands` | `{ worked_minutes, inclusive, length_minutes, most_minutes, piece_minutes, paid, earliest_minutes, latest_minutes }`; needed are the first and `length_minutes` |
//! | `pauses` | `{ every_minutes, length_minutes, paid, tolerance_minutes }`; needed are the first two |
//! | `stretches` | `{ most_minutes, piece_minutes }` |
//! | `sunday_allowed`, `holiday_allowed` | `true` or `false` |
//! | `regular_holidays` | list of names |
//! | `overtime` | `{ allowed, day_hours ∅, week_hours ∅, on_rest_days, week_most_hours ∅, year_most_hours ∅ }` |
//! | `overtime_allowed`, `year_overtime_hours` ∅ | short for two keys of `overtime` |
//! | `premiums` | list of `{ name, share, night, sunday, holiday, rest_day, overtime }`; `holiday` is `"regular"` or `"special"`, `overtime` is `true` or `{ count_by, from_hours, to_hours, year_from_hours, year_to_hours }` with `count_by` `"day"` (default) or `"week"` |
//! | `stacking` | `"add"` or `"multiply"` |

mod calendars;
mod case;
mod cells;
mod change_words;
mod contracts;
mod correction_file;
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
mod schema;
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
pub use change_words::{CHANGE_WORDS, read_change};
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
#[cfg(feature = "schema")]
pub use schema::plan_schema;
pub use schema::scenario_schema;
pub use series::{SeriesFile, SeriesLayout, read_series};
