//! Story 4: who comes when? A week of phone calls in Madrid becomes shifts of eight and five hours at
//! least cost, with a bound that says how much cheaper any other plan could be.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::time::Duration;

use wfm::calendar::{IntervalLength, NaiveDate, OpeningHours};
use wfm::forecasting::WeekShape;
use wfm::milp::Silent;
use wfm::planning::{Horizon, Scenario, Source, Stream, plan};
use wfm::scheduling::{Solvers, Strategy, verify};
use wfm::units::Money;
use wfm::workforce::{
    Channel, Market, Pool, PoolKind, Price, Queue, ServiceTarget, ShiftType, Skill,
};

fn main() -> Result<(), Box<dyn Error>> {
    let zone = "Europe/Madrid".parse()?;
    let horizon = Horizon {
        zone,
        first: NaiveDate::from_ymd_opt(2027, 4, 12).ok_or("no such day")?,
        days: 7,
        interval: IntervalLength::from_minutes(30)?,
    };
    let mut scenario = Scenario::new("a week in Madrid", horizon);
    let (phone, skill) = (Channel::Phone, Skill::new("L1", "es"));
    let hours = OpeningHours::daily(8, 21)?;
    let mut shape = WeekShape::even(4200.0, hours.clone());
    // Mondays are busy, weekends are not; people call at eleven and at five.
    shape.weekday_weights = [1.3, 1.1, 1.0, 1.0, 1.0, 0.6, 0.4];
    for (hour, weight) in [(10, 1.6), (11, 1.8), (12, 1.4), (16, 1.4), (17, 1.6)] {
        shape.hour_weights[hour] *= weight;
    }
    let target = ServiceTarget::live(0.8, 20)?;
    let queue = Queue::new("es-phone", skill.clone(), phone, target);
    let price = Price::flat(Money::new(27.15)?);
    let pool = Pool::new(
        "Madrid",
        PoolKind::InHouse,
        zone,
        vec![skill.clone()],
        price,
    )
    .with_shift(ShiftType::hourly("8h", 8, 8, 13))
    .with_shift(ShiftType::hourly("5h", 5, 8, 16));
    scenario
        .markets
        .push(Market::new("ES", zone).with_opening(phone, hours));
    scenario
        .queues
        .push(queue.with_aht(Duration::from_secs(300)));
    let source = Source::Shape(Box::new(shape));
    scenario
        .streams
        .push(Stream::new("ES", skill, phone, source));
    scenario.pools.push(pool);

    let strategy = Strategy {
        time_limit: Duration::from_secs(20),
        gap: 0.005,
        ..Strategy::new(Solvers::compiled_in()?)
    };
    let plan = plan(&scenario, &strategy, &Silent)?;

    println!("day              8h   5h  starts");
    for date in plan.problem.grid.local_days(zone) {
        let own = plan.solved.schedule.shifts.iter();
        let own: Vec<_> = own.filter(|s| zone.local(s.start).date() == date).collect();
        let people = |kind: &str| -> u32 {
            let own = own.iter().filter(|s| s.shift_type.as_str() == kind);
            own.map(|s| s.count).sum()
        };
        let mut starts: Vec<String> = own
            .iter()
            .map(|s| zone.local(s.start).format("%H:%M").to_string())
            .collect();
        starts.sort_unstable();
        starts.dedup();
        let day = date.format("%a %Y-%m-%d");
        println!(
            "{day} {:>4} {:>4}  {}",
            people("8h"),
            people("5h"),
            starts.join(" ")
        );
    }
    let (cost, bound) = (plan.cost().get(), plan.solved.bound);
    println!("\n{cost:.2} EUR; no plan costs less than {bound:.2} EUR");
    println!("gap {:.2} %", plan.solved.gap() * 100.0);

    // Code that shares nothing with the search walks every shift and interval again.
    let report = verify(&plan.problem, &plan.solved.schedule);
    if !report.faults.is_empty() || bound > cost || plan.solved.gap() > 0.03 {
        return Err(format!("the plan does not stand: {:?}", report.faults).into());
    }
    Ok(())
}
