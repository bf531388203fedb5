//! JSON values and their tolerant conversions.

use serde_json::Value;

/// A borrowed JSON value: a scalar, or a [`Value`] for anything else.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scalar<'a> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    Text(&'a str),
    /// A list or an object. With serde_json's `arbitrary_precision`, also a number that fits no
    /// other variant.
    Other(&'a Value),
}

impl<'a> From<&'a Value> for Scalar<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::String(text) => Self::Text(text),
            Value::Number(number) => {
                let integer = number
                    .as_u64()
                    .map(Self::U64)
                    .or_else(|| number.as_i64().map(Self::I64));
                let scalar = integer.or_else(|| number.as_f64().map(Self::F64));
                // A number of arbitrary precision may be more precise than the scalar.
                scalar
                    .filter(|scalar| scalar.to_value() == *value)
                    .unwrap_or(Self::Other(value))
            }
            Value::Array(_) | Value::Object(_) => Self::Other(value),
        }
    }
}

/// Scalars are equal if they are serialized as the same JSON. Lists and objects are never equal.
impl PartialEq for Scalar<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::F64(a), Self::F64(b)) => a == b,
            (Self::I64(a), Self::I64(b)) => a == b,
            (Self::U64(a), Self::U64(b)) => a == b,
            (Self::I64(a), Self::U64(b)) | (Self::U64(b), Self::I64(a)) => {
                u64::try_from(a).is_ok_and(|a| a == b)
            }
            _ => false,
        }
    }
}

impl Scalar<'_> {
    pub(crate) fn to_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => value.into(),
            Self::I64(value) => value.into(),
            Self::U64(value) => value.into(),
            Self::F64(value) => value.into(),
            Self::Text(text) => text.into(),
            Self::Other(value) => value.clone(),
        }
    }

    /// Converts to an integer, also from an integral float or a numeric string.
    pub(crate) fn integer(self) -> Option<i128> {
        match self {
            Self::I64(value) => Some(value.into()),
            Self::U64(value) => Some(value.into()),
            Self::F64(value) => integral(value),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Other(value) => value.as_f64().and_then(integral),
            Self::Null | Self::Bool(_) => None,
        }
    }

    /// Converts to a finite number, also from a numeric string.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the original of an inexact number is kept"
    )]
    pub(crate) fn float(self) -> Option<f64> {
        let number = match self {
            Self::I64(value) => Some(value as f64),
            Self::U64(value) => Some(value as f64),
            Self::F64(value) => Some(value),
            Self::Text(text) => text.trim().parse().ok(),
            Self::Other(value) => value.as_f64(),
            Self::Null | Self::Bool(_) => None,
        };
        number.filter(|number| number.is_finite())
    }

    /// Converts to a boolean, also from a case-insensitive text, or from 1 and 0.
    pub(crate) fn boolean(self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(value),
            Self::Text(text) => match text.trim() {
                "1" => Some(true),
                "0" => Some(false),
                word if is_one_of(word, ["true", "yes"]) => Some(true),
                word if is_one_of(word, ["false", "no"]) => Some(false),
                _ => None,
            },
            number => match number.integer() {
                Some(1) => Some(true),
                Some(0) => Some(false),
                _ => None,
            },
        }
    }

    /// Converts to a text, also from a number or a boolean.
    #[inline]
    pub(crate) fn text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.to_owned()),
            other => other.scalar_text(),
        }
    }

    fn scalar_text(self) -> Option<String> {
        match self {
            Self::Null | Self::Other(Value::Array(_) | Value::Object(_)) => None,
            scalar => Some(scalar.to_value().to_string()),
        }
    }

    /// Returns the name of the JSON type, such as "string".
    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Text(_) => "string",
            Self::Other(Value::Array(_)) => "list",
            Self::Other(Value::Object(_)) => "object",
            Self::I64(_) | Self::U64(_) | Self::F64(_) | Self::Other(_) => "number",
        }
    }
}

fn is_one_of(word: &str, words: [&str; 2]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Converts an integral float of at most 64 bits.
fn integral(value: f64) -> Option<i128> {
    // 2^64 is exact as a float, and no field type is larger.
    const BOUND: f64 = 18_446_744_073_709_551_616.0;
    #[expect(clippy::cast_possible_truncation, reason = "integral and in range")]
    (value.fract() == 0.0 && value.abs() <= BOUND).then_some(value as i128)
}
