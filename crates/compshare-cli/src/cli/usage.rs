//! What is wrong with a command line, in the user's language and in one line.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::{Failure, cut_to};
use crate::lang::{Texts, fill};

/// No more of an argument is repeated, in bytes.
const MAX_ARGUMENT: usize = 200;

pub(super) fn failure(error: &clap::Error, texts: &'static Texts) -> Failure {
    let argument = || plain(&text(error, ContextKind::InvalidArg).unwrap_or_default());
    let message = match error.kind() {
        ErrorKind::UnknownArgument => {
            let argument = argument();
            // An option that does not exist and an argument that nothing takes are one to clap.
            if argument.starts_with('-') {
                fill(texts.use_unknown_option, &[("name", &argument)])
            } else {
                fill(texts.use_too_many, &[("value", &argument)])
            }
        }
        ErrorKind::InvalidSubcommand => {
            let name = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            fill(texts.use_unknown_command, &[("name", &name)])
        }
        ErrorKind::MissingRequiredArgument => fill(texts.use_missing, &[("name", &argument())]),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            texts.use_command_missing.to_owned()
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
            if value.is_empty() && error.kind() == ErrorKind::InvalidValue {
                fill(texts.use_value_missing, &[("name", &argument())])
            } else {
                fill(
                    texts.use_invalid_value,
                    &[("value", &format!("{value:?}")), ("name", &argument())],
                )
            }
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            fill(texts.use_value_missing, &[("name", &argument())])
        }
        ErrorKind::TooManyValues => {
            let value = text(error, ContextKind::InvalidValue).unwrap_or_default();
            fill(texts.use_too_many, &[("value", &value)])
        }
        ErrorKind::ArgumentConflict => {
            let (name, other) = (
                argument(),
                text(error, ContextKind::PriorArg).unwrap_or_default(),
            );
            if other.is_empty() || name == other {
                fill(texts.use_twice, &[("name", &name)])
            } else {
                fill(texts.use_conflict, &[("name", &name), ("other", &other)])
            }
        }
        ErrorKind::InvalidUtf8 => texts.use_not_text.to_owned(),
        _ => texts.use_unexpected.to_owned(),
    };
    Failure::usage_with_hint(message, hint(error, texts))
}

/// The word that was meant, the words that can be given, or where to look.
fn hint(error: &clap::Error, texts: &Texts) -> String {
    let alike = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .find_map(|kind| best(error, kind));
    if let Some(alike) = alike {
        return fill(texts.use_did_you_mean, &[("name", &alike)]);
    }
    match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::MissingSubcommand => {
            let kind = if error.kind() == ErrorKind::InvalidValue {
                ContextKind::ValidValue
            } else {
                ContextKind::ValidSubcommand
            };
            if let Some(values) = text(error, kind) {
                return fill(texts.use_one_of, &[("values", &values)]);
            }
        }
        // The parsers of values are ours, and so are their words.
        ErrorKind::ValueValidation => {
            if let Some(cause) = std::error::Error::source(error) {
                return cause.to_string();
            }
        }
        _ => {}
    }
    texts.use_see_help.to_owned()
}

/// The likeliest of several suggestions: clap puts it last.
fn best(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => text(error, kind),
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

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
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
