//! Enums that keep unknown values. The service has added values to all of them before.

/// A value without a variant in this version of the crate. The enum's `as_str` returns its text.
///
/// It has no public constructor and no accessor, so that a later version can add a variant without
/// breaking callers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(pub(crate) Box<str>);

/// Creates enums with a variant for unknown values. A text that differs from the name of its
/// variant follows after `=`. `Name ignoring case { .. }` converts from any letter case.
///
/// Expands to the enum with its conversions from and to text, `Display`, `Serialize`,
/// `Deserialize`, and [`Element`](crate::wire::field::Element), which allows it as a field of a
/// record.
macro_rules! open_enum {
    ($(
        $(#[$docs:meta])*
        $name:ident $(ignoring $case:ident)? { $($(#[$variant_docs:meta])* $variant:ident $(= $text:literal)?,)* }
    )*) => {$(
        $(#[$docs])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_docs])* $variant,)*
            /// A value without a variant; use [`as_str`](Self::as_str).
            Unknown($crate::UnknownValue),
        }

        impl $name {
            const IGNORES_CASE: bool = $crate::types::open_enum::is_present!($($case)?);

            /// Returns the text that the service uses.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $crate::types::open_enum::variant_text!($variant $(= $text)?),)*
                    Self::Unknown(value) => &value.0,
                }
            }

            #[cfg(test)]
            fn known_values() -> Vec<Self> {
                vec![$(Self::$variant),*]
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($crate::types::open_enum::variant_text!($variant $(= $text)?) => Self::$variant,)*
                    $(
                        text if Self::IGNORES_CASE
                            && text.eq_ignore_ascii_case(
                                $crate::types::open_enum::variant_text!($variant $(= $text)?)
                            ) => Self::$variant,
                    )*
                    _ => Self::Unknown($crate::UnknownValue(text.into())),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                text.as_str().into()
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        impl $crate::wire::field::Element for $name {
            const NORMALIZES: bool = Self::IGNORES_CASE;

            fn from_scalar(scalar: $crate::wire::scalar::Scalar<'_>) -> Option<Self> {
                match scalar {
                    $crate::wire::scalar::Scalar::Text("") => None,
                    $crate::wire::scalar::Scalar::Text(text) => Some(text.into()),
                    scalar => scalar.text().map(Self::from),
                }
            }

            fn content(&self) -> $crate::wire::field::Content<'_> {
                let text = $crate::wire::scalar::Scalar::Text(self.as_str());
                $crate::wire::field::Content::Scalar(text)
            }
        }
    )*};
}

/// Expands to the text of a variant: the literal after `=`, or the name of the variant.
macro_rules! variant_text {
    ($variant:ident) => {
        stringify!($variant)
    };
    ($variant:ident = $text:literal) => {
        $text
    };
}

/// Expands to `true` if there is a token.
macro_rules! is_present {
    () => {
        false
    };
    ($token:ident) => {
        true
    };
}

pub(crate) use {is_present, open_enum, variant_text};
