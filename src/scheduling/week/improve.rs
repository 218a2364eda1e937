//! A first plan, and its improvement window by window.

use std::time::Instant;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use super::frame::{Frame, Pattern};
use super::rest::{Expected, Rest};
use super::roster::Roster;
use super::window::{Effort, Found, Window, search};

pub(super) struct Knobs {
    pub(super) nodes: usize,
    pub(super) batch: usize,
    pub(super) span: usize,
    pub(super) side: usize,
    pub(super) rounds: usize,
}

/// Plans some options anew; the roster changes when a plan that costs no more is found.
fn replan(
    frame: &Frame<'_>,
    roster: &Roster,
    expected: &[Expected],
    planned: &[bool],
    options: &[usize],
    sharers: f64,
    nodes: usize,
    batch: usize,
    first: bool,
    deadline: Option<Instant>,
) -> (Found, i64) {
    let now: Vec<i64> = options.iter().map(|&j| roster.people(j)).collect();
    let mut seeds: Vec<(usize, Pattern)> = Vec::new();
    let mut cost = 0;
    for (place, &j) in options.iter().enumerate() {
        for (&pattern, &count) in &roster.worked[j] {
            seeds.push((place, pattern));
            cost += frame.options[j].cost * i64::from(count);
        }
    }
    let mut rest = Rest::of(frame, roster, options);
    for (j, e) in expected.iter().enumerate() {
        if e.people > 0.0 && !planned[j] && options.binary_search(&j).is_err() {
            rest.expect(frame, j, e);
        }
    }
    let mut inside = vec![false; frame.week.intervals];
    for &j in options {
        let o = &frame.options[j];
        for d in 0..frame.week.shift_types[o.shift_type].length {
            inside[frame.week.after(o.start, d)] = true;
        }
    }
    let missing: i64 = (0..inside.len()).filter(|&t| inside[t]).map(|t| roster.missing[t]).sum();
    cost += missing * frame.missing_price;
    let window = Window::new(frame, &rest, options, &now, sharers);
    let effort = Effort {
        nodes,
        batch,
        first,
        below: cost as f64 + 0.5,
        deadline,
        is_cancelled: &|| false,
    };
    (search(&window, &seeds, &effort), cost)
}

fn accept(frame: &Frame<'_>, roster: &mut Roster, options: &[usize], people: &[(usize, Pattern, u32)]) {
    roster.clear(frame, options);
    for &(j, pattern, count) in people {
        roster.add(frame, j, pattern, count);
    }
    roster.recount_missing(frame, 0..frame.week.intervals);
}

pub(super) fn run(frame: &Frame<'_>, knobs: &Knobs, seconds: f64, seed: u64, bound: f64) -> Roster {
    let begun = Instant::now();
    let deadline = begun + std::time::Duration::from_secs_f64(seconds);
    let week = frame.week;
    let mut roster = Roster::empty(frame);
    let gap = |r: &Roster| (r.cost(frame) as f64 - bound) / r.cost(frame) as f64 * 100.0;
    let singles = week.pools.len() == 1;
    if singles {
        let all: Vec<usize> = (0..frame.options.len()).collect();
        let (found, _) = replan(frame, &roster, &[], &[], &all, 1.0, 400, knobs.batch, true, None);
        eprintln!("first: relax {} nodes {} pivots {} t {:.2}", found.relaxation, found.nodes, found.pivots, begun.elapsed().as_secs_f64());
        if let Some(p) = &found.people { accept(frame, &mut roster, &all, p); }
    } else {
        for day in 0..week.days() {
            let opts: Vec<usize> = (0..frame.options.len()).filter(|&j| frame.options[j].day == day).collect();
            let (found, _) = replan(frame, &roster, &[], &[], &opts, (week.days() - day) as f64, 400, knobs.batch, true, None);
            eprintln!("day {day}: relax {} nodes {} pivots {} t {:.2}", found.relaxation, found.nodes, found.pivots, begun.elapsed().as_secs_f64());
            if let Some(p) = &found.people { accept(frame, &mut roster, &opts, p); }
        }
    }
    eprintln!("first cost {} gap {:.3} missing {} t {:.2}", roster.cost(frame), gap(&roster), roster.missing.iter().sum::<i64>(), begun.elapsed().as_secs_f64());
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut round = 0;
    let (mut tried, mut better, mut exhausted, mut pivots, mut nodes, mut rows, mut cols) = (0, 0, 0, 0, 0, 0, 0);
    let mut next_report = 1.0;
    while cpu() < seconds && round < knobs.rounds {
        // A batch of disjoint windows.
        let n = week.intervals;
        let longest = week.shift_types.iter().map(|k| k.length).max().unwrap();
        let mut windows: Vec<Vec<usize>> = Vec::new();
        if singles {
            let span = knobs.span;
            let reach = span + longest;
            let count = (n / reach).max(1).min(4);
            let first = random.random_range(0..n);
            for w in 0..count {
                let a = first + w * n / count + random.random_range(0..(n / count - reach + 1));
                let opts: Vec<usize> = (0..frame.options.len())
                    .filter(|&j| (frame.options[j].start + n - a % n) % n < span)
                    .collect();
                if !opts.is_empty() { windows.push(opts); }
            }
        } else {
            for day in 0..week.days() {
                // A few related pools.
                let p0 = random.random_range(0..week.pools.len());
                let mut related: Vec<usize> = vec![p0];
                while related.len() < knobs.side {
                    let q = random.random_range(0..week.pools.len());
                    let shares = related.iter().any(|&p| week.pools[p].languages.iter().any(|l| week.pools[q].languages.contains(l)));
                    if shares && !related.contains(&q) { related.push(q); }
                }
                let opts: Vec<usize> = (0..frame.options.len())
                    .filter(|&j| frame.options[j].day == day && related.contains(&frame.options[j].pool))
                    .collect();
                windows.push(opts);
            }
        }
        let sharers = windows.len() as f64;
        let results: Vec<(Found, i64)> = windows.par_iter().map(|w| replan(frame, &roster, &[], &[], w, sharers, knobs.nodes, knobs.batch, false, None)).collect();
        for (w, (found, cost)) in windows.iter().zip(results) {
            tried += 1; exhausted += usize::from(found.is_exhausted); pivots += found.pivots; nodes += found.nodes; rows += found.size.0; cols += found.size.1;
            if let Some(people) = &found.people {
                let before = roster.cost(frame);
                let mut after = roster.clone();
                accept(frame, &mut after, w, people);
                if after.cost(frame) <= before {
                    if after.cost(frame) < before { better += 1; }
                    roster = after;
                } else {
                    eprintln!("worse?! {} {} predicted window cost {}", before, after.cost(frame), cost);
                }
            }
        }
        round += 1;
        let t = cpu();
        if t > next_report {
            eprintln!("t {t:.1} round {round} tried {tried} better {better} exhausted {exhausted} nodes {nodes} pivots {pivots} cost {} gap {:.3} missing {}", roster.cost(frame), gap(&roster), roster.missing.iter().sum::<i64>());
            next_report = t * 1.4;
        }
    }
    eprintln!("end: tried {tried} better {better} exhausted {exhausted} cost {} gap {:.3} total shifts {} rows {} cols {} pivots {pivots} nodes {nodes} t {:.1}", roster.cost(frame), gap(&roster), roster.total(), rows/tried, cols/tried, begun.elapsed().as_secs_f64());
    roster
}

pub fn trial(week: &super::Week, nodes: usize, batch: usize, span: usize, side: usize, rounds: usize, seconds: f64, seed: u64, bound: f64) {
    let frame = Frame::new(week);
    eprintln!("options {} step {} sets {}", frame.options.len(), frame.step, frame.sets.len());
    let _ = run(&frame, &Knobs { nodes, batch, span, side, rounds }, seconds, seed, bound);
}

fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/self/stat").unwrap();
    let f: Vec<&str> = s.rsplit(')').next().unwrap().split_whitespace().collect();
    (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) / 100.0
}
