//! What the benchmarks share. The benchmarks themselves are the bench targets beside this file.

pub mod pages;
// A benchmark runs by the clock, and criterion tells it by the environment where its results are.
#[allow(clippy::disallowed_methods)]
pub mod ratios;
// Results have a date.
#[allow(clippy::disallowed_methods)]
pub mod results;
pub mod subjects;
// Cargo tells by the environment where its results are.
#[allow(clippy::disallowed_methods)]
pub mod target;

/// As long as a real one, and of an account that never was: the example of UCloud's documentation of signatures.
pub const PUBLIC_KEY: &str = "ucloudsomeone@example.com1296235120854146120";
/// The one that belongs to [`PUBLIC_KEY`].
pub const PRIVATE_KEY: &str = "46f09bb9fab4f12dfc160dae12273d5332b5debe";
