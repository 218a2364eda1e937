//! Premiums of a law in the cost of plans: against a walk minute by minute, and what a refusal costs
//! against the plan without it.

use wfm::calendar::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use wfm::scheduling::tours::{tours, verify_tours};
use wfm::scheduling::{Problem, verify};
use wfm::units::Money;
use wfm::workforce::law::{LabourLaw, LawPremium, NightBand, OvertimeRange};

use super::support::{exact, group, monday, money, pool, problem, shift, solved, week_of_hours};

/// Nights 22 to 6 at a quarter more, Sundays at half more, overtime beyond 40 hours at half more.
fn law(day: NaiveDate) -> LabourLaw {
    let mut law = LabourLaw::none("test", "premiums only", day);
    law.night = Some(NightBand {
        from: NaiveDate::default().and_hms_opt(22, 0, 0).unwrap().time(),
        to: NaiveDate::default().and_hms_opt(6, 0, 0).unwrap().time(),
        ..LabourLaw::pack("EU", day).unwrap().night.unwrap()
    });
    let premium = |name: &str, share| LawPremium {
        name: name.to_owned(),
        share,
        night: name == "night",
        sunday: name == "sunday",
        holiday: None,
        rest_day: false,
        overtime: (name == "overtime").then_some(OvertimeRange::ANY),
    };
    law.premiums = vec![
        premium("night", 0.25),
        premium("sunday", 0.5),
        premium("overtime", 0.5),
    ];
    law.overtime.week_hours = Some(40.0);
    law
}

/// What an hour that begins at an instant is paid on top by the clock, of base pay 1.
fn by_the_clock(pool: &wfm::workforce::Pool, at: DateTime<Utc>) -> f64 {
    let local = pool.zone.local(at);
    let night = if (6..22).contains(&local.hour()) {
        0.0
    } else {
        0.25
    };
    let sunday = if local.weekday() == Weekday::Sun {
        0.5
    } else {
        0.0
    };
    night + sunday
}

fn plain(needs: &[u32]) -> Problem {
    let mut home = pool("home", &["de"], 20.0).with_shift(shift("8h", 8, 0, 23));
    home.law = Some(law(monday()));
    problem(week_of_hours(), vec![home], vec![group("de", needs)])
}

#[test]
fn premiums_by_the_clock_are_in_the_cost() {
    let Some(strategy) = exact() else { return };
    let needs: Vec<u32> = (0..week_of_hours().len())
        .map(|t| u32::from(t % 24 < 8) + u32::from(t % 24 > 19) + u32::from(t > 140))
        .collect();
    let free = plain(&needs);
    let mut paid = free.clone();
    paid.pools[0].price.base_pay = Some(money(12.0));
    let mut found = solved(&paid, &strategy).unwrap();
    let own = tours(&paid, &found.schedule);
    assert_eq!(
        verify_tours(&paid, &found.schedule, &own),
        Vec::<String>::new()
    );
    found.pay(&own, 1e-3);
    assert_eq!(verify(&paid, &found.schedule).faults, Vec::<String>::new());
    let mut expected = 0.0;
    for shift in &found.schedule.shifts {
        let mut at = shift.start;
        while at < shift.end {
            if paid.grid.start() <= at && at < paid.grid.end() {
                let extra = by_the_clock(&paid.pools[0], at) * 12.0 / 60.0;
                expected += extra * f64::from(shift.count);
            }
            at += TimeDelta::minutes(1);
        }
    }
    let stated: f64 = ["night", "sunday"]
        .iter()
        .filter_map(|&name| own[0].premiums.get(name).map(|m| m.get()))
        .sum();
    assert!(expected > 0.0);
    let crosses =
        |s: &wfm::workforce::Shift| s.start < paid.grid.start() || s.end > paid.grid.end();
    assert!(found.schedule.shifts.iter().any(crosses));
    assert!((stated - expected).abs() < 1e-6, "{stated} {expected}");
    let cost = &found.schedule.cost.pools[0];
    let all: Money = own[0].premiums.values().copied().sum();
    assert!((cost.premiums.get() - all.get()).abs() < 1e-6);
    let unpaid = solved(&free, &strategy).unwrap();
    assert!(unpaid.schedule.cost.total() <= found.schedule.cost.total());
    assert!(found.bound <= found.schedule.cost.total().get() + 1e-6);
}

#[test]
fn overtime_is_paid_beyond_the_hours_of_the_week() {
    // Six agents' days of eight hours for one agent: the sixth is overtime.
    let mut problem = plain(&vec![0; week_of_hours().len()]);
    problem.pools[0].price.base_pay = Some(money(10.0));
    let contract = wfm::workforce::Contract {
        week_days: 6,
        ..wfm::workforce::Contract::hours("long", 48.0)
    };
    problem.pools[0].contracts = vec![contract];
    let start = |day| monday().and_hms_opt(8, 0, 0).unwrap().and_utc() + TimeDelta::days(day);
    let shifts = (0..6).map(|day| wfm::workforce::Shift {
        pool: "home".into(),
        shift_type: "8h".into(),
        start: start(day),
        end: start(day) + TimeDelta::hours(8),
        count: 1,
        breaks: Vec::new(),
    });
    let schedule = wfm::scheduling::Schedule {
        shifts: shifts.collect(),
        ..Default::default()
    };
    let made = tours(&problem, &schedule);
    assert_eq!(
        verify_tours(&problem, &schedule, &made),
        Vec::<String>::new()
    );
    assert_eq!(made[0].tours.len(), 1);
    assert_eq!(made[0].premiums["overtime"], money(8.0 * 0.5 * 10.0));
    let mut wrong = made;
    wrong[0].premiums.clear();
    assert_eq!(verify_tours(&problem, &schedule, &wrong).len(), 1);
}

#[test]
fn a_refusal_costs_what_the_next_best_costs_more() {
    let Some(strategy) = exact() else { return };
    // Nobody of home may work on Sundays by law; the vendor may, at 31 instead of 20 an hour.
    let needs: Vec<u32> = (0..week_of_hours().len())
        .map(|t| u32::from((8..16).contains(&(t % 24))))
        .collect();
    let mut home = pool("home", &["de"], 20.0).with_shift(shift("8h", 8, 8, 8));
    let vendor = pool("vendor", &["de"], 31.0).with_shift(shift("8h", 8, 8, 8));
    let mut strict = LabourLaw::none("test", "no Sundays", monday());
    strict.sunday_allowed = false;
    home.law = Some(strict);
    let problem = problem(
        week_of_hours(),
        vec![home, vendor],
        vec![group("de", &needs)],
    );
    let found = solved(&problem, &strategy).unwrap();
    let mut freed = problem.clone();
    freed.pools[0].law = None;
    let saved = found.schedule.cost.total().get()
        - solved(&freed, &strategy)
            .unwrap()
            .schedule
            .cost
            .total()
            .get();
    assert!((saved - 8.0 * 11.0).abs() < 1e-6);
    let law = found
        .binding
        .iter()
        .find(|b| b.rule == "law test sunday work, home");
    let law = law.expect("the rule is named");
    assert!((law.price - saved).abs() < 1e-6, "{} {saved}", law.price);
    assert!(
        !solved(&freed, &strategy)
            .unwrap()
            .binding
            .iter()
            .any(|b| b.rule.starts_with("law"))
    );
}
