//! `compshare version`: the version as text or JSON.

use clap::{ArgMatches, Command};
use serde_json::json;

use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;

pub(crate) const COMMAND: Subcommand = Subcommand::new("version", define, run).hidden();

fn define(command: Command) -> Command {
    command.about(texts().version)
}

fn run(context: &Context, _: &ArgMatches) -> Result<(), Failure> {
    let version = env!("CARGO_PKG_VERSION");
    context.done(version, &json!({"version": version}))
}
