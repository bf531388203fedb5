//! The part of a record that its typed fields do not hold.

use std::borrow::Cow;
use std::slice;

use serde_json::Value;

/// The part of a record that its typed fields do not hold, in the order in which it arrived: unknown fields, and the
/// original of every field that would be written as other JSON (`null`, a number given as text, another spelling of the
/// name, a wrong type).
///
/// A record is written as it was read: an original is written in place of its field. A field that was changed since is
/// written as it is now, and its original is left out.
///
/// Two are equal if every name has the same values in the same order; the order of different names does not matter, as
/// in JSON.
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
#[derive(Debug, Clone, Default)]
pub struct Extra {
    entries: Vec<(Cow<'static, str>, Value)>,
}

impl Extra {
    /// The value of `name`; if it came more than once, the last.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entries
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    /// All names and values, in order.
    pub fn iter(&self) -> ExtraIter<'_> {
        ExtraIter(self.entries.iter())
    }

    /// How many there are; a name that came twice counts twice.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes every value of `name` out and returns the last.
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

    /// Sets the value of `name` in place of any it had, the last of which is returned.
    pub fn insert(&mut self, name: impl Into<Cow<'static, str>>, value: Value) -> Option<Value> {
        let name = name.into();
        let before = self.remove(&name);
        self.push(name, value);
        before
    }

    /// Adds a value without looking for the name, so that many of them cost no more than their number.
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

/// An iterator over names and values, returned by [`Extra::iter`].
#[derive(Debug, Clone)]
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

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let (mut left, mut right): (Vec<_>, Vec<_>) =
            (self.iter().collect(), other.iter().collect());
        // Stable, so that the values of one name keep their order.
        left.sort_by(|a, b| a.0.cmp(b.0));
        right.sort_by(|a, b| a.0.cmp(b.0));
        left == right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_name_counts() {
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
    fn equality_is_that_of_objects() {
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
            "the last one counts"
        );
        assert_ne!(of(&[("A", 1)]), of(&[("A", 1), ("B", 2)]));
    }
}
