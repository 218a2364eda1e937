//! Least-cost sizes of the groups of a case, as a file.

use serde::Serialize;

use crate::planning::{Mix, MixEnd};
use crate::simulation::{Layout, Quantity, Scope};

#[derive(Debug, Serialize)]
struct MixFile<'a> {
    case: &'a str,
    seed: u64,
    groups: Vec<GroupFile<'a>>,
    cost: f64,
    pooled: f64,
    fluid: f64,
    targets: Vec<TargetFile<'a>>,
    end: &'static str,
    simulations: usize,
    contacts: u64,
}

#[derive(Debug, Serialize)]
struct GroupFile<'a> {
    id: &'a str,
    agents: &'a [u32],
}

#[derive(Debug, Serialize)]
struct TargetFile<'a> {
    r#type: Option<&'a str>,
    period: Option<usize>,
    quantity: &'static str,
    target: f64,
    mean: f64,
    half_width: f64,
    holds: bool,
}

/// The text of sizes found for a layout with a seed; `type` is null for all types, and what is no
/// number is.
///
/// # Errors
/// An error of the JSON writer, which sizes do not cause.
pub fn mix_json(layout: &Layout, mix: &Mix, seed: u64) -> Result<String, serde_json::Error> {
    let id = |k: usize| layout.types.get(k).map(|contact| contact.id.as_str());
    let targets = mix.levels.iter().map(|level| {
        let (kind, period) = match level.condition.scope {
            Scope::Type(k) => (id(k), None),
            Scope::TypeIn(k, p) => (id(k), Some(p)),
            Scope::Period(p) => (None, Some(p)),
            _ => (None, None),
        };
        TargetFile {
            r#type: kind,
            period,
            quantity: Quantity::name(level.condition.quantity),
            target: level.condition.share.get(),
            mean: level.mean,
            half_width: level.half_width,
            holds: level.holds,
        }
    });
    let groups = layout.groups.iter().zip(&mix.sizes);
    let file = MixFile {
        case: &layout.name,
        seed,
        groups: groups
            .map(|(group, agents)| GroupFile {
                id: &group.id,
                agents,
            })
            .collect(),
        cost: mix.cost,
        pooled: mix.pooled,
        fluid: mix.fluid,
        targets: targets.collect(),
        end: match mix.end {
            MixEnd::LocalMinimum => "local_minimum",
            MixEnd::Unreachable => "unreachable",
            MixEnd::NotProven => "not_proven",
            MixEnd::TimeLimit => "time_limit",
            MixEnd::Cancelled => "cancelled",
        },
        simulations: mix.simulations,
        contacts: mix.contacts,
    };
    let mut text = serde_json::to_string_pretty(&file)?;
    text.push('\n');
    Ok(text)
}
