//! What a certificate proves, worked out plainly from the formulas of its documentation: it shares
//! nothing with the crate but the nouns.

use std::collections::BTreeSet;

use wfm::scheduling::design::{
    DesignCertificate, DesignChoice, DesignNode, DesignPrices, DesignProblem, DesignRow,
};

/// Worker numbers and shifts in use that the plans of a node are held to.
#[derive(Clone)]
struct Part {
    in_use: Vec<Option<bool>>,
    workers: Vec<(i128, i128)>,
}

/// The problem with its shifts and days numbered.
struct Numbered<'a> {
    problem: &'a DesignProblem,
    shifts: usize,
    /// Shifts of a day that are at work in each interval.
    covering: Vec<Vec<usize>>,
    /// Most workers wanted at once, by shift and day.
    peaks: Vec<i128>,
}

impl<'a> Numbered<'a> {
    fn new(problem: &'a DesignProblem) -> Self {
        let mut pairs = BTreeSet::new();
        for kind in &problem.shift_types {
            for start in kind.first_start..=kind.last_start {
                pairs.extend((kind.shortest..=kind.longest).map(|length| (start, length)));
            }
        }
        let intervals = problem.required.len();
        let mut covering = vec![Vec::new(); intervals];
        let mut peaks = Vec::new();
        for (shift, &(start, length)) in pairs.iter().enumerate() {
            for day in 0..problem.days {
                let mut peak = 0;
                for step in 0..length {
                    let t = (day * problem.intervals_per_day + start + step) % intervals;
                    covering[t].push(shift * problem.days + day);
                    peak = peak.max(i128::from(problem.required[t]));
                }
                peaks.push(peak);
            }
        }
        Self {
            problem,
            shifts: pairs.len(),
            covering,
            peaks,
        }
    }

    fn required(&self, t: usize) -> i128 {
        i128::from(self.problem.required[t])
    }

    /// The plans of a leaf cost at least so many parts of a money unit; `None` if there are none.
    fn least(&self, part: &Part, rows: &[DesignRow], prices: &DesignPrices) -> Option<i128> {
        let (problem, days) = (self.problem, self.problem.days);
        let unit = i128::from(DesignPrices::SCALE);
        let minutes = i128::from(problem.interval_minutes);
        let intervals = problem.required.len();
        assert_eq!(prices.cover.len(), intervals);
        let mut total = 0;
        let mut of_missing = vec![i128::from(problem.under) * minutes * unit; intervals];
        let mut of_extra = vec![i128::from(problem.over) * minutes * unit; intervals];
        let mut of_use = vec![i128::from(problem.per_shift) * unit; self.shifts];
        let mut of_workers = vec![0_i128; self.shifts * days];
        for (t, &price) in prices.cover.iter().enumerate() {
            let price = i128::from(price);
            total += price * self.required(t);
            of_missing[t] -= price;
            of_extra[t] += price;
            self.covering[t]
                .iter()
                .for_each(|&x| of_workers[x] -= price);
        }
        for &(row, price) in &prices.rows {
            assert!(price >= 0, "a row turned round");
            let price = i128::from(price);
            match &rows[row] {
                DesignRow::Presence { shift, interval } => {
                    of_use[*shift] -= price * self.required(*interval);
                    of_extra[*interval] -= price;
                    for &x in &self.covering[*interval] {
                        if x / days == *shift {
                            of_workers[x] += price;
                        }
                    }
                }
                DesignRow::Need { weights, in_use } => {
                    let need: i128 = (weights.iter())
                        .map(|&(t, weight)| i128::from(weight) * self.required(t))
                        .sum();
                    assert!(need > 0, "a row that needs nothing");
                    let mut sums = vec![0_i128; self.shifts * days];
                    let mut seen = BTreeSet::new();
                    for &(t, weight) in weights {
                        assert!(seen.insert(t), "an interval with two weights");
                        let weight = i128::from(weight);
                        of_missing[t] -= price * weight.max(0);
                        of_extra[t] -= price * (-weight).max(0);
                        self.covering[t].iter().for_each(|&x| sums[x] += weight);
                    }
                    let counted: BTreeSet<usize> = in_use.iter().copied().collect();
                    total += price * need;
                    for &shift in &counted {
                        of_use[shift] -= price * need;
                    }
                    for (x, sum) in sums.into_iter().enumerate() {
                        if !counted.contains(&(x / days)) {
                            of_workers[x] -= price * sum.max(0);
                        }
                    }
                }
                other => panic!("no formula for {other:?}"),
            }
        }
        let highest = problem.required.iter().copied().max().unwrap_or(0);
        for t in 0..intervals {
            total += (of_missing[t] * self.required(t)).min(0);
            let most = 2 * i128::from(highest) - self.required(t);
            total += (of_extra[t] * most).min(0);
        }
        for (shift, mut used) in of_use.into_iter().enumerate() {
            let of_day = shift * days..(shift + 1) * days;
            for x in of_day.clone() {
                let (least, most) = part.workers[x];
                used += (of_workers[x] * least).min(of_workers[x] * most);
            }
            let may_rest = part.in_use[shift] != Some(true);
            let rests = (may_rest && part.workers[of_day].iter().all(|w| w.0 == 0)).then_some(0);
            let works = (part.in_use[shift] != Some(false)).then_some(used);
            total += rests.into_iter().chain(works).min()?;
        }
        Some(total)
    }
}

/// Asserts that no plan costs less than a bound, by the prices of the leaves.
#[track_caller]
pub(crate) fn assert_proves(problem: &DesignProblem, proof: &DesignCertificate, bound: i64) {
    let numbered = Numbered::new(problem);
    let is_free = problem.per_shift == 0;
    let all = Part {
        in_use: vec![is_free.then_some(true); numbered.shifts],
        workers: numbered.peaks.iter().map(|&peak| (0, peak)).collect(),
    };
    let mut least = None;
    let mut open = vec![(0, all)];
    while let Some((node, part)) = open.pop() {
        if part.workers.iter().any(|(least, most)| least > most) {
            continue;
        }
        match &proof.nodes[node] {
            DesignNode::Leaf { prices } => {
                let of_leaf = numbered.least(&part, &proof.rows, &proof.prices[*prices]);
                least = least.into_iter().chain(of_leaf).min();
            }
            DesignNode::Split { choice, low, high } => {
                let (mut fewer, mut more) = (part.clone(), part);
                match choice {
                    DesignChoice::InUse { shift } => {
                        assert_eq!(fewer.in_use[*shift], None, "a shift is split twice");
                        fewer.in_use[*shift] = Some(false);
                        more.in_use[*shift] = Some(true);
                    }
                    DesignChoice::Workers {
                        shift,
                        day,
                        at_most,
                    } => {
                        let x = shift * problem.days + day;
                        let cut = i128::from(*at_most);
                        fewer.workers[x].1 = fewer.workers[x].1.min(cut);
                        more.workers[x].0 = more.workers[x].0.max(cut + 1);
                    }
                    other => panic!("no way to split by {other:?}"),
                }
                open.extend([(*low, fewer), (*high, more)]);
            }
            other => panic!("no node like {other:?}"),
        }
    }
    // The cost before the bound is too cheap: costs are multiples of what they are made of.
    let minutes = i64::from(problem.interval_minutes);
    let parts = [
        problem.under * minutes,
        problem.over * minutes,
        problem.per_shift,
    ];
    let step = parts.into_iter().fold(0, greatest_common_divisor).max(1);
    assert_eq!(bound % step, 0, "{bound} is no cost");
    if bound > 0 {
        let least = least.expect("some leaf has plans");
        let before = i128::from(bound - step) * i128::from(DesignPrices::SCALE);
        assert!(
            before < least,
            "{bound} is not proven, only {least} parts are"
        );
    }
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 {
        a
    } else {
        greatest_common_divisor(b, a % b)
    }
}
