//! What every part of the search looks up: the shifts somebody could work, how break positions are
//! numbered, and which sets of languages can run short.

use super::{StartOption, Week, WeekShiftType};

/// More languages than this are not looked at in every combination.
const COMBINED: usize = 8;

/// Everything about a week that does not change during the search.
#[derive(Debug)]
pub(super) struct Frame<'w> {
    pub(super) week: &'w Week,
    pub(super) options: Vec<StartOption>,
    /// People agreed on each option, and the price of each one more or fewer.
    pub(super) agreed: Vec<i64>,
    pub(super) change_price: i64,
    /// Sets of languages whose joint requirement may bind.
    pub(super) sets: Vec<LanguageSet>,
    /// Price of a missing agent; above any shift's where coverage is a rule.
    pub(super) missing_price: i64,
    /// What it costs on the way to break a limit by one shift: more than any shift is worth.
    pub(super) broken_price: i64,
}

/// Languages, the pools that speak any of them, and what they need together.
#[derive(Debug)]
pub(super) struct LanguageSet {
    pub(super) pools: Vec<usize>,
    pub(super) required: Vec<i64>,
}

/// Break starts of one person, numbered by the positions within the windows.
pub(super) type Pattern = u64;

impl<'w> Frame<'w> {
    pub(super) fn new(week: &'w Week) -> Self {
        let options = week.options();
        let dearest = options.iter().map(|o| o.cost).max().unwrap_or(0);
        let missing_price = week.understaffing.unwrap_or(2 * dearest.max(1));
        let longest = week.shift_types.iter().map(|k| k.length).max().unwrap_or(0);
        let longest = i64::try_from(longest).unwrap_or(i64::MAX);
        let worth = missing_price.saturating_mul(longest);
        Self {
            week,
            broken_price: worth.saturating_add(2 * dearest).clamp(1, 1 << 40),
            agreed: week.agreed(&options),
            change_price: week.change_price(),
            options,
            sets: sets(week),
            missing_price,
        }
    }

    /// Price of a unit by which a share cap is broken.
    pub(super) fn broken_share(&self, hundredths: u32) -> i64 {
        self.broken_price / i64::from(hundredths.min(100 - hundredths.min(100)).max(1))
    }

    /// Price of a paid interval below a minimum.
    pub(super) fn broken_paid(&self) -> i64 {
        let shortest = self.week.shift_types.iter().map(WeekShiftType::paid).min();
        self.broken_price / i64::try_from(shortest.unwrap_or(1).max(1)).unwrap_or(1)
    }

    /// Agents missing in an interval when `duty` gives those on duty of each pool: the largest
    /// shortage of any set of languages, which is what the best allocation leaves.
    pub(super) fn missing(&self, interval: usize, duty: impl Fn(usize) -> i64) -> i64 {
        let short = |set: &LanguageSet| {
            let present: i64 = set.pools.iter().map(|&p| duty(p)).sum();
            set.required[interval] - present
        };
        self.sets.iter().map(short).max().unwrap_or(0).max(0)
    }

    /// Offsets of the breaks of a pattern, with their lengths.
    pub(super) fn breaks(
        &self,
        shift_type: usize,
        pattern: Pattern,
    ) -> impl Iterator<Item = (usize, usize)> + '_ {
        let mut rest = pattern;
        self.week.shift_types[shift_type]
            .breaks
            .iter()
            .map(move |b| {
                let places = (b.last - b.first + 1) as u64;
                let place = rest % places;
                rest /= places;
                (b.first + usize::try_from(place).unwrap_or(0), b.length)
            })
    }

    /// The pattern with these break offsets.
    pub(super) fn pattern(&self, shift_type: usize, offsets: &[usize]) -> Pattern {
        let breaks = &self.week.shift_types[shift_type].breaks;
        let pairs = breaks.iter().zip(offsets).rev();
        pairs.fold(0, |pattern, (b, offset)| {
            pattern * (b.last - b.first + 1) as u64 + (offset - b.first) as u64
        })
    }

    /// Stretches of a shift on duty, as intervals since its start.
    pub(super) fn stretches(&self, option: usize, pattern: Pattern) -> Vec<(usize, usize)> {
        let shift_type = self.options[option].shift_type;
        let length = self.week.shift_types[shift_type].length;
        let mut breaks: Vec<(usize, usize)> = self.breaks(shift_type, pattern).collect();
        breaks.sort_unstable();
        let mut stretches = Vec::with_capacity(breaks.len() + 1);
        let mut at = 0;
        for (offset, break_length) in breaks {
            stretches.push((at, offset));
            at = offset + break_length;
        }
        stretches.push((at, length));
        stretches.retain(|(from, to)| from < to);
        stretches
    }

    /// Calls `on` with every interval in which somebody on a shift is on duty.
    pub(super) fn on_duty(&self, option: usize, pattern: Pattern, mut on: impl FnMut(usize)) {
        let start = self.options[option].start;
        for (from, to) in self.stretches(option, pattern) {
            for d in from..to {
                on(self.week.after(start, d));
            }
        }
    }
}

fn sets(week: &Week) -> Vec<LanguageSet> {
    let count = week.languages.len();
    let masks: Vec<Vec<usize>> = if count <= COMBINED {
        let members = |mask: usize| (0..count).filter(move |l| mask & (1 << l) != 0);
        (1..1usize << count)
            .map(|mask| members(mask).collect())
            .collect()
    } else {
        // Single languages, those of each pool, and all: enough to steer by.
        let single = (0..count).map(|l| vec![l]);
        let pools = week.pools.iter().map(|p| p.languages.clone());
        single.chain(pools).chain([(0..count).collect()]).collect()
    };
    (masks.into_iter())
        .map(|languages| LanguageSet {
            pools: (0..week.pools.len())
                .filter(|&p| {
                    week.pools[p]
                        .languages
                        .iter()
                        .any(|l| languages.contains(l))
                })
                .collect(),
            required: (0..week.intervals)
                .map(|t| {
                    let needs = languages.iter().map(|&l| week.languages[l].required[t]);
                    needs.map(i64::from).sum()
                })
                .collect(),
        })
        .filter(|set| set.required.iter().any(|&r| r > 0))
        .collect()
}
