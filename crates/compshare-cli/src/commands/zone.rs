//! `compshare zone`: regions and zones.

use clap::{ArgMatches, Command};
use compshare_client::CallOptions;
use compshare_client::model::Untyped;
use serde_json::Value;

use super::listing;
use crate::cli::args::{self, examples};
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::{Column, Columns};
use crate::settings::{self, Settings};

pub(crate) const COMMAND: Subcommand = Subcommand::group("zone", define, COMMANDS);

/// A habitual alias of `compshare zone list`.
pub(crate) const SHORTCUT: Subcommand = Subcommand::new("zones", define_list, list).hidden();

const COMMANDS: &[Subcommand] = &[Subcommand::new("list", define_list, list)];

/// The action that lists zones. CompShare's own command line calls it without parameters.
const ACTION: &str = "DescribeCompShareSupportZone";

fn define(command: Command) -> Command {
    command
        .about(texts().zone_about)
        .after_help(examples(&["compshare zone list"], ""))
}

fn define_list(command: Command) -> Command {
    let commands = ["compshare zone list", "compshare zone list --output ids"];
    command
        .about(texts().zone_list_about)
        .after_help(examples(&commands, texts().zone_list_note))
        .arg(args::columns())
}

fn list(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let columns = vec![
        Column::member("Zone", texts().col_zone),
        Column::member("Region", texts().col_region),
        Column::member("Describe", texts().col_name),
    ];
    let columns = listing::selected(context, matches, Columns::with_id(columns, 0))?;

    let config = Settings::read(context).config_across_regions(context)?;
    let (client, _) = settings::connect(config, context);
    let mut reply = client.send_with(&Untyped::read(ACTION), &CallOptions::default())?;
    let Some(Value::Array(zones)) = reply.value.get_mut("ZoneInfo").map(Value::take) else {
        return Err(Failure::unexpected_response(texts().use_no_ids));
    };
    listing::write_rows(context, &columns, &zones, ACTION, &reply)
}
