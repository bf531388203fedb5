//! Unknown fields and original values of a record.

use std::borrow::Cow;
use std::{fmt, slice};

use serde_json::Value;

use super::scalar::Scalar;

/// Unknown fields and original values of a record, in the order of the response.
///
/// An original value is kept if the typed field would be serialized as different JSON: `null`, a
/// number sent as text, an alternative name, or a wrong type. It is serialized in place of its
/// field, unless the field was changed since.
///
/// Two values are equal if each name has the same values in the same order. As in JSON, the order
/// of different names does not matter.
///
/// ```
/// use compshare_model::Image;
///
/// let mut image: Image = serde_json::from_str(r#"{"Size": "40960", "Rank": 7}"#)?;
/// assert_eq!(image.size, Some(40960));
/// assert_eq!(image.extra.get("Size").unwrap(), "40960");
/// assert_eq!(image.extra.get("Rank").unwrap(), 7);
/// assert_eq!(serde_json::to_string(&image)?, r#"{"Size":"40960","Rank":7}"#);
/// for (name, value) in &image.extra {
///     println!("{name}: {value}");
/// }
///
/// image.size = Some(1024);
/// assert_eq!(serde_json::to_string(&image)?, r#"{"Size":1024,"Rank":7}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// `Debug` shows only names and JSON types, since a value may be a password.
#[derive(Clone, Default)]
pub struct Extra {
    entries: Vec<(Cow<'static, str>, Value)>,
}

impl Extra {
    /// Returns the value of `name`; the last one if there are several.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// Iterates over all names and values, in order.
    pub fn iter(&self) -> ExtraIter<'_> {
        ExtraIter(self.entries.iter())
    }

    /// Returns the number of values. A name with two values counts twice.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns `true` if there are no values.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Removes all values of `name` and returns the last one.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let mut last = None;
        self.entries.retain_mut(|(key, value)| {
            let other = key != name;
            if !other {
                last = Some(value.take());
            }
            other
        });
        last
    }

    /// Sets the value of `name`, replaces all previous values and returns the last of them.
    pub fn insert(&mut self, name: impl Into<Cow<'static, str>>, value: Value) -> Option<Value> {
        let name = name.into();
        let before = self.remove(&name);
        self.push(name, value);
        before
    }

    /// Appends a value without searching for the name, which would take quadratic time.
    pub(crate) fn push(&mut self, name: impl Into<Cow<'static, str>>, value: Value) {
        self.entries.push((name.into(), value));
    }
}

impl<'a> IntoIterator for &'a Extra {
    type Item = (&'a str, &'a Value);
    type IntoIter = ExtraIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().fmt(f)
    }
}

/// An iterator over names and values, returned by [`Extra::iter`].
///
/// `Debug` shows only names and JSON types.
#[derive(Clone)]
pub struct ExtraIter<'a>(slice::Iter<'a, (Cow<'static, str>, Value)>);

impl<'a> Iterator for ExtraIter<'a> {
    type Item = (&'a str, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (&**name, value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for ExtraIter<'_> {}

impl fmt::Debug for ExtraIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let types = self
            .clone()
            .map(|(name, value)| (name, Scalar::from(value).type_name()));
        f.debug_map().entries(types).finish()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }

        let mut left: Vec<_> = self.iter().collect();
        let mut right: Vec<_> = other.iter().collect();
        // The sort is stable: the values of one name keep their order.
        left.sort_by(|a, b| a.0.cmp(b.0));
        right.sort_by(|a, b| a.0.cmp(b.0));
        left == right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_values() {
        let mut extra = Extra::default();
        extra.push("Password", "hunter-2".into());
        extra.push("Nested", serde_json::json!({"Password": "hunter-2"}));
        let shown = r#"{"Password": "string", "Nested": "object"}"#;
        assert_eq!(format!("{extra:?}"), shown);
        assert_eq!(format!("{:?}", extra.iter()), shown);
    }

    #[test]
    fn get_and_remove_return_the_last_value() {
        let mut extra = Extra::default();
        extra.push("A", 1.into());
        extra.push("B", 2.into());
        extra.push("A", 3.into());
        assert_eq!((extra.get("A"), extra.len()), (Some(&3.into()), 3));
        assert_eq!(extra.insert("A", 4.into()), Some(3.into()));
        assert_eq!(
            extra.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            ["B", "A"]
        );
        assert_eq!(extra.remove("A"), Some(4.into()));
        assert_eq!(extra.remove("A"), None);
        assert!(!extra.is_empty());
    }

    #[test]
    fn equality_ignores_the_order_of_names() {
        let of = |entries: &[(&'static str, i32)]| {
            let mut extra = Extra::default();
            for (name, value) in entries {
                extra.push(*name, (*value).into());
            }
            extra
        };
        assert_eq!(of(&[("A", 1), ("B", 2)]), of(&[("B", 2), ("A", 1)]));
        assert_ne!(
            of(&[("A", 1), ("A", 2)]),
            of(&[("A", 2), ("A", 1)]),
            "the last value is significant"
        );
        assert_ne!(of(&[("A", 1)]), of(&[("A", 1), ("B", 2)]));
    }
}
