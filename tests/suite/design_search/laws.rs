//! Laws of the optimum: what can only make a design dearer, or change nothing.

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::scheduling::design::DesignProblem;

use super::super::support::cases;
use super::{kind, optimum};

/// Two or three days of six intervals and two kinds of shift.
fn small() -> impl Strategy<Value = DesignProblem> {
    let windows = (0_usize..4, 0_usize..2, 1_usize..4, 0_usize..2);
    let weights = (1_i64..5, 0_i64..5, 0_i64..300);
    (2_usize..4, vec(windows, 2), weights).prop_flat_map(|(days, windows, weights)| {
        vec(0_u32..9, days * 6).prop_map(move |required| DesignProblem {
            name: "small".to_owned(),
            interval_minutes: 30,
            days,
            intervals_per_day: 6,
            required,
            shift_types: (windows.iter())
                .map(|&(start, starts, length, lengths)| {
                    kind(start, start + starts, length, length + lengths)
                })
                .collect(),
            under: weights.0,
            over: weights.1,
            per_shift: weights.2,
        })
    })
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn more_demand_is_never_cheaper_where_nobody_is_too_many(
        mut problem in small(),
        more in vec(0_u32..4, 18),
    ) {
        problem.over = 0;
        let before = optimum(&problem);
        problem.required.iter_mut().zip(more).for_each(|(r, more)| *r += more);
        prop_assert!(optimum(&problem) >= before);
    }

    #[test]
    fn lower_weights_are_never_dearer(problem in small(), which in 0_usize..3) {
        let mut lower = problem.clone();
        let weight = [&mut lower.under, &mut lower.over, &mut lower.per_shift];
        *weight[which] /= 2;
        prop_assert!(optimum(&lower) <= optimum(&problem));
    }

    #[test]
    fn wider_windows_are_never_dearer(problem in small(), which in 0_usize..4) {
        let mut wider = problem.clone();
        let kind = &mut wider.shift_types[0];
        match which {
            0 => kind.first_start = kind.first_start.saturating_sub(1),
            1 => kind.last_start += 1,
            2 => kind.shortest = kind.shortest.max(2) - 1,
            _ => kind.longest += 1,
        }
        prop_assert!(optimum(&wider) <= optimum(&problem));
    }

    #[test]
    fn weights_scale_the_cost(mut problem in small()) {
        let before = optimum(&problem);
        let weights = [&mut problem.under, &mut problem.over, &mut problem.per_shift];
        for weight in weights {
            *weight *= 7;
        }
        prop_assert_eq!(optimum(&problem), 7 * before);
    }

    #[test]
    fn the_first_day_may_be_any_day(mut problem in small(), kinds_too in any::<bool>()) {
        let before = optimum(&problem);
        problem.required.rotate_left(6);
        if kinds_too {
            problem.shift_types.reverse();
        }
        prop_assert_eq!(optimum(&problem), before);
    }
}
