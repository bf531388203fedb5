//! Encoding and decoding of `application/x-www-form-urlencoded` bodies.
//!
//! [`decode`] inverts [`encode`] for all keys and values. The encoding follows UCloud's Go SDK:
//! letters, digits and `-_.~` are unescaped, a space is `+`, and every other byte of the UTF-8 text
//! is `%XX`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Encodes `pairs` as a form body.
///
/// ```
/// use compshare_sign::form;
///
/// let body = form::encode([("Name", "a b&c"), ("Tag.0", "图像")]);
/// assert_eq!(body, "Name=a+b%26c&Tag.0=%E5%9B%BE%E5%83%8F");
/// ```
pub fn encode<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> String {
    let mut body = String::new();
    for (key, value) in pairs {
        append_pair(key.as_ref(), value.as_ref(), &mut body);
    }
    body
}

/// Appends `key=value` to `body`, after a `&` unless `body` is empty.
pub(crate) fn append_pair(key: &str, value: &str, body: &mut String) {
    if !body.is_empty() {
        body.push('&');
    }
    append_escaped(key, body);
    body.push('=');
    append_escaped(value, body);
}

/// Appends `text` to `body`, escaped as a key or value of a form.
pub(crate) fn append_escaped(text: &str, body: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                body.push(char::from(byte));
            }
            b' ' => body.push('+'),
            _ => body.extend(['%', hex_digit(byte >> 4), hex_digit(byte & 15)]),
        }
    }
}

/// Returns the uppercase hex digit of a number below 16.
fn hex_digit(number: u8) -> char {
    char::from(match number {
        0..=9 => b'0' + number,
        _ => b'A' + number - 10,
    })
}

/// Decodes a form body into its pairs, in their order and including repeated keys.
///
/// Accepts the output of other encoders too: unescaped bytes, lowercase hex, empty parts
/// (`a=1&&b=2`), and a key without `=`, whose value is empty. Runs in linear time.
///
/// ```
/// use compshare_sign::form;
///
/// let pairs = form::decode(b"Name=a+b%26c&Tag.0=%e5%9b%be")?;
/// assert_eq!(pairs, [("Name".into(), "a b&c".into()), ("Tag.0".into(), "图".into())]);
/// # Ok::<(), compshare_sign::form::DecodeError>(())
/// ```
///
/// # Errors
///
/// Returns [`DecodeError`] if a `%` is not followed by two hex digits, or if a decoded key or value
/// is not UTF-8. A lenient decoder could read other values from a signed body than the service
/// does.
pub fn decode(body: &[u8]) -> Result<Vec<(String, String)>, DecodeError> {
    let mut pairs = Vec::new();
    let mut offset = 0;

    for part in body.split(|&byte| byte == b'&') {
        if !part.is_empty() {
            let equals = part.iter().position(|&byte| byte == b'=');
            let (key, value) = part.split_at(equals.unwrap_or(part.len()));
            let value = value.get(1..).unwrap_or_default();
            pairs.push((
                unescape(key, offset)?,
                unescape(value, offset + key.len() + 1)?,
            ));
        }
        offset += part.len() + 1;
    }
    Ok(pairs)
}

/// Decodes a key or value at `offset` of the body.
fn unescape(text: &[u8], offset: usize) -> Result<String, DecodeError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;

    while let Some((&first, after)) = rest.split_first() {
        let escape_offset = offset + text.len() - rest.len();
        rest = after;
        let byte = match first {
            b'+' => b' ',
            b'%' => {
                let (byte, after) = split_hex_byte(rest).ok_or(DecodeError {
                    offset: escape_offset,
                    reason: Reason::InvalidEscape,
                })?;
                rest = after;
                byte
            }
            other => other,
        };
        bytes.push(byte);
    }

    String::from_utf8(bytes).map_err(|_| DecodeError {
        offset,
        reason: Reason::NotUtf8,
    })
}

/// Splits the byte of two hex digits off the start of `text`.
fn split_hex_byte(text: &[u8]) -> Option<(u8, &[u8])> {
    let (digits, rest) = text.split_at_checked(2)?;
    let mut byte = [0];
    hex::decode_to_slice(digits, &mut byte).ok()?;
    Some((byte[0], rest))
}

/// An invalid form body. Contains the offset of the error, but no part of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    offset: usize,
    reason: Reason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    InvalidEscape,
    NotUtf8,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid form body at byte {}: ", self.offset)?;
        f.write_str(match self.reason {
            Reason::InvalidEscape => "expected two hex digits after '%'",
            Reason::NotUtf8 => "a key or value is not UTF-8",
        })
    }
}

impl core::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec;

    use super::*;

    fn pairs(body: &str) -> Vec<(String, String)> {
        decode(body.as_bytes()).unwrap()
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_string(), value.to_string())
    }

    #[test]
    fn encode_escapes_reserved_and_non_ascii_characters() {
        assert_eq!(encode([("k", "AZaz09-_.~")]), "k=AZaz09-_.~");
        assert_eq!(encode([("k", "+ %&=")]), "k=%2B+%25%26%3D");
        assert_eq!(
            encode([("a=b", "\u{0}\n\u{7f}é🦀")]),
            "a%3Db=%00%0A%7F%C3%A9%F0%9F%A6%80"
        );
        assert_eq!(encode([("a", ""), ("b", "")]), "a=&b=");
        assert_eq!(encode::<&str, &str>([]), "");
    }

    #[test]
    fn decode_accepts_output_of_other_encoders() {
        assert_eq!(pairs("a=1&&b=2&"), vec![pair("a", "1"), pair("b", "2")]);
        assert_eq!(pairs("a&b="), vec![pair("a", ""), pair("b", "")]);
        assert_eq!(pairs("a=b=c&=v"), vec![pair("a", "b=c"), pair("", "v")]);
        assert_eq!(pairs("a=%c3%A9*图"), vec![pair("a", "é*图")]);
        assert_eq!(pairs(""), vec![]);
    }

    #[test]
    fn decode_rejects_invalid_bodies_with_offset() {
        for (body, offset) in [
            ("a=%", 2),
            ("a=1&b=%2", 6),
            ("a=%zz", 2),
            ("a=1&%ff=2", 4),
            ("k=x&%+1", 4),
        ] {
            assert_eq!(
                decode(body.as_bytes()).unwrap_err().offset,
                offset,
                "{body}"
            );
        }

        assert_eq!(
            decode(b"secret=%f").unwrap_err().to_string(),
            "invalid form body at byte 7: expected two hex digits after '%'"
        );
        assert_eq!(
            decode(b"secret=%ff").unwrap_err().to_string(),
            "invalid form body at byte 7: a key or value is not UTF-8"
        );
    }
}
