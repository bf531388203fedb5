//! Colors and styles.

use crate::env;
use crate::terminal;

/// The value of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    pub(crate) const NAMES: &[(&str, Self)] = &[
        ("auto", Self::Auto),
        ("always", Self::Always),
        ("never", Self::Never),
    ];

    /// Returns `true` if a stream is colored. The option wins over `NO_COLOR`, `CLICOLOR_FORCE` and
    /// `CLICOLOR`; the default depends on the terminal.
    pub(crate) fn decide(self, is_terminal: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                let is = |name: &str, off: bool| {
                    env::variable(name).is_some_and(|value| (value.trim() == "0") == off)
                };
                if env::is_set("NO_COLOR") {
                    false
                } else if is("CLICOLOR_FORCE", false) {
                    true
                } else {
                    is_terminal && !is("CLICOLOR", true) && terminal::supports_ansi()
                }
            }
        }
    }
}

/// The style of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Bold,
    Success,
    Warning,
    Error,
}

impl Style {
    /// Wraps sanitized `text` in the ANSI sequences of the style.
    pub(crate) fn paint(self, text: &str, color: bool) -> String {
        let code = match self {
            Self::Bold => "1",
            Self::Success => "32",
            Self::Warning => "33",
            Self::Error => "31",
            Self::Plain => "",
        };
        if color && !code.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
