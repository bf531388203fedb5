//! Parsing and verification of requests.

use std::collections::BTreeMap;

use compshare_sign::{Credentials, VerifyError, form, json};
use serde_json::{Map, Value};

use crate::response::ApiError;

/// A parsed request whose signature has not been verified.
pub(crate) struct Request {
    signed: Signed,
    values: BTreeMap<String, String>,
}

/// The parameters in their signed form.
enum Signed {
    Form(Vec<(String, String)>),
    Json(Map<String, Value>),
}

impl Request {
    /// Parses a body or a query string, as a form unless `content_type` is JSON.
    pub(crate) fn read(content_type: &str, body: &[u8]) -> Result<Self, ApiError> {
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if media_type.eq_ignore_ascii_case("application/json") {
            let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
                return Err(ApiError::new(
                    230,
                    "Params [body] not available: not a JSON object",
                ));
            };

            let mut values = BTreeMap::new();
            for (key, value) in &members {
                flatten(&mut values, key.clone(), value);
            }
            Ok(Self {
                signed: Signed::Json(members),
                values,
            })
        } else {
            let pairs = form::decode(body).map_err(|error| {
                ApiError::new(230, format!("Params [body] not available: {error}"))
            })?;
            Ok(Self {
                values: pairs.iter().cloned().collect(),
                signed: Signed::Form(pairs),
            })
        }
    }

    pub(crate) fn verify(&self, credentials: &Credentials) -> Result<(), ApiError> {
        let verdict = match &self.signed {
            Signed::Form(pairs) => {
                credentials.verify(pairs.iter().map(|(key, value)| (key, value)))
            }
            Signed::Json(members) => json::verify(credentials, members),
        };

        verdict.map_err(|error| {
            let message = match error {
                VerifyError::MissingSignature => "Missing Signature",
                VerifyError::UnknownPublicKey => "User does not exist",
                _ => "Signature VerifyAC Error",
            };
            ApiError::new(error.ret_code(), message)
        })
    }

    /// Returns `Action`, or an empty string if it is missing.
    pub(crate) fn action(&self) -> &str {
        self.get("Action").unwrap_or_default()
    }

    /// Returns a parameter as text. Values nested in a JSON body have the name that a form uses,
    /// such as `Tag.0`.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// Returns a parameter unless it is missing or empty.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).filter(|value| !value.is_empty())
    }

    /// Returns a parameter, or an error if it is missing or empty.
    pub(crate) fn required(&self, key: &str) -> Result<&str, ApiError> {
        self.text(key).ok_or_else(|| missing(key))
    }

    /// Returns a list: `Key`, then `Key.0`, `Key.1` and so on in numeric order. Any first number is
    /// accepted.
    pub(crate) fn list(&self, key: &str) -> Vec<&str> {
        let numbered = self.values.iter().filter_map(|(name, value)| {
            let number: u64 = name.strip_prefix(key)?.strip_prefix('.')?.parse().ok()?;
            Some((number, value.as_str()))
        });

        let mut numbered: Vec<(u64, &str)> =
            numbered.filter(|(_, value)| !value.is_empty()).collect();
        numbered.sort_unstable_by_key(|(number, _)| *number);
        self.text(key)
            .into_iter()
            .chain(numbered.into_iter().map(|(_, value)| value))
            .collect()
    }

    /// Parses a boolean parameter.
    pub(crate) fn flag(&self, key: &str) -> Result<Option<bool>, ApiError> {
        match self.text(key) {
            None => Ok(None),
            Some("true" | "True" | "1") => Ok(Some(true)),
            Some("false" | "False" | "0") => Ok(Some(false)),
            Some(_) => Err(out_of_range(key)),
        }
    }

    /// Returns the names of all parameters in byte order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Returns the name of the first list in a JSON body.
    pub(crate) fn json_list(&self) -> Option<&str> {
        let Signed::Json(members) = &self.signed else {
            return None;
        };
        members
            .iter()
            .find(|(_, value)| value.is_array())
            .map(|(key, _)| key.as_str())
    }

    /// Parses a non-negative integer; returns `default` if it is missing.
    pub(crate) fn number(&self, key: &str, default: u64) -> Result<u64, ApiError> {
        match self.get(key) {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_| out_of_range(key)),
        }
    }
}

pub(crate) fn out_of_range(key: &str) -> ApiError {
    ApiError::new(220, format!("Params [{key}] out of range"))
}

pub(crate) fn missing(key: &str) -> ApiError {
    ApiError::new(210, format!("Missing params [{key}]"))
}

pub(crate) fn not_available(key: &str) -> ApiError {
    ApiError::new(230, format!("Params [{key}] not available"))
}

pub(crate) fn not_found(id: &str) -> ApiError {
    ApiError::new(8039, format!("Resource not exist [{id}]"))
}

/// Flattens a value of a JSON body into `values`, under the names that a form uses.
fn flatten(values: &mut BTreeMap<String, String>, key: String, value: &Value) {
    match value {
        Value::Null => {}
        Value::String(text) => {
            values.insert(key, text.clone());
        }
        Value::Bool(_) | Value::Number(_) => {
            values.insert(key, value.to_string());
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                flatten(values, format!("{key}.{at}"), item);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                flatten(values, format!("{key}.{name}"), member);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Request {
        Request::read("application/x-www-form-urlencoded", body.as_bytes()).unwrap()
    }

    #[test]
    fn list_accepts_every_spelling() {
        for (body, expected) in [
            ("Tag=a", vec!["a"]),
            ("Tag.0=a&Tag.1=b", vec!["a", "b"]),
            ("Tag.1=a&Tag.2=b&Tag.10=c", vec!["a", "b", "c"]),
            ("Tags.0=a&Tag.x=b&Tag.=c&Tag.0=", vec![]),
            ("Tag=a&Tag.0=b", vec!["a", "b"]),
        ] {
            assert_eq!(read(body).list("Tag"), expected, "{body}");
        }
        let json = Request::read(
            "application/json",
            br#"{"Tag": ["a", 7, null], "S": {"Field": "x", "ASC": true}}"#,
        );
        let json = json.unwrap_or_else(|_| unreachable!());
        assert_eq!(json.list("Tag"), ["a", "7"]);
        assert_eq!(
            (json.get("S.Field"), json.get("S.ASC")),
            (Some("x"), Some("true"))
        );
        assert_eq!(json.json_list(), Some("Tag"));
    }

    #[test]
    fn flag_accepts_every_spelling() {
        for (text, flag) in [
            ("true", true),
            ("True", true),
            ("1", true),
            ("false", false),
            ("False", false),
            ("0", false),
        ] {
            assert_eq!(read(&format!("F={text}")).flag("F").unwrap(), Some(flag));
        }
        assert_eq!(read("F=").flag("F").unwrap(), None);
        assert_eq!(read("F=yes").flag("F").unwrap_err().code, 220);
    }
}
