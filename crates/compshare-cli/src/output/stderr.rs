//! Standard error.

use std::io::{self, Write as _};

use super::progress;

/// Prints one line to stderr with a single write, after clearing the progress line. Errors are
/// ignored: a closed stderr must not fail the command.
pub(crate) fn print_stderr(line: &str) {
    progress::clear();
    let _ = io::stderr()
        .lock()
        .write_all(format!("{line}\n").as_bytes());
}
