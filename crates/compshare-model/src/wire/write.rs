//! Serialization of records.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::field::Content;
use super::read;
use super::record::{Kind, MAX_FIELDS, Record};
use super::scalar::Scalar;

/// Serializes a record: its [`members`].
pub(crate) fn record<S: Serializer>(record: &dyn Record, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (name, content) in members(record) {
        map.serialize_entry(name, &content)?;
    }
    map.end()
}

/// Iterates over the serialized members of a record: the typed fields, then unknown fields and
/// original values.
///
/// An original value replaces its field, unless the field was changed after deserialization.
pub(crate) fn members(record: &dyn Record) -> impl Iterator<Item = (&str, Content<'_>)> {
    let has_original = fields_with_original(record);
    let fields = record.table().fields.iter().enumerate();
    let fields = fields.filter_map(move |(index, spec)| {
        if has_original.get(index) == Some(&true) {
            return None;
        }
        let content = content(record, index);
        (!matches!(content, Content::Absent)).then(|| (spec.name(), content))
    });

    let extra = record.extra().iter().filter(move |(name, _)| {
        let field = record.find(name);
        field.is_none_or(|(index, _)| has_original.get(index) == Some(&true))
    });
    fields.chain(extra.map(|(name, value)| (name, Content::Scalar(value.into()))))
}

/// Returns `true` for each field whose original value still converts to the typed value.
fn fields_with_original(record: &dyn Record) -> [bool; MAX_FIELDS] {
    let mut has_original = [false; MAX_FIELDS];
    let mut any = false;
    for (name, _) in record.extra() {
        if let Some((index, _)) = record.find(name) {
            if let Some(has_original) = has_original.get_mut(index) {
                *has_original = true;
                any = true;
            }
        }
    }

    if !any {
        return has_original;
    }

    let mut original = record.new_boxed();
    // This cannot fail: the same lists have been accepted before.
    let mut context = read::Context::unlimited();
    let _ = read::originals(&mut *original, record.extra(), &has_original, &mut context);
    for (index, has_original) in has_original.iter_mut().enumerate() {
        *has_original &= is_same(content(record, index), content(&*original, index));
    }
    has_original
}

fn is_same(a: Content<'_>, b: Content<'_>) -> bool {
    match (a, b) {
        (Content::Absent, Content::Absent) => true,
        (Content::Absent, _) | (_, Content::Absent) => false,
        (Content::Scalar(a), Content::Scalar(b)) => a == b,
        (a, b) => value(a) == value(b),
    }
}

pub(super) fn content(record: &dyn Record, index: usize) -> Content<'_> {
    let kind = record.table().spec(index).kind;
    let field = record.field(index);
    field.map_or(Content::Absent, |field| written(field.content(), kind))
}

/// Returns the serialized form of a field of this kind.
pub(super) fn written(content: Content<'_>, kind: Kind) -> Content<'_> {
    let Content::Scalar(Scalar::Bool(value)) = content else {
        return content;
    };
    let text = kind.boolean_text(value).map(Scalar::Text);
    text.map_or(content, Content::Scalar)
}

/// Converts the content to a JSON value.
pub(crate) fn value(content: Content<'_>) -> Value {
    match content {
        Content::Scalar(scalar) => scalar.to_value(),
        content => serde_json::to_value(content).unwrap_or_default(),
    }
}

impl Serialize for Content<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent | Self::Scalar(Scalar::Null) => serializer.serialize_unit(),
            Self::Scalar(Scalar::Bool(value)) => serializer.serialize_bool(*value),
            Self::Scalar(Scalar::I64(value)) => serializer.serialize_i64(*value),
            Self::Scalar(Scalar::U64(value)) => serializer.serialize_u64(*value),
            Self::Scalar(Scalar::F64(value)) => serializer.serialize_f64(*value),
            Self::Scalar(Scalar::Text(text)) => serializer.serialize_str(text),
            Self::Scalar(Scalar::Other(value)) => value.serialize(serializer),
            Self::List(list) => {
                serializer.collect_seq((0..list.len()).map(|index| list.item(index)))
            }
            Self::Record(inner) => record(*inner, serializer),
            Self::Map(map) => serializer.collect_map(*map),
        }
    }
}
