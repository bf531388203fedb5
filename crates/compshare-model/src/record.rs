//! Records: objects that are read tolerantly and written back exactly.
//!
//! One table per type, given to [`record!`], makes the struct, its reader and its writer. The reader makes one pass and
//! decides per field:
//!
//! - the value is what the typed field would write: it is held by the typed field alone;
//! - anything else (another type, another spelling of the name, the name again): the typed field holds what can be read
//!   from it, and the original goes to `extra`.
//!
//! The writer leaves out every typed field with a name in `extra`, and writes `extra` in its place. Hence what is written
//! is what was read. Nothing is ever searched in `extra` while reading, so a hostile object costs no more than its size.
//!
//! A page has thousands of values and nearly all are what was expected, so that way is kept short: a value is read straight
//! to its field, a row straight to its place in the list. Whatever else there may be is read out of line.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::Extra;
use crate::list_fault::{ListFault, type_of};
use crate::scalar::{
    FromScalar, NUMBER, Read, Scalar, ScalarVisitor, long_integer, read_true_false,
};

/// What a typed field or a row was read from, unless writing it gives that back exactly.
type Original = Option<Value>;

/// A type made by [`record!`].
pub(crate) trait Record: Default + PartialEq + Serialize {
    /// Reads an object to a record that holds nothing yet.
    ///
    /// `number`: where to put a number that serde_json gives as an object, if that is possible here.
    fn fill<'de, A: MapAccess<'de>>(
        &mut self,
        map: A,
        number: Option<&mut Original>,
    ) -> Result<(), A::Error>;
}

/// How a field of type `T` is read and written.
pub(crate) trait Codec<T> {
    /// Reads the value of the field that came under the name `field` to `place`, which holds the default, and to
    /// `original`, which holds nothing.
    ///
    /// Both are places to write to rather than results, so that nothing is moved on the way that nearly all values take.
    fn read<'de, D: Deserializer<'de>>(
        field: &'static str,
        place: &mut T,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error>;

    /// Whether the value means that there is no such field.
    fn absent(value: &T) -> bool;

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// One scalar, or a list of scalars: decided by the type.
pub(crate) struct Auto;
/// One text that is empty if absent.
pub(crate) struct NonEmpty;
/// A boolean written as `"True"` or `"False"`.
pub(crate) struct TrueFalse;
/// A list of texts, each of which may come as an object with a `tagLabel`.
pub(crate) struct Labels;
/// One record.
pub(crate) struct Nested;
/// A list of records.
pub(crate) struct RecordList<const STRICT: bool>;
/// A list of records. What is no record gives no item.
pub(crate) type Inner = RecordList<false>;
/// The list that a response is about. What is neither a record nor `null` is an error.
pub(crate) type Main = RecordList<true>;
/// The list of texts or ids that a response is about. What is none and not `null` is an error.
pub(crate) struct MainWords;
/// Lists of texts by name.
pub(crate) struct ByName;

impl<T: FromScalar> Codec<Option<T>> for Auto {
    fn read<'de, D: Deserializer<'de>>(
        _: &'static str,
        place: &mut Option<T>,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(Single {
            place,
            original,
            read: T::from_scalar,
        })
    }

    fn absent(value: &Option<T>) -> bool {
        !value.as_ref().is_some_and(T::writable)
    }

    fn write<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => value.write(serializer),
            None => serializer.serialize_unit(),
        }
    }
}

impl<T: FromScalar + Default + AsRef<str>> Codec<T> for NonEmpty {
    fn read<'de, D: Deserializer<'de>>(
        _: &'static str,
        place: &mut T,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let mut value = None;
        deserializer.deserialize_any(Single {
            place: &mut value,
            original,
            read: T::from_scalar,
        })?;
        *place = value.unwrap_or_default();
        // An empty text is not written, so the one that was read has to be kept.
        if place.as_ref().is_empty() {
            original.get_or_insert_with(|| place.to_value());
        }
        Ok(())
    }

    fn absent(value: &T) -> bool {
        value.as_ref().is_empty()
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.write(serializer)
    }
}

impl Codec<Option<bool>> for TrueFalse {
    fn read<'de, D: Deserializer<'de>>(
        _: &'static str,
        place: &mut Option<bool>,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(Single {
            place,
            original,
            read: read_true_false,
        })
    }

    fn absent(value: &Option<bool>) -> bool {
        value.is_none()
    }

    fn write<S: Serializer>(value: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(true) => serializer.serialize_str("True"),
            Some(false) => serializer.serialize_str("False"),
            None => serializer.serialize_unit(),
        }
    }
}

impl<T: FromScalar> Codec<Vec<T>> for Auto {
    fn read<'de, D: Deserializer<'de>>(
        _: &'static str,
        place: &mut Vec<T>,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(Scalars {
            place,
            original,
            item: T::from_scalar,
        })
    }

    fn absent(value: &Vec<T>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(Item))
    }
}

/// An item of a list of scalars, to be written.
struct Item<'a, T>(&'a T);

impl<T: FromScalar> Serialize for Item<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl Codec<Vec<String>> for Labels {
    fn read<'de, D: Deserializer<'de>>(
        _: &'static str,
        place: &mut Vec<String>,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(Scalars {
            place,
            original,
            item: read_label,
        })
    }

    fn absent(value: &Vec<String>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(value: &Vec<String>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

fn read_label(scalar: Scalar<'_>) -> Read<Option<String>> {
    match scalar {
        Scalar::Other(value) => {
            let label = value
                .get("tagLabel")
                .and_then(Value::as_str)
                .map(str::to_owned);
            Read::odd(label, value)
        }
        scalar => String::from_scalar(scalar),
    }
}

/// The scalar methods of a visitor, which all do the same.
macro_rules! scalar_visits {
    ($self:ident, $scalar:ident => $then:expr) => {
        #[inline]
        fn visit_unit<E: serde::de::Error>($self) -> Result<Self::Value, E> {
            let $scalar = Scalar::Null;
            $then
        }

        #[inline]
        fn visit_bool<E: serde::de::Error>($self, value: bool) -> Result<Self::Value, E> {
            let $scalar = Scalar::Bool(value);
            $then
        }

        #[inline]
        fn visit_i64<E: serde::de::Error>($self, value: i64) -> Result<Self::Value, E> {
            let $scalar = Scalar::I64(value);
            $then
        }

        #[inline]
        fn visit_u64<E: serde::de::Error>($self, value: u64) -> Result<Self::Value, E> {
            let $scalar = Scalar::U64(value);
            $then
        }

        #[inline]
        fn visit_i128<E: serde::de::Error>($self, value: i128) -> Result<Self::Value, E> {
            let $scalar = long_integer(value);
            $then
        }

        #[inline]
        fn visit_u128<E: serde::de::Error>($self, value: u128) -> Result<Self::Value, E> {
            let $scalar = long_integer(value);
            $then
        }

        #[inline]
        fn visit_f64<E: serde::de::Error>($self, value: f64) -> Result<Self::Value, E> {
            let $scalar = Scalar::F64(value);
            $then
        }

        #[inline]
        fn visit_str<E: serde::de::Error>($self, text: &str) -> Result<Self::Value, E> {
            let $scalar = Scalar::Text(text.into());
            $then
        }
    };
}

/// Reads one scalar to `place`.
struct Single<'a, T, F> {
    place: &'a mut Option<T>,
    original: &'a mut Original,
    read: F,
}

impl<T, F: FnOnce(Scalar<'_>) -> Read<Option<T>>> Single<'_, T, F> {
    #[expect(
        clippy::inline_always,
        reason = "each visit knows what it has, and need not look again"
    )]
    #[inline(always)]
    fn set(self, scalar: Scalar<'_>) {
        let Read { value, original } = (self.read)(scalar);
        *self.place = value;
        if original.is_some() {
            *self.original = original;
        }
    }
}

/// As an item of a list.
impl<'de, T, F: FnOnce(Scalar<'_>) -> Read<Option<T>>> DeserializeSeed<'de> for Single<'_, T, F> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T, F: FnOnce(Scalar<'_>) -> Read<Option<T>>> Visitor<'de> for Single<'_, T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    scalar_visits!(self, scalar => {
        self.set(scalar);
        Ok(())
    });

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        ScalarVisitor.visit_seq(seq).map(|list| self.set(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        ScalarVisitor.visit_map(map).map(|object| self.set(object))
    }
}

/// Reads a list of scalars to `place`: also `null`, `{}` and an empty text as no item, and one scalar as one item.
struct Scalars<'a, T, F> {
    place: &'a mut Vec<T>,
    original: &'a mut Original,
    item: F,
}

impl<T: FromScalar, F: Fn(Scalar<'_>) -> Read<Option<T>>> Scalars<'_, T, F> {
    fn single(self, scalar: Scalar<'_>) {
        if matches!(&scalar, Scalar::Text(text) if text.is_empty()) {
            *self.original = Some(scalar.into_value());
            return;
        }
        let Read { value, original } = (self.item)(scalar);
        *self.original = Some(item_to_value(original, value.as_ref()));
        self.place.extend(value);
    }
}

/// An item as it came.
fn item_to_value<T: FromScalar>(original: Original, item: Option<&T>) -> Value {
    original
        .or_else(|| item.map(T::to_value))
        .unwrap_or_default()
}

impl<'de, T: FromScalar, F: Fn(Scalar<'_>) -> Read<Option<T>>> Visitor<'de> for Scalars<'_, T, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    scalar_visits!(self, scalar => {
        self.single(scalar);
        Ok(())
    });

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        // Kept from the first item on that is odd; what came before is written back from the typed items.
        let mut originals: Option<Vec<Value>> = None;
        let (mut value, mut original) = (None, None);
        while seq
            .next_element_seed(Single {
                place: &mut value,
                original: &mut original,
                read: &self.item,
            })?
            .is_some()
        {
            if original.is_some() && originals.is_none() {
                originals = Some(self.place.iter().map(T::to_value).collect());
            }
            if let Some(originals) = &mut originals {
                originals.push(item_to_value(original.take(), value.as_ref()));
            }
            if let Some(value) = value.take() {
                self.place.push(value);
            }
        }
        *self.original = kept_list(self.place, originals);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        ScalarVisitor
            .visit_map(map)
            .map(|object| self.single(object))
    }
}

/// A list that was a list. An empty one is not written, so it has to be kept.
fn kept_list<T>(items: &[T], originals: Option<Vec<Value>>) -> Original {
    let originals = if items.is_empty() {
        Some(originals.unwrap_or_default())
    } else {
        originals
    };
    originals.map(Value::Array)
}

impl<T: Record> Codec<Option<T>> for Nested {
    fn read<'de, D: Deserializer<'de>>(
        _: &'static str,
        place: &mut Option<T>,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(Row {
            home: place,
            original,
        })
    }

    fn absent(value: &Option<T>) -> bool {
        value.is_none()
    }

    fn write<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<T: Record, const STRICT: bool> Codec<Vec<T>> for RecordList<STRICT> {
    fn read<'de, D: Deserializer<'de>>(
        list: &'static str,
        place: &mut Vec<T>,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        deserializer.deserialize_any(Records {
            place,
            original,
            list,
            strict: STRICT,
        })
    }

    fn absent(value: &Vec<T>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<T: FromScalar> Codec<Vec<T>> for MainWords {
    fn read<'de, D: Deserializer<'de>>(
        list: &'static str,
        place: &mut Vec<T>,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        <Auto as Codec<Vec<T>>>::read(list, place, original, deserializer)?;
        match original {
            Some(original) => check_words(list, original, place.len()),
            None => Ok(()),
        }
    }

    fn absent(value: &Vec<T>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        <Auto as Codec<Vec<T>>>::write(value, serializer)
    }
}

/// An error if there are fewer words read than `original` holds.
fn check_words<E: serde::de::Error>(
    list: &'static str,
    original: &Value,
    read: usize,
) -> Result<(), E> {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    let Value::Array(items) = original else {
        let is_lost = read == 0 && !is_nothing(original);
        return if is_lost {
            Err(ListFault::NotAList {
                list,
                found: type_of(original),
            }
            .into_error())
        } else {
            Ok(())
        };
    };
    if items.iter().filter(|item| !is_nothing(item)).count() <= read {
        return Ok(());
    }
    let nested = |value: &Value| value.is_array() || (value.is_object() && !is_nothing(value));
    let (index, found) = items
        .iter()
        .enumerate()
        .find(|(_, item)| nested(item))
        .map_or((0, "null"), |(at, item)| (at, type_of(item)));
    Err(ListFault::Row {
        list,
        index: index.try_into().unwrap_or(u64::MAX),
        found,
    }
    .into_error())
}

impl Codec<BTreeMap<String, Vec<String>>> for ByName {
    fn read<'de, D: Deserializer<'de>>(
        list: &'static str,
        place: &mut BTreeMap<String, Vec<String>>,
        original: &mut Original,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let members = match Scalar::deserialize(deserializer)?.into_value() {
            Value::Object(members) => members,
            other => {
                *original = Some(other);
                return Ok(());
            }
        };
        let mut exact = !members.is_empty();
        for (name, value) in &members {
            let labels = place.entry(name.clone()).or_default();
            let mut odd = None;
            Labels::read(list, labels, &mut odd, value.clone()).map_err(D::Error::custom)?;
            exact &= odd.is_none();
        }
        if !exact {
            *original = Some(Value::Object(members));
        }
        Ok(())
    }

    fn absent(value: &BTreeMap<String, Vec<String>>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(
        value: &BTreeMap<String, Vec<String>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// Where records are kept.
trait Home {
    /// Reads an object to a new record in its final place; a record is large, and is not to be moved. If it is no record
    /// but a number, that goes to `number`.
    fn fill_new<'de, A: MapAccess<'de>>(
        &mut self,
        map: A,
        number: &mut Original,
    ) -> Result<(), A::Error>;
}

impl<T: Record> Home for Option<T> {
    fn fill_new<'de, A: MapAccess<'de>>(
        &mut self,
        map: A,
        number: &mut Original,
    ) -> Result<(), A::Error> {
        self.insert(T::default()).fill(map, Some(number))?;
        if number.is_some() {
            *self = None;
        }
        Ok(())
    }
}

impl<T: Record> Home for Vec<T> {
    fn fill_new<'de, A: MapAccess<'de>>(
        &mut self,
        map: A,
        number: &mut Original,
    ) -> Result<(), A::Error> {
        self.push(T::default());
        let Some(record) = self.last_mut() else {
            return Ok(());
        };
        record.fill(map, Some(number))?;
        if number.is_some() {
            self.pop();
        }
        Ok(())
    }
}

/// Reads a record to its home, or what is there instead to `original`.
struct Row<'a, H> {
    home: &'a mut H,
    original: &'a mut Original,
}

/// As an item of a list.
impl<'de, H: Home> DeserializeSeed<'de> for Row<'_, H> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, H: Home> Visitor<'de> for Row<'_, H> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    scalar_visits!(self, scalar => {
        *self.original = Some(scalar.into_value());
        Ok(())
    });

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        *self.original = Some(ScalarVisitor.visit_seq(seq)?.into_value());
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        self.home.fill_new(map, self.original)
    }
}

/// Reads a list of records to `place`: also `null` and `{}` as no row, and one object as one row.
struct Records<'a, T> {
    place: &'a mut Vec<T>,
    original: &'a mut Original,
    list: &'static str,
    /// Whether anything else is an error rather than no row.
    strict: bool,
}

impl<T: Record> Records<'_, T> {
    fn not_a_list<E: serde::de::Error>(self, value: Value) -> Result<(), E> {
        if self.strict && !value.is_null() {
            return Err(ListFault::NotAList {
                list: self.list,
                found: type_of(&value),
            }
            .into_error());
        }
        *self.original = Some(value);
        Ok(())
    }

    fn check_row<E: serde::de::Error>(&self, index: u64, value: &Value) -> Result<(), E> {
        if self.strict && !value.is_null() && !value.is_object() {
            return Err(ListFault::Row {
                list: self.list,
                index,
                found: type_of(value),
            }
            .into_error());
        }
        Ok(())
    }
}

impl<'de, T: Record> Visitor<'de> for Records<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    scalar_visits!(self, scalar => self.not_a_list(scalar.into_value()));

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        // Kept from the first row on that is no record; what came before is written back from the records.
        let mut originals: Option<Vec<Value>> = None;
        let mut index = 0u64;
        let mut original = None;
        if self.strict {
            self.place.reserve_exact(likely_rows::<T>());
        }
        while seq
            .next_element_seed(Row {
                home: self.place,
                original: &mut original,
            })?
            .is_some()
        {
            if let Some(value) = original.take() {
                self.check_row(index, &value)?;
                if originals.is_none() {
                    let before = self
                        .place
                        .iter()
                        .map(serde_json::to_value)
                        .collect::<Result<_, _>>();
                    originals = Some(before.map_err(A::Error::custom)?);
                }
                originals.get_or_insert_default().push(value);
            } else {
                take_row()?;
                if let (Some(originals), Some(row)) = (&mut originals, self.place.last()) {
                    originals.push(serde_json::to_value(row).map_err(A::Error::custom)?);
                }
            }
            index = index.saturating_add(1);
        }
        *self.original = kept_list(self.place, originals);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let mut number = None;
        self.place.fill_new(map, &mut number)?;
        if let Some(number) = number {
            return self.not_a_list(number);
        }
        *self.original = Some(
            self.place
                .last()
                .map(serde_json::to_value)
                .transpose()
                .map_err(A::Error::custom)?
                .unwrap_or_default(),
        );
        // A record that holds nothing at all was `{}`.
        if self.place.last() == Some(&T::default()) {
            self.place.pop();
        }
        Ok(())
    }
}

/// A field's value as its codec writes it.
pub(crate) struct Written<'a, T, C>(&'a T, PhantomData<C>);

impl<'a, T, C> Written<'a, T, C> {
    pub(crate) fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T, C: Codec<T>> Serialize for Written<'_, T, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        C::write(self.0, serializer)
    }
}

/// Reads a field's value with its codec.
struct Reading<'a, T, C> {
    name: &'static str,
    place: &'a mut T,
    original: &'a mut Original,
    codec: PhantomData<C>,
}

impl<'de, T, C: Codec<T>> DeserializeSeed<'de> for Reading<'_, T, C> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        C::read(self.name, self.place, self.original, deserializer)
    }
}

/// What was seen of one field so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Slot {
    #[default]
    Unseen,
    /// Once, by its canonical name, and the typed field is all of it.
    Typed,
    /// Everything seen is in `extra`. The typed value comes from the spelling of this rank, if from any.
    Kept(Option<u8>),
}

impl Slot {
    pub(crate) fn is_unseen(self) -> bool {
        self == Self::Unseen
    }
}

/// The place of `name` among the spellings of a field.
pub(crate) fn rank(names: &[&str], name: &str) -> u8 {
    names
        .iter()
        .zip(0..)
        .find_map(|(known, rank)| (*known == name).then_some(rank))
        .unwrap_or_default()
}

/// A field of a record that is being read.
pub(crate) struct Field<'a, T, C> {
    /// Its spellings, the canonical one first.
    pub(crate) names: &'static [&'static str],
    pub(crate) slot: &'a mut Slot,
    pub(crate) place: &'a mut T,
    pub(crate) codec: PhantomData<C>,
}

impl<T: Default, C: Codec<T>> Field<'_, T, C> {
    /// Reads the value of the field that was met under the spelling `rank` of its names.
    ///
    /// The typed field takes the value of the best spelling that can be read, of several of the same spelling the last.
    #[inline]
    pub(crate) fn read<'de, A: MapAccess<'de>>(
        self,
        map: &mut A,
        rank: u8,
        extra: &mut Extra,
    ) -> Result<(), A::Error> {
        if rank > 0 || !self.slot.is_unseen() {
            return self.read_again(map, rank, extra);
        }
        let name = self.name(0);
        let mut original = None;
        map.next_value_seed(Reading {
            name,
            place: self.place,
            original: &mut original,
            codec: self.codec,
        })?;
        *self.slot = Slot::Typed;
        if let Some(original) = original {
            extra.push(name, original);
            *self.slot = Slot::Kept((!C::absent(self.place)).then_some(0));
        }
        Ok(())
    }

    /// By another spelling, or not for the first time.
    #[cold]
    fn read_again<'de, A: MapAccess<'de>>(
        self,
        map: &mut A,
        rank: u8,
        extra: &mut Extra,
    ) -> Result<(), A::Error> {
        let to_value =
            |value: &T| C::write(value, serde_json::value::Serializer).map_err(A::Error::custom);
        let name = self.name(rank);
        let mut value = T::default();
        let mut original = None;
        map.next_value_seed(Reading {
            name,
            place: &mut value,
            original: &mut original,
            codec: self.codec,
        })?;
        // From here on, whatever belongs to this field is in `extra`.
        let best = match *self.slot {
            Slot::Unseen => None,
            Slot::Typed => {
                extra.push(self.name(0), to_value(self.place)?);
                Some(0)
            }
            Slot::Kept(best) => best,
        };
        extra.push(name, original.map_or_else(|| to_value(&value), Ok)?);
        let better = !C::absent(&value) && best.is_none_or(|best| rank <= best);
        if better {
            *self.place = value;
        }
        *self.slot = Slot::Kept(if better { Some(rank) } else { best });
        Ok(())
    }

    fn name(&self, rank: u8) -> &'static str {
        self.names
            .get(usize::from(rank))
            .copied()
            .unwrap_or_default()
    }
}

/// Reads the value of a field that is not modelled; or, if it is how serde_json gives a number, that number to `number`.
pub(crate) fn read_unknown<'de, A: MapAccess<'de>>(
    map: &mut A,
    name: String,
    number: Option<&mut Original>,
    extra: &mut Extra,
) -> Result<(), A::Error> {
    match (map.next_value()?, number) {
        (Value::String(text), Some(number)) if name == NUMBER => {
            *number = Some(text.parse().map_or(Value::String(text), Value::Number));
        }
        (value, _) => extra.push(name, value),
    }
    Ok(())
}

/// Makes a record: the struct, its reader and its writer.
///
/// A field is `name: Type as Codec = "Wire" | "Other" | "Names"`; without `as`, its codec is [`Auto`]. After the struct's
/// name, `, main list groups` names the fields of which a list response must have one, if it has a list at all.
macro_rules! record {
    (
        $(#[$docs:meta])*
        pub struct $name:ident $(, main $list:literal $($main:ident)+)? {
            $($(#[$field_docs:meta])* $field:ident: $type:ty $(as $codec:ident)? = $wire:literal $(| $other:literal)*,)*
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
            /// One thing per field.
            #[derive(Default)]
            struct PerField<T> {
                $($field: T,)*
            }

            /// A key of the object; of a field, with the rank of its spelling.
            #[allow(non_camel_case_types)]
            enum Key {
                $($field(u8),)*
                Unknown(String),
            }

            struct KeyVisitor;

            impl serde::de::Visitor<'_> for KeyVisitor {
                type Value = Key;

                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("a field's name")
                }

                #[inline]
        fn visit_str<E>(self, name: &str) -> Result<Key, E> {
                    Ok(match name {
                        $($wire $(| $other)* => Key::$field($crate::record::rank(&[$wire $(, $other)*], name)),)*
                        _ => Key::Unknown(name.to_owned()),
                    })
                }
            }

            impl<'de> serde::de::DeserializeSeed<'de> for KeyVisitor {
                type Value = Key;

                fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
                    deserializer.deserialize_identifier(self)
                }
            }

            impl $crate::record::Record for $name {
                fn fill<'de, A: serde::de::MapAccess<'de>>(
                    &mut self,
                    mut map: A,
                    mut number: Option<&mut Option<serde_json::Value>>,
                ) -> Result<(), A::Error> {
                    let mut slots = PerField::<$crate::record::Slot>::default();
                    while let Some(key) = map.next_key_seed(KeyVisitor)? {
                        // Only the first field can be a number's.
                        let number = number.take();
                        match key {
                            $(Key::$field(rank) => {
                                let field = $crate::record::Field::<$type, $crate::record::codec!($($codec)?)> {
                                    names: &[$wire $(, $other)*],
                                    slot: &mut slots.$field,
                                    place: &mut self.$field,
                                    codec: std::marker::PhantomData,
                                };
                                field.read(&mut map, rank, &mut self.extra)?;
                            })*
                            Key::Unknown(name) => {
                                $crate::record::read_unknown(&mut map, name, number, &mut self.extra)?;
                            }
                        }
                    }
                    $(
                        if true $(&& slots.$main.is_unseen())+ {
                            $crate::record::no_list_elsewhere($list, &self.extra)?;
                        }
                    )?
                    Ok(())
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct Object;

                    impl<'de> serde::de::Visitor<'de> for Object {
                        type Value = $name;

                        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                            f.write_str("an object")
                        }

                        #[inline]
        fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                            let mut record = $name::default();
                            $crate::record::Record::fill(&mut record, map, None)?;
                            Ok(record)
                        }
                    }

                    deserializer.deserialize_map(Object)
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    use serde::ser::SerializeMap as _;

                    let mut kept = PerField::<bool>::default();
                    for (name, _) in self.extra.iter() {
                        match name {
                            $($wire $(| $other)* => kept.$field = true,)*
                            _ => {}
                        }
                    }
                    let mut map = serializer.serialize_map(None)?;
                    $(
                        if !kept.$field
                            && !<$crate::record::codec!($($codec)?) as $crate::record::Codec<$type>>::absent(&self.$field)
                        {
                            let value =
                                $crate::record::Written::<$type, $crate::record::codec!($($codec)?)>::new(&self.$field);
                            map.serialize_entry($wire, &value)?;
                        }
                    )*
                    for (name, value) in self.extra.iter() {
                        map.serialize_entry(name, value)?;
                    }
                    map.end()
                }
            }

            #[cfg(test)]
            impl $name {
                /// Every name that some field is read from: canonical names, and the other spellings after each.
                #[allow(dead_code)]
                pub(crate) const NAMES: &'static [&'static [&'static str]] = &[$(&[$wire $(, $other)*]),*];
            }
        };
    };
}
pub(crate) use record;

/// The codec of a field.
macro_rules! codec {
    () => {
        $crate::record::Auto
    };
    ($codec:ident) => {
        $crate::record::$codec
    };
}
pub(crate) use codec;

/// What is known of the answer that is being read.
#[derive(Clone, Copy)]
struct Limits {
    text_length: usize,
    /// How many more rows there may be.
    rows_left: usize,
}

thread_local! {
    /// None if it is not an answer that is read.
    static LIMITS: Cell<Option<Limits>> = const { Cell::new(None) };
}

/// Runs `read`, which may read as many rows as a text of this length can reasonably hold: a row takes three bytes of a
/// hostile text (`{},`) and a kilobyte of memory.
pub(crate) fn with_row_limit<T>(text_length: usize, read: impl FnOnce() -> T) -> T {
    /// Puts back what was there, also when `read` panics.
    struct Restore(Option<Limits>);
    impl Drop for Restore {
        fn drop(&mut self) {
            LIMITS.set(self.0);
        }
    }
    let limits = Limits {
        text_length,
        rows_left: 10_000 + text_length / 32,
    };
    let _restore = Restore(LIMITS.replace(Some(limits)));
    read()
}

fn take_row<E: serde::de::Error>() -> Result<(), E> {
    let Some(limits) = LIMITS.get() else {
        return Ok(());
    };
    let Some(rows_left) = limits.rows_left.checked_sub(1) else {
        return Err(ListFault::TooManyRows.into_error());
    };
    LIMITS.set(Some(Limits {
        rows_left,
        ..limits
    }));
    Ok(())
}

/// For how many rows there is to be room before the first is read, so that few lists have to grow: for a page at most, in
/// no more memory than the text takes.
fn likely_rows<T>() -> usize {
    const PAGE: usize = 100;
    LIMITS.get().map_or(0, |limits| {
        (limits.text_length / size_of::<T>().max(1)).min(PAGE)
    })
}

/// An error if a field that nobody knows holds what looks like rows, for a response without its list.
pub(crate) fn no_list_elsewhere<E: serde::de::Error>(
    list: &'static str,
    extra: &Extra,
) -> Result<(), E> {
    /// How deep rows are looked for.
    const DEPTH: usize = 3;
    fn rows(value: &Value, depth: usize) -> bool {
        match value {
            Value::Array(items) => items.iter().any(Value::is_object),
            Value::Object(members) if depth < DEPTH => {
                members.values().any(|member| rows(member, depth + 1))
            }
            _ => false,
        }
    }
    match extra.iter().find(|(_, value)| rows(value, 0)) {
        Some((field, _)) => Err(ListFault::elsewhere(list, field).into_error()),
        None => Ok(()),
    }
}
