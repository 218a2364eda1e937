//! Profiles and interval noise, chosen and measured at past origins.

use super::days::Days;
use super::low_rank::low_rank;
use super::noise::{IntervalRecord, Noise};
use super::preparation::Prepared;
use super::profile::{HALF_LIVES, ProfileLearner, Profiles, smoothed};

/// What is done to profiles against the noise of counts.
#[derive(Debug, Clone, Copy)]
enum Smoothing {
    None,
    Neighbours,
    LowRank,
}

impl Smoothing {
    const ALL: [Self; 3] = [Self::None, Self::Neighbours, Self::LowRank];

    fn of(self, profiles: &Profiles) -> Profiles {
        match self {
            Self::None => profiles.clone(),
            Self::Neighbours => (profiles.iter())
                .map(|p| p.as_ref().map(|p| smoothed(p)))
                .collect(),
            Self::LowRank => low_rank(profiles),
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Neighbours => ", neighbouring intervals smoothed",
            Self::LowRank => ", weekdays drawn from two shapes",
        }
    }
}

/// Profiles for the future, with the noise around them and the past profiles that were
/// measured to find both.
#[derive(Debug, Clone)]
pub(crate) struct Intraday {
    /// Profile of every place in the cycle.
    pub(crate) profiles: Profiles,
    /// Noise of a interval, the day total being known.
    pub(crate) noise: Noise,
    /// Profiles as known at each origin.
    pub(crate) at_origins: Vec<Profiles>,
    /// The way of learning that won.
    pub(crate) choice: String,
}

impl Intraday {
    /// Learns from a history; `origins` are ascending places in the open days.
    pub(crate) fn learn(
        days: &Days,
        prepared: &Prepared,
        origins: &[usize],
        horizon: usize,
    ) -> Self {
        let whole = days.whole_counts();
        if days.intervals() == 1 {
            let single: Profiles = vec![Some(vec![1.0]); prepared.series.period];
            return Self {
                profiles: single.clone(),
                noise: Noise::unknown(1, whole),
                at_origins: vec![single; origins.len()],
                choice: "one interval a day".to_owned(),
            };
        }
        let mut best: Option<(f64, Self)> = None;
        for half_life in HALF_LIVES {
            let (plain, last) = snapshots(days, prepared, origins, half_life);
            for smoothing in Smoothing::ALL {
                let view = |profiles: &Profiles| smoothing.of(profiles);
                let at_origins: Vec<Profiles> = plain.iter().map(view).collect();
                let records = records(days, prepared, &at_origins, origins, horizon);
                let loss: f64 = records
                    .iter()
                    .map(|record| (record.actual - record.expected).abs())
                    .sum();
                if best.as_ref().is_none_or(|(least, _)| loss < *least) {
                    let chosen = Self {
                        profiles: view(&last),
                        noise: Noise::learn(&records, days.intervals(), whole),
                        at_origins,
                        choice: format!("profile half-life {half_life} days{}", smoothing.words()),
                    };
                    best = Some((loss, chosen));
                }
            }
        }
        best.map_or_else(
            || Self {
                profiles: vec![None; prepared.series.period],
                noise: Noise::unknown(days.intervals(), whole),
                at_origins: Vec::new(),
                choice: String::new(),
            },
            |(_, chosen)| chosen,
        )
    }

    /// Shares of an ordinary future day.
    pub(crate) fn shares(&self, place: usize, intervals: usize) -> Vec<f64> {
        self.profiles
            .get(place)
            .cloned()
            .flatten()
            .unwrap_or_else(|| vec![1.0 / intervals as f64; intervals])
    }
}

/// Profiles known at every origin and at the end, from ordinary days.
fn snapshots(
    days: &Days,
    prepared: &Prepared,
    origins: &[usize],
    half_life: f64,
) -> (Vec<Profiles>, Profiles) {
    let period = prepared.series.period;
    let mut learner = ProfileLearner::new(days.intervals(), period, half_life);
    let mut taken = Vec::with_capacity(origins.len());
    let mut calendar_day = 0;
    for open in 0..=prepared.series.len() {
        if origins.get(taken.len()) == Some(&open) {
            taken.push(learner.profiles());
        }
        let Some(&index) = prepared.calendar_index.get(open) else {
            break;
        };
        while calendar_day <= index {
            learner.pass_day();
            calendar_day += 1;
        }
        // Days left out of the totals are left out here as well.
        if prepared.series.values[open].is_some()
            && let Some(row) = days.rows().get(index)
        {
            let total: f64 = row.iter().filter_map(|cell| cell.volume()).sum();
            learner.add(prepared.series.places[open], row, total);
        }
    }
    (taken, learner.profiles())
}

/// Intervals after each origin against the shares known there.
fn records(
    days: &Days,
    prepared: &Prepared,
    at_origins: &[Profiles],
    origins: &[usize],
    horizon: usize,
) -> Vec<IntervalRecord> {
    let mut records = Vec::new();
    for (&origin, profiles) in origins.iter().zip(at_origins) {
        for open in origin..(origin + horizon).min(prepared.series.len()) {
            let Some(profile) = &profiles[prepared.series.places[open]] else {
                continue;
            };
            let Some(row) = days.rows().get(prepared.calendar_index[open]) else {
                continue;
            };
            if prepared.series.values[open].is_none() {
                continue;
            }
            let known: f64 = row.iter().filter_map(|cell| cell.volume()).sum();
            let carried: f64 = row
                .iter()
                .zip(profile)
                .filter(|(cell, _)| cell.volume().is_some())
                .map(|(_, share)| share)
                .sum();
            if carried <= 0.0 {
                continue;
            }
            for (interval, (cell, &share)) in row.iter().zip(profile).enumerate() {
                if let Some(actual) = cell.volume() {
                    let expected = known * share / carried;
                    records.push(IntervalRecord {
                        interval,
                        expected,
                        actual,
                        share,
                    });
                }
            }
        }
    }
    records
}
