//! Errors about lists whose rows would otherwise be lost.

/// A list that cannot be read without losing rows. Only our own words, known names and, for a list found elsewhere, a
/// short name made of letters are shown; never a value of the answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// The list is something else.
    #[error("`{list}` is a {found}")]
    NotAList {
        /// The list.
        list: &'static str,
        /// The JSON type that was found: "string".
        found: &'static str,
    },
    /// A row of the list is not an object.
    #[error("row {index} of `{list}` is a {found}")]
    Row {
        /// The list.
        list: &'static str,
        /// The row, from 0.
        index: u64,
        /// The JSON type that was found: "string".
        found: &'static str,
    },
    /// There are far more rows than a text of this length can reasonably hold.
    #[error("too many rows for a text of this length")]
    TooManyRows,
    #[error("`{list}` is missing, but there is {}", shown(field.as_deref()))]
    /// The list is missing, and an unknown field holds a list of objects.
    Elsewhere {
        /// The list.
        list: &'static str,
        /// The unknown field, if its name is short and made of letters.
        field: Option<String>,
    },
}

impl ListError {
    pub(crate) fn elsewhere(list: &'static str, field: &str) -> Self {
        Self::Elsewhere {
            list,
            field: is_harmless(field).then(|| field.to_owned()),
        }
    }
}

/// Whether a field's name may be shown: letters only and short, as the service's names are and as no key or token is.
fn is_harmless(name: &str) -> bool {
    (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn shown(field: Option<&str>) -> String {
    field.map_or_else(|| "another list".into(), |field| format!("`{field}`"))
}
