//! Files in and out: scenario folders, and the JSON of a plan.
//!
//! A scenario folder is one `scenario.toml` and the CSV files it names.
//!
//! ```text
//! Files ─► layers (extends) ─► Reader ─► markets, queues, pools, …  ─► Scenario ─► check()
//!   │                                    ▲                              ▲
//!   └────► CSV table ─► rows ─► streams ─┴── history, demand, profile ──┘
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
//! # Contacts by interval
//!
//! `[history]` names a CSV file of observed contacts, from which the horizon is forecast; `[demand]`
//! one of the horizon's own contacts, which are planned as they stand: the forecast of another
//! system, holidays included, in open hours, each interval of the horizon once. Both have the same
//! keys; a file of either kind may be in any layout.
//!
//! | key | value |
//! |---|---|
//! | `file` | name of the file, needed |
//! | `preset` | a ready column map ([`Preset`]); other keys come before its own |
//! | `timezone` | zone of local times; offsets in the file come before it |
//! | `time_format` | how local times are written: `"yyyyMMdd HH:mm"`, `"d.M.yyyy H:mm"`, `"M/d/yyyy h:mm tt"`; by default `2027-03-23T08:00`. `08:00-08:30` counts from its start |
//! | `repeated_hour` | the local hour that happens twice: `"refuse"` (default), `"first"` or `"second"` where one row stands for both, `"in_order"` where there are two rows, the earlier one first |
//! | `missing_hour` | rows in the hour that is jumped over: `"refuse"` (default) or `"skip"` |
//! | `gaps` | open intervals without a row: `"refuse"` (default), `"zero"`, and for a history `"missing"`; an empty cell is unknown, 0 is none |
//! | `origin` | last day to learn from; by default the day before the horizon; not in `[demand]` |
//! | `delimiter`, `decimal` | `","` and `"."` by default |
//! | `header`, `skip_rows` | `false` where the first row is data; lines above the header |
//! | `columns` | table: which column holds what, as follows |
//! | `constants` | table: `market`, `language`, `channel`, `tier` of all rows |
//! | `values` | table: what the file's words mean, in any case: `values.language = { French = "fr" }` |
//! | `queues` | table: what the file's queues are: `"Support FR" = "fr-phone"` (a queue of the scenario), `{ queue, market, language, channel, tier }` (any of them), or `false` to pass its rows over. A queue called as in the scenario needs no entry. What is said of a queue comes before constants, these before the row; a row whose word `values` knows to mean something else is a fault |
//! | `filter` | table: only rows in which these columns hold these values |
//!
//! A column is a name, a position (1 is the first), `{ any_of = ["A", "B"] }`, a list of columns
//! whose numbers are added up and whose texts are joined by a blank, or `false` for none. Unless
//! `columns` says otherwise, columns are called as their keys.
//!
//! | column | holds |
//! |---|---|
//! | `start` | start of the interval, needed; `["Date", "Time"]` where they are apart |
//! | `minutes`, `end` | its length (`30`, `30mins`), or its end; the smallest step where neither is known |
//! | `queue` | the file's queue |
//! | `part` | rows of one interval and stream are added up where they differ in this column (sets of skills) or in names; otherwise they are duplicates |
//! | `market`, `language`, `channel`, `tier` | names; needed unless constants or queues say them |
//! | `offered` | contacts, needed |
//! | `handled`, `abandoned` | by default, handled are those offered less those abandoned |
//! | `handle_seconds_total` | seconds of all handled contacts, or |
//! | `aht_seconds`, `aht_minutes` | an average, which is weighed by the handled contacts; seconds may be written `5:02` |
//!
//! | preset | layout | it cannot know |
//! |---|---|---|
//! | `canonical` | the columns above | |
//! | `genesys-cloud` | historical data import: totals, instants in UTC, a row for each set of skills | market and tier of a queue; callbacks and messages |
//! | `genesys-cloud-forecast` | forecast import, by planning group | what a planning group is |
//! | `amazon-connect` | historical data: averages, 15 or 30 minutes; daily rows are refused | market, language and tier of a queue |
//! | `calabrio-forecast` | no header, seven or six columns, local times | the time zone; what a skill is |
//! | `avaya-cms` | split/skill by interval: averages, local date and time apart, offered = ACD calls + abandoned calls | the time zone; what a split is; the delimiter, if it is no comma |
//!
//! ```
//! # use std::collections::BTreeMap;
//! let scenario = r#"
//! schema_version = 1
//! name = "one queue"
//! horizon = { start = "2027-03-22", days = 1, timezone = "Europe/Paris", interval_minutes = 30 }
//! markets = [{ id = "FR", timezone = "Europe/Paris", opening = [
//!   { channels = ["phone"], days = ["mon"], from = "09:00", to = "10:00" } ] }]
//! queues = [{ id = "fr-phone", language = "fr", channel = "phone", tier = "L1",
//!   target = { share = 0.8, answer_within_seconds = 20 } }]
//!
//! [demand]
//! file = "forecast.csv"
//! preset = "calabrio-forecast"
//! timezone = "Europe/Paris"
//! queues = { Insurance = { queue = "fr-phone", market = "FR" } }
//!
//! [[pools]]
//! id = "IN"
//! kind = "in_house"
//! site = "Paris"
//! region = "EU"
//! timezone = "Europe/Paris"
//! skills = [{ tier = "L1", languages = ["fr"] }]
//! price = { per_hour = 30.0 }
//! shifts = [{ id = "4h", length_minutes = 240, start_from = "09:00", start_to = "09:00", every_minutes = 60 }]
//! "#;
//! let forecast = "Insurance,20270322 09:00,20270322 09:30,16,135.5,90,0\n\
//!                 Insurance,20270322 09:30,20270322 10:00,25,128,43,0\n";
//! let files = BTreeMap::from([
//!     ("scenario.toml".to_owned(), scenario.as_bytes().to_vec()),
//!     ("forecast.csv".to_owned(), forecast.as_bytes().to_vec()),
//! ]);
//! let read = wfm::format::parse_scenario(&files)?;
//! assert_eq!(read.scenario.streams.len(), 1);
//! # Ok::<(), wfm::workforce::Faults>(())
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
mod exchange;
mod files;
mod history;
mod holiday_rules;
mod horizon_volumes;
mod hours;
mod instance;
mod interval_file;
mod json;
mod kept;
mod law;
mod layers;
mod layout;
mod markets;
mod naming;
mod one_file;
mod origins;
mod plan_file;
mod plan_folder;
mod plan_shifts;
mod policies;
mod pools;
mod presets;
mod profile;
mod queue_names;
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
mod time_format;
mod tours_file;
mod value;
mod volumes;
mod words;

pub use case::{Case, CaseFacts, case_result_json, mix_json, parse_case, read_case};
pub use change_words::{CHANGE_WORDS, read_change};
pub use exchange::{
    Exchange, ExchangeFile, exchange_files, parse_commitment, read_commitment, read_exchange,
};
pub use files::{Files, Folder};
pub use instance::{
    Instance, SolutionFacts, WeekFormat, design_solution_json, parse_instance, read_instance,
    week_solution_json,
};
pub use interval_file::{IntervalContacts, interval_file};
pub use plan_file::{PLAN_SCHEMA_VERSION, plan_json};
pub use plan_folder::{PlanFolder, TrialFacts, parse_plan, plan_trial_json, read_plan};
pub use presets::Preset;
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
