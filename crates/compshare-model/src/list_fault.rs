//! What is wrong with a list whose rows would otherwise be lost.

use std::fmt;

use serde_json::Value;

/// What every message of this kind begins with, by which [`ListFault::from_message`] knows it.
const MARK: &str = "no usable list: ";

const TOO_MANY_ROWS: &str = "too many rows for a text of this length";

/// The names of main lists. Only these are ever shown.
const LISTS: [&str; 6] = [
    "ImageSet",
    "CompshareImageGroup",
    "ImageSetGroup",
    "Tags",
    "AccountSet",
    "InvalidAccounts",
];

/// A list that cannot be read without losing rows. Only our own words, known names and, for a list found elsewhere, a
/// short name made of letters are shown; never a value of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListFault {
    /// The list is something else.
    NotAList {
        /// The list.
        list: &'static str,
        /// The JSON type that was found: "string".
        found: &'static str,
    },
    /// A row of the list is not an object.
    Row {
        /// The list.
        list: &'static str,
        /// The row, from 0.
        index: u64,
        /// The JSON type that was found: "string".
        found: &'static str,
    },
    /// There are far more rows than a text of this length can reasonably hold.
    TooManyRows,
    /// The list is missing, and an unknown field holds a list of objects.
    Elsewhere {
        /// The list.
        list: &'static str,
        /// The unknown field, if its name is short and made of letters.
        field: Option<String>,
    },
}

impl fmt::Display for ListFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAList { list, found } => write!(f, "`{list}` is a {found}"),
            Self::Row { list, index, found } => write!(f, "row {index} of `{list}` is a {found}"),
            Self::TooManyRows => f.write_str(TOO_MANY_ROWS),
            Self::Elsewhere {
                list,
                field: Some(field),
            } => write!(f, "`{list}` is missing, but there is `{field}`"),
            Self::Elsewhere { list, field: None } => {
                write!(f, "`{list}` is missing, but there is another list")
            }
        }
    }
}

impl ListFault {
    pub(crate) fn elsewhere(list: &'static str, field: &str) -> Self {
        Self::Elsewhere {
            list,
            field: shown(field),
        }
    }

    /// As the message of a decoder's error.
    pub(crate) fn into_error<E: serde::de::Error>(self) -> E {
        E::custom(format_args!("{MARK}{self}"))
    }

    /// Finds one in a decoder's message. serde carries errors as text only; so the text is taken apart again, and
    /// nothing but what this module can have written passes.
    pub(crate) fn from_message(message: &str) -> Option<Self> {
        let text = message.strip_prefix(MARK)?;
        // serde_json appends where it was.
        let text = text.rsplit_once(" at line ").map_or(text, |(text, _)| text);
        if text == TOO_MANY_ROWS {
            return Some(Self::TooManyRows);
        }
        LISTS.iter().find_map(|list| Self::about(list, text))
    }

    fn about(list: &'static str, text: &str) -> Option<Self> {
        if let Some(found) = text.strip_prefix(&format!("`{list}` is a ")) {
            return Some(Self::NotAList {
                list,
                found: type_word(found)?,
            });
        }
        if let Some(field) = text.strip_prefix(&format!("`{list}` is missing, but there is ")) {
            let field = field
                .strip_prefix('`')
                .and_then(|field| field.strip_suffix('`'));
            return Some(Self::Elsewhere {
                list,
                field: field.and_then(shown),
            });
        }
        let (index, found) = text
            .strip_prefix("row ")?
            .split_once(&format!(" of `{list}` is a "))?;
        Some(Self::Row {
            list,
            index: index.parse().ok()?,
            found: type_word(found)?,
        })
    }
}

/// The JSON types, as one word each.
const TYPES: [&str; 6] = ["null", "boolean", "number", "string", "list", "object"];

fn type_word(word: &str) -> Option<&'static str> {
    TYPES.iter().find(|known| **known == word).copied()
}

/// The JSON type of a value as a word.
pub(crate) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// A field's name that may be shown: letters only and short, as the service's names are and as no key or token is.
fn shown(name: &str) -> Option<String> {
    (!name.is_empty() && name.len() <= 32 && name.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::Error as _;

    #[test]
    fn survives_the_way_through_a_serde_error() {
        for fault in [
            ListFault::NotAList {
                list: "ImageSet",
                found: "string",
            },
            ListFault::Row {
                list: "ImageSetGroup",
                index: 3,
                found: "number",
            },
            ListFault::elsewhere("CompshareImageGroup", "FavoriteSet"),
            ListFault::elsewhere("ImageSet", "a1"),
        ] {
            let error: serde_json::Error = fault.clone().into_error();
            assert_eq!(ListFault::from_message(&error.to_string()), Some(fault));
        }
    }

    #[test]
    fn foreign_text_does_not_pass() {
        let secret = "s3cr3t";
        for text in [
            format!("{MARK}`ImageSet` is a {secret}"),
            format!("{MARK}`{secret}` is a string"),
            format!("{MARK}row {secret} of `ImageSet` is a string"),
            format!("invalid type: string \"{secret}\""),
        ] {
            assert_eq!(
                ListFault::from_message(&serde_json::Error::custom(&text).to_string()),
                None,
                "{text}"
            );
        }
        let elsewhere = ListFault::from_message(&format!(
            "{MARK}`ImageSet` is missing, but there is `{secret}`"
        ))
        .unwrap();
        assert!(!elsewhere.to_string().contains(secret));
    }
}
