//! The command line `compshare`: any action of CompShare's API, favourite images, profiles and a diagnosis.

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
mod failure;
mod interrupt;
mod lang;
mod output;
mod prompt;
mod settings;
mod store;
mod surroundings;
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cli::Parsed;
use crate::failure::{Failure, REFUSED, SUCCESS, tell};
use crate::lang::{Lang, Texts, fill};
use crate::output::{ColorChoice, Format, Output, Style};
use crate::settings::Globals;

/// What a command is run in.
pub(crate) struct Context {
    pub(crate) lang: Lang,
    /// What `--output` says.
    pub(crate) format: Option<Format>,
    pub(crate) color: ColorChoice,
    pub(crate) globals: Globals,
}

impl Context {
    pub(crate) fn texts(&self) -> &'static Texts {
        self.lang.texts()
    }

    /// Whether a program reads along.
    pub(crate) fn is_json(&self) -> bool {
        self.format.is_some_and(Format::is_json)
    }

    pub(crate) fn output(&self) -> Output {
        Output::new(self.color)
    }

    /// Says on stderr what works but ought to be looked at.
    pub(crate) fn warn(&self, message: &str) {
        if self.is_json() {
            let warning =
                serde_json::json!({"schema": output::SCHEMA, "warning": {"message": message}});
            tell(&output::json_text(&warning).unwrap_or_default());
        } else {
            let word = Style::Doubtful.paint(self.texts().warning, self.stderr_color());
            tell(&format!("{word}{}{message}", self.texts().colon));
        }
    }

    fn stderr_color(&self) -> bool {
        self.color.decide(surroundings::stderr_is_terminal())
    }

    fn report(&self, failure: &Failure) {
        failure.report(self.lang, self.is_json(), self.stderr_color());
    }
}

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let context = cli::preview(&arguments);
    report_panics(context.lang);
    ExitCode::from(run(context, arguments))
}

fn run(context: Context, arguments: Vec<OsString>) -> u8 {
    let (context, result) = match cli::parse(&context, arguments) {
        Ok(Parsed::Command(context, matches)) => {
            interrupt::watch();
            let result = commands::run(&context, &matches);
            (*context, result)
        }
        Ok(Parsed::Text(text)) => {
            let mut out = context.output();
            out.push(&text);
            let result = out.flush().map_err(Failure::from);
            (context, result)
        }
        Err(failure) => (context, Err(failure)),
    };
    match result {
        Ok(()) => SUCCESS,
        Err(failure) => {
            output::clear_progress();
            context.report(&failure);
            failure.status()
        }
    }
}

/// A bug of ours ends with a line and status 1. What it was about is not told: it may hold a secret.
fn report_panics(lang: Lang) {
    std::panic::set_hook(Box::new(move |info| {
        let place = info
            .location()
            .map(|at| format!("{}:{}", at.file(), at.line()))
            .unwrap_or_default();
        let texts = lang.texts();
        tell(&format!(
            "{}{}{}",
            texts.error,
            texts.colon,
            fill(texts.err_internal, &[("place", &place)])
        ));
        std::process::exit(i32::from(REFUSED));
    }));
}
