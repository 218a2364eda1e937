//! Breaks for people who are settled: from the fractional places of a linear program to whole
//! ones, by moving single breaks away from where agents are short.

use super::master::Master;
use crate::scheduling::week::frame::Pattern;
use crate::units::whole;

/// Moves that may be made without getting better.
const SIDEWAYS: usize = 400;

/// People of one option and one of its breaks, by place in its window.
struct Crew {
    /// Position of the option within the window.
    place: usize,
    pool: usize,
    /// The interval at which the first place begins, and the length of the break.
    first: usize,
    length: usize,
    counts: Vec<u32>,
}

/// Whole patterns for whole people, and the agents missing with them. `totals` are the people on
/// each option of the window.
pub(super) fn place(master: &Master<'_>, totals: &[f64]) -> (Vec<(usize, Pattern, u32)>, f64) {
    let (frame, week) = (master.window.frame, master.window.frame.week);
    let n = week.intervals;
    let mut duty = vec![vec![0.0; n]; master.pools.len()];
    let mut crews: Vec<Crew> = Vec::new();
    let mut crews_at: Vec<Vec<(usize, usize)>> = vec![Vec::new(); n];
    let shares = shares(master);
    for (at, people) in totals.iter().enumerate() {
        let people = whole::round(*people);
        if people == 0 {
            continue;
        }
        let o = &frame.options[master.window.options[at]];
        let shift = &week.shift_types[o.shift_type];
        let pool = master.pool_of[o.pool];
        for d in 0..shift.length {
            duty[pool][week.after(o.start, d)] += f64::from(people);
        }
        for (b, pause) in shift.breaks.iter().enumerate() {
            let counts = apportion(&shares[at][b], people);
            for (q, &count) in counts.iter().enumerate() {
                for d in 0..pause.length {
                    let t = week.after(o.start, pause.first + q + d);
                    duty[pool][t] -= f64::from(count);
                    crews_at[t].push((crews.len(), q));
                }
            }
            crews.push(Crew {
                place: at,
                pool,
                first: week.after(o.start, pause.first),
                length: pause.length,
                counts,
            });
        }
    }
    let missing = mend(master, &mut duty, &mut crews, &crews_at);
    (patterns(master, totals, &crews), missing)
}

/// Moves breaks until nobody is missing or nothing helps; what is missing then.
fn mend(
    master: &Master<'_>,
    duty: &mut [Vec<f64>],
    crews: &mut [Crew],
    crews_at: &[Vec<(usize, usize)>],
) -> f64 {
    let n = duty.first().map_or(0, Vec::len);
    let short = |duty: &[Vec<f64>], t: usize| master.shortage(t, |p| duty[p][t]);
    let mut missing: Vec<f64> = vec![0.0; n];
    for &t in &master.intervals {
        missing[t] = short(duty, t);
    }
    let mut random = 88_172_645_463_325_252_u64;
    let mut sideways = 0;
    loop {
        let open: Vec<usize> = (master.intervals.iter().copied())
            .filter(|&t| missing[t] > 1e-6)
            .collect();
        if open.is_empty() || sideways > SIDEWAYS {
            break;
        }
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let pick = usize::try_from(random >> 33).unwrap_or(0);
        let t = open[pick % open.len()];
        // The best move of a break that lies on the interval to another place.
        let mut best: Option<(f64, usize, usize, usize)> = None;
        let turn = pick % crews_at[t].len().max(1);
        for i in 0..crews_at[t].len() {
            let (c, q) = crews_at[t][(i + turn) % crews_at[t].len()];
            if crews[c].counts[q] == 0 {
                continue;
            }
            for to in (0..crews[c].counts.len()).filter(|&to| to != q) {
                let crew = &crews[c];
                let gain = gain(master, duty, &missing, crew, q, to);
                if best.is_none_or(|b| gain > b.0 + 1e-9) {
                    best = Some((gain, c, q, to));
                }
            }
        }
        let Some((gain, c, from, to)) = best.filter(|b| b.0 > -1e-9) else {
            sideways += 10;
            continue;
        };
        sideways += usize::from(gain < 1e-9);
        let crew = &mut crews[c];
        crew.counts[from] -= 1;
        crew.counts[to] += 1;
        let (pool, first, length) = (crew.pool, crew.first, crew.length);
        for (place, change) in [(from, 1.0), (to, -1.0)] {
            for d in 0..length {
                duty[pool][(first + place + d) % n] += change;
            }
        }
        for place in [from, to] {
            for d in 0..length {
                let t = (first + place + d) % n;
                missing[t] = short(duty, t);
            }
        }
    }
    missing.iter().sum()
}

/// Agents that are missing less when one break moves from one place to another.
fn gain(
    master: &Master<'_>,
    duty: &[Vec<f64>],
    missing: &[f64],
    crew: &Crew,
    from: usize,
    to: usize,
) -> f64 {
    let n = missing.len();
    let mut gain = 0.0;
    let covers = |place: usize, at: usize| (place..place + crew.length).contains(&at);
    for (place, other, change) in [(from, to, 1.0), (to, from, -1.0)] {
        for at in (place..place + crew.length).filter(|&at| !covers(other, at)) {
            let t = (crew.first + at) % n;
            let after = master.shortage(t, |p| {
                duty[p][t] + if p == crew.pool { change } else { 0.0 }
            });
            gain += missing[t] - after;
        }
    }
    gain
}

/// How the point of the program spreads each break of each option over its places.
fn shares(master: &Master<'_>) -> Vec<Vec<Vec<f64>>> {
    let (frame, week) = (master.window.frame, master.window.frame.week);
    let mut shares: Vec<Vec<Vec<f64>>> = (master.window.options.iter())
        .map(|&j| {
            let breaks = &week.shift_types[frame.options[j].shift_type].breaks;
            breaks
                .iter()
                .map(|b| vec![0.0; b.last - b.first + 1])
                .collect()
        })
        .collect();
    let (_, each) = master.point();
    for (person, people) in master.people.iter().zip(each).filter(|(_, x)| *x > 1e-9) {
        let o = &frame.options[master.window.options[person.place]];
        let breaks = &week.shift_types[o.shift_type].breaks;
        let offsets = frame.breaks(o.shift_type, person.pattern);
        for (b, (offset, _)) in offsets.enumerate() {
            shares[person.place][b][offset - breaks[b].first] += people;
        }
    }
    shares
}

/// Whole numbers near the shares that add up to the people: rounded down, the rest to the largest
/// remainders.
fn apportion(shares: &[f64], people: u32) -> Vec<u32> {
    let mut counts: Vec<u32> = shares.iter().map(|x| whole::floor(x + 1e-6)).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let rest = |q: usize| shares[q] - f64::from(whole::floor(shares[q] + 1e-6));
    order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)).then(a.cmp(&b)));
    let mut given: u32 = counts.iter().sum();
    for &q in order.iter().cycle().take(people as usize + shares.len()) {
        if given >= people {
            break;
        }
        counts[q] += 1;
        given += 1;
    }
    for count in &mut counts {
        let excess = given.saturating_sub(people).min(*count);
        *count -= excess;
        given -= excess;
    }
    counts
}

/// Patterns of single people whose breaks add up to the counts.
fn patterns(master: &Master<'_>, totals: &[f64], crews: &[Crew]) -> Vec<(usize, Pattern, u32)> {
    let (frame, week) = (master.window.frame, master.window.frame.week);
    let mut found = Vec::new();
    let mut crews = crews.iter().peekable();
    for (at, people) in totals.iter().enumerate() {
        let mut left = whole::round(*people);
        if left == 0 {
            continue;
        }
        let option = master.window.options[at];
        let shift_type = frame.options[option].shift_type;
        let breaks = &week.shift_types[shift_type].breaks;
        let mut rows: Vec<Vec<u32>> = Vec::new();
        while let Some(crew) = crews.next_if(|c| c.place == at) {
            rows.push(crew.counts.clone());
        }
        let mut places = vec![0_usize; rows.len()];
        while left > 0 {
            let mut together = left;
            for (row, place) in rows.iter().zip(&mut places) {
                while *place + 1 < row.len() && row[*place] == 0 {
                    *place += 1;
                }
                together = together.min(row[*place].max(1));
            }
            for (row, place) in rows.iter_mut().zip(&places) {
                row[*place] = row[*place].saturating_sub(together);
            }
            let offsets: Vec<usize> = places
                .iter()
                .zip(breaks)
                .map(|(p, b)| b.first + p)
                .collect();
            found.push((option, frame.pattern(shift_type, &offsets), together));
            left -= together;
        }
    }
    found
}
