//! JSON without control and bidirectional characters.

use std::borrow::Cow;
use std::fmt::Write as _;

use compshare_client::sanitize;
use serde::Serialize;
use serde_json::Value;

/// Returns one line of JSON.
pub(crate) fn to_text(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(value).map(escaped)
}

/// Returns indented JSON.
pub(crate) fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string_pretty(value).map(escaped)
}

/// Returns the text of a cell: strings unquoted, other values as JSON, `None` for `null`.
pub(crate) fn cell(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => to_text(other).ok().map(Cow::Owned),
    }
}

/// Escapes control, bidirectional and invisible characters as `\u`. They occur in strings only,
/// where serde_json escapes C0 itself.
fn escaped(json: String) -> String {
    if matches!(sanitize(&json), Cow::Borrowed(_)) {
        return json;
    }

    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        if character == '\n' || is_printable(character) {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a `String` is infallible.
            let _ = write!(escaped, "\\u{unit:04x}");
        }
    }
    escaped
}

fn is_printable(character: char) -> bool {
    character.is_ascii_graphic()
        || matches!(
            sanitize(character.encode_utf8(&mut [0; 4])),
            Cow::Borrowed(_)
        )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn escapes_unsafe_characters_and_keeps_values() {
        let value = json!({"名\u{202e}": "a\u{1b}[2J\u{9b}\u{7f}\u{e0041}\u{2028}\n镜像 🦀 é", "n": [1, null]});
        let text = to_text(&value).unwrap();
        assert_eq!(
            text,
            r#"{"名\u202e":"a\u001b[2J\u009b\u007f\udb40\udc41\u2028\n镜像 🦀 é","n":[1,null]}"#
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn keeps_digits_and_member_order() {
        let text = r#"{"z":123456789012345678901234567890,"a":1.10,"m":1e400}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(to_text(&value).unwrap(), text.replace("1e400", "1e+400"));
    }

    #[test]
    fn pretty_output_is_the_same_value() {
        assert_eq!(
            pretty(&json!({"a": ["\u{85}"]})).unwrap(),
            "{\n  \"a\": [\n    \"\\u0085\"\n  ]\n}"
        );
    }
}
