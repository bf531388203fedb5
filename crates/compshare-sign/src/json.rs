//! Signing of `application/json` bodies, for the few actions that expect native arrays.
//!
//! An array is signed as the concatenation of its items, an object as that of its sorted keys and
//! values, numbers and booleans as their text, and `null` as the empty text (UCloud's Go SDK). The
//! body contains the same text of each number as the string to sign.
//!
//! ```
//! use compshare_sign::{Credentials, json};
//! use serde_json::{Value, json};
//!
//! let credentials = Credentials::new("my_public_key", "my_private_key")?;
//! let Value::Object(params) = json!({
//!     "Action": "GetCompShareInstanceMonitor",
//!     "UHostIds": ["uhost-1", "uhost-2"],
//! }) else {
//!     unreachable!()
//! };
//!
//! let signed = json::sign(&credentials, &params)?;
//! assert_eq!(
//!     signed.string_to_sign(),
//!     "ActionGetCompShareInstanceMonitorPublicKeymy_public_keyUHostIdsuhost-1uhost-2"
//! );
//! assert!(signed.body().contains(r#""UHostIds":["uhost-1","uhost-2"]"#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde_json::{Map, Number, Value};

use crate::{
    Credentials, PUBLIC_KEY, Params, ParamsError, SECURITY_TOKEN, SIGNATURE, Signature,
    SignedParams,
};

/// The maximum depth of nested values, equal to that of `serde_json`'s parser.
const MAX_DEPTH: usize = 128;

/// Signs `params` as an `application/json` body.
///
/// Adds `PublicKey` and, for temporary credentials, `SecurityToken`, as [`Credentials::sign`] does.
///
/// # Errors
///
/// Returns [`ParamsError`] if a top-level key is empty or reserved for signing, or if a value is
/// nested more than 128 levels deep.
pub fn sign(
    credentials: &Credentials,
    params: &Map<String, Value>,
) -> Result<SignedJson, ParamsError> {
    let mut texts = Params::new();
    let mut members = BTreeMap::new();
    for (key, value) in params {
        let (mut text, mut json) = (String::new(), String::new());
        append_value(value, &mut text, &mut json, 0).map_err(|error| match error {
            ValueError::TooDeep => ParamsError::TooDeep(key.clone()),
            ValueError::NotFinite => ParamsError::NotFinite(key.clone()),
        })?;
        texts.insert(key, &text)?;
        members.insert(key.as_str(), json);
    }

    // Add the parameters set by signing.
    let signed = credentials.sign(texts);
    for (key, value) in &signed {
        members.entry(key).or_insert_with(|| quote(value));
    }

    let members: Vec<String> = members
        .iter()
        .map(|(key, json)| format!("{}:{json}", quote(key)))
        .collect();
    Ok(SignedJson {
        body: format!("{{{}}}", members.join(",")),
        string_to_sign: signed.string_to_sign(),
        signed,
    })
}

/// A signed JSON body. `Debug` prints a placeholder.
#[derive(Clone)]
pub struct SignedJson {
    body: String,
    string_to_sign: String,
    signed: SignedParams,
}

impl SignedJson {
    /// Returns the body for `Content-Type: application/json`.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Returns the string to sign: the hashed text without the private key at its end.
    pub fn string_to_sign(&self) -> &str {
        &self.string_to_sign
    }

    /// Returns the signature.
    pub fn signature(&self) -> &Signature {
        self.signed.signature()
    }

    /// Converts the body to its top-level parameters, each as the text that was signed.
    pub fn into_params(self) -> SignedParams {
        self.signed
    }
}

impl fmt::Debug for SignedJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedJson").finish_non_exhaustive()
    }
}

/// Verifies a signed JSON body as the gateway does.
///
/// # Errors
///
/// Returns the [`VerifyError`](crate::VerifyError) of [`Credentials::verify`]. Values nested too
/// deeply for [`sign`] are [`WrongSignature`](crate::VerifyError::WrongSignature).
pub fn verify(
    credentials: &Credentials,
    body: &Map<String, Value>,
) -> Result<(), crate::VerifyError> {
    let mut pairs = Vec::with_capacity(body.len());
    for (key, value) in body {
        let mut text = String::new();
        if matches!(key.as_str(), SIGNATURE | PUBLIC_KEY | SECURITY_TOKEN) {
            // These are never flattened, so a value of another type counts as empty.
            text.push_str(value.as_str().unwrap_or_default());
        } else if append_value(value, &mut text, &mut String::new(), 0).is_err() {
            return Err(crate::VerifyError::WrongSignature);
        }
        pairs.push((key, text));
    }
    credentials.verify(pairs)
}

enum ValueError {
    TooDeep,
    NotFinite,
}

/// Appends the signed form of `value` to `text` and its JSON to `json`.
fn append_value(
    value: &Value,
    text: &mut String,
    json: &mut String,
    depth: usize,
) -> Result<(), ValueError> {
    if depth > MAX_DEPTH {
        return Err(ValueError::TooDeep);
    }

    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(value) => {
            let literal = if *value { "true" } else { "false" };
            text.push_str(literal);
            json.push_str(literal);
        }
        Value::Number(number) => {
            let decimal = format_number(number).ok_or(ValueError::NotFinite)?;
            text.push_str(&decimal);
            json.push_str(&decimal);
        }
        Value::String(value) => {
            text.push_str(value);
            json.push_str(&quote(value));
        }

        Value::Array(items) => {
            json.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    json.push(',');
                }
                append_value(item, text, json, depth + 1)?;
            }
            json.push(']');
        }

        Value::Object(members) => {
            // `Map` is unsorted if any crate of the program enables serde_json's `preserve_order`.
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);

            json.push('{');
            for (index, (key, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    json.push(',');
                }
                text.push_str(key);
                json.push_str(&quote(key));
                json.push(':');
                append_value(member, text, json, depth + 1)?;
            }
            json.push('}');
        }
    }
    Ok(())
}

/// Formats a finite number in plain decimal: without an exponent, and without a zero fraction.
fn format_number(number: &Number) -> Option<String> {
    if !number.is_f64() {
        return Some(number.to_string());
    }
    // Adding zero turns -0.0 into 0.0: most official SDKs write it as `0`.
    let value = number.as_f64().filter(|value| value.is_finite())? + 0.0;
    Some(value.to_string())
}

/// Returns `text` as a JSON string.
fn quote(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use serde_json::json;

    use super::*;

    fn signed(value: Value) -> Result<SignedJson, ParamsError> {
        let Value::Object(map) = value else {
            panic!("not an object")
        };
        sign(&Credentials::new("P", "key").unwrap(), &map)
    }

    fn string_to_sign(value: Value) -> String {
        signed(value)
            .unwrap()
            .string_to_sign()
            .replace("PublicKeyP", "")
    }

    #[test]
    fn joins_nested_values_like_the_go_sdk() {
        assert_eq!(
            string_to_sign(json!({"P": {"B": 1, "A": ["x", "y"]}})),
            "PAxyB1"
        );
        assert_eq!(
            string_to_sign(json!({"P": [{"Size": 1, "IsBoot": true}]})),
            "PIsBoottrueSize1"
        );
        assert_eq!(string_to_sign(json!({"P": [["a", "b"], ["c"]]})), "Pabc");
        assert_eq!(string_to_sign(json!({"P": []})), "P");
        assert_eq!(string_to_sign(json!({"P": {}})), "P");
        assert_eq!(string_to_sign(json!({"P": null})), "P");
        assert_eq!(string_to_sign(json!({"P": ""})), "P");
    }

    #[test]
    fn writes_numbers_to_the_body_as_signed() {
        for (number, text) in [
            (json!(42.0), "42"),
            (json!(1e-7), "0.0000001"),
            (json!(1e21), "1000000000000000000000"),
            (json!(u64::MAX), "18446744073709551615"),
            (json!(-0.0), "0"),
            (json!(-1.5), "-1.5"),
            (json!(12.5), "12.5"),
            (json!(0.1), "0.1"),
            (json!(0.1 + 0.2), "0.30000000000000004"),
            (json!(f64::from(42.1_f32)), "42.099998474121094"),
        ] {
            let signed = signed(json!({"P": number})).unwrap();
            assert!(
                signed
                    .string_to_sign()
                    .starts_with(&alloc::format!("P{text}P")),
                "{}",
                signed.string_to_sign()
            );
            assert!(
                signed.body().contains(&alloc::format!(r#""P":{text},"#)),
                "{}",
                signed.body()
            );
        }
    }

    #[test]
    fn verify_accepts_the_signed_body_and_rejects_changes() {
        let credentials = Credentials::new("pub", "key")
            .unwrap()
            .with_security_token("tok\"en")
            .unwrap();
        let Value::Object(map) =
            json!({"Action": "A\n", "L": [1, null, "é", {"k": [true]}], "O": {"b": 1.5}})
        else {
            panic!("not an object")
        };
        let signed = sign(&credentials, &map).unwrap();
        let Ok(Value::Object(mut body)) = serde_json::from_str(signed.body()) else {
            panic!("{}", signed.body())
        };
        assert_eq!(verify(&credentials, &body), Ok(()));
        assert_eq!(alloc::format!("{signed:?}"), "SignedJson { .. }");
        for key in ["Signature", "PublicKey", "SecurityToken"] {
            assert!(body.contains_key(key));
        }

        body.insert("L".into(), json!([1, null, "é", {"k": [false]}]));
        assert_eq!(
            verify(&credentials, &body),
            Err(crate::VerifyError::WrongSignature)
        );
        body.insert("PublicKey".into(), json!(["pub"]));
        assert_eq!(
            verify(&credentials, &body),
            Err(crate::VerifyError::UnknownPublicKey)
        );

        // Different lists can share a signature; see the crate's documentation.
        body.insert("PublicKey".into(), json!("pub"));
        body.insert("L".into(), json!(["1é", "ktrue"]));
        assert_eq!(verify(&credentials, &body), Ok(()));
    }

    /// Without `float_roundtrip`, serde_json parses this number one digit off.
    #[test]
    fn verify_parses_floats_exactly() {
        let credentials = Credentials::new("P", "key").unwrap();
        let body = signed(json!({"P": 1.945_044_839_116_445_5e-255}))
            .unwrap()
            .body()
            .to_string();
        let Ok(Value::Object(body)) = serde_json::from_str(&body) else {
            panic!("{body}")
        };
        assert_eq!(verify(&credentials, &body), Ok(()));
    }

    #[test]
    fn sign_rejects_reserved_keys_and_deep_nesting() {
        assert_eq!(
            signed(json!({"Signature": 1})).unwrap_err(),
            ParamsError::Reserved("Signature".into())
        );

        for wrap in [
            |value| Value::Array(vec![value]),
            |value| json!({"k": value}),
        ] {
            let nested =
                |depth: usize| json!({"P": (0..depth).fold(json!(1), |value, _| wrap(value))});
            assert!(signed(nested(MAX_DEPTH)).is_ok());
            for depth in [MAX_DEPTH + 1, MAX_DEPTH + 2, 1000] {
                assert_eq!(
                    signed(nested(depth)).unwrap_err(),
                    ParamsError::TooDeep("P".into())
                );
            }
        }
    }
}
