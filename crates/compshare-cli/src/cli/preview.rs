//! What has to be known before the command line is understood: in which language and form to say that it is not.

use std::ffi::OsString;

use crate::lang::Lang;
use crate::output::{ColorChoice, Format};
use crate::settings::Globals;
use crate::{Context, store, surroundings};

/// Looks through the arguments for `--lang` and `--output`, and through the surroundings for the language.
pub(crate) fn preview(arguments: &[OsString]) -> Context {
    let words: Vec<&str> = arguments
        .iter()
        .skip(1)
        .map_while(|word| word.to_str())
        .take_while(|word| *word != "--")
        .collect();
    let lang = value_of(&words, "--lang", None)
        .and_then(Lang::from_name)
        .unwrap_or_else(lang_of_surroundings);
    let format = if words.contains(&"--json") {
        Some(Format::Json)
    } else {
        value_of(&words, "--output", Some("-o")).and_then(Format::from_name)
    };
    let color = match value_of(&words, "--color", None) {
        Some("always") => ColorChoice::Always,
        Some("never") => ColorChoice::Never,
        _ => ColorChoice::Auto,
    };
    Context {
        lang,
        format,
        color,
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

/// `COMPSHARE_LANG`, what CompShare's own command line was told to remember, and the locale.
fn lang_of_surroundings() -> Lang {
    let named =
        surroundings::variable("COMPSHARE_LANG").and_then(|name| Lang::from_name(name.trim()));
    let remembered = || store::language().and_then(|name| Lang::from_name(&name));
    let locale = || {
        // The first that is set decides, also for another language than ours.
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(surroundings::variable)?;
        Lang::from_name(&name)
    };
    named
        .or_else(remembered)
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
