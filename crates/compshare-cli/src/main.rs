//! The command line `compshare`: actions of the CompShare API, favorite images, profiles and
//! diagnostics.

#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unwrap_used
)]

mod cli;
mod commands;
mod context;
mod env;
mod failure;
mod interrupt;
mod lang;
mod logging;
mod output;
mod profile_store;
mod prompt;
mod secrets;
mod settings;
mod terminal;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cli::Parsed;
use crate::commands::instance::askpass;
use crate::context::Context;
use crate::failure::{Failure, REFUSED, SUCCESS};
use crate::lang::{text, texts};
use crate::output::print_stderr;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let mut context = cli::prescan(&arguments);
    report_panics();
    // `--color always` skips the terminal check that would enable them.
    terminal::enable_ansi();

    let result = match askpass::Prompt::read(&arguments) {
        Some(prompt) => prompt.reply(&context),
        None => run(&mut context, &arguments),
    };
    let status = match result {
        Ok(()) => SUCCESS,
        Err(failure) => {
            output::progress::clear();
            context.report(&failure);
            failure.status
        }
    };
    ExitCode::from(status)
}

fn run(context: &mut Context, arguments: &[OsString]) -> Result<(), Failure> {
    match cli::parse(context, arguments)? {
        Parsed::Command(matches) => {
            interrupt::install();
            cli::run(context, &matches)
        }
        Parsed::HelpOrVersion(text) => {
            let mut out = context.output();
            out.push(&text);
            Ok(out.flush()?)
        }
    }
}

/// Reports a panic in one line and exits with status 1. The panic message is omitted because it may
/// contain a secret.
fn report_panics() {
    std::panic::set_hook(Box::new(move |info| {
        let place = info
            .location()
            .map(|at| format!("{}:{}", at.file(), at.line()))
            .unwrap_or_default();
        let message = text!(err_internal, place);
        print_stderr(&format!("{}{}{message}", texts().error, texts().colon));
        std::process::exit(i32::from(REFUSED));
    }));
}
