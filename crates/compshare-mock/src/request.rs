//! What a caller sent, read as the gateway reads it.

use std::collections::BTreeMap;

use compshare_sign::{Credentials, VerifyError, form, json};
use serde_json::{Map, Value};

use crate::answer::Refusal;

/// A request that could be read; not yet believed.
pub(crate) struct Request {
    signed: Signed,
    values: BTreeMap<String, String>,
}

/// The parameters as they were signed.
enum Signed {
    Form(Vec<(String, String)>),
    Json(Map<String, Value>),
}

impl Request {
    /// Reads a body, or a query string: forms unless `content_type` says JSON.
    pub(crate) fn read(content_type: &str, body: &[u8]) -> Result<Self, Refusal> {
        let media_type = content_type.split(';').next().unwrap_or_default().trim();
        if media_type.eq_ignore_ascii_case("application/json") {
            let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
                return Err(Refusal::new(
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
                Refusal::new(230, format!("Params [body] not available: {error}"))
            })?;
            Ok(Self {
                values: pairs.iter().cloned().collect(),
                signed: Signed::Form(pairs),
            })
        }
    }

    pub(crate) fn verify(&self, credentials: &Credentials) -> Result<(), Refusal> {
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
            Refusal::new(error.ret_code(), message)
        })
    }

    /// `Action`; empty if there is none.
    pub(crate) fn action(&self) -> &str {
        self.get("Action").unwrap_or_default()
    }

    /// A parameter as text; one inside a list or an object of a JSON body by the name it has in a form, such as `Tag.0`.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// A text; an empty one is as good as none.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).filter(|value| !value.is_empty())
    }

    /// A text that must be there.
    pub(crate) fn required(&self, key: &str) -> Result<&str, Refusal> {
        self.text(key).ok_or_else(|| missing(key))
    }

    /// A list: `Key`, `Key.0`, `Key.1` and so on, whatever the first number is, in the order of their numbers.
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

    /// A boolean.
    pub(crate) fn flag(&self, key: &str) -> Result<Option<bool>, Refusal> {
        match self.text(key) {
            None => Ok(None),
            Some("true" | "True" | "1") => Ok(Some(true)),
            Some("false" | "False" | "0") => Ok(Some(false)),
            Some(_) => Err(out_of_range(key)),
        }
    }

    /// The names of all parameters, in byte order.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// The first member of a JSON body that is a list.
    pub(crate) fn json_list(&self) -> Option<&str> {
        let Signed::Json(members) = &self.signed else {
            return None;
        };
        members
            .iter()
            .find(|(_, value)| value.is_array())
            .map(|(key, _)| key.as_str())
    }

    /// A number of zero or more; `default` if it is not there.
    pub(crate) fn number(&self, key: &str, default: u64) -> Result<u64, Refusal> {
        match self.get(key) {
            None => Ok(default),
            Some(text) => text.parse().map_err(|_| out_of_range(key)),
        }
    }
}

pub(crate) fn out_of_range(key: &str) -> Refusal {
    Refusal::new(220, format!("Params [{key}] out of range"))
}

pub(crate) fn missing(key: &str) -> Refusal {
    Refusal::new(210, format!("Missing params [{key}]"))
}

pub(crate) fn not_available(key: &str) -> Refusal {
    Refusal::new(230, format!("Params [{key}] not available"))
}

pub(crate) fn not_found(id: &str) -> Refusal {
    Refusal::new(8039, format!("Resource not exist [{id}]"))
}

/// Puts a value of a JSON body among `values`, under the names that its parts have in a form.
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
    fn lists_are_read_from_every_spelling() {
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
    fn flags_are_read_from_every_spelling() {
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
