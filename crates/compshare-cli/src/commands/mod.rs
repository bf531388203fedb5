//! The commands: each has its part of the command line's definition, and its function.

pub(crate) mod call;
pub(crate) mod config;
pub(crate) mod disk;
pub(crate) mod doctor;
mod dry_run;
mod files;
pub(crate) mod image;
pub(crate) mod instance;
mod listing;
mod params;
mod report;
pub(crate) mod sign;
mod units;
pub(crate) mod version;
mod wait_args;
pub(crate) mod zone;
