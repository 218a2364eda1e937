//! Tests of planner inputs.

use super::*;
use crate::forecasting::planner::{Between, CampaignEffect};
use crate::forecasting::respread::tests::plain;

fn date(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, day).unwrap()
}

fn queues() -> BTreeMap<String, LocalForecast> {
    [("phone", [40.0, 60.0, 0.0]), ("chat", [5.0, 0.0, 15.0])]
        .map(|(name, means)| (name.to_owned(), plain(&means, 20, 0.02, true)))
        .into()
}

fn apply(inputs: &[PlannerInput]) -> Planned {
    apply_planner_inputs(&queues(), inputs).unwrap()
}

fn total(planned: &Planned, queue: &str, day: usize) -> f64 {
    planned.forecasts[queue].days[day].total.mean
}

fn growth(between: Between) -> PlannerInput {
    PlannerInput::Growth(Growth {
        queue: "phone".to_owned(),
        points: vec![(date(3), 1.0), (date(7), 4.0)],
        between,
    })
}

fn deflection(to: Option<&str>, share: f64) -> PlannerInput {
    PlannerInput::Deflection(Deflection {
        queue: "phone".to_owned(),
        to: to.map(str::to_owned),
        from: date(5),
        until: Some(date(12)),
        ramp_days: 4,
        share,
    })
}

fn campaign(effect: CampaignEffect, shape: Option<Vec<f64>>) -> PlannerInput {
    PlannerInput::Campaign(Campaign {
        queue: "phone".to_owned(),
        from: date(6),
        effect,
        strengths: vec![0.5, 1.0],
        shape,
    })
}

#[test]
fn without_inputs_nothing_changes() {
    let planned = apply(&[]);
    assert_eq!(planned.forecasts, queues());
    assert!(planned.applied.is_empty());
}

#[test]
fn growth_follows_its_curve() {
    let linear = apply(&[growth(Between::Linear)]);
    let geometric = apply(&[growth(Between::Geometric)]);
    for (day, line, curve) in [(0, 1.0, 1.0), (4, 2.5, 2.0), (6, 4.0, 4.0), (19, 4.0, 4.0)] {
        assert!((total(&linear, "phone", day) - 100.0 * line).abs() < 1e-9);
        assert!((total(&geometric, "phone", day) - 100.0 * curve).abs() < 1e-9);
    }
    assert_eq!(linear.forecasts["chat"], queues()["chat"]);
    assert_eq!(linear.applied.len(), 17);
    assert_eq!(linear.applied[0].date, date(4));
}

#[test]
fn deflected_contacts_arrive_exactly() {
    let planned = apply(&[deflection(Some("chat"), 0.4)]);
    let before = queues();
    for day in 0..20 {
        for interval in 0..3 {
            let sum = |forecasts: &BTreeMap<String, LocalForecast>| -> f64 {
                let mean = |forecast: &LocalForecast| forecast.days[day].intervals[interval].mean;
                forecasts.values().map(mean).sum()
            };
            assert!((sum(&before) - sum(&planned.forecasts)).abs() < 1e-12 * 100.0);
        }
    }
    // A quarter of the ramp on its first day, all of it from the fourth to the last.
    for (day, lost) in [(3, 0.0), (4, 10.0), (7, 40.0), (11, 40.0), (12, 0.0)] {
        assert!((total(&planned, "phone", day) - 100.0 + lost).abs() < 1e-9);
        assert!((total(&planned, "chat", day) - 20.0 - lost).abs() < 1e-9);
    }
    let away = apply(&[deflection(None, 1.0)]);
    assert_eq!(total(&away, "phone", 10), 0.0);
    assert_eq!(
        away.forecasts["phone"].days[10].total.quantiles,
        vec![0.0; 5]
    );
    assert_eq!(total(&away, "chat", 10), 20.0);
}

#[test]
fn campaigns_add_or_multiply_in_their_shape() {
    let added = apply(&[campaign(
        CampaignEffect::Contacts(30.0),
        Some(vec![0.0, 1.0, 2.0]),
    )]);
    let intervals = &added.forecasts["phone"].days[6].intervals;
    assert!((intervals[1].mean - 70.0).abs() < 1e-9 && (intervals[2].mean - 20.0).abs() < 1e-9);
    assert!(intervals[2].quantiles[0] < intervals[2].quantiles[4]);
    assert!((total(&added, "phone", 5) - 115.0).abs() < 1e-9);
    assert_eq!(total(&added, "phone", 7), 100.0);
    let own = apply(&[campaign(CampaignEffect::Contacts(30.0), None)]);
    assert!((own.forecasts["phone"].days[6].intervals[0].mean - 52.0).abs() < 1e-9);
    let factor = apply(&[campaign(CampaignEffect::Factor(1.5), None)]);
    assert!((total(&factor, "phone", 6) - 150.0).abs() < 1e-9);
    let shaped = apply(&[campaign(
        CampaignEffect::Factor(1.5),
        Some(vec![3.0, 0.0, 0.0]),
    )]);
    assert!((shaped.forecasts["phone"].days[6].intervals[0].mean - 100.0).abs() < 1e-9);
}

#[test]
fn a_launch_ramps_to_its_level_with_the_profile_of_its_sibling() {
    let launch = PlannerInput::Launch(Launch {
        queue: "video".to_owned(),
        sibling: "phone".to_owned(),
        from: date(3),
        ramp_days: 5,
        level: 50.0,
        level_error: 0.3,
    });
    let planned = apply(std::slice::from_ref(&launch));
    let video = &planned.forecasts["video"];
    for (day, volume) in [(1, 0.0), (2, 10.0), (6, 50.0), (19, 50.0)] {
        assert!((video.days[day].total.mean - volume).abs() < 1e-9);
    }
    assert!((video.days[9].intervals[0].mean - 20.0).abs() < 1e-9);
    assert!((video.days[9].level_variance - 0.11).abs() < 1e-12);
    // Growth comes first whatever the order, and deflection may go to the new queue.
    let inputs = [
        PlannerInput::Deflection(Deflection {
            queue: "phone".to_owned(),
            to: Some("video".to_owned()),
            from: date(10),
            until: None,
            ramp_days: 0,
            share: 0.1,
        }),
        launch,
        growth(Between::Linear),
    ];
    let planned = apply(&inputs);
    assert!((total(&planned, "phone", 15) - 360.0).abs() < 1e-9);
    let order: Vec<usize> = planned
        .applied
        .iter()
        .map(|applied| applied.input)
        .collect();
    let first = |input: usize| order.iter().position(|other| *other == input).unwrap();
    assert!(first(2) < first(1) && first(1) < first(0));
}

#[test]
fn the_record_reproduces_the_means() {
    let inputs = [
        deflection(Some("chat"), 0.3),
        campaign(CampaignEffect::Contacts(12.0), Some(vec![1.0, 1.0, 1.0])),
        growth(Between::Geometric),
    ];
    let planned = apply(&inputs);
    for (name, forecast) in queues() {
        for (day, after) in forecast.days.iter().zip(&planned.forecasts[&name].days) {
            let mut means = interval_means(day);
            for applied in &planned.applied {
                if applied.queue == name && applied.date == day.date {
                    for (interval, mean) in means.iter_mut().enumerate() {
                        *mean = *mean * applied.factors[interval] + applied.offsets[interval];
                    }
                }
            }
            assert_eq!(means, interval_means(after));
        }
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let refuse = |input: PlannerInput| apply_planner_inputs(&queues(), &[input]).unwrap_err();
    refuse(deflection(Some("fax"), 0.1));
    refuse(deflection(Some("phone"), 0.1));
    refuse(deflection(None, 1.1));
    refuse(deflection(None, f64::NAN));
    refuse(campaign(CampaignEffect::Factor(-1.0), None));
    refuse(campaign(CampaignEffect::Contacts(1.0), Some(vec![1.0])));
    refuse(campaign(CampaignEffect::Contacts(1.0), Some(vec![0.0; 3])));
    for points in [
        vec![],
        vec![(date(2), 0.0)],
        vec![(date(2), 1.0), (date(1), 1.0)],
    ] {
        refuse(PlannerInput::Growth(Growth {
            queue: "phone".to_owned(),
            points,
            between: Between::Geometric,
        }));
    }
}
