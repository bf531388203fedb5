//! `compshare instance`: GPU instances.

pub(in crate::commands) mod columns;
mod list;
mod show;
mod ssh;
pub(in crate::commands) mod target;

use clap::Command;

pub(crate) use self::ssh::askpass;

use crate::cli::args::examples;
use crate::cli::subcommand::Subcommand;
use crate::lang::texts;

pub(crate) const COMMAND: Subcommand = Subcommand::group("instance", define, COMMANDS);

/// The commands, in the order of the help: reads first.
const COMMANDS: &[Subcommand] = &[list::COMMAND, show::COMMAND, ssh::COMMAND];

fn define(command: Command) -> Command {
    let commands = ["compshare instance list", "compshare instance show trainer"];
    command
        .about(texts().instance_about)
        .after_help(examples(&commands, ""))
}
