//! JSON that keeps every value and harms no terminal.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

/// Writes what could move the cursor, turn the direction of reading or hide as `\u` escapes: the same value, another
/// spelling.
struct Escaping<F>(F);

impl<F: Formatter> Formatter for Escaping<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Nearly every text has nothing of the kind in it.
        if matches!(compshare_client::printable(fragment), Cow::Borrowed(_)) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, character)) = rest
            .char_indices()
            .find(|(_, character)| must_be_escaped(*character))
        {
            let (before, from) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = from.split_at(character.len_utf8()).1;
        }
        writer.write_all(rest.as_bytes())
    }

    // Where the layout is decided.

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

/// The characters that [`compshare_client::printable`] escapes; serde_json escapes C0 itself.
fn must_be_escaped(character: char) -> bool {
    let mut bytes = [0; 4];
    let text = &*character.encode_utf8(&mut bytes);
    compshare_client::printable(text) != text
}

/// One line.
pub(crate) fn to_text(value: &impl Serialize) -> serde_json::Result<String> {
    write(value, CompactFormatter)
}

/// For reading.
pub(crate) fn pretty(value: &impl Serialize) -> serde_json::Result<String> {
    write(value, PrettyFormatter::new())
}

/// A value in a cell: texts as they are, lists and objects as JSON, `null` as nothing.
pub(crate) fn cell(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => to_text(other).ok().map(Cow::Owned),
    }
}

fn write(value: &impl Serialize, formatter: impl Formatter) -> serde_json::Result<String> {
    let mut bytes = Vec::with_capacity(256);
    value.serialize(&mut Serializer::with_formatter(
        &mut bytes,
        Escaping(formatter),
    ))?;
    // serde_json writes UTF-8, and so does the formatter.
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_harms_is_escaped_and_every_value_is_kept() {
        let value = json!({"名\u{202e}": "a\u{1b}[2J\u{9b}\u{7f}\u{e0041}\u{2028}\n镜像 🦀 é", "n": [1, null]});
        let text = to_text(&value).unwrap();
        assert_eq!(
            text,
            r#"{"名\u202e":"a\u001b[2J\u009b\u007f\udb40\udc41\u2028\n镜像 🦀 é","n":[1,null]}"#
        );
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }

    #[test]
    fn numbers_keep_every_digit_and_members_their_order() {
        let text = r#"{"z":123456789012345678901234567890,"a":1.10,"m":1e400}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(to_text(&value).unwrap(), text.replace("1e400", "1e+400"));
    }

    #[test]
    fn pretty_is_the_same_value_on_more_lines() {
        assert_eq!(
            pretty(&json!({"a": ["\u{85}"]})).unwrap(),
            "{\n  \"a\": [\n    \"\\u0085\"\n  ]\n}"
        );
    }
}
