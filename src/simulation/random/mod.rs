//! Laws, and the streams that values are drawn from.

mod law;
mod sampler;
mod stream;

pub use law::Law;
pub(super) use sampler::Sampler;
pub(super) use stream::{Purpose, Stream, key};
