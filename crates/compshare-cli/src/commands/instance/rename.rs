//! `compshare instance rename`: names an instance.

use clap::{ArgMatches, Command};
use compshare_client::model::{Instance, ModifyCompShareInstanceName};

use super::change::{Change, Task, at};
use super::target::{self, label};
use crate::cli::args::{self, examples, filled, positional, required};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};

pub(super) const COMMAND: Subcommand = Subcommand::new("rename", define, run);

/// The maximum length of a name, in characters.
const MAX_NAME: usize = 63;

fn define(command: Command) -> Command {
    let commands = ["compshare instance rename uhost-1pl07y4wkaaq trainer"];
    let name = filled(positional("name", "NAME", texts().instance_rename_name));
    command
        .about(texts().instance_rename_about)
        .after_help(examples(&commands, ""))
        .arg(target::one())
        .arg(name)
        .arg(args::dry_run())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let name = required(matches, "name");
    if name.chars().count() > MAX_NAME {
        return Err(Failure::usage(text!(use_name_length, max = MAX_NAME)));
    }
    let task = Task::new(context, matches, false)?;
    let instances = task.find()?;
    let request = |instance: &Instance| {
        let request = ModifyCompShareInstanceName::new(&instance.id, name);
        at!(instance, request)
    };
    task.run(
        instances,
        Change {
            request: &request,
            done: &|instance| text!(instance_renamed, label = label(instance), name),
            goal: None,
        },
    )
}
