//! `compshare instance show`: the details of an instance.

use clap::{ArgMatches, Command};

use super::{columns, target};
use crate::cli::args::{self, examples, required};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::secrets::masked_record;
use crate::settings::{self, Settings};

pub(super) const COMMAND: Subcommand = Subcommand::new("show", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare instance show uhost-1pl07y4wkaaq",
        "compshare instance show trainer --columns state,ip,disks",
        "compshare instance show trainer --columns password --show-sensitive",
    ];
    command
        .about(texts().instance_show_about)
        .after_help(examples(&commands, texts().instance_list_note))
        .arg(target::one())
        .arg(args::columns())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let config = Settings::read(context).config_for_instances(context)?;
    let (client, _) = settings::connect(config, context);
    let instance = target::find_one(&client, required(matches, "instance"))?;

    let instance = masked_record(context, instance)?;
    let columns = listing::selected(context, matches, columns::of_details(&instance))?;
    listing::write_one(context, &columns, &instance)
}
