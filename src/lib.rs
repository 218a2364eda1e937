//! Workforce-management capacity planning for customer support: how many people, where, and what it
//! costs to keep the promise to the customer.
//!
//! Contact history, service targets and a workforce become the cheapest coverage plan that meets the
//! promises, with a proven bound on its cost.
//!
//! ```
//! use wfm::calendar::{IntervalLength, NaiveDate, OpeningHours};
//! use wfm::forecasting::WeekShape;
//! use wfm::milp::Silent;
//! use wfm::planning::{Horizon, Scenario, Source, Stream, plan};
//! use wfm::scheduling::{Solvers, Strategy};
//! use wfm::units::Money;
//! use wfm::workforce::*;
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # if Solvers::compiled_in().is_err() { return Ok(()); }
//! let zone = "Europe/Madrid".parse()?;
//! let first = NaiveDate::from_ymd_opt(2027, 4, 12).ok_or("no such day")?;
//! let interval = IntervalLength::from_minutes(30)?;
//! let mut scenario = Scenario::new("a day in Madrid", Horizon { zone, first, days: 1, interval });
//!
//! let (phone, skill) = (Channel::Phone, Skill::new("L1", "es"));
//! let hours = OpeningHours::daily(9, 17)?;
//! scenario.markets.push(Market::new("ES", zone).with_opening(phone, hours.clone()));
//! let queue = Queue::new("es-phone", skill.clone(), phone, ServiceTarget::live(0.8, 20)?);
//! scenario.queues.push(queue.with_aht(std::time::Duration::from_secs(300)));
//! let source = Source::Shape(Box::new(WeekShape::even(2100.0, hours)));
//! scenario.streams.push(Stream::new("ES", skill.clone(), phone, source));
//! let price = Price::flat(Money::new(27.0)?);
//! let pool = Pool::new("Madrid", PoolKind::InHouse, zone, vec![skill], price);
//! scenario.pools.push(pool.with_shift(ShiftType::hourly("8h", 8, 9, 9)));
//!
//! let plan = plan(&scenario, &Strategy::new(Solvers::compiled_in()?), &Silent)?;
//! assert!(plan.solved.bound <= plan.cost().get());
//! assert!(plan.queues[0].service_level.get() >= 0.8);
//! # Ok(())
//! # }
//! ```
//!
//! # Which model?
//!
//! | question | answer by | when not |
//! |---|---|---|
//! | how many agents for a live queue, customers wait for ever? | [`queueing::ErlangC`] | many hang up: it asks for too many |
//! | the same, customers hang up | [`queueing::ErlangA`] | patience is not known: [`queueing::estimate`] first |
//! | they hang up and call again | [`queueing::ErlangX`] | |
//! | how many lines, nobody waits? | [`queueing::erlang_b`], [`queueing::extended_b`], [`queueing::engset`] | there is a queue |
//! | limited lines and a queue | [`queueing::FiniteLines`] | |
//! | agents hold several chats | [`queueing::Chat`] | chats of one agent slow each other by kind: [`simulation`] |
//! | handling times are far from exponential | [`queueing::PhaseType`], [`queueing::allen_cunneen`] | |
//! | the forecast is uncertain | [`queueing::RandomRate`] around another model | |
//! | arrivals and agents change in the day | [`queueing::time_varying`] | |
//! | work that can wait for hours | [`queueing::deferred`] | |
//! | a few generalists beside specialists | [`queueing::MDesign`] | more than two kinds: [`simulation`], [`planning::least_cost_mix`] |
//! | anything else: routing, transfers, retries, priorities | [`simulation`] | a formula would do: it is exact and a million times faster |
//! | volumes of the next weeks, a month or more of history | [`forecasting::Automatic`] | |
//! | the same, a few weeks of history, or to compare | [`forecasting::PlannersRule`] | |
//! | no history but a weekly volume | [`forecasting::WeekShape`] | |
//! | a new queue like others | [`forecasting::forecast_from_siblings`] | |
//! | shifts of pools for dated demand | [`planning::plan`], [`scheduling::solve`] | |
//! | a typical week with breaks, no dates | [`scheduling::week`] | |
//! | few kinds of shift that fit a curve | [`scheduling::design`] | |
//! | named agents with wishes, no demand | [`scheduling::roster`] | |
//! | one rotating sequence for all | [`scheduling::rotating`] | |
//!
//! # Where to find what
//!
//! | room | holds |
//! |---|---|
//! | [`units`] | quantities with their ranges |
//! | [`calendar`] | the UTC grid, local time, opening hours, public holidays |
//! | [`workforce`] | markets, queues, pools, shifts, contracts, labour law, faults |
//! | [`queueing`] | staffing formulas |
//! | [`forecasting`] | history in, forecast with uncertainty out |
//! | [`milp`] | solver-neutral optimisation, bounds and checks |
//! | [`requirements`] | contacts into agents |
//! | [`scheduling`] | agents into shifts, shifts into tours and rosters; the verifiers |
//! | [`simulation`] | does the plan hold? |
//! | [`planning`] | scenarios, the pipeline, correction, what-if |
//! | [`reporting`] | summary, tables, report, spreadsheet, calendars |
//! | [`mod@format`] | scenario folders and plan files |
//!
//! # Behaviour
//!
//! Long work takes a [`milp::Observer`] that follows bound and cost and may cancel; the best answer so far
//! then comes back with its bound. The same input and seed give the same answer on any number of
//! threads, unless a time limit strikes first. Bad input is a [`workforce::Faults`]: all of it at
//! once, each with a code, a place, what is wrong and what to do.

pub mod calendar;
pub mod forecasting;
pub mod format;
pub mod milp;
pub mod planning;
pub mod queueing;
pub mod reporting;
pub mod requirements;
pub mod scheduling;
pub mod simulation;
pub mod units;
pub mod workforce;

/// The code of the README runs, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
