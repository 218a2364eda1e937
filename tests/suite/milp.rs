//! Backends side by side, and bounds against brute force.

use std::time::Duration;

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::milp::{
    Backend, Kind, MilpError, Model, Outcome, Sense, SolveOptions, Termination, Variable,
    certified_bound, check, cost, lp_duals,
};

use super::support::{cases, close};

use Kind::{Continuous, Integer};
use Sense::{AtLeast, AtMost, Equal};

pub(crate) fn available() -> impl Iterator<Item = Backend> {
    Backend::ALL.into_iter().filter(|b| b.is_available())
}

/// Backends that can solve a model.
pub(crate) fn able(model: &Model) -> impl Iterator<Item = Backend> {
    let needs_whole = model.has_integers();
    available().filter(move |b| b.has_integers() || !needs_whole)
}

/// Variables with bounds and cost, then rows with a coefficient for each of them.
fn model(kind: Kind, variables: &[(f64, f64, f64)], rows: &[(&[f64], Sense, f64)]) -> Model {
    let mut model = Model::new();
    let handles: Vec<Variable> = (variables.iter().enumerate())
        .map(|(j, &(lower, upper, cost))| {
            model.add_variable(format!("x{j}"), lower, upper, cost, kind)
        })
        .collect();
    for (i, (terms, sense, right)) in rows.iter().enumerate() {
        let terms = handles.iter().copied().zip(terms.iter().copied());
        model.add_row(format!("r{i}"), terms, *sense, *right);
    }
    model
}

/// A name, the model, and its optimum or the reason why it has none.
pub(crate) fn small_models(kind: Kind) -> Vec<(&'static str, Model, Result<f64, Termination>)> {
    const INF: f64 = f64::INFINITY;
    let (box_, none) = ((0.0, 9.0, 1.0), Termination::Infeasible);
    vec![
        (
            "cover",
            model(
                kind,
                &[(0.0, 10.0, 3.0), (0.0, 10.0, 5.0)],
                &[(&[1.0, 1.0], AtLeast, 4.0), (&[0.0, 1.0], AtLeast, 1.0)],
            ),
            Ok(14.0),
        ),
        (
            "equality",
            model(
                kind,
                &[box_, (0.0, 9.0, 2.0)],
                &[(&[1.0, 1.0], Equal, 5.0), (&[1.0, -1.0], Equal, 1.0)],
            ),
            Ok(7.0),
        ),
        (
            "negative lower bounds",
            model(
                kind,
                &[(-7.0, 3.0, 2.0), (-4.0, 4.0, 1.0)],
                &[(&[1.0, 1.0], AtLeast, -6.0)],
            ),
            Ok(-13.0),
        ),
        (
            "fixed variables",
            model(
                kind,
                &[(3.0, 3.0, 2.0), (0.0, 9.0, 1.0), (-2.0, -2.0, 1.0)],
                &[(&[1.0, 1.0, 1.0], AtLeast, 6.0)],
            ),
            Ok(9.0),
        ),
        (
            "everything fixed",
            model(kind, &[(3.0, 3.0, 2.0)], &[(&[1.0], AtMost, 4.0)]),
            Ok(6.0),
        ),
        (
            "no rows",
            model(kind, &[(-1.0, 4.0, 2.0), (0.0, 5.0, -1.0)], &[]),
            Ok(-7.0),
        ),
        (
            "a limit",
            model(
                kind,
                &[(0.0, INF, -2.0), (0.0, INF, -1.0)],
                &[(&[1.0, 1.0], AtMost, 8.0), (&[1.0, 0.0], AtMost, 5.0)],
            ),
            Ok(-13.0),
        ),
        (
            "no cost",
            model(kind, &[(0.0, 4.0, 0.0)], &[(&[1.0], AtLeast, 2.0)]),
            Ok(0.0),
        ),
        (
            "an empty row that holds",
            model(kind, &[box_], &[(&[0.0], AtMost, 2.0)]),
            Ok(0.0),
        ),
        (
            "contradiction",
            model(
                kind,
                &[box_],
                &[(&[1.0], AtLeast, 5.0), (&[1.0], AtMost, 4.0)],
            ),
            Err(none),
        ),
        (
            "beyond the bounds",
            model(kind, &[box_, box_], &[(&[1.0, 1.0], AtLeast, 19.0)]),
            Err(none),
        ),
        (
            "an empty row that cannot hold",
            model(kind, &[box_], &[(&[0.0], AtLeast, 2.0)]),
            Err(none),
        ),
        (
            "crossed bounds",
            model(kind, &[(5.0, 4.0, 1.0)], &[(&[1.0], AtLeast, 0.0)]),
            Err(none),
        ),
        (
            "crossed bounds without rows",
            model(kind, &[(5.0, 4.0, 1.0)], &[]),
            Err(none),
        ),
        (
            "unbounded",
            model(
                kind,
                &[(0.0, INF, -1.0), (0.0, INF, 0.0)],
                &[(&[1.0, -1.0], AtMost, 3.0)],
            ),
            Err(Termination::Unbounded),
        ),
        (
            "unbounded without rows",
            model(kind, &[(0.0, INF, -1.0)], &[]),
            Err(Termination::Unbounded),
        ),
    ]
}

pub(crate) fn solve(backend: Backend, model: &Model) -> Outcome {
    backend.solve(model, &SolveOptions::default()).unwrap()
}

#[test]
fn every_backend_gives_the_same_answers() {
    for kind in [Continuous, Integer] {
        for (name, model, expected) in small_models(kind) {
            for backend in able(&model) {
                let found = solve(backend, &model);
                let told = format!("{name}, {kind:?}, {backend}: {found:?}");
                match expected {
                    Ok(optimum) => {
                        assert_eq!(found.termination, Termination::Optimal, "{told}");
                        let point = found.point.as_deref().expect(&told);
                        assert_eq!(check(&model, point, 1e-6), Vec::new(), "{told}");
                        assert!(close(cost(&model, point), optimum, 1e-6), "{told}");
                    }
                    Err(reason) => {
                        assert_eq!(found.termination, reason, "{told}");
                        assert_eq!(found.point, None, "{told}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_backend_that_is_not_compiled_in_names_its_feature() {
    let (_, model, _) = small_models(Continuous).remove(0);
    for backend in Backend::ALL.into_iter().filter(|b| !b.is_available()) {
        let feature = backend.feature();
        let expected = MilpError::BackendUnavailable { backend, feature };
        assert_eq!(backend.require(), Err(expected.clone()));
        assert!(expected.to_string().contains(feature));
        let options = SolveOptions::default();
        assert_eq!(backend.solve(&model, &options), Err(expected.clone()));
        assert_eq!(lp_duals(backend, &model, &options), Err(expected));
    }
}

#[test]
fn a_backend_without_whole_variables_refuses_them() {
    let (_, model, _) = small_models(Integer).remove(0);
    for backend in available().filter(|b| !b.has_integers()) {
        let refused = backend.solve(&model, &SolveOptions::default());
        assert!(matches!(refused, Err(MilpError::Unsupported { backend: b, .. }) if b == backend));
    }
}

#[test]
fn numbers_that_are_none_are_refused_by_name() {
    const NAN: f64 = f64::NAN;
    let fine = (0.0, 1.0, 1.0);
    for (variable, row, right, name) in [
        ((NAN, 1.0, 1.0), 1.0, 1.0, "x0"),
        ((0.0, NAN, 1.0), 1.0, 1.0, "x0"),
        ((0.0, 1.0, NAN), 1.0, 1.0, "x0"),
        ((0.0, 1.0, f64::INFINITY), 1.0, 1.0, "x0"),
        (fine, NAN, 1.0, "r0"),
        (fine, f64::INFINITY, 1.0, "r0"),
        (fine, 1.0, NAN, "r0"),
        (fine, 1.0, f64::NEG_INFINITY, "r0"),
    ] {
        let model = model(Continuous, &[variable], &[(&[row], AtLeast, right)]);
        for backend in available() {
            let refused = backend.solve(&model, &SolveOptions::default());
            let name = name.to_owned();
            assert_eq!(refused, Err(MilpError::BadNumber { name }), "{backend}");
        }
    }
}

#[test]
fn a_point_that_is_no_number_or_too_short_passes_no_check() {
    let model = model(Continuous, &[(0.0, 1.0, 1.0)], &[]);
    for point in [&[][..], &[f64::NAN], &[f64::INFINITY], &[0.0, 0.0]] {
        assert_eq!(check(&model, point, 1e-6).len(), 1);
    }
    assert_eq!(check(&model, &[1.5], 1e-6)[0].name, "x0");
}

#[test]
fn no_time_means_no_work() {
    let options = SolveOptions {
        time_limit: Some(Duration::ZERO),
        ..SolveOptions::default()
    };
    let (_, model, _) = small_models(Continuous).remove(0);
    for backend in available() {
        let found = backend.solve(&model, &options).unwrap();
        assert_eq!(found.termination, Termination::TimeLimit);
        assert_eq!(found.point, None);
    }
}

/// A random model in a box of whole numbers.
pub(crate) fn boxed() -> impl Strategy<Value = Model> {
    let sense = || prop_oneof![3 => Just(AtLeast), 2 => Just(AtMost), 1 => Just(Equal)];
    let variable = (-2i32..2, 0i32..4, -5i32..9)
        .prop_map(|(low, width, cost)| (f64::from(low), f64::from(low + width), f64::from(cost)));
    (1usize..4, 1usize..4).prop_flat_map(move |(columns, rows)| {
        let row = (
            vec((-3i32..4).prop_map(f64::from), columns),
            sense(),
            -4i32..7,
        );
        (vec(variable.clone(), columns), vec(row, rows)).prop_map(|(variables, rows)| {
            let rows: Vec<_> = (rows.iter())
                .map(|(terms, sense, right)| (terms.as_slice(), *sense, f64::from(*right)))
                .collect();
            model(Integer, &variables, &rows)
        })
    })
}

/// Least cost over all whole points of the box.
pub(crate) fn brute_force(model: &Model) -> Option<f64> {
    let mut points = vec![Vec::new()];
    for v in model.variables() {
        let (lower, upper) = model.bounds(v);
        let values = (0..8).map(|k| lower + f64::from(k)).filter(|x| *x <= upper);
        let longer = |p: &Vec<f64>| {
            let p = p.clone();
            values.clone().map(move |x| [p.as_slice(), &[x]].concat())
        };
        points = points.iter().flat_map(longer).collect();
    }
    let feasible = points.iter().filter(|p| check(model, p, 1e-9).is_empty());
    feasible.map(|p| cost(model, p)).min_by(f64::total_cmp)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_multipliers_bound_the_whole_optimum(model in boxed(), y in vec(-9.0..9.0f64, 3)) {
        if let Some(optimum) = brute_force(&model) {
            prop_assert!(certified_bound(&model, &y) <= optimum);
        }
    }

    #[test]
    fn whole_optima_are_those_of_brute_force(model in boxed()) {
        let optimum = brute_force(&model);
        for backend in able(&model) {
            let found = solve(backend, &model);
            let Some(optimum) = optimum else {
                prop_assert_eq!(found.termination, Termination::Infeasible);
                continue;
            };
            prop_assert_eq!(found.termination, Termination::Optimal);
            let point = found.point.unwrap();
            prop_assert_eq!(check(&model, &point, 1e-6), Vec::new());
            prop_assert!(close(cost(&model, &point), optimum, 1e-6));
        }
    }

    #[test]
    fn duals_of_every_backend_certify_the_linear_optimum(model in boxed()) {
        let linear = model.relaxed();
        let mut optima = Vec::new();
        for backend in available() {
            let found = lp_duals(backend, &model, &SolveOptions::default()).unwrap();
            let Some(point) = found.point else {
                prop_assert_eq!(found.termination, Termination::Infeasible, "{}", backend);
                optima.push(None);
                continue;
            };
            let optimum = cost(&linear, &point);
            let duals = found.duals;
            prop_assert!(duals.is_some(), "{} gives no duals", backend);
            let bound = certified_bound(&model, &duals.unwrap());
            prop_assert!(close(bound, optimum, 1e-6), "{}: {} {}", backend, bound, optimum);
            optima.push(Some(optimum));
        }
        for pair in optima.windows(2) {
            prop_assert_eq!(pair[0].is_some(), pair[1].is_some());
            if let (Some(a), Some(b)) = (pair[0], pair[1]) {
                prop_assert!(close(a, b, 1e-6), "{} {}", a, b);
            }
        }
    }
}
