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

use super::one_or_all;
use crate::Context;
use crate::failure::Failure;
use crate::lang::Texts;

/// All of it; if the first of `words` names a command, that alone.
pub(super) fn definition(texts: &'static Texts, words: &[&str]) -> Command {
    let commands = one_or_all(
        words.first().copied().unwrap_or_default(),
        [
            ("favorites", &favorites::definition),
            ("list", &list::definition),
            ("show", &show::definition),
            ("tags", &tags::definition),
            ("shares", &shares::definition),
            ("progress", &progress::definition),
            // What changes images.
            ("favorite", &|texts| {
                favorite::definition(Change::Add, texts)
            }),
            ("unfavorite", &|texts| {
                favorite::definition(Change::Remove, texts)
            }),
            ("create", &create::definition),
            ("copy", &copy::definition),
            ("share", &|texts| share::definition(Change::Add, texts)),
            ("unshare", &|texts| share::definition(Change::Remove, texts)),
            ("publish", &publish::definition),
            ("update", &update::definition),
            ("delete", &delete::definition),
        ],
        texts,
    );
    Command::new("image")
        .about(texts.image_about)
        .after_help(texts.image_examples)
        .subcommand_required(true)
        .subcommands(commands)
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
            Err(Failure::usage_with_hint(
                texts.use_command_missing,
                texts.use_see_help,
            ))
        }
    }
}
