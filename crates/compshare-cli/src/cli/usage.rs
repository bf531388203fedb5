//! Messages for wrong command lines, in the user's language and in one line.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::{Failure, cut_to};
use crate::lang::{text, texts};

/// The longest part of an argument in a message, in bytes.
const MAX_ARGUMENT: usize = 200;

pub(super) fn failure(error: &clap::Error) -> Failure {
    let context = |kind| get(error, kind).unwrap_or_default();
    let name = plain(&context(ContextKind::InvalidArg));
    let value = context(ContextKind::InvalidValue);
    let message = match error.kind() {
        // To clap, an unknown option and an argument too many are one.
        ErrorKind::UnknownArgument if name.starts_with('-') => text!(use_unknown_option, name),
        ErrorKind::UnknownArgument => text!(use_too_many, value = name),
        ErrorKind::InvalidSubcommand => {
            text!(
                use_unknown_command,
                name = context(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingRequiredArgument => text!(use_missing, name),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            texts().use_command_missing.to_owned()
        }
        ErrorKind::InvalidValue if value.is_empty() => text!(use_value_missing, name),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            text!(use_invalid_value, value = format!("{value:?}"), name)
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => text!(use_value_missing, name),
        ErrorKind::TooManyValues => text!(use_too_many, value),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            other if other.is_empty() || name == other => text!(use_twice, name),
            other => text!(use_conflict, name, other),
        },
        ErrorKind::InvalidUtf8 => texts().use_not_text.to_owned(),
        _ => texts().use_unexpected.to_owned(),
    };
    Failure::usage(message).with_hint(hint(error))
}

/// The likely meaning, the words that can be given, or where to look.
fn hint(error: &clap::Error) -> String {
    let alike = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    if let Some(name) = alike.into_iter().find_map(|kind| best(error, kind)) {
        return text!(use_did_you_mean, name);
    }

    let hint = match error.kind() {
        ErrorKind::InvalidValue => {
            get(error, ContextKind::ValidValue).map(|values| text!(use_one_of, values))
        }
        ErrorKind::MissingSubcommand => {
            get(error, ContextKind::ValidSubcommand).map(|values| text!(use_one_of, values))
        }
        // The parsers of values are ours, and so are their messages.
        ErrorKind::ValueValidation => std::error::Error::source(error).map(ToString::to_string),
        _ => None,
    };
    hint.unwrap_or_else(|| texts().use_see_help.to_owned())
}

/// The likeliest of several suggestions: clap puts it last.
fn best(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => get(error, kind),
    }
}

/// An argument as it is called in a sentence: `ACCOUNT`, not `<ACCOUNT>...`. Options stay with their values.
fn plain(arguments: &str) -> String {
    let plain = |argument: &str| match argument.strip_prefix('<') {
        Some(name) => name
            .trim_end_matches("...")
            .trim_end_matches('>')
            .to_owned(),
        None => argument.to_owned(),
    };
    arguments
        .split(", ")
        .map(plain)
        .collect::<Vec<_>>()
        .join(", ")
}

fn get(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = match error.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        _ => return None,
    };
    Some(cut_to(&text, MAX_ARGUMENT)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_called_by_their_names() {
        for (argument, name) in [
            ("<ACCOUNT>...", "ACCOUNT"),
            ("<IMAGE>, <GROUP-OR-IMAGE>...", "IMAGE, GROUP-OR-IMAGE"),
            ("--limit <N>", "--limit <N>"),
            ("--wait", "--wait"),
        ] {
            assert_eq!(plain(argument), name);
        }
    }
}
