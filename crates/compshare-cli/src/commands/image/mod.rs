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
mod listing;
mod progress;
mod publish;
mod rows;
mod share;
mod shares;
mod show;
mod single;
mod tags;
mod update;
mod wait;

use clap::{ArgMatches, Command};

use self::change::Change;

use crate::Context;
use crate::failure::Failure;
use crate::lang::Texts;

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("image")
        .about(texts.image_about)
        .after_help(texts.image_examples)
        .subcommand_required(true)
        .subcommand(favorites::definition(texts))
        .subcommand(list::definition(texts))
        .subcommand(show::definition(texts))
        .subcommand(tags::definition(texts))
        .subcommand(shares::definition(texts))
        .subcommand(progress::definition(texts))
        // What changes images.
        .subcommand(favorite::definition(Change::Add, texts))
        .subcommand(favorite::definition(Change::Remove, texts))
        .subcommand(create::definition(texts))
        .subcommand(copy::definition(texts))
        .subcommand(share::definition(Change::Add, texts))
        .subcommand(share::definition(Change::Remove, texts))
        .subcommand(publish::definition(texts))
        .subcommand(update::definition(texts))
        .subcommand(delete::definition(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("favorites", matches)) => favorites::run(context, matches),
        Some(("list", matches)) => list::run(context, matches),
        Some(("show", matches)) => show::run(context, matches),
        Some(("tags", _)) => tags::run(context),
        Some(("shares", matches)) => shares::run(context, matches),
        Some(("progress", matches)) => progress::run(context, matches),
        // What changes images.
        Some(("favorite", matches)) => favorite::run(context, matches, Change::Add),
        Some(("unfavorite", matches)) => favorite::run(context, matches, Change::Remove),
        Some(("create", matches)) => create::run(context, matches),
        Some(("copy", matches)) => copy::run(context, matches),
        Some(("share", matches)) => share::run(context, matches, Change::Add),
        Some(("unshare", matches)) => share::run(context, matches, Change::Remove),
        Some(("publish", matches)) => publish::run(context, matches),
        Some(("update", matches)) => update::run(context, matches),
        Some(("delete", matches)) => delete::run(context, matches),
        _ => {
            let texts = context.texts();
            Err(Failure::usage_with_hint(texts.use_command_missing, texts.use_see_help))
        }
    }
}
