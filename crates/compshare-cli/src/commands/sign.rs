//! `compshare sign`: the text that is signed, and its signature. For when the service answers 171.

use clap::{ArgMatches, Command};
use compshare_client::model::Untyped;
use compshare_client::printable;
use compshare_client::sign::{SIGNATURE, form};
use serde_json::{Map, json};

use super::{document, params};
use crate::Context;
use crate::commands::call;
use crate::failure::Failure;
use crate::lang::Texts;
use crate::output::Format;
use crate::settings::Settings;

pub(super) fn definition(texts: &'static Texts) -> Command {
    Command::new("sign")
        .about(texts.sign_about)
        .after_help(texts.sign_examples)
        .args(params::options(texts))
}

pub(super) fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let texts = context.texts();
    let mut params = params::read(matches, texts)?;
    let action = params.shift_remove("Action");
    let Some(name) = action
        .as_ref()
        .and_then(|action| action.as_str())
        .filter(|name| !name.is_empty())
    else {
        return Err(Failure::usage_with_hint(
            texts.use_sign_action,
            "-p Action=...",
        ));
    };
    // Only what is given is signed, so that it can be compared with what others sign.
    let config = Settings::read(context).bare(context)?;
    let request = call::prepared(config, &Untyped::read(name).params(params))?;

    let mut canonical = String::new();
    let mut signature = String::new();
    for (key, value) in form::decode(request.body()).unwrap_or_default() {
        // They travel in the order in which they are signed, and the signature last.
        if key == SIGNATURE {
            signature = value;
        } else {
            canonical.push_str(&key);
            canonical.push_str(&value);
        }
    }
    let mut out = context.output();
    match context.format {
        Some(format @ (Format::Json | Format::JsonLines)) => {
            document(
                &mut out,
                format,
                &json!({"canonical": canonical, "signature": signature}),
                Map::new(),
            )?;
        }
        Some(Format::Csv | Format::Ids) => return Err(Failure::usage(texts.use_format)),
        Some(Format::Table) | None => {
            out.line(&printable(&canonical));
            out.line(&signature);
        }
    }
    Ok(out.flush()?)
}
