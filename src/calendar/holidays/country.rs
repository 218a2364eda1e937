use std::fmt;
use std::str::FromStr;

use chrono::Weekday;
use thiserror::Error;

use super::area::Area;
use super::data;
use super::rule::Rule;

/// A country or region that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum HolidayError {
    /// There are no holiday rules for the country.
    #[error("unknown country `{given}` (did you mean `{nearest}`?); known are {known}")]
    UnknownCountry {
        /// What was given.
        given: String,
        /// The most similar known code.
        nearest: &'static str,
        /// All known codes.
        known: String,
    },
    /// The country has no such region.
    #[error("unknown region `{given}` of {country} (did you mean `{nearest}`?); known are {known}")]
    UnknownRegion {
        /// What was given.
        given: String,
        /// The country.
        country: Country,
        /// The most similar known code.
        nearest: &'static str,
        /// All known codes of the country.
        known: String,
    },
    /// The country's holidays are national, as far as these tables go.
    #[error("region `{given}`: the tables of {country} have no regions; leave the region out")]
    NoRegions {
        /// What was given.
        given: String,
        /// The country.
        country: Country,
    },
    /// The region belongs to another country.
    #[error("region {region} does not belong to {country}")]
    ForeignRegion {
        /// The region.
        region: Region,
        /// The country it was used with.
        country: Country,
    },
}

/// A country with holiday rules, written as its ISO 3166-1 code of two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Country {
    /// Belgium.
    Belgium,
    /// Costa Rica.
    CostaRica,
    /// France.
    France,
    /// Germany.
    Germany,
    /// Ireland.
    Ireland,
    /// Israel.
    Israel,
    /// Italy.
    Italy,
    /// The Netherlands.
    Netherlands,
    /// The Philippines.
    Philippines,
    /// Poland.
    Poland,
    /// Portugal.
    Portugal,
    /// Spain.
    Spain,
    /// The United Kingdom.
    UnitedKingdom,
    /// The United States.
    UnitedStates,
}

/// Code, name, and further words that are recognised when a code is misspelt.
type Words = (&'static str, &'static str, &'static [&'static str]);

impl Country {
    /// All countries, by code.
    pub const ALL: [Self; 14] = [
        Self::Belgium,
        Self::CostaRica,
        Self::Germany,
        Self::Spain,
        Self::France,
        Self::UnitedKingdom,
        Self::Ireland,
        Self::Israel,
        Self::Italy,
        Self::Netherlands,
        Self::Philippines,
        Self::Poland,
        Self::Portugal,
        Self::UnitedStates,
    ];

    const fn words(self) -> Words {
        match self {
            Self::Belgium => ("BE", "Belgium", &["BEL"]),
            Self::CostaRica => ("CR", "Costa Rica", &["CRI"]),
            Self::Germany => ("DE", "Germany", &["DEU", "GER", "Deutschland"]),
            Self::Spain => ("ES", "Spain", &["ESP", "SP", "España"]),
            Self::France => ("FR", "France", &["FRA"]),
            Self::UnitedKingdom => (
                "GB",
                "United Kingdom",
                &["GBR", "UK", "EN", "Great Britain", "England"],
            ),
            Self::Ireland => ("IE", "Ireland", &["IRL", "Eire"]),
            Self::Israel => ("IL", "Israel", &["ISR"]),
            Self::Italy => ("IT", "Italy", &["ITA", "Italia"]),
            Self::Netherlands => ("NL", "Netherlands", &["NLD", "Holland"]),
            Self::Philippines => ("PH", "Philippines", &["PHL", "Pilipinas"]),
            Self::Poland => ("PL", "Poland", &["POL", "Polska"]),
            Self::Portugal => ("PT", "Portugal", &["PRT", "POR"]),
            Self::UnitedStates => ("US", "United States", &["USA", "America"]),
        }
    }

    /// The ISO 3166-1 code of two letters.
    pub const fn code(self) -> &'static str {
        self.words().0
    }

    /// The English name.
    pub const fn name(self) -> &'static str {
        self.words().1
    }

    /// The days without work in an ordinary week, by custom.
    pub const fn weekend(self) -> [Weekday; 2] {
        match self {
            Self::Israel => [Weekday::Fri, Weekday::Sat],
            _ => [Weekday::Sat, Weekday::Sun],
        }
    }

    /// The regions that have holidays of their own.
    pub fn regions(self) -> impl Iterator<Item = Region> {
        self.areas().iter().map(move |area| Region {
            country: self,
            area,
        })
    }

    pub(super) const fn areas(self) -> &'static [Area] {
        match self {
            Self::Germany => data::de::AREAS,
            Self::Spain => data::es::AREAS,
            Self::France => data::fr::AREAS,
            Self::UnitedKingdom => data::gb::AREAS,
            Self::Italy => data::it::AREAS,
            Self::Portugal => data::pt::AREAS,
            Self::UnitedStates => data::us::AREAS,
            _ => &[],
        }
    }

    pub(super) const fn rules(self) -> &'static [Rule] {
        match self {
            Self::Belgium => data::be::RULES,
            Self::CostaRica => data::cr::RULES,
            Self::Germany => data::de::RULES,
            Self::Spain => data::es::RULES,
            Self::France => data::fr::RULES,
            Self::UnitedKingdom => data::gb::RULES,
            Self::Ireland => data::ie::RULES,
            Self::Israel => data::il::RULES,
            Self::Italy => data::it::RULES,
            Self::Netherlands => data::nl::RULES,
            Self::Philippines => data::ph::RULES,
            Self::Poland => data::pl::RULES,
            Self::Portugal => data::pt::RULES,
            Self::UnitedStates => data::us::RULES,
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Country {
    type Err = HolidayError;

    /// Reads a code of two letters, in either case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = text.trim();
        Self::ALL
            .into_iter()
            .find(|country| country.code().eq_ignore_ascii_case(wanted))
            .ok_or_else(|| HolidayError::UnknownCountry {
                given: wanted.to_owned(),
                nearest: nearest(wanted, Self::ALL.into_iter().map(Self::words)),
                known: Self::ALL.map(Self::code).join(", "),
            })
    }
}

/// A region: a state, a community, a nation, a department, a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    country: Country,
    area: &'static Area,
}

impl Region {
    /// Reads a region by its code, with or without the country (`BY`, `DE-BY`), or by its name.
    ///
    /// # Errors
    /// [`HolidayError::UnknownRegion`] with the nearest known code, or
    /// [`HolidayError::NoRegions`].
    pub fn parse(country: Country, text: &str) -> Result<Self, HolidayError> {
        let given = text.trim();
        let wanted = match given.split_once('-') {
            Some((head, tail)) if head.trim().eq_ignore_ascii_case(country.code()) => tail.trim(),
            _ => given,
        };
        let areas = country.areas();
        if areas.is_empty() {
            return Err(HolidayError::NoRegions {
                given: given.to_owned(),
                country,
            });
        }
        let lower = wanted.to_lowercase();
        areas
            .iter()
            .find(|area| {
                [area.code, area.name]
                    .iter()
                    .chain(area.other_names)
                    .any(|word| word.to_lowercase() == lower)
            })
            .map(|area| Self { country, area })
            .ok_or_else(|| HolidayError::UnknownRegion {
                given: given.to_owned(),
                country,
                nearest: nearest(
                    wanted,
                    areas.iter().map(|a| (a.code, a.name, a.other_names)),
                ),
                known: areas.iter().map(|a| a.code).collect::<Vec<_>>().join(", "),
            })
    }

    /// The country it belongs to.
    pub const fn country(&self) -> Country {
        self.country
    }

    /// The code within the country, as in ISO 3166-2 where that has one.
    pub const fn code(&self) -> &'static str {
        self.area.code
    }

    /// The name, as a rule in the language of the region.
    pub const fn name(&self) -> &'static str {
        self.area.name
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.country, self.area.code)
    }
}

/// The code whose words come closest.
fn nearest(wanted: &str, known: impl Iterator<Item = Words>) -> &'static str {
    let wanted: String = wanted.to_lowercase().chars().take(64).collect();
    known
        .min_by_key(|&(code, name, others)| {
            [code, name]
                .iter()
                .chain(others)
                .map(|word| strsim::levenshtein(&wanted, &word.to_lowercase()))
                .min()
        })
        .map_or("", |(code, _, _)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes_in_either_case() {
        for country in Country::ALL {
            assert_eq!(country.code().to_lowercase().parse(), Ok(country));
        }
        assert_eq!(" gb ".parse(), Ok(Country::UnitedKingdom));
    }

    #[test]
    fn unknown_codes_name_the_nearest() {
        let message = |text: &str| text.parse::<Country>().unwrap_err().to_string();
        assert!(message("UK").starts_with("unknown country `UK` (did you mean `GB`?)"));
        assert!(message("Germny").contains("`DE`?"));
        assert!(message("ESP").contains("`ES`?"));
        assert!(message("").contains("known are BE, CR, DE"));
    }

    #[test]
    fn reads_regions_by_code_and_name() {
        let read = |country, text| Region::parse(country, text).map(|r| r.to_string());
        for text in ["BY", "de-by", "Bayern", "bavaria"] {
            assert_eq!(read(Country::Germany, text).as_deref(), Ok("DE-BY"));
        }
        assert_eq!(read(Country::Spain, "Cataluña").as_deref(), Ok("ES-CT"));
        assert_eq!(
            Region::parse(Country::Germany, "Bayren")
                .unwrap_err()
                .to_string(),
            "unknown region `Bayren` of DE (did you mean `BY`?); known are \
             BB, BE, BW, BY, BY-Augsburg, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH"
        );
        assert!(matches!(
            Region::parse(Country::Ireland, "Cork"),
            Err(HolidayError::NoRegions { .. })
        ));
    }
}
