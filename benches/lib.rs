//! Data that the benches share. The benches themselves are the bench targets beside this file.

pub mod pages;

/// As long as a real one, and of no account: the example of UCloud's documentation of signatures.
pub const PUBLIC_KEY: &str = "ucloudsomeone@example.com1296235120854146120";
/// The one that belongs to [`PUBLIC_KEY`].
pub const PRIVATE_KEY: &str = "46f09bb9fab4f12dfc160dae12273d5332b5debe";
