//! Image listings with groups as items.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use super::list::group_key;
use super::{ImageGroup, ImageList};
use crate::flatten::Sink;
use crate::{Action, Effect, FlattenError, PagedAction, Rows, SeenIds, Window};

/// An image listing whose items are groups instead of versions: [`ImageGroup`] or
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
    /// Wraps a listing.
    pub fn new(action: A) -> Self {
        Self::from(action)
    }
}

impl<A, T> Grouped<A, T> {
    /// Returns the wrapped listing.
    pub fn inner(&self) -> &A {
        &self.0
    }

    /// Returns the wrapped listing.
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
    const ADVANCES_BY_LIMIT: bool = A::ADVANCES_BY_LIMIT;

    fn window(&self) -> Window {
        self.0.window()
    }

    fn with_window(&self, window: Window) -> Self {
        Self::from(self.0.with_window(window))
    }

    fn into_rows(list: ImageList) -> Rows<T> {
        list.into()
    }

    fn dedup(item: &mut T, seen: &mut SeenIds) -> bool {
        item.dedup(seen)
    }
}

/// An item of a [`Grouped`] listing.
pub trait GroupItem: Clone + Send + 'static {
    /// Returns the items of a page.
    fn from_list(list: ImageList) -> Vec<Self>;

    /// See [`PagedAction::dedup`].
    fn dedup(&mut self, seen: &mut SeenIds) -> bool;
}

impl GroupItem for ImageGroup {
    fn from_list(list: ImageList) -> Vec<Self> {
        list.into_groups()
    }

    /// Removes the versions whose ids are in `seen`. The versions of a group may be split over
    /// several rows and pages.
    fn dedup(&mut self, seen: &mut SeenIds) -> bool {
        let versions = self.data.len();
        let known = seen.len();

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
            // A known group without versions has nothing new.
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

    /// Returns `true` if the group is kept, `true` if it has a new id, and its remaining ids.
    fn dedup(seen: &mut SeenIds, group: &Value) -> (bool, bool, Vec<String>) {
        let mut group: ImageGroup = serde_json::from_value(group.clone()).unwrap();
        let known = seen.len();
        let is_kept = Groups::dedup(&mut group, seen);
        let ids = group.data.iter().map(|row| row.id.to_string()).collect();
        (is_kept, seen.len() > known, ids)
    }

    #[test]
    fn dedup_keeps_new_versions_of_a_known_group() {
        let seen = &mut SeenIds::default();
        let part = |ids: &[&str]| {
            let rows: Vec<_> = ids
                .iter()
                .map(|id| json!({"CompShareImageId": id}))
                .collect();
            json!({"GroupId": "g", "Data": rows})
        };
        let (new, without_id, known) = ((true, true), (true, false), (false, false));
        for (group, expected, ids) in [
            (part(&["a", "b"]), new, vec!["a", "b"]),
            (part(&["b", "c"]), new, vec!["c"]),
            (part(&["c"]), known, vec![]),
            // The group without versions.
            (json!({"GroupId": "g"}), new, vec![]),
            (json!({"GroupId": "g"}), known, vec![]),
            (
                json!({"GroupId": "h", "Data": [{"Name": "v1"}]}),
                new,
                vec![""],
            ),
            (
                json!({"GroupId": "h", "Data": [{"Name": "v1"}]}),
                without_id,
                vec![""],
            ),
            (
                json!({"Data": [{"Name": "v1", "GroupId": "i"}]}),
                new,
                vec![""],
            ),
            (json!({"ImageName": "n"}), without_id, vec![]),
            (json!({"GroupId": "", "ImageName": "n"}), without_id, vec![]),
        ] {
            let (is_kept, is_new, remaining) = dedup(seen, &group);
            assert_eq!(
                ((is_kept, is_new), remaining),
                (expected, ids.into_iter().map(str::to_owned).collect()),
                "{group}"
            );
        }
    }

    #[test]
    fn removed_versions_are_not_serialized() {
        let mut group: ImageGroup = serde_json::from_value(
            json!({"GroupId": "g", "Data": [{"CompShareImageId": "a"}, null]}),
        )
        .unwrap();
        let seen = &mut SeenIds::default();
        seen.insert("a");
        assert!(!Groups::dedup(&mut group, seen));
        assert_eq!(
            serde_json::to_value(&group).unwrap(),
            json!({"GroupId": "g"})
        );
    }
}
