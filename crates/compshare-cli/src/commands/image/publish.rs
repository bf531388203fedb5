//! `compshare image publish`: an image of the account for everybody.

use clap::{Arg, ArgMatches, Command};
use compshare_client::model::PublishCompShareImage;
use serde_json::Map;

use super::change::{self, Done, filled, image_arg, required, text};
use super::details::{self, Details};
use crate::Context;
use crate::cli;
use crate::failure::Failure;
use crate::lang::{Texts, fill};

pub(super) fn definition(texts: &'static Texts) -> Command {
    let option = |name: &'static str, value: &'static str, help: &'static str| {
        filled(Arg::new(name).long(name).value_name(value).help(help))
    };
    Command::new("publish")
        .about(texts.publish_about)
        .after_help(texts.publish_examples)
        .arg(image_arg(texts))
        .arg(option("version", texts.val_version, texts.publish_version).required(true))
        .arg(option("group", texts.val_group, texts.publish_group))
        .arg(option("name", texts.val_name, texts.publish_name))
        .arg(details::price(texts.publish_price, texts))
        .args(details::options(texts))
        .arg(cli::dry_run(texts))
        .arg(cli::yes(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let (image, version) = (required(matches, "image"), required(matches, "version"));
    let details = Details::read(matches, texts)?;
    // Always sent: some sources require it, and to all of them 0 is free.
    let price = details.price.unwrap_or_default();
    let mut request = PublishCompShareImage::new(image, version).price(price);
    request.group_id = text(matches, "group").map(Into::into);
    request.community_image_name = text(matches, "name").map(str::to_owned);
    request.version_desc = details.version_description;
    request.description = details.description;
    request.cover = details.cover;
    request.readme = details.readme;
    request.tags = details.tags;
    request.supported_gpu_types = details.gpus;
    request.auto_start = details.autostart;

    let price = price.to_string();
    let question = fill(
        texts.publish_confirm,
        &[
            ("image", image),
            ("version", version),
            ("price", price.as_str()),
        ],
    );
    change::run(context, matches, &request, Some(&question), |answer| {
        let published = answer
            .new_comp_share_image_id
            .as_ref()
            .filter(|id| !id.is_empty());
        Ok(Done {
            message: fill(
                texts.publish_done,
                &[("image", image), ("version", version)],
            ),
            id: published.map_or_else(|| image.to_owned(), ToString::to_string),
            data: Map::from_iter([
                ("CompShareImageId".to_owned(), image.into()),
                ("VersionName".to_owned(), version.into()),
            ]),
        })
    })
}
