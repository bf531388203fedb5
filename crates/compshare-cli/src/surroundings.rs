//! What the process was started with: its environment and its terminals.

use std::ffi::OsString;
use std::io::IsTerminal;

use terminal_size::{Width, terminal_size_of};

#[allow(
    clippy::disallowed_methods,
    reason = "this is where the program reads its environment"
)]
fn raw(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// Returns the text of a variable; one that is blank or no text counts as not set.
pub(crate) fn variable(name: &str) -> Option<String> {
    let text = raw(name)?.into_string().ok();
    text.filter(|value| !value.trim().is_empty())
}

/// Returns `true` if a variable has a value, whatever it is.
pub(crate) fn is_set(name: &str) -> bool {
    raw(name).is_some()
}

pub(crate) fn stdin_is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

pub(crate) fn stdout_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

pub(crate) fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Returns `true` if the terminal understands ANSI sequences: colors, and moves of the cursor.
pub(crate) fn terminal_is_capable() -> bool {
    variable("TERM").map_or_else(enable_ansi_sequences, |term| term != "dumb")
}

/// Switches the console of Windows to ANSI sequences; returns `false` if it has none.
#[cfg(windows)]
pub(crate) fn enable_ansi_sequences() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

/// Returns `true`: only Windows has terminals without `TERM` that need to be asked.
#[cfg(not(windows))]
pub(crate) fn enable_ansi_sequences() -> bool {
    true
}

/// How many cells a line of the terminal at stdout has; `None` if there is no terminal.
pub(crate) fn stdout_width() -> Option<usize> {
    if !stdout_is_terminal() {
        return None;
    }
    let asked = variable("COLUMNS").and_then(|columns| columns.trim().parse().ok());
    let found = terminal_size_of(std::io::stdout()).map(|(Width(width), _)| usize::from(width));
    // A terminal that does not know its size says 0.
    Some(asked.or(found).filter(|width| *width > 0).unwrap_or(80))
}
