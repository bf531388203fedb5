//! Listings of images, group by group.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use super::list::group_key;
use super::{ImageGroup, ImageList};
use crate::flatten::Sink;
use crate::{Action, Effect, FlattenError, PagedAction, Rows, Seen, Window};

/// A listing of images whose items are groups rather than the versions in them: [`ImageGroup`] or
/// [`Favorite`](crate::Favorite).
///
/// ```
/// use compshare_model::{Action, DescribeCommunityImages, ImageGroup, PagedAction};
///
/// let request = DescribeCommunityImages::new().exclude_readme(true).grouped();
/// assert_eq!(request.name(), "DescribeCommunityImages");
///
/// fn items_are_groups<A: PagedAction<Item = ImageGroup>>(_: &A) {}
/// items_are_groups(&request);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Grouped<A, T = ImageGroup>(A, PhantomData<fn() -> T>);

impl<A> Grouped<A> {
    /// Returns the same listing group by group.
    pub fn new(action: A) -> Self {
        Self::from(action)
    }
}

impl<A, T> Grouped<A, T> {
    /// Returns the listing itself.
    pub fn inner(&self) -> &A {
        &self.0
    }

    /// Returns the listing itself.
    pub fn into_inner(self) -> A {
        self.0
    }
}

impl<A, T> From<A> for Grouped<A, T> {
    fn from(action: A) -> Self {
        Self(action, PhantomData)
    }
}

impl<A: Serialize, T> Serialize for Grouped<A, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<A: Action, T: Send + 'static> Action for Grouped<A, T> {
    const NAME: &'static str = A::NAME;
    const EFFECT: Effect = A::EFFECT;
    type Response = A::Response;

    fn name(&self) -> &str {
        self.0.name()
    }

    fn effect(&self) -> Effect {
        self.0.effect()
    }

    fn flatten(&self, sink: Sink<'_>) -> Result<(), FlattenError> {
        self.0.flatten(sink)
    }
}

impl<A, T> PagedAction for Grouped<A, T>
where
    A: PagedAction<Response = ImageList>,
    T: GroupItem,
{
    type Item = T;

    const MAX_LIMIT: u32 = A::MAX_LIMIT;

    fn window(&self) -> Window {
        self.0.window()
    }

    fn with_window(&self, window: Window) -> Self {
        Self::from(self.0.with_window(window))
    }

    fn split(list: ImageList) -> Rows<T> {
        list.into()
    }

    fn dedup(item: &mut T, seen: &mut Seen) -> bool {
        item.dedup(seen)
    }
}

/// An item of a [`Grouped`] listing.
pub trait GroupItem: Clone + Send + 'static {
    /// Returns the items of a page.
    fn from_list(list: ImageList) -> Vec<Self>;

    /// See [`PagedAction::dedup`].
    fn dedup(&mut self, seen: &mut Seen) -> bool;
}

impl GroupItem for ImageGroup {
    fn from_list(list: ImageList) -> Vec<Self> {
        list.into_groups()
    }

    /// A group may be sent in parts, on one page or on several: only versions that were returned before are removed.
    fn dedup(&mut self, seen: &mut Seen) -> bool {
        let (versions, known) = (self.data.len(), seen.len());
        self.data
            .retain(|version| version.id.is_empty() || seen.insert(version.id.as_str()));
        if seen.len() > known {
            return true;
        }
        if versions > 0 && self.data.is_empty() {
            return false;
        }

        let id = self.group_id.as_ref().map(AsRef::as_ref);
        let id = id.or_else(|| self.data.iter().find_map(group_key));
        match id.filter(|id: &&str| !id.is_empty()) {
            // Without versions, a group that was returned before has nothing new.
            Some(id) => seen.insert(("group", id)) || versions > 0,
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::DescribeCommunityImages;

    type Groups = Grouped<DescribeCommunityImages>;

    /// Returns whether the group is kept, whether it has something new, and the ids that are left of it.
    fn dedup(seen: &mut Seen, group: &Value) -> (bool, bool, Vec<String>) {
        let mut group: ImageGroup = serde_json::from_value(group.clone()).unwrap();
        let known = seen.len();
        let is_kept = Groups::dedup(&mut group, seen);
        let ids = group.data.iter().map(|row| row.id.to_string()).collect();
        (is_kept, seen.len() > known, ids)
    }

    #[test]
    fn a_group_that_comes_in_parts_loses_no_version() {
        let seen = &mut Seen::default();
        let part = |ids: &[&str]| {
            let rows: Vec<_> = ids
                .iter()
                .map(|id| json!({"CompShareImageId": id}))
                .collect();
            json!({"GroupId": "g", "Data": rows})
        };
        let (new, unknown, given) = ((true, true), (true, false), (false, false));
        for (group, expected, ids) in [
            (part(&["a", "b"]), new, vec!["a", "b"]),
            (part(&["b", "c"]), new, vec!["c"]),
            (part(&["c"]), given, vec![]),
            // The group itself, without versions.
            (json!({"GroupId": "g"}), new, vec![]),
            (json!({"GroupId": "g"}), given, vec![]),
            (
                json!({"GroupId": "h", "Data": [{"Name": "v1"}]}),
                new,
                vec![""],
            ),
            (
                json!({"GroupId": "h", "Data": [{"Name": "v1"}]}),
                unknown,
                vec![""],
            ),
            (
                json!({"Data": [{"Name": "v1", "GroupId": "i"}]}),
                new,
                vec![""],
            ),
            (json!({"ImageName": "n"}), unknown, vec![]),
            (json!({"GroupId": "", "ImageName": "n"}), unknown, vec![]),
        ] {
            let (is_kept, is_new, left) = dedup(seen, &group);
            assert_eq!(
                ((is_kept, is_new), left),
                (expected, ids.into_iter().map(str::to_owned).collect()),
                "{group}"
            );
        }
    }

    #[test]
    fn what_was_taken_out_is_not_written() {
        let mut group: ImageGroup = serde_json::from_value(
            json!({"GroupId": "g", "Data": [{"CompShareImageId": "a"}, null]}),
        )
        .unwrap();
        let seen = &mut Seen::default();
        seen.insert("a");
        assert!(!Groups::dedup(&mut group, seen));
        assert_eq!(
            serde_json::to_value(&group).unwrap(),
            json!({"GroupId": "g"})
        );
    }
}
