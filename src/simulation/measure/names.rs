//! Measures by name, as files and people ask for them.

use super::super::centre::Layout;
use super::{Estimate, Quantity, Scope};

/// A measure with its name: `served`, `served.TYPE`, `occupancy.GROUP`, `served.TYPE.pN`.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The quantity, and after dots the type or group and the period, counted from 0.
    pub name: String,
    /// What is measured.
    pub quantity: Quantity,
    /// Of what.
    pub scope: Scope,
    /// The estimate.
    pub estimate: Estimate,
}

/// A value that somebody else found.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// Name of the measure.
    pub measure: String,
    /// The value.
    pub value: f64,
    /// The interval it was published with; `None` for exact values.
    pub interval: Option<(f64, f64)>,
}

impl Expectation {
    /// Whether an estimate lies in the interval widened by its own half-width on each side; of an
    /// exact value, whether it lies within the half-width.
    pub fn agrees_with(&self, estimate: &Estimate) -> bool {
        let (low, high) = self.interval.unwrap_or((self.value, self.value));
        let own = estimate.half_width.unwrap_or(0.0);
        (low - own..=high + own).contains(&estimate.mean)
    }
}

/// Every scope of a layout with its suffix, dots included.
pub(in crate::simulation) fn scopes(layout: &Layout) -> Vec<(Scope, String)> {
    let periods = layout.periods.len();
    let mut all = vec![(Scope::All, String::new())];
    for (k, contact) in layout.types.iter().enumerate() {
        all.push((Scope::Type(k), format!(".{}", contact.id)));
    }
    // A group that is called like a type is told by occupancy only, which types do not have.
    for (g, group) in layout.groups.iter().enumerate() {
        all.push((Scope::Group(g), format!(".{}", group.id)));
    }
    for p in 0..periods {
        all.push((Scope::Period(p), format!(".p{p}")));
    }
    for (k, contact) in layout.types.iter().enumerate() {
        for p in 0..periods {
            all.push((Scope::TypeIn(k, p), format!(".{}.p{p}", contact.id)));
        }
        if !contact.carried_over.is_empty() {
            all.push((Scope::Carried(k), format!(".{}.carried_over", contact.id)));
        }
    }
    for (g, group) in layout.groups.iter().enumerate() {
        for p in 0..periods {
            all.push((Scope::GroupIn(g, p), format!(".{}.p{p}", group.id)));
        }
    }
    all
}

/// Whether a quantity of a scope has a name of its own.
pub(in crate::simulation) fn is_named(layout: &Layout, quantity: Quantity, scope: Scope) -> bool {
    match scope {
        Scope::Group(g) if quantity != Quantity::Occupancy => {
            let id = &layout.groups[g].id;
            layout.types.iter().all(|contact| &contact.id != id)
        }
        _ => true,
    }
}
