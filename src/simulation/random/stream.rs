//! Random numbers by counter.
//!
//! Every contact has a key made from the seed, the replication, its type and its number among the
//! contacts of that type. Its service time, its patience and every decision about it are drawn from
//! streams that begin at the key, each purpose at a place of its own. So a contact keeps its service
//! time and its patience whoever serves it, whenever, and however many agents there are: two
//! centres are compared on the same contacts.

use std::convert::Infallible;

use rand::TryRng;

/// The golden ratio as a step through 64 bits.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Spreads every bit of a number over all of them: the finaliser of `SplitMix64` (Steele, Lea and
/// Flood, 2014).
#[inline]
pub(in crate::simulation) const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// What a stream is for.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) enum Purpose {
    Service = 1,
    Patience,
    Balking,
    Retry,
    Transfer,
    Arrivals,
    Contacts,
    Day,
    Routing,
}

/// The key of the `number`-th thing below `parent` for a purpose.
#[inline]
pub(in crate::simulation) const fn key(parent: u64, purpose: Purpose, number: u64) -> u64 {
    mix(mix(parent ^ mix(STEP.wrapping_mul(purpose as u64)))
        .wrapping_add(STEP.wrapping_mul(number.wrapping_add(1))))
}

/// A stream of random numbers that begins at a key (`SplitMix64`).
#[derive(Debug, Clone)]
pub(in crate::simulation) struct Stream(u64);

impl Stream {
    /// The stream of a contact for one purpose.
    #[inline]
    pub(in crate::simulation) const fn of(contact: u64, purpose: Purpose) -> Self {
        Self(contact ^ STEP.wrapping_mul(purpose as u64).rotate_left(17))
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64()
            .map(|bits| u32::try_from(bits >> 32).unwrap_or(0))
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(STEP);
        Ok(mix(self.0))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        rand::rand_core::utils::fill_bytes_via_next_word(bytes, || self.try_next_u64())
    }
}
