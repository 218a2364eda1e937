//! What a case says to somebody who sizes its groups: prices, bounds and targets.

use super::super::json::Json;
use super::super::report::Report;
use super::object::{Object, number};
use crate::planning::{GroupPrice, MixProblem, MixSizes, MixTarget};
use crate::simulation::{Layout, Scope};
use crate::units::Probability;
use crate::workforce::FaultCode;

/// A share, and the most that may hang up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Promised {
    share: Option<Probability>,
    abandonment: Option<Probability>,
}

/// Cost and bounds of a group, as far as they are stated.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Priced {
    cost: Option<f64>,
    least: Option<u32>,
    most: Option<u32>,
}

pub(super) fn priced(item: &Object<'_>) -> Priced {
    Priced {
        cost: item.number("cost"),
        least: item.whole("agents_min"),
        most: item.whole("agents_max"),
    }
}

/// A target: a share answered in time, or an object with `share` and `abandonment`.
pub(super) fn promised(item: &Object<'_>) -> Promised {
    let Some(json) = item.optional("target") else {
        return Promised::default();
    };
    let path = item.path_of("target");
    if !matches!(json, Json::Table(_)) {
        return Promised {
            share: share(json, &path, item.report),
            abandonment: None,
        };
    }
    let read = item.perhaps("target", |target| {
        let of = |key: &'static str| {
            let json = target.optional(key)?;
            share(json, &target.path_of(key), target.report)
        };
        Some(Promised {
            share: of("share"),
            abandonment: of("abandonment"),
        })
    });
    read.unwrap_or_default()
}

fn share(json: &Json, path: &str, report: &Report) -> Option<Probability> {
    let value = number(json, path, report)?;
    let share = Probability::new(value);
    if share.is_err() {
        let what = format!("{value} is no fraction");
        report.at(
            path,
            FaultCode::OutOfRange,
            what,
            "give a fraction from 0 to 1",
        );
    }
    share.ok()
}

/// What the case says of all groups and types.
#[derive(Debug)]
pub(super) struct Staffing {
    pub(super) prices: Vec<Priced>,
    pub(super) promised: Vec<Promised>,
    pub(super) overall: Promised,
    pub(super) sizes: MixSizes,
}

pub(super) fn sizes(root: &Object<'_>) -> MixSizes {
    let words = [
        ("constant", MixSizes::Constant),
        ("by_period", MixSizes::ByPeriod),
    ];
    root.choice("sizes", &words).unwrap_or_default()
}

impl Staffing {
    /// The problem of a centre. A group without a price costs 1.
    pub(super) fn problem(&self, layout: &Layout) -> MixProblem {
        let prices = self.prices.iter().enumerate().map(|(g, price)| {
            let free = GroupPrice::free(layout, g, price.cost.unwrap_or(1.0));
            let least = price.least.unwrap_or(0);
            GroupPrice {
                least,
                most: price.most.unwrap_or(free.most.max(least)),
                ..free
            }
        });
        let types = self.promised.iter().enumerate();
        let own = types.map(|(k, promised)| (Scope::Type(k), promised));
        let targets = own.chain([(Scope::All, &self.overall)]);
        let targets = targets.map(|(scope, promised)| MixTarget {
            scope,
            share: promised.share,
            abandonment: promised.abandonment,
        });
        MixProblem {
            layout: layout.clone(),
            prices: prices.collect(),
            targets: targets
                .filter(|target| target.share.is_some() || target.abandonment.is_some())
                .collect(),
            sizes: self.sizes,
        }
    }
}
