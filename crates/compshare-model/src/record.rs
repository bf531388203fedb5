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

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::Extra;
use crate::list_fault::{ListFault, type_of};
use crate::scalar::{FromScalar, NUMBER, Name, Read, Scalar, give_name, long_integer, read_true_false};

/// A type made by [`record!`].
pub(crate) trait Record: Default + PartialEq + Serialize {
    fn from_map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// How a field of type `T` is read and written.
pub(crate) trait Codec<T> {
    /// Reads the value of the field that came under the name `field`.
    fn read<'de, D: Deserializer<'de>>(field: &'static str, deserializer: D) -> Result<Read<T>, D::Error>;

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
/// A list of records. What is no record gives no item.
pub(crate) struct Inner;
/// The list that a response is about. What is neither a record nor `null` is an error.
pub(crate) struct Main;
/// The list of texts or ids that a response is about. What is none and not `null` is an error.
pub(crate) struct MainWords;
/// Lists of texts by name.
pub(crate) struct ByName;

impl<T: FromScalar> Codec<Option<T>> for Auto {
    fn read<'de, D: Deserializer<'de>>(_: &'static str, deserializer: D) -> Result<Read<Option<T>>, D::Error> {
        Scalar::deserialize(deserializer).map(T::from_scalar)
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
    fn read<'de, D: Deserializer<'de>>(_: &'static str, deserializer: D) -> Result<Read<T>, D::Error> {
        let Read { value, original } = T::from_scalar(Scalar::deserialize(deserializer)?);
        let value = value.unwrap_or_default();
        // An empty text is not written, so the one that was read has to be kept.
        let original = if value.as_ref().is_empty() { original.or_else(|| Some(value.to_value())) } else { original };
        Ok(Read { value, original })
    }

    fn absent(value: &T) -> bool {
        value.as_ref().is_empty()
    }

    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.write(serializer)
    }
}

impl Codec<Option<bool>> for TrueFalse {
    fn read<'de, D: Deserializer<'de>>(_: &'static str, deserializer: D) -> Result<Read<Option<bool>>, D::Error> {
        Scalar::deserialize(deserializer).map(read_true_false)
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
    fn read<'de, D: Deserializer<'de>>(_: &'static str, deserializer: D) -> Result<Read<Vec<T>>, D::Error> {
        deserializer.deserialize_any(Scalars { item: T::from_scalar })
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
    fn read<'de, D: Deserializer<'de>>(_: &'static str, deserializer: D) -> Result<Read<Vec<String>>, D::Error> {
        deserializer.deserialize_any(Scalars { item: read_label })
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
            let label = value.get("tagLabel").and_then(Value::as_str).map(str::to_owned);
            Read::odd(label, value)
        }
        scalar => String::from_scalar(scalar),
    }
}

/// Reads a list of scalars: also `null`, `{}` and an empty text as no item, and one scalar as one item.
struct Scalars<T> {
    item: fn(Scalar<'_>) -> Read<Option<T>>,
}

impl<T: FromScalar> Scalars<T> {
    fn single(&self, scalar: Scalar<'_>) -> Read<Vec<T>> {
        if matches!(&scalar, Scalar::Text(text) if text.is_empty()) {
            return Read::odd(Vec::new(), scalar.into_value());
        }
        let Read { value, original } = (self.item)(scalar);
        let original = original.or_else(|| value.as_ref().map(T::to_value)).unwrap_or_default();
        Read::odd(value.into_iter().collect(), original)
    }
}

/// The scalar methods of a list's visitor, which all do the same.
macro_rules! scalar_visits {
    ($self:ident, $scalar:ident => $then:expr) => {
        fn visit_unit<E: serde::de::Error>($self) -> Result<Self::Value, E> {
            let $scalar = Scalar::Null;
            $then
        }

        fn visit_bool<E: serde::de::Error>($self, value: bool) -> Result<Self::Value, E> {
            let $scalar = Scalar::Bool(value);
            $then
        }

        fn visit_i64<E: serde::de::Error>($self, value: i64) -> Result<Self::Value, E> {
            let $scalar = Scalar::I64(value);
            $then
        }

        fn visit_u64<E: serde::de::Error>($self, value: u64) -> Result<Self::Value, E> {
            let $scalar = Scalar::U64(value);
            $then
        }

        fn visit_i128<E: serde::de::Error>($self, value: i128) -> Result<Self::Value, E> {
            let $scalar = long_integer(value);
            $then
        }

        fn visit_u128<E: serde::de::Error>($self, value: u128) -> Result<Self::Value, E> {
            let $scalar = long_integer(value);
            $then
        }

        fn visit_f64<E: serde::de::Error>($self, value: f64) -> Result<Self::Value, E> {
            let $scalar = Scalar::F64(value);
            $then
        }

        fn visit_str<E: serde::de::Error>($self, text: &str) -> Result<Self::Value, E> {
            let $scalar = Scalar::Text(text.into());
            $then
        }
    };
}

impl<'de, T: FromScalar> Visitor<'de> for Scalars<T> {
    type Value = Read<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    scalar_visits!(self, scalar => Ok(self.single(scalar)));

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        // Kept from the first item on that is odd; what came before is written back from the typed items.
        let mut originals: Option<Vec<Value>> = None;
        while let Some(scalar) = seq.next_element::<Scalar<'de>>()? {
            let Read { value, original } = (self.item)(scalar);
            if original.is_some() && originals.is_none() {
                originals = Some(items.iter().map(T::to_value).collect());
            }
            if let Some(originals) = &mut originals {
                originals.push(original.or_else(|| value.as_ref().map(T::to_value)).unwrap_or_default());
            }
            items.extend(value);
        }
        Ok(kept_list(items, originals))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let object = Value::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        Ok(self.single(object.into()))
    }
}

/// Reads a list of scalars that was read as a value before.
fn read_list<T: FromScalar>(value: &Value, item: fn(Scalar<'_>) -> Read<Option<T>>) -> Read<Vec<T>> {
    // Reading a value cannot fail: every JSON value is a list, or one item, or none.
    let read: Result<_, serde_json::Error> = value.clone().deserialize_any(Scalars { item });
    read.unwrap_or_else(|_| Read::odd(Vec::new(), value.clone()))
}

/// A list that was a list. An empty one is not written, so it has to be kept.
fn kept_list<T>(items: Vec<T>, originals: Option<Vec<Value>>) -> Read<Vec<T>> {
    let originals = if items.is_empty() { Some(originals.unwrap_or_default()) } else { originals };
    Read { value: items, original: originals.map(Value::Array) }
}

impl<T: Record> Codec<Option<T>> for Nested {
    fn read<'de, D: Deserializer<'de>>(_: &'static str, deserializer: D) -> Result<Read<Option<T>>, D::Error> {
        Ok(match Row::read(deserializer)? {
            Row::Record(record) => Read::exact(Some(record)),
            Row::Other(value) => Read::odd(None, value),
        })
    }

    fn absent(value: &Option<T>) -> bool {
        value.is_none()
    }

    fn write<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<T: Record> Codec<Vec<T>> for Inner {
    fn read<'de, D: Deserializer<'de>>(list: &'static str, deserializer: D) -> Result<Read<Vec<T>>, D::Error> {
        deserializer.deserialize_any(Records { list, strict: false, record: PhantomData })
    }

    fn absent(value: &Vec<T>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<T: Record> Codec<Vec<T>> for Main {
    fn read<'de, D: Deserializer<'de>>(list: &'static str, deserializer: D) -> Result<Read<Vec<T>>, D::Error> {
        deserializer.deserialize_any(Records { list, strict: true, record: PhantomData })
    }

    fn absent(value: &Vec<T>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<T: FromScalar> Codec<Vec<T>> for MainWords {
    fn read<'de, D: Deserializer<'de>>(list: &'static str, deserializer: D) -> Result<Read<Vec<T>>, D::Error> {
        let read = deserializer.deserialize_any(Scalars { item: T::from_scalar })?;
        if let Some(original) = &read.original {
            check_words(list, original, read.value.len())?;
        }
        Ok(read)
    }

    fn absent(value: &Vec<T>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        <Auto as Codec<Vec<T>>>::write(value, serializer)
    }
}

/// An error if there are fewer words read than `original` holds.
fn check_words<E: serde::de::Error>(list: &'static str, original: &Value, read: usize) -> Result<(), E> {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    };
    let Value::Array(items) = original else {
        let is_lost = read == 0 && !is_nothing(original);
        return if is_lost { Err(ListFault::NotAList { list, found: type_of(original) }.into_error()) } else { Ok(()) };
    };
    if items.iter().filter(|item| !is_nothing(item)).count() <= read {
        return Ok(());
    }
    let nested = |value: &Value| value.is_array() || (value.is_object() && !is_nothing(value));
    let (index, found) =
        items.iter().enumerate().find(|(_, item)| nested(item)).map_or((0, "null"), |(at, item)| (at, type_of(item)));
    Err(ListFault::Row { list, index: index.try_into().unwrap_or(u64::MAX), found }.into_error())
}

impl Codec<BTreeMap<String, Vec<String>>> for ByName {
    fn read<'de, D: Deserializer<'de>>(
        _: &'static str,
        deserializer: D,
    ) -> Result<Read<BTreeMap<String, Vec<String>>>, D::Error> {
        let members = match Scalar::deserialize(deserializer)?.into_value() {
            Value::Object(members) => members,
            other => return Ok(Read::odd(BTreeMap::new(), other)),
        };
        let mut exact = !members.is_empty();
        let mut lists = BTreeMap::new();
        for (name, value) in &members {
            let list = read_list(value, read_label);
            exact &= list.original.is_none();
            lists.insert(name.clone(), list.value);
        }
        Ok(Read { value: lists, original: (!exact).then_some(Value::Object(members)) })
    }

    fn absent(value: &BTreeMap<String, Vec<String>>) -> bool {
        value.is_empty()
    }

    fn write<S: Serializer>(value: &BTreeMap<String, Vec<String>>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// A value where a record is expected.
enum Row<T> {
    Record(T),
    Other(Value),
}

impl<T: Record> Row<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RowVisitor(PhantomData))
    }
}

struct RowVisitor<T>(PhantomData<T>);

impl<'de, T: Record> DeserializeSeed<'de> for RowVisitor<T> {
    type Value = Row<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Row<T>, D::Error> {
        Row::read(deserializer)
    }
}

impl<'de, T: Record> Visitor<'de> for RowVisitor<T> {
    type Value = Row<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    scalar_visits!(self, scalar => Ok(Row::Other(scalar.into_value())));

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Row<T>, A::Error> {
        Value::deserialize(serde::de::value::SeqAccessDeserializer::new(seq)).map(Row::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Row<T>, A::Error> {
        read_object(map)
    }
}

/// Reads a record, unless the object is serde_json's way to give a number.
fn read_object<'de, T: Record, A: MapAccess<'de>>(mut map: A) -> Result<Row<T>, A::Error> {
    let Some(first) = map.next_key_seed(Name)? else { return Ok(Row::Record(T::default())) };
    let mut value = None;
    if first == NUMBER {
        match map.next_value()? {
            Value::String(text) => return Ok(Row::Other(text.parse().map_or(Value::String(text), Value::Number))),
            // An object that has a field of this name after all.
            other => value = Some(other),
        }
    }
    T::from_map(Begun { first: Some(first), value, map }).map(Row::Record)
}

/// An object whose first key, and perhaps its value, was taken already.
struct Begun<'de, A> {
    first: Option<Cow<'de, str>>,
    value: Option<Value>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Begun<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(first) => give_name(first, seed).map(Some),
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.map.next_value_seed(seed),
        }
    }
}

/// Reads a list of records: also `null` and `{}` as no row, and one object as one row.
struct Records<T> {
    list: &'static str,
    /// Whether anything else is an error rather than no row.
    strict: bool,
    record: PhantomData<T>,
}

impl<T> Records<T> {
    fn not_a_list<E: serde::de::Error>(&self, value: Value) -> Result<Read<Vec<T>>, E> {
        if self.strict && !value.is_null() {
            return Err(ListFault::NotAList { list: self.list, found: type_of(&value) }.into_error());
        }
        Ok(Read::odd(Vec::new(), value))
    }

    fn check_row<E: serde::de::Error>(&self, index: u64, value: &Value) -> Result<(), E> {
        if self.strict && !value.is_null() && !value.is_object() {
            return Err(ListFault::Row { list: self.list, index, found: type_of(value) }.into_error());
        }
        Ok(())
    }
}

impl<'de, T: Record> Visitor<'de> for Records<T> {
    type Value = Read<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    scalar_visits!(self, scalar => self.not_a_list(scalar.into_value()));

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        // Kept from the first row on that is no record; what came before is written back from the records.
        let mut originals: Option<Vec<Value>> = None;
        let mut index = 0u64;
        while let Some(row) = seq.next_element_seed(RowVisitor::<T>(PhantomData))? {
            match row {
                Row::Record(record) => {
                    take_row()?;
                    if let Some(originals) = &mut originals {
                        originals.push(serde_json::to_value(&record).map_err(A::Error::custom)?);
                    }
                    items.push(record);
                }
                Row::Other(value) => {
                    self.check_row(index, &value)?;
                    if originals.is_none() {
                        let before = items.iter().map(serde_json::to_value).collect::<Result<_, _>>();
                        originals = Some(before.map_err(A::Error::custom)?);
                    }
                    originals.get_or_insert_default().push(value);
                }
            }
            index = index.saturating_add(1);
        }
        Ok(kept_list(items, originals))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let row: T = match read_object(map)? {
            Row::Record(row) => row,
            Row::Other(value) => return self.not_a_list(value),
        };
        let original = serde_json::to_value(&row).map_err(A::Error::custom)?;
        // A record that holds nothing at all was `{}`.
        let rows = if row == T::default() { Vec::new() } else { vec![row] };
        Ok(Read::odd(rows, original))
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
struct Reading<T, C>(&'static str, PhantomData<(T, C)>);

impl<'de, T, C: Codec<T>> DeserializeSeed<'de> for Reading<T, C> {
    type Value = Read<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read<T>, D::Error> {
        C::read(self.0, deserializer)
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
    Kept(Option<usize>),
}

impl Slot {
    pub(crate) fn is_unseen(self) -> bool {
        self == Self::Unseen
    }
}

/// The place of `name` among the spellings of a field.
pub(crate) fn rank(names: &[&str], name: &str) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_default()
}

/// Reads the value of a field that was met under the spelling `rank` of `names`, the canonical one being the first.
///
/// The typed field takes the value of the best spelling that can be read, of several of the same spelling the last.
pub(crate) fn take<'de, T, C: Codec<T>, A: MapAccess<'de>>(
    map: &mut A,
    names: &'static [&'static str],
    rank: usize,
    slot: &mut Slot,
    field: &mut T,
    extra: &mut Extra,
) -> Result<(), A::Error> {
    let canonical = names.first().copied().unwrap_or_default();
    let name = names.get(rank).copied().unwrap_or(canonical);
    let to_value = |value: &T| C::write(value, serde_json::value::Serializer).map_err(A::Error::custom);

    let Read { value, original } = map.next_value_seed(Reading::<T, C>(name, PhantomData))?;
    if slot.is_unseen() && rank == 0 && original.is_none() {
        *slot = Slot::Typed;
        *field = value;
        return Ok(());
    }
    // From here on, whatever belongs to this field is in `extra`.
    if *slot == Slot::Typed {
        extra.push(canonical, to_value(field)?);
        *slot = Slot::Kept(Some(0));
    }
    let original = match original {
        Some(original) => original,
        None => to_value(&value)?,
    };
    extra.push(name, original);
    let best = match *slot {
        Slot::Kept(best) => best,
        Slot::Unseen | Slot::Typed => None,
    };
    let better = !C::absent(&value) && best.is_none_or(|best| rank <= best);
    if better {
        *field = value;
    }
    *slot = Slot::Kept(if better { Some(rank) } else { best });
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
                $($field(usize),)*
                Unknown(String),
            }

            struct KeyVisitor;

            impl serde::de::Visitor<'_> for KeyVisitor {
                type Value = Key;

                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("a field's name")
                }

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
                fn from_map<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                    let mut record = Self::default();
                    let mut slots = PerField::<$crate::record::Slot>::default();
                    while let Some(key) = map.next_key_seed(KeyVisitor)? {
                        match key {
                            $(Key::$field(rank) => {
                                $crate::record::take::<$type, $crate::record::codec!($($codec)?), A>(
                                    &mut map,
                                    &[$wire $(, $other)*],
                                    rank,
                                    &mut slots.$field,
                                    &mut record.$field,
                                    &mut record.extra,
                                )?;
                            })*
                            Key::Unknown(name) => record.extra.push(name, map.next_value()?),
                        }
                    }
                    $(
                        if true $(&& slots.$main.is_unseen())+ {
                            $crate::record::no_list_elsewhere($list, &record.extra)?;
                        }
                    )?
                    Ok(record)
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

                        fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<$name, A::Error> {
                            $crate::record::Record::from_map(map)
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

thread_local! {
    /// How many more rows the answer that is being read may have; none if it is not an answer that is read.
    static ROWS_LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Runs `read`, which may read as many rows as a text of this length can reasonably hold: a row takes three bytes of a
/// hostile text (`{},`) and a kilobyte of memory.
pub(crate) fn with_row_limit<T>(text_length: usize, read: impl FnOnce() -> T) -> T {
    /// Puts back what was there, also when `read` panics.
    struct Restore(Option<usize>);
    impl Drop for Restore {
        fn drop(&mut self) {
            ROWS_LEFT.set(self.0);
        }
    }
    let _restore = Restore(ROWS_LEFT.replace(Some(10_000 + text_length / 32)));
    read()
}

fn take_row<E: serde::de::Error>() -> Result<(), E> {
    match ROWS_LEFT.get() {
        None => Ok(()),
        Some(0) => Err(ListFault::TooManyRows.into_error()),
        Some(left) => {
            ROWS_LEFT.set(Some(left - 1));
            Ok(())
        }
    }
}

/// An error if a field that nobody knows holds what looks like rows, for a response without its list.
pub(crate) fn no_list_elsewhere<E: serde::de::Error>(list: &'static str, extra: &Extra) -> Result<(), E> {
    /// How deep rows are looked for.
    const DEPTH: usize = 3;
    fn rows(value: &Value, depth: usize) -> bool {
        match value {
            Value::Array(items) => items.iter().any(Value::is_object),
            Value::Object(members) if depth < DEPTH => members.values().any(|member| rows(member, depth + 1)),
            _ => false,
        }
    }
    match extra.iter().find(|(_, value)| rows(value, 0)) {
        Some((field, _)) => Err(ListFault::elsewhere(list, field).into_error()),
        None => Ok(()),
    }
}
