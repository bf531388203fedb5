//! The table of subcommands.

use clap::{ArgMatches, Command};

use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;

/// One subcommand: its part of the command line's definition, and its function.
pub(crate) struct Subcommand {
    name: &'static str,
    define: fn(Command) -> Command,
    run: Run,
    is_hidden: bool,
}

type Run = fn(&Context, &ArgMatches) -> Result<(), Failure>;

impl Subcommand {
    /// A subcommand of this name. `define` adds description, examples and arguments to its empty command.
    pub(crate) const fn new(name: &'static str, define: fn(Command) -> Command, run: Run) -> Self {
        Self {
            name,
            define,
            run,
            is_hidden: false,
        }
    }

    /// Leaves the subcommand out of help, completions and manual pages.
    pub(crate) const fn hidden(self) -> Self {
        Self {
            is_hidden: true,
            ..self
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }
}

/// The definitions of all subcommands of a table.
pub(crate) fn definitions(table: &[Subcommand]) -> impl Iterator<Item = Command> {
    table
        .iter()
        .map(|sub| (sub.define)(Command::new(sub.name)).hide(sub.is_hidden))
}

/// Runs the subcommand of a table that was parsed.
pub(crate) fn run(
    table: &[Subcommand],
    context: &Context,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let found = matches.subcommand().and_then(|(name, matches)| {
        let command = table.iter().find(|sub| sub.name == name)?;
        Some((command, matches))
    });
    match found {
        Some((command, matches)) => (command.run)(context, matches),
        None => Err(Failure::usage(texts().use_unexpected)),
    }
}
