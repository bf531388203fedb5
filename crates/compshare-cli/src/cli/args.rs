//! Arguments shared by commands, and access to their values.

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser as _};
use clap::{Arg, ArgAction, ArgMatches, ValueHint};

use crate::lang::{text, texts};

/// Creates an option with a value. Shells complete no file names unless the hint is changed.
pub(crate) fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .value_hint(ValueHint::Other)
        .help(help)
}

/// Creates an option without a value.
pub(crate) fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}

/// Creates a required positional argument.
pub(crate) fn positional(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .value_name(value)
        .value_hint(ValueHint::Other)
        .required(true)
        .help(help)
}

/// Rejects empty values.
pub(crate) fn filled(arg: Arg) -> Arg {
    arg.value_parser(NonEmptyStringValueParser::new())
}

/// Accepts whole numbers from 0 to `max`.
pub(crate) fn number(arg: Arg, max: u64) -> Arg {
    arg.allow_hyphen_values(true)
        .value_parser(move |text: &str| {
            digits(text)
                .filter(|number| *number <= max)
                .ok_or_else(|| text!(use_number, max))
        })
}

/// Parses a number of digits only.
pub(crate) fn digits(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// Accepts the names of `words` in any case, parsed to their values. The help text lists them.
pub(crate) fn choice<T: Copy + Send + Sync + 'static>(
    arg: Arg,
    words: &'static [(&'static str, T)],
) -> Arg {
    let names = PossibleValuesParser::new(words.iter().map(|(name, _)| *name));
    arg.hide_possible_values(true)
        .ignore_case(true)
        .value_parser(names.try_map(|text| find_by_name(words, &text).ok_or("")))
}

/// Accepts `words` in any case, parsed to the spelling in `words`.
pub(crate) fn word(arg: Arg, words: &'static [&'static str]) -> Arg {
    let spelled = |text: String| {
        let word = words.iter().find(|word| word.eq_ignore_ascii_case(&text));
        word.map_or(text, ToString::to_string)
    };
    arg.hide_possible_values(true)
        .ignore_case(true)
        .value_parser(PossibleValuesParser::new(words).map(spelled))
}

/// Finds a value by name, ignoring case.
pub(crate) fn find_by_name<T: Copy>(words: &[(&str, T)], text: &str) -> Option<T> {
    let found = words
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text));
    found.map(|(_, value)| *value)
}

/// Creates the positional argument `IMAGE`.
pub(crate) fn image(help: &'static str) -> Arg {
    filled(positional("image", "IMAGE", help))
}

/// Creates `--yes`.
pub(crate) fn yes() -> Arg {
    flag("yes", texts().opt_yes).short('y')
}

/// Creates `--columns`.
pub(crate) fn columns() -> Arg {
    option("columns", "NAMES", texts().opt_columns).action(ArgAction::Append)
}

/// Creates `--dry-run`.
pub(crate) fn dry_run() -> Arg {
    flag("dry-run", texts().call_dry_run)
}

/// Returns the examples of a help page, followed by a note unless it is empty.
pub(crate) fn examples(commands: &[&str], note: &str) -> String {
    let mut text = texts().examples_caption.to_owned();
    for command in commands {
        text.push_str("\n  ");
        text.push_str(command);
    }
    if !note.is_empty() {
        text.push_str("\n\n");
        text.push_str(note);
    }
    text
}

/// Returns the text of an argument.
pub(crate) fn value<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.get_one::<String>(name).map(String::as_str)
}

pub(crate) fn owned(matches: &ArgMatches, name: &str) -> Option<String> {
    matches.get_one(name).cloned()
}

/// Returns the text of an argument that is required.
pub(crate) fn required<'m>(matches: &'m ArgMatches, name: &str) -> &'m str {
    value(matches, name).unwrap_or_default()
}

/// Returns the values of a repeatable option, split at commas.
pub(crate) fn words(matches: &ArgMatches, name: &str) -> Vec<String> {
    let values = matches.get_many::<String>(name).into_iter().flatten();
    values
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Combines two exclusive flags; `None` if neither is set.
pub(crate) fn flag_pair(matches: &ArgMatches, yes: &str, no: &str) -> Option<bool> {
    match (matches.get_flag(yes), matches.get_flag(no)) {
        (false, false) => None,
        (yes, _) => Some(yes),
    }
}
