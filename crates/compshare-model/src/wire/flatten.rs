//! Flattening of a request into the parameters that are signed and sent.
//!
//! | value | parameters |
//! |---|---|
//! | `true`, `false`, integers, strings | their text; an empty string is sent |
//! | floats | plain decimal without an exponent; integral ones without a fraction; `-0.0` is `0` |
//! | list | `Key.0`, `Key.1` and so on; an item without parameters does not use up an index |
//! | object | `Key.Sub`; in a list `Key.0.Sub` |
//! | absent (`None`, `null`, `()`), empty list, empty object | no parameter |
//! | unit variant of an enum | its name |
//!
//! The rules follow [UCloud's documentation](https://docs.ucloud.cn/api/summary/signature) and the
//! consensus of its SDKs. The SDKs differ on floats and empty values; plain decimals and empty
//! strings are the choice of most.

use std::fmt::{self, Display, Write as _};

use serde::ser::{self, Impossible, Serialize, Serializer};
use serde_json::Value;

use super::read::NUMBER;

/// The maximum nesting depth of lists and objects.
const MAX_DEPTH: usize = 64;

/// A callback for a key and the text of its value.
pub type Sink<'a> = &'a mut dyn FnMut(&str, &str) -> fmt::Result;

/// Calls `sink` with each flattened parameter of `action`, in serialization order.
///
/// # Errors
///
/// [`FlattenError`] if the action is not a struct or a map, or has a value without a flat form. Do
/// not send the parameters that the sink has received before the error. An error of the sink ends
/// flattening with [`FlattenError::Rejected`].
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
        depth: 0,
        emitted: 0,
        sink,
    };
    action.serialize(&mut flattener)
}

/// An error flattening a request. It may contain keys, but no values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FlattenError {
    /// The request is a scalar, a list or absent, and so has no parameter names.
    #[error("expected a struct or a map as a request")]
    NotAnObject,
    /// A float is infinite or NaN.
    #[error("parameter `{key}` is not a finite number")]
    NotFinite {
        /// The parameter.
        key: String,
    },
    /// A value has a type without a wire format.
    #[error("parameter `{key}` is {kind}, which has no wire format")]
    Unsupported {
        /// The parameter.
        key: String,
        /// The kind of value with its article, such as "a byte string".
        kind: &'static str,
    },
    /// A key of a map is not a string, a 64-bit integer, a boolean or a character.
    #[error("a map in parameter `{key}` has an invalid key; expected text")]
    InvalidKey {
        /// The parameter that contains the map; empty for the request itself.
        key: String,
    },
    /// Lists and objects are nested more than 64 levels deep.
    #[error("parameter `{key}` is nested too deeply")]
    TooDeep {
        /// The parameter.
        key: String,
    },
    /// The sink returned an error.
    #[error("parameter `{key}` was rejected")]
    Rejected {
        /// The parameter.
        key: String,
    },
    /// The `Serialize` implementation of the request failed.
    #[error("{0}")]
    Custom(String),
}

impl ser::Error for FlattenError {
    fn custom<T: Display>(message: T) -> Self {
        Self::Custom(message.to_string())
    }
}

struct Flattener<'a> {
    /// The key of the current value, such as `Tags.0`.
    key: String,
    depth: usize,
    /// The number of parameters passed to the sink.
    emitted: usize,
    sink: Sink<'a>,
}

impl Flattener<'_> {
    /// Calls the sink with the current key.
    fn emit(&mut self, value: &str) -> Result<(), FlattenError> {
        self.check_has_key()?;
        match (self.sink)(&self.key, value) {
            Ok(()) => {
                self.emitted += 1;
                Ok(())
            }
            Err(fmt::Error) => Err(self.rejected()),
        }
    }

    /// Serializes `value` with `name` appended to the key.
    fn with_key<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), FlattenError> {
        if self.depth >= MAX_DEPTH {
            return Err(FlattenError::TooDeep {
                key: self.key.clone(),
            });
        }

        let length = self.key.len();
        if self.depth > 0 {
            self.key.push('.');
        }
        self.key.push_str(name);
        self.depth += 1;

        let result = value.serialize(&mut *self);

        self.depth -= 1;
        self.key.truncate(length);
        result
    }

    /// Returns an error for a value in place of the whole request.
    fn check_has_key(&self) -> Result<(), FlattenError> {
        if self.depth == 0 {
            return Err(FlattenError::NotAnObject);
        }
        Ok(())
    }

    fn rejected(&self) -> FlattenError {
        FlattenError::Rejected {
            key: self.key.clone(),
        }
    }

    fn unsupported<T>(&self, kind: &'static str) -> Result<T, FlattenError> {
        Err(FlattenError::Unsupported {
            key: self.key.clone(),
            kind,
        })
    }
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

    fn serialize_i8(self, value: i8) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_i16(self, value: i16) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_i32(self, value: i32) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_i64(self, value: i64) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_i128(self, value: i128) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_u8(self, value: u8) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_u16(self, value: u16) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_u32(self, value: u32) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_u64(self, value: u64) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_u128(self, value: u128) -> Result<(), FlattenError> {
        self.emit(itoa::Buffer::new().format(value))
    }

    fn serialize_bool(self, value: bool) -> Result<(), FlattenError> {
        self.emit(if value { "true" } else { "false" })
    }

    fn serialize_char(self, value: char) -> Result<(), FlattenError> {
        self.emit(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), FlattenError> {
        self.emit(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), FlattenError> {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), FlattenError> {
        if !value.is_finite() {
            return Err(FlattenError::NotFinite {
                key: self.key.clone(),
            });
        }
        // `Display` of a float is plain decimal, without a fraction if integral. Adding 0 turns -0
        // into 0.
        self.collect_str(&(value + 0.0))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), FlattenError> {
        self.unsupported("a byte string")
    }

    fn serialize_none(self) -> Result<(), FlattenError> {
        self.check_has_key()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), FlattenError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), FlattenError> {
        self.check_has_key()
    }

    /// Accepts a unit struct as a request without parameters.
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), FlattenError> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), FlattenError> {
        self.emit(variant)
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
        self.check_has_key()?;
        Ok(Items {
            flattener: self,
            next: 0,
        })
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
        let mut text = String::new();
        // Unlike `write!`, `to_string` would panic if `Display` fails.
        write!(text, "{value}").map_err(|fmt::Error| self.rejected())?;
        self.emit(&text)
    }
}

/// The items of a list.
struct Items<'f, 'a> {
    flattener: &'f mut Flattener<'a>,
    /// The index of the next item with a parameter.
    next: usize,
}

impl ser::SerializeSeq for Items<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        let emitted = self.flattener.emitted;
        self.flattener
            .with_key(itoa::Buffer::new().format(self.next), value)?;
        // Do not use up an index for an item without parameters: some parsers stop at a gap.
        if self.flattener.emitted > emitted {
            self.next += 1;
        }
        Ok(())
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
    }
}

impl ser::SerializeTuple for Items<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Items<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
    }
}

/// The entries of an object.
struct Entries<'f, 'a> {
    flattener: &'f mut Flattener<'a>,
    /// The key of the current entry, set by `serialize_key`.
    name: String,
}

impl ser::SerializeMap for Entries<'_, '_> {
    type Ok = ();
    type Error = FlattenError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), FlattenError> {
        self.name = match serde_json::to_value(key) {
            Ok(Value::String(text)) => text,
            Ok(Value::Bool(value)) => value.to_string(),
            Ok(Value::Number(number)) if !number.is_f64() => number.to_string(),
            _ => {
                return Err(FlattenError::InvalidKey {
                    key: self.flattener.key.clone(),
                });
            }
        };
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), FlattenError> {
        self.flattener.with_key(&self.name, value)
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
            return self.flattener.with_key(name, value);
        }

        // The text of a serde_json number with the feature `arbitrary_precision`.
        ser::SerializeMap::serialize_key(self, value)?;
        if let Ok(number) = self.name.parse::<i128>() {
            return self.flattener.serialize_i128(number);
        }
        // Any other text is a float. An invalid one is rejected like a NaN.
        self.flattener
            .serialize_f64(self.name.parse().unwrap_or(f64::NAN))
    }

    fn end(self) -> Result<(), FlattenError> {
        Ok(())
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

    /// Flattens one value with the key `K`.
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

    struct FloatKey;

    impl Serialize for FloatKey {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map([(1.5, 1)])
        }
    }

    struct Undisplayable;

    impl Serialize for Undisplayable {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl Display for Undisplayable {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
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
    fn flattens_scalars_to_text() {
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

    /// The values on which the SDKs differ, in the documented format.
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
    fn flattens_lists_and_objects() {
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
    fn absent_and_empty_values_have_no_parameters() {
        assert!(one(None::<u8>).unwrap().is_empty());
        assert!(one(()).unwrap().is_empty() && one(Nothing).unwrap().is_empty());
        assert!(one(json!([])).unwrap().is_empty() && one(json!({})).unwrap().is_empty());
        assert!(one(json!([null, [], {}, [[]]])).unwrap().is_empty());
        assert!(pairs(&json!({})).unwrap().is_empty() && pairs(&Nothing).unwrap().is_empty());
        assert!(pairs(&Some(json!({"A": null}))).unwrap().is_empty());
    }

    #[test]
    fn list_indices_have_no_gaps() {
        assert_eq!(
            one(json!([null, "a", {}, "b", [null], {"C": [null, 1]}])).unwrap(),
            ["K.0=a", "K.1=b", "K.2.C.0=1"]
        );
    }

    #[test]
    fn keys_can_be_integers_booleans_and_characters() {
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
        assert_eq!(
            one(BTreeMap::from([(u64::MAX, 1)])).unwrap(),
            ["K.18446744073709551615=1"]
        );
        assert_eq!(
            one(BTreeMap::from([(i64::MIN, 1)])).unwrap(),
            ["K.-9223372036854775808=1"]
        );

        let bad = Err(FlattenError::InvalidKey { key: "K".into() });
        assert_eq!(one(FloatKey), bad);
        assert_eq!(one(HashMap::from([(None::<u8>, 1)])), bad);
        assert_eq!(one(HashMap::from([(vec![1], 1)])), bad);
    }

    #[test]
    fn unsupported_values_are_errors_with_the_key() {
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
            "parameter `K` is a byte string, which has no wire format"
        );
    }

    #[test]
    fn requests_must_be_structs_or_maps() {
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
    fn failing_display_is_an_error() {
        assert_eq!(
            one(Undisplayable),
            Err(FlattenError::Rejected { key: "K".into() })
        );
    }

    #[test]
    fn sink_error_stops_flattening() {
        let mut seen = Vec::new();
        let result = flatten(&json!({"A": 1, "B": [1, 2], "C": 3}), &mut |key, _| {
            seen.push(key.to_owned());
            if key == "B.0" {
                Err(fmt::Error)
            } else {
                Ok(())
            }
        });
        assert_eq!(result, Err(FlattenError::Rejected { key: "B.0".into() }));
        assert_eq!(seen, ["A", "B.0"]);
    }
}
