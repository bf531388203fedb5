//! Favorites as images.

use std::borrow::Cow;
use std::collections::HashMap;
use std::mem;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::grouped::GroupItem;
use super::list::{image_of_empty_group, inherit};
use super::{Image, ImageGroup, ImageList, ImageStatus};
use crate::wire::field::Content;
use crate::wire::paging::ListResponse;
use crate::wire::scalar::Scalar;
use crate::wire::write;
use crate::{GroupId, ImageId, SeenIds};

/// A favorite image, in one form for both kinds of lists: single images and groups of versions.
///
/// Serializes as one flat object: `CompShareImageId`, `Name`, `GroupId` and `IsFavorite` (`null` if
/// unknown), the other fields of [`image`](Self::image), the remaining fields of
/// [`group`](Self::group), and [`versions`](Self::versions) as `Versions`. A field whose name is
/// already taken by a different value is written to a nested object: `Group`, or `Image` for a single
/// image.
///
/// ```
/// use compshare_model::{Favorite, ImageGroup};
///
/// let group: ImageGroup = serde_json::from_str(r#"{"GroupId": "g", "ImageName": "Qwen", "Data": [
///     {"CompShareImageId": "a", "Status": "Offline"}, {"CompShareImageId": "b", "Status": "Available"}]}"#)?;
/// let favorite = Favorite::from(group);
/// assert_eq!(format!("{} - {}", favorite.id, favorite.name), "b - Qwen");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Favorite {
    /// The id of [`image`](Self::image). Empty for a group without a version that has an id.
    pub id: ImageId,
    /// The name of the group, else of [`image`](Self::image), else of another version. Empty if the
    /// service sends none of them.
    pub name: String,
    /// The image to create an instance from. Of a group, the first version that is ready, else the
    /// first with an id, else the first; the group's id, state and name fill in for missing ones. An
    /// image without an id for a group without versions.
    pub image: Image,
    /// The id of the group, also of a single image's group.
    pub group_id: Option<GroupId>,
    /// `IsFavorite` of the group, else of its versions.
    pub is_favorite: Option<bool>,
    /// The versions of the group as received. Empty for a single image.
    pub versions: Vec<Image>,
    /// The group, whose `data` is moved to [`versions`](Self::versions). `None` for a single image.
    pub group: Option<ImageGroup>,
}

impl Favorite {
    /// Returns `true` if the state of the image allows to create an instance from it.
    pub fn is_ready(&self) -> bool {
        let status = self.image.status.as_ref();
        status.is_some_and(ImageStatus::is_ready)
    }
}

impl From<Image> for Favorite {
    fn from(image: Image) -> Self {
        Self {
            id: image.id.clone(),
            name: image.name.clone(),
            group_id: image.group_id.clone(),
            is_favorite: image.is_favorite,
            versions: Vec::new(),
            group: None,
            image,
        }
    }
}

impl From<ImageGroup> for Favorite {
    fn from(mut group: ImageGroup) -> Self {
        let main = group.main_version().or(group.data.first());
        let image = main.map_or_else(
            || image_of_empty_group(&group),
            |version| inherit(Cow::Borrowed(version), &group).into_owned(),
        );
        let own = group.image_name.iter().chain([&image.name]);
        let name = own.map(String::as_str).find(|name| !name.is_empty());

        let versions = group.data.iter();
        let group_ids = versions
            .clone()
            .filter_map(|version| version.group_id.as_ref());
        let flags = versions.filter_map(|version| version.is_favorite);
        Self {
            id: image.id.clone(),
            name: name.unwrap_or(group.name()).to_owned(),
            group_id: group
                .group_id
                .as_ref()
                .or(group_ids.clone().next())
                .cloned(),
            is_favorite: group.is_favorite.or(flags.max()),
            image,
            versions: mem::take(&mut group.data),
            group: Some(group),
        }
    }
}

impl GroupItem for Favorite {
    fn from_list(list: ImageList) -> Vec<Self> {
        list.map_rows(Self::from, Self::from)
    }

    fn dedup(&mut self, seen: &mut SeenIds) -> bool {
        let Some(mut group) = self.group.take() else {
            return ImageList::dedup(&mut self.image, seen);
        };
        let count = self.versions.len();
        group.data = mem::take(&mut self.versions);
        let is_kept = group.dedup(seen);

        if group.data.len() == count {
            self.versions = mem::take(&mut group.data);
            self.group = Some(group);
        } else {
            // The image may be one of the removed versions.
            *self = Self::from(group);
        }
        is_kept
    }
}

/// The names of the nested members.
const NESTED: [&str; 3] = ["Versions", "Image", "Group"];

impl Serialize for Favorite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let group_id = self.group_id.as_ref().map_or("", GroupId::as_str);
        let flag = self.is_favorite.map_or(Scalar::Null, Scalar::Bool);
        let leading = [
            ("CompShareImageId", text(self.id.as_str())),
            ("Name", text(&self.name)),
            ("GroupId", text(group_id)),
            ("IsFavorite", Content::Scalar(flag)),
        ];
        let reserved = NESTED.map(|name| (name, Content::Absent));

        // The names of a record are unique, so only the leading and reserved ones can be taken.
        let mut top = Members::from(leading);
        let mut others = Vec::new();
        for (name, content) in write::members(&self.image) {
            let taken = leading.iter().chain(&reserved);
            match taken.into_iter().find(|(other, _)| *other == name) {
                None => top.push((name, content)),
                Some((_, same)) if is_covered(*same, content) => {}
                Some(_) => others.push((name, content)),
            }
        }
        let mut others_name = "Image";

        if let Some(group) = &self.group {
            // The image of a group is one of the versions.
            others.clear();
            others_name = "Group";
            let mut taken: HashMap<_, _> = top.iter().copied().chain(reserved).collect();
            let odd_rows = odd_rows(group).map(|rows| ("Data", Content::Scalar(rows.into())));
            for (name, content) in write::members(group).chain(odd_rows) {
                match taken.get(name) {
                    None => {
                        taken.insert(name, content);
                        top.push((name, content));
                    }
                    Some(same) if is_covered(*same, content) => {}
                    Some(_) => others.push((name, content)),
                }
            }
        }

        let mut map = serializer.serialize_map(None)?;
        for (name, content) in &top {
            map.serialize_entry(name, content)?;
        }
        map.serialize_entry("Versions", &Content::List(&self.versions))?;
        if !others.is_empty() {
            map.serialize_entry(others_name, &Object(&others))?;
        }
        map.end()
    }
}

/// Members of an object: names and contents.
type Members<'a> = Vec<(&'a str, Content<'a>)>;

/// Returns `true` if a value is `null`, or equal to the one that has its name.
fn is_covered(same: Content<'_>, content: Content<'_>) -> bool {
    match (same, content) {
        (_, Content::Scalar(Scalar::Null)) => true,
        // Fast path: no copies of texts.
        (Content::Scalar(a), Content::Scalar(b)) if a == b => true,
        (same, content) => write::value(same) == write::value(content),
    }
}

/// Returns the original list of versions if it has rows that are not versions.
fn odd_rows(group: &ImageGroup) -> Option<&Value> {
    let data = group.extra.get("Data")?;
    let is_other = |row: &Value| !row.is_object() && !row.is_null();
    data.as_array()?.iter().any(is_other).then_some(data)
}

fn text(text: &str) -> Content<'_> {
    let text = Some(text).filter(|text| !text.is_empty());
    Content::Scalar(text.map_or(Scalar::Null, Scalar::Text))
}

/// Members that are serialized as an object.
struct Object<'a>(&'a [(&'a str, Content<'a>)]);

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, content)| (name, content)))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of_group(group: Value) -> Favorite {
        Favorite::from(serde_json::from_value::<ImageGroup>(group).unwrap())
    }

    fn of_image(image: Value) -> Favorite {
        Favorite::from(serde_json::from_value::<Image>(image).unwrap())
    }

    #[test]
    fn image_of_a_group_is_its_ready_version() {
        let row = |id: &str, status: &str| json!({"CompShareImageId": id, "Status": status});
        for (rows, id, is_ready) in [
            (json!([row("a", "Offline"), row("b", "Normal")]), "b", true),
            (
                json!([row("", "Available"), row("b", "Offline")]),
                "b",
                false,
            ),
            (json!([{"Name": "v1"}, {"Name": "v2"}]), "", false),
            (json!([{"CompShareImageId": "a"}]), "a", false),
            (json!([]), "", false),
            (json!(null), "", false),
        ] {
            let favorite = of_group(json!({"GroupId": "g", "Data": rows}));
            assert_eq!(favorite.id.as_str(), id, "{rows}");
            assert_eq!(favorite.image.id.as_str(), id, "{rows}");
            assert_eq!(favorite.is_ready(), is_ready, "{rows}");
            assert_eq!(favorite.group_id, Some("g".into()), "{rows}");
            assert_eq!(favorite.image.group_id, Some("g".into()), "{rows}");
        }

        let by_group = json!({"Status": "Available", "Data": [{"CompShareImageId": "a"}]});
        assert!(of_group(by_group).is_ready());
    }

    #[test]
    fn name_is_the_group_s_or_a_version_s() {
        for (group, name) in [
            (json!({"ImageName": "g", "Data": [{"Name": "v1"}]}), "g"),
            (json!({"ImageName": "", "Data": [{"Name": "v1"}]}), "v1"),
            (
                json!({"Data": [{"CompShareImageId": "a"}, {"Name": "v2"}]}),
                "v2",
            ),
            (json!({"ImageName": "g"}), "g"),
            (json!({"GroupId": "g"}), ""),
        ] {
            assert_eq!(of_group(group.clone()).name, name, "{group}");
        }
        assert_eq!(of_image(json!({"Id": "i", "ImageName": "n"})).name, "n");
    }

    #[test]
    fn group_is_a_favorite_if_a_version_is() {
        for (group, flag) in [
            (
                json!({"IsFavorite": false, "Data": [{"IsFavorite": true}]}),
                Some(false),
            ),
            (
                json!({"Data": [{"IsFavorite": false}, {"IsFavorite": true}, {}]}),
                Some(true),
            ),
            (json!({"Data": [{}]}), None),
        ] {
            assert_eq!(of_group(group.clone()).is_favorite, flag, "{group}");
        }
    }

    #[test]
    fn serializes_images_and_groups_in_one_form() {
        let image = json!({"Author": "A", "Name": "n", "CompShareImageId": "i", "GroupId": "g", "New": [1]});
        let mut favorite = of_image(image);
        favorite.is_favorite = Some(true);
        assert_eq!(
            serde_json::to_string(&favorite).unwrap(),
            r#"{"CompShareImageId":"i","Name":"n","GroupId":"g","IsFavorite":true,"Author":"A","New":[1],"Versions":[]}"#
        );

        let group = json!({"GroupId": "g", "ImageName": "n", "ImageDesc": "d", "IsFavorite": true, "Status": "Available",
            "Rank": 7, "Data": [{"CompShareImageId": "i", "Name": "v1", "Author": "A"}]});
        assert_eq!(
            serde_json::to_string(&of_group(group)).unwrap(),
            concat!(
                r#"{"CompShareImageId":"i","Name":"n","GroupId":"g","IsFavorite":true,"Author":"A","Status":"Available","#,
                r#""ImageName":"n","ImageDesc":"d","Rank":7,"Versions":[{"CompShareImageId":"i","Name":"v1","Author":"A"}]}"#
            )
        );
    }

    #[test]
    fn serializes_odd_rows_once() {
        for data in [json!(["odd"]), json!("odd")] {
            let written = serde_json::to_string(&of_group(json!({"Data": data.clone()}))).unwrap();
            let data = format!(r#""IsFavorite":null,"Data":{data},"Versions":[]}}"#);
            assert!(written.ends_with(&data), "{written}");
        }
    }

    #[test]
    fn serializes_unknown_values_as_null() {
        for favorite in [of_image(json!({})), of_group(json!({}))] {
            assert_eq!(
                serde_json::to_string(&favorite).unwrap(),
                r#"{"CompShareImageId":null,"Name":null,"GroupId":null,"IsFavorite":null,"Versions":[]}"#
            );
        }
    }

    #[test]
    fn keeps_fields_with_different_values() {
        let group = json!({"ImageName": "n", "ImageDesc": "d", "Status": "UnAvailable", "FavoritesCount": "9", "IsFavorite": "True",
            "Versions": 3, "Group": null, "Data": [{"CompShareImageId": 5, "Status": "Reviewing", "FavoritesCount": 9,
                "Description": "d"}, null, "odd"]});
        let written = serde_json::to_value(of_group(group)).unwrap();
        assert_eq!(
            written,
            json!({"CompShareImageId": "5", "Name": "n", "GroupId": null, "IsFavorite": true, "Status": "Reviewing",
                "Description": "d", "FavoritesCount": 9, "ImageName": "n", "ImageDesc": "d",
                "Versions": [{"CompShareImageId": 5, "Status": "Reviewing", "FavoritesCount": 9, "Description": "d"}],
                "Data": [{"CompShareImageId": 5, "Status": "Reviewing", "FavoritesCount": 9, "Description": "d"}, null, "odd"],
                "Group": {"IsFavorite": "True", "Status": "UnAvailable", "FavoritesCount": "9", "Versions": 3}})
        );

        let image = of_image(
            json!({"CompShareImageId": 5, "ImageId": "5", "IsFavorite": "perhaps", "Name": null}),
        );
        assert_eq!(
            serde_json::to_value(image).unwrap(),
            json!({"CompShareImageId": "5", "Name": null, "GroupId": null, "IsFavorite": null, "ImageId": "5",
                "Versions": [], "Image": {"CompShareImageId": 5, "IsFavorite": "perhaps"}})
        );
    }

    #[test]
    fn dedup_removes_versions_seen_before() {
        let seen = &mut SeenIds::default();
        let ready = json!({"CompShareImageId": "a", "Status": "Available"});
        let other = json!({"CompShareImageId": "b", "Status": "Offline"});
        let mut first = of_group(json!({"GroupId": "g", "Data": [ready]}));
        assert!(first.dedup(seen));
        assert_eq!((first.id.as_str(), first.versions.len()), ("a", 1));

        let mut second =
            of_group(json!({"GroupId": "g", "ImageName": "n", "Data": [ready, other]}));
        assert!(second.dedup(seen));
        assert_eq!((second.id.as_str(), second.versions.len()), ("b", 1));
        assert_eq!((second.name.as_str(), second.is_ready()), ("n", false));
        assert!(!second.dedup(seen));
        assert!(!of_image(other).dedup(seen));
    }
}
