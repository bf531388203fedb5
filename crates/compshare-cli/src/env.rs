//! Environment variables.

use std::ffi::OsString;

#[allow(
    clippy::disallowed_methods,
    reason = "this is where the program reads its environment"
)]
fn raw(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Returns the text of a variable; a blank or non-UTF-8 value counts as unset.
pub(crate) fn variable(name: &str) -> Option<String> {
    let text = raw(name)?.into_string().ok();
    text.filter(|value| !value.trim().is_empty())
}

/// Returns `true` if a variable has any value.
pub(crate) fn is_set(name: &str) -> bool {
    raw(name).is_some()
}
