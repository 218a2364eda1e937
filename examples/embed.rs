//! A scenario built in code, without files, and planned.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::time::Duration;

use wfm::calendar::{IntervalLength, NaiveDate, NaiveTime, OpeningHours, Span, WEEK, Zone};
use wfm::forecasting::WeekShape;
use wfm::milp::Silent;
use wfm::planning::{Horizon, Scenario, Source, Stream, plan};
use wfm::scheduling::{Solvers, Strategy};
use wfm::units::{Money, Probability};
use wfm::workforce::{
    Channel, Market, Pool, PoolKind, Price, Queue, ServiceTarget, ShiftType, Skill, StartWindow,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let madrid: Zone = "Europe/Madrid".parse()?;
    let first = NaiveDate::from_ymd_opt(2027, 4, 12).ok_or("no such day")?;
    let interval = IntervalLength::from_minutes(30)?;
    let mut scenario = Scenario::new(
        "embedded",
        Horizon {
            zone: madrid,
            first,
            days: 7,
            interval,
        },
    );

    let hours = OpeningHours::closed().with(&WEEK, Span::from_minutes(8 * 60, 20 * 60)?)?;
    scenario.markets = vec![Market::new("ES", madrid).with_opening(Channel::Phone, hours.clone())];
    let skill = Skill::new("L1", "es");
    let eighty_twenty = ServiceTarget::Live {
        share: Probability::new(0.80)?,
        answer_within: Duration::from_secs(20),
    };
    let queue = Queue::new("es-phone", skill.clone(), Channel::Phone, eighty_twenty);
    scenario.queues = vec![queue.with_aht(Duration::from_secs(300))];
    let shape = WeekShape {
        week_volume: 4200.0,
        weekday_weights: [1.0; 7],
        hour_weights: [1.0; 24],
        opening: hours,
    };
    scenario.streams = vec![Stream::new(
        "ES",
        skill.clone(),
        Channel::Phone,
        Source::Shape(Box::new(shape)),
    )];
    let starts = StartWindow {
        from: NaiveTime::from_hms_opt(8, 0, 0).ok_or("no such time")?,
        to: NaiveTime::from_hms_opt(12, 0, 0).ok_or("no such time")?,
        every: Duration::from_secs(3600),
        weekdays: WEEK.to_vec(),
    };
    let shift = ShiftType {
        id: "8h".into(),
        length: Duration::from_secs(8 * 3600),
        starts,
        breaks: Vec::new(),
    };
    let price = Price::flat(Money::new(27.15)?);
    scenario.pools =
        vec![Pool::new("BCN", PoolKind::InHouse, madrid, vec![skill], price).with_shift(shift)];

    let plan = plan(&scenario, &Strategy::new(Solvers::compiled_in()?), &Silent)?;
    println!(
        "{} people-shifts, {} EUR, bound {:.2}",
        plan.solved.schedule.people(),
        plan.cost(),
        plan.solved.bound
    );
    Ok(())
}
