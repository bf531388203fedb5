//! Disks: their actions, and the record of a disk.

mod actions;
#[allow(clippy::module_inception, reason = "the record of the family")]
mod disk;

pub use actions::*;
pub use disk::*;
