//! Typed fields: conversions from and to JSON values.
//!
//! A field type defines a tolerant conversion from JSON ([`Element::from_scalar`]) and its
//! serialization ([`Element::content`]). The original of a value is kept unless the field is
//! serialized as the same value.

use std::collections::BTreeMap;

use serde_json::Value;

use super::record::Record;
use super::scalar::Scalar;

/// The serialized form of a field.
#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    /// The field is omitted.
    Absent,
    Scalar(Scalar<'a>),
    List(&'a dyn List),
    Record(&'a dyn Record),
    Map(&'a BTreeMap<String, Vec<String>>),
}

/// The result of converting a value into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// The field has the value and is serialized as the same JSON.
    Exact,
    /// The field has the value but is serialized as different JSON.
    Inexact,
    /// The value cannot be converted, and the field is unchanged.
    Unread,
}

/// A field of a record.
pub(crate) trait Field {
    /// Sets the field from a scalar, or from a list or object if [`list`](Self::list) or
    /// [`object`](Self::object) returns `None`.
    fn set(&mut self, scalar: Scalar<'_>) -> Fit;

    fn content(&self) -> Content<'_>;

    /// Returns the list to which the items of a JSON list are added.
    fn list(&mut self) -> Option<&mut dyn List> {
        None
    }

    /// Returns a new record in this field for a JSON object.
    fn object(&mut self) -> Option<&mut dyn Record> {
        None
    }

    /// Removes the record that [`object`](Self::object) returned.
    fn remove_object(&mut self) {}
}

/// A list of scalars or of records.
pub(crate) trait List {
    fn len(&self) -> usize;
    fn item(&self, index: usize) -> Content<'_>;
    /// Returns `true` if the items are records.
    fn has_records(&self) -> bool;
    /// Adds an item converted from a scalar.
    fn push(&mut self, scalar: Scalar<'_>) -> Fit;
    /// Adds a new record, if the items are records.
    fn push_record(&mut self) -> Option<&mut dyn Record>;
    /// Removes the last item.
    fn pop(&mut self);
    /// Removes the first `count` items.
    fn remove_first(&mut self, count: usize);
    /// Reserves capacity for `count` items, but at most `bytes` of memory.
    fn reserve(&mut self, count: usize, bytes: usize);
}

/// The type of an optional field or of a list item.
pub(crate) trait Element: Sized {
    const IS_RECORD: bool = false;

    /// Whether a text may be serialized as another text.
    const NORMALIZES: bool = false;

    /// Converts a scalar in any form that the service is known to send.
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self>;

    fn content(&self) -> Content<'_>;

    /// Returns an empty record, if the type is a record.
    fn new_record() -> Option<Self> {
        None
    }

    fn as_record(&mut self) -> Option<&mut dyn Record> {
        None
    }
}

/// A text field that is absent if empty.
pub(crate) trait Text: Element + AsRef<str> {}

impl Text for String {}

impl<T: Text> Field for T {
    fn set(&mut self, scalar: Scalar<'_>) -> Fit {
        let Some(value) = T::from_scalar(scalar).filter(|text| !text.as_ref().is_empty()) else {
            return Fit::Unread;
        };
        *self = value;
        fit(self, scalar)
    }

    fn content(&self) -> Content<'_> {
        if self.as_ref().is_empty() {
            Content::Absent
        } else {
            Element::content(self)
        }
    }
}

impl<T: Element> Field for Option<T> {
    fn set(&mut self, scalar: Scalar<'_>) -> Fit {
        match T::from_scalar(scalar) {
            Some(value) => fit(self.insert(value), scalar),
            None => Fit::Unread,
        }
    }

    fn content(&self) -> Content<'_> {
        self.as_ref().map_or(Content::Absent, T::content)
    }

    fn object(&mut self) -> Option<&mut dyn Record> {
        self.insert(T::new_record()?).as_record()
    }

    fn remove_object(&mut self) {
        *self = None;
    }
}

fn fit<T: Element>(value: &T, scalar: Scalar<'_>) -> Fit {
    match (value.content(), scalar) {
        // Fast path: a type that is serialized as text does not change it.
        (Content::Scalar(Scalar::Text(_)), Scalar::Text(_)) if !T::NORMALIZES => Fit::Exact,
        (Content::Scalar(written), scalar) if written == scalar => Fit::Exact,
        _ => Fit::Inexact,
    }
}

impl<T: Element> Field for Vec<T> {
    /// Sets the list to a single value, or leaves it empty for `null` and an empty text.
    fn set(&mut self, scalar: Scalar<'_>) -> Fit {
        if matches!(scalar, Scalar::Text("")) {
            return Fit::Unread;
        }
        match T::from_scalar(label(scalar)) {
            Some(item) => {
                *self = vec![item];
                Fit::Inexact
            }
            None => Fit::Unread,
        }
    }

    /// Returns the list, or `Absent` if it is empty.
    fn content(&self) -> Content<'_> {
        if self.is_empty() {
            Content::Absent
        } else {
            Content::List(self)
        }
    }

    fn list(&mut self) -> Option<&mut dyn List> {
        Some(self)
    }

    fn object(&mut self) -> Option<&mut dyn Record> {
        self.push_record()
    }

    fn remove_object(&mut self) {
        self.pop();
    }
}

impl<T: Element> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn item(&self, index: usize) -> Content<'_> {
        self.get(index).map_or(Content::Absent, T::content)
    }

    fn has_records(&self) -> bool {
        T::IS_RECORD
    }

    fn push(&mut self, scalar: Scalar<'_>) -> Fit {
        match T::from_scalar(label(scalar)) {
            Some(item) => {
                let fit = fit(&item, scalar);
                self.push(item);
                fit
            }
            None => Fit::Unread,
        }
    }

    fn push_record(&mut self) -> Option<&mut dyn Record> {
        self.push(T::new_record()?);
        self.last_mut()?.as_record()
    }

    fn pop(&mut self) {
        self.pop();
    }

    fn remove_first(&mut self, count: usize) {
        self.drain(..count.min(self.len()));
    }

    fn reserve(&mut self, count: usize, bytes: usize) {
        self.reserve_exact(count.min(bytes / size_of::<T>().max(1)));
    }
}

/// Returns the `tagLabel` of an object, as accepted by third-party clients, or the item itself.
fn label(item: Scalar<'_>) -> Scalar<'_> {
    let label = match item {
        Scalar::Other(value) => value.get("tagLabel").and_then(Value::as_str),
        _ => None,
    };
    label.map_or(item, Scalar::Text)
}

/// A map of text lists.
impl Field for BTreeMap<String, Vec<String>> {
    fn set(&mut self, scalar: Scalar<'_>) -> Fit {
        let Scalar::Other(Value::Object(members)) = scalar else {
            return Fit::Unread;
        };
        if members.is_empty() {
            return Fit::Unread;
        }

        let mut all_exact = true;
        self.clear();
        for (name, value) in members {
            let list = self.entry(name.clone()).or_default();
            match value {
                Value::Array(items) if !items.is_empty() => {
                    for item in items {
                        all_exact &= List::push(list, item.into()) == Fit::Exact;
                    }
                }
                single => {
                    list.set(single.into());
                    all_exact = false;
                }
            }
        }
        if all_exact { Fit::Exact } else { Fit::Inexact }
    }

    fn content(&self) -> Content<'_> {
        if self.is_empty() {
            Content::Absent
        } else {
            Content::Map(self)
        }
    }
}

impl Element for String {
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        scalar.text()
    }

    fn content(&self) -> Content<'_> {
        Content::Scalar(Scalar::Text(self))
    }
}

impl Element for bool {
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        scalar.boolean()
    }

    fn content(&self) -> Content<'_> {
        Content::Scalar(Scalar::Bool(*self))
    }
}

impl Element for u64 {
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        scalar.integer()?.try_into().ok()
    }

    fn content(&self) -> Content<'_> {
        Content::Scalar(Scalar::U64(*self))
    }
}

impl Element for i64 {
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        scalar.integer()?.try_into().ok()
    }

    fn content(&self) -> Content<'_> {
        Content::Scalar(Scalar::I64(*self))
    }
}

impl Element for f64 {
    fn from_scalar(scalar: Scalar<'_>) -> Option<Self> {
        scalar.float()
    }

    fn content(&self) -> Content<'_> {
        number(*self)
    }
}

/// Returns integral numbers as integers, up to the largest exact one. JSON has no infinity and no
/// NaN, so these are absent.
#[expect(clippy::cast_possible_truncation, reason = "integral and in range")]
pub(crate) fn number(value: f64) -> Content<'static> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if !value.is_finite() {
        Content::Absent
    } else if value.fract() == 0.0 && value.abs() < EXACT {
        Content::Scalar(Scalar::I64(value as i64))
    } else {
        Content::Scalar(Scalar::F64(value))
    }
}
