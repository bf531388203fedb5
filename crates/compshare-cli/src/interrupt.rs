//! Ctrl-C and the like: the program ends at once, and leaves the terminal as it was.

use std::process;
use std::sync::Mutex;

use crate::failure::INTERRUPTED;
use crate::output::{print_stderr, progress};

/// The line that an interruption prints.
static MESSAGE: Mutex<Option<String>> = Mutex::new(None);

/// While it exists, an interruption prints a line.
pub(crate) struct MessageGuard;

/// Sets the line that an interruption prints, until the result is dropped.
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

/// Makes SIGINT, SIGTERM and SIGHUP end the program with status 130.
pub(crate) fn install() {
    // Where a signal is ignored, as nohup and background jobs do it, all of them are left as they are.
    let _ = ctrlc::try_set_handler(|| {
        echo::restore();
        progress::clear();
        if let Ok(Some(message)) = MESSAGE.lock().as_deref() {
            print_stderr(message);
        }
        process::exit(i32::from(INTERRUPTED));
    });
}

/// Notes how the terminal is now: a signal puts it back so, until the result is dropped.
pub(crate) fn save_terminal() -> echo::EchoGuard {
    echo::save()
}

#[cfg(unix)]
mod echo {
    use std::sync::Mutex;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    static SAVED: Mutex<Option<Termios>> = Mutex::new(None);

    /// While it is there, an interruption restores the terminal.
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
        // The lock is held for moments only; where it is poisoned, there is nothing to put back.
        if let Ok(saved) = SAVED.lock() {
            if let Some(before) = saved.as_ref() {
                let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
                crate::output::print_stderr("");
            }
        }
    }
}

/// Elsewhere, the console puts itself back.
#[cfg(not(unix))]
mod echo {
    pub(crate) struct EchoGuard;

    pub(super) fn save() -> EchoGuard {
        EchoGuard
    }

    pub(super) fn restore() {}
}
