//! A progress line on stderr, shown at a terminal only and cleared before other output.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use indicatif::ProgressBar;

use crate::lang::text;
use crate::terminal;

/// The time between two steps of the spinner.
const TICK: Duration = Duration::from_millis(100);

/// The visible line.
static LINE: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Returns `true` if progress can be shown.
pub(crate) fn can_show() -> bool {
    terminal::stderr_is_terminal() && terminal::supports_ansi()
}

/// Shows sanitized text until [`clear`].
pub(crate) fn show(text: &str) {
    if let (true, Some(mut line)) = (can_show(), lock()) {
        line.get_or_insert_with(ProgressBar::new_spinner)
            .set_message(text.to_owned());
    }
}

/// Shows the number of rows so far.
pub(crate) fn show_rows(count: u64, total: Option<u64>) {
    if can_show() {
        show(&match total.filter(|total| *total > count) {
            Some(total) => text!(progress_of, count, total),
            None => text!(progress, count),
        });
    }
}

/// Clears the line.
pub(crate) fn clear() {
    if let Some(line) = lock().and_then(|mut line| line.take()) {
        line.finish_and_clear();
    }
}

/// Runs `wait`, showing `text` after `delay`.
pub(crate) fn while_waiting<T>(delay: Duration, text: &str, wait: impl FnOnce() -> T) -> T {
    if !can_show() {
        return wait();
    }
    thread::scope(|scope| {
        let (is_running, end) = mpsc::channel::<()>();
        // If no thread can be started, no progress is shown.
        let _ = thread::Builder::new().spawn_scoped(scope, move || {
            if end.recv_timeout(delay) == Err(RecvTimeoutError::Timeout) {
                show(text);
                while end.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                    tick();
                }
                clear();
            }
        });

        let result = wait();
        drop(is_running);
        result
    })
}

/// Moves the spinner.
fn tick() {
    if let Some(line) = lock().as_deref().and_then(Option::as_ref) {
        line.tick();
    }
}

fn lock() -> Option<MutexGuard<'static, Option<ProgressBar>>> {
    LINE.lock().ok()
}
