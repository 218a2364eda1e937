//! Types, groups and service times of a case.

use super::super::report::Report;
use super::object::Object;
use super::routing::Routing;
use super::staffing::{self, Priced, Promised};
use super::{distribution, unknown};
use crate::simulation::{Arrivals, ContactType, Group, Layout, Retry, ServiceTime, Take, Transfer};
use crate::workforce::FaultCode;

/// A contact type whose transfers are still names.
pub(super) struct TypePart {
    pub(super) contact: ContactType,
    pub(super) target: Promised,
    path: String,
    transfers: Vec<(f64, String, bool)>,
}

/// A group whose reserves are still names.
pub(super) struct GroupPart {
    pub(super) group: Group,
    pub(super) price: Priced,
    path: String,
    reserve: Vec<(String, u32)>,
}

pub(super) fn ids<T>(parts: Option<&[T]>, id: impl Fn(&T) -> &String) -> Option<Vec<String>> {
    parts.map(|parts| parts.iter().map(|part| id(part).clone()).collect())
}

pub(super) fn contact_type(item: &Object<'_>) -> Option<TypePart> {
    let id = item.text("id");
    let arrivals = arrivals(item);
    let patience = item
        .optional("patience")
        .map(|json| distribution::by_period(json, &item.path_of("patience"), item.report));
    let balk_probability = item.number("balk_probability").unwrap_or(0.0);
    let deadline = item.number("deadline");
    let answer_within = if deadline.is_some() {
        Some(item.number("answer_within").unwrap_or(0.0))
    } else {
        item.need_number("answer_within")
    };
    let max_wait = item.number("max_wait");
    let retry = item.optional("retry").map(|_| item.perhaps("retry", retry));
    let chat = item.flag("chat").unwrap_or(false);
    let carried_over = item.numbers("carried_over").unwrap_or_default();
    let transfers = item.optional("transfers").map(|_| {
        item.perhaps_each("transfers", |transfer| {
            let probability = transfer.need_number("probability");
            let to = transfer.text("to");
            let warm = transfer.flag("warm").unwrap_or(false);
            Some((probability?, to?, warm))
        })
    });
    let target = staffing::promised(item);
    Some(TypePart {
        contact: ContactType {
            arrivals: arrivals?,
            patience: or_none(patience)?.unwrap_or_default(),
            balk_probability,
            max_wait,
            answer_within: answer_within?,
            deadline,
            retry: or_none(retry)?,
            chat,
            carried_over,
            ..ContactType::new(id?, Vec::new())
        },
        target,
        path: item.path().to_owned(),
        transfers: or_none(transfers)?.unwrap_or_default(),
    })
}

/// What was there and could not be read is a failure; what was not there is none.
#[expect(clippy::option_option, reason = "absent and unreadable are two things")]
fn or_none<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    match read {
        None => Some(None),
        Some(None) => None,
        Some(Some(value)) => Some(Some(value)),
    }
}

fn arrivals(item: &Object<'_>) -> Option<Arrivals> {
    let keys = ["arrival_rate", "arrival_counts", "arrival_times"];
    let given: Vec<&str> = (keys.into_iter())
        .filter(|key| item.optional(key).is_some())
        .collect();
    match given[..] {
        ["arrival_rate"] => item.numbers("arrival_rate").map(Arrivals::Poisson),
        ["arrival_counts"] => item.counts("arrival_counts").map(Arrivals::Counts),
        ["arrival_times"] => item.numbers("arrival_times").map(Arrivals::Times),
        [] => {
            let what = "nothing says how contacts arrive";
            let action = "add `arrival_rate`, `arrival_counts` or `arrival_times`";
            item.fault("arrival_rate", FaultCode::MissingKey, what, action);
            None
        }
        _ => {
            let what = format!("arrivals are stated {} times", given.len());
            let action = format!("keep one of `{}`", given.join("`, `"));
            item.fault(given[0], FaultCode::Duplicate, what, action);
            None
        }
    }
}

fn retry(item: &Object<'_>) -> Option<Retry> {
    let probability = item.need_number("probability");
    let delay = item.need("delay");
    let delay = delay.and_then(|json| distribution::one(json, item.path_of("delay"), item.report));
    let fresh = item.flag("fresh").unwrap_or(false);
    Some(Retry {
        probability: probability?,
        delay: delay?,
        fresh,
    })
}

pub(super) fn group(item: &Object<'_>) -> Option<GroupPart> {
    let id = item.text("id");
    let agents = item.need_counts("agents");
    let concurrency = item.whole("concurrency").unwrap_or(1);
    let slowdown = item.numbers("slowdown").unwrap_or_default();
    let reserve = item.optional("reserve").map(|json| {
        let by_type = Object::new(json, item.path_of("reserve"), item.report)?;
        let read = |(name, value): &(String, super::Json)| {
            let path = by_type.path_of(name);
            Some((
                name.clone(),
                super::object::count(value, &path, item.report)?,
            ))
        };
        by_type
            .entries()
            .iter()
            .map(read)
            .collect::<Option<Vec<_>>>()
    });
    Some(GroupPart {
        group: Group {
            concurrency,
            slowdown,
            ..Group::new(id?, agents?, &[])
        },
        price: staffing::priced(item),
        path: item.path().to_owned(),
        reserve: or_none(reserve)?.unwrap_or_default(),
    })
}

pub(super) fn service(
    item: &Object<'_>,
    types: Option<&[String]>,
    groups: Option<&[String]>,
) -> Option<ServiceTime> {
    let contact_type = item.text("type");
    let group = item.text("group");
    let law = distribution::of(item);
    let place = |key: &str, noun: &str, name: &str, known: Option<&[String]>| {
        let known = known?;
        let found = known.iter().position(|id| id == name);
        if found.is_none() {
            unknown(item.report, item.path_of(key), noun, name, known);
        }
        found
    };
    let contact_type = contact_type.and_then(|name| place("type", "type", &name, types));
    let group = group.and_then(|name| place("group", "group", &name, groups));
    Some(ServiceTime {
        contact_type: contact_type?,
        group: group?,
        law: law?,
    })
}

/// Puts the parts together, names becoming places.
pub(super) fn assemble(
    layout: &mut Layout,
    types: Vec<TypePart>,
    groups: Vec<GroupPart>,
    routing: &Routing,
    report: &Report,
) {
    let type_ids: Vec<String> = types.iter().map(|t| t.contact.id.clone()).collect();
    for (k, part) in types.into_iter().enumerate() {
        let mut contact = part.contact;
        contact.route.clone_from(&routing.route[k]);
        contact.rule = routing.arrival_rule[k];
        for (i, (probability, to, warm)) in part.transfers.into_iter().enumerate() {
            if let Some(to) = type_ids.iter().position(|id| *id == to) {
                contact.transfers.push(Transfer {
                    probability,
                    to,
                    warm,
                });
            } else {
                let path = format!("{}.transfers[{i}].to", part.path);
                unknown(report, path, "type", &to, &type_ids);
            }
        }
        layout.types.push(contact);
    }
    for (g, part) in groups.into_iter().enumerate() {
        let mut group = part.group;
        for (name, _) in &part.reserve {
            let known: Vec<String> = (routing.takes[g].iter())
                .map(|&k| type_ids[k].clone())
                .collect();
            if !known.contains(name) {
                let path = format!("{}.reserve.{name}", part.path);
                unknown(report, path, "type the group takes", name, &known);
            }
        }
        group.takes = (routing.takes[g].iter())
            .map(|&contact_type| Take {
                contact_type,
                reserve: (part.reserve.iter())
                    .find(|(name, _)| *name == type_ids[contact_type])
                    .map_or(0, |(_, agents)| *agents),
            })
            .collect();
        group.rule = routing.agent_rule[g];
        layout.groups.push(group);
    }
}
