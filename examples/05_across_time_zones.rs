//! Story 5: three languages, three clocks. Madrid, Lisbon and Manila answer Spanish, Portuguese and
//! English together; where the sun is up elsewhere, evenings are cheaper there.
#![allow(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::time::Duration;

use wfm::calendar::{IntervalLength, NaiveDate, OpeningHours, Zone};
use wfm::forecasting::WeekShape;
use wfm::milp::Silent;
use wfm::planning::{Horizon, Plan, Scenario, Source, Stream, plan};
use wfm::scheduling::{Solvers, Strategy};
use wfm::units::Money;
use wfm::workforce::{
    Channel, Market, Pool, PoolKind, Price, Queue, ServiceTarget, ShiftType, Skill,
};

/// Market, zone, language, contacts a week.
const MARKETS: [(&str, &str, &str, f64); 3] = [
    ("ES", "Europe/Madrid", "es", 700.0),
    ("PT", "Europe/Lisbon", "pt", 260.0),
    ("IE", "Europe/Dublin", "en", 420.0),
];

/// Site, kind, zone, languages, price of an hour.
const POOLS: [(&str, PoolKind, &str, &[&str], f64); 3] = [
    (
        "Madrid",
        PoolKind::InHouse,
        "Europe/Madrid",
        &["es", "en"],
        27.0,
    ),
    (
        "Lisbon",
        PoolKind::Bpo,
        "Europe/Lisbon",
        &["pt", "en"],
        19.0,
    ),
    ("Manila", PoolKind::Bpo, "Asia/Manila", &["en"], 12.5),
];

fn main() -> Result<(), Box<dyn Error>> {
    let together = planned(&MARKETS)?;
    let (madrid, manila): (Zone, Zone) = ("Europe/Madrid".parse()?, "Asia/Manila".parse()?);
    let schedule = &together.solved.schedule;
    println!("Monday, by the clocks of Madrid and Manila: agents needed, and where they are\n");
    println!("Madrid  Manila  needed   Madrid  Lisbon  Manila");
    let hours = together.problem.grid.instants().enumerate().step_by(2);
    for (interval, instant) in hours.take(24) {
        let given = |pool: usize| -> f64 {
            let all = schedule.assignments.iter();
            let own = all.filter(|a| a.pool == pool && a.interval == interval);
            own.map(|a| a.agents).fold(0.0, |sum, agents| sum + agents)
        };
        let rounding = together.requirement.rules.rounding;
        let groups = together.requirement.groups.iter();
        let needed: f64 = groups.map(|g| g.base_agents(interval, rounding)).sum();
        if needed > 0.0 {
            println!(
                " {}   {}  {needed:>6.0}   {:>6.0}  {:>6.0}  {:>6.0}",
                madrid.local(instant).format("%H:%M"),
                manila.local(instant).format("%H:%M"),
                given(0),
                given(1),
                given(2),
            );
        }
    }
    let mut alone = 0.0;
    println!();
    for market in &MARKETS {
        let cost = planned(std::slice::from_ref(market))?.cost().get();
        println!("{} alone     {cost:>9.2} EUR", market.0);
        alone += cost;
    }
    let cost = together.cost().get();
    println!("sum          {alone:>9.2} EUR");
    println!(
        "together     {cost:>9.2} EUR ({:+.1} %)",
        (cost / alone - 1.0) * 100.0
    );
    // What each market does alone, all can do together.
    if together.solved.bound > alone {
        return Err("planning together cannot cost more".into());
    }
    Ok(())
}

fn planned(markets: &[(&str, &str, &str, f64)]) -> Result<Plan, Box<dyn Error>> {
    let horizon = Horizon {
        zone: "Europe/Madrid".parse()?,
        first: NaiveDate::from_ymd_opt(2027, 4, 12).ok_or("no such day")?,
        days: 7,
        interval: IntervalLength::from_minutes(30)?,
    };
    let mut scenario = Scenario::new("three clocks", horizon);
    let phone = Channel::Phone;
    for &(id, zone, language, contacts) in markets {
        let hours = OpeningHours::daily(8, 22)?;
        let skill = Skill::new("L1", language);
        let market = Market::new(id, zone.parse()?).with_opening(phone, hours.clone());
        let target = ServiceTarget::live(0.8, 30)?;
        let queue = Queue::new(format!("{language}-phone"), skill.clone(), phone, target);
        let source = Source::Shape(Box::new(WeekShape::even(contacts, hours)));
        scenario.markets.push(market);
        scenario
            .queues
            .push(queue.with_aht(Duration::from_secs(280)));
        scenario.streams.push(Stream::new(id, skill, phone, source));
    }
    for (id, kind, zone, languages, price) in POOLS {
        let skills = languages.iter().map(|&l| Skill::new("L1", l)).collect();
        let price = Price::flat(Money::new(price)?);
        let pool = Pool::new(id, kind, zone.parse()?, skills, price);
        // Manila's day begins when Europe's evening does: its clock is six hours ahead.
        let pool = match zone {
            "Asia/Manila" => pool.with_shift(ShiftType::hourly("8h", 8, 14, 23)),
            _ => pool.with_shift(ShiftType::hourly("8h", 8, 7, 15)),
        };
        scenario.pools.push(pool);
    }
    let strategy = Strategy {
        time_limit: Duration::from_secs(20),
        gap: 0.01,
        ..Strategy::new(Solvers::compiled_in()?)
    };
    Ok(plan(&scenario, &strategy, &Silent)?)
}
