//! `compshare image publish`: publishes an image to the community.

use clap::{ArgMatches, Command};
use compshare_client::model::PublishCompShareImage;

use super::change::{self, Completed};
use super::details::{self, set_details};
use crate::cli::args::{self, examples, filled, option, owned, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};

pub(super) const COMMAND: Subcommand = Subcommand::new("publish", define, run);

#[rustfmt::skip]
const EXAMPLES: [&str; 3] = [
    "compshare image publish compshareImage-1pl06yxr5lvm --version v1.0 --name ComfyUI --tag AIGC,ComfyUI",
    "compshare image publish compshareImage-1pl06yxr5lvm --version v1.1 --group qYl0zvqlo03V --yes",
    "compshare image publish compshareImage-1pl06yxr5lvm --version v1.0 --price 0.5 --readme README.md --cover cover.png",
];

fn define(command: Command) -> Command {
    let version = option("version", "VERSION", texts().publish_version).required(true);
    command
        .about(texts().publish_about)
        .after_help(examples(&EXAMPLES, texts().publish_note))
        .arg(args::image(texts().change_image))
        .arg(filled(version))
        .arg(filled(option("group", "GROUP", texts().publish_group)))
        .arg(filled(option("name", "NAME", texts().publish_name)))
        .arg(details::price(texts().publish_price))
        .args(details::options())
        .arg(args::dry_run())
        .arg(args::yes())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let (image, version) = (required(matches, "image"), required(matches, "version"));
    // Always sent: some sources require it, and 0 means free in all of them.
    let price: f64 = matches.get_one("price").copied().unwrap_or_default();
    let mut request = PublishCompShareImage::new(image, version).price(price);
    request.community_image_name = owned(matches, "name");
    set_details!(request, matches);

    let question = text!(publish_confirm, image, version, price);
    change::run(context, matches, &request, Some(&question), |response| {
        let mut done = Completed::new(image, text!(publish_done, image, version));
        done.data.insert("VersionName".to_owned(), version.into());
        let published = response.new_image_id.as_ref();
        if let Some(id) = published.filter(|id| !id.is_empty()) {
            done.id = id.to_string();
        }
        Ok(done)
    })
}
