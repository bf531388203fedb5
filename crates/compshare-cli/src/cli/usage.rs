//! Translated one-line messages for usage errors.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use strsim::osa_distance;

use crate::failure::{Failure, truncate};
use crate::lang::{text, texts};

/// The longest part of an argument in a message, in bytes.
const MAX_ARGUMENT: usize = 200;

/// Converts an error of the parser. `root` is the full definition, `arguments` the command line.
pub(super) fn failure(root: &Command, arguments: &[OsString], error: &clap::Error) -> Failure {
    let (path, command) = invoked(root, arguments);
    let context = |kind| context_text(error, kind).unwrap_or_default();
    let name = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);

    let message = match error.kind() {
        ErrorKind::UnknownArgument if ["--public-key", "--private-key"].contains(&&*name) => {
            let failure = Failure::usage(texts().use_keys_on_command_line);
            return failure.with_hint(texts().cfg_no_keys_hint);
        }
        // clap does not distinguish unknown options from extra arguments.
        ErrorKind::UnknownArgument if name.starts_with('-') => text!(use_unknown_option, name),
        ErrorKind::UnknownArgument => text!(use_unexpected_argument, value = name),
        ErrorKind::InvalidSubcommand => text!(
            use_unknown_command,
            name = context(ContextKind::InvalidSubcommand)
        ),
        ErrorKind::MissingRequiredArgument => text!(use_missing, name),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            text!(use_command_missing, command = path)
        }
        ErrorKind::InvalidValue if value.is_empty() => text!(use_value_missing, name),
        ErrorKind::InvalidValue => text!(use_invalid_value, value, name),
        ErrorKind::ValueValidation => {
            let message = text!(use_invalid_value, value, name);
            // The source is a translated message of our own value parsers.
            match std::error::Error::source(error) {
                Some(reason) => format!("{message}{}{reason}", texts().colon),
                None => message,
            }
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => text!(use_value_missing, name),
        ErrorKind::TooManyValues => text!(use_unexpected_argument, value),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            other if other.is_empty() || name == other => text!(use_twice, name),
            other => text!(use_conflict, name, other),
        },
        ErrorKind::InvalidUtf8 => texts().use_not_text.to_owned(),
        _ => texts().use_unexpected.to_owned(),
    };

    let hints: Vec<String> = [
        values(error, command),
        suggestion(error, command).map(|name| text!(use_did_you_mean, name)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let failure = Failure::usage(message);
    match error.kind() {
        _ if !hints.is_empty() => failure.with_hint(hints.join(texts().hint_separator)),
        // The message contains the expected values.
        ErrorKind::ValueValidation => failure,
        ErrorKind::InvalidSubcommand => failure.with_hint(text!(use_see_commands, command = path)),
        _ => failure.with_hint(text!(use_see_help, command = path)),
    }
}

/// Returns the invoked command and its path: `compshare image list`.
fn invoked<'a>(root: &'a Command, arguments: &[OsString]) -> (String, &'a Command) {
    let mut command = root;
    let mut path = root.get_name().to_owned();
    let words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    for word in words.take_while(|word| *word != "--") {
        if let Some(below) = command.find_subcommand(word) {
            command = below;
            path.push(' ');
            path.push_str(below.get_name());
        }
    }
    (path, command)
}

/// Lists the possible values or commands.
fn values(error: &clap::Error, command: &Command) -> Option<String> {
    match error.kind() {
        ErrorKind::InvalidValue => {
            let values = context_text(error, ContextKind::ValidValue)?;
            Some(text!(use_possible_values, values))
        }
        ErrorKind::MissingSubcommand => {
            let visible = command.get_subcommands().filter(|sub| !sub.is_hide_set());
            let values: Vec<&str> = visible.map(Command::get_name).collect();
            Some(text!(use_possible_commands, values = values.join(", ")))
        }
        _ => None,
    }
}

/// Returns the parser's best suggestion, if it is similar and not hidden.
fn suggestion(error: &clap::Error, command: &Command) -> Option<String> {
    let is_hidden = |name: &str| {
        let found = command.find_subcommand(name);
        found.is_some_and(Command::is_hide_set)
    };

    let kinds = [
        (ContextKind::SuggestedArg, ContextKind::InvalidArg),
        (
            ContextKind::SuggestedSubcommand,
            ContextKind::InvalidSubcommand,
        ),
        (ContextKind::SuggestedValue, ContextKind::InvalidValue),
    ];

    kinds.into_iter().find_map(|(suggested, invalid)| {
        let typed = context_text(error, invalid)?;
        let names = match error.get(suggested)? {
            ContextValue::String(name) => vec![name.clone()],
            ContextValue::Strings(names) => names.clone(),
            _ => return None,
        };
        // clap sorts suggestions by ascending confidence.
        let near = names.into_iter().rev().filter(|name| {
            let is_of_command = suggested == ContextKind::SuggestedSubcommand;
            is_similar(&typed, name) && !(is_of_command && is_hidden(name))
        });
        near.min_by_key(|name| osa_distance(&typed, name))
    })
}

/// Returns `true` if at most a third of the letters differ.
fn is_similar(typed: &str, name: &str) -> bool {
    let (typed, name) = (typed.trim_start_matches('-'), name.trim_start_matches('-'));
    let letters = typed.chars().count().min(name.chars().count());
    let distance = osa_distance(&typed.to_lowercase(), &name.to_lowercase());
    distance <= (letters / 3).max(1)
}

fn context_text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        _ => return None,
    };
    Some(truncate(&text, MAX_ARGUMENT)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_only_similar_names() {
        for (typed, name, expected) in [
            ("--regoin", "--region", true),
            ("imag", "image", true),
            ("favorits", "favorites", true),
            ("JSN", "json", true),
            ("regions", "version", false),
            ("wide", "ids", false),
            ("xml", "json", false),
        ] {
            assert_eq!(is_similar(typed, name), expected, "{typed} {name}");
        }
    }
}
