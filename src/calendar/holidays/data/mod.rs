//! Holiday tables, one country a file.

pub(super) mod be;
pub(super) mod cr;
pub(super) mod de;
pub(super) mod es;
pub(super) mod fr;
pub(super) mod gb;
pub(super) mod ie;
pub(super) mod il;
pub(super) mod it;
pub(super) mod nl;
pub(super) mod ph;
pub(super) mod pl;
pub(super) mod pt;
pub(super) mod us;

use super::Class;
use super::area::Area;
use super::rule::Rule;

const fn area(
    code: &'static str,
    name: &'static str,
    other_names: &'static [&'static str],
) -> Area {
    Area {
        code,
        name,
        other_names,
    }
}

/// 24 December where it is a half day by custom.
const CHRISTMAS_EVE: Rule = Rule::fixed("Christmas Eve", 12, 24).class(Class::Eve);

/// 31 December where it is a half day by custom.
const NEW_YEARS_EVE: Rule = Rule::fixed("New Year's Eve", 12, 31).class(Class::Eve);
