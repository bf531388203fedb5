//! `application/x-www-form-urlencoded`, both ways.
//!
//! [`encode`] and [`decode`] are inverse to each other for any keys and values. The encoding is that of UCloud's Go
//! SDK: letters, digits and `-_.~` stay, a space becomes `+`, every other byte of the UTF-8 text becomes `%XX`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Encodes `pairs` as one form body.
///
/// ```
/// use compshare_sign::form;
///
/// assert_eq!(form::encode([("Name", "a b&c"), ("Tag.0", "图像")]), "Name=a+b%26c&Tag.0=%E5%9B%BE%E5%83%8F");
/// ```
pub fn encode<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> String {
    let mut body = String::new();
    for (key, value) in pairs {
        push(key.as_ref(), value.as_ref(), &mut body);
    }
    body
}

/// Appends a pair to `body`.
pub(crate) fn push(key: &str, value: &str, body: &mut String) {
    if !body.is_empty() {
        body.push('&');
    }
    escape(key, body);
    body.push('=');
    escape(value, body);
}

/// Appends `text` to `body`, escaped as a key or value of a form.
pub(crate) fn escape(text: &str, body: &mut String) {
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

/// Returns the upper-case hex digit of a number below 16.
fn hex_digit(number: u8) -> char {
    char::from(match number {
        0..=9 => b'0' + number,
        _ => b'A' + number - 10,
    })
}

/// Reads a form body into its pairs, in the order in which they stand there, repeated keys and all.
///
/// Takes what other encoders write as well: unescaped bytes, lower-case hex, empty parts (`a=1&&b=2`) and a key
/// without `=`, which has an empty value. Runs in linear time, whatever the body.
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
/// [`DecodeError`] if a `%` is not followed by two hex digits, or the decoded bytes are not UTF-8. A guess here would
/// let two readers of one signed body see different values.
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

fn unescape(text: &[u8], offset: usize) -> Result<String, DecodeError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        bytes.push(match first {
            b'+' => b' ',
            b'%' => {
                let digits = rest.split_at_checked(2);
                let at = offset + text.len() - rest.len() - 1;
                let (byte, after) = digits
                    .and_then(|(two, after)| Some((hex_byte(two)?, after)))
                    .ok_or(DecodeError {
                        at,
                        fault: Fault::Escape,
                    })?;
                rest = after;
                byte
            }
            other => other,
        });
    }
    String::from_utf8(bytes).map_err(|_| DecodeError {
        at: offset,
        fault: Fault::Utf8,
    })
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let mut byte = [0];
    hex::decode_to_slice(digits, &mut byte).ok()?;
    Some(byte[0])
}

/// The body is no form. Says where, and nothing of what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    at: usize,
    fault: Fault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Escape,
    Utf8,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            Fault::Escape => "a % is not followed by two hex digits",
            Fault::Utf8 => "a key or value is not UTF-8",
        };
        write!(f, "not a form body: {what}, at byte {}", self.at)
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
    fn reserved_and_foreign_characters_are_escaped() {
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
    fn what_other_encoders_write_is_read() {
        assert_eq!(pairs("a=1&&b=2&"), vec![pair("a", "1"), pair("b", "2")]);
        assert_eq!(pairs("a&b="), vec![pair("a", ""), pair("b", "")]);
        assert_eq!(pairs("a=b=c&=v"), vec![pair("a", "b=c"), pair("", "v")]);
        assert_eq!(pairs("a=%c3%A9*图"), vec![pair("a", "é*图")]);
        assert_eq!(pairs(""), vec![]);
    }

    #[test]
    fn what_is_no_form_is_refused_with_its_place() {
        for (body, at) in [
            ("a=%", 2),
            ("a=1&b=%2", 6),
            ("a=%zz", 2),
            ("a=1&%ff=2", 4),
            ("k=x&%+1", 4),
        ] {
            assert_eq!(decode(body.as_bytes()).unwrap_err().at, at, "{body}");
        }
        assert_eq!(
            decode(b"secret=%ff").unwrap_err().to_string(),
            "not a form body: a key or value is not UTF-8, at byte 7"
        );
    }
}
