//! An early scan for the options that errors of the parser depend on.

use std::ffi::OsString;

use compshare_client::Origin;

use super::args::find_by_name;
use crate::context::{Context, GlobalArgs};
use crate::lang::{Lang, set_language, text};
use crate::output::{ColorChoice, Format};
use crate::settings::LanguageSource;
use crate::{env, profile_store};

/// Scans the arguments for `--lang`, `--output` and `--color`, and sets the language.
pub(crate) fn prescan(arguments: &[OsString]) -> Context {
    let words: Vec<&str> = arguments
        .iter()
        .skip(1)
        .map_while(|word| word.to_str())
        .take_while(|word| *word != "--")
        .collect();

    let requested = value_of(&words, "--lang", None).and_then(Lang::from_name);
    let (lang, language_source, unknown) = match requested {
        Some(lang) => (lang, LanguageSource::Origin(Origin::Code), None),
        None => default_language(),
    };
    set_language(lang);

    let format = if words.contains(&"--json") {
        Some(Format::Json)
    } else {
        value_of(&words, "--output", Some("-o")).and_then(|name| find_by_name(Format::NAMES, name))
    };
    let color =
        value_of(&words, "--color", None).and_then(|name| find_by_name(ColorChoice::NAMES, name));
    let context = Context {
        format,
        color: color.unwrap_or(ColorChoice::Auto),
        language_source,
        global_args: GlobalArgs::default(),
    };
    if let Some(name) = unknown {
        context.warn(&text!(cfg_unknown_lang, name));
    }
    context
}

/// Returns the value of an option, after a space or an equals sign.
fn value_of<'a>(words: &[&'a str], long: &str, short: Option<&str>) -> Option<&'a str> {
    words.iter().enumerate().find_map(|(at, word)| {
        if *word == long || Some(*word) == short {
            return words.get(at + 1).copied();
        }
        word.strip_prefix(long)?.strip_prefix('=')
    })
}

/// Returns the language and its source: `COMPSHARE_LANG`, else the profile file, else the locale.
/// The third value is an unsupported `COMPSHARE_LANG`.
fn default_language() -> (Lang, LanguageSource, Option<String>) {
    let variable = |name: &'static str| {
        let value = env::variable(name)?;
        Some((value, LanguageSource::Origin(Origin::Environment(name))))
    };

    let mut unknown = None;
    if let Some((name, source)) = variable("COMPSHARE_LANG") {
        match Lang::from_name(name.trim()) {
            Some(lang) => return (lang, source, None),
            None => unknown = Some(name),
        }
    }
    if let Some(lang) = profile_store::language().and_then(|name| Lang::from_name(&name)) {
        return (lang, LanguageSource::File, unknown);
    }

    // The first variable that is set decides, even if its language is not supported.
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(variable);
    let known = locale.and_then(|(name, source)| Some((Lang::from_name(&name)?, source)));
    let (lang, source) = known.unwrap_or((Lang::English, LanguageSource::Origin(Origin::Default)));
    (lang, source, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_options_in_both_spellings() {
        let words = ["call", "--lang", "zh", "-o", "json"];
        assert_eq!(value_of(&words, "--lang", None), Some("zh"));
        assert_eq!(value_of(&words, "--output", Some("-o")), Some("json"));
        assert_eq!(value_of(&["--lang=en"], "--lang", None), Some("en"));
        assert_eq!(value_of(&["--language=en"], "--lang", None), None);
        assert_eq!(value_of(&["--lang"], "--lang", None), None);
    }
}
