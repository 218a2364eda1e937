use crate::units::Probability;

/// Share of contacts answered within a threshold `t`, by each definition in use. With `V` the wait
/// of a contact of unlimited patience and `T` its patience:
///
/// | definition | formula |
/// |---|---|
/// | offered | `P(V ≤ t, V < T)` |
/// | answered | `P(V ≤ t, V < T) / P(V < T)` |
/// | virtual wait | `P(V ≤ t)` |
/// | excluding short abandons | `P(V ≤ t, V < T) / (1 − P(T ≤ t, T < V))` |
///
/// Where nobody hangs up they are all the same.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ServiceLevel {
    /// Of all contacts.
    pub offered: Probability,
    /// Of the contacts that are answered.
    pub answered: Probability,
    /// Of all contacts, had none of them hung up: those of unlimited patience.
    pub virtual_wait: Probability,
    /// Of all contacts but those that hang up within the threshold.
    pub excluding_short_abandons: Probability,
}

/// Which contacts a service level counts; see [`ServiceLevel`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Counting {
    /// All contacts offered.
    #[default]
    Offered,
    /// Answered contacts only.
    Answered,
    /// Contacts of unlimited patience.
    VirtualWait,
    /// All contacts but those that hang up within the threshold.
    ExcludingShortAbandons,
}

/// Shares of the contacts on either side of a threshold `t`, each from where it keeps its digits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Contacts {
    /// `P(V ≤ t, V < T)`.
    pub in_time: f64,
    /// `P(V < T)`.
    pub answered: f64,
    /// `P(V ≤ t)`.
    pub virtual_in_time: f64,
    /// `P(V > t, T > t)`.
    pub waiting: f64,
}

impl ServiceLevel {
    /// Everybody is answered in time.
    pub const ALL: Self = Self::same(Probability::ONE);
    /// Nobody is answered in time.
    pub const NONE: Self = Self::same(Probability::ZERO);

    /// One share by all definitions: nobody hangs up.
    pub const fn same(share: Probability) -> Self {
        Self {
            offered: share,
            answered: share,
            virtual_wait: share,
            excluding_short_abandons: share,
        }
    }

    /// The share by one definition.
    pub const fn by(&self, counting: Counting) -> Probability {
        match counting {
            Counting::Offered => self.offered,
            Counting::Answered => self.answered,
            Counting::VirtualWait => self.virtual_wait,
            Counting::ExcludingShortAbandons => self.excluding_short_abandons,
        }
    }

    pub(super) fn of(contacts: &Contacts) -> Self {
        let in_time = contacts.in_time;
        let share =
            |whole: f64| Probability::saturating(if whole > 0.0 { in_time / whole } else { 0.0 });
        Self {
            offered: Probability::saturating(in_time),
            answered: share(contacts.answered),
            virtual_wait: Probability::saturating(contacts.virtual_in_time),
            excluding_short_abandons: share(in_time + contacts.waiting),
        }
    }
}
