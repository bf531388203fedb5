//! The table of subcommands.

use std::ffi::OsString;

use clap::{ArgMatches, Command};

use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;

/// One subcommand: its part of the command line's definition, and its function or its own subcommands.
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
    /// A subcommand of this name. `define` adds description, examples and arguments to its empty command.
    pub(crate) const fn new(name: &'static str, define: fn(Command) -> Command, run: Run) -> Self {
        Self {
            name,
            define,
            action: Action::Run(run),
            is_hidden: false,
        }
    }

    /// A subcommand of this name with subcommands of its own.
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

    /// Leaves the subcommand out of help, completions and manual pages.
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

/// Returns the definitions of the subcommands of a table. If the first of `words` is the name of one, only of that one:
/// defining all of them takes as long as a request.
pub(crate) fn definitions(table: &'static [Subcommand], words: &[OsString]) -> Vec<Command> {
    let named = words
        .split_first()
        .and_then(|(first, rest)| Some((table.iter().find(|sub| *first == *sub.name)?, rest)));
    match named {
        Some((sub, rest)) => vec![sub.definition(rest)],
        None => table.iter().map(|sub| sub.definition(&[])).collect(),
    }
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
        Some((command, matches)) => match command.action {
            Action::Run(function) => function(context, matches),
            Action::Group(table) => run(table, context, matches),
        },
        None => Err(Failure::usage(texts().use_unexpected)),
    }
}
