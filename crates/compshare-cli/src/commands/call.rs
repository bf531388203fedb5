//! `compshare call`: any action of the API, today's and tomorrow's.

mod answer;

use clap::{Arg, ArgMatches, Command};
use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::model::{Action, Effect, Untyped};
use compshare_client::sign::{SIGNATURE, form};
use compshare_client::transport::{HttpRequest, Now};
use compshare_client::{CallOptions, Config, printable};
use serde_json::{Map, Value, json};

use super::{document, params, reply_meta};
use crate::Context;
use crate::cli;
use crate::failure::{Failure, effect_of};
use crate::lang::{Texts, fill};
use crate::output::Format;
use crate::prompt;
use crate::settings::{self, Settings};
use crate::watch::MASK;

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("call")
        .about(texts.call_about)
        .after_help(texts.call_examples)
        .arg(
            Arg::new("action")
                .value_name(texts.val_action)
                .required(true)
                .help(texts.call_action),
        )
        .args(params::options(texts))
        .arg(cli::choice(
            Arg::new("effect")
                .long("effect")
                .value_name(texts.val_effect)
                .help(texts.call_effect),
            &["read", "write"],
        ))
        .arg(cli::dry_run(texts))
        .arg(cli::yes(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let name = matches
        .get_one::<String>("action")
        .map(String::as_str)
        .unwrap_or_default();
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(Failure::usage(texts.use_action_name));
    }
    let effect = match matches.get_one::<String>("effect").map(String::as_str) {
        Some("read") => Effect::Read,
        Some(_) => Effect::Write,
        None => effect_of(name),
    };
    let action = Untyped::new(name, effect).params(params::read(matches, texts)?);

    let settings = Settings::read(context);
    let config = settings.config(context)?;
    if matches.get_flag("dry-run") {
        return show(context, &prepared(config, &action)?);
    }
    if effect != Effect::Read && destroys(name) {
        prompt::confirm(
            context,
            &fill(texts.confirm_call, &[("action", name)]),
            matches.get_flag("yes"),
        )?;
    }
    let (client, _) = settings::connect(config, context)?;
    let reply = client.send_with(&action, &CallOptions::default())?;
    let meta = reply_meta(name, &reply);
    answer::write(context, reply.value, meta)
}

/// Whether what the action does cannot be undone, by its name.
fn destroys(action: &str) -> bool {
    [
        "Terminate",
        "Delete",
        "Destroy",
        "Release",
        "Purge",
        "Reinstall",
    ]
    .iter()
    .any(|verb| action.starts_with(verb))
}

/// The signed request that a call begins with.
pub(super) fn prepared(config: Config, action: &impl Action) -> Result<HttpRequest, Failure> {
    let mut exchange = Engine::new(config).exchange(action, &CallOptions::default())?;
    match exchange.step(Now::real()) {
        Step::Send(request, _) => Ok(request),
        // A call that is over before it began has failed.
        Step::Done(Err(error)) => Err(error.into()),
        Step::Wait(_) | Step::Done(Ok(_)) => Ok(HttpRequest::default()),
    }
}

/// The request as it would be sent, but for the signature: whoever has that can send it.
pub(super) fn show(context: &Context, request: &HttpRequest) -> Result<(), Failure> {
    let pairs: Vec<(String, String)> = form::decode(request.body())
        .unwrap_or_default()
        .into_iter()
        .map(|(key, value)| {
            if key == SIGNATURE {
                (key, MASK.to_owned())
            } else {
                (key, value)
            }
        })
        .collect();
    let headers = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str(), value.to_str().unwrap_or_default()));
    let mut out = context.output();
    match context.format {
        Some(format @ (Format::Json | Format::JsonLines)) => {
            let headers: Map<String, Value> = headers
                .map(|(name, value)| (name.to_owned(), value.into()))
                .collect();
            let parameters: Map<String, Value> = pairs
                .into_iter()
                .map(|(key, value)| (key, value.into()))
                .collect();
            let data = json!({
                "method": request.method().as_str(),
                "url": request.uri().to_string(),
                "headers": headers,
                "parameters": parameters,
            });
            let mut meta = Map::new();
            meta.insert("dry_run".to_owned(), true.into());
            document(&mut out, format, &data, meta)?;
        }
        Some(Format::Csv | Format::Ids) => return Err(Failure::usage(context.texts().use_format)),
        Some(Format::Table) | None => {
            out.line(&format!("{} {}", request.method(), request.uri()));
            for (name, value) in headers {
                out.line(&format!("{name}: {value}"));
            }
            out.line("");
            for (key, value) in pairs {
                out.line(&format!("{}={}", printable(&key), printable(&value)));
            }
        }
    }
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_destroys_is_told_by_its_name() {
        assert!(destroys("TerminateCompShareInstance") && destroys("DeleteCompshareDisk"));
        assert!(!destroys("StopCompShareInstance") && !destroys("UpdateCompShareImage"));
    }
}
