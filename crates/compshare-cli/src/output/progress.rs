//! Progress on a terminal's last line.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::lang::text;
use crate::surroundings;

/// Set while a line of progress is on the terminal, so that an interruption can clear it.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// Prints progress to stderr, if that is a terminal.
pub(crate) struct Progress {
    active: bool,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            active: surroundings::stderr_is_terminal() && surroundings::terminal_is_capable(),
        }
    }

    /// Shows the number of rows so far, until [`clear`].
    pub(crate) fn show(&self, count: u64, total: Option<u64>) {
        if !self.active {
            return;
        }
        let text = match total.filter(|total| *total > count) {
            Some(total) => text!(progress_of, count, total),
            None => text!(progress, count),
        };
        self.say(&text);
    }

    /// Returns `true` if stderr is a terminal.
    pub(crate) fn is_shown(&self) -> bool {
        self.active
    }

    /// Shows a text, which must be printable already, until [`clear`].
    pub(crate) fn say(&self, text: &str) {
        if !self.active {
            return;
        }
        SHOWN.store(true, Ordering::Relaxed);
        // A stderr that cannot be written is no reason to stop.
        let _ = write!(std::io::stderr(), "\r\u{1b}[K{text} …");
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        clear();
    }
}

/// Clears the line, if there is one.
pub(crate) fn clear() {
    if SHOWN.swap(false, Ordering::Relaxed) {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
}
