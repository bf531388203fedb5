//! Signatures: SHA-1 hashes of the parameters and the private key.

use core::fmt;
use core::str::FromStr;

use sha1::{Digest, Sha1};

use crate::PrivateKey;

/// The number of hex digits in a SHA-1 hash.
const LEN: usize = 40;

/// A signature: a SHA-1 hash as 40 lowercase hex digits.
///
/// Keep it out of logs: signed requests have no timestamp, so a captured one can be replayed.
/// `Display` prints the digits, `Debug` a placeholder. Comparison takes constant time.
#[derive(Clone, Copy)]
pub struct Signature([u8; LEN]);

impl Signature {
    /// Signs `params`, which must be sorted by key.
    pub(crate) fn compute<'a>(
        params: impl Iterator<Item = (&'a str, &'a str)>,
        private_key: &PrivateKey,
    ) -> Self {
        let mut hasher = Sha1::new();
        for (key, value) in params {
            hasher.update(key);
            hasher.update(value);
        }
        hasher.update(private_key.as_str());

        let hash: [u8; LEN / 2] = hasher.finalize().into();
        let mut digits = [0; LEN];
        // Cannot fail: the buffer has two digits per byte.
        let _ = hex::encode_to_slice(hash, &mut digits);
        Self(digits)
    }

    /// Returns the hex digits, which are the value of the parameter `Signature`.
    ///
    /// ```
    /// use compshare_sign::Signature;
    ///
    /// let signature: Signature = "4f9ef5df2abab2c6fccd1e9515cb7e2df8c6bb65".parse()?;
    /// assert_eq!(signature.as_str(), "4f9ef5df2abab2c6fccd1e9515cb7e2df8c6bb65");
    /// # Ok::<(), compshare_sign::ParseSignatureError>(())
    /// ```
    pub fn as_str(&self) -> &str {
        // Cannot fail: hex digits are ASCII.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl PartialEq for Signature {
    fn eq(&self, other: &Self) -> bool {
        constant_time_eq(&self.0, &other.0)
    }
}

impl Eq for Signature {}

/// Compares two byte strings in a time that depends only on their lengths.
pub(crate) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    let difference = a
        .iter()
        .zip(b)
        .fold(0, |sum, (a, b)| core::hint::black_box(sum | (a ^ b)));
    a.len() == b.len() && difference == 0
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signature(..)")
    }
}

impl FromStr for Signature {
    type Err = ParseSignatureError;

    /// Parses 40 lowercase hex digits. Uppercase is invalid, since the service compares text.
    fn from_str(text: &str) -> Result<Self, ParseSignatureError> {
        let digits: [u8; LEN] = text
            .as_bytes()
            .try_into()
            .map_err(|_| ParseSignatureError(()))?;

        let is_lowercase_hex = digits
            .iter()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        if !is_lowercase_hex {
            return Err(ParseSignatureError(()));
        }
        Ok(Self(digits))
    }
}

/// A text that is not 40 lowercase hex digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseSignatureError(());

impl fmt::Display for ParseSignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid signature: expected 40 lowercase hex digits")
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
    fn parses_and_prints_the_same_digits() {
        let signature: Signature = TEXT.parse().unwrap();
        assert_eq!(signature.to_string(), TEXT);
        assert_eq!(signature.as_str(), TEXT);
    }

    #[test]
    fn rejects_all_but_forty_lowercase_hex_digits() {
        for invalid in [
            "",
            "4f",
            TEXT.get(1..).unwrap(),
            &format!("{TEXT}0"),
            &TEXT.to_uppercase(),
            &TEXT.replace('4', "g"),
        ] {
            assert!(invalid.parse::<Signature>().is_err(), "{invalid}");
        }
        assert_eq!(
            "4f".parse::<Signature>().unwrap_err().to_string(),
            "invalid signature: expected 40 lowercase hex digits"
        );
    }

    #[test]
    fn debug_is_a_placeholder() {
        assert_eq!(
            format!("{:?}", TEXT.parse::<Signature>()),
            "Ok(Signature(..))"
        );
    }

    #[test]
    fn constant_time_eq_detects_every_difference() {
        assert!(constant_time_eq(b"", b""));
        assert!(constant_time_eq(b"ab", b"ab"));

        for (a, b) in [
            ("ab", "aB"),
            ("ab", "Ab"),
            ("ab", "abc"),
            ("", "a"),
            ("ab", "a"),
        ] {
            assert!(!constant_time_eq(a.as_bytes(), b.as_bytes()), "{a} {b}");
        }
        // Two differences that would cancel out under XOR.
        assert!(!constant_time_eq(&[1, 1], &[0, 0]));
    }
}
