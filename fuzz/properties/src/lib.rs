//! One function a fuzz target. Each takes any bytes and panics if something that must always hold does not.
//!
//! The bins in `fuzz/fuzz_targets/` only call these, and `tests/replay.rs` runs them over the checked-in corpus with
//! any compiler, so that what was found once stays found. How to add a target: `docs/fuzzing.md`.

#[allow(clippy::disallowed_methods, reason = "a clock has to start somewhere")]
mod client;
mod model;
mod pairs;
mod sign;

pub use client::{exchange, favorites, judge, paging};
pub use model::{flatten_action, image_set};
pub use sign::{form_decode, form_round_trip, sign_verify};

/// What a fuzz target does with its input.
pub type Target = fn(&[u8]);

/// Every fuzz target by its name, which is that of its bin and of its corpus directory as well.
pub const TARGETS: &[(&str, Target)] = &[
    ("exchange", exchange),
    ("favorites", favorites),
    ("flatten_action", flatten_action),
    ("form_decode", form_decode),
    ("form_round_trip", form_round_trip),
    ("image_set", image_set),
    ("judge", judge),
    ("paging", paging),
    ("sign_verify", sign_verify),
];
