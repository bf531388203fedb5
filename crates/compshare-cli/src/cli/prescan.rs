//! The language and the format of errors, which are needed before the command line is parsed.

use std::ffi::OsString;

use super::args::by_name;
use crate::context::{Context, Globals};
use crate::lang::{Lang, set_language};
use crate::output::{ColorChoice, Format};
use crate::{store, surroundings};

/// Looks for `--lang`, `--output` and `--color` among the arguments, and sets the language.
pub(crate) fn prescan(arguments: &[OsString]) -> Context {
    let words: Vec<&str> = arguments
        .iter()
        .skip(1)
        .map_while(|word| word.to_str())
        .take_while(|word| *word != "--")
        .collect();

    let lang = value_of(&words, "--lang", None)
        .and_then(Lang::from_name)
        .unwrap_or_else(default_language);
    set_language(lang);
    let format = if words.contains(&"--json") {
        Some(Format::Json)
    } else {
        value_of(&words, "--output", Some("-o")).and_then(|name| by_name(Format::NAMES, name))
    };
    let color =
        value_of(&words, "--color", None).and_then(|name| by_name(ColorChoice::NAMES, name));
    Context {
        format,
        color: color.unwrap_or(ColorChoice::Auto),
        globals: Globals::default(),
    }
}

/// The value of an option, written with a space or an equals sign.
fn value_of<'a>(words: &[&'a str], long: &str, short: Option<&str>) -> Option<&'a str> {
    words.iter().enumerate().find_map(|(at, word)| {
        if *word == long || Some(*word) == short {
            return words.get(at + 1).copied();
        }
        word.strip_prefix(long)?.strip_prefix('=')
    })
}

/// `COMPSHARE_LANG`, the language that CompShare's own command line stored, or that of the locale.
fn default_language() -> Lang {
    let named =
        surroundings::variable("COMPSHARE_LANG").and_then(|name| Lang::from_name(name.trim()));
    let stored = || store::language().and_then(|name| Lang::from_name(&name));
    let locale = || {
        // The first variable that is set decides, also for a language that is not ours.
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(surroundings::variable)?;
        Lang::from_name(&name)
    };
    named
        .or_else(stored)
        .or_else(locale)
        .unwrap_or(Lang::English)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_found_in_both_spellings() {
        let words = ["call", "--lang", "zh", "-o", "json"];
        assert_eq!(value_of(&words, "--lang", None), Some("zh"));
        assert_eq!(value_of(&words, "--output", Some("-o")), Some("json"));
        assert_eq!(value_of(&["--lang=en"], "--lang", None), Some("en"));
        assert_eq!(value_of(&["--language=en"], "--lang", None), None);
        assert_eq!(value_of(&["--lang"], "--lang", None), None);
    }
}
