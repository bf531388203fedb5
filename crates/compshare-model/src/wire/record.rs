//! Records: objects with tolerant deserialization and lossless serialization.
//!
//! The macro [`record!`] creates a table of fields with their names, and access to each field by
//! index. One deserializer (`read.rs`) and one serializer (`write.rs`) handle all records through
//! these, so that they are compiled only once.
//!
//! The original of a value is kept in [`Extra`] if the typed field would be serialized as different
//! JSON: for another type, an alternative name or a repeated name.

use super::extra::Extra;
use super::field::Field;

/// The maximum number of fields of a record.
pub(crate) const MAX_FIELDS: usize = 64;

/// A type created by [`record!`].
pub(crate) trait Record {
    fn table(&self) -> &'static Table;
    /// Returns the index of the field with this name, and `true` if the name is the canonical one.
    fn find(&self, name: &str) -> Option<(usize, bool)>;
    fn field(&self, index: usize) -> Option<&dyn Field>;
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Field>;
    fn extra(&self) -> &Extra;
    fn extra_mut(&mut self) -> &mut Extra;
    /// Returns an empty record of the same type.
    fn new_boxed(&self) -> Box<dyn Record>;
}

/// The fields of a record.
pub(crate) struct Table {
    pub(crate) fields: &'static [FieldSpec],
    /// `true` if there are [`Kind::Required`] fields.
    pub(crate) has_required: bool,
}

impl Table {
    pub(crate) const fn new(fields: &'static [FieldSpec]) -> Self {
        assert!(fields.len() <= MAX_FIELDS, "a record has too many fields");
        let mut has_required = false;
        let mut rest = fields;
        while let [spec, others @ ..] = rest {
            has_required |= matches!(spec.kind, Kind::Required);
            rest = others;
        }
        Self {
            fields,
            has_required,
        }
    }

    /// Returns the field with this index, as returned by [`Record::find`].
    pub(crate) fn spec(&self, index: usize) -> &'static FieldSpec {
        self.fields.get(index).unwrap_or(&FieldSpec::ITEM)
    }
}

/// A field of a record.
pub(crate) struct FieldSpec {
    /// The accepted names, in order of preference. The first one is canonical, and is serialized.
    pub(crate) names: &'static [&'static str],
    pub(crate) kind: Kind,
}

impl FieldSpec {
    /// An item of a list, without a name.
    pub(crate) const ITEM: Self = Self {
        names: &[],
        kind: Kind::Lenient,
    };

    /// Returns the same field with the name at `alias_index` as its first name.
    pub(crate) fn with_alias(&self, alias_index: usize) -> Self {
        Self {
            names: self.names.get(alias_index..).unwrap_or_default(),
            kind: self.kind,
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }

    /// Returns the index of `name` in the names of the field.
    pub(crate) fn alias_index(&self, name: &str) -> usize {
        let known = self.names.iter().position(|known| *known == name);
        known.unwrap_or(self.names.len())
    }
}

/// The rules for a field, in addition to its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A value that cannot be converted leaves the field absent.
    Lenient,
    /// A boolean that is serialized as `"True"` or `"False"`.
    Capitalized,
    /// A boolean that is serialized as `"true"` or `"false"`.
    Quoted,
    /// A boolean that is serialized as `"Yes"` or `"No"`.
    YesNo,
    /// A list that must not lose items. A value of another type, and an item that cannot be
    /// converted, are errors.
    Strict,
    /// A strict list that is the subject of the response. If all required lists are missing, an
    /// unknown list is an error.
    Required,
}

impl Kind {
    /// Returns the text that a boolean of this kind is serialized as.
    pub(crate) fn boolean_text(self, value: bool) -> Option<&'static str> {
        let [no, yes] = match self {
            Self::Capitalized => ["False", "True"],
            Self::Quoted => ["false", "true"],
            Self::YesNo => ["No", "Yes"],
            Self::Lenient | Self::Strict | Self::Required => return None,
        };
        Some(if value { yes } else { no })
    }

    /// Returns `true` if booleans are serialized as text.
    pub(crate) fn quotes_booleans(self) -> bool {
        matches!(self, Self::Capitalized | Self::Quoted | Self::YesNo)
    }
}

/// Creates a record.
///
/// A field is `name: Type as Kind = "WireName" | "Other" | "Names"`; without `as`, its [`Kind`] is
/// `Lenient`. `response Name` instead of `struct Name` adds the fields of the envelope and
/// implements [`Response`](crate::Response).
///
/// Expands to:
///
/// - the struct with its `extra`;
/// - [`Record`]: a constant table of the fields, and access to them by name and by index;
/// - `Element`, which allows the record as a field of another one;
/// - `Serialize` and `Deserialize`, which call `write.rs` and `read.rs`.
macro_rules! record {
    (
        $(#[$docs:meta])*
        pub response $name:ident { $($fields:tt)* }
    ) => {
        $crate::wire::record::record! {
            $(#[$docs])*
            pub struct $name {
                /// The name of the action, normally with the suffix `Response`. It is not checked:
                /// some responses are documented with another action's name.
                action: Option<String> = "Action",
                /// 0 for success.
                ret_code: Option<$crate::RetCode> = "RetCode",
                /// The error message, for humans.
                message: Option<String> = "Message",
                $($fields)*
            }
        }

        impl $crate::Response for $name {
            fn decode(
                body: &str,
            ) -> Result<$crate::envelope::Decoded<Self>, $crate::envelope::EnvelopeError> {
                let mut value = Self::default();
                let envelope = $crate::wire::envelope::decode_record(&mut value, body)?;
                Ok($crate::envelope::Decoded { envelope, value })
            }
        }
    };
    (
        $(#[$docs:meta])*
        pub struct $name:ident {
            $(
                $(#[$field_docs:meta])*
                $field:ident: $type:ty $(as $kind:ident)? = $wire:literal $(| $other:literal)*,
            )*
        }
    ) => {
        $(#[$docs])*
        #[derive(Debug, Clone, PartialEq, Default)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[$field_docs])*
                #[doc = ""]
                #[doc = concat!("Wire name: `", $wire, "`", $(", or `", $other, "`",)* ".")]
                pub $field: $type,
            )*
            /// Unknown fields, and original values that the typed fields do not preserve.
            pub extra: $crate::Extra,
        }

        const _: () = {
            use $crate::wire::field::{Content, Element, Field};
            use $crate::wire::record::{Record, FieldSpec, Table};
            use $crate::wire::scalar::Scalar;

            #[allow(non_camel_case_types, clippy::enum_variant_names)]
            enum Index {
                $($field,)*
            }

            static TABLE: Table = Table::new(&[$(FieldSpec {
                names: &[$wire $(, $other)*],
                kind: $crate::wire::record::record!(@kind $($kind)?),
            },)*]);

            impl Record for $name {
                fn table(&self) -> &'static Table {
                    &TABLE
                }

                fn find(&self, name: &str) -> Option<(usize, bool)> {
                    match name {
                        $($wire => Some((Index::$field as usize, true)),)*
                        $($($other => Some((Index::$field as usize, false)),)*)*
                        _ => None,
                    }
                }

                #[allow(non_upper_case_globals)]
                fn field(&self, index: usize) -> Option<&dyn Field> {
                    $(const $field: usize = Index::$field as usize;)*
                    match index {
                        $($field => Some(&self.$field),)*
                        _ => None,
                    }
                }

                #[allow(non_upper_case_globals)]
                fn field_mut(&mut self, index: usize) -> Option<&mut dyn Field> {
                    $(const $field: usize = Index::$field as usize;)*
                    match index {
                        $($field => Some(&mut self.$field),)*
                        _ => None,
                    }
                }

                fn extra(&self) -> &$crate::Extra {
                    &self.extra
                }

                fn extra_mut(&mut self) -> &mut $crate::Extra {
                    &mut self.extra
                }

                fn new_boxed(&self) -> Box<dyn Record> {
                    Box::new(Self::default())
                }
            }

            impl Element for $name {
                const IS_RECORD: bool = true;

                fn from_scalar(_: Scalar<'_>) -> Option<Self> {
                    None
                }

                fn content(&self) -> Content<'_> {
                    Content::Record(self)
                }

                fn new_record() -> Option<Self> {
                    Some(Self::default())
                }

                fn as_record(&mut self) -> Option<&mut dyn Record> {
                    Some(self)
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    $crate::wire::write::record(self, serializer)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let mut record = Self::default();
                    $crate::wire::read::record(&mut record, deserializer)?;
                    Ok(record)
                }
            }
        };
    };
    (@kind) => {
        $crate::wire::record::Kind::Lenient
    };
    (@kind $kind:ident) => {
        $crate::wire::record::Kind::$kind
    };
}
pub(crate) use record;
