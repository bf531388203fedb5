//! Parameters as `-p Key=Value` and as a file of JSON.

use clap::{Arg, ArgAction, ArgMatches};
use serde_json::{Map, Value};

use super::files;
use crate::failure::Failure;
use crate::lang::{Texts, fill};

/// No file of parameters is larger, in bytes.
const MAX_FILE: u64 = 32 << 20;

pub(super) fn options(texts: &'static Texts) -> [Arg; 2] {
    [
        Arg::new("param")
            .short('p')
            .long("param")
            .value_name(texts.val_param)
            .action(ArgAction::Append)
            .allow_hyphen_values(true)
            .help(texts.call_param),
        Arg::new("params")
            .long("params")
            .value_name(texts.val_file)
            .help(texts.call_params),
    ]
}

/// The file's parameters, and over them those of the command line, all of which are texts.
pub(super) fn read(matches: &ArgMatches, texts: &Texts) -> Result<Map<String, Value>, Failure> {
    let mut params = match matches.get_one::<String>("params") {
        Some(path) => file(path, texts)?,
        None => Map::new(),
    };
    let mut given = Map::new();
    for pair in matches.get_many::<String>("param").into_iter().flatten() {
        let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            // The text may be a secret that lost its name.
            return Err(Failure::usage(texts.use_param_form));
        };
        if given.insert(key.to_owned(), value.into()).is_some() {
            return Err(Failure::usage(fill(
                texts.use_param_twice,
                &[("name", key)],
            )));
        }
    }
    params.extend(given);
    Ok(params)
}

fn file(path: &str, texts: &Texts) -> Result<Map<String, Value>, Failure> {
    let content = files::text(path, MAX_FILE, texts)?;
    // The parser's own words may quote what stands in the file, so only the place is told.
    serde_json::from_str(&content).map_err(|error| {
        let cause = format!("{}:{}", error.line(), error.column());
        Failure::usage(fill(
            texts.use_params_json,
            &[("path", path), ("cause", &cause)],
        ))
    })
}
