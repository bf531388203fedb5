//! `compshare image update`: changes details and visibility of an image.

use clap::{ArgMatches, Command};
use compshare_client::model::{UpdateCompShareImage, Visibility};

use super::change::{self, Completed};
use super::details::{self, set_details};
use crate::cli::args::{self, choice, examples, filled, option, owned, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};

pub(super) const COMMAND: Subcommand = Subcommand::new("update", define, run);

fn define(command: Command) -> Command {
    let unpublish = "compshare image update compshareImage-1pl06yxr5lvm --visibility 0";
    let commands = [
        "compshare image update compshareImage-1pl06yxr5lvm --description nightly",
        "compshare image update compshareImage-1pl06yxr5lvm --readme - < README.md",
        &format!("{unpublish}    {}", texts().update_take_off),
    ];

    command
        .about(texts().update_about)
        .after_help(examples(&commands, texts().update_note))
        .arg(args::image(texts().change_image))
        .arg(filled(option("group", "GROUP", texts().update_group)))
        .arg(filled(option("name", "NAME", texts().update_name)))
        .arg(filled(option("version", "VERSION", texts().update_version)))
        .arg(choice(
            option("visibility", "0|1", texts().update_visibility),
            &[("0", Visibility::PRIVATE), ("1", Visibility::PUBLIC)],
        ))
        .arg(details::price(texts().update_price))
        .args(details::options())
        .arg(args::dry_run())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let image = required(matches, "image");
    let mut request = UpdateCompShareImage::new(image);
    request.name = owned(matches, "name");
    request.version_name = owned(matches, "version");
    request.visibility = matches.get_one("visibility").copied();
    request.price = matches.get_one("price").copied();
    set_details!(request, matches);
    if request == UpdateCompShareImage::new(image) {
        let texts = texts();
        let hint = text!(use_see_help, command = "compshare image update");
        return Err(Failure::usage(texts.update_nothing).with_hint(hint));
    }

    change::run(context, matches, &request, None, |_| {
        Ok(Completed::new(image, text!(update_done, image)))
    })
}
