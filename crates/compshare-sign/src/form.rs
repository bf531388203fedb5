//! `application/x-www-form-urlencoded`, both ways.
//!
//! [`encode`] and [`decode`] are inverse to each other for any keys and values. The encoding is that of UCloud's Go
//! SDK: letters, digits and `-_.~` stay, a space becomes `+`, every other byte of the UTF-8 text becomes `%XX`.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::signature::hex_digits;

/// Writes `pairs` as one form body.
///
/// ```
/// use compshare_sign::form;
///
/// assert_eq!(form::encode([("Name", "a b&c"), ("Tag.0", "图像")]), "Name=a+b%26c&Tag.0=%E5%9B%BE%E5%83%8F");
/// ```
pub fn encode<K: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (K, V)>) -> String {
    let mut form = Form::default();
    for (key, value) in pairs {
        form.push(key.as_ref(), value.as_ref());
    }
    form.into_string()
}

/// A body that is being written. It is ASCII throughout.
#[derive(Default)]
pub(crate) struct Form(Vec<u8>);

impl Form {
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub(crate) fn push(&mut self, key: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push(b'&');
        }
        self.escape(key);
        self.0.push(b'=');
        self.escape(value);
    }

    fn escape(&mut self, text: &str) {
        let body = &mut self.0;
        let mut rest = text.as_bytes();
        // Most texts need no escape.
        while !all_stay(rest) {
            let run = rest.iter().take_while(|&&byte| stays(byte)).count();
            let (run, after) = rest.split_at_checked(run).unwrap_or_default();
            body.extend_from_slice(run);
            rest = after;
            while let Some((&byte, after)) = rest.split_first().filter(|&(&byte, _)| !stays(byte)) {
                if byte == b' ' {
                    body.push(b'+');
                } else {
                    let [high, low] = hex_digits(byte, b'A');
                    body.extend_from_slice(&[b'%', high, low]);
                }
                rest = after;
            }
        }
        body.extend_from_slice(rest);
    }

    pub(crate) fn into_string(self) -> String {
        // Cannot fail: ASCII is UTF-8.
        String::from_utf8(self.0).unwrap_or_default()
    }
}

/// `text` as a key or value of a form.
pub(crate) fn escaped(text: &str) -> String {
    let mut form = Form::with_capacity(text.len());
    form.escape(text);
    form.into_string()
}

/// Whether nothing needs an escape.
fn all_stay(text: &[u8]) -> bool {
    fn all(bytes: &[u8]) -> bool {
        bytes.iter().fold(true, |all, &byte| all & stays(byte))
    }
    // One branch for eight bytes, and none for those that are left: the last ones are looked at twice.
    match (
        text.last_chunk::<8>(),
        text.first_chunk::<4>(),
        text.last_chunk::<4>(),
    ) {
        (Some(last), ..) => text.chunks_exact(8).all(all) && all(last),
        (None, Some(first), Some(last)) => all(first) & all(last),
        _ => all(text),
    }
}

fn stays(byte: u8) -> bool {
    STAYS.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Which bytes need no escape.
static STAYS: [bool; 256] = {
    let mut table = [false; 256];
    let mut rest: &mut [bool] = &mut table;
    let mut byte: u8 = 0;
    while let Some((stays, after)) = rest.split_first_mut() {
        *stays = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
        byte = byte.wrapping_add(1);
        rest = after;
    }
    table
};

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
