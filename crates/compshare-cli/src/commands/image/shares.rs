//! `compshare image shares`: the accounts that an image is shared with.

use clap::{ArgMatches, Command};
use compshare_client::CallOptions;
use compshare_client::model::{Account, Action as _, DescribeCompShareImageShareAccounts};

use crate::cli::args::{self, examples, required};
use crate::cli::subcommand::Subcommand;
use crate::commands::listing;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::texts;
use crate::output::{Column, Columns, non_empty};
use crate::settings;

pub(super) const COMMAND: Subcommand = Subcommand::new("shares", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare image shares compshareImage-1pl06yxr5lvm",
        "compshare image shares compshareImage-1pl06yxr5lvm --output ids",
    ];
    command
        .about(texts().shares_about)
        .after_help(examples(&commands, ""))
        .arg(args::image(texts().shares_image))
        .arg(args::columns())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let columns = vec![
        Column::new("AccountId", texts().col_account_id, |row: &Account| {
            non_empty(row.account_id.as_ref()?.as_str())
        })
        .name("id"),
        Column::new("AccountName", texts().col_account, |row: &Account| {
            non_empty(row.account_name.as_deref()?)
        })
        .name("name"),
    ];
    let columns = listing::selected(context, matches, Columns::with_id(columns, 0))?;

    let client = settings::client(context)?;
    let request = DescribeCompShareImageShareAccounts::new(required(matches, "image"));
    let reply = client.send_with(&request, &CallOptions::default())?;
    let rows = &reply.value.account_set;
    listing::write_rows(context, &columns, rows, request.name(), &reply)
}
