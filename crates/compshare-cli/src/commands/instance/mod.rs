//! `compshare instance`: GPU instances.

mod change;
pub(in crate::commands) mod columns;
mod create;
mod current;
mod delete;
mod list;
mod monitor;
mod power;
mod price;
mod reinstall;
mod rename;
mod resize;
mod schedule;
mod search;
mod show;
mod ssh;
pub(in crate::commands) mod target;
mod wait;

use clap::Command;

pub(crate) use self::ssh::askpass;

use crate::cli::args::examples;
use crate::cli::subcommand::Subcommand;
use crate::commands::zone;
use crate::lang::texts;

pub(crate) const COMMAND: Subcommand = Subcommand::group("instance", define, COMMANDS);

/// The commands, in the order of the help: reads first.
const COMMANDS: &[Subcommand] = &[
    search::COMMAND,
    price::COMMAND,
    list::COMMAND,
    show::COMMAND,
    monitor::COMMAND,
    schedule::COMMAND,
    create::COMMAND,
    power::START,
    power::STOP,
    power::REBOOT,
    wait::COMMAND,
    ssh::COMMAND,
    rename::COMMAND,
    resize::COMMAND,
    reinstall::REINSTALL,
    reinstall::PASSWORD,
    delete::COMMAND,
    // As in CompShare's own command line.
    zone::SHORTCUT,
];

fn define(command: Command) -> Command {
    let commands = ["compshare instance list", "compshare instance show trainer"];
    command
        .about(texts().instance_about)
        .after_help(examples(&commands, ""))
}
