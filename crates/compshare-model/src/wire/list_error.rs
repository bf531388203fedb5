//! Errors about lists whose rows would otherwise be lost.

use std::fmt;

/// A list that cannot be read without losing rows. Only our own words, known names and, for a list found elsewhere, a
/// short name made of letters are shown; never a value of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListError {
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

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAList { list, found } => write!(f, "`{list}` is a {found}"),
            Self::Row { list, index, found } => write!(f, "row {index} of `{list}` is a {found}"),
            Self::TooManyRows => f.write_str("too many rows for a text of this length"),
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

impl ListError {
    pub(crate) fn elsewhere(list: &'static str, field: &str) -> Self {
        Self::Elsewhere {
            list,
            field: shown(field),
        }
    }
}

/// A field's name that may be shown: letters only and short, as the service's names are and as no key or token is.
fn shown(name: &str) -> Option<String> {
    (!name.is_empty() && name.len() <= 32 && name.bytes().all(|byte| byte.is_ascii_alphabetic()))
        .then(|| name.to_owned())
}
