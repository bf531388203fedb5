//! `compshare image progress`: how far the making of an image is.

use clap::{Arg, ArgAction, ArgMatches, Command};
use compshare_client::model::{
    GetCompShareImageCreateProgress, GetCompShareImageCreateProgressResponse,
};
use serde_json::{Map, Value};

use super::change::{filled, members, required};
use super::columns::state;
use super::{single, wait};
use crate::Context;
use crate::failure::Failure;
use crate::lang::{Texts, fill};
use crate::output::{Column, Columns, json_cell};
use crate::settings::{self, Settings};

type Answer = GetCompShareImageCreateProgressResponse;
type Row = Map<String, Value>;

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("progress")
        .about(texts.progress_about)
        .after_help(texts.progress_examples)
        .arg(filled(
            Arg::new("image")
                .value_name(texts.val_image)
                .required(true)
                .help(texts.progress_image),
        ))
        .arg(
            Arg::new("wait")
                .long("wait")
                .action(ArgAction::SetTrue)
                .help(texts.progress_wait),
        )
        .args(wait::options(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let image = required(matches, "image");
    if !matches.get_flag("wait") {
        if let Some(option) = wait::given(matches) {
            return Err(Failure::usage(fill(
                texts.use_needs,
                &[("name", option), ("other", "--wait")],
            )));
        }
    }
    let settings = Settings::read(context);
    let (client, watch) = settings::connect(settings.config(context)?, context)?;
    let request = GetCompShareImageCreateProgress::new(image);
    let (status, answer) = if matches.get_flag("wait") {
        (
            "Available",
            wait::wait(context, matches, (&client, &watch), request)?,
        )
    } else {
        let answer = client.send(&request)?;
        (status(&answer), Some(answer))
    };
    let mut row = Row::new();
    row.insert("CompShareImageId".to_owned(), image.into());
    row.insert("Status".to_owned(), status.into());
    if let Some(answer) = answer {
        row.extend(members(&answer)?);
    }
    single::write(context, &columns(&row, texts), &row)
}

/// The state in the words that the service has for images; its own word, where the answer has one, is shown instead.
fn status(answer: &Answer) -> &'static str {
    if answer.is_failed() {
        "UnAvailable"
    } else if answer.is_done() {
        "Available"
    } else {
        "Making"
    }
}

/// What is documented, then whatever else came.
fn columns(row: &Row, texts: &'static Texts) -> Columns<Row> {
    let known = [
        ("CompShareImageId", texts.col_id),
        ("Status", texts.col_status),
        ("Process", texts.col_percent),
        ("RemainingDuration", texts.col_time_left),
        ("TotalDuration", texts.col_time_total),
        ("FailedReason", texts.col_failure),
    ];
    let others = row
        .keys()
        .filter(|name| known.iter().all(|(key, _)| key != name));
    let others: Vec<String> = others.cloned().collect();
    let known = known.into_iter().map(|(key, title)| {
        let column = Column::new(key, title, move |row: &Row| json_cell(row.get(key)?));
        if key == "Status" {
            column.style(state)
        } else {
            column
        }
    });
    let mut columns: Vec<Column<Row>> = known.collect();
    columns.extend(others.into_iter().map(|name| {
        Column::new(name.clone(), name.clone(), move |row: &Row| {
            json_cell(row.get(&name)?)
        })
    }));
    Columns::with_id(columns, 0)
}
