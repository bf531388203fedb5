//! `compshare image`: images.

mod change;
mod columns;
mod copy;
mod create;
mod delete;
mod details;
mod favorite;
mod favorites;
mod list;
mod own_image;
mod progress;
mod publish;
mod share;
mod shares;
mod show;
mod tags;
mod update;
mod wait;
mod zone_lookup;

use clap::Command;

pub(super) use self::show::find_image;

use crate::cli::args::examples;
use crate::cli::subcommand::Subcommand;
use crate::lang::texts;

pub(crate) const COMMAND: Subcommand = Subcommand::group("image", define, COMMANDS);

/// A habitual alias of `compshare image favorites`.
pub(crate) const FAVORITES: Subcommand = favorites::COMMAND.hidden();

/// The commands, in the order of the help: reads first.
const COMMANDS: &[Subcommand] = &[
    favorites::COMMAND,
    list::COMMAND,
    show::COMMAND,
    tags::COMMAND,
    shares::COMMAND,
    progress::COMMAND,
    favorite::ADD,
    favorite::REMOVE,
    create::COMMAND,
    copy::COMMAND,
    share::ADD,
    share::REMOVE,
    publish::COMMAND,
    update::COMMAND,
    delete::COMMAND,
];

fn define(command: Command) -> Command {
    let commands = [
        "compshare image favorites",
        "compshare image list --source community --query qwen",
        "compshare image show compshareImage-1pl06yxr5lvm",
    ];
    command
        .about(texts().image_about)
        .after_help(examples(&commands, ""))
}
