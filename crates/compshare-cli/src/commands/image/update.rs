//! `compshare image update`: what is said of an image, and who sees it.

use clap::{Arg, ArgMatches, Command};
use compshare_client::model::{UpdateCompShareImage, Visibility};
use serde_json::Map;

use super::change::{self, Done, filled, image_arg, required, text};
use super::details::{self, Details};
use crate::Context;
use crate::cli;
use crate::failure::Failure;
use crate::lang::{Texts, fill};

pub(super) fn definition(texts: &'static Texts) -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("update")
        .about(texts.update_about)
        .after_help(texts.update_examples)
        .arg(image_arg(texts))
        .arg(filled(option("group", texts.val_group, texts.update_group)))
        .arg(filled(option("name", texts.val_name, texts.update_name)))
        .arg(filled(option(
            "version",
            texts.val_version,
            texts.update_version,
        )))
        .arg(cli::choice(
            option("visibility", texts.val_visibility, texts.update_visibility),
            &["0", "1"],
        ))
        .arg(details::price(texts.update_price, texts))
        .args(details::options(texts))
        .arg(cli::dry_run(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let image = required(matches, "image");
    let details = Details::read(matches, texts)?;
    let mut request = UpdateCompShareImage::new(image);
    request.group_id = text(matches, "group").map(Into::into);
    request.name = text(matches, "name").map(str::to_owned);
    request.version_name = text(matches, "version").map(str::to_owned);
    request.version_desc = details.version_description;
    request.description = details.description;
    request.cover = details.cover;
    request.readme = details.readme;
    request.visibility = text(matches, "visibility").map(|visibility| match visibility {
        "1" => Visibility::PUBLIC,
        _ => Visibility::PRIVATE,
    });
    request.price = details.price;
    request.auto_start = details.autostart;
    request.tags = details.tags;
    request.supported_gpu_types = details.gpus;
    if request == UpdateCompShareImage::new(image) {
        return Err(Failure::usage_with_hint(
            texts.update_nothing,
            texts.use_see_help,
        ));
    }
    change::run(context, matches, &request, None, |_| {
        Ok(Done {
            message: fill(texts.update_done, &[("image", image)]),
            id: image.to_owned(),
            data: Map::from_iter([("CompShareImageId".to_owned(), image.into())]),
        })
    })
}
