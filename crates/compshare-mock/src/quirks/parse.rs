//! Parsing of quirks from text such as `page_cap=7`, the argument of the `--quirk` option.

use std::str::FromStr;

use super::{BooleanText, InventoryForm, ListKey, Quirks, StateQuirk, Total};

impl Quirks {
    /// Sets one field from a text: `name` or `name=value`.
    ///
    /// | type | value |
    /// |---|---|
    /// | `bool` | `true` (the default) or `false` |
    /// | number | decimal digits |
    /// | list | comma-separated items |
    /// | text | any |
    /// | [`Total`] | `absent`, `true`, `renamed`, `versions`, `page-local`, `zero`, `text`, or the number of [`Total::Fixed`] |
    /// | [`ListKey`] | the key |
    /// | [`BooleanText`] | `True` or `true` |
    /// | [`StateQuirk`] | `blank`, `stale`, `lower-case` or `undocumented` |
    /// | [`InventoryForm`] | `by-zone` or `text` |
    ///
    /// # Errors
    ///
    /// [`QuirkError`] if the name is unknown or the value is invalid.
    ///
    /// ```
    /// use compshare_mock::Quirks;
    ///
    /// let quirks = Quirks::default().with("page_cap=7")?.with("short_pages=3,1,2")?;
    /// assert_eq!(quirks, Quirks::default().page_cap(7).short_pages(vec![3, 1, 2]));
    /// assert!(Quirks::default().with("page_cap=many").is_err());
    /// # Ok::<(), compshare_mock::QuirkError>(())
    /// ```
    pub fn with(self, text: &str) -> Result<Self, QuirkError> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        if !Self::NAMES.contains(&name) {
            return Err(QuirkError::UnknownName(name.to_owned()));
        }
        self.set(name, value).ok_or_else(|| invalid_value(text))
    }
}

/// An error parsing a quirk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuirkError {
    /// The name is unknown; see [`Quirks::NAMES`].
    #[error("unknown quirk {0:?}")]
    UnknownName(String),
    /// The value is missing or invalid for the type of the quirk.
    #[error("invalid or missing value in quirk {0:?}")]
    InvalidValue(String),
}

fn invalid_value(text: &str) -> QuirkError {
    QuirkError::InvalidValue(text.to_owned())
}

/// The type of a field of [`Quirks`], parsed from an optional text.
pub(super) trait FieldValue: Sized {
    fn parse(value: Option<&str>) -> Option<Self>;
}

impl FieldValue for bool {
    fn parse(value: Option<&str>) -> Option<Self> {
        value.map_or(Some(true), |text| text.parse().ok())
    }
}

impl FieldValue for u64 {
    fn parse(value: Option<&str>) -> Option<Self> {
        value?.parse().ok()
    }
}

impl<T: FromStr> FieldValue for Option<T> {
    fn parse(value: Option<&str>) -> Option<Self> {
        value?.parse().ok().map(Some)
    }
}

impl<T: FromStr> FieldValue for Vec<T> {
    fn parse(value: Option<&str>) -> Option<Self> {
        value?.split(',').map(|item| item.parse().ok()).collect()
    }
}

impl FromStr for Total {
    type Err = QuirkError;

    fn from_str(text: &str) -> Result<Self, QuirkError> {
        Ok(match text {
            "absent" => Self::Absent,
            "true" => Self::True,
            "renamed" => Self::Renamed,
            "versions" => Self::Versions,
            "page-local" => Self::PageLocal,
            "zero" => Self::Zero,
            "text" => Self::Text,
            number => Self::Fixed(number.parse().map_err(|_| invalid_value(text))?),
        })
    }
}

impl FromStr for ListKey {
    type Err = QuirkError;

    fn from_str(text: &str) -> Result<Self, QuirkError> {
        match text {
            "ImageSet" => Ok(Self::ImageSet),
            "CompshareImageGroup" => Ok(Self::CompshareImageGroup),
            "ImageSetGroup" => Ok(Self::ImageSetGroup),
            _ => Err(invalid_value(text)),
        }
    }
}

impl FromStr for StateQuirk {
    type Err = QuirkError;

    fn from_str(text: &str) -> Result<Self, QuirkError> {
        Ok(match text {
            "blank" => Self::Blank,
            "stale" => Self::Stale,
            "lower-case" => Self::LowerCase,
            "undocumented" => Self::Undocumented,
            _ => return Err(invalid_value(text)),
        })
    }
}

impl FromStr for InventoryForm {
    type Err = QuirkError;

    fn from_str(text: &str) -> Result<Self, QuirkError> {
        match text {
            "by-zone" => Ok(Self::ByZone),
            "text" => Ok(Self::Text),
            _ => Err(invalid_value(text)),
        }
    }
}

impl FromStr for BooleanText {
    type Err = QuirkError;

    fn from_str(text: &str) -> Result<Self, QuirkError> {
        match text {
            "True" => Ok(Self::Capital),
            "true" => Ok(Self::Lower),
            _ => Err(invalid_value(text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_fields_of_every_type() {
        for (text, expected) in [
            ("repeat_rows", Quirks::default().repeat_rows(true)),
            ("repeat_rows=false", Quirks::default()),
            (
                "limit_refused_above=50",
                Quirks::default().limit_refused_above(50),
            ),
            ("short_pages=3,0", Quirks::default().short_pages(vec![3, 0])),
            (
                "platform_types_refused=Game,Other",
                Quirks::default().platform_types_refused(vec!["Game".into(), "Other".into()]),
            ),
            (
                "response_action=X=Y",
                Quirks::default().response_action("X=Y".to_owned()),
            ),
            (
                "total=page-local",
                Quirks::default().total(Total::PageLocal),
            ),
            ("total=7", Quirks::default().total(Total::Fixed(7))),
            (
                "list_key=ImageSetGroup",
                Quirks::default().list_key(ListKey::ImageSetGroup),
            ),
            (
                "booleans_as_text=True",
                Quirks::default().booleans_as_text(BooleanText::Capital),
            ),
        ] {
            assert_eq!(Quirks::default().with(text).unwrap(), expected, "{text}");
        }
        for text in [
            "repeat_rows=yes",
            "page_cap",
            "page_cap=",
            "short_pages=1,,2",
            "total=few",
            "list_key=Data",
        ] {
            assert_eq!(
                Quirks::default().with(text).unwrap_err(),
                QuirkError::InvalidValue(text.into())
            );
        }
        assert_eq!(
            Quirks::default().with("no=1").unwrap_err(),
            QuirkError::UnknownName("no".into())
        );
    }
}
