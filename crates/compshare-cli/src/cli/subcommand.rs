//! The table of subcommands.

use std::ffi::OsString;

use clap::{ArgMatches, Command};

use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;

/// A subcommand: its clap definition, and its function or nested subcommands.
pub(crate) struct Subcommand {
    name: &'static str,
    define: fn(Command) -> Command,
    action: Action,
    is_hidden: bool,
}

enum Action {
    Run(Run),
    Group(&'static [Subcommand]),
}

type Run = fn(&Context, &ArgMatches) -> Result<(), Failure>;

impl Subcommand {
    /// Creates a subcommand. `define` adds description, examples and arguments.
    pub(crate) const fn new(name: &'static str, define: fn(Command) -> Command, run: Run) -> Self {
        Self {
            name,
            define,
            action: Action::Run(run),
            is_hidden: false,
        }
    }

    /// Creates a subcommand with nested subcommands.
    pub(crate) const fn group(
        name: &'static str,
        define: fn(Command) -> Command,
        subcommands: &'static [Self],
    ) -> Self {
        Self {
            name,
            define,
            action: Action::Group(subcommands),
            is_hidden: false,
        }
    }

    /// Hides the subcommand from help, completions and manual pages.
    pub(crate) const fn hidden(self) -> Self {
        Self {
            is_hidden: true,
            ..self
        }
    }

    fn definition(&self, words: &[OsString]) -> Command {
        let command = (self.define)(Command::new(self.name)).hide(self.is_hidden);
        match self.action {
            Action::Run(_) => command,
            Action::Group(table) => command
                .subcommand_required(true)
                .subcommands(definitions(table, words)),
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }
}

/// Returns the clap definitions of a table, or only of the subcommand named by the first of
/// `words`. Defining all of them takes as long as signing and sending a request.
pub(crate) fn definitions(table: &'static [Subcommand], words: &[OsString]) -> Vec<Command> {
    let named = words
        .split_first()
        .and_then(|(first, rest)| Some((table.iter().find(|sub| *first == *sub.name)?, rest)));
    match named {
        Some((sub, rest)) => vec![sub.definition(rest)],
        None => table.iter().map(|sub| sub.definition(&[])).collect(),
    }
}

/// Runs the parsed subcommand.
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
        Some((command, matches)) => match command.action {
            Action::Run(function) => function(context, matches),
            Action::Group(table) => run(table, context, matches),
        },
        None => Err(Failure::usage(texts().use_unexpected)),
    }
}
