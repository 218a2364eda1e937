//! Parts of countries.

/// A part of a country with holidays of its own.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Area {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) other_names: &'static [&'static str],
}
