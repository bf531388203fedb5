//! The texts of the program in English and Chinese.
//!
//! [`Texts`] has a field for every text and a value for each language, so a missing translation
//! does not compile. [`fill`] replaces the placeholders in braces; a test compares them between the
//! languages.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use compshare_client::model::{RetCode, RetCodeClass};
use compshare_client::transport::TransportError;
use compshare_client::{Error, sanitize};

/// Defines the struct of all texts and its value for each language.
macro_rules! texts {
    ($($name:ident: $english:expr, $chinese:expr;)*) => {
        /// All texts of one language.
        pub(crate) struct Texts {
            $(pub(crate) $name: &'static str,)*
        }

        pub(super) static ENGLISH: Texts = Texts { $($name: $english,)* };
        pub(super) static CHINESE: Texts = Texts { $($name: $chinese,)* };

        /// The name, English text and Chinese text of each field.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $english, $chinese),)*];
    };
}

/// Returns a text with its placeholders filled in: `text!(copy_done, image, copy = id)`.
macro_rules! text {
    (@ $value:ident) => { $value };
    (@ $key:ident = $value:expr) => { $value };
    ($name:ident $(, $key:ident $(= $value:expr)?)* $(,)?) => {
        $crate::lang::fill(
            $crate::lang::texts().$name,
            &[$((stringify!($key), &ToString::to_string(&text!(@ $key $(= $value)?)))),*],
        )
    };
}

mod texts;
mod zh_errors;
mod zh_ret_codes;
mod zh_values;

pub(crate) use self::texts::Texts;
pub(crate) use text;

/// The language of this process: English until [`set_language`] is called.
static IS_CHINESE: AtomicBool = AtomicBool::new(false);

pub(crate) fn set_language(lang: Lang) {
    IS_CHINESE.store(lang == Lang::Chinese, Ordering::Relaxed);
}

pub(crate) fn language() -> Lang {
    if IS_CHINESE.load(Ordering::Relaxed) {
        Lang::Chinese
    } else {
        Lang::English
    }
}

/// Returns the texts in the current language.
pub(crate) fn texts() -> &'static Texts {
    language().texts()
}

/// A supported language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lang {
    English,
    Chinese,
}

impl Lang {
    /// The names in `--lang` and the profile file.
    pub(crate) const NAMES: &[(&str, Self)] = &[("zh", Self::Chinese), ("en", Self::English)];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// Parses the name of a language or locale: `zh`, `zh-CN`, `zh_CN.UTF-8`, `en`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") {
            Some(Self::Chinese)
        } else if language.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else {
            None
        }
    }

    pub(crate) fn texts(self) -> &'static Texts {
        match self {
            Self::English => &texts::ENGLISH,
            Self::Chinese => &texts::CHINESE,
        }
    }

    /// Returns the advice for a RetCode.
    pub(crate) fn advice(self, code: RetCode) -> Option<&'static str> {
        match self {
            Self::English => code.advice(),
            Self::Chinese => {
                let advice = zh_ret_codes::meaning_and_advice(code)
                    .map(|(_, advice)| advice)
                    .filter(|advice| !advice.is_empty());
                advice.or_else(|| {
                    (code.class() == RetCodeClass::Transient).then_some(self.texts().hint_later)
                })
            }
        }
    }

    /// Translates a term of the API; `None` keeps it.
    pub(crate) fn translate(self, word: &str) -> Option<&'static str> {
        match (word, self) {
            ("true" | "True", _) => Some(self.texts().yes),
            ("false" | "False", _) => Some(self.texts().no),
            (_, Self::English) => None,
            (_, Self::Chinese) => zh_values::translate(word),
        }
    }

    /// Returns the detail of an error, or its summary.
    pub(crate) fn error_detail(self, error: &Error) -> String {
        let detail = match self {
            Self::English => error.detail().map(str::to_owned),
            Self::Chinese => zh_errors::detail(error),
        };
        detail.unwrap_or_else(|| error.summary())
    }

    /// Describes a transport error in a few words.
    pub(crate) fn transport_error(self, error: &TransportError) -> Cow<'static, str> {
        match self {
            Self::English => Cow::Owned(error.to_string()),
            Self::Chinese => Cow::Borrowed(zh_errors::transport(error.kind())),
        }
    }

    /// Returns the translated message of a failed call; `None` for the library's own, which is
    /// English. `resume_at` is the offset to resume a listing at.
    pub(crate) fn error_message(self, error: &Error, resume_at: Option<u64>) -> Option<String> {
        match self {
            Self::English => None,
            Self::Chinese => Some(zh_errors::message(error, resume_at)),
        }
    }
}

/// Replaces each `{name}` of `template` by its value. Values are untrusted and therefore sanitized.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len());

    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };

        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            text.push_str(&sanitize(value));
        } else {
            text.push('{');
            text.push_str(name);
            text.push('}');
        }
        rest = tail;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let mut names: Vec<&str> = text
            .split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    #[test]
    fn languages_use_the_same_placeholders() {
        for (name, en, zh) in texts::ALL {
            assert!(!en.trim().is_empty() && !zh.trim().is_empty(), "{name}");
            assert_eq!(names(en), names(zh), "{name}");
        }
    }

    #[test]
    fn chinese_help_is_fully_translated() {
        for (name, _, zh) in texts::ALL {
            let is_exempt = matches!(
                *name,
                "colon" | "comma" | "col_id" | "hint_separator" | "own_name" | "prompt_confirm"
            );
            assert!(
                is_exempt || zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                "{name}: {zh}"
            );
        }
    }

    #[test]
    fn fills_values_once_and_sanitizes_them() {
        assert_eq!(
            fill("{a} and {b}, {c}", &[("a", "{b}"), ("b", "x\u{1b}")]),
            r"{b} and x\u{1b}, {c}"
        );
        assert_eq!(fill("open { brace", &[]), "open { brace");
    }

    #[test]
    fn parses_language_names() {
        for name in ["zh", "ZH", "zh-CN", "zh_TW.UTF-8", "zh_CN@x"] {
            assert_eq!(Lang::from_name(name), Some(Lang::Chinese), "{name}");
        }
        assert_eq!(Lang::from_name("en_GB"), Some(Lang::English));
        assert_eq!(Lang::from_name("C"), None);
        assert_eq!(Lang::from_name(""), None);
    }
}
