//! What the benchmarks share. The benchmarks themselves are the bench targets beside this file.

pub mod pages;
// A benchmark runs by the clock, and cargo and criterion tell it by the environment where its results are.
#[allow(clippy::disallowed_methods)]
pub mod ratios;
#[allow(clippy::disallowed_methods)]
pub mod results;
