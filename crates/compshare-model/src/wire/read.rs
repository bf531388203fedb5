//! Deserialization of records in one pass, with one visitor for all records.
//!
//! Most of the thousands of values in a page have the expected name and type. They are converted
//! directly into their fields; all others take a cold path.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::envelope::is_request_id;
use super::extra::Extra;
use super::field::{Content, Field, Fit, List};
use super::list_error::ListError;
use super::record::{FieldSpec, Kind, MAX_FIELDS, Record};
use super::scalar::Scalar;
use super::write;

/// The only key of the object by which serde_json represents a number with its feature
/// `arbitrary_precision`. Any crate of a program may enable that feature.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// The limits and the state of a deserialization.
pub(crate) struct Context {
    /// The length of the whole text, or 0 if unknown.
    text_length: usize,
    /// The number of records that can still be added to lists.
    remaining_rows: usize,
    /// `true` to skip unknown fields instead of keeping them.
    skips_unknown: bool,
    /// The original of the last value, if its field is serialized differently.
    original: Option<Value>,
    /// The error about a list. A serde error can only have its text.
    pub(super) list_error: Option<ListError>,
}

impl Context {
    /// Creates a context without limits, for a text of unknown length.
    pub(crate) fn unlimited() -> Self {
        Self {
            text_length: 0,
            remaining_rows: usize::MAX,
            skips_unknown: false,
            original: None,
            list_error: None,
        }
    }

    /// Creates a context that limits the rows by the length of the text. A row of a hostile text
    /// takes three bytes (`{},`) of it, but a kilobyte of memory.
    pub(super) fn for_text(length: usize) -> Self {
        Self {
            text_length: length,
            remaining_rows: 10_000 + length / 32,
            ..Self::unlimited()
        }
    }

    pub(super) fn skip_unknown(mut self) -> Self {
        self.skips_unknown = true;
        self
    }

    fn fail<T, E: Error>(&mut self, error: ListError) -> Result<T, E> {
        let result = Err(E::custom(&error));
        self.list_error = Some(error);
        result
    }

    fn count_row<E: Error>(&mut self) -> Result<(), E> {
        match self.remaining_rows.checked_sub(1) {
            Some(remaining_rows) => {
                self.remaining_rows = remaining_rows;
                Ok(())
            }
            None => self.fail(ListError::TooManyRows),
        }
    }
}

/// Deserializes a record from any format. Fails unless it is an object with valid required lists.
pub(crate) fn record<'de, D: Deserializer<'de>>(
    record: &mut dyn Record,
    deserializer: D,
) -> Result<(), D::Error> {
    let mut context = Context::unlimited();
    deserializer.deserialize_map(RecordVisitor {
        record,
        context: &mut context,
    })
}

/// Deserializes a record from a complete JSON text.
pub(crate) fn record_from_text(
    record: &mut dyn Record,
    json: &str,
    context: &mut Context,
) -> Result<(), serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    deserializer.deserialize_map(RecordVisitor { record, context })?;
    deserializer.end()
}

/// Deserializes a single field from any format.
pub(crate) fn field<'de, D: Deserializer<'de>>(
    field: &mut dyn Field,
    deserializer: D,
) -> Result<(), D::Error> {
    FieldReader {
        field,
        spec: &FieldSpec::ITEM,
        context: &mut Context::unlimited(),
    }
    .deserialize(deserializer)
}

/// Sets the fields marked in `wanted` from the original values in `extra`.
///
/// Of several valid values, the one with the most preferred name is used; of several with that
/// name, the last one.
pub(super) fn originals(
    record: &mut dyn Record,
    extra: &Extra,
    wanted: &[bool; MAX_FIELDS],
    context: &mut Context,
) -> Result<(), serde_json::Error> {
    let mut candidates = Vec::new();
    for (position, (name, value)) in extra.iter().enumerate() {
        let Some((index, _)) = record.find(name) else {
            continue;
        };
        if wanted.get(index) == Some(&true) {
            let spec = record.table().spec(index);
            candidates.push((spec.alias_index(name), position, index, spec, value));
        }
    }
    // The preferred value is last, and replaces the others.
    candidates.sort_by_key(|(alias_index, position, ..)| (usize::MAX - alias_index, *position));

    for (alias_index, _, index, spec, value) in candidates {
        let Some(field) = record.field_mut(index) else {
            continue;
        };
        let reader = FieldReader {
            field,
            spec: &spec.with_alias(alias_index),
            context: &mut *context,
        };
        if value.is_array() || value.is_object() {
            // Deserialize from text, to avoid a second instance of the generic code.
            let text = value.to_string();
            reader.deserialize(&mut serde_json::Deserializer::from_str(&text))?;
        } else {
            reader.read(value.into())?;
        }
    }
    context.original = None;
    Ok(())
}

/// A key of an object.
enum Key {
    /// The index of a field, and the index of the name: 0 for the canonical one.
    Known(usize, usize),
    Unknown(String),
}

struct KeyReader<'a>(&'a dyn Record);

impl<'de> DeserializeSeed<'de> for KeyReader<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeyReader<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok(match self.0.find(name) {
            Some((index, true)) => Key::Known(index, 0),
            Some((index, false)) => Key::Known(index, self.0.table().spec(index).alias_index(name)),
            None => Key::Unknown(name.to_owned()),
        })
    }
}

/// The state of a field during the deserialization of its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FieldState {
    Missing,
    /// The typed field represents the value exactly.
    Typed,
    /// The original is kept in addition to the typed field.
    Kept,
    /// Several values are kept. The typed field is set from one of them at the end of the record.
    Ambiguous,
}

struct RecordVisitor<'a> {
    record: &'a mut dyn Record,
    context: &'a mut Context,
}

impl<'de> Visitor<'de> for RecordVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let first = map.next_key_seed(KeyReader(self.record))?;
        read_members(self.record, first, map, self.context)
    }
}

/// Deserializes the members of an object, after the key of the first one.
fn read_members<'de, A: MapAccess<'de>>(
    record: &mut dyn Record,
    first: Option<Key>,
    mut map: A,
    context: &mut Context,
) -> Result<(), A::Error> {
    let table = record.table();
    let mut states = [FieldState::Missing; MAX_FIELDS];
    let mut any_ambiguous = false;

    let mut next = first;
    while let Some(key) = next {
        match key {
            Key::Known(index, alias_index) => {
                let state = states.get_mut(index);
                let state = state.ok_or_else(|| Error::custom("no such field"))?;
                if alias_index == 0 && *state == FieldState::Missing {
                    let spec = table.spec(index);
                    *state = read_canonical(record, index, spec, &mut map, context)?;
                } else {
                    any_ambiguous = true;
                    keep_alternative(record, index, alias_index, state, map.next_value()?);
                }
            }
            Key::Unknown(name) if context.skips_unknown && !is_request_id(&name) => {
                map.next_value::<IgnoredAny>()?;
            }
            Key::Unknown(name) => {
                let value = map.next_value()?;
                record.extra_mut().push(name, value);
            }
        }
        next = map.next_key_seed(KeyReader(record))?;
    }

    if any_ambiguous {
        let wanted = states.map(|state| state == FieldState::Ambiguous);
        let extra = std::mem::take(record.extra_mut());
        let result = originals(record, &extra, &wanted, context);
        *record.extra_mut() = extra;
        result.map_err(Error::custom)?;
    }

    if table.has_required {
        check_required_list(record, &states, context)?;
    }
    Ok(())
}

/// Deserializes the first value of a field under its canonical name.
fn read_canonical<'de, A: MapAccess<'de>>(
    record: &mut dyn Record,
    index: usize,
    spec: &'static FieldSpec,
    map: &mut A,
    context: &mut Context,
) -> Result<FieldState, A::Error> {
    let Some(field) = record.field_mut(index) else {
        return Ok(FieldState::Missing);
    };
    map.next_value_seed(FieldReader {
        field,
        spec,
        context,
    })?;

    match context.original.take() {
        None => Ok(FieldState::Typed),
        Some(original) => {
            record.extra_mut().push(spec.name(), original);
            Ok(FieldState::Kept)
        }
    }
}

/// Keeps a repeated value of a field, or one under an alternative name.
#[cold]
fn keep_alternative(
    record: &mut dyn Record,
    index: usize,
    alias_index: usize,
    state: &mut FieldState,
    value: Value,
) {
    let spec = record.table().spec(index);
    if *state == FieldState::Typed {
        let typed = write::value(write::content(record, index));
        record.extra_mut().push(spec.name(), typed);
    }
    *state = FieldState::Ambiguous;
    record
        .extra_mut()
        .push(spec.with_alias(alias_index).name(), value);
}

/// Returns an error if all required lists are missing and an unknown field seems to have rows.
fn check_required_list<E: Error>(
    record: &dyn Record,
    states: &[FieldState; MAX_FIELDS],
    context: &mut Context,
) -> Result<(), E> {
    /// The maximum number of objects around the rows.
    const DEPTH: usize = 3;
    fn has_rows(value: &Value, depth: usize) -> bool {
        match value {
            Value::Array(items) => items.iter().any(Value::is_object),
            Value::Object(members) if depth < DEPTH => {
                members.values().any(|member| has_rows(member, depth + 1))
            }
            _ => false,
        }
    }

    let fields = record.table().fields.iter().zip(states);
    let mut required = fields.filter(|(spec, _)| spec.kind == Kind::Required);
    let Some((first, state)) = required.next() else {
        return Ok(());
    };
    if *state != FieldState::Missing || required.any(|(_, state)| *state != FieldState::Missing) {
        return Ok(());
    }

    let renamed = record.extra().iter().find(|(_, value)| has_rows(value, 0));
    match renamed {
        Some((field, _)) => context.fail(ListError::renamed(first.name(), field)),
        None => Ok(()),
    }
}

/// Deserializes a value into a field, and sets `context.original` if the field does not preserve
/// it.
struct FieldReader<'a> {
    field: &'a mut dyn Field,
    spec: &'a FieldSpec,
    context: &'a mut Context,
}

impl FieldReader<'_> {
    fn is_strict(&self) -> bool {
        matches!(self.spec.kind, Kind::Strict | Kind::Required)
    }

    fn read<E: Error>(self, scalar: Scalar<'_>) -> Result<(), E> {
        let fit = self.field.set(scalar);
        if fit == Fit::Exact && !self.spec.kind.quotes_booleans() {
            return Ok(());
        }
        self.read_inexact(scalar, fit)
    }

    /// Handles a value that the field does not preserve.
    #[cold]
    fn read_inexact<E: Error>(self, scalar: Scalar<'_>, fit: Fit) -> Result<(), E> {
        if self.spec.kind.quotes_booleans() {
            let written = write::written(self.field.content(), self.spec.kind);
            if matches!(written, Content::Scalar(written) if written == scalar) {
                return Ok(());
            }
        }

        if fit == Fit::Unread && self.is_strict() {
            if let Some(list) = self.field.list() {
                if !is_absent(scalar, list.has_records()) {
                    return self.context.fail(ListError::NotAList {
                        list: self.spec.name(),
                        found: scalar.type_name(),
                    });
                }
            }
        }

        self.context.original = Some(scalar.to_value());
        Ok(())
    }
}

/// Returns `true` if a value in place of a list, or of one of its items, means that it is absent.
fn is_absent(scalar: Scalar<'_>, has_records: bool) -> bool {
    match scalar {
        Scalar::Null => true,
        Scalar::Text(text) => text.is_empty() && !has_records,
        Scalar::Other(Value::Object(members)) => members.is_empty() && !has_records,
        _ => false,
    }
}

impl<'de> DeserializeSeed<'de> for FieldReader<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for FieldReader<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.read(Scalar::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.read(Scalar::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.read(Scalar::I64(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.read(Scalar::U64(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<(), E> {
        self.read((&number(value.to_string().into())).into())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<(), E> {
        self.read((&number(value.to_string().into())).into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        self.read(Scalar::F64(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.read(Scalar::Text(text))
    }

    #[inline(never)]
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if self.field.list().is_none() {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element()? {
                items.push(item);
            }
            return self.read((&Value::Array(items)).into());
        }

        let is_strict = self.is_strict();
        let name = self.spec.name();
        let context = self.context;
        let Some(list) = self.field.list() else {
            return Ok(());
        };
        let has_records = list.has_records();
        if is_strict {
            // Reserve a page of rows, but no more memory than the size of the text.
            list.reserve(100, context.text_length);
        }

        // Items of a previous value are replaced, unless this list is empty.
        let replaced = list.len();
        // Set at the first inexact item, with the typed items before it.
        let mut originals: Option<Vec<Value>> = None;
        for index in 0.. {
            let before = list.len();
            let item = FieldReader {
                field: &mut ItemSlot(&mut *list),
                spec: &FieldSpec::ITEM,
                context: &mut *context,
            };
            if seq.next_element_seed(item)?.is_none() {
                break;
            }

            let is_read = list.len() > before;
            if is_read && has_records {
                context.count_row()?;
            }
            if let Some(original) = context.original.take() {
                let scalar = Scalar::from(&original);
                if is_strict && !is_read && !is_absent(scalar, has_records) {
                    return context.fail(ListError::Row {
                        list: name,
                        index,
                        found: scalar.type_name(),
                    });
                }
                let typed = |index| write::value(list.item(index));
                originals
                    .get_or_insert_with(|| (replaced..before).map(typed).collect())
                    .push(original);
            } else if let Some(originals) = &mut originals {
                originals.push(write::value(list.item(before)));
            }
        }

        if list.len() == replaced {
            // An empty list would not be serialized, so keep the original.
            originals.get_or_insert_default();
        } else if replaced > 0 {
            list.remove_first(replaced);
        }
        context.original = originals.map(Value::Array);
        Ok(())
    }

    #[inline(never)]
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some(record) = self.field.object() else {
            let mut members = Map::new();
            while let Some((name, value)) = map.next_entry::<String, Value>()? {
                if name == NUMBER {
                    return self.read((&number(value)).into());
                }
                members.insert(name, value);
            }
            return self.read((&Value::Object(members)).into());
        };

        let first = map.next_key_seed(KeyReader(record))?;
        let is_empty = first.is_none();
        if matches!(&first, Some(Key::Unknown(name)) if name == NUMBER) {
            self.field.remove_object();
            return self.read((&number(map.next_value()?)).into());
        }
        read_members(record, first, map, self.context)?;

        // A single object in place of a list is a row, unless it is empty.
        if let Some(list) = self.field.list() {
            let last = list.len().saturating_sub(1);
            self.context.original = Some(write::value(list.item(last)));
            if is_empty {
                self.field.remove_object();
            } else {
                list.remove_first(last);
            }
        }
        Ok(())
    }
}

/// A field that adds an item to a list.
struct ItemSlot<'a>(&'a mut dyn List);

impl Field for ItemSlot<'_> {
    fn set(&mut self, scalar: Scalar<'_>) -> Fit {
        self.0.push(scalar)
    }

    fn content(&self) -> Content<'_> {
        Content::Absent
    }

    fn object(&mut self) -> Option<&mut dyn Record> {
        self.0.push_record()
    }

    fn remove_object(&mut self) {
        self.0.pop();
    }
}

/// Parses the text of a number.
fn number(text: Value) -> Value {
    match text.as_str().map(str::parse) {
        Some(Ok(number)) => Value::Number(number),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::super::record::record;
    use super::*;
    use crate::{Account, ImageId};

    record! {
        /// One field of each type.
        #[expect(unreachable_pub, reason = "the macro makes public types")]
        pub struct Sample {
            /// A text that is empty if absent.
            id: ImageId = "Id" | "Uuid" | "OldId",
            /// A number.
            count: Option<u64> = "Count" | "N",
            /// A boolean that is serialized as text.
            flag: Option<bool> as Capitalized = "Flag",
            /// Texts.
            names: Vec<String> = "Names" | "Name",
            /// Records in a strict list.
            rows: Vec<Account> as Strict = "Rows",
            /// A record.
            owner: Option<Account> = "Owner",
            /// Texts by name.
            map: BTreeMap<String, Vec<String>> = "Map",
        }
    }

    fn sample(json: &str) -> Sample {
        let sample: Sample = serde_json::from_str(json).unwrap();
        let read: Value = serde_json::from_str(json).unwrap();
        assert_eq!(
            serde_json::to_value(&sample).unwrap(),
            read,
            "nothing is lost"
        );
        sample
    }

    #[test]
    fn keeps_originals_of_inexact_values_only() {
        for (json, is_kept) in [
            (r#"{"Id":"a"}"#, false),
            (r#"{"Id":""}"#, true),
            (r#"{"Uuid":"a"}"#, true),
            (r#"{"Count":3}"#, false),
            (r#"{"Count":"3"}"#, true),
            (r#"{"Count":3.0}"#, true),
            (r#"{"Flag":"True"}"#, false),
            (r#"{"Flag":"False"}"#, false),
            (r#"{"Flag":"true"}"#, true),
            (r#"{"Flag":true}"#, true),
            (r#"{"Names":["a","b"]}"#, false),
            (r#"{"Names":["a",3]}"#, true),
            (r#"{"Names":"a"}"#, true),
            (r#"{"Names":[]}"#, true),
            (r#"{"Rows":[{"AccountId":"1"},{}]}"#, false),
            (r#"{"Rows":[{"AccountId":"1"},null]}"#, true),
            (r#"{"Rows":{"AccountId":"1"}}"#, true),
            (r#"{"Rows":{}}"#, true),
            (r#"{"Owner":{"AccountId":"1","New":1}}"#, false),
            (r#"{"Owner":[{"AccountId":"1"}]}"#, true),
            (r#"{"Map":{"a":["x","y"]}}"#, false),
            (r#"{"Map":{"a":["x"],"b":[3]}}"#, true),
            (r#"{"Map":{"a":["x"],"b":[]}}"#, true),
            (r#"{"Map":{"a":"x"}}"#, true),
            (r#"{"Map":{}}"#, true),
        ] {
            assert_eq!(!sample(json).extra.is_empty(), is_kept, "{json}");
        }
    }

    #[test]
    fn prefers_the_first_valid_name_and_the_last_value() {
        for (json, id, names) in [
            (r#"{"OldId":"c","Uuid":"b","Id":"a"}"#, "a", vec![]),
            (r#"{"OldId":"c","Uuid":"b","Id":null}"#, "b", vec![]),
            (r#"{"Uuid":"b","OldId":"c","Id":{}}"#, "b", vec![]),
            (r#"{"Name":["c"],"Names":["a","b"]}"#, "", vec!["a", "b"]),
            (r#"{"Names":["a","b"],"Name":["c"]}"#, "", vec!["a", "b"]),
            (r#"{"Names":[],"Name":["c"]}"#, "", vec!["c"]),
            (r#"{"Name":"c","Names":[null]}"#, "", vec!["c"]),
        ] {
            let sample = sample(json);
            assert_eq!(
                (sample.id.as_str(), sample.names),
                (id, names.iter().map(ToString::to_string).collect()),
                "{json}"
            );
        }
        let json =
            r#"{"Names":["a"],"Names":["b","c"],"Count":1,"Count":2,"Count":null,"Names":[]}"#;
        let sample: Sample = serde_json::from_str(json).unwrap();
        assert_eq!(
            (sample.names, sample.count),
            (vec!["b".into(), "c".into()], Some(2))
        );
        assert_eq!(sample.extra.len(), 6);
    }

    /// With the feature `arbitrary_precision`, serde_json represents a number as an object.
    #[test]
    fn reads_numbers_of_arbitrary_precision() {
        let json = json!({
            "Count": {NUMBER: "3"}, "Names": [{NUMBER: "1.50"}], "Owner": {NUMBER: "5"},
            "Rows": [{"AccountId": "1"}, null], "Map": {NUMBER: "6"}, "Id": {NUMBER: "7"},
        });
        let sample: Sample = serde_json::from_str(&json.to_string()).unwrap();
        assert_eq!((sample.count, sample.id.as_str()), (Some(3), "7"));
        assert_eq!(
            (sample.owner, sample.map.len(), sample.rows.len()),
            (None, 0, 1)
        );
        assert!(matches!(sample.names[..], [ref name] if name.starts_with("1.5")));
        assert_eq!(sample.extra.get("Owner"), Some(&json!(5)));

        let rows = json!({"Rows": [{NUMBER: "5"}]}).to_string();
        let error = serde_json::from_str::<Sample>(&rows)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("row 0 of `Rows` is a number"), "{error}");
    }

    #[test]
    fn rejects_strict_lists_that_would_lose_items() {
        for (json, text) in [
            (r#"{"Rows":"x"}"#, "`Rows` is a string"),
            (r#"{"Rows":0}"#, "`Rows` is a number"),
            (r#"{"Rows":[{},[]]}"#, "row 1 of `Rows` is a list"),
            (r#"{"Rows":[null,"x"]}"#, "row 1 of `Rows` is a string"),
        ] {
            let error = serde_json::from_str::<Sample>(json)
                .unwrap_err()
                .to_string();
            assert!(error.starts_with(text), "{error}");
        }
        assert!(sample(r#"{"Rows":null}"#).rows.is_empty());
    }

    #[test]
    fn finds_renamed_lists_within_three_objects() {
        let read = |json: &str| serde_json::from_str::<crate::ImageList>(json).map(drop);
        for (json, is_found) in [
            (r#"{"A":[{}]}"#, true),
            (r#"{"A":{"B":{"C":[{}]}}}"#, true),
            (r#"{"A":{"B":{"C":{"D":[{}]}}}}"#, true),
            (r#"{"A":{"B":{"C":{"D":{"E":[{}]}}}}}"#, false),
            (r#"{"A":{"B":[1]}}"#, false),
        ] {
            assert_eq!(read(json).is_err(), is_found, "{json}");
        }
    }

    #[test]
    fn limits_the_records_of_all_lists() {
        let read = |rows: usize| {
            let json = format!(r#"{{"Rows":[{}]}}"#, vec!["{}"; rows].join(","));
            let (mut sample, mut context) = (Sample::default(), Context::for_text(32));
            let result = record_from_text(&mut sample, &json, &mut context);
            (result.is_ok(), sample.rows.len(), context.list_error)
        };
        assert_eq!(read(10_001), (true, 10_001, None));
        assert_eq!(read(10_002).2, Some(ListError::TooManyRows));
    }

    #[test]
    fn skip_unknown_keeps_the_request_id() {
        let (mut sample, mut context) = (Sample::default(), Context::for_text(0).skip_unknown());
        let json = r#"{"New":[1,{"Id":"b"}],"request_uuid":"r","Id":"a"}"#;
        record_from_text(&mut sample, json, &mut context).unwrap();
        assert_eq!((sample.id.as_str(), sample.extra.len()), ("a", 1));
        assert_eq!(sample.extra.get("request_uuid"), Some(&json!("r")));
    }
}
