//! The secret half of a key pair.

use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::credentials::{CredentialsError, check_key};

/// A private key, usable for signing only.
///
/// `Debug` prints a placeholder, and the text is zeroized on drop.
///
/// ```
/// use compshare_sign::PrivateKey;
///
/// let key = PrivateKey::new("my_private_key")?;
/// assert_eq!(format!("{key:?}"), "PrivateKey(..)");
/// # Ok::<(), compshare_sign::CredentialsError>(())
/// ```
///
/// There is no `Display`, which could leak the key, and no `PartialEq`, which could leak it by
/// timing:
///
/// ```compile_fail,E0277
/// # let key = compshare_sign::PrivateKey::new("my_private_key").unwrap();
/// println!("{key}");
/// ```
///
/// ```compile_fail,E0369
/// # let key = compshare_sign::PrivateKey::new("my_private_key").unwrap();
/// assert!(key == key.clone());
/// ```
#[derive(Clone)]
pub struct PrivateKey(Zeroizing<String>);

impl PrivateKey {
    /// Creates a key from its text, without trimming it.
    ///
    /// # Errors
    ///
    /// Returns [`CredentialsError`] if the key is empty, contains control characters, or has
    /// leading or trailing white space. A line break from the end of a file would otherwise lead to
    /// wrong signatures.
    pub fn new(key: impl Into<String>) -> Result<Self, CredentialsError> {
        let key = Zeroizing::new(key.into());
        check_key(&key, "private key")?;
        Ok(Self(key))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn debug_is_a_placeholder() {
        let key = PrivateKey::new("46f09bb9fab4f12dfc160dae12273d5332b5debe").unwrap();
        assert_eq!(format!("{key:?}"), "PrivateKey(..)");
        assert_eq!(
            format!("{:#?}", Some(&key)),
            "Some(\n    PrivateKey(..),\n)"
        );
    }

    #[test]
    fn rejects_empty_keys_control_characters_and_outer_white_space() {
        for bad in ["", " ", "key\n", "\tkey", " key", "k\u{0}ey", "key\u{a0}"] {
            assert!(PrivateKey::new(bad).is_err(), "{bad:?}");
        }

        for good in ["k", "a key", "密钥", "a+b/c=="] {
            assert!(PrivateKey::new(good).is_ok(), "{good:?}");
        }
    }
}
