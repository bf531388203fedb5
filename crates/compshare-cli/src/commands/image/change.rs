//! Confirming, sending and reporting a change, for the commands that change images.

use std::sync::Arc;

use clap::ArgMatches;
use compshare_client::model::Action;
use compshare_client::{CallOptions, sanitize, sync};
use serde::Serialize;
use serde_json::{Map, Value};

use super::zone_lookup::in_any_zone;
use crate::commands::dry_run;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::text;
use crate::logging::LoggingTransport;
use crate::output::document::{members, reply_meta};
use crate::output::{Format, Output, json_text};
use crate::prompt;
use crate::settings::{self, Settings};

/// The two directions of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Remove,
}

/// The longest list of names in a message, in bytes.
pub(super) const MAX_NAMES: usize = 1024;

/// Returns the client for a change, once the settings are checked and the user has confirmed it; `None` if only the
/// request was to be shown. Nothing is sent.
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
    // The time for the command does not run while it asks.
    Ok(Some(settings::connect(config, context)))
}

/// Returns `true` if the change is sent once a person has confirmed it.
pub(super) fn will_prompt(context: &Context, matches: &ArgMatches) -> bool {
    let is_set = |name| {
        matches
            .try_get_one::<bool>(name)
            .is_ok_and(|flag| flag == Some(&true))
    };
    prompt::is_possible(context) && !is_set("yes") && !is_set("dry-run")
}

/// A change that was made.
pub(super) struct Completed {
    pub(super) message: String,
    /// The id that `--output ids` prints.
    pub(super) id: String,
    /// Members of the document besides those of the response.
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

/// Makes a change with one request, and reports what `done` makes of the response.
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

/// Prints what was done, in the format of the command.
pub(super) struct ChangeReport<'a> {
    context: &'a Context,
    format: Format,
    out: Output,
    has_items: bool,
}

impl<'a> ChangeReport<'a> {
    /// Refuses a format for rows before anything is done.
    pub(super) fn new(context: &'a Context) -> Result<Self, Failure> {
        let format = context.format_but(&[Format::Csv])?;
        Ok(Self {
            context,
            format,
            out: context.output(),
            has_items: false,
        })
    }

    /// A report whose lines of JSON are its items, see [`item`](Self::item).
    pub(super) fn of_items(context: &'a Context) -> Result<Self, Failure> {
        let mut report = Self::new(context)?;
        report.has_items = true;
        Ok(report)
    }

    /// Prints at once that something was done: a line for people, or the ids.
    pub(super) fn done<'i>(
        &mut self,
        message: &str,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Result<(), Failure> {
        match self.format {
            Format::Table | Format::Wide => self.out.line(message),
            Format::Ids => ids.into_iter().for_each(|id| self.out.line(&sanitize(id))),
            Format::Json | Format::JsonLines | Format::Csv => {}
        }
        Ok(self.out.flush()?)
    }

    /// Prints one of several items at once, where each is a line of JSON.
    pub(super) fn item(&mut self, item: &impl Serialize) -> Result<(), Failure> {
        if self.format == Format::JsonLines {
            self.out.line(&json_text(item)?);
        }
        Ok(self.out.flush()?)
    }

    /// Warns people of what may not have been done.
    pub(super) fn unconfirmed(&self, names: &str) {
        if !self.context.is_json() {
            self.context.warn(&text!(change_unconfirmed, names));
        }
    }

    /// Prints the document about all that was done, and returns the failure that kept the rest from being done.
    pub(super) fn finish(
        &mut self,
        data: &impl Serialize,
        meta: Map<String, Value>,
        failure: Option<Failure>,
    ) -> Result<(), Failure> {
        let has_document = match self.format {
            Format::Json => true,
            Format::JsonLines => !self.has_items,
            Format::Table | Format::Wide | Format::Csv | Format::Ids => false,
        };
        let mut printed = Ok(());
        if has_document {
            printed = self.out.outcome(self.format, failure.is_none(), data, meta);
        }
        let printed = printed.and_then(|()| self.out.flush());
        // The first failure is the one to report.
        match failure {
            Some(failure) => Err(failure),
            None => Ok(printed?),
        }
    }
}
