//! Ctrl-C and the like: the program ends at once, and leaves the terminal as it was.

use std::process;
use std::sync::Mutex;

use crate::failure::{INTERRUPTED, tell};
use crate::output::progress;

/// The line that an interruption prints.
static MESSAGE: Mutex<Option<String>> = Mutex::new(None);

/// While it exists, an interruption prints a line.
pub(crate) struct Message;

/// Sets the line that an interruption prints, until the result is dropped.
pub(crate) fn message(line: String) -> Message {
    if let Ok(mut message) = MESSAGE.lock() {
        *message = Some(line);
    }
    Message
}

impl Drop for Message {
    fn drop(&mut self) {
        if let Ok(mut message) = MESSAGE.lock() {
            *message = None;
        }
    }
}

/// Makes SIGINT, SIGTERM and SIGHUP end the program with status 130.
pub(crate) fn watch() {
    // Where a signal is ignored, as nohup and background jobs do it, all of them are left as they are.
    let _ = ctrlc::try_set_handler(|| {
        echo::put_back();
        progress::clear();
        if let Ok(Some(message)) = MESSAGE.lock().as_deref() {
            tell(message);
        }
        process::exit(i32::from(INTERRUPTED));
    });
}

/// Notes how the terminal is now: a signal puts it back so, until the result is dropped.
pub(crate) fn restore_echo() -> echo::Noted {
    echo::note()
}

#[cfg(unix)]
mod echo {
    use std::sync::Mutex;

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    static NOTED: Mutex<Option<Termios>> = Mutex::new(None);

    /// While it is there, an interruption restores the terminal.
    pub(crate) struct Noted;

    pub(super) fn note() -> Noted {
        if let (Ok(mut noted), Ok(now)) = (NOTED.lock(), tcgetattr(std::io::stdin())) {
            *noted = Some(now);
        }
        Noted
    }

    impl Drop for Noted {
        fn drop(&mut self) {
            if let Ok(mut noted) = NOTED.lock() {
                *noted = None;
            }
        }
    }

    pub(super) fn put_back() {
        // The lock is held for moments only; where it is poisoned, there is nothing to put back.
        if let Ok(noted) = NOTED.lock() {
            if let Some(before) = noted.as_ref() {
                let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, before);
                crate::failure::tell("");
            }
        }
    }
}

/// Elsewhere, the console puts itself back.
#[cfg(not(unix))]
mod echo {
    pub(crate) struct Noted;

    pub(super) fn note() -> Noted {
        Noted
    }

    pub(super) fn put_back() {}
}
