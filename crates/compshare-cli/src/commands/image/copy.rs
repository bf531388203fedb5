//! `compshare image copy`: copies an image.

use clap::{ArgMatches, Command};
use compshare_client::model::CopyCompShareCustomImage;

use super::change::{self, Completed};
use crate::cli::args::{self, examples, filled, option, owned, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};

pub(super) const COMMAND: Subcommand = Subcommand::new("copy", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare image copy compshareImage-1pl06yxr5lvm",
        "compshare image copy compshareImage-1pl06yxr5lvm --name second",
    ];
    command
        .about(texts().copy_about)
        .after_help(examples(&commands, ""))
        .arg(args::image(texts().change_image))
        .arg(filled(option("name", "NAME", texts().copy_name)))
        .arg(args::dry_run())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let image = required(matches, "image");
    let mut request = CopyCompShareCustomImage::new(image);
    request.target_image_name = owned(matches, "name");

    change::run(context, matches, &request, None, |response| {
        let copy = response.new_image_id.as_ref();
        let Some(copy) = copy.filter(|id| !id.is_empty()) else {
            return Err(Failure::unexpected_response(text!(copy_no_id, image)));
        };
        Ok(Completed {
            id: copy.to_string(),
            ..Completed::new(image, text!(copy_done, image, copy))
        })
    })
}
