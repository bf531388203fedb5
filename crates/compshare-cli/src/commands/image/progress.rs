//! `compshare image progress`: the progress of making an image.

use clap::{ArgMatches, Command};
use compshare_client::model::{
    GetCompShareImageCreateProgress, GetCompShareImageCreateProgressResponse,
};
use compshare_client::sync::Client;
use serde_json::{Map, Value};

use super::columns::status_style;
use super::wait::{self, Wait};
use super::zone_lookup::in_any_zone;
use crate::cli::args::{self, examples, flag, required};
use crate::cli::subcommand::Subcommand;
use crate::commands::{listing, wait_args};
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::output::document::members;
use crate::output::{Column, Columns, human};
use crate::settings::{self, Settings};

type ProgressResponse = GetCompShareImageCreateProgressResponse;

pub(super) const COMMAND: Subcommand = Subcommand::new("progress", define, run);

fn define(command: Command) -> Command {
    let commands = [
        "compshare image progress compshareImage-1pl06yxr5lvm --zone cn-wlcb-01",
        "compshare image progress compshareImage-1pl06yxr5lvm --zone cn-wlcb-01 --wait",
    ];
    command
        .about(texts().progress_about)
        .after_help(examples(&commands, texts().progress_note))
        .arg(args::image(texts().change_image))
        .arg(flag("wait", texts().progress_wait))
        .args(wait_args::options())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let image = required(matches, "image");
    let waits = matches.get_flag("wait");
    if let Some(name) = wait_args::given_option(matches).filter(|_| !waits) {
        return Err(Failure::usage(text!(use_needs, name, other = "--wait")));
    }

    let settings = Settings::read(context);
    let (client, transport) = settings::connect(settings.config(context)?, context);
    let request = GetCompShareImageCreateProgress::new(image);

    let (status, response) = if waits {
        let waited = Wait {
            command: wait::resume_command(&settings, image, None, None),
            settings: &settings,
            client,
            transport,
        };
        let waited = waited.run(context, matches, &request)?;
        if let Some(failure) = waited.failure {
            return Err(failure);
        }
        (waited.status, waited.response)
    } else {
        let send = |client: &Client| client.send(&request);
        let response = in_any_zone(&settings, &client, &transport, send)?;
        (status(&response), Some(response))
    };

    let mut row = Map::new();
    row.insert("CompShareImageId".to_owned(), image.into());
    row.insert("Status".to_owned(), status.into());
    if let Some(response) = response {
        row.extend(members(&response)?);
    }
    listing::write_one(context, &columns(&row), &row.into())
}

/// Returns the status of the image, as in the API. A status in the response overrides it.
fn status(response: &ProgressResponse) -> &'static str {
    if response.is_failed() {
        "UnAvailable"
    } else if response.is_done() {
        "Available"
    } else {
        "Making"
    }
}

/// Returns columns for the documented fields, then for all others in the row.
fn columns(row: &Map<String, Value>) -> Columns<Value> {
    let texts = texts();
    let known = [
        ("CompShareImageId", texts.col_id),
        ("Status", texts.col_status),
        ("Process", texts.col_percent),
        ("RemainingDuration", texts.col_time_left),
        ("TotalDuration", texts.col_time_total),
        ("FailedReason", texts.col_failure),
    ];

    let is_other = |name: &&String| known.iter().all(|(key, _)| key != name);
    let others = row.keys().filter(is_other);
    let known = known.map(|(key, title)| (key.to_owned(), title.to_owned()));
    let others = others.map(|name| (name.clone(), name.clone()));

    let columns = known.into_iter().chain(others).map(|(key, title)| {
        let humanize = match key.as_str() {
            "Status" => human::word,
            "Process" => human::percent,
            "RemainingDuration" | "TotalDuration" => human::seconds,
            _ => |_: &str| None,
        };
        let is_status = key == "Status";
        let column = Column::member(key, title).humanize(humanize);
        if is_status {
            column.style(status_style)
        } else {
            column
        }
    });
    Columns::with_id(columns.collect(), 0)
}
