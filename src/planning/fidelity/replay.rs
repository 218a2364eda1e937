//! What a crew would have done with contacts that came.

use super::{Facts, FidelityError, Setting};
use crate::simulation::{
    Arrivals, Centre, ContactType, Group, Law, Layout, Options, ServiceTime, simulate,
};

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
    let mut present = Vec::with_capacity(agents.len());
    let mut last = 0;
    for (&agents, &count) in agents.iter().zip(counts) {
        if agents > 0 || count > 0 {
            last = agents;
        }
        present.push(last);
    }
    let mut layout = Layout::new("replay", vec![interval_seconds; agents.len()]);
    let patience = facts.patience_seconds.map(|mean| Law::Exponential { mean });
    layout.types.push(ContactType {
        arrivals: Arrivals::Counts(counts.to_vec()),
        answer_within: setting.answer_within.as_secs_f64(),
        patience: patience.into_iter().collect(),
        route: vec![0],
        ..ContactType::new("contacts", Vec::new())
    });
    layout.groups.push(Group::new("crew", present, &[0]));
    layout.service.push(ServiceTime {
        contact_type: 0,
        group: 0,
        law: vec![Law::Exponential {
            mean: facts.aht_seconds,
        }],
    });
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
