//! The secret half of a credential.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::credentials::{CredentialsError, check_key};

/// A private key: goes in, signs, and never comes out.
///
/// `Debug` prints a placeholder, there is no `Display` and no comparison, and the memory is wiped on drop.
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
pub struct PrivateKey(Vec<u8>);

impl PrivateKey {
    /// Takes the key over. The text is used as it is: nothing is trimmed.
    ///
    /// # Errors
    ///
    /// [`CredentialsError`] if the key is empty, or has control characters or white space around it: a line break
    /// that came along from a file would otherwise show as a wrong signature.
    pub fn new(key: impl Into<String>) -> Result<Self, CredentialsError> {
        let key = Self(key.into().into_bytes());
        check_key(
            core::str::from_utf8(&key.0).unwrap_or_default(),
            "private key",
        )?;
        Ok(key)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl Drop for PrivateKey {
    fn drop(&mut self) {
        wipe(core::mem::take(&mut self.0));
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

/// Overwrites all of the vector's memory, its spare capacity included, before it is given back.
pub(crate) fn wipe(mut bytes: Vec<u8>) {
    bytes.fill(0);
    bytes.resize(bytes.capacity(), 0);
    // Keeps the writes from being optimised away, as far as safe code can.
    core::hint::black_box(bytes.as_slice());
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
