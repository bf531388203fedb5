//! Confirmation, sending and reporting for commands that change images.

use std::sync::Arc;

use clap::ArgMatches;
use compshare_client::model::Action;
use compshare_client::{CallOptions, sync};
use serde::Serialize;
use serde_json::{Map, Value};

use super::zone_lookup::in_any_zone;
use crate::commands::dry_run;
use crate::commands::report::ChangeReport;
use crate::context::Context;
use crate::failure::Failure;
use crate::logging::LoggingTransport;
use crate::output::document::{members, reply_meta};
use crate::prompt;
use crate::settings::{self, Settings};

/// The direction of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Remove,
}

/// Validates the settings, asks for confirmation and creates the client; sends no request. Returns
/// `None` for a dry run.
pub(super) fn client(
    context: &Context,
    settings: &Settings,
    matches: &ArgMatches,
    action: &impl Action,
    question: Option<&str>,
) -> Result<Option<(sync::Client, Arc<LoggingTransport>)>, Failure> {
    let config = settings.config(context)?;
    if matches.get_flag("dry-run") {
        dry_run::show(context, &dry_run::prepared(config, action)?)?;
        return Ok(None);
    }

    if let Some(question) = question {
        prompt::confirm(context, question, matches.get_flag("yes"))?;
    }

    // Connect after the prompt: the deadline of the command starts here.
    Ok(Some(settings::connect(config, context)))
}

/// Returns `true` if the command will ask for confirmation.
pub(super) fn will_prompt(context: &Context, matches: &ArgMatches) -> bool {
    let is_set = |name| {
        matches
            .try_get_one::<bool>(name)
            .is_ok_and(|flag| flag == Some(&true))
    };
    prompt::is_possible(context) && !is_set("yes") && !is_set("dry-run")
}

/// A completed change.
pub(super) struct Completed {
    pub(super) message: String,
    /// The id for `--output ids`.
    pub(super) id: String,
    /// Additional members of the JSON document.
    pub(super) data: Map<String, Value>,
}

impl Completed {
    pub(super) fn new(image: &str, message: String) -> Self {
        Self {
            message,
            id: image.to_owned(),
            data: Map::from_iter([("CompShareImageId".to_owned(), image.into())]),
        }
    }
}

/// Sends a change as one request and reports the result. `done` converts the response.
pub(super) fn run<A: Action<Response: Serialize>>(
    context: &Context,
    matches: &ArgMatches,
    action: &A,
    question: Option<&str>,
    done: impl FnOnce(&A::Response) -> Result<Completed, Failure>,
) -> Result<(), Failure> {
    let mut report = ChangeReport::new(context)?;
    let settings = Settings::read(context);
    let client = self::client(context, &settings, matches, action, question)?;
    let Some((client, transport)) = client else {
        return Ok(());
    };
    let send = |client: &sync::Client| client.send_with(action, &CallOptions::default());
    let reply = in_any_zone(&settings, &client, &transport, send)?;

    let mut done = done(&reply.value)?;
    done.data.extend(members(&reply.value)?);
    report.done(&done.message, [done.id.as_str()])?;
    report.finish(&done.data, reply_meta(action.name(), &reply), None)
}
