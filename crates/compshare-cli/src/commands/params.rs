//! Parameters from `-p Key=Value` and JSON files.

use clap::{Arg, ArgAction, ArgMatches, ValueHint};
use serde_json::{Map, Value};

use super::files;
use crate::cli::args::{option, value};
use crate::failure::Failure;
use crate::lang::{text, texts};

/// The maximum size of a parameter file, in bytes.
const MAX_FILE: u64 = 32 << 20;

pub(super) fn options() -> [Arg; 2] {
    [
        option("param", "KEY=VALUE", texts().call_param)
            .short('p')
            .action(ArgAction::Append)
            .allow_hyphen_values(true),
        option("params", "FILE", texts().call_params).value_hint(ValueHint::FilePath),
    ]
}

/// Reads the parameters of the file and the command line, which takes precedence. Its values are
/// strings.
pub(super) fn read(matches: &ArgMatches) -> Result<Map<String, Value>, Failure> {
    let mut params = match value(matches, "params") {
        Some(path) => read_file(path)?,
        None => Map::new(),
    };

    let mut given = Map::new();
    for pair in matches.get_many::<String>("param").into_iter().flatten() {
        let Some((name, value)) = pair.split_once('=').filter(|(name, _)| !name.is_empty()) else {
            // Do not quote the text: it may be a secret without its name.
            return Err(Failure::usage(texts().use_param_form));
        };
        if given.insert(name.to_owned(), value.into()).is_some() {
            return Err(Failure::usage(text!(use_param_twice, name)));
        }
    }

    params.extend(given);
    Ok(params)
}

fn read_file(path: &str) -> Result<Map<String, Value>, Failure> {
    let content = files::read_text(path, MAX_FILE)?;
    // Print the position only: the message of the parser may quote the file.
    serde_json::from_str(&content).map_err(|error| {
        let cause = format!("{}:{}", error.line(), error.column());
        Failure::usage(text!(use_params_json, path, cause))
    })
}
