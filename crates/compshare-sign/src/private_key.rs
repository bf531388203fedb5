//! The secret half of a credential.

use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::credentials::{CredentialsError, check_key};

/// A private key. It signs, and cannot be read back.
///
/// `Debug` prints a placeholder, there is no `Display` and no comparison, and the memory is zeroized on drop.
///
/// ```
/// use compshare_sign::PrivateKey;
///
/// let key = PrivateKey::new("my_private_key")?;
/// assert_eq!(format!("{key:?}"), "PrivateKey(..)");
/// # Ok::<(), compshare_sign::CredentialsError>(())
/// ```
///
/// It cannot be shown, and it cannot be compared in a time that tells how much of it is right:
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
    /// Creates a key from its text, which is used as it is: nothing is trimmed.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] if the key is empty, or has control characters or white space around it: a line break
    /// from the end of a file would otherwise show as a wrong signature.
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
    fn keys_that_came_with_their_line_break_are_refused() {
        for bad in ["", " ", "key\n", "\tkey", " key", "k\u{0}ey", "key\u{a0}"] {
            assert!(PrivateKey::new(bad).is_err(), "{bad:?}");
        }
        for good in ["k", "a key", "密钥", "a+b/c=="] {
            assert!(PrivateKey::new(good).is_ok(), "{good:?}");
        }
    }
}
