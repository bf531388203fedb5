//! Signatures: SHA-1 hashes of parameters and private key.

use core::fmt;
use core::str::FromStr;

use sha1::{Digest, Sha1};

use crate::PrivateKey;

/// Hex digits of a SHA-1 hash.
const LEN: usize = 40;

/// A signature: a SHA-1 hash as 40 lower-case hex digits.
///
/// It is as good as the request it belongs to, which has no time in it: keep it out of logs. `Display` is for the
/// wire, `Debug` prints a placeholder. Comparison takes constant time.
#[derive(Clone, Copy)]
pub struct Signature([u8; LEN]);

impl Signature {
    /// Signs `params`, which are sorted by key.
    pub(crate) fn of<'a>(
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
        // Cannot fail: there are two digits for each byte.
        let _ = hex::encode_to_slice(hash, &mut digits);
        Self(digits)
    }

    /// Returns the text for the wire.
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

/// Compares in a time that depends on the lengths alone.
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

    /// Reads 40 lower-case hex digits. Upper case is refused: the service compares text.
    fn from_str(text: &str) -> Result<Self, ParseSignatureError> {
        let digits: [u8; LEN] = text
            .as_bytes()
            .try_into()
            .map_err(|_| ParseSignatureError(()))?;
        if digits
            .iter()
            .all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
        {
            Ok(Self(digits))
        } else {
            Err(ParseSignatureError(()))
        }
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
    fn a_signature_is_its_text() {
        let signature: Signature = TEXT.parse().unwrap();
        assert_eq!(signature.to_string(), TEXT);
        assert_eq!(signature.as_str(), TEXT);
    }

    #[test]
    fn only_forty_lower_case_digits_are_a_signature() {
        for bad in [
            "",
            "4f",
            TEXT.get(1..).unwrap(),
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
        // Two differences that would cancel each other out.
        assert!(!constant_time_eq(&[1, 1], &[0, 0]));
    }
}
