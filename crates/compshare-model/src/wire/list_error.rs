//! Errors about lists that cannot be decoded without losing rows.

/// A list that cannot be decoded without losing rows.
///
/// `Display` never shows a value of the response. It shows known names, and the name of an
/// unexpected list if that is short and alphabetic.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ListError {
    /// The value is not a list.
    #[error("`{list}` is a {found}")]
    NotAList {
        /// The name of the list.
        list: &'static str,
        /// The JSON type of the value, such as "string".
        found: &'static str,
    },
    /// A row of the list is not an object.
    #[error("row {index} of `{list}` is a {found}")]
    Row {
        /// The name of the list.
        list: &'static str,
        /// The index of the row, from 0.
        index: u64,
        /// The JSON type of the row, such as "string".
        found: &'static str,
    },
    /// There are more rows than expected for the length of the text.
    #[error("too many rows for a text of this length")]
    TooManyRows,
    #[error("`{list}` is missing; found {} instead", field_or_list(field.as_deref()))]
    /// The list is missing, and an unknown field has a list of objects.
    Renamed {
        /// The name of the missing list.
        list: &'static str,
        /// The name of the unknown field, if it is short and alphabetic.
        field: Option<String>,
    },
}

impl ListError {
    pub(crate) fn renamed(list: &'static str, field: &str) -> Self {
        Self::Renamed {
            list,
            field: is_displayable(field).then(|| field.to_owned()),
        }
    }
}

/// Returns `true` if the name is short and alphabetic, unlike a key or a token.
fn is_displayable(name: &str) -> bool {
    (1..=32).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn field_or_list(field: Option<&str>) -> String {
    field.map_or_else(|| "another list".into(), |field| format!("`{field}`"))
}
