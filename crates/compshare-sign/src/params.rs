//! The parameters of one request.

use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt::{self, Write as _};

use crate::private_key::wipe;
use crate::{PrivateKey, Signature, is_reserved};

/// The parameters of one request: unique keys, always in the byte order that the signature wants.
///
/// Values are what the service shall see, not escaped in any way. Keys and values live in one buffer, so adding a
/// parameter seldom allocates; the buffer is wiped when it goes, since a value may be a password. `Debug` shows keys only.
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
pub struct Params {
    /// Keys and values in the order of insertion.
    text: Text,
    /// Where each parameter lies in `text`, sorted by key.
    entries: Vec<Entry>,
    /// Behind the parameter that came last: where the next one most often belongs.
    next: usize,
}

/// Room for what signing adds, so that it need not move what is there: `PublicKey` and `SecurityToken`.
const ADDED: usize = 2;
/// The keys themselves, a public key of usual length and a short token.
const ADDED_BYTES: usize = 128;

/// A string that leaves nothing behind: it is wiped when it goes, and when it moves to grow.
#[derive(Clone, Default)]
struct Text(String);

impl Text {
    fn push_str(&mut self, more: &str) {
        self.reserve(more.len());
        self.0.push_str(more);
    }

    fn reserve(&mut self, more: usize) {
        if more > self.0.capacity() - self.0.len() {
            self.grow(more);
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let needed = self.0.len() + more;
        let mut larger = String::with_capacity(needed.max(2 * self.0.capacity()).max(256));
        larger.push_str(&self.0);
        wipe(core::mem::replace(&mut self.0, larger).into_bytes());
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        self.push_str(more);
        Ok(())
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        wipe(core::mem::take(&mut self.0).into_bytes());
    }
}

#[derive(Clone, Copy)]
struct Entry {
    start: usize,
    value: usize,
    end: usize,
}

impl Entry {
    fn key(self, text: &str) -> &str {
        text.get(self.start..self.value).unwrap_or_default()
    }

    /// The order of this key and another.
    fn cmp(self, text: &str, key: &str) -> Ordering {
        let own = text
            .as_bytes()
            .get(self.start..self.value)
            .unwrap_or_default();
        // Most keys differ in their first letter, which spares the call that compares the rest.
        match own.first().cmp(&key.as_bytes().first()) {
            Ordering::Equal => own.cmp(key.as_bytes()),
            different => different,
        }
    }

    fn value(self, text: &str) -> &str {
        text.get(self.value..self.end).unwrap_or_default()
    }
}

impl Params {
    /// No parameters yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// No parameters yet, with room for `count` of them and `bytes` of keys and values in all.
    pub fn with_capacity(count: usize, bytes: usize) -> Self {
        let text = Text(String::with_capacity(bytes.saturating_add(ADDED_BYTES)));
        Self {
            text,
            entries: Vec::with_capacity(count.saturating_add(ADDED)),
            next: 0,
        }
    }

    /// Adds a parameter.
    ///
    /// # Errors
    ///
    /// [`ParamsError`] if the key is empty, reserved for the signature, or there already; the parameters then stay as
    /// they were.
    pub fn insert(&mut self, key: &str, value: &str) -> Result<(), ParamsError> {
        if is_reserved(key) {
            return Err(ParamsError::Reserved(key.into()));
        }
        self.insert_any(key, value)
    }

    /// Adds a parameter whose value is the text that `value` displays: an integer, a boolean, a
    /// [`Decimal`](crate::Decimal).
    ///
    /// # Errors
    ///
    /// As [`insert`](Self::insert); also if displaying the value fails.
    pub fn insert_display(
        &mut self,
        key: &str,
        value: impl fmt::Display,
    ) -> Result<(), ParamsError> {
        if is_reserved(key) {
            return Err(ParamsError::Reserved(key.into()));
        }
        self.insert_with(key, 0, |text| write!(text, "{value}"))
    }

    /// Adds all of `pairs`.
    ///
    /// # Errors
    ///
    /// As [`insert`](Self::insert), for the first pair that is refused.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, ParamsError> {
        let pairs = pairs.into_iter();
        // A hint that is far off must not cost memory.
        let count = pairs.size_hint().0.min(64);
        let mut params = Self::with_capacity(count, 24 * count);
        for (key, value) in pairs {
            params.insert(key.as_ref(), value.as_ref())?;
        }
        Ok(params)
    }

    /// As [`insert`](Self::insert), for the keys that signing adds too.
    pub(crate) fn insert_any(&mut self, key: &str, value: &str) -> Result<(), ParamsError> {
        self.insert_with(key, value.len(), |text| {
            text.0.push_str(value);
            Ok(())
        })
    }

    /// `room` is how many bytes `write` will need, if that is known: they are reserved with the key's.
    fn insert_with(
        &mut self,
        key: &str,
        room: usize,
        write: impl FnOnce(&mut Text) -> fmt::Result,
    ) -> Result<(), ParamsError> {
        if key.is_empty() {
            return Err(ParamsError::EmptyKey);
        }
        let at = self.position(key)?;
        let start = self.text.0.len();
        self.text.reserve(key.len() + room);
        self.text.0.push_str(key);
        let value = self.text.0.len();
        if write(&mut self.text).is_err() {
            self.text.0.truncate(start);
            return Err(ParamsError::Unwritable(key.into()));
        }
        if self.entries.capacity() == 0 {
            self.entries.reserve(16);
        }
        self.entries.insert(
            at,
            Entry {
                start,
                value,
                end: self.text.0.len(),
            },
        );
        self.next = at + 1;
        Ok(())
    }

    /// Where `key` belongs; an error if it is there already.
    fn position(&self, key: &str) -> Result<usize, ParamsError> {
        let text = &self.text.0;
        // Keys come in order, or in runs that are, such as `Tag.0`, `Tag.1`: then no search is needed.
        let (before, after) = self.entries.split_at_checked(self.next).unwrap_or_default();
        if before
            .last()
            .is_none_or(|entry| entry.cmp(text, key).is_lt())
            && after
                .first()
                .is_none_or(|entry| entry.cmp(text, key).is_gt())
        {
            return Ok(self.next);
        }
        match self.entries.binary_search_by(|entry| entry.cmp(text, key)) {
            Ok(_) => Err(ParamsError::Duplicate(key.into())),
            Err(at) => Ok(at),
        }
    }

    /// The value of `key`, if it is there.
    pub fn get(&self, key: &str) -> Option<&str> {
        let at = self
            .entries
            .binary_search_by(|entry| entry.cmp(&self.text.0, key))
            .ok()?;
        self.entries.get(at).map(|entry| entry.value(&self.text.0))
    }

    /// Whether `key` is there.
    pub fn contains(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// How many parameters there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All keys and values, sorted by key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> + Clone {
        self.entries
            .iter()
            .map(|entry| (entry.key(&self.text.0), entry.value(&self.text.0)))
    }

    /// Signs these parameters exactly as they are, adding nothing: neither `PublicKey` nor `SecurityToken`.
    ///
    /// Requests need both, so [`Credentials::sign`](crate::Credentials::sign) is what a client wants; this is for
    /// tests against published vectors and for looking into a signature that the service refuses.
    pub fn signature(&self, private_key: &PrivateKey) -> Signature {
        Signature::of(self.runs(), private_key)
    }

    /// The text that is signed, without the private key that is appended to it.
    pub(crate) fn canonical(&self) -> String {
        self.runs().collect()
    }

    /// Bytes of all keys and values together.
    pub(crate) fn text_len(&self) -> usize {
        self.text.0.len()
    }

    /// The canonical text in as few pieces as possible: neighbours in order are neighbours in the buffer as well
    /// when they were inserted one after the other.
    pub(crate) fn runs(&self) -> impl Iterator<Item = &str> {
        let mut rest = self.entries.as_slice();
        core::iter::from_fn(move || {
            let (first, mut tail) = rest.split_first()?;
            let mut end = first.end;
            while let Some((next, after)) = tail.split_first() {
                if next.start != end {
                    break;
                }
                end = next.end;
                tail = after;
            }
            rest = tail;
            self.text.0.get(first.start..end)
        })
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
    /// The value could not be written as text: a number that is not finite, say.
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
    use alloc::vec;

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
    fn neighbours_in_the_buffer_are_hashed_in_one_piece() {
        let params = Params::from_pairs([("A", "1"), ("B", "2"), ("D", "4"), ("C", "3")]).unwrap();
        assert_eq!(params.runs().collect::<Vec<_>>(), vec!["A1B2", "C3", "D4"]);
        assert_eq!(params.canonical(), "A1B2C3D4");
    }

    #[test]
    fn debug_shows_no_value() {
        let params = Params::from_pairs([("Password", "VUNsb3VkLmNu"), ("Name", "n")]).unwrap();
        assert_eq!(format!("{params:?}"), r#"Params ["Name", "Password"]"#);
    }

    #[test]
    fn a_value_that_cannot_be_displayed_is_refused_without_trace() {
        struct Fails;
        impl fmt::Display for Fails {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("half")?;
                Err(fmt::Error)
            }
        }
        let mut params = Params::new();
        assert_eq!(
            params.insert_display("K", Fails),
            Err(ParamsError::Unwritable("K".into()))
        );
        params.insert("K", "v").unwrap();
        assert_eq!(params.canonical(), "Kv");
    }
}
