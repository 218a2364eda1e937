//! What a problem must keep, every fault with the path of its key in a case file.

use super::{MixOptions, MixProblem, MixSizes};
use crate::simulation::{Centre, Scope};
use crate::workforce::{Fault, FaultCode, Faults};

/// Most sizes to be found.
const MOST: usize = 400;

/// Says everything that is wrong with a problem or with how to search.
pub(super) fn check(problem: &MixProblem, options: &MixOptions) -> Result<(), Faults> {
    let mut found = Vec::new();
    let layout = &problem.layout;
    let (groups, periods) = (layout.groups.len(), layout.periods.len());
    if problem.prices.len() != groups {
        let what = format!("{} prices for {groups} groups", problem.prices.len());
        let action = "give a price for each group";
        found.push(Fault::at("groups", FaultCode::WrongLength, what, action));
    }
    for (g, price) in problem.prices.iter().enumerate() {
        if !(price.cost.is_finite() && price.cost > 0.0) {
            let (path, what) = (format!("groups[{g}].cost"), price.cost.to_string());
            let action = "give a finite cost above 0";
            found.push(Fault::at(path, FaultCode::OutOfRange, what, action));
        }
        if price.least > price.most {
            let what = format!("at least {} and at most {}", price.least, price.most);
            let action = "lower `agents_min`, or raise `agents_max`";
            let path = format!("groups[{g}].agents_min");
            found.push(Fault::at(path, FaultCode::ImpossibleLimits, what, action));
        }
    }
    let count = groups
        * if problem.sizes == MixSizes::ByPeriod {
            periods
        } else {
            1
        };
    if count > MOST {
        let what = format!("{count} sizes are to be found, more than {MOST}");
        let action = "take fewer groups or longer periods, or constant sizes";
        found.push(Fault::at("groups", FaultCode::Unsupported, what, action));
    }
    let has_any = |t: &super::MixTarget| t.share.is_some() || t.abandonment.is_some();
    if !problem.targets.iter().any(has_any) {
        let what = "nothing is promised, so nobody is needed";
        let action = "add `target` to a type or to the centre";
        found.push(Fault::at("target", FaultCode::MissingKey, what, action));
    }
    for target in &problem.targets {
        let (path, exists) = match target.scope {
            Scope::All => ("target".to_owned(), true),
            Scope::Type(k) => (format!("types[{k}].target"), k < layout.types.len()),
            Scope::Period(p) => ("target".to_owned(), p < periods),
            Scope::TypeIn(k, p) => {
                let exists = k < layout.types.len() && p < periods;
                (format!("types[{k}].target"), exists)
            }
            _ => ("target".to_owned(), false),
        };
        if !exists {
            let what = "a target for contacts that are not counted";
            let action = "name all contacts, a type, a period, or both";
            found.push(Fault::at(path, FaultCode::UnknownReference, what, action));
        } else if target.share.is_some_and(|share| share.get() >= 1.0) {
            let what = "no finite staffing answers everybody in time";
            let action = "promise a share below 1";
            found.push(Fault::at(path, FaultCode::UnreachableTarget, what, action));
        }
    }
    if options.replications < 2 || options.proof < 2 {
        let what = "an interval needs at least two replications";
        let action = "ask for 2 or more";
        found.push(Fault::at(
            "replications",
            FaultCode::OutOfRange,
            what,
            action,
        ));
    }
    let confidence = options.confidence.get();
    if !(0.5..1.0).contains(&confidence) {
        let what = format!("a confidence of {confidence}");
        let action = "give a fraction from 0.5 to below 1";
        found.push(Fault::at("confidence", FaultCode::OutOfRange, what, action));
    }
    if let Err(faults) = Centre::new(layout.clone()) {
        found.extend(faults.into_vec());
    }
    Faults::check(found)
}
