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
