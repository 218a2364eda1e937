//! Tiny problems and their optimum, by every set of shifts with every number of workers.

use proptest::collection::vec;
use proptest::prelude::*;
use wfm::milp::Termination;
use wfm::scheduling::design::{DesignProblem, DesignShiftType};

use super::super::support::cases;
use super::{kind, solve, to_the_end};

/// Plans that are tried at most.
const MOST: usize = 70_000;

/// Distinct starts and lengths.
fn shifts(problem: &DesignProblem) -> Vec<(usize, usize)> {
    let of_day = 0..problem.intervals_per_day;
    let pairs = of_day.flat_map(|s| (1..=problem.required.len()).map(move |l| (s, l)));
    let allowed = |&(start, length): &(usize, usize)| {
        problem.shift_types.iter().any(|k| {
            k.first_start <= start
                && start <= k.last_start
                && k.shortest <= length
                && length <= k.longest
        })
    };
    pairs.filter(allowed).collect()
}

/// The highest requirement: of more workers on a shift, one is superfluous from start to end.
fn crowd(problem: &DesignProblem) -> u32 {
    problem.required.iter().copied().max().unwrap_or(0)
}

fn plans(problem: &DesignProblem) -> usize {
    let numbers = usize::try_from(crowd(problem)).unwrap() + 1;
    let columns = shifts(problem).len() * problem.days;
    numbers.saturating_pow(u32::try_from(columns).unwrap())
}

/// The least cost of any plan.
fn cheapest(problem: &DesignProblem) -> i64 {
    let shifts = shifts(problem);
    let mut staffed = vec![0; problem.required.len()];
    from(problem, &shifts, 0, false, &mut staffed)
}

/// The least cost of the shifts from the `column`th on, one column for each shift and day.
fn from(
    problem: &DesignProblem,
    shifts: &[(usize, usize)],
    column: usize,
    is_used: bool,
    staffed: &mut [i64],
) -> i64 {
    let (shift, day) = (column / problem.days, column % problem.days);
    let Some(&(start, length)) = shifts.get(shift) else {
        let off = problem.required.iter().zip(staffed).map(|(&r, &mut s)| {
            let more = s - i64::from(r);
            more.max(0) * problem.over + (-more).max(0) * problem.under
        });
        return off.sum::<i64>() * i64::from(problem.interval_minutes);
    };
    let mut best = i64::MAX;
    for count in 0..=i64::from(crowd(problem)) {
        let is_used = (is_used && day > 0) || count > 0;
        let is_paid = is_used && day + 1 == problem.days;
        let mut staffed = staffed.to_vec();
        for step in 0..length {
            let t = (day * problem.intervals_per_day + start + step) % staffed.len();
            staffed[t] += count;
        }
        let price = if is_paid { problem.per_shift } else { 0 };
        best = best.min(price + from(problem, shifts, column + 1, is_used, &mut staffed));
    }
    best
}

/// Up to three days of up to five intervals, with windows that overlap, wrap around and repeat.
fn tiny() -> impl Strategy<Value = DesignProblem> {
    (1_usize..4, 2_usize..6).prop_flat_map(|(days, of_day)| {
        let intervals = days * of_day;
        let windows = (0..of_day, 0_usize..2, 1..=intervals, 0_usize..2);
        let windows = vec(windows, 1..3);
        let weight = || prop_oneof![1 => Just(0_i64), 3 => 1_i64..6];
        let per_shift = prop_oneof![1 => Just(0_i64), 4 => 1_i64..200];
        let required = vec(0_u32..4, intervals);
        (required, windows, weight(), weight(), per_shift).prop_map(
            move |(required, windows, under, over, per_shift)| {
                let shift_types = windows
                    .into_iter()
                    .map(|(first, starts, shortest, lengths)| {
                        let last = (first + starts).min(of_day - 1);
                        kind(first, last, shortest, (shortest + lengths).min(intervals))
                    });
                let mut problem = DesignProblem {
                    name: "tiny".to_owned(),
                    interval_minutes: 15,
                    days,
                    intervals_per_day: of_day,
                    required,
                    shift_types: shift_types.collect(),
                    under,
                    over,
                    per_shift,
                };
                narrow(&mut problem);
                problem
            },
        )
    })
}

/// Takes away until every plan can be tried: lengths, then starts, then kinds.
fn narrow(problem: &mut DesignProblem) {
    let shorten = |k: &mut DesignShiftType| k.longest = k.shortest;
    let hasten = |k: &mut DesignShiftType| k.last_start = k.first_start;
    let steps: [&dyn Fn(&mut DesignProblem); 3] = [
        &|p| p.shift_types.iter_mut().for_each(shorten),
        &|p| p.shift_types.iter_mut().for_each(hasten),
        &|p| p.shift_types.truncate(1),
    ];
    for step in steps {
        if plans(problem) > MOST {
            step(problem);
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn tiny_designs_cost_what_brute_force_finds(problem in tiny()) {
        let solution = solve(&problem, &to_the_end());
        let best = cheapest(&problem);
        prop_assert!(solution.bound <= best as f64);
        prop_assert_eq!(solution.cost, best);
        prop_assert_eq!(solution.termination, Termination::Optimal);
    }

    #[test]
    fn a_search_cut_short_proves_no_more_than_is_true(problem in tiny(), work in 0_u64..400) {
        let strategy = super::by_work(work);
        let solution = solve(&problem, &strategy);
        let best = cheapest(&problem);
        prop_assert!(solution.bound <= best as f64 && best <= solution.cost);
    }
}
