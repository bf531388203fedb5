//! Signal handling: exits immediately and restores the terminal.

use std::process;
use std::sync::Mutex;

use crate::failure::INTERRUPTED;
use crate::output::{print_stderr, progress};

/// The line printed on a signal.
static MESSAGE: Mutex<Option<String>> = Mutex::new(None);

/// A guard that clears the line for signals on drop.
pub(crate) struct MessageGuard;

/// Sets the line to print on a signal until the guard is dropped.
pub(crate) fn set_message(line: String) -> MessageGuard {
    if let Ok(mut message) = MESSAGE.lock() {
        *message = Some(line);
    }
    MessageGuard
}

impl Drop for MessageGuard {
    fn drop(&mut self) {
        if let Ok(mut message) = MESSAGE.lock() {
            *message = None;
        }
    }
}

/// Installs a handler that exits with status 130 on SIGINT, SIGTERM and SIGHUP.
pub(crate) fn install() {
    // Fails if the process ignores one of the signals, as under nohup; then all keep their
    // disposition.
    let _ = ctrlc::try_set_handler(|| {
        echo::restore();
        progress::clear();
        if let Ok(Some(message)) = MESSAGE.lock().as_deref() {
            print_stderr(message);
        }
        process::exit(i32::from(INTERRUPTED));
    });
}

/// Saves the terminal settings, which a signal restores until the guard is dropped.
pub(crate) fn save_terminal() -> echo::EchoGuard {
    echo::save()
}

#[cfg(unix)]
mod echo {
    use std::sync::Mutex;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    static SAVED: Mutex<Option<Termios>> = Mutex::new(None);

    /// A guard that discards the saved settings on drop.
    pub(crate) struct EchoGuard;

    pub(super) fn save() -> EchoGuard {
        if let (Ok(mut saved), Ok(now)) = (SAVED.lock(), tcgetattr(std::io::stdin())) {
            *saved = Some(now);
        }
        EchoGuard
    }

    impl Drop for EchoGuard {
        fn drop(&mut self) {
            if let Ok(mut saved) = SAVED.lock() {
                *saved = None;
            }
        }
    }

    pub(super) fn restore() {
        // The lock is held only briefly. If it is poisoned, no settings were saved.
        if let Ok(saved) = SAVED.lock() {
            if let Some(before) = saved.as_ref() {
                let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
                crate::output::print_stderr("");
            }
        }
    }
}

/// The console of Windows restores itself.
#[cfg(not(unix))]
mod echo {
    pub(crate) struct EchoGuard;

    pub(super) fn save() -> EchoGuard {
        EchoGuard
    }

    pub(super) fn restore() {}
}
