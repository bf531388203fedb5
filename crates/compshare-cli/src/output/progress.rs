//! How far something has come, on a terminal's last line.

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::lang::{Texts, fill};
use crate::surroundings;

/// Whether a line of progress stands on the terminal, so that an interruption can take it away.
static SHOWN: AtomicBool = AtomicBool::new(false);

/// Tells on stderr that there is more to come; silent where stderr is no terminal.
pub(crate) struct Progress {
    texts: &'static Texts,
    active: bool,
}

impl Progress {
    pub(crate) fn new(texts: &'static Texts) -> Self {
        Self {
            texts,
            active: surroundings::stderr_is_terminal() && surroundings::terminal_is_capable(),
        }
    }

    /// Shows how many rows have come, until [`clear`].
    pub(crate) fn show(&self, rows: u64, total: Option<u64>) {
        if !self.active {
            return;
        }
        let rows_text = rows.to_string();
        let text = match total.filter(|total| *total > rows) {
            Some(total) => fill(
                self.texts.progress_of,
                &[("count", &rows_text), ("total", &total.to_string())],
            ),
            None => fill(self.texts.progress, &[("count", &rows_text)]),
        };
        self.say(&text);
    }

    /// Whether anything is shown.
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

/// Takes the line away, if there is one.
pub(crate) fn clear() {
    if SHOWN.swap(false, Ordering::Relaxed) {
        let _ = write!(std::io::stderr(), "\r\u{1b}[K");
    }
}
