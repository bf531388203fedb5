//! The parameters of one request.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::collections::btree_map::{self, Entry};
use alloc::string::String;
use core::fmt;

use zeroize::Zeroizing;

use crate::{PrivateKey, Signature, is_reserved};

/// The parameters of one request, sorted by key in byte order.
///
/// Keys are unique. Values are unescaped and zeroized on drop, since one may be a password. `Debug`
/// prints the keys only.
///
/// ```
/// use compshare_sign::Params;
///
/// let mut params = Params::new();
/// params.insert("Region", "cn-wlcb")?;
/// params.insert("Action", "DescribeFavoriteImages")?;
/// let keys: Vec<_> = params.iter().map(|(key, _)| key).collect();
/// assert_eq!(keys, ["Action", "Region"]);
/// for (key, value) in &params {
///     assert!(!key.is_empty() && !value.is_empty());
/// }
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

    /// Creates parameters from key-value pairs in any order.
    ///
    /// # Errors
    ///
    /// Returns the error of [`insert`](Self::insert) for the first invalid pair.
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
    /// Returns [`ParamsError`] if the key is empty, reserved for signing or already present. The
    /// parameters are then unchanged.
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

    /// Sets a parameter that [`insert`](Self::insert) rejects as reserved.
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
    pub fn iter(&self) -> ParamsIter<'_> {
        ParamsIter(self.0.iter())
    }

    /// Signs these parameters without adding `PublicKey` or `SecurityToken`.
    ///
    /// For tests against published vectors, and for debugging a rejected signature. Clients call
    /// [`Credentials::sign`](crate::Credentials::sign), which adds both.
    pub fn signature(&self, private_key: &PrivateKey) -> Signature {
        Signature::compute(self.iter(), private_key)
    }
}

impl<'a> IntoIterator for &'a Params {
    type Item = (&'a str, &'a str);
    type IntoIter = ParamsIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// An iterator over keys and values, returned by [`Params::iter`].
#[derive(Clone)]
pub struct ParamsIter<'a>(btree_map::Iter<'a, Cow<'static, str>, Zeroizing<Box<str>>>);

impl<'a> Iterator for ParamsIter<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(key, value)| (&**key, &***value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for ParamsIter<'_> {}

/// Shows no values, as that of [`Params`].
impl fmt::Debug for ParamsIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.clone().map(|(key, _)| key))
            .finish()
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

/// An invalid parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParamsError {
    /// The key is empty.
    EmptyKey,
    /// The key is reserved for signing: `PublicKey`, `SecurityToken` or `Signature`.
    Reserved(String),
    /// The key is already present.
    Duplicate(String),
    /// The value is an infinite number or NaN (JSON bodies only).
    NotFinite(String),
    /// The value is nested too deeply (JSON bodies only).
    TooDeep(String),
}

impl fmt::Display for ParamsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EmptyKey => f.write_str("a parameter has an empty key"),
            Self::Reserved(key) => {
                write!(f, "parameter {key:?} is reserved for signing; remove it")
            }
            Self::Duplicate(key) => write!(f, "duplicate parameter {key:?}"),
            Self::NotFinite(key) => {
                write!(f, "value of parameter {key:?} is not a finite number")
            }
            Self::TooDeep(key) => write!(f, "value of parameter {key:?} is nested too deeply"),
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
    fn sorts_keys_in_byte_order_and_rejects_duplicates() {
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
            "a rejected parameter changes nothing"
        );
        assert_eq!(params.len(), 6);
    }

    #[test]
    fn rejects_reserved_and_empty_keys() {
        let mut params = Params::new();
        for key in ["PublicKey", "SecurityToken", "Signature"] {
            assert_eq!(
                params.insert(key, "v"),
                Err(ParamsError::Reserved(key.into()))
            );
        }
        assert_eq!(params.insert("", "v"), Err(ParamsError::EmptyKey));
        assert!(params.is_empty());

        params
            .insert("signature", "allowed: keys are case-sensitive")
            .unwrap();
        assert!(!params.is_empty());
    }

    #[test]
    fn errors_quote_the_key() {
        for (error, text) in [
            (ParamsError::EmptyKey, "a parameter has an empty key"),
            (
                ParamsError::Reserved("Signature".into()),
                "parameter \"Signature\" is reserved for signing; remove it",
            ),
            (
                ParamsError::Duplicate("A".into()),
                "duplicate parameter \"A\"",
            ),
            (
                ParamsError::NotFinite("A".into()),
                "value of parameter \"A\" is not a finite number",
            ),
            (
                ParamsError::TooDeep("A".into()),
                "value of parameter \"A\" is nested too deeply",
            ),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }

    #[test]
    fn debug_omits_values() {
        let params = Params::from_pairs([("Password", "VUNsb3VkLmNu"), ("Name", "n")]).unwrap();
        assert_eq!(format!("{params:?}"), r#"Params ["Name", "Password"]"#);
    }
}
