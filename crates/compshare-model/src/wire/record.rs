//! Records: objects that are read tolerantly and written back exactly.
//!
//! A record is data: a table of its fields with their names, made by [`record!`], and access to each field by its index. One
//! reader (`read.rs`) and one writer (`write.rs`) work on all records through these, so that neither is compiled once for
//! each of them.
//!
//! A field whose value is written as it was read is held by the typed field alone. Otherwise (another type, another
//! spelling of the name, the name a second time) the typed field holds what can be read, and the original goes to
//! [`Extra`].

use super::extra::Extra;
use super::field::Field;

/// The largest number of fields that a record can have.
pub(crate) const MAX_FIELDS: usize = 64;

/// A type made by [`record!`].
pub(crate) trait Record {
    fn table(&self) -> &'static Table;
    /// Returns the index of the field with this name, and whether the name is the canonical one.
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
    pub(crate) fields: &'static [Spec],
    /// Whether there are [`Kind::Main`] fields.
    pub(crate) has_main: bool,
}

impl Table {
    pub(crate) const fn new(fields: &'static [Spec]) -> Self {
        assert!(fields.len() <= MAX_FIELDS, "a record has too many fields");
        let mut has_main = false;
        let mut rest = fields;
        while let [spec, others @ ..] = rest {
            has_main |= matches!(spec.kind, Kind::Main);
            rest = others;
        }
        Self { fields, has_main }
    }

    /// Returns the field with this index, which [`Record::find`] gave.
    pub(crate) fn spec(&self, index: usize) -> &'static Spec {
        self.fields.get(index).unwrap_or(&Spec::ITEM)
    }
}

/// A field of a record.
pub(crate) struct Spec {
    /// The names under which the field is read, in order of preference. The first is the canonical one, which is written.
    pub(crate) names: &'static [&'static str],
    pub(crate) kind: Kind,
}

impl Spec {
    /// An item of a list, which has no name.
    pub(crate) const ITEM: Self = Self {
        names: &[],
        kind: Kind::Lenient,
    };

    /// Returns the same field with the name of this rank as its first.
    pub(crate) fn with_rank(&self, rank: usize) -> Self {
        Self {
            names: self.names.get(rank..).unwrap_or_default(),
            kind: self.kind,
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.names.first().copied().unwrap_or_default()
    }

    /// Returns the position of `name` among the names of the field.
    pub(crate) fn rank(&self, name: &str) -> usize {
        let known = self.names.iter().position(|known| *known == name);
        known.unwrap_or(self.names.len())
    }
}

/// How a field is read beyond its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Anything that cannot be read leaves the field absent.
    Lenient,
    /// A boolean that is written as `"True"` or `"False"`.
    Capitalized,
    /// A list whose items must not be lost: what is not a list, and an item that cannot be read, is an error.
    Strict,
    /// As `Strict`, and the response is about this list: if none of its main fields is there, an unknown list is an error.
    Main,
}

/// Makes a record.
///
/// A field is `name: Type as Kind = "WireName" | "Other" | "Names"`; without `as`, its [`Kind`] is `Lenient`.
/// `response Name` instead of `struct Name` adds the fields of the envelope and implements
/// [`Response`](crate::Response).
///
/// Expands to the struct with its `extra`; [`Record`], which is a constant table of the fields and access to them by name
/// and by index; `Element`, by which records hold others; and `Serialize` and `Deserialize`, which call the one writer
/// and the one reader.
macro_rules! record {
    (
        $(#[$docs:meta])*
        pub response $name:ident { $($fields:tt)* }
    ) => {
        $crate::wire::record::record! {
            $(#[$docs])*
            pub struct $name {
                /// The action that answers, normally the request's with `Response` after it. Never checked: the service is
                /// known to answer with another action's name.
                action: Option<String> = "Action",
                /// 0 for success.
                ret_code: Option<$crate::RetCode> = "RetCode",
                /// What went wrong, for humans.
                message: Option<String> = "Message",
                $($fields)*
            }
        }

        impl $crate::Response for $name {
            fn decode(
                body: &str,
            ) -> Result<$crate::envelope::Reply<Self>, $crate::envelope::EnvelopeError> {
                let mut value = Self::default();
                let envelope = $crate::wire::envelope::decode_record(&mut value, body)?;
                Ok($crate::envelope::Reply { envelope, value })
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
                #[doc = concat!("Wire name: `", $wire, "`", $(", also read as `", $other, "`",)* ".")]
                pub $field: $type,
            )*
            /// Unknown fields, and the originals of those that the typed fields do not give back exactly.
            pub extra: $crate::Extra,
        }

        const _: () = {
            use $crate::wire::field::{Content, Element, Field};
            use $crate::wire::record::{Record, Spec, Table};
            use $crate::wire::scalar::Scalar;

            #[allow(non_camel_case_types, clippy::enum_variant_names)]
            enum Index {
                $($field,)*
            }

            static TABLE: Table = Table::new(&[$(Spec {
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
