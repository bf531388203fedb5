//! `compshare image shares`: with whom an image is shared.

use clap::{Arg, ArgMatches, Command};
use compshare_client::CallOptions;
use compshare_client::model::{Account, Action as _, DescribeCompShareImageShareAccounts};

use super::change::{filled, required};
use super::columns::text;
use super::rows;
use crate::Context;
use crate::failure::Failure;
use crate::lang::Texts;
use crate::output::{Column, Columns};
use crate::settings;

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("shares")
        .about(texts.shares_about)
        .after_help(texts.shares_examples)
        .arg(filled(
            Arg::new("image")
                .value_name(texts.val_image)
                .required(true)
                .help(texts.shares_image),
        ))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let client = settings::client(context)?;
    let request = DescribeCompShareImageShareAccounts::new(required(matches, "image"));
    let reply = client.send_with(&request, &CallOptions::default())?;
    let columns = Columns::with_id(
        vec![
            Column::new("AccountId", texts.col_account_id, |row: &Account| {
                text(row.account_id.as_ref()?.as_str())
            }),
            Column::new("AccountName", texts.col_account, |row: &Account| {
                text(row.account_name.as_deref()?)
            }),
        ],
        0,
    );
    rows::write(
        context,
        &columns,
        &reply.value.account_set,
        DescribeCompShareImageShareAccounts::NAME,
        &reply,
    )
}
