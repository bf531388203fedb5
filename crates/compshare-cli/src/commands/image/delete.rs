//! `compshare image delete`: an image of the account, deleted for good.

use clap::{ArgMatches, Command};
use compshare_client::model::TerminateCompShareCustomImage;
use serde_json::Map;

use super::change::{self, Done, image_arg, required};
use crate::Context;
use crate::cli;
use crate::failure::Failure;
use crate::lang::{Texts, fill};

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("delete")
        .about(texts.delete_about)
        .after_help(texts.delete_examples)
        .arg(image_arg(texts))
        .arg(cli::dry_run(texts))
        .arg(cli::yes(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let image = required(matches, "image");
    let request = TerminateCompShareCustomImage::new(image);
    let question = fill(texts.delete_confirm, &[("image", image)]);
    change::run(context, matches, &request, Some(&question), |_| {
        Ok(Done {
            message: fill(texts.delete_done, &[("image", image)]),
            id: image.to_owned(),
            data: Map::from_iter([("CompShareImageId".to_owned(), image.into())]),
        })
    })
}
