//! Signing of `application/json` bodies, for the few actions that want native arrays.
//!
//! A native array is signed as its items one after the other, an object as its sorted keys and values, numbers and
//! booleans as their text, `null` as nothing (UCloud's Go SDK). What is written into the body is the very text that
//! was signed, so that the two cannot differ.
//!
//! ```
//! use compshare_sign::{Credentials, json};
//! use serde_json::{Value, json};
//!
//! let credentials = Credentials::new("my_public_key", "my_private_key")?;
//! let Value::Object(params) = json!({"Action": "GetCompShareInstanceMonitor", "UHostIds": ["uhost-1", "uhost-2"]})
//!     else { unreachable!() };
//! let signed = json::sign(&credentials, &params)?;
//! assert_eq!(
//!     signed.canonical(),
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

use crate::{Credentials, PUBLIC_KEY, Params, ParamsError, SECURITY_TOKEN, SIGNATURE, Signature};

/// The greatest depth of nested values, as in `serde_json`'s parser.
const MAX_DEPTH: usize = 128;

/// Signs `params` for an `application/json` body; adds `PublicKey` and `SecurityToken` as [`Credentials::sign`] does.
///
/// # Errors
///
/// [`ParamsError`] if a top-level key is empty or reserved for the signature, or a value is nested more than 128 deep.
pub fn sign(
    credentials: &Credentials,
    params: &Map<String, Value>,
) -> Result<SignedJson, ParamsError> {
    // Each top-level parameter, as it is signed and as it is sent.
    let mut texts = Params::new();
    let mut members = BTreeMap::new();
    for (key, value) in params {
        let (mut text, mut json) = (String::new(), String::new());
        write(value, &mut text, &mut json, 0).map_err(|fault| match fault {
            Fault::TooDeep => ParamsError::TooDeep(key.clone()),
            Fault::NotFinite => ParamsError::Unwritable(key.clone()),
        })?;
        texts.insert(key, &text)?;
        members.insert(key.as_str(), json);
    }

    let signed = credentials.sign(texts);
    for (key, value) in signed.iter() {
        members.entry(key).or_insert_with(|| quoted(value));
    }

    let members: Vec<String> = members
        .iter()
        .map(|(key, json)| format!("{}:{json}", quoted(key)))
        .collect();
    Ok(SignedJson {
        body: format!("{{{}}}", members.join(",")),
        canonical: signed.canonical(),
        signature: *signed.signature(),
    })
}

/// A signed JSON body. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct SignedJson {
    body: String,
    canonical: String,
    signature: Signature,
}

impl SignedJson {
    /// The body for `Content-Type: application/json`.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// The text that was hashed, without the private key at its end.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// The signature by itself.
    pub fn signature(&self) -> &Signature {
        &self.signature
    }
}

impl fmt::Debug for SignedJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignedJson").finish_non_exhaustive()
    }
}

/// Checks a JSON body as the gateway does; the counterpart of [`sign`].
///
/// # Errors
///
/// [`VerifyError`](crate::VerifyError) as [`Credentials::verify`] gives it; values nested too deeply, which no
/// signature can be made for, count as wrongly signed.
pub fn verify(
    credentials: &Credentials,
    body: &Map<String, Value>,
) -> Result<(), crate::VerifyError> {
    let mut pairs = Vec::with_capacity(body.len());
    for (key, value) in body {
        let mut text = String::new();
        if matches!(key.as_str(), SIGNATURE | PUBLIC_KEY | SECURITY_TOKEN) {
            // Text, or as good as not there: nothing else is flattened into a key.
            text.push_str(value.as_str().unwrap_or_default());
        } else if write(value, &mut text, &mut String::new(), 0).is_err() {
            return Err(crate::VerifyError::WrongSignature);
        }
        pairs.push((key, text));
    }
    credentials.verify(pairs)
}

enum Fault {
    TooDeep,
    NotFinite,
}

/// Writes `value` as it is signed into `text`, and as it is sent into `json`.
fn write(value: &Value, text: &mut String, json: &mut String, depth: usize) -> Result<(), Fault> {
    if depth > MAX_DEPTH {
        return Err(Fault::TooDeep);
    }
    match value {
        Value::Null => json.push_str("null"),
        Value::Bool(value) => both(text, json, if *value { "true" } else { "false" }),
        Value::Number(number) => both(text, json, &plain(number).ok_or(Fault::NotFinite)?),
        Value::String(value) => {
            text.push_str(value);
            json.push_str(&quoted(value));
        }
        Value::Array(items) => {
            json.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    json.push(',');
                }
                write(item, text, json, depth + 1)?;
            }
            json.push(']');
        }
        Value::Object(members) => {
            // `Map` keeps the order of insertion if any crate in the program asks serde_json for that.
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| *key);
            json.push('{');
            for (at, (key, member)) in members.into_iter().enumerate() {
                if at > 0 {
                    json.push(',');
                }
                text.push_str(key);
                json.push_str(&quoted(key));
                json.push(':');
                write(member, text, json, depth + 1)?;
            }
            json.push('}');
        }
    }
    Ok(())
}

fn both(text: &mut String, json: &mut String, value: &str) {
    text.push_str(value);
    json.push_str(value);
}

/// Returns the text of a finite number: plain decimal, never an exponent, no fraction where it is zero.
fn plain(number: &Number) -> Option<String> {
    if !number.is_f64() {
        return Some(number.to_string());
    }
    // Adding zero turns -0.0, which most of the official SDKs write as `0`, into 0.0.
    let value = number.as_f64().filter(|value| value.is_finite())? + 0.0;
    Some(value.to_string())
}

fn quoted(text: &str) -> String {
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

    fn canonical(value: Value) -> String {
        signed(value).unwrap().canonical().replace("PublicKeyP", "")
    }

    /// What UCloud's Go SDK signs for nested values.
    #[test]
    fn nested_values_are_joined_as_the_go_sdk_does() {
        assert_eq!(canonical(json!({"P": {"B": 1, "A": ["x", "y"]}})), "PAxyB1");
        assert_eq!(
            canonical(json!({"P": [{"Size": 1, "IsBoot": true}]})),
            "PIsBoottrueSize1"
        );
        assert_eq!(canonical(json!({"P": [["a", "b"], ["c"]]})), "Pabc");
        assert_eq!(canonical(json!({"P": []})), "P");
        assert_eq!(canonical(json!({"P": {}})), "P");
        assert_eq!(canonical(json!({"P": null})), "P");
        assert_eq!(canonical(json!({"P": ""})), "P");
    }

    #[test]
    fn numbers_are_sent_with_the_text_that_is_signed() {
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
                signed.canonical().starts_with(&alloc::format!("P{text}P")),
                "{}",
                signed.canonical()
            );
            assert!(
                signed.body().contains(&alloc::format!(r#""P":{text},"#)),
                "{}",
                signed.body()
            );
        }
    }

    #[test]
    fn the_body_is_json_and_verifies() {
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
        body.insert("PublicKey".into(), json!("pub"));
        // Different lists can share a signature; see the crate's documentation.
        body.insert("L".into(), json!(["1é", "ktrue"]));
        assert_eq!(verify(&credentials, &body), Ok(()));
    }

    /// The shortest decimal of this number is read one digit off by serde_json without `float_roundtrip`.
    #[test]
    fn numbers_read_back_from_a_body_verify() {
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
    fn reserved_keys_and_bottomless_values_are_refused() {
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
