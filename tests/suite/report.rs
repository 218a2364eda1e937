//! The HTML report: deterministic, well-formed, self-contained, escaped.

use std::time::Duration;

use wfm::calendar::{IntervalLength, NaiveDate, NaiveTime, OpeningHours, Span, WEEK, Zone};
use wfm::forecasting::WeekShape;
use wfm::milp::Silent;
use wfm::planning::{Horizon, Plan, Scenario, Source, Stream, plan};
use wfm::reporting::html;
use wfm::scheduling::{Solvers, Strategy};
use wfm::units::{Money, Probability};
use wfm::workforce::{
    Channel, Commitment, Market, Pool, PoolKind, Price, Queue, ServiceTarget, ShiftType, Skill,
    StartWindow,
};

const QUEUE: &str = "de<phone>&\"vip\"";
const POOL: &str = "Köln <\"HQ\"> & 'Co'";

/// The week in which clocks go forward, a phone and an e-mail queue, an own and a vendor pool.
fn scenario(week_volume: f64) -> Scenario {
    let zone: Zone = "Europe/Berlin".parse().unwrap();
    let horizon = Horizon {
        zone,
        first: NaiveDate::from_ymd_opt(2027, 3, 27).unwrap(),
        days: 2,
        interval: IntervalLength::from_minutes(60).unwrap(),
    };
    let mut scenario = Scenario::new("Spring <& \"clocks\"", horizon);
    let hours = OpeningHours::closed()
        .with(&WEEK, Span::from_minutes(8 * 60, 20 * 60).unwrap())
        .unwrap();
    scenario.markets = vec![Market::new("DE", zone).with_opening(Channel::Phone, hours.clone())];
    let skill = Skill::new("L1", "de");
    let share = Probability::new(0.8).unwrap();
    let live = ServiceTarget::Live {
        share,
        answer_within: Duration::from_secs(20),
    };
    let deferred = ServiceTarget::Deferred {
        share,
        done_within: Duration::from_secs(4 * 3600),
    };
    let aht = Duration::from_secs(300);
    scenario.queues = vec![
        Queue::new(QUEUE, skill.clone(), Channel::Phone, live).with_aht(aht),
        Queue::new("de-mail", skill.clone(), Channel::Email, deferred).with_aht(aht),
    ];
    for channel in [Channel::Phone, Channel::Email] {
        let shape = WeekShape {
            week_volume,
            weekday_weights: [1.0; 7],
            hour_weights: [1.0; 24],
            opening: hours.clone(),
        };
        let source = Source::Shape(Box::new(shape));
        (scenario.streams).push(Stream::new("DE", skill.clone(), channel, source));
    }
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
    let shift = ShiftType {
        id: "6h".into(),
        length: Duration::from_secs(6 * 3600),
        starts: StartWindow {
            from: time(9),
            to: time(14),
            every: Duration::from_secs(3600),
            weekdays: WEEK.to_vec(),
        },
        breaks: Vec::new(),
    };
    let pool = |id: &str, kind, price| {
        let price = Price::flat(Money::new(price).unwrap());
        Pool::new(id, kind, zone, vec![skill.clone()], price).with_shift(shift.clone())
    };
    let mut vendor = pool("vendor", PoolKind::Bpo, 20.0);
    vendor.commitment = Some(Commitment::ShiftsPerDay(2));
    vendor.limits.shifts_per_day_max = Some(3);
    scenario.pools = vec![pool(POOL, PoolKind::InHouse, 31.0), vendor];
    scenario
}

pub(crate) fn planned(week_volume: f64) -> Option<Plan> {
    let solvers = Solvers::compiled_in().ok()?;
    let strategy = Strategy {
        gap: 0.1,
        ..Strategy::new(solvers)
    };
    Some(plan(&scenario(week_volume), &strategy, &Silent).unwrap())
}

/// Every element that is opened is closed, in order.
pub(crate) fn assert_balanced(html: &str) {
    const VOID: [&str; 4] = ["meta", "br", "hr", "!DOCTYPE"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        assert!(!tag.contains('<'), "`{tag}` has a bare <");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(
                open.pop(),
                Some(name),
                "before {}",
                &rest[..rest.len().min(80)]
            );
            continue;
        }
        let name = tag.split([' ', '/', '\n']).next().unwrap_or_default();
        if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} are left open");
}

pub(crate) fn assert_sound(html: &str) {
    assert!(html.starts_with("<!DOCTYPE html>"));
    assert_balanced(html);
    let local = html.replace("http://www.w3.org/2000/svg", "");
    for outside in [
        "http://", "https://", "src=", "<script", "<link", "@import", "url(",
    ] {
        assert!(!local.contains(outside), "{outside}");
    }
    let words = html.split(|c: char| !c.is_alphanumeric());
    for word in words {
        assert!(
            !matches!(word, "NaN" | "inf" | "Infinity"),
            "{word} is printed"
        );
    }
    let every_amp = html.match_indices('&').all(|(at, _)| {
        let tail = &html[at..];
        ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
            .iter()
            .any(|e| tail.starts_with(e))
    });
    assert!(every_amp, "a bare ampersand");
}

#[test]
fn the_report_is_sound_and_deterministic() {
    let Some(plan) = planned(900.0) else { return };
    let report = html(&plan, "sha256:<0123>");
    assert_sound(&report);
    assert_eq!(report, html(&plan, "sha256:<0123>"));
    for name in [
        "de&lt;phone&gt;&amp;&quot;vip&quot;",
        "de-mail",
        "Köln &lt;&quot;HQ&quot;&gt; &amp; &#39;Co&#39;",
        "vendor",
        "Spring &lt;&amp; &quot;clocks&quot;",
        "sha256:&lt;0123&gt;",
    ] {
        assert!(report.contains(name), "{name}");
    }
    assert!(!report.contains(QUEUE) && !report.contains(POOL));
}

#[test]
fn shortage_and_clock_change_are_told() {
    let Some(plan) = planned(900.0) else { return };
    // Nobody may start before nine, the market opens at eight.
    assert!(plan.missing_hours() > 0.0);
    let report = html(&plan, "none");
    assert!(report.contains("of agents are missing"));
    assert!(report.contains("Sun 28 Mar (23 h)"));
    assert!(report.contains("Local time of Europe/Berlin"));
}

#[test]
fn a_plan_without_contacts_is_told_as_such() {
    let Some(plan) = planned(0.0) else { return };
    let report = html(&plan, "none");
    assert_sound(&report);
    assert!(report.contains("No contact is expected."));
}
