//! Which parts of a week are planned anew together.

use rand::{Rng, RngExt};

use super::frame::Frame;

/// Options in a window, more or less, small to large.
const SIZES: [usize; 3] = [50, 100, 180];

/// Cuts a week into windows that do not touch each other, again and again.
#[derive(Debug)]
pub(super) struct Neighbours<'f> {
    frame: &'f Frame<'f>,
    /// Options that start in each interval.
    starting: Vec<Vec<usize>>,
    /// Stretches of the week that no shift crosses, as a first interval and a length.
    stretches: Vec<(usize, usize)>,
    longest: usize,
    /// Pools that share a language with each pool, itself included.
    related: Vec<Vec<usize>>,
}

impl<'f> Neighbours<'f> {
    pub(super) fn new(frame: &'f Frame<'f>) -> Self {
        let week = frame.week;
        let n = week.intervals;
        let mut starting = vec![Vec::new(); n];
        // Shifts present on both sides of the beginning of an interval.
        let mut crossing = vec![0_usize; n];
        let mut longest = 1;
        for (j, o) in frame.options.iter().enumerate() {
            starting[o.start].push(j);
            let length = week.shift_types[o.shift_type].length;
            longest = longest.max(length);
            for d in 1..length {
                crossing[week.after(o.start, d)] += 1;
            }
        }
        let cuts: Vec<usize> = (0..n)
            .filter(|&t| {
                crossing[t] == 0
                    && (crossing[(t + n - 1) % n] > 0 || !starting[(t + n - 1) % n].is_empty())
            })
            .collect();
        let stretches = (cuts.iter().enumerate())
            .map(|(i, &a)| (a, (cuts[(i + 1) % cuts.len()] + n - a - 1) % n + 1))
            .collect();
        let shares = |p: usize, q: usize| {
            let of_p = &week.pools[p].languages;
            week.pools[q].languages.iter().any(|l| of_p.contains(l))
        };
        let related = (0..week.pools.len())
            .map(|p| (0..week.pools.len()).filter(|&q| shares(p, q)).collect())
            .collect();
        Self {
            frame,
            starting,
            stretches,
            longest,
            related,
        }
    }

    /// Number of sizes of windows.
    pub(super) const fn sizes() -> usize {
        SIZES.len()
    }

    /// Windows that together hold every option once, in batches that share no interval: groups of
    /// related pools one after the other, each over every second part of the week and then over
    /// the parts between.
    pub(super) fn sweep(&self) -> Vec<Vec<Vec<usize>>> {
        let n = self.frame.week.intervals;
        let (parts, turns) = if self.stretches.is_empty() {
            // Parts so long that a shift ends within the next one.
            let count = (n / self.longest / 2 * 2).max(1);
            let parts: Vec<(usize, usize)> = (0..count)
                .map(|i| (i * n / count, (i + 1) * n / count - i * n / count))
                .collect();
            (parts, if count > 1 { 2 } else { 1 })
        } else {
            (self.stretches.clone(), 1)
        };
        let mut batches = Vec::new();
        for pools in self.groups() {
            for turn in 0..turns {
                let windows = parts
                    .iter()
                    .skip(turn)
                    .step_by(turns)
                    .map(|&(first, length)| {
                        let mut options: Vec<usize> = (0..length)
                            .flat_map(|d| self.starting[(first + d) % n].iter().copied())
                            .filter(|&j| pools.contains(&self.frame.options[j].pool))
                            .collect();
                        options.sort_unstable();
                        options
                    });
                batches.push(windows.filter(|w| !w.is_empty()).collect());
            }
        }
        batches
    }

    /// Pools in groups of relatives.
    fn groups(&self) -> Vec<Vec<usize>> {
        const GROUP: usize = 5;
        let count = self.frame.week.pools.len();
        let mut is_free = vec![true; count];
        let mut groups = Vec::new();
        for p in 0..count {
            if !is_free[p] {
                continue;
            }
            let mut group = vec![p];
            is_free[p] = false;
            while group.len() < GROUP {
                // The free pool with most relatives in the group.
                let near = |q: usize| {
                    group
                        .iter()
                        .filter(|&&g| self.related[g].contains(&q))
                        .count()
                };
                let next = (0..count)
                    .filter(|&q| is_free[q] && near(q) > 0)
                    .max_by_key(|&q| (near(q), std::cmp::Reverse(q)));
                let Some(q) = next else { break };
                is_free[q] = false;
                group.push(q);
            }
            groups.push(group);
        }
        groups
    }

    /// Windows that share no interval, of about the same size.
    pub(super) fn batch(&self, size: usize, random: &mut impl Rng) -> Vec<Vec<usize>> {
        let target = SIZES[size.min(SIZES.len() - 1)];
        let n = self.frame.week.intervals;
        let arcs: Vec<(usize, usize)> = if self.stretches.is_empty() {
            let count = (n / (2 * self.longest)).clamp(1, 9);
            let first = random.random_range(0..n);
            (0..count)
                .map(|i| {
                    (
                        (first + i * n / count) % n,
                        (i + 1) * n / count - i * n / count,
                    )
                })
                .collect()
        } else {
            self.stretches.clone()
        };
        (arcs.into_iter())
            .map(|arc| self.window(arc, target, random))
            .filter(|w| !w.is_empty())
            .collect()
    }

    /// Options within an arc whose shifts stay inside it: those of some related pools that start
    /// in a span of intervals.
    fn window(
        &self,
        (first, length): (usize, usize),
        target: usize,
        random: &mut impl Rng,
    ) -> Vec<usize> {
        let (frame, week) = (self.frame, self.frame.week);
        let stays = |j: usize, since: usize| {
            let o = &frame.options[j];
            since + week.shift_types[o.shift_type].length <= length
        };
        let mut inside: Vec<(usize, usize)> = Vec::new();
        for since in 0..length {
            let t = week.after(first, since);
            let here = self.starting[t].iter().copied();
            inside.extend(here.filter(|&j| stays(j, since)).map(|j| (since, j)));
        }
        if inside.is_empty() {
            return Vec::new();
        }
        let pools = self.some_pools(&inside, target, random);
        inside.retain(|&(_, j)| pools.contains(&frame.options[j].pool));
        // A span of neighbouring starts that holds about as many options as wanted.
        let from = if inside.len() <= target {
            0
        } else {
            random.random_range(0..=inside.len() - target)
        };
        let to = (from + target).min(inside.len());
        let span = inside[from].0..=inside[to - 1].0;
        let mut options: Vec<usize> = (inside.iter())
            .filter(|(since, _)| span.contains(since))
            .map(|&(_, j)| j)
            .collect();
        options.sort_unstable();
        options
    }

    fn some_pools(
        &self,
        inside: &[(usize, usize)],
        target: usize,
        random: &mut impl Rng,
    ) -> Vec<usize> {
        let count = self.frame.week.pools.len();
        if count == 1 {
            return vec![0];
        }
        let pool_of = |j: usize| self.frame.options[j].pool;
        let mut sizes = vec![0_usize; count];
        for &(_, j) in inside {
            sizes[pool_of(j)] += 1;
        }
        let mut pools = vec![pool_of(inside[random.random_range(0..inside.len())].1)];
        let mut size = sizes[pools[0]];
        // Few pools over their whole day, or many over part of it.
        let wanted = target * if random.random_bool(0.3) { 4 } else { 1 };
        while size < wanted && pools.len() < 60.min(count) {
            let mut near: Vec<usize> = (pools.iter())
                .flat_map(|&p| self.related[p].iter().copied())
                .filter(|q| !pools.contains(q) && sizes[*q] > 0)
                .collect();
            near.sort_unstable();
            near.dedup();
            if near.is_empty() {
                near = (0..count)
                    .filter(|q| !pools.contains(q) && sizes[*q] > 0)
                    .collect();
            }
            if near.is_empty() {
                break;
            }
            let q = near[random.random_range(0..near.len())];
            size += sizes[q];
            pools.push(q);
        }
        pools
    }
}
