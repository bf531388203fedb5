//! Listings of images, group by group.

use serde::{Serialize, Serializer};

use super::list::{key, shared_key};
use crate::{Action, Effect, ImageGroup, ImageList, Key, Novelty, PagedAction, Rows, Window};

/// A listing of images whose items are the groups rather than the versions in them.
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
pub struct Grouped<A>(A);

impl<A> Grouped<A> {
    /// The same listing group by group.
    pub fn new(action: A) -> Self {
        Self(action)
    }

    /// The listing itself.
    pub fn inner(&self) -> &A {
        &self.0
    }

    /// The listing itself.
    pub fn into_inner(self) -> A {
        self.0
    }
}

impl<A: Serialize> Serialize for Grouped<A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<A: Action> Action for Grouped<A> {
    const NAME: &'static str = A::NAME;
    const EFFECT: Effect = A::EFFECT;
    type Response = A::Response;

    fn name(&self) -> &str {
        self.0.name()
    }

    fn effect(&self) -> Effect {
        self.0.effect()
    }
}

impl<A: PagedAction<Response = ImageList>> PagedAction for Grouped<A> {
    type Item = ImageGroup;

    const MAX_LIMIT: u32 = A::MAX_LIMIT;

    fn window(&self) -> Window {
        self.0.window()
    }

    fn with_window(&self, window: Window) -> Self {
        Self(self.0.with_window(window))
    }

    fn split(list: ImageList) -> Rows<ImageGroup> {
        list.into()
    }

    /// The group's id.
    fn key(group: &ImageGroup) -> Option<&str> {
        group.group_id.as_ref().map(AsRef::as_ref)
    }

    /// A group may come in parts, on one page or on several: what is taken out are versions that were given before, and
    /// not the rest of the group with them.
    fn sift(group: &mut ImageGroup, is_new: &mut dyn FnMut(Key<'_>) -> bool) -> Novelty {
        let before = group.data.len();
        let mut any_new = false;
        group.data.retain(|version| {
            let Some(id) = key(version) else { return true };
            let new = is_new(Key::Own(id));
            any_new |= new;
            new
        });
        if group.data.len() != before {
            // A kept original would still hold what was taken out.
            group.extra.remove("Data");
        }
        if any_new {
            return Novelty::New;
        }
        if before != 0 && group.data.is_empty() {
            return Novelty::Given;
        }
        let id = group
            .group_id
            .as_ref()
            .map(AsRef::as_ref)
            .or_else(|| group.data.iter().find_map(shared_key));
        match id.filter(|id: &&str| !id.is_empty()) {
            Some(id) if is_new(Key::Shared(id)) => Novelty::New,
            // Without versions, there is nothing in it but the group, and that was given.
            Some(_) if before == 0 => Novelty::Given,
            _ => Novelty::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::{Value, json};

    use super::*;
    use crate::DescribeCommunityImages;

    type Groups = Grouped<DescribeCommunityImages>;

    fn sifted(seen: &mut HashSet<String>, group: &Value) -> (Novelty, Vec<String>) {
        let mut group: ImageGroup = serde_json::from_value(group.clone()).unwrap();
        let novelty = Groups::sift(&mut group, &mut |key| seen.insert(format!("{key:?}")));
        (
            novelty,
            group.data.iter().map(|row| row.id.to_string()).collect(),
        )
    }

    #[test]
    fn a_group_that_comes_in_parts_loses_no_version() {
        let seen = &mut HashSet::new();
        let part = |ids: &[&str]| {
            let rows: Vec<_> = ids
                .iter()
                .map(|id| json!({"CompShareImageId": id}))
                .collect();
            json!({"GroupId": "g", "Data": rows})
        };
        assert_eq!(
            sifted(seen, &part(&["a", "b"])),
            (Novelty::New, vec!["a".into(), "b".into()])
        );
        assert_eq!(
            sifted(seen, &part(&["b", "c"])),
            (Novelty::New, vec!["c".into()])
        );
        assert_eq!(sifted(seen, &part(&["c"])), (Novelty::Given, vec![]));
        assert_eq!(
            sifted(seen, &json!({"GroupId": "g"})).0,
            Novelty::New,
            "the group itself, without versions"
        );
        assert_eq!(sifted(seen, &json!({"GroupId": "g"})).0, Novelty::Given);
        assert_eq!(
            sifted(seen, &json!({"GroupId": "h", "Data": [{"Name": "v1"}]})),
            (Novelty::New, vec![String::new()])
        );
        assert_eq!(
            sifted(seen, &json!({"GroupId": "h", "Data": [{"Name": "v1"}]})).0,
            Novelty::Unknown
        );
        assert_eq!(sifted(seen, &json!({"ImageName": "n"})).0, Novelty::Unknown);
    }

    #[test]
    fn what_was_taken_out_is_not_written() {
        let mut group: ImageGroup = serde_json::from_value(
            json!({"GroupId": "g", "Data": [{"CompShareImageId": "a"}, null]}),
        )
        .unwrap();
        assert_eq!(Groups::sift(&mut group, &mut |_| false), Novelty::Given);
        assert_eq!(
            serde_json::to_value(&group).unwrap(),
            json!({"GroupId": "g"})
        );
    }
}
