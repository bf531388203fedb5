//! `compshare sign`: the string to sign and the signature, to debug RetCode 171.

use clap::{ArgMatches, Command};
use compshare_client::model::Untyped;
use compshare_client::sanitize;
use compshare_client::sign::{SIGNATURE, form};
use serde_json::{Map, Value, json};

use super::{dry_run, params};
use crate::cli::args::examples;
use crate::cli::subcommand::Subcommand;
use crate::context::Context;
use crate::failure::Failure;
use crate::lang::{text, texts};
use crate::settings::Settings;

pub(crate) const COMMAND: Subcommand = Subcommand::new("sign", define, run);

fn define(command: Command) -> Command {
    let commands = ["compshare sign -p Action=DescribeFavoriteImages -p Region=cn-wlcb"];
    command
        .about(texts().sign_about)
        .after_help(examples(&commands, texts().sign_note))
        .args(params::options())
}

fn run(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let mut params = params::read(matches)?;
    let action = params.shift_remove("Action");
    let name = action.as_ref().and_then(Value::as_str).unwrap_or_default();
    if name.is_empty() {
        let name = "--param Action=<ACTION>";
        return Err(Failure::usage(text!(use_missing, name)));
    }

    // Sign only the given parameters, for comparison with other implementations.
    let config = Settings::read(context).config_without_location(context)?;
    let request = dry_run::prepared(config, &Untyped::read(name).params(params))?;

    let mut canonical = String::new();
    let mut signature = String::new();
    for (key, value) in form::decode(request.body()).unwrap_or_default() {
        // The body has the signing order, followed by the signature.
        if key == SIGNATURE {
            signature = value;
        } else {
            canonical.push_str(&key);
            canonical.push_str(&value);
        }
    }

    let data = json!({"canonical": canonical, "signature": signature});
    context.value(&data, Map::new(), |out| {
        out.line(&sanitize(&canonical));
        out.line(&signature);
    })
}
