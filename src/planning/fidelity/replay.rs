//! What a crew would have done with contacts that came.

use super::{Facts, FidelityError, Setting};
use crate::planning::trial::line::{crewed, join, stay_after_closing};
use crate::simulation::{Arrivals, Centre, ContactType, Layout, Options, simulate};

/// Contacts of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Attained {
    /// Contacts that came, on average over the replications.
    pub offered: f64,
    /// Those answered in time.
    pub in_time: f64,
}

impl Attained {
    /// Share in time; 1 without contacts.
    pub fn level(&self) -> f64 {
        if self.offered > 0.0 {
            self.in_time / self.offered
        } else {
            1.0
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            offered: self.offered + other.offered,
            in_time: self.in_time + other.in_time,
        }
    }
}

/// Sends exactly `counts` contacts to a crew, interval by interval. Chance is left with the moment
/// within the interval, the handling times and the patience, so some replications are averaged: all
/// of the week first, then each of its `days`.
///
/// Contacts in progress are finished after their agent's shift; after closing, the last crew still
/// answers whoever waits.
///
/// # Errors
/// [`FidelityError`] when the numbers are none of a centre.
pub fn replay(
    setting: &Setting,
    interval_seconds: f64,
    agents: &[u32],
    counts: &[u32],
    facts: &Facts,
    options: &Options<'_>,
) -> Result<Vec<Attained>, FidelityError> {
    let mut present = agents.to_vec();
    let arrives: Vec<bool> = counts.iter().map(|&count| count > 0).collect();
    stay_after_closing(&mut present, &arrives);
    let mut layout = Layout::new("replay", vec![interval_seconds; agents.len()]);
    let contacts = ContactType {
        arrivals: Arrivals::Counts(counts.to_vec()),
        answer_within: setting.answer_within.as_secs_f64(),
        ..ContactType::new("contacts", Vec::new())
    };
    join(
        &mut layout,
        contacts,
        facts.patience_seconds,
        facts.aht_seconds,
    );
    let layout = crewed(layout, present);
    let spans = options.spans.len();
    let seen = simulate(&Centre::new(layout)?, options)?;
    let replications = f64::from(seen.replications.max(1));
    let mean = |span: usize| {
        let outcomes = seen.outcomes(0, span).iter();
        let sum = outcomes.fold((0.0, 0.0), |sum, o| {
            (sum.0 + f64::from(o.offered), sum.1 + f64::from(o.in_time))
        });
        Attained {
            offered: sum.0 / replications,
            in_time: sum.1 / replications,
        }
    };
    Ok((0..spans).map(mean).collect())
}
