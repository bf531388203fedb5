//! The parameters of one request.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::Entry;
use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::{PrivateKey, Signature, is_reserved};

/// The parameters of one request, sorted by key, byte by byte, as the signature requires.
///
/// Keys are unique. Values are unescaped; each is zeroized on drop, since it may be a password. `Debug` shows keys
/// only.
///
/// ```
/// use compshare_sign::Params;
///
/// let mut params = Params::new();
/// params.insert("Region", "cn-wlcb")?;
/// params.insert("Action", "DescribeFavoriteImages")?;
/// let keys: Vec<_> = params.iter().map(|(key, _)| key).collect();
/// assert_eq!(keys, ["Action", "Region"]);
///
/// assert!(params.insert("Region", "cn-sh2").is_err(), "keys are unique");
/// assert!(params.insert("Signature", "x").is_err(), "signing sets this one");
/// # Ok::<(), compshare_sign::ParamsError>(())
/// ```
#[derive(Clone, Default)]
pub struct Params(BTreeMap<Cow<'static, str>, Zeroizing<Box<str>>>);

impl Params {
    /// Creates an empty set of parameters.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates parameters from pairs of keys and values, in any order.
    ///
    /// # Errors
    ///
    /// As [`insert`](Self::insert), for the first pair that is refused.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, ParamsError> {
        let mut params = Self::new();
        for (key, value) in pairs {
            params.insert(key.as_ref(), value.as_ref())?;
        }
        Ok(params)
    }

    /// Adds a parameter.
    ///
    /// # Errors
    ///
    /// [`ParamsError`] if the key is empty, reserved for the signature, or present already; the parameters then stay
    /// as they were.
    pub fn insert(&mut self, key: &str, value: &str) -> Result<(), ParamsError> {
        if key.is_empty() {
            return Err(ParamsError::EmptyKey);
        }
        if is_reserved(key) {
            return Err(ParamsError::Reserved(key.into()));
        }

        match self.0.entry(Cow::Owned(key.into())) {
            Entry::Occupied(_) => Err(ParamsError::Duplicate(key.into())),
            Entry::Vacant(entry) => {
                entry.insert(Zeroizing::new(value.into()));
                Ok(())
            }
        }
    }

    /// Sets a parameter that signing adds.
    pub(crate) fn set_reserved(&mut self, key: &'static str, value: &str) {
        self.0
            .insert(Cow::Borrowed(key), Zeroizing::new(value.into()));
    }

    /// Returns the value of `key`, if present.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|value| &***value)
    }

    /// Returns the number of parameters.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if there are no parameters.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Iterates over keys and values, sorted by key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> + Clone {
        self.0.iter().map(|(key, value)| (&**key, &***value))
    }

    /// Signs these parameters exactly as they are, without adding `PublicKey` or `SecurityToken`.
    ///
    /// Requests need both: a client calls [`Credentials::sign`](crate::Credentials::sign). This is for tests against
    /// published vectors and for examining a signature that the service refuses.
    pub fn signature(&self, private_key: &PrivateKey) -> Signature {
        Signature::of(self.iter(), private_key)
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Params ")?;
        f.debug_list()
            .entries(self.iter().map(|(key, _)| key))
            .finish()
    }
}

/// Why a parameter was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParamsError {
    /// The key is empty.
    EmptyKey,
    /// The key is set by signing: `PublicKey`, `SecurityToken` or `Signature`.
    Reserved(String),
    /// There is a parameter of this key already.
    Duplicate(String),
    /// The value is a number that is not finite (JSON bodies only).
    Unwritable(String),
    /// Values are nested too deeply (JSON bodies only).
    TooDeep(String),
}

impl fmt::Display for ParamsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyKey => f.write_str("a parameter has an empty key"),
            Self::Reserved(key) => {
                write!(f, "the parameter {key:?} is set by signing; leave it out")
            }
            Self::Duplicate(key) => write!(f, "the parameter {key:?} is given twice"),
            Self::Unwritable(key) => write!(
                f,
                "the value of the parameter {key:?} cannot be written as text"
            ),
            Self::TooDeep(key) => {
                write!(f, "the value of the parameter {key:?} is nested too deeply")
            }
        }
    }
}

impl core::error::Error for ParamsError {}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::*;

    #[test]
    fn keys_are_sorted_bytewise_and_unique() {
        let mut params = Params::new();
        for key in ["Backends.2", "backends", "Backends.10", "A", "Ω", "AB"] {
            params.insert(key, "v").unwrap();
        }
        let keys: Vec<_> = params.iter().map(|(key, _)| key).collect();
        assert_eq!(
            keys,
            ["A", "AB", "Backends.10", "Backends.2", "backends", "Ω"]
        );
        assert_eq!(
            params.insert("AB", "w"),
            Err(ParamsError::Duplicate("AB".into()))
        );
        assert_eq!(
            params.get("AB"),
            Some("v"),
            "a refused parameter changes nothing"
        );
        assert_eq!(params.len(), 6);
    }

    #[test]
    fn reserved_and_empty_keys_are_refused() {
        let mut params = Params::new();
        for key in ["PublicKey", "SecurityToken", "Signature"] {
            assert_eq!(
                params.insert(key, "v"),
                Err(ParamsError::Reserved(key.into()))
            );
        }
        assert_eq!(params.insert("", "v"), Err(ParamsError::EmptyKey));
        assert!(params.is_empty());
        for (error, words) in [
            (ParamsError::EmptyKey, "a parameter has an empty key"),
            (
                ParamsError::Reserved("Signature".into()),
                "the parameter \"Signature\" is set by signing; leave it out",
            ),
            (
                ParamsError::Duplicate("A".into()),
                "the parameter \"A\" is given twice",
            ),
            (
                ParamsError::Unwritable("A".into()),
                "the value of the parameter \"A\" cannot be written as text",
            ),
            (
                ParamsError::TooDeep("A".into()),
                "the value of the parameter \"A\" is nested too deeply",
            ),
        ] {
            assert_eq!(error.to_string(), words);
        }
        params
            .insert("signature", "fine: keys are case-sensitive")
            .unwrap();
        assert!(!params.is_empty());
    }

    #[test]
    fn debug_shows_no_value() {
        let params = Params::from_pairs([("Password", "VUNsb3VkLmNu"), ("Name", "n")]).unwrap();
        assert_eq!(format!("{params:?}"), r#"Params ["Name", "Password"]"#);
    }
}
