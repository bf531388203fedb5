//! The options of commands that wait.

use clap::{Arg, ArgMatches};

use crate::cli::args::{number, option};
use crate::lang::texts;

/// The maximum wait and polling interval, in seconds: a day.
const MAX_SECONDS: u64 = 24 * 60 * 60;

/// Creates `--wait-timeout` and `--interval`.
pub(super) fn options() -> [Arg; 2] {
    options_with(texts().progress_timeout, texts().progress_interval)
}

/// Creates `--wait-timeout` and `--interval` with other defaults.
pub(super) fn options_with(timeout: &'static str, interval: &'static str) -> [Arg; 2] {
    let timeout = option("wait-timeout", "SECONDS", timeout);
    let interval = option("interval", "SECONDS", interval);
    [timeout, interval].map(|option| number(option, MAX_SECONDS))
}

/// Returns the first of these options on the command line.
pub(super) fn given_option(matches: &ArgMatches) -> Option<&'static str> {
    let options = [
        ("wait-timeout", "--wait-timeout"),
        ("interval", "--interval"),
    ];
    let found = options.into_iter().find(|(id, _)| matches.contains_id(id));
    found.map(|(_, option)| option)
}
