//! Benchmarks live in the bench targets beside this file; see `docs/performance.md`.
