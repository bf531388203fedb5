//! `compshare image`: images.

mod columns;
mod favorites;

use clap::{ArgMatches, Command};

use crate::Context;
use crate::failure::Failure;
use crate::lang::Texts;

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("image")
        .about(texts.image_about)
        .after_help(texts.image_examples)
        .subcommand_required(true)
        .subcommand(favorites::definition(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    if let Some(("favorites", matches)) = matches.subcommand() {
        return favorites::run(context, matches);
    }
    let texts = context.texts();
    Err(Failure::usage_with_hint(texts.use_command_missing, texts.use_see_help))
}
