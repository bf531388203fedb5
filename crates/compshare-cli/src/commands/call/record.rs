//! `--record`: a call without its values, to report a field that the library does not know.

use std::mem;

use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::failure::Failure;
use crate::output::Format;
use crate::output::document::without_envelope;

/// Returns the output format, which must be JSON.
pub(super) fn format(context: &Context) -> Result<Format, Failure> {
    match context.format {
        None => Ok(Format::Json),
        Some(_) => context.format_except(&[Format::Table, Format::Wide, Format::Csv, Format::Ids]),
    }
}

/// Writes the names and the kinds of the parameters and of the response.
pub(super) fn write(
    context: &Context,
    params: Value,
    response: Value,
    meta: Map<String, Value>,
) -> Result<(), Failure> {
    let data = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "parameters": kind(params),
        "response": kind(without_envelope(response).into()),
    });

    let mut out = context.output();
    out.document(format(context)?, &data, meta)?;
    Ok(out.flush()?)
}

/// Replaces each value by its kind, and the items of a list by one that combines them.
fn kind(value: Value) -> Value {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "decimal",
        Value::String(text) => text_kind(&text),
        Value::Array(items) => {
            let combined = items.into_iter().map(kind).reduce(combine);
            return Value::Array(combined.into_iter().collect());
        }
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, value)| (name, kind(value)));
            return Value::Object(members.collect());
        }
    };
    kind.into()
}

fn text_kind(text: &str) -> &'static str {
    if text.is_empty() {
        "empty text"
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        "text of digits"
    } else if text.parse::<f64>().is_ok_and(f64::is_finite) {
        "text of a number"
    } else if ["true", "false"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
    {
        "text of a boolean"
    } else {
        "text"
    }
}

/// Combines the kinds of two items of a list: all members, and each kind once.
fn combine(mut one: Value, other: Value) -> Value {
    match (&mut one, other) {
        (Value::Object(one), Value::Object(other)) => {
            for (name, kind) in other {
                let known = one.entry(name).or_insert(Value::Null);
                *known = match mem::take(known) {
                    Value::Null => kind,
                    known => combine(known, kind),
                };
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            *one = mem::take(one)
                .into_iter()
                .chain(other)
                .reduce(combine)
                .into_iter()
                .collect();
        }
        (one, other) => {
            let (known, kind) = (label(one), label(&other));
            if !known.split(" or ").any(|known| known == kind) {
                *one = format!("{known} or {kind}").into();
            }
        }
    }
    one
}

/// Returns a kind as text.
fn label(kind: &Value) -> String {
    kind.as_str()
        .map_or_else(|| kind.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_no_values() {
        let response = json!({
            "Id": "uhost-hush", "Size": 40, "Price": 1.5, "Text": "40", "Rate": "1.5",
            "Free": "False", "Open": true, "Tags": [], "Remark": "", "Image": null,
        });
        assert_eq!(
            kind(response),
            json!({
                "Id": "text", "Size": "integer", "Price": "decimal", "Text": "text of digits",
                "Rate": "text of a number", "Free": "text of a boolean", "Open": "boolean",
                "Tags": [], "Remark": "empty text", "Image": "null",
            })
        );
    }

    #[test]
    fn items_are_combined() {
        let list = json!([
            {"Size": 1, "Tags": ["a"], "Disk": {"Id": "x"}},
            {"Size": "1", "Tags": [2], "New": null},
            {"Size": 2, "Tags": [], "Disk": "none"},
        ]);
        assert_eq!(
            kind(list),
            json!([{
                "Size": "integer or text of digits",
                "Tags": ["text or integer"],
                "Disk": "{\"Id\":\"text\"} or text",
                "New": "null",
            }])
        );
    }
}
