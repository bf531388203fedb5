//! The macro for types that wrap a text or a number.

/// Creates a type that wraps a text, such as an id, or an integer, such as a code.
///
/// Expands to the struct with its conversions, `Display`, `Serialize`, `Deserialize`, and
/// [`Element`](crate::wire::field::Element), which allows it as a field of a record. A text also
/// accepts a number, and a number accepts numeric text.
macro_rules! newtype {
    ($(#[$docs:meta])* pub struct $name:ident(String);) => {
        $(#[$docs])*
        #[derive(
            Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Creates a value from its text, without validation.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// Returns the text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Returns `true` if the text is empty, which is equivalent to an absent value.
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                Self(text.clone())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl $crate::wire::field::Element for $name {
            fn from_scalar(scalar: $crate::wire::scalar::Scalar<'_>) -> Option<Self> {
                scalar.text().filter(|text| !text.is_empty()).map(Self)
            }

            fn content(&self) -> $crate::wire::field::Content<'_> {
                self.0.content()
            }
        }
    };
    ($(#[$docs:meta])* pub struct $name:ident($vis:vis i64);) => {
        $(#[$docs])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub struct $name($vis i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl From<$name> for i64 {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut number = None;
                $crate::wire::read::field(&mut number, deserializer)?;
                let number: Option<i64> = number;
                let expected = || serde::de::Error::custom("expected a whole number");
                number.map(Self).ok_or_else(expected)
            }
        }

        impl $crate::wire::field::Element for $name {
            fn from_scalar(scalar: $crate::wire::scalar::Scalar<'_>) -> Option<Self> {
                i64::from_scalar(scalar).map(Self)
            }

            fn content(&self) -> $crate::wire::field::Content<'_> {
                self.0.content()
            }
        }
    };
}

pub(crate) use newtype;
