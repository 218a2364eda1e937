//! `[[policies]]` and `[[escalations]]`: rules of the company across queues and pools.

use super::reader::Reader;
use super::value::NotNegative;
use crate::planning::Escalation;
use crate::units::Probability;
use crate::workforce::{Channel, FaultCode, Language, Policy, Scope, Tier};

#[derive(Clone, Copy)]
enum Kind {
    CsatFloor,
    VendorShare,
    Residency,
}

const KINDS: [(&str, Kind); 3] = [
    ("csat_floor", Kind::CsatFloor),
    ("vendor_share", Kind::VendorShare),
    ("residency", Kind::Residency),
];

/// All policies in the order of the file.
pub(super) fn read(root: &mut Reader<'_>) -> Vec<Policy> {
    root.each("policies", |reader| {
        let kind = reader.need_choice("kind", &KINDS);
        let tier = reader.need::<String>("tier").map(Tier::from);
        let scope = scope(reader);
        match kind? {
            Kind::CsatFloor => {
                let floor = reader.need::<Probability>("floor");
                Some(Policy::CsatFloor {
                    tier: tier?,
                    scope: scope?,
                    floor: floor?,
                })
            }
            Kind::VendorShare => {
                let share = reader.need::<Probability>("share");
                Some(Policy::VendorShare {
                    tier: tier?,
                    scope: scope?,
                    share: share?,
                })
            }
            Kind::Residency => {
                let region = reader.need::<String>("region");
                let share = reader.need::<Probability>("share");
                Some(Policy::Residency {
                    tier: tier?,
                    scope: scope?,
                    region: region?,
                    share: share?,
                })
            }
        }
    })
}

fn scope(reader: &mut Reader<'_>) -> Option<Scope> {
    let [listed, scoped] = reader.one_of(["languages", "scope"]);
    if listed && scoped {
        reader.fault(
            "scope",
            FaultCode::Duplicate,
            "`scope` stands beside `languages`",
            "keep one: `scope` for all contacts or each language, `languages` for some of them",
        );
    }
    if listed {
        let languages = reader.need::<Vec<String>>("languages")?;
        let languages = languages.into_iter().map(Language::from).collect();
        return Some(Scope::Languages(languages));
    }
    let each = reader.need_choice("scope", &[("overall", false), ("each_language", true)])?;
    Some(if each {
        Scope::EachLanguage
    } else {
        Scope::Overall
    })
}

/// All escalations in the order of the file.
pub(super) fn escalations(root: &mut Reader<'_>) -> Vec<Escalation> {
    root.each("escalations", |reader| {
        let from = reader.need::<String>("from");
        let to = reader.need::<String>("to");
        let channel = reader.need::<Channel>("channel");
        let share = reader.need::<Probability>("share");
        let fallback = reader.need::<String>("fallback_language");
        let factor = reader.get::<NotNegative>("fallback_aht_factor");
        Some(Escalation {
            from: Tier::from(from?),
            to: Tier::from(to?),
            channel: channel?,
            share: share?.get(),
            fallback: Language::from(fallback?),
            fallback_aht_factor: factor.map_or(1.0, |f| f.0),
        })
    })
}
