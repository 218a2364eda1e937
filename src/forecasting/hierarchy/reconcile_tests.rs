//! Tests of reconciliation, on random trees and on a real hierarchy.

use std::collections::BTreeMap;

use super::*;
use crate::forecasting::automatic::linear::NormalEquations;
use crate::forecasting::hierarchy::{Node, residual_part};
use crate::forecasting::respread::tests::{plain, uniform};

/// A random tree with its leaves.
fn tree(next: &mut impl FnMut() -> f64, size: usize) -> Hierarchy {
    let nodes = (0..size)
        .map(|index| {
            let parent = (0..index).find(|_| next() < 0.4).or(index.checked_sub(1));
            Node::new(&format!("node {index}"), parent)
        })
        .collect();
    Hierarchy::new(nodes).unwrap()
}

/// Least squares over the leaves by normal equations.
fn brute(hierarchy: &Hierarchy, forecasts: &[f64], variances: &[f64]) -> Vec<f64> {
    let leaves: Vec<usize> = (0..hierarchy.len())
        .filter(|node| hierarchy.is_leaf(*node))
        .collect();
    let mut equations = NormalEquations::new(leaves.len());
    for node in 0..hierarchy.len() {
        let row: Vec<f64> = leaves
            .iter()
            .map(|&leaf| {
                let mut place = Some(leaf);
                while let Some(here) = place.filter(|here| *here != node) {
                    place = hierarchy.nodes()[here].parent;
                }
                place.map_or(0.0, |_| 1.0 / variances[node].sqrt())
            })
            .collect();
        equations.add(&row, forecasts[node] / variances[node].sqrt());
    }
    let solution = equations.solve(&vec![0.0; leaves.len()]).unwrap();
    let mut values = vec![0.0; hierarchy.len()];
    for (leaf, value) in leaves.iter().zip(solution) {
        values[*leaf] = value;
    }
    hierarchy.sum_up(&mut values);
    values
}

#[test]
fn two_passes_equal_the_normal_equations() {
    let mut next = uniform(21);
    for size in 2..40 {
        let hierarchy = tree(&mut next, size);
        let mut forecasts: Vec<f64> = (0..size).map(|_| 100.0 + 20.0 * next()).collect();
        hierarchy.sum_up(&mut forecasts);
        for value in &mut forecasts {
            *value *= 1.0 + 0.05 * next();
        }
        let variances: Vec<f64> = (0..size).map(|_| 0.5 + next()).collect();
        let method = Reconciliation::WeightedLeastSquares(variances.clone());
        let values = hierarchy.reconcile(&forecasts, &method).unwrap();
        let expected = brute(&hierarchy, &forecasts, &variances);
        for (value, expected) in values.iter().zip(&expected) {
            assert!(
                (value - expected).abs() < 1e-4,
                "{size}: {value} {expected}"
            );
        }
        assert!(hierarchy.incoherence(&values) < 1e-9);
    }
}

#[test]
fn no_value_is_negative_and_all_add_up() {
    let mut next = uniform(22);
    for size in 2..40 {
        let hierarchy = tree(&mut next, size);
        let forecasts: Vec<f64> = (0..size)
            .map(|_| (100.0 * next() - 50.0).max(0.0))
            .collect();
        let variances: Vec<f64> = (0..size).map(|_| (next() - 0.2).max(0.0)).collect();
        for method in [
            Reconciliation::BottomUp,
            Reconciliation::TopDown,
            Reconciliation::WeightedLeastSquares(variances),
        ] {
            let values = hierarchy.reconcile(&forecasts, &method).unwrap();
            assert!(
                values
                    .iter()
                    .all(|value| *value >= 0.0 && value.is_finite())
            );
            assert!(hierarchy.incoherence(&values) < 1e-9);
        }
    }
}

fn pair() -> Hierarchy {
    Hierarchy::new(vec![
        Node::new("total", None),
        Node::new("a", Some(0)),
        Node::new("b", Some(0)),
    ])
    .unwrap()
}

#[test]
fn closed_forms_of_one_total_and_two_parts() {
    let least = |variances: [f64; 3], forecasts: [f64; 3]| {
        let method = Reconciliation::WeightedLeastSquares(variances.to_vec());
        pair().reconcile(&forecasts, &method).unwrap()
    };
    // Equal reliability: the gap of 30 is shared by three.
    let equal = least([1.0; 3], [130.0, 60.0, 40.0]);
    for (value, expected) in equal.iter().zip([120.0, 70.0, 50.0]) {
        assert!((value - expected).abs() < 1e-9);
    }
    // An exact total and one exact part.
    let exact = least([0.0, 0.0, 1.0], [130.0, 60.0, 40.0]);
    assert_eq!(exact, vec![130.0, 60.0, 70.0]);
    // Part b would be 5 - 20: it is held at zero and the rest is solved again.
    let held = least([1.0, 1.0, 1.0], [0.0, 55.0, 5.0]);
    assert_eq!(held, vec![27.5, 27.5, 0.0]);
    let down = pair().reconcile(&[130.0, 60.0, 40.0], &Reconciliation::TopDown);
    assert_eq!(down.unwrap(), vec![130.0, 78.0, 52.0]);
    let even = pair().reconcile(&[130.0, 0.0, 0.0], &Reconciliation::TopDown);
    assert_eq!(even.unwrap(), vec![130.0, 65.0, 65.0]);
    let up = pair().reconcile(&[130.0, 60.0, 40.0], &Reconciliation::BottomUp);
    assert_eq!(up.unwrap(), vec![100.0, 60.0, 40.0]);
    assert!(pair().reconcile(&[1.0], &Reconciliation::BottomUp).is_err());
    let bad = pair().reconcile(&[1.0, f64::NAN, 1.0], &Reconciliation::TopDown);
    assert!(bad.is_err());
}

#[test]
fn days_add_up_by_interval_and_keep_their_relative_spread() {
    let days = [[70.0, 60.0], [20.0, 40.0], [30.0, 10.0]]
        .map(|means| plain(&means, 1, 0.02, true).days[0].clone());
    let method = Reconciliation::WeightedLeastSquares(vec![1.0; 3]);
    let reconciled = pair().reconcile_day(&days, &method).unwrap();
    for interval in 0..2 {
        let mean = |node: usize| reconciled[node].intervals[interval].mean;
        assert!((mean(0) - mean(1) - mean(2)).abs() < 1e-9);
    }
    let (before, after) = (&days[1].total, &reconciled[1].total);
    assert!((after.mean - 70.0).abs() < 1e-9);
    for (old, new) in before.quantiles.iter().zip(&after.quantiles) {
        assert!((new / after.mean - old / before.mean).abs() < 1e-12);
    }
}

/// Absolute error over volume of the total on the real ambulance hierarchy: medians of the last
/// four same weekdays, reconciled with variances from the past only.
#[test]
fn real_areas_with_a_residual_part_add_up() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("WFM_SHARED").map_or_else(|| root.join("../shared"), Into::into);
    let path = shared.join("data/uk_ambulance_daily_by_area.csv");
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        println!("skipped: no {}", path.display());
        return;
    };
    let mut areas: BTreeMap<String, Vec<Option<f64>>> = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        // A part that is reported on some days only belongs to the residual part.
        if &record[2] != "OOA" {
            let list = areas.entry(record[2].to_owned()).or_default();
            list.push(record[3].parse().ok());
        }
    }
    let total = areas.remove("Trust").unwrap();
    let mut parts: Vec<Vec<Option<f64>>> = areas.values().cloned().collect();
    let residual = residual_part(&total, &parts).unwrap();
    assert!(residual.iter().flatten().all(|value| *value <= 11.0));
    parts.push(residual);
    let mut nodes = vec![Node::new("Trust", None)];
    nodes.extend(areas.keys().map(|name| Node::new(name, Some(0))));
    nodes.push(Node::new("residual", Some(0)));
    let hierarchy = Hierarchy::new(nodes).unwrap();
    let mut series = vec![total];
    series.extend(parts);
    let median = |list: &[Option<f64>], day: usize| -> f64 {
        let last: Vec<f64> = (1..=4).filter_map(|week| list[day - 7 * week]).collect();
        crate::forecasting::automatic::numbers::median(&last).unwrap()
    };
    let mut errors = [0.0_f64; 2];
    let mut moved = 0.0_f64;
    for day in (400..series[0].len()).step_by(8) {
        let forecasts: Vec<f64> = series.iter().map(|list| median(list, day)).collect();
        let variances: Vec<f64> = series
            .iter()
            .map(|list| {
                (day - 364..day)
                    .map(|past| (list[past].unwrap() - median(list, past)).powi(2))
                    .sum::<f64>()
                    / 364.0
            })
            .collect();
        let method = Reconciliation::WeightedLeastSquares(variances);
        let values = hierarchy.reconcile(&forecasts, &method).unwrap();
        assert!(hierarchy.incoherence(&values) < 1e-9);
        assert!(values.iter().all(|value| *value >= 0.0));
        let actual = series[0][day].unwrap();
        errors[0] += (forecasts[0] - actual).abs();
        errors[1] += (values[0] - actual).abs();
        moved = moved.max((values[0] / forecasts[0] - 1.0).abs());
    }
    println!("ratio {} largest move {moved}", errors[1] / errors[0]);
    assert!(errors[1] < 1.02 * errors[0] && moved < 0.05);
}
