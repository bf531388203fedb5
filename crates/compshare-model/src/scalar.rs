//! One JSON value as it comes, and how typed values are read from it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use serde_json::Value;

/// How serde_json gives numbers when its feature `arbitrary_precision` is on, as any crate of a program may do: as an
/// object with this one key, and the number's text.
pub(crate) const NUMBER: &str = "$serde_json::private::Number";

/// One JSON value: scalars as they are, borrowed where possible; lists and objects collected.
#[derive(Debug)]
pub(crate) enum Scalar<'de> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    Text(Cow<'de, str>),
    /// A list or an object; with `arbitrary_precision` also a number that no other variant gives back exactly.
    Other(Value),
}

impl From<Value> for Scalar<'_> {
    fn from(value: Value) -> Self {
        let Value::Number(number) = &value else {
            return Self::Other(value);
        };
        let exact = |scalar: Self, same: Value| (same == value).then_some(scalar);
        let read = if let Some(number) = number.as_u64() {
            exact(Self::U64(number), number.into())
        } else if let Some(number) = number.as_i64() {
            exact(Self::I64(number), number.into())
        } else {
            number
                .as_f64()
                .and_then(|number| exact(Self::F64(number), number.into()))
        };
        read.unwrap_or(Self::Other(value))
    }
}

impl Scalar<'_> {
    /// The value as JSON.
    pub(crate) fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => value.into(),
            Self::I64(value) => value.into(),
            Self::U64(value) => value.into(),
            Self::F64(value) => value.into(),
            Self::Text(text) => text.into_owned().into(),
            Self::Other(value) => value,
        }
    }

    /// An integer: also from an integral float or a digit string.
    pub(crate) fn integer(&self) -> Option<i128> {
        match self {
            Self::I64(value) => Some((*value).into()),
            Self::U64(value) => Some((*value).into()),
            Self::F64(value) => integral(*value),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Other(value) => value.as_f64().and_then(integral),
            Self::Null | Self::Bool(_) => None,
        }
    }

    /// A number: also from a numeric string. Finite.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a number too long for a float is kept in the original too"
    )]
    fn float(&self) -> Option<f64> {
        match self {
            Self::I64(value) => Some(*value as f64),
            Self::U64(value) => Some(*value as f64),
            Self::F64(value) => Some(*value),
            Self::Text(text) => text
                .trim()
                .parse()
                .ok()
                .filter(|value: &f64| value.is_finite()),
            Self::Other(value) => value.as_f64(),
            Self::Null | Self::Bool(_) => None,
        }
    }

    /// A boolean: also as a word of any letter case, or 1 and 0.
    fn boolean(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Text(text) => {
                let word = text.trim();
                match word {
                    "1" => Some(true),
                    "0" => Some(false),
                    _ if word.eq_ignore_ascii_case("true") => Some(true),
                    _ if word.eq_ignore_ascii_case("false") => Some(false),
                    _ => None,
                }
            }
            _ => match self.integer() {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
        }
    }
}

/// The integer that a float is, if it is one and within 64 bits.
fn integral(value: f64) -> Option<i128> {
    // 2^64 is exact as a float; beyond 64 bits no field can hold the number anyway.
    const BOUND: f64 = 18_446_744_073_709_551_616.0;
    #[expect(clippy::cast_possible_truncation, reason = "integral and in range")]
    (value.fract() == 0.0 && value.abs() <= BOUND).then_some(value as i128)
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

/// An integer beyond 64 bits, which only a `Value` gives, and only with `arbitrary_precision`.
pub(crate) fn long_integer<'de>(value: impl fmt::Display) -> Scalar<'de> {
    let text = value.to_string();
    text.parse()
        .map_or(Scalar::Text(Cow::Owned(text)), |number| {
            Value::Number(number).into()
        })
}

/// Reads any JSON value.
pub(crate) struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Null)
    }

    fn visit_none<E>(self) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Scalar<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::I64(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::U64(value))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Scalar<'de>, E> {
        Ok(long_integer(value))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Scalar<'de>, E> {
        Ok(long_integer(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Scalar<'de>, E> {
        Ok(Scalar::F64(value))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Scalar<'de>, E> {
        Ok(Scalar::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Scalar<'de>, A::Error> {
        Value::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Scalar::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Scalar<'de>, A::Error> {
        Value::deserialize(de::value::MapAccessDeserializer::new(map)).map(Scalar::from)
    }
}

/// Gives the value on to another reader, unchanged.
impl<'de> Deserializer<'de> for Scalar<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::I64(value) => visitor.visit_i64(value),
            Self::U64(value) => visitor.visit_u64(value),
            Self::F64(value) => visitor.visit_f64(value),
            Self::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Self::Text(Cow::Owned(text)) => visitor.visit_string(text),
            Self::Other(value) => value.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self {
            Self::Null => visitor.visit_none(),
            other => visitor.visit_some(other),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.into_value().deserialize_enum(name, variants, visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// An object's key, borrowed if it can be.
pub(crate) struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

/// Gives a key on to another reader.
pub(crate) fn give_name<'de, K: DeserializeSeed<'de>, E: de::Error>(
    name: Cow<'de, str>,
    seed: K,
) -> Result<K::Value, E> {
    match name {
        Cow::Borrowed(name) => seed.deserialize(de::value::BorrowedStrDeserializer::new(name)),
        Cow::Owned(name) => seed.deserialize(de::value::StringDeserializer::new(name)),
    }
}

/// What was read: the typed value, and the original unless writing the typed value gives it back exactly.
#[derive(Debug)]
pub(crate) struct Read<T> {
    pub(crate) value: T,
    pub(crate) original: Option<Value>,
}

impl<T> Read<T> {
    #[inline]
    pub(crate) fn exact(value: T) -> Self {
        Self {
            value,
            original: None,
        }
    }

    pub(crate) fn odd(value: T, original: Value) -> Self {
        Self {
            value,
            original: Some(original),
        }
    }
}

/// A type of field that is one scalar on the wire. Writing is the type's own `Serialize`, or `write`.
pub(crate) trait FromScalar: Sized + Serialize {
    fn from_scalar(scalar: Scalar<'_>) -> Read<Option<Self>>;

    /// Whether there is a JSON form at all.
    fn writable(&self) -> bool {
        true
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }

    /// What `write` writes, as a value.
    fn to_value(&self) -> Value {
        self.write(serde_json::value::Serializer)
            .unwrap_or_default()
    }
}

impl FromScalar for String {
    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Read<Option<Self>> {
        match scalar {
            Scalar::Text(text) => Read::exact(Some(text.into_owned())),
            other => read_odd_text(other),
        }
    }
}

#[cold]
fn read_odd_text(scalar: Scalar<'_>) -> Read<Option<String>> {
    let original = scalar.into_value();
    let text = match &original {
        Value::Bool(_) | Value::Number(_) => Some(original.to_string()),
        _ => None,
    };
    Read::odd(text, original)
}

impl FromScalar for bool {
    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Read<Option<Self>> {
        match scalar {
            Scalar::Bool(value) => Read::exact(Some(value)),
            other => Read::odd(other.boolean(), other.into_value()),
        }
    }
}

/// A boolean whose proper text is `"True"` or `"False"`.
#[inline]
pub(crate) fn read_true_false(scalar: Scalar<'_>) -> Read<Option<bool>> {
    match &scalar {
        Scalar::Text(text) if text == "True" => Read::exact(Some(true)),
        Scalar::Text(text) if text == "False" => Read::exact(Some(false)),
        _ => Read::odd(scalar.boolean(), scalar.into_value()),
    }
}

/// The largest magnitude up to which every integer is a float and back.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl FromScalar for f64 {
    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Read<Option<Self>> {
        let value = scalar.float();
        let exact = match (&scalar, value) {
            // Whole numbers are written as integers.
            (Scalar::I64(_) | Scalar::U64(_), Some(value)) => value.abs() < EXACT,
            (Scalar::F64(_), Some(value)) => value.fract() != 0.0 || value.abs() >= EXACT,
            _ => false,
        };
        if exact {
            Read::exact(value)
        } else {
            Read::odd(value, scalar.into_value())
        }
    }

    /// JSON has no infinity and no NaN.
    fn writable(&self) -> bool {
        self.is_finite()
    }

    #[expect(clippy::cast_possible_truncation, reason = "integral and in range")]
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.fract() == 0.0 && self.abs() < EXACT {
            serializer.serialize_i64(*self as i64)
        } else {
            serializer.serialize_f64(*self)
        }
    }
}

/// Reads an integer type.
#[inline]
pub(crate) fn read_integer<T: TryFrom<i128>>(scalar: Scalar<'_>) -> Read<Option<T>> {
    let exact = match scalar {
        Scalar::I64(value) => T::try_from(value.into()).ok(),
        Scalar::U64(value) => T::try_from(value.into()).ok(),
        _ => None,
    };
    if exact.is_some() {
        Read::exact(exact)
    } else {
        read_odd_integer(scalar)
    }
}

#[cold]
fn read_odd_integer<T: TryFrom<i128>>(scalar: Scalar<'_>) -> Read<Option<T>> {
    Read::odd(
        scalar.integer().and_then(|value| T::try_from(value).ok()),
        scalar.into_value(),
    )
}

impl FromScalar for u64 {
    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Read<Option<Self>> {
        read_integer(scalar)
    }
}

impl FromScalar for i64 {
    #[inline]
    fn from_scalar(scalar: Scalar<'_>) -> Read<Option<Self>> {
        read_integer(scalar)
    }
}

/// Reads a type made of text, of which the empty text means absent.
#[inline]
pub(crate) fn read_text<T: From<String> + for<'a> From<&'a str>>(
    scalar: Scalar<'_>,
) -> Read<Option<T>> {
    match scalar {
        Scalar::Text(text) if text.is_empty() => Read::odd(None, text.into()),
        Scalar::Text(Cow::Borrowed(text)) => Read::exact(Some(text.into())),
        other => {
            let Read { value, original } = String::from_scalar(other);
            Read {
                value: value.map(T::from),
                original,
            }
        }
    }
}

/// [`FromScalar`] for a type made of text.
macro_rules! from_text {
    ($name:ident) => {
        impl crate::scalar::FromScalar for $name {
            #[inline]
            fn from_scalar(scalar: crate::scalar::Scalar<'_>) -> crate::scalar::Read<Option<Self>> {
                crate::scalar::read_text(scalar)
            }
        }
    };
}
pub(crate) use from_text;

/// [`FromScalar`], `Serialize` and a lenient `Deserialize` for a newtype over `i64`.
macro_rules! from_integer {
    ($name:ident) => {
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

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::scalar::deserialize_integer(deserializer).map(Self)
            }
        }

        impl crate::scalar::FromScalar for $name {
            #[inline]
            fn from_scalar(scalar: crate::scalar::Scalar<'_>) -> crate::scalar::Read<Option<Self>> {
                let crate::scalar::Read { value, original } = crate::scalar::read_integer(scalar);
                crate::scalar::Read {
                    value: value.map(Self),
                    original,
                }
            }
        }
    };
}
pub(crate) use from_integer;

/// An integer, however it is written; an error if it is none.
pub(crate) fn deserialize_integer<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<i64, D::Error> {
    let scalar = Scalar::deserialize(deserializer)?;
    let value = scalar.integer().and_then(|value| i64::try_from(value).ok());
    value.ok_or_else(|| de::Error::custom("not a whole number"))
}
