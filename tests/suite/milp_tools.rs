//! The tools around a model: restrictions, conflicts, slack.

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::milp::Kind::{Continuous, Integer};
use wfm::milp::Sense::{AtLeast, AtMost};
use wfm::milp::{Model, Restriction, Row, SolveOptions, check, conflict, cost};

use super::milp::{able, available, boxed, small_models, solve};
use super::support::{cases, close};

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn fixing_some_variables_and_solving_the_rest_never_beats_the_optimum(
        model in boxed(), free in vec(any::<bool>(), 3),
    ) {
        let Some(backend) = able(&model).next() else { return Ok(()) };
        let Some(start) = solve(backend, &model).point else { return Ok(()) };
        let start: Vec<f64> = start.iter().map(|x| x.round()).collect();
        let moving = model.variables().filter(|v| free[v.index()]);
        let restriction = Restriction::new(&model, &start, moving);
        let inner = restriction.project(&start);
        let mut point = start.clone();
        restriction.lift(&inner, &mut point);
        prop_assert_eq!(&point, &start);
        prop_assert_eq!(check(restriction.model(), &inner, 1e-6), Vec::new());
        if let Some(better) = solve(backend, restriction.model()).point {
            restriction.lift(&better, &mut point);
            prop_assert_eq!(check(&model, &point, 1e-6), Vec::new());
            prop_assert!(close(cost(&model, &point), cost(&model, &start), 1e-6));
        } else {
            prop_assert!(false, "the start is a point of the restriction");
        }
    }
}

/// Four rows that hold together, and two that do not: the second and the fifth.
fn planted() -> (Model, Vec<Row>) {
    let mut model = Model::new();
    let x = model.add_variable("x", 0.0, 9.0, 1.0, Integer);
    let y = model.add_variable("y", 0.0, 9.0, 1.0, Integer);
    let rows = vec![
        model.add_row("some x", [(x, 1.0)], AtLeast, 1.0),
        model.add_row("much of both", [(x, 1.0), (y, 1.0)], AtLeast, 12.0),
        model.add_row("not all x", [(x, 1.0)], AtMost, 8.0),
        model.add_row("some y", [(y, 1.0)], AtLeast, 1.0),
        model.add_row("little of both", [(x, 1.0), (y, 1.0)], AtMost, 10.0),
        model.add_row("not all y", [(y, 1.0)], AtMost, 8.0),
    ];
    (model, rows)
}

#[test]
fn the_conflict_is_the_planted_pair() {
    let (model, rows) = planted();
    for backend in available() {
        let options = SolveOptions::default();
        let found = conflict(backend, &model, &rows, &options).unwrap();
        let names: Vec<&str> = found.iter().map(|&r| model.row_name(r)).collect();
        assert_eq!(names, ["much of both", "little of both"], "{backend}");
        let (_, fine, _) = small_models(Continuous).remove(0);
        let all: Vec<Row> = fine.rows().collect();
        assert_eq!(conflict(backend, &fine, &all, &options), Ok(Vec::new()));
    }
}

#[test]
fn rows_that_may_give_way_give_way_as_little_as_they_must() {
    let (model, rows) = planted();
    let soft = model
        .with_costs(|_| 0.0)
        .with_slack(&[rows[1], rows[4]], 7.0);
    for backend in able(&soft) {
        let point = solve(backend, &soft).point.unwrap();
        // 12 of something limited to 10: two units at seven each.
        assert!(
            close(cost(&soft, &point), 14.0, 1e-6),
            "{backend}: {point:?}"
        );
        assert_eq!(check(&soft, &point, 1e-6), Vec::new());
    }
}
