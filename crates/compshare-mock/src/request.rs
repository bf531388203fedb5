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
                return Err(Refusal::new(230, "Params [body] not available: not a JSON object"));
            };
            let values = members.iter().filter_map(|(key, value)| Some((key.clone(), scalar(value)?))).collect();
            Ok(Self { signed: Signed::Json(members), values })
        } else {
            let pairs = form::decode(body)
                .map_err(|error| Refusal::new(230, format!("Params [body] not available: {error}")))?;
            Ok(Self { values: pairs.iter().cloned().collect(), signed: Signed::Form(pairs) })
        }
    }

    pub(crate) fn verify(&self, credentials: &Credentials) -> Result<(), Refusal> {
        let verdict = match &self.signed {
            Signed::Form(pairs) => credentials.verify(pairs.iter().map(|(key, value)| (key, value))),
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

    /// A parameter as text. Lists and objects of a JSON body are not seen here: no action so far has any.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// A text that must be there.
    pub(crate) fn required(&self, key: &str) -> Result<&str, Refusal> {
        let value = self.get(key).filter(|value| !value.is_empty());
        value.ok_or_else(|| Refusal::new(210, format!("Missing params [{key}]")))
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

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
