//! Quirks from text: `page_cap=7`, as the program's option `--quirk` has it.

use super::{BooleanText, ListKey, Quirks, Total};

impl Quirks {
    /// Sets one field from a text, `name` or `name=value`.
    ///
    /// | type | value |
    /// |---|---|
    /// | `bool` | `true`, `false`; without a value, it is true |
    /// | number | digits |
    /// | list | its items, with commas between them |
    /// | text | any |
    /// | [`Total`] | `absent`, `true`, `renamed`, `versions`, `page-local`, `zero`, `text`, or the number of [`Total::Fixed`] |
    /// | [`ListKey`] | the key |
    /// | [`BooleanText`] | `True` or `true` |
    ///
    /// # Errors
    ///
    /// [`QuirkError`] if no field has that name, or its type no such value.
    ///
    /// ```
    /// use compshare_mock::Quirks;
    ///
    /// let quirks = Quirks::default().with("page_cap=7")?.with("null_empty_list")?.with("short_pages=3,1,2")?;
    /// assert_eq!(quirks, Quirks::default().page_cap(7).null_empty_list(true).short_pages(vec![3, 1, 2]));
    /// assert!(Quirks::default().with("page_cap=many").is_err());
    /// # Ok::<(), compshare_mock::QuirkError>(())
    /// ```
    pub fn with(self, text: &str) -> Result<Self, QuirkError> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        if !Self::NAMES.contains(&name) {
            return Err(QuirkError::Name(name.to_owned()));
        }
        self.set(name, value)
            .ok_or_else(|| QuirkError::Value(text.to_owned()))
    }
}

/// Why a text sets no quirk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuirkError {
    /// There is none of that name; see [`Quirks::NAMES`].
    #[error("there is no quirk {0:?}")]
    Name(String),
    /// It takes no such value, or has to have one.
    #[error("the quirk {0:?} has no value that it could take")]
    Value(String),
}

/// What a field can be read from.
pub(super) trait Setting: Sized {
    fn read(value: Option<&str>) -> Option<Self>;
}

/// One item of a list, or what an optional field holds.
trait Item: Sized {
    fn item(text: &str) -> Option<Self>;
}

impl Setting for bool {
    fn read(value: Option<&str>) -> Option<Self> {
        value.map_or(Some(true), |text| text.parse().ok())
    }
}

impl<T: Item> Setting for Option<T> {
    fn read(value: Option<&str>) -> Option<Self> {
        T::item(value?).map(Some)
    }
}

impl<T: Item> Setting for Vec<T> {
    fn read(value: Option<&str>) -> Option<Self> {
        value?.split(',').map(T::item).collect()
    }
}

impl Item for u64 {
    fn item(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Item for String {
    fn item(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Item for Total {
    fn item(text: &str) -> Option<Self> {
        Some(match text {
            "absent" => Self::Absent,
            "true" => Self::True,
            "renamed" => Self::Renamed,
            "versions" => Self::Versions,
            "page-local" => Self::PageLocal,
            "zero" => Self::Zero,
            "text" => Self::Text,
            number => Self::Fixed(number.parse().ok()?),
        })
    }
}

impl Item for ListKey {
    fn item(text: &str) -> Option<Self> {
        [
            Self::ImageSet,
            Self::CompshareImageGroup,
            Self::ImageSetGroup,
        ]
        .into_iter()
        .find(|key| key.as_str() == text)
    }
}

impl Item for BooleanText {
    fn item(text: &str) -> Option<Self> {
        [Self::Capital, Self::Lower]
            .into_iter()
            .find(|spelling| spelling.of(true) == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_field_is_read() {
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
                QuirkError::Value(text.into())
            );
        }
        assert_eq!(
            Quirks::default().with("no=1").unwrap_err(),
            QuirkError::Name("no".into())
        );
    }
}
