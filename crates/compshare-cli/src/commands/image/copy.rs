//! `compshare image copy`: a second image of the same content.

use clap::{Arg, ArgMatches, Command};
use compshare_client::model::CopyCompShareCustomImage;
use serde_json::Map;

use super::change::{self, Done, filled, image_arg, required, text};
use crate::Context;
use crate::cli;
use crate::failure::Failure;
use crate::lang::{Texts, fill};

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("copy")
        .about(texts.copy_about)
        .after_help(texts.copy_examples)
        .arg(image_arg(texts))
        .arg(filled(
            Arg::new("name")
                .long("name")
                .value_name(texts.val_name)
                .help(texts.copy_name),
        ))
        .arg(cli::dry_run(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let image = required(matches, "image");
    let mut request = CopyCompShareCustomImage::new(image);
    request.target_image_name = text(matches, "name").map(str::to_owned);
    change::run(context, matches, &request, None, |answer| {
        let Some(copy) = answer
            .new_comp_share_image_id
            .as_ref()
            .filter(|id| !id.is_empty())
        else {
            return Err(Failure::Answer {
                message: fill(texts.copy_no_id, &[("image", image)]),
            });
        };
        Ok(Done {
            message: fill(
                texts.copy_done,
                &[("image", image), ("copy", copy.as_str())],
            ),
            id: copy.to_string(),
            data: Map::from_iter([("CompShareImageId".to_owned(), image.into())]),
        })
    })
}
