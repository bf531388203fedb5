//! Secrets in requests and responses: recognized by their names, and masked in output.

use compshare_client::model::Password;
use compshare_client::sign::{SIGNATURE, redact};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::context::Context;

/// The replacement for secrets in output.
pub(crate) const MASK: &str = "****";

/// The shortest secret that is also searched for in other texts, in bytes.
const MIN_SEARCHED: usize = 6;
/// Members that are not keys of an account despite their names.
const LABELS: [&str; 2] = ["Key", "MetricKey"];
/// Members that are never searched: commands need them as they are.
const LOCATORS: [&str; 4] = ["UHostId", "Region", "Zone", "State"];

/// Returns `true` for the name of a key, signature, password or token.
pub(crate) fn is_secret(key: &str) -> bool {
    let last = key
        .rsplit('.')
        .find(|part| part.bytes().any(|byte| !byte.is_ascii_digit()))
        .unwrap_or(key);
    let last = last.to_ascii_lowercase();
    key == SIGNATURE
        || ["key", "password", "passwd", "pwd", "secret", "token"]
            .iter()
            .any(|word| last.ends_with(word))
}

/// Masks the secrets of a response unless `--show-sensitive` is set.
pub(crate) fn masked(context: &Context, mut value: Value) -> Value {
    if !context.global_args.shows_sensitive {
        mask(&mut value);
    }
    value
}

/// Masks the secrets of a record like [`masked`].
pub(crate) fn masked_record<T: Serialize + DeserializeOwned>(
    context: &Context,
    record: T,
) -> serde_json::Result<T> {
    if context.global_args.shows_sensitive {
        return Ok(record);
    }
    let mut value = serde_json::to_value(record)?;
    mask(&mut value);
    serde_json::from_value(value)
}

/// Masks the values of secret members, the paths of their addresses, and copies of the secrets in
/// other texts.
pub(crate) fn mask(value: &mut Value) {
    let mut secrets = Vec::new();
    mask_members(value, &mut secrets);
    // A secret within another one must not leave its rest behind.
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    mask_copies(value, &secrets);
}

fn mask_members(value: &mut Value, secrets: &mut Vec<String>) {
    match value {
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| mask_members(value, secrets)),
        Value::Object(members) => {
            for (name, value) in members {
                if is_secret(name) && !LABELS.contains(&name.as_str()) {
                    mask_all(value, secrets);
                } else if let (true, Value::String(url)) =
                    (name.eq_ignore_ascii_case("url"), &*value)
                {
                    *value = mask_path(url).into();
                } else {
                    mask_members(value, secrets);
                }
            }
        }
        _ => {}
    }
}

/// Masks every text and number of a secret member.
fn mask_all(value: &mut Value, secrets: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| mask_all(value, secrets)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|value| mask_all(value, secrets)),
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => {
            let plain = Password::from_wire(text.as_str()).expose().to_owned();
            secrets.extend([std::mem::take(text), plain]);
            MASK.clone_into(text);
        }
        Value::Number(number) => {
            secrets.push(number.to_string());
            *value = MASK.into();
        }
        Value::Null | Value::Bool(_) => {}
    }
}

/// Keeps scheme and host of an address: a path or a query may contain a token.
fn mask_path(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);

    let separator = if scheme.is_empty() { "" } else { "://" };
    let tail = if tail.len() > 1 { "/****" } else { tail };
    [scheme, separator, host, tail].concat()
}

fn mask_copies(value: &mut Value, secrets: &[String]) {
    match value {
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| mask_copies(value, secrets)),
        Value::Object(members) => members
            .iter_mut()
            .filter(|(name, _)| !LOCATORS.contains(&name.as_str()))
            .for_each(|(_, value)| mask_copies(value, secrets)),
        Value::String(text) => {
            for secret in secrets.iter().filter(|secret| secret.len() >= MIN_SEARCHED) {
                if text.contains(secret.as_str()) {
                    *text = redact(text, secret).into_owned();
                }
            }
            *text = mask_query(text);
        }
        _ => {}
    }
}

/// Masks the values of secret parameters in the query of any address, such as `?token=…`.
fn mask_query(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for part in text.split_inclusive(['?', '&', '#', ' ', '"']) {
        match part.split_once('=') {
            Some((name, value)) if is_secret(name) && value.len() > 1 => {
                let end = value.chars().last().filter(|last| "?&#\" ".contains(*last));
                masked.extend([name, "=", MASK]);
                masked.extend(end);
            }
            _ => masked.push_str(part),
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn recognizes_secret_parameters_by_name() {
        for key in [
            "Signature",
            "PublicKey",
            "SecurityToken",
            "Password",
            "LoginPassword",
            "Auth.SecretKey",
            "Token.0",
        ] {
            assert!(is_secret(key), "{key}");
        }
        for key in ["Action", "Region", "Keyword", "Tag.0", "PasswordHint"] {
            assert!(!is_secret(key), "{key}");
        }
    }

    #[test]
    fn masks_secrets_by_name_and_by_value() {
        let mut answer = json!({
            "RetCode": 0,
            "UHostSet": [{
                "UHostId": "uhost-1",
                "Name": "trainer",
                "Password": "aHVudGVyLTI=",
                "FileBrowserPassword": 12_345_678,
                "Remark": "log in with hunter-2 or aHVudGVyLTI=, PIN 12345678",
                "SshLoginCommand": "ssh -p 23 root@10.0.0.1",
                "Softwares": [
                    {"Name": "JupyterLab", "URL": "http://me:hush@host:8888/lab/hush?token=hush"},
                    {"Name": "Web", "URL": "http://host/"},
                ],
                "Link": "see http://host/?a=1&token=hush&b=2",
                "Login": {"Token": ["hush", {"x": "hush"}], "Port": 22},
            }],
            "Password": null,
            "Metrics": [{"MetricKey": "uhost_cpu_used"}],
        });
        mask(&mut answer);
        let expected = json!({
            "RetCode": 0,
            "UHostSet": [{
                "UHostId": "uhost-1",
                "Name": "trainer",
                "Password": "****",
                "FileBrowserPassword": "****",
                "Remark": "log in with [redacted] or [redacted], PIN [redacted]",
                "SshLoginCommand": "ssh -p 23 root@10.0.0.1",
                "Softwares": [
                    {"Name": "JupyterLab", "URL": "http://host:8888/****"},
                    {"Name": "Web", "URL": "http://host/"},
                ],
                "Link": "see http://host/?a=1&token=****&b=2",
                "Login": {"Token": ["****", {"x": "****"}], "Port": 22},
            }],
            "Password": null,
            "Metrics": [{"MetricKey": "uhost_cpu_used"}],
        });
        assert_eq!(answer, expected);
    }
}
