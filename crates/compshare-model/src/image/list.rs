//! The response of all image listings.

use std::borrow::Cow;

use serde::Serialize;

use super::grouped::GroupItem;
use super::{GroupStatus, Image, ImageGroup};
use crate::wire::paging::ListResponse;
use crate::wire::read::{self, Context};
use crate::wire::record::{Record, record};
use crate::{Extra, Rows, SeenIds};

/// The names of a flat list.
pub(crate) const IMAGES: &[&str] = &["ImageSet"];
/// The names of a list of groups, in CompShare's documentation and in UCloud's SDKs.
pub(crate) const GROUPS: &[&str] = &["CompshareImageGroup", "ImageSetGroup"];

record! {
    /// A page of images, as a flat list or as groups of versions.
    ///
    /// A flat list is an `ImageSet`. Groups are a `CompshareImageGroup` in CompShare's
    /// documentation, and an `ImageSetGroup` in UCloud's SDKs. The sources disagree on the form of
    /// a listing, and the service is reported to send other forms than its SDKs expect, so this
    /// type accepts all of them. [`images`](Self::images) and [`into_images`](Self::into_images)
    /// return all versions, [`into_groups`](Self::into_groups) all groups.
    ///
    /// ```
    /// use compshare_model::ImageList;
    ///
    /// let flat: ImageList = serde_json::from_str(
    ///     r#"{"ImageSet": [{"CompShareImageId": "a", "Name": "Qwen"}]}"#,
    /// )?;
    /// let grouped: ImageList = serde_json::from_str(
    ///     r#"{"CompshareImageGroup": [{"GroupId": "g", "ImageName": "Qwen",
    ///         "Data": [{"CompShareImageId": "a"}, {"CompShareImageId": "b"}]}]}"#,
    /// )?;
    /// assert_eq!((flat.images().count(), grouped.images().count()), (1, 2));
    /// assert_eq!(grouped.into_groups()[0].data[1].name, "Qwen");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub response ImageList {
        /// The images of a flat list.
        image_set: Vec<Image> as Required = "ImageSet",
        /// The groups of a grouped list.
        groups: Vec<ImageGroup> as Required = "CompshareImageGroup" | "ImageSetGroup",
        /// Total number of groups or of versions: the sources do not define which. It is known to
        /// be absent, 0 or the size of the page, so it is only a hint.
        total_count: Option<u64> = "TotalCount" | "Total",
        /// Number of published groups or versions.
        available_total_count: Option<u64> = "AvailableTotalCount",
    }
}

impl ImageList {
    /// Iterates over all images: those of the flat list, then those of each group.
    ///
    /// An image without a group id, a state or a name inherits that of its group. A group without
    /// versions is returned as one image without an id.
    pub fn images(&self) -> impl Iterator<Item = Cow<'_, Image>> {
        let flat = self.image_set.iter().flat_map(|row| match as_group(row) {
            Some(group) => owned(images_of(&group)),
            None => vec![Cow::Borrowed(row)],
        });
        flat.chain(self.groups.iter().flat_map(images_of))
    }

    /// Returns all images like [`images`](Self::images), without copying them.
    pub fn into_images(self) -> Vec<Image> {
        if self.groups.is_empty() && self.image_set.iter().all(|row| as_group(row).is_none()) {
            return self.image_set;
        }

        let mut images = Vec::new();
        for group in self.into_groups() {
            if group.data.is_empty() {
                images.push(image_of_empty_group(&group));
            } else {
                images.extend(group.data);
            }
        }
        images
    }

    /// Returns all groups. A row of a flat list becomes a group with one version.
    ///
    /// Images inherit missing fields from their group as in [`images`](Self::images).
    pub fn into_groups(self) -> Vec<ImageGroup> {
        self.map_rows(single_version_group, |mut group| {
            let rows = std::mem::take(&mut group.data).into_iter();
            let rows = rows.map(|row| inherit(Cow::Owned(row), &group).into_owned());
            group.data = rows.collect();
            group
        })
    }

    /// Converts each row by its kind. Both kinds of lists may contain images and groups.
    pub(super) fn map_rows<T>(
        self,
        from_image: impl Fn(Image) -> T,
        from_group: impl Fn(ImageGroup) -> T,
    ) -> Vec<T> {
        let flat = self.image_set.into_iter().map(|row| match as_group(&row) {
            Some(group) => from_group(group),
            None => from_image(row),
        });
        let grouped = self.groups.into_iter().map(|group| match as_image(&group) {
            Some(image) => from_image(image),
            None => from_group(group),
        });
        flat.chain(grouped).collect()
    }
}

/// Returns the images of one group.
fn images_of(group: &ImageGroup) -> Vec<Cow<'_, Image>> {
    if group.data.is_empty() {
        let alone = as_image(group).unwrap_or_else(|| image_of_empty_group(group));
        return vec![Cow::Owned(alone)];
    }
    let rows = group.data.iter();
    rows.map(|row| inherit(Cow::Borrowed(row), group)).collect()
}

fn owned(images: Vec<Cow<'_, Image>>) -> Vec<Cow<'static, Image>> {
    let images = images.into_iter().map(Cow::into_owned);
    images.map(Cow::Owned).collect()
}

/// Converts a row of a flat list to a group with that row as its only version.
fn single_version_group(image: Image) -> ImageGroup {
    let status = image.status.as_ref();
    ImageGroup {
        group_id: image.group_id.clone(),
        is_favorite: image.is_favorite,
        status: status.map(|status| GroupStatus::from(status.as_str())),
        data: vec![image],
        ..ImageGroup::default()
    }
}

/// Converts a row of a flat list to a group, if it has versions and no image id.
fn as_group(row: &Image) -> Option<ImageGroup> {
    if !row.id.is_empty() || row.extra.get("Data").is_none() {
        return None;
    }
    convert(row).filter(|group: &ImageGroup| !group.data.is_empty())
}

/// Converts a row of a list of groups to an image, if it has an image id and no versions.
fn as_image(group: &ImageGroup) -> Option<Image> {
    if !group.data.is_empty() {
        return None;
    }
    convert(group).filter(|image: &Image| !image.id.is_empty())
}

/// Converts a record to another type through its JSON, which is lossless.
fn convert<T: Record + Default>(record: &impl Serialize) -> Option<T> {
    let text = serde_json::to_string(record).ok()?;
    let mut other = T::default();
    read::record_from_text(&mut other, &text, &mut Context::unlimited()).ok()?;
    Some(other)
}

/// The maximum length of a text that rows inherit, since each row has a copy.
const MAX_INHERITED: usize = 1024;

/// Sets the missing group id, state and name of a row to those of its group.
pub(super) fn inherit<'a>(mut row: Cow<'a, Image>, group: &ImageGroup) -> Cow<'a, Image> {
    if row.group_id.is_none() {
        let id = group.group_id.as_ref();
        if let Some(id) = id.filter(|id| id.as_str().len() <= MAX_INHERITED) {
            row.to_mut().group_id = Some(id.clone());
        }
    }
    if row.status.is_none() {
        let status = group.image_status();
        if let Some(status) = status.filter(|status| status.as_str().len() <= MAX_INHERITED) {
            row.to_mut().status = Some(status);
        }
    }
    if row.name.is_empty() {
        let name = group.image_name.as_ref();
        if let Some(name) = name.filter(|name| (1..=MAX_INHERITED).contains(&name.len())) {
            row.to_mut().name.clone_from(name);
        }
    }
    row
}

/// Converts a group without versions to an image. Names in `extra` have the same meaning there.
pub(super) fn image_of_empty_group(group: &ImageGroup) -> Image {
    Image {
        name: group.image_name.clone().unwrap_or_default(),
        description: group.image_desc.clone(),
        group_id: group.group_id.clone(),
        status: group.image_status(),
        created_count: group.created_count,
        favorites_count: group.favorites_count,
        recommend_count: group.recommend_count,
        image_use_time: group.image_use_time,
        is_favorite: group.is_favorite,
        extra: group.extra.clone(),
        ..Image::default()
    }
}

impl From<ImageList> for Rows<Image> {
    fn from(list: ImageList) -> Self {
        let rows = count(&list);
        rows.with_items(list.into_images())
    }
}

impl<T: GroupItem> From<ImageList> for Rows<T> {
    fn from(list: ImageList) -> Self {
        let rows = count(&list);
        rows.with_items(T::from_list(list))
    }
}

/// Counts the rows of a page, and estimates the minimum total.
fn count(list: &ImageList) -> Rows<()> {
    let flat = sent_len(&list.extra, IMAGES, list.image_set.len());
    let grouped = sent_len(&list.extra, GROUPS, list.groups.len());
    // The service pages by images or by groups. If a response has both lists, use the shorter one:
    // overlapping pages lose no rows.
    let received = if flat == 0 || grouped == 0 {
        flat.max(grouped)
    } else {
        flat.min(grouped)
    };

    // The totals may count versions while pages count groups, so scale them by the largest count.
    let versions = list.groups.iter().map(|group| group.data.len()).sum();
    let counted = len_u64(versions).max(grouped).max(received).max(1);
    let totals = list.total_count.zip(list.available_total_count);
    let lower = totals.map(|(total, available)| total.min(available));
    Rows {
        min_total: lower.map(|total| total.saturating_mul(received) / counted),
        ..Rows::new(Vec::new(), received, list.total_count)
    }
}

fn len_u64(length: usize) -> u64 {
    length.try_into().unwrap_or(u64::MAX)
}

/// Returns the number of rows in a list as sent, including `null`s, which are in the original only.
///
/// If both names of a list have an original, the shorter one with at least `typed` rows is used, so
/// that pages overlap rather than skip rows.
pub(crate) fn sent_len(extra: &Extra, names: &[&str], typed: usize) -> u64 {
    let originals = names.iter().filter_map(|name| extra.get(name)?.as_array());
    let lengths = originals.map(Vec::len);
    let kept = lengths.filter(|length| *length > 0 && *length >= typed);
    len_u64(kept.min().unwrap_or(typed))
}

impl ListResponse for ImageList {
    type Item = Image;

    fn dedup(image: &mut Image, seen: &mut SeenIds) -> bool {
        if !image.id.is_empty() {
            return seen.insert(image.id.as_str());
        }
        // Always keep an image without an id. A new group proves that the page is new.
        if let Some(group) = group_key(image) {
            seen.insert(("group", group));
        }
        true
    }
}

/// Returns the id of the image's group.
pub(super) fn group_key(image: &Image) -> Option<&str> {
    let id = image.group_id.as_ref().map(AsRef::as_ref);
    id.filter(|id: &&str| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::ImageStatus;

    fn response(value: &Value) -> ImageList {
        let response: ImageList = serde_json::from_str(&value.to_string()).unwrap();
        assert_eq!(
            &serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        response
    }

    fn names(response: &ImageList) -> Vec<String> {
        response
            .images()
            .map(|image| format!("{}/{}", image.id, image.name))
            .collect()
    }

    #[test]
    fn accepts_every_form_of_an_empty_list() {
        for value in [
            json!({}),
            json!({"ImageSet": null}),
            json!({"ImageSet": []}),
            json!({"ImageSet": {}}),
            json!({"CompshareImageGroup": null, "TotalCount": 3}),
            json!({"ImageSetGroup": []}),
            json!({"ImageSet": [], "Others": [{"A": 1}]}),
            json!({"Tags": ["a"], "Others": [], "More": {"A": [1]}}),
        ] {
            let response = response(&value);
            assert!(names(&response).is_empty());
            assert_eq!(Rows::<Image>::from(response).received, 0);
        }
    }

    #[test]
    fn single_object_is_one_row_and_null_has_no_image() {
        let one = response(&json!({"ImageSet": {"CompShareImageId": "a"}}));
        assert_eq!(names(&one), ["a/"]);
        assert_eq!(Rows::<Image>::from(one).received, 1);
        let some = response(&json!({"ImageSet": [null, {"ImageId": "a"}, null, {}], "Total": "4"}));
        assert_eq!(names(&some), ["a/", "/"]);
        let rows = Rows::<Image>::from(some);
        assert_eq!(
            (rows.items.len(), rows.received, rows.total),
            (2, 4, Some(4))
        );
        let nulls = response(&json!({"ImageSetGroup": [null, null]}));
        assert_eq!(
            Rows::<Image>::from(nulls).received,
            2,
            "a page of nulls is not the end of the list"
        );
    }

    #[test]
    fn other_values_in_place_of_a_list_are_errors() {
        for value in [
            json!({"ImageSet": "a"}),
            json!({"ImageSet": 0}),
            json!({"ImageSet": false}),
            json!({"ImageSet": [[]]}),
            json!({"ImageSet": [{}, "a"]}),
            json!({"CompshareImageGroup": ""}),
            json!({"ImageSetGroup": [1]}),
            json!({"Favorites": [{"CompShareImageId": "a"}]}),
            json!({"Favorites": [null, {}]}),
        ] {
            assert!(
                serde_json::from_value::<ImageList>(value.clone()).is_err(),
                "{value}"
            );
        }
    }

    #[test]
    fn images_inherit_fields_of_their_group() {
        for list in GROUPS {
            let response = response(&json!({ *list: [
                {"GroupId": "g1", "ImageName": "Qwen", "Status": "Available", "Data": [
                    {"CompShareImageId": "a", "Name": "v1", "GroupId": "own", "Status": "Offline"},
                    {"CompShareImageId": "b", "Name": null, "ImageName": null, "GroupId": "", "Status": null},
                ]},
                {"GroupId": "g2", "ImageName": "Flux", "Status": "UnAvailable", "FavoritesCount": "3", "Data": null, "New": 1},
                {"Data": [{"CompShareImageId": "c"}]},
            ]}));
            let images = response.clone().into_images();
            assert_eq!(
                images,
                response.images().map(Cow::into_owned).collect::<Vec<_>>()
            );
            let [a, b, alone, c] = images.as_slice() else {
                panic!("four images")
            };
            assert_eq!(
                (a.name.as_str(), a.group_id.as_ref().unwrap().as_str()),
                ("v1", "own")
            );
            assert_eq!(a.status, Some(ImageStatus::Offline));
            assert_eq!(
                (b.name.as_str(), b.group_id.as_ref().unwrap().as_str()),
                ("Qwen", "g1")
            );
            assert_eq!(b.status, Some(ImageStatus::Available));
            assert_eq!(
                serde_json::to_value(b).unwrap(),
                json!({"CompShareImageId": "b", "Name": "Qwen", "GroupId": "g1", "Status": "Available"}),
                "inherited fields are serialized"
            );
            assert!(alone.id.is_empty());
            assert_eq!(
                (alone.name.as_str(), alone.favorites_count),
                ("Flux", Some(3))
            );
            assert_eq!((alone.id.as_str(), group_key(alone)), ("", Some("g2")));
            assert_eq!(alone.extra.get("New"), Some(&json!(1)));
            assert_eq!((c.id.as_str(), c.group_id.as_ref()), ("c", None));
            assert!(
                matches!(response.images().next(), Some(Cow::Borrowed(_))),
                "rows without inherited fields are not copied"
            );
            assert_eq!(
                Rows::<Image>::from(response).received,
                3,
                "the service pages by groups"
            );
        }
    }

    #[test]
    fn lists_accept_rows_of_the_other_kind() {
        for list in GROUPS {
            let flat = response(
                &json!({ *list: [{"ImageId": "a", "Name": "n", "Size": 3}, {"CompShareImageId": "b"}]}),
            );
            assert_eq!(names(&flat), ["a/n", "b/"]);
            assert_eq!(flat.clone().into_images()[0].size, Some(3));
            assert_eq!(Rows::<Image>::from(flat).received, 2);
        }
        let grouped = response(&json!({"ImageSet": [
            {"GroupId": "g", "ImageName": "Qwen", "Data": [{"CompShareImageId": "a"}, {"CompShareImageId": "b", "Name": "v2"}]},
            {"CompShareImageId": "c", "Name": "plain", "Data": []},
        ]}));
        assert_eq!(names(&grouped), ["a/Qwen", "b/v2", "c/plain"]);
        assert_eq!(
            grouped
                .images()
                .next()
                .unwrap()
                .group_id
                .as_ref()
                .unwrap()
                .as_str(),
            "g"
        );
        assert_eq!(
            grouped.clone().into_images(),
            grouped.images().map(Cow::into_owned).collect::<Vec<_>>()
        );
        assert_eq!(
            Rows::<Image>::from(grouped).received,
            2,
            "the service pages by rows"
        );
    }

    /// A long text of a group is not copied to each of its rows.
    #[test]
    fn inherited_texts_are_bounded() {
        let long = "x".repeat(MAX_INHERITED + 1);
        let rows: Vec<_> = (0..1000)
            .map(|id| json!({"CompShareImageId": id.to_string()}))
            .collect();
        let group = json!({"GroupId": long, "ImageName": long, "Status": long, "Data": rows});
        let images = response(&json!({"ImageSetGroup": [group]})).into_images();
        assert_eq!(images.len(), 1000);
        assert!(images.iter().all(|image| image.name.is_empty()
            && image.group_id.is_none()
            && image.status.is_none()));
    }

    #[test]
    fn received_is_the_length_of_the_shorter_list() {
        let both = response(&json!({
            "ImageSet": [{"CompShareImageId": "a"}, {"CompShareImageId": "b"}],
            "CompshareImageGroup": [{"GroupId": "g", "Data": [{"CompShareImageId": "a"}, {"CompShareImageId": "b"}]}],
        }));
        let rows = Rows::<Image>::from(both);
        assert_eq!((rows.items.len(), rows.received), (4, 1));
    }

    #[test]
    fn canonical_name_of_the_groups_is_preferred() {
        let both = response(&json!({
            "CompshareImageGroup": [{"GroupId": "g", "Data": [{"CompShareImageId": "a"}]}],
            "ImageSetGroup": [{"GroupId": "h"}, {"GroupId": "i"}],
        }));
        assert_eq!(names(&both), ["a/"], "the canonical name is preferred");
        assert_eq!(Rows::<Image>::from(both).received, 1);
        let empty = response(
            &json!({"CompshareImageGroup": [], "ImageSetGroup": [{"GroupId": "h", "ImageName": "n"}]}),
        );
        assert_eq!(names(&empty), ["/n"]);
        assert_eq!(Rows::<Image>::from(empty).received, 1);
    }

    #[test]
    fn dedup_removes_known_ids_and_keeps_images_without_id() {
        let image = |id: &str, group: &str| Image {
            id: id.into(),
            group_id: Some(group.into()),
            ..Image::default()
        };
        let seen = &mut SeenIds::default();
        for (mut image, is_kept, count) in [
            (image("a", ""), true, 1),
            (image("a", "g"), false, 1),
            (image("", "a"), true, 2),
            (image("", "a"), true, 2),
            (image("", ""), true, 2),
            (Image::default(), true, 2),
        ] {
            assert_eq!(
                (ImageList::dedup(&mut image, seen), seen.len()),
                (is_kept, count)
            );
        }
    }
}
