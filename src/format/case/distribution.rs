//! Distributions of a case: one, or one for each period.

use super::super::json::{Json, wrong};
use super::super::report::Report;
use super::object::Object;
use crate::simulation::Law;
use crate::workforce::FaultCode;

#[derive(Debug, Clone, Copy)]
enum Kind {
    Exponential,
    Uniform,
    Gamma,
    Lognormal,
    Deterministic,
}

const KINDS: [(&str, Kind); 5] = [
    ("exponential", Kind::Exponential),
    ("uniform", Kind::Uniform),
    ("gamma", Kind::Gamma),
    ("lognormal", Kind::Lognormal),
    ("deterministic", Kind::Deterministic),
];

/// One law, or a number that stands for a deterministic one.
pub(super) fn one(json: &Json, path: String, report: &Report) -> Option<Law> {
    if let Json::Number(value) = json {
        return Some(Law::Deterministic { value: *value });
    }
    let laws = by_period(json, &path, report)?;
    if let [law] = laws[..] {
        return Some(law);
    }
    let what = format!("{} laws where one is expected", laws.len());
    report.at(
        path,
        FaultCode::WrongLength,
        what,
        "give one value for each parameter",
    );
    None
}

/// A law for each period, or one for all: an object whose parameters may be lists, or a list of
/// objects.
pub(super) fn by_period(json: &Json, path: &str, report: &Report) -> Option<Vec<Law>> {
    match json {
        Json::List(items) => {
            let laws: Vec<Law> = (items.iter().enumerate())
                .filter_map(|(i, item)| one(item, format!("{path}[{i}]"), report))
                .collect();
            (laws.len() == items.len() && !laws.is_empty()).then_some(laws)
        }
        Json::Table(_) => {
            let object = Object::new(json, path.to_owned(), report)?;
            let laws = of(&object);
            object.finish();
            laws
        }
        other => wrong(other, "a distribution in braces", path, report),
    }
}

/// The laws that the keys `dist` and its parameters of an object state.
pub(super) fn of(object: &Object<'_>) -> Option<Vec<Law>> {
    object.need("dist");
    let Some(kind) = object.choice("dist", &KINDS) else {
        // Whose parameters they are is not known.
        for key in ["mean", "value", "low", "high", "shape", "scv"] {
            object.skip(key);
        }
        return None;
    };
    let parameter = |key: &'static str| object.need_numbers(key);
    let one = |values: Option<Vec<f64>>, law: fn(f64) -> Law| {
        values.map(|values| values.into_iter().map(law).collect::<Vec<Law>>())
    };
    match kind {
        Kind::Exponential => one(parameter("mean"), |mean| Law::Exponential { mean }),
        Kind::Deterministic => one(parameter("value"), |value| Law::Deterministic { value }),
        Kind::Uniform => {
            let both = (parameter("low"), parameter("high"));
            pair(object, both, |low, high| Law::Uniform { low, high })
        }
        Kind::Gamma => {
            let both = (parameter("mean"), parameter("shape"));
            pair(object, both, |mean, shape| Law::Gamma { mean, shape })
        }
        Kind::Lognormal => {
            let both = (parameter("mean"), parameter("scv"));
            pair(object, both, |mean, scv| Law::Lognormal { mean, scv })
        }
    }
}

fn pair(
    object: &Object<'_>,
    (first, second): (Option<Vec<f64>>, Option<Vec<f64>>),
    law: fn(f64, f64) -> Law,
) -> Option<Vec<Law>> {
    let (first, second) = (first?, second?);
    let length = first.len().max(second.len());
    if [first.len(), second.len()]
        .iter()
        .any(|&l| l != 1 && l != length)
    {
        let what = format!("lists of {} and {} values", first.len(), second.len());
        let action = "give lists of the same length, or single values";
        object.fault("dist", FaultCode::WrongLength, what, action);
        return None;
    }
    let value = |list: &[f64], i: usize| if list.len() == 1 { list[0] } else { list[i] };
    let laws = (0..length).map(|i| law(value(&first, i), value(&second, i)));
    Some(laws.collect())
}
