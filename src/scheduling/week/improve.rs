//! A first plan, and its improvement window by window.

use std::time::Instant;

use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use rayon::prelude::*;

use super::frame::{Frame, Pattern};
use super::ascent::{FoundPrices, PriceOptions, find_prices};
use super::neighbours::Neighbours;
use super::rest::Rest;
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
    expected: Option<&FoundPrices>,
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
    if let Some(found) = expected {
        for j in (0..frame.options.len()).filter(|&j| !planned[j] && options.binary_search(&j).is_err()) {
            rest.expect(frame, j, found.activity[j], &found.duties[j]);
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
    let mut window = Window::new(frame, &rest, options, &now, sharers);
    window.is_rough = expected.is_some();
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

pub(super) fn run(frame: &Frame<'_>, guide: &FoundPrices, knobs: &Knobs, seconds: f64, seed: u64, bound: f64) -> Roster {
    let begun = Instant::now();
    let deadline = begun + std::time::Duration::from_secs_f64(seconds);
    let week = frame.week;
    let mut roster = Roster::empty(frame);
    let gap = |r: &Roster| (r.cost(frame) as f64 - bound) / r.cost(frame) as f64 * 100.0;
    let soft = guide;
    let mut planned = vec![false; frame.options.len()];
    // check coverage
    {
        let mut rest = Rest::of(frame, &roster, &[]);
        for j in 0..frame.options.len() { rest.expect(frame, j, soft.activity[j], &soft.duties[j]); }
        let mut short = 0.0; let mut over = 0.0;
        for t in 0..week.intervals { let m = frame.sets.iter().map(|s| s.required[t] as f64 - s.pools.iter().map(|&p| rest.duty[p][t]).sum::<f64>()).fold(0.0, f64::max); short += m; 
          let all: f64 = rest.duty.iter().map(|d| d[t]).sum(); let need: i64 = week.languages.iter().map(|l| l.required[t] as i64).sum(); over += (all - need as f64).max(0.0); }
        eprintln!("expected people {:.1} short {short:.1} over {over:.1} share {:?} paid {:?}", rest.total(), rest.by_type, rest.paid);
    }
    let neighbours = Neighbours::new(frame);
    for batch in neighbours.sweep() {
        let done = batch.par_iter().map(|w| {
            (w, replan(frame, &roster, Some(soft), &planned, w, 1.0, 400, knobs.batch, true, None).0)
        }).collect::<Vec<_>>();
        for (w, found) in done {
            if let Some(people) = &found.people {
                accept(frame, &mut roster, w, people);
            } else { eprintln!("window without plan: {} options nodes {} pivots {} size {:?}", w.len(), found.nodes, found.pivots, found.size); }
            for &j in w { planned[j] = true; }
        }
        eprintln!("  batch of {}: t {:.2} pivots", batch.len(), cpu());
    }
    eprintln!("first cost {} gap {:.3} missing {} t {:.2}", roster.cost(frame), gap(&roster), roster.missing.iter().sum::<i64>(), begun.elapsed().as_secs_f64());
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut lpstat = [0u64; 4];
    let mut round = 0;
    let mut stat = [(0.0, 0i64, 0usize); 4];
    let mut t_phase = cpu() * 1.6;
    let (mut tried, mut better, mut exhausted, mut pivots, mut nodes, mut rows, mut cols) = (0, 0, 0, 0, 0, 0, 0);
    let mut next_report = 1.0;
    while cpu() < seconds && round < knobs.rounds {
        let size = if knobs.side < 10 { knobs.side } else if knobs.side < 100 { random.random_range(0..knobs.side/10) } else { random.random_range(0..Neighbours::sizes()) };
        let windows = neighbours.batch(size, &mut random);
        let sharers = windows.len() as f64;
        let (c0, before_batch) = (cpu(), roster.cost(frame));
        let results: Vec<(Found, i64)> = windows.par_iter().map(|w| replan(frame, &roster, None, &[], w, sharers, knobs.nodes, knobs.batch, false, None)).collect();
        for (w, (found, cost)) in windows.iter().zip(results) {
            tried += 1; for i in 0..4 { lpstat[i] += found.stat[i]; } exhausted += usize::from(found.is_exhausted); pivots += found.pivots; nodes += found.nodes; rows += found.size.0; cols += found.size.1;
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
        stat[size].0 += cpu() - c0; stat[size].1 += before_batch - roster.cost(frame); stat[size].2 += windows.len();
        if t_phase < cpu() { eprintln!("  phase {:.1}: {}", cpu(), stat.iter().map(|s| format!("[{:.1}s gain {} per s {:.0} windows {}]", s.0, s.1, s.1 as f64 / s.0.max(0.01), s.2)).collect::<Vec<_>>().join(" ")); stat = [(0.0, 0i64, 0usize); 4]; t_phase = cpu() * 1.6; }
        let t = cpu();
        if t > next_report {
            eprintln!("t {t:.1} round {round} tried {tried} better {better} exhausted {exhausted} nodes {nodes} pivots {pivots} cost {} gap {:.3} missing {}", roster.cost(frame), gap(&roster), roster.missing.iter().sum::<i64>());
            next_report = t * 1.4;
        }
    }
    eprintln!("dual pivots, primal pivots, primal calls, row rounds {lpstat:?}");
    eprintln!("end: tried {tried} better {better} exhausted {exhausted} cost {} gap {:.3} total shifts {} rows {} cols {} pivots {pivots} nodes {nodes} t {:.1}", roster.cost(frame), gap(&roster), roster.total(), rows/tried.max(1), cols/tried.max(1), begun.elapsed().as_secs_f64());
    roster
}

pub fn trial(week: &super::Week, nodes: usize, batch: usize, span: usize, side: usize, rounds: usize, seconds: f64, seed: u64, bound: f64) {
    let frame = Frame::new(week);
    eprintln!("options {} step {} sets {}", frame.options.len(), frame.step, frame.sets.len());
    let c = cpu();
    let guide = &find_prices(week, PriceOptions { steps: std::env::var("STEPS").map_or(1000, |v| v.parse().unwrap()) }, &|| false).unwrap();
    eprintln!("bound {} gap to given {:.4} in {:.2}", guide.bound, (bound - guide.bound as f64) / bound * 100.0, cpu() - c);
    let _ = run(&frame, guide, &Knobs { nodes, batch, span, side, rounds }, seconds, seed, bound);
}

fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/self/stat").unwrap();
    let f: Vec<&str> = s.rsplit(')').next().unwrap().split_whitespace().collect();
    (f[11].parse::<f64>().unwrap() + f[12].parse::<f64>().unwrap()) / 100.0
}
