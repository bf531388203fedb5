//! From a request to the flat parameters that are signed and sent.
//!
//! | value | parameters |
//! |---|---|
//! | `true`, `false`, integers, strings | their text; an empty string is sent |
//! | floats | plain decimal, never an exponent; integral ones without a fraction; `-0.0` is `0` |
//! | list | `Key.0`, `Key.1` and so on; an item that gives nothing takes no number |
//! | object | `Key.Sub`; in a list `Key.0.Sub` |
//! | absent (`None`, `null`, `()`), empty list, empty object | nothing |
//! | unit variant of an enum | its name |
//!
//! The rules are those that [UCloud's documentation](https://docs.ucloud.cn/api/summary/signature) gives and that its
//! SDKs agree on; where they differ (floats, empty values) the plain decimal and the empty string are what most do.

use std::fmt::{self, Display, Write as _};
use std::mem;

use serde::ser::{self, Impossible, Serialize, Serializer};

use super::read::NUMBER;

/// How deep lists and objects may be nested.
const MAX_DEPTH: usize = 64;

/// Where parameters go: a key and the text of its value.
type Sink<'a> = &'a mut dyn FnMut(&str, &str) -> fmt::Result;

/// Gives every parameter of `action` to `sink`, in the order in which the action serialises them.
///
/// Nothing is collected: one key buffer is used for all, and strings and the names of a struct's fields are given as
/// they are.
///
/// # Errors
///
/// [`FlattenError`] if the action is not a struct or a map, or holds what has no flat form. Whatever was given to the
/// sink until then must not be sent. If the sink fails, flattening stops at once with [`FlattenError::Refused`].
///
/// ```
/// use serde::Serialize;
///
/// #[derive(Serialize)]
/// #[serde(rename_all = "PascalCase")]
/// struct Request {
///     price: f64,
///     tags: Vec<&'static str>,
///     description: Option<String>,
/// }
///
/// let request = Request { price: 2.0, tags: vec!["LLM", ""], description: None };
/// let mut pairs = Vec::new();
/// compshare_model::flatten(&request, &mut |key, value| {
///     pairs.push(format!("{key}={value}"));
///     Ok(())
/// })?;
/// assert_eq!(pairs, ["Price=2", "Tags.0=LLM", "Tags.1="]);
/// # Ok::<(), compshare_model::FlattenError>(())
/// ```
pub fn flatten<A: Serialize + ?Sized>(action: &A, sink: Sink<'_>) -> Result<(), FlattenError> {
    let mut flattener = Flattener {
        key: String::new(),
        field: "",
        text: String::new(),
        depth: 0,
        given: 0,
        sink,
    };
    action.serialize(&mut flattener)
}

/// Why a request has no flat form. Keys are named, values never.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FlattenError {
    /// The request is a scalar, a list or nothing: it has no parameter names.
    #[error("a request must be a struct or a map")]
    NotAnObject,
    /// A number that is infinite or not a number.
    #[error("parameter `{key}` is not a finite number")]
    NotFinite {
        /// The parameter.
        key: String,
    },
    /// A kind of value that has no agreed form on the wire.
    #[error("parameter `{key}` is {kind}, which has no form on the wire")]
    Unsupported {
        /// The parameter.
        key: String,
        /// What it is, with its article: "a byte string".
        kind: &'static str,
    },
    /// A key of a map that is not a string, an integer, a boolean or a character.
    #[error("a map under `{key}` has a key that is no text")]
    BadKey {
        /// The parameter that holds the map; empty for the request itself.
        key: String,
    },
    /// Lists and objects nested more than 64 deep.
    #[error("parameter `{key}` is nested too deeply")]
    TooDeep {
        /// The parameter.
        key: String,
    },
    /// The receiver of the parameters refused one.
    #[error("parameter `{key}` was refused")]
    Refused {
        /// The parameter.
        key: String,
    },
    /// The request's own `Serialize` failed.
    #[error("{0}")]
    Custom(String),
}

impl ser::Error for FlattenError {
    fn custom<T: Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }
}

struct Flattener<'a> {
    /// The key of the value at hand, such as `Tags.0`, without `field`.
    key: String,
    /// The name of a field of the request itself, for as long as it needs no copy; `key` is empty then.
    field: &'static str,
    /// The text of a value that has none of its own.
    text: String,
    depth: usize,
    /// How many parameters were given to the sink.
    given: u64,
    sink: Sink<'a>,
}

impl Flattener<'_> {
    fn key(&self) -> &str {
        if self.field.is_empty() {
            &self.key
        } else {
            self.field
        }
    }

    fn give(&mut self, value: &str) -> Result<(), FlattenError> {
        if self.depth == 0 {
            return Err(FlattenError::NotAnObject);
        }
        let key = if self.field.is_empty() {
            &self.key
        } else {
            self.field
        };
        (self.sink)(key, value).map_err(|fmt::Error| FlattenError::Refused {
            key: key.to_owned(),
        })?;
        self.given = self.given.saturating_add(1);
        Ok(())
    }

    /// Gives what `value` displays.
    fn give_displayed(&mut self, value: impl Display) -> Result<(), FlattenError> {
        let mut text = mem::take(&mut self.text);
        text.clear();
        let result = match write!(text, "{value}") {
            Ok(()) => self.give(&text),
            Err(fmt::Error) => Err(FlattenError::Refused {
                key: self.key().to_owned(),
            }),
        };
        self.text = text;
        result
    }

    fn nothing(&self) -> Result<(), FlattenError> {
        if self.depth == 0 {
            Err(FlattenError::NotAnObject)
        } else {
            Ok(())
        }
    }

    fn unsupported<T>(&self, kind: &'static str) -> Result<T, FlattenError> {
        Err(FlattenError::Unsupported {
            key: self.key().to_owned(),
            kind,
        })
    }

    /// Runs `inner` with what `name` writes appended to the key.
    fn under(
        &mut self,
        name: impl FnOnce(&mut String) -> Result<(), NotText>,
        inner: impl FnOnce(&mut Self) -> Result<(), FlattenError>,
    ) -> Result<(), FlattenError> {
        if self.depth >= MAX_DEPTH {
            return Err(FlattenError::TooDeep {
                key: self.key().to_owned(),
            });
        }
        let (length, field) = (self.key.len(), mem::take(&mut self.field));
        if self.key.capacity() == 0 {
            self.key.reserve(64);
        }
        self.key.push_str(field);
        if self.depth > 0 {
            self.key.push('.');
        }
        self.depth += 1;
        let result = match name(&mut self.key) {
            Ok(()) => Ok(inner(self)),
            Err(fault) => Err(fault),
        };
        self.depth -= 1;
        self.key.truncate(length);
        self.field = field;
        result.unwrap_or_else(|NotText| {
            Err(FlattenError::BadKey {
                key: self.key().to_owned(),
            })
        })
    }

    /// Runs `inner` for a field of a struct.
    fn under_field(
        &mut self,
        name: &'static str,
        inner: impl FnOnce(&mut Self) -> Result<(), FlattenError>,
    ) -> Result<(), FlattenError> {
        if self.depth > 0 || name.is_empty() {
            return self.under(|key| Key(key).serialize_str(name), inner);
        }
        (self.field, self.depth) = (name, 1);
        let result = inner(self);
        (self.field, self.depth) = ("", 0);
        result
    }
}

/// The decimal digits of a number, without the detour through a formatter.
struct Digits([u8; 20]);

impl Digits {
    fn new() -> Self {
        Self([0; 20])
    }

    fn of(&mut self, mut number: u64, negative: bool) -> &str {
        let mut start = self.0.len();
        for (at, place) in self.0.iter_mut().enumerate().rev() {
            start = at;
            *place = b'0' + u8::try_from(number % 10).unwrap_or_default();
            number /= 10;
            if number == 0 {
                break;
            }
        }
        if negative {
            // There is room: the longest negative number has 19 digits.
            start = start.saturating_sub(1);
            if let Some(place) = self.0.get_mut(start) {
                *place = b'-';
            }
        }
        std::str::from_utf8(self.0.get(start..).unwrap_or_default()).unwrap_or_default()
    }
}

/// Integers that fit into 64 bits with their sign.
macro_rules! integers {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        fn $method(self, value: $type) -> Result<(), FlattenError> {
            let value = i64::from(value);
            self.give(Digits::new().of(value.unsigned_abs(), value < 0))
        }
    )*};
}

impl<'f, 'a> Serializer for &'f mut Flattener<'a> {
    type Ok = ();
    type Error = FlattenError;
    type SerializeSeq = Items<'f, 'a>;
    type SerializeTuple = Items<'f, 'a>;
    type SerializeTupleStruct = Items<'f, 'a>;
    type SerializeTupleVariant = Impossible<(), FlattenError>;
    type SerializeMap = Entries<'f, 'a>;
    type SerializeStruct = Entries<'f, 'a>;
    type SerializeStructVariant = Impossible<(), FlattenError>;

    integers! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32,
    }

    fn serialize_u64(self, value: u64) -> Result<(), FlattenError> {
        self.give(Digits::new().of(value, false))
    }

    fn serialize_i128(self, value: i128) -> Result<(), FlattenError> {
        self.give_displayed(value)
    }

    fn serialize_u128(self, value: u128) -> Result<(), FlattenError> {
        self.give_displayed(value)
    }

    fn serialize_bool(self, value: bool) -> Result<(), FlattenError> {
        self.give(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Result<(), FlattenError> {
        self.give(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), FlattenError> {
        self.give(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), FlattenError> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), FlattenError> {
        if !value.is_finite() {
            return Err(FlattenError::NotFinite {
                key: self.key().to_owned(),
            });
        }
        // Rust displays floats in plain decimal, integral ones without a fraction. Adding 0 turns -0 into 0.
        self.give_displayed(value + 0.0)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), FlattenError> {
        self.unsupported("a byte string")
    }

    fn serialize_none(self) -> Result<(), FlattenError> {
        self.nothing()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FlattenError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), FlattenError> {
        self.nothing()
    }

    /// A request without parameters may be a unit struct.
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), FlattenError> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), FlattenError> {
        self.give(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), FlattenError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), FlattenError> {
        self.unsupported("an enum variant with a value")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'f, 'a>, FlattenError> {
        if self.depth == 0 {
            Err(FlattenError::NotAnObject)
        } else {
            Ok(Items {
                flattener: self,
                next: 0,
            })
        }
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'f, 'a>, FlattenError> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Items<'f, 'a>, FlattenError> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, FlattenError> {
        self.unsupported("an enum variant with values")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'f, 'a>, FlattenError> {
        Ok(Entries {
            flattener: self,
            name: String::new(),
        })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries<'f, 'a>, FlattenError> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, FlattenError> {
        self.unsupported("an enum variant with fields")
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), FlattenError> {
        self.give_displayed(value)
    }
}

/// The items of a list.
struct Items<'f, 'a> {
    flattener: &'f mut Flattener<'a>,
    /// The number of the next item that gives a parameter.
    next: u64,
}

impl Items<'_, '_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        let (given, number) = (self.flattener.given, self.next);
        self.flattener.under(
            |key| Key(key).serialize_str(Digits::new().of(number, false)),
            |flattener| value.serialize(flattener),
        )?;
        // A gap in the numbers could end the list for its reader, so what gives nothing takes no number.
        if self.flattener.given != given {
            self.next = self.next.saturating_add(1);
        }
        Ok(())
    }
}

impl ser::SerializeSeq for Items<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        self.item(value)
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
    }
}

impl ser::SerializeTuple for Items<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        self.item(value)
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Items<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        self.item(value)
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
    }
}

/// The entries of an object.
struct Entries<'f, 'a> {
    flattener: &'f mut Flattener<'a>,
    /// The key given by `serialize_key`, until its value comes.
    name: String,
}

impl ser::SerializeMap for Entries<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FlattenError> {
        self.name.clear();
        key.serialize(Key(&mut self.name))
            .map_err(|NotText| FlattenError::BadKey {
                key: self.flattener.key().to_owned(),
            })
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        let name = &self.name;
        self.flattener.under(
            |key| Key(key).serialize_str(name),
            |flattener| value.serialize(flattener),
        )
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), FlattenError> {
        self.flattener.under(
            |buffer| key.serialize(Key(buffer)),
            |flattener| value.serialize(flattener),
        )
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
    }
}

impl ser::SerializeStruct for Entries<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), FlattenError> {
        if name != NUMBER {
            return self
                .flattener
                .under_field(name, |flattener| value.serialize(flattener));
        }
        ser::SerializeMap::serialize_key(self, value)?;
        if let Ok(number) = self.name.parse::<i128>() {
            return self.flattener.serialize_i128(number);
        }
        // A text that is no number cannot come from serde_json; as a NaN it is refused.
        self.flattener
            .serialize_f64(self.name.parse().unwrap_or(f64::NAN))
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
    }
}

/// A map's key that is no text.
#[derive(Debug)]
struct NotText;

impl Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a text")
    }
}

impl std::error::Error for NotText {}

impl ser::Error for NotText {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Appends a map's key to the key buffer.
struct Key<'a>(&'a mut String);

/// What a key may be.
macro_rules! key_text {
    ($($method:ident: $type:ty),* $(,)?) => {$(
        fn $method(self, value: $type) -> Result<(), NotText> {
            write!(self.0, "{value}").map_err(|fmt::Error| NotText)
        }
    )*};
}

/// What a key may not be.
macro_rules! no_key {
    ($($method:ident($($type:ty),*) -> $ok:ty),* $(,)?) => {$(
        fn $method(self, $(_: $type),*) -> Result<$ok, NotText> {
            Err(NotText)
        }
    )*};
}

impl Serializer for Key<'_> {
    type Ok = ();
    type Error = NotText;
    type SerializeSeq = Impossible<(), NotText>;
    type SerializeTuple = Impossible<(), NotText>;
    type SerializeTupleStruct = Impossible<(), NotText>;
    type SerializeTupleVariant = Impossible<(), NotText>;
    type SerializeMap = Impossible<(), NotText>;
    type SerializeStruct = Impossible<(), NotText>;
    type SerializeStructVariant = Impossible<(), NotText>;

    fn serialize_str(self, value: &str) -> Result<(), NotText> {
        self.0.push_str(value);
        Ok(())
    }

    key_text! {
        serialize_bool: bool, serialize_char: char,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
    }

    no_key! {
        serialize_f32(f32) -> (), serialize_f64(f64) -> (), serialize_bytes(&[u8]) -> (), serialize_none() -> (),
        serialize_unit() -> (), serialize_unit_struct(&'static str) -> (),
        serialize_seq(Option<usize>) -> Self::SerializeSeq, serialize_tuple(usize) -> Self::SerializeTuple,
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant,
        serialize_map(Option<usize>) -> Self::SerializeMap,
        serialize_struct(&'static str, usize) -> Self::SerializeStruct,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant,
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotText> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), NotText> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NotText> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), NotText> {
        Err(NotText)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, HashMap};

    use serde::Serialize;
    use serde_json::{Value, json};

    use super::*;

    fn pairs<A: Serialize + ?Sized>(action: &A) -> Result<Vec<String>, FlattenError> {
        let mut pairs = Vec::new();
        flatten(action, &mut |key, value| {
            pairs.push(format!("{key}={value}"));
            Ok(())
        })?;
        Ok(pairs)
    }

    /// The text of one value under the key `K`.
    fn one(value: impl Serialize) -> Result<Vec<String>, FlattenError> {
        struct Request<T>(T);
        impl<T: Serialize> Serialize for Request<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ser::SerializeStruct as _;
                let mut request = serializer.serialize_struct("Request", 1)?;
                request.serialize_field("K", &self.0)?;
                request.end()
            }
        }
        pairs(&Request(value))
    }

    struct Bytes;

    impl Serialize for Bytes {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(b"secret")
        }
    }

    #[derive(Serialize)]
    struct Id(&'static str);
    #[derive(Serialize)]
    struct Pair(u8, &'static str);
    #[derive(Serialize)]
    struct Nothing;
    #[derive(Serialize)]
    enum Kind {
        Unit,
        Newtype(u8),
        Tuple(u8, u8),
        Struct { field: u8 },
    }

    #[test]
    fn scalars() {
        for (pairs, text) in [
            (one(true), "true"),
            (one(false), "false"),
            (one(42), "42"),
            (one(-42i8), "-42"),
            (one(0u8), "0"),
            (one(i64::MIN), "-9223372036854775808"),
            (one(u64::MAX), "18446744073709551615"),
            (one(i128::MIN), "-170141183460469231731687303715884105728"),
            (one(u128::MAX), "340282366920938463463374607431768211455"),
            (one('，'), "，"),
            (one("a b&c=d\n"), "a b&c=d\n"),
            (one(""), ""),
            (one(Id("x")), "x"),
            (one(Some(Some(1))), "1"),
            (one(Kind::Unit), "Unit"),
            (one(format_args!("{}-{}", 1, 2)), "1-2"),
        ] {
            assert_eq!(pairs.unwrap(), [format!("K={text}")]);
        }
    }

    /// The cells on which the SDKs differ, as the documentation asks: no fraction where there is none, no exponent.
    #[test]
    fn floats_are_plain_decimals() {
        for (value, text) in [
            (42.0, "42"),
            (12.5, "12.5"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e-7, "0.0000001"),
            (1e21, "1000000000000000000000"),
            (-0.0, "0"),
            (-2.50, "-2.5"),
            (f64::from(42.1f32), "42.099998474121094"),
        ] {
            assert_eq!(one(value).unwrap(), [format!("K={text}")]);
        }
        assert_eq!(one(42.1f32).unwrap(), ["K=42.099998474121094"]);
        assert!(!one(f64::MIN_POSITIVE).unwrap().concat().contains('e'));
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(one(value), Err(FlattenError::NotFinite { key: "K".into() }));
            assert_eq!(
                one([0.0, value]),
                Err(FlattenError::NotFinite { key: "K.1".into() })
            );
        }
    }

    #[test]
    fn lists_and_objects() {
        assert_eq!(one(["x", "", "y"]).unwrap(), ["K.0=x", "K.1=", "K.2=y"]);
        assert_eq!(one((1, true)).unwrap(), ["K.0=1", "K.1=true"]);
        assert_eq!(one(Pair(1, "b")).unwrap(), ["K.0=1", "K.1=b"]);
        assert_eq!(
            one([["a", "b"], ["c", "d"]]).unwrap(),
            ["K.0.0=a", "K.0.1=b", "K.1.0=c", "K.1.1=d"]
        );
        assert_eq!(
            pairs(&json!({"A": {"B": [{"C": 1}, {"C": 2, "D": {"E": false}}]}, "Z": "z"})).unwrap(),
            ["A.B.0.C=1", "A.B.1.C=2", "A.B.1.D.E=false", "Z=z"]
        );
        assert_eq!(
            one((0..12).collect::<Vec<_>>()).unwrap().last().unwrap(),
            "K.11=11"
        );
    }

    #[test]
    fn absent_and_empty_values_give_nothing() {
        assert!(one(None::<u8>).unwrap().is_empty());
        assert!(one(()).unwrap().is_empty() && one(Nothing).unwrap().is_empty());
        assert!(one(json!([])).unwrap().is_empty() && one(json!({})).unwrap().is_empty());
        assert!(one(json!([null, [], {}, [[]]])).unwrap().is_empty());
        assert!(pairs(&json!({})).unwrap().is_empty() && pairs(&Nothing).unwrap().is_empty());
        assert!(pairs(&Some(json!({"A": null}))).unwrap().is_empty());
    }

    #[test]
    fn numbers_in_a_list_have_no_gap() {
        assert_eq!(
            one(json!([null, "a", {}, "b", [null], {"C": [null, 1]}])).unwrap(),
            ["K.0=a", "K.1=b", "K.2.C.0=1"]
        );
    }

    #[test]
    fn keys_may_be_anything_with_a_text() {
        assert_eq!(
            one(BTreeMap::from([(2, "b"), (10, "j")])).unwrap(),
            ["K.2=b", "K.10=j"]
        );
        assert_eq!(one(HashMap::from([(true, 1)])).unwrap(), ["K.true=1"]);
        assert_eq!(one(HashMap::from([('c', Id("x"))])).unwrap(), ["K.c=x"]);
        assert_eq!(
            pairs(&HashMap::from([("Tag", ["a"])])).unwrap(),
            ["Tag.0=a"]
        );
        let bad = Err(FlattenError::BadKey { key: "K".into() });
        assert_eq!(one(HashMap::from([(None::<u8>, 1)])), bad);
        assert_eq!(one(HashMap::from([(vec![1], 1)])), bad);
    }

    #[test]
    fn what_has_no_form_is_an_error_that_names_the_key() {
        for (result, kind) in [
            (one([Kind::Newtype(1)]), "an enum variant with a value"),
            (one([Kind::Tuple(1, 2)]), "an enum variant with values"),
            (
                one([Kind::Struct { field: 1 }]),
                "an enum variant with fields",
            ),
        ] {
            assert_eq!(
                result,
                Err(FlattenError::Unsupported {
                    key: "K.0".into(),
                    kind
                })
            );
        }
        let error = one(Bytes).unwrap_err().to_string();
        assert_eq!(
            error,
            "parameter `K` is a byte string, which has no form on the wire"
        );
    }

    #[test]
    fn a_request_is_a_struct_or_a_map() {
        for value in [
            json!(1),
            json!("x"),
            json!(true),
            json!(1.5),
            json!([1]),
            json!([]),
            Value::Null,
        ] {
            assert_eq!(pairs(&value), Err(FlattenError::NotAnObject), "{value}");
        }
        assert_eq!(pairs(&()), Err(FlattenError::NotAnObject));
        assert_eq!(pairs(&Kind::Unit), Err(FlattenError::NotAnObject));
    }

    #[test]
    fn nesting_is_limited() {
        let nested = |depth| (0..depth).fold(json!(1), |inner, _| json!([inner]));
        assert!(one(nested(MAX_DEPTH - 1)).is_ok());
        assert!(matches!(
            one(nested(MAX_DEPTH)),
            Err(FlattenError::TooDeep { .. })
        ));
    }

    #[test]
    fn a_refusal_stops_at_once() {
        let mut seen = Vec::new();
        let result = flatten(&json!({"A": 1, "B": [1, 2], "C": 3}), &mut |key, _| {
            seen.push(key.to_owned());
            if key == "B.0" {
                Err(fmt::Error)
            } else {
                Ok(())
            }
        });
        assert_eq!(result, Err(FlattenError::Refused { key: "B.0".into() }));
        assert_eq!(seen, ["A", "B.0"]);
    }
}
