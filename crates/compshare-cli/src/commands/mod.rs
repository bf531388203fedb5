//! The commands: each has its part of the command line's definition, and what it does.

mod call;
mod completion;
mod config;
mod doctor;
mod files;
mod image;
mod man;
mod params;
mod sign;

use clap::{ArgMatches, Command};
use compshare_client::Reply;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::Context;
use crate::failure::Failure;
use crate::lang::Texts;
use crate::output::{Format, Output, SCHEMA, json_pretty, json_text};

/// All commands, in the order of the help; if the first of `words` names one, it alone.
pub(crate) fn definitions(texts: &'static Texts, words: &[&str]) -> Vec<Command> {
    let version = |texts: &'static Texts| {
        Command::new("version")
            .about(texts.version_command)
            .hide(true)
    };
    let (first, rest) = words
        .split_first()
        .map_or(("", words), |(first, rest)| (*first, rest));
    one_or_all(
        first,
        [
            ("config", &config::definition),
            ("doctor", &doctor::definition),
            ("image", &|texts| image::definition(texts, rest)),
            ("call", &call::definition),
            ("sign", &sign::definition),
            ("completion", &completion::definition),
            ("man", &man::definition),
            ("version", &version),
        ],
        texts,
    )
}

/// The definition of the command `name`, or those of all, if it names none.
fn one_or_all<const N: usize>(
    name: &str,
    definitions: [(&str, &dyn Fn(&'static Texts) -> Command); N],
    texts: &'static Texts,
) -> Vec<Command> {
    let is_known = definitions.iter().any(|(known, _)| *known == name);
    let wanted = definitions
        .into_iter()
        .filter(|(known, _)| !is_known || *known == name);
    wanted.map(|(_, definition)| definition(texts)).collect()
}

/// Runs the command that was given.
pub(crate) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("config", matches)) => config::run(context, matches),
        Some(("doctor", _)) => doctor::run(context),
        Some(("image", matches)) => image::run(context, matches),
        Some(("call", matches)) => call::run(context, matches),
        Some(("sign", matches)) => sign::run(context, matches),
        Some(("completion", matches)) => completion::run(context, matches),
        Some(("man", matches)) => man::run(context, matches),
        Some(("version", _)) => version(context),
        _ => {
            let texts = context.texts();
            Err(Failure::usage_with_hint(
                texts.use_command_missing,
                texts.use_see_help,
            ))
        }
    }
}

fn version(context: &Context) -> Result<(), Failure> {
    let version = env!("CARGO_PKG_VERSION");
    let mut out = context.output();
    match context.format {
        Some(format @ (Format::Json | Format::JsonLines)) => {
            document(&mut out, format, &json!({"version": version}), Map::new())?;
        }
        _ => out.line(version),
    }
    Ok(out.flush()?)
}

/// Adds one value as a document: in the frame that `json` has, or as a line by itself.
fn document(
    out: &mut Output,
    format: Format,
    data: &impl Serialize,
    meta: Map<String, Value>,
) -> Result<(), Failure> {
    framed(out, format, true, data, meta)
}

/// As [`document`], also where not all is well.
fn framed(
    out: &mut Output,
    format: Format,
    is_ok: bool,
    data: &impl Serialize,
    meta: Map<String, Value>,
) -> Result<(), Failure> {
    if format == Format::JsonLines {
        out.line(&json_text(data).map_err(Failure::json)?);
        return Ok(());
    }
    let data = serde_json::to_value(data).map_err(Failure::json)?;
    let mut document = json!({"ok": is_ok, "schema": SCHEMA, "data": data});
    if let (Some(document), false) = (document.as_object_mut(), meta.is_empty()) {
        document.insert("meta".to_owned(), meta.into());
    }
    let text = if out.is_terminal() {
        json_pretty(&document)
    } else {
        json_text(&document)
    };
    out.line(&text.map_err(Failure::json)?);
    Ok(())
}

/// What is told of a call besides its answer.
fn reply_meta<T>(action: &str, reply: &Reply<T>) -> Map<String, Value> {
    let mut meta = Map::new();
    meta.insert("action".to_owned(), action.into());
    meta.insert("ret_code".to_owned(), 0.into());
    if let Some(id) = &reply.request_id {
        meta.insert("request_uuid".to_owned(), id.as_str().into());
    }
    meta.insert("attempts".to_owned(), reply.attempts.into());
    meta
}

/// Takes away what says how the call went and not what it gave.
fn without_envelope(answer: &mut Map<String, Value>) {
    answer.retain(|name, _| !["Action", "RetCode"].contains(&name.as_str()));
}

/// Says that something was done: a line for people, a document for programs.
fn done(context: &Context, message: &str, data: &Value) -> Result<(), Failure> {
    let mut out = context.output();
    match context.format {
        Some(format @ (Format::Json | Format::JsonLines)) => {
            document(&mut out, format, data, Map::new())?
        }
        _ => out.line(message),
    }
    Ok(out.flush()?)
}
