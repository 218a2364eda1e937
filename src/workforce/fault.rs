use std::fmt;

use thiserror::Error;

macro_rules! codes {
    ($($number:literal $name:ident $doc:literal;)*) => {
        /// What kind of fault was found. Prints as `WFM-` and a stable number.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FaultCode {$(
            #[doc = $doc]
            $name = $number,
        )*}

        impl FaultCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The number behind `WFM-`.
            pub const fn number(self) -> u32 {
                self as u32
            }
        }
    };
}

codes! {
    1001 MissingFile "A file that is named is not there or cannot be read.";
    1002 Syntax "The file is not what its name says: broken TOML, broken CSV, not UTF-8.";
    1003 SchemaVersion "The file's schema version is not one this version reads.";
    1004 UnknownKey "A key or column that means nothing here, often a misspelling.";
    1005 MissingKey "A key that must be there is not.";
    1006 WrongType "The value is of another type: text for a number, for instance.";
    1007 OutOfRange "The value is outside its range, NaN or infinite.";
    1008 UnknownReference "A name refers to something that is not defined.";
    1009 Duplicate "The same name, day or rule is given twice.";
    1010 UnknownZone "The time zone is not in the IANA database.";
    1011 OverlappingHours "Opening hours of one day overlap, or are empty.";
    1012 UnreachableTarget "A target that no finite staffing reaches, such as 100 %.";
    1013 UnservedQueue "No pool can serve the queue.";
    1014 PoolWithoutShifts "The pool offers no shift.";
    1015 ImpossibleLimits "Limits that contradict each other: a minimum above its maximum.";
    1016 BreakDoesNotFit "A break leaves its shift or overlaps another one.";
    1017 Misaligned "A time or length that is not a whole number of intervals.";
    1018 NoDemand "A queue without any source of contacts.";
    1019 WrongLength "A list that has not one value for each interval.";
    1020 Unsupported "Something that could be meant but is not supported.";
    2001 EmptyHistory "The history has no row, or none of the wanted ones.";
    2002 MissingColumn "A column that must be there is not.";
    2003 NotANumber "A cell that should hold a number does not.";
    2004 NegativeVolume "A count or a duration below zero.";
    2005 DuplicateInterval "The same interval of the same queue is given twice.";
    2006 GapInHistory "An interval has no row that needs one: the market is open, or a vendor was asked.";
    2007 RepeatedHour "A local time that happened twice, and no rule which is meant.";
    2008 MissingHour "A local time that was skipped when clocks went forward.";
    2009 BadTimestamp "A time stamp that cannot be read.";
    2010 ShortHistory "Too little history before the horizon.";
    2011 ConflictingNames "A row says something else of itself than what is said of its queue.";
}

impl fmt::Display for FaultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WFM-{}", self.number())
    }
}

/// Where a fault is: a file and a row, a column or a path in it, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// The file, as the scenario names it.
    pub file: Option<String>,
    /// Row of a table, the header being row 1.
    pub row: Option<u64>,
    /// Column of a table.
    pub column: Option<String>,
    /// Path of a key, for example `queues[1].target.share`.
    pub path: Option<String>,
}

impl Place {
    /// A path without a file.
    pub fn path(path: impl Into<String>) -> Self {
        Self {
            path: Some(path.into()),
            ..Self::default()
        }
    }

    /// The same place, in a file.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.file.clone());
        parts.extend(self.row.map(|row| format!("row {row}")));
        parts.extend(
            self.column
                .as_ref()
                .map(|column| format!("column `{column}`")),
        );
        parts.extend(self.path.as_ref().map(|path| format!("`{path}`")));
        f.write_str(&parts.join(", "))
    }
}

/// One thing that is wrong with an input: where, what, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// Where it is.
    pub place: Place,
    /// What kind of fault.
    pub code: FaultCode,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub action: String,
}

impl Fault {
    /// A fault at a path.
    pub fn at(
        path: impl Into<String>,
        code: FaultCode,
        what: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        Self {
            place: Place::path(path),
            code,
            what: what.into(),
            action: action.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}: {}; {}",
            self.code, self.place, self.what, self.action
        )
    }
}

/// Everything that is wrong with an input, at least one fault, in the order of the input.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// `Ok` when nothing was found, all of it otherwise.
    ///
    /// # Errors
    /// The faults, when there are any.
    pub fn check(found: Vec<Fault>) -> Result<(), Self> {
        if found.is_empty() {
            Ok(())
        } else {
            Err(Self(found))
        }
    }

    /// The faults.
    pub fn as_slice(&self) -> &[Fault] {
        &self.0
    }

    /// The faults, to be joined with others.
    pub fn into_vec(self) -> Vec<Fault> {
        self.0
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.0.len() == 1 { "fault" } else { "faults" };
        write!(f, "{} {noun} in the input:", self.0.len())?;
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}
