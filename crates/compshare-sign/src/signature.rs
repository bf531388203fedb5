//! The 20 bytes that prove who sent a request.

use core::fmt;
use core::str::FromStr;

use crate::PrivateKey;
use crate::hash::Hasher;

/// Bytes of a SHA-1 hash.
pub(crate) const LEN: usize = 20;

/// A signature: 20 bytes, shown as 40 lower-case hex digits.
///
/// As good as the request it belongs to, which has no time in it: keep it out of logs. `Display` is for the wire,
/// `Debug` prints a placeholder. Comparing takes the same time wherever the difference is.
#[derive(Clone, Copy)]
pub struct Signature([u8; LEN]);

impl Signature {
    /// The signature of the canonical text that `pieces` make up.
    pub(crate) fn of<'a>(
        pieces: impl IntoIterator<Item = &'a str>,
        private_key: &PrivateKey,
    ) -> Self {
        let mut hasher = Hasher::new();
        for piece in pieces {
            hasher.update(piece.as_bytes());
        }
        hasher.update(private_key.as_bytes());
        Self(hasher.finish())
    }

    /// The bytes of the hash.
    pub fn as_bytes(&self) -> &[u8; LEN] {
        &self.0
    }

    /// The text for the wire, written into `buffer` without allocating.
    ///
    /// ```
    /// use compshare_sign::Signature;
    ///
    /// let signature: Signature = "4f9ef5df2abab2c6fccd1e9515cb7e2df8c6bb65".parse()?;
    /// assert_eq!(signature.encode(&mut [0; 40]), "4f9ef5df2abab2c6fccd1e9515cb7e2df8c6bb65");
    /// # Ok::<(), compshare_sign::ParseSignatureError>(())
    /// ```
    pub fn encode<'a>(&self, buffer: &'a mut [u8; 2 * LEN]) -> &'a str {
        *buffer = self.hex();
        // Cannot fail: hex is ASCII.
        core::str::from_utf8(buffer).unwrap_or_default()
    }

    /// The text for the wire, as bytes.
    pub(crate) fn hex(&self) -> [u8; 2 * LEN] {
        let mut hex = [0; 2 * LEN];
        for (digits, byte) in hex.chunks_exact_mut(2).zip(self.0) {
            digits.copy_from_slice(&hex_digits(byte, b'a'));
        }
        hex
    }
}

/// A byte as two hex digits, the letters beginning with `a`, which is `b'a'` or `b'A'`.
#[inline]
pub(crate) fn hex_digits(byte: u8, a: u8) -> [u8; 2] {
    // Arithmetic rather than a table, so that many digits can be made at once.
    [byte >> 4, byte & 15].map(|digit| digit + if digit < 10 { b'0' } else { a - 10 })
}

impl PartialEq for Signature {
    fn eq(&self, other: &Self) -> bool {
        same_bytes(&self.0, &other.0)
    }
}

impl Eq for Signature {}

/// Compares in a time that depends on the lengths alone.
pub(crate) fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    let difference = a
        .iter()
        .zip(b)
        .fold(0, |sum, (a, b)| core::hint::black_box(sum | (a ^ b)));
    a.len() == b.len() && difference == 0
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.encode(&mut [0; 2 * LEN]))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(..)")
    }
}

impl FromStr for Signature {
    type Err = ParseSignatureError;

    /// Reads 40 lower-case hex digits. Upper case is refused: the service compares text.
    fn from_str(text: &str) -> Result<Self, ParseSignatureError> {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Err(ParseSignatureError(()));
        }
        let mut bytes = [0; LEN];
        hex::decode_to_slice(text, &mut bytes).map_err(|_| ParseSignatureError(()))?;
        Ok(Self(bytes))
    }
}

/// The text is no signature: not 40 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseSignatureError(());

impl fmt::Display for ParseSignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a signature is 40 lower-case hex digits")
    }
}

impl core::error::Error for ParseSignatureError {}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;

    use super::*;

    const TEXT: &str = "4f9ef5df2abab2c6fccd1e9515cb7e2df8c6bb65";

    #[test]
    fn text_and_bytes_are_two_ways_to_say_the_same() {
        let signature: Signature = TEXT.parse().unwrap();
        assert_eq!(signature.to_string(), TEXT);
        assert_eq!(signature.as_bytes()[..3], [0x4f, 0x9e, 0xf5]);
    }

    #[test]
    fn only_forty_lower_case_digits_are_a_signature() {
        for bad in [
            "",
            "4f",
            &TEXT[1..],
            &format!("{TEXT}0"),
            &TEXT.to_uppercase(),
            &TEXT.replace('4', "g"),
        ] {
            assert!(bad.parse::<Signature>().is_err(), "{bad}");
        }
        assert_eq!(
            "4f".parse::<Signature>().unwrap_err().to_string(),
            "a signature is 40 lower-case hex digits"
        );
    }

    #[test]
    fn debug_does_not_show_it() {
        assert_eq!(
            format!("{:?}", TEXT.parse::<Signature>()),
            "Ok(Signature(..))"
        );
    }

    #[test]
    fn comparing_sees_every_difference() {
        assert!(same_bytes(b"", b""));
        assert!(same_bytes(b"ab", b"ab"));
        for (a, b) in [
            ("ab", "aB"),
            ("ab", "Ab"),
            ("ab", "abc"),
            ("", "a"),
            ("ab", "a"),
        ] {
            assert!(!same_bytes(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
        // Two differences that would cancel each other out.
        assert!(!same_bytes(&[1, 1], &[0, 0]));
    }
}
