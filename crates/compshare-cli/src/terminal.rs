//! The terminals of the process.

use std::io::IsTerminal;

use terminal_size::{Width, terminal_size_of};

use crate::env;

/// The width of a terminal that does not report one, in cells.
const DEFAULT_WIDTH: usize = 80;

pub(crate) fn stdin_is_terminal() -> bool {
    std::io::stdin().is_terminal()
}

pub(crate) fn stdout_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

pub(crate) fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Returns `true` if the terminal supports ANSI sequences, for colors and cursor movement.
pub(crate) fn supports_ansi() -> bool {
    env::variable("TERM").map_or_else(enable_ansi, |term| term != "dumb")
}

/// Enables ANSI sequences in the console of Windows; returns `false` if it has none.
#[cfg(windows)]
pub(crate) fn enable_ansi() -> bool {
    anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}

/// Returns `true`: only consoles of Windows have to be switched.
#[cfg(not(windows))]
pub(crate) fn enable_ansi() -> bool {
    true
}

/// Returns the width of the terminal at stdout in cells; `None` if stdout is not a terminal.
pub(crate) fn stdout_width() -> Option<usize> {
    if !stdout_is_terminal() {
        return None;
    }

    let configured = env::variable("COLUMNS").and_then(|columns| columns.trim().parse().ok());
    let detected = terminal_size_of(std::io::stdout()).map(|(Width(width), _)| usize::from(width));
    // Some terminals report a width of 0.
    let width = configured.or(detected).filter(|width| *width > 0);
    Some(width.unwrap_or(DEFAULT_WIDTH))
}
