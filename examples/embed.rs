//! A scenario built in code, without files, and planned.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::time::Duration;

use wfm::calendar::{IntervalLength, NaiveDate, OpeningHours};
use wfm::forecasting::WeekShape;
use wfm::milp::Silent;
use wfm::planning::{Horizon, Scenario, Source, Stream, plan};
use wfm::scheduling::{Solvers, Strategy};
use wfm::units::Money;
use wfm::workforce::{
    Channel, Market, Pool, PoolKind, Price, Queue, ServiceTarget, ShiftType, Skill,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let zone = "Europe/Madrid".parse()?;
    let first = NaiveDate::from_ymd_opt(2027, 4, 12).ok_or("no such day")?;
    let interval = IntervalLength::from_minutes(30)?;
    let days = 7;
    let mut scenario = Scenario::new(
        "embedded",
        Horizon {
            zone,
            first,
            days,
            interval,
        },
    );
    let (phone, skill) = (Channel::Phone, Skill::new("L1", "es"));
    let hours = OpeningHours::daily(8, 20)?;
    let market = Market::new("ES", zone).with_opening(phone, hours.clone());
    let queue = Queue::new(
        "es-phone",
        skill.clone(),
        phone,
        ServiceTarget::live(0.8, 20)?,
    );
    let source = Source::Shape(Box::new(WeekShape::even(4200.0, hours)));
    let price = Price::flat(Money::new(27.15)?);
    let pool = Pool::new("BCN", PoolKind::InHouse, zone, vec![skill.clone()], price);
    scenario.markets.push(market);
    scenario
        .queues
        .push(queue.with_aht(Duration::from_secs(300)));
    scenario
        .streams
        .push(Stream::new("ES", skill, phone, source));
    scenario
        .pools
        .push(pool.with_shift(ShiftType::hourly("8h", 8, 8, 12)));
    let plan = plan(&scenario, &Strategy::new(Solvers::compiled_in()?), &Silent)?;
    print!("{}", wfm::reporting::summary(&plan));
    Ok(())
}
