//! What the commands that change images have in common.

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgMatches};
use compshare_client::model::Action;
use compshare_client::{CallOptions, printable, sync};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Context;
use crate::commands::{call, framed, reply_meta, without_envelope};
use crate::failure::Failure;
use crate::lang::{Texts, fill};
use crate::output::{Format, Output, json_text};
use crate::prompt;
use crate::settings::{self, Settings};
use crate::watch::Watch;

/// Whether something is added or taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Remove,
}

/// No more of a list of names is told, in bytes.
pub(super) const MAX_NAMES: usize = 1024;

/// The image that is changed.
pub(super) fn image_arg(texts: &'static Texts) -> Arg {
    filled(
        Arg::new("image")
            .value_name(texts.val_image)
            .required(true)
            .help(texts.change_image),
    )
}

/// An argument whose text is not empty.
pub(super) fn filled(arg: Arg) -> Arg {
    arg.value_parser(NonEmptyStringValueParser::new())
}

pub(super) fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.get_one::<String>(name).map(String::as_str)
}

/// The text of an argument that is required.
pub(super) fn required<'m>(matches: &'m ArgMatches, name: &str) -> &'m str {
    text(matches, name).unwrap_or_default()
}

/// Looks at the settings, shows the request if that is all that is wanted, and asks, if there is a question. Then there
/// is a client; nothing was sent before.
pub(super) fn ready(
    context: &Context,
    settings: &Settings,
    matches: &ArgMatches,
    action: &impl Action,
    question: Option<&str>,
) -> Result<Option<(sync::Client, Watch)>, Failure> {
    let config = settings.config(context)?;
    if matches.get_flag("dry-run") {
        call::show(context, &call::prepared(config, action)?)?;
        return Ok(None);
    }
    if let Some(question) = question {
        prompt::confirm(context, question, matches.get_flag("yes"))?;
    }
    // The time for the command does not run while it asks.
    settings::connect(config, context).map(Some)
}

/// What is told of a change that was made.
pub(super) struct Done {
    pub(super) message: String,
    /// The id that matters now.
    pub(super) id: String,
    /// What is told to programs besides the service's answer.
    pub(super) data: Map<String, Value>,
}

/// Makes a change with one request, and tells what `done` makes of its answer.
pub(super) fn run<A: Action<Response: Serialize>>(
    context: &Context,
    matches: &ArgMatches,
    action: &A,
    question: Option<&str>,
    done: impl FnOnce(&A::Response) -> Result<Done, Failure>,
) -> Result<(), Failure> {
    let mut report = Report::new(context)?;
    let settings = Settings::read(context);
    let Some((client, _)) = ready(context, &settings, matches, action, question)? else {
        return Ok(());
    };
    let reply = client.send_with(action, &CallOptions::default())?;
    let Done {
        message,
        id,
        mut data,
    } = done(&reply.value)?;
    data.extend(members(&reply.value)?);
    report.done(&message, [id.as_str()])?;
    report.finish(&data, reply_meta(action.name(), &reply))
}

/// What the service answered, without what every answer has.
pub(super) fn members(answer: &impl Serialize) -> Result<Map<String, Value>, Failure> {
    let mut members = match serde_json::to_value(answer).map_err(Failure::json)? {
        Value::Object(members) => members,
        other => Map::from_iter([("value".to_owned(), other)]),
    };
    without_envelope(&mut members);
    Ok(members)
}

/// Tells what was done, in the form that is asked for.
pub(super) struct Report<'a> {
    context: &'a Context,
    format: Format,
    out: Output,
}

impl<'a> Report<'a> {
    /// Refuses a form that is for rows, while nothing is done yet.
    pub(super) fn new(context: &'a Context) -> Result<Self, Failure> {
        let format = context.format.unwrap_or(Format::Table);
        if format == Format::Csv {
            return Err(Failure::usage(context.texts().use_format));
        }
        Ok(Self {
            context,
            format,
            out: context.output(),
        })
    }

    /// Something was done: told at once, to people by a line, and by the ids that matter where these are asked for.
    pub(super) fn done<'i>(
        &mut self,
        message: &str,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Result<(), Failure> {
        match self.format {
            Format::Table => self.out.line(message),
            Format::Ids => ids.into_iter().for_each(|id| self.out.line(&printable(id))),
            Format::Json | Format::JsonLines | Format::Csv => {}
        }
        Ok(self.out.flush()?)
    }

    /// One of several things was done: told at once where each has a line of its own.
    pub(super) fn item(&mut self, item: &Value) -> Result<(), Failure> {
        if self.format == Format::JsonLines {
            self.out.line(&json_text(item).map_err(Failure::json)?);
        }
        Ok(self.out.flush()?)
    }

    /// All was done: the document for programs.
    pub(super) fn finish(
        &mut self,
        data: &impl Serialize,
        meta: Map<String, Value>,
    ) -> Result<(), Failure> {
        self.document(true, data, meta)
    }

    /// Not all was done: the document says what was, and `failure` why not more.
    pub(super) fn fail(
        &mut self,
        data: &impl Serialize,
        meta: Map<String, Value>,
        failure: Failure,
    ) -> Failure {
        // What failed first is what is told.
        let _ = self.document(false, data, meta);
        failure
    }

    /// Tells people of what may not have been done, although something was.
    pub(super) fn unconfirmed(&self, names: &str) {
        if !self.context.is_json() {
            self.context.warn(&fill(
                self.context.texts().change_unconfirmed,
                &[("names", names)],
            ));
        }
    }

    pub(super) fn is_lines(&self) -> bool {
        self.format == Format::JsonLines
    }

    fn document(
        &mut self,
        is_ok: bool,
        data: &impl Serialize,
        meta: Map<String, Value>,
    ) -> Result<(), Failure> {
        if self.format.is_json() {
            framed(&mut self.out, self.format, is_ok, data, meta)?;
        }
        Ok(self.out.flush()?)
    }
}
