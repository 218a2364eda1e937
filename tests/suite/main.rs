//! All integration tests, one module for each subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test fails by panicking, and exact values are meant exactly"
)]

mod format;
mod layers;
mod report;
mod simulation;
