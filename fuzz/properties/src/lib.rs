//! The properties checked by the fuzz targets: one function per target, which panics on a
//! violation.
//!
//! The binaries in `fuzz/fuzz_targets/` call these functions. `tests/replay.rs` calls them with the
//! checked-in corpus, as regression tests on any compiler. See `docs/fuzzing.md` for adding a
//! target.

#[allow(
    clippy::disallowed_methods,
    reason = "virtual clocks start at the current time"
)]
mod client;
mod model;
mod pairs;
mod sign;

pub use client::{classify, favorites, paging, retry};
pub use model::{flatten_action, image_set};
pub use sign::{form_decode, form_round_trip, sign_verify};

/// The function of a fuzz target, called with the input.
pub type Target = fn(&[u8]);

/// All fuzz targets by name, which is also the name of the binary and the corpus directory.
pub const TARGETS: &[(&str, Target)] = &[
    ("classify", classify),
    ("favorites", favorites),
    ("flatten_action", flatten_action),
    ("form_decode", form_decode),
    ("form_round_trip", form_round_trip),
    ("image_set", image_set),
    ("paging", paging),
    ("retry", retry),
    ("sign_verify", sign_verify),
];
