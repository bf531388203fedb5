//! `compshare image delete`: deletes an image permanently.

use clap::{ArgMatches, Command};
use compshare_client::model::TerminateCompShareCustomImage;

use super::change::{self, Completed};
use super::own_image::OwnImage;
use crate::cli::args::{self, examples, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};

pub(super) const COMMAND: Subcommand = Subcommand::new("delete", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare image delete compshareImage-1pl06yxr5lvm --zone cn-wlcb-01",
        "compshare image delete compshareImage-1pl06yxr5lvm --zone cn-wlcb-01 --yes",
    ];
    command
        .about(texts().delete_about)
        .after_help(examples(&commands, texts().delete_note))
        .arg(args::image(texts().change_image))
        .arg(args::dry_run())
        .arg(args::yes())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let image = required(matches, "image");
    let request = TerminateCompShareCustomImage::new(image);

    let own = if change::will_prompt(context, matches) {
        OwnImage::find(context, image)?
    } else {
        None
    };
    let known = own.and_then(|own| own.details());
    let question = text!(delete_confirm, image = known.as_deref().unwrap_or(image));

    change::run(context, matches, &request, Some(&question), |_| {
        Ok(Completed::new(image, text!(delete_done, image)))
    })
    .map_err(|failure| failure.with_image(image))
}
