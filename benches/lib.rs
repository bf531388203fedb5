//! Data shared by the benches, which are the bench targets beside this file.

pub mod pages;

/// The public key of UCloud's documentation of signatures, which is as long as a real one.
pub const PUBLIC_KEY: &str = "ucloudsomeone@example.com1296235120854146120";
/// The private key for [`PUBLIC_KEY`].
pub const PRIVATE_KEY: &str = "46f09bb9fab4f12dfc160dae12273d5332b5debe";
