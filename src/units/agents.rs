use std::fmt;
use std::iter::Sum;
use std::ops::Add;

/// Whole agents in position: logged in and available or handling a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Agents(pub u32);

impl Agents {
    /// Nobody.
    pub const ZERO: Self = Self(0);

    /// The head count.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The head count as a real number.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0)
    }
}

impl Add for Agents {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Agents {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl From<u32> for Agents {
    fn from(count: u32) -> Self {
        Self(count)
    }
}

impl fmt::Display for Agents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
