//! What all actions that list images have in common: their answers' shape, and how rows are taken out of it.

use std::borrow::Cow;

use serde::Serialize;

use super::grouped::GroupItem;
use super::{GroupStatus, Image, ImageGroup};
use crate::wire::paging::ListResponse;
use crate::wire::read::{self, Context};
use crate::wire::record::{Record, record};
use crate::{Extra, Rows, Seen};
/// The names under which the rows of a flat list come.
pub(crate) const IMAGES: &[&str] = &["ImageSet"];
/// The names under which groups come: CompShare's documentation, and UCloud's SDKs.
pub(crate) const GROUPS: &[&str] = &["CompshareImageGroup", "ImageSetGroup"];

record! {
    /// A page of images, whichever way the service lists them: flat as an `ImageSet`, or in groups of versions as a
    /// `CompshareImageGroup` (CompShare's documentation) or an `ImageSetGroup` (UCloud's SDKs).
    ///
    /// The documents of one action name different shapes, and the live service has been reported to send others than its
    /// SDKs read. So all of them are read here: [`images`](Self::images) and [`into_images`](Self::into_images) give every
    /// version, [`into_groups`](Self::into_groups) every group.
    ///
    /// ```
    /// use compshare_model::ImageList;
    ///
    /// let flat: ImageList = serde_json::from_str(r#"{"ImageSet": [{"CompShareImageId": "a", "Name": "Qwen"}]}"#)?;
    /// let grouped: ImageList = serde_json::from_str(r#"{"CompshareImageGroup": [
    ///     {"GroupId": "g", "ImageName": "Qwen", "Data": [{"CompShareImageId": "a"}, {"CompShareImageId": "b"}]}]}"#)?;
    /// assert_eq!((flat.images().count(), grouped.images().count()), (1, 2));
    /// assert_eq!(grouped.into_groups()[0].data[1].name, "Qwen");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub response ImageList {
        /// The images of a flat list.
        image_set: Vec<Image> as Main = "ImageSet",
        /// The groups of a grouped list.
        groups: Vec<ImageGroup> as Main = "CompshareImageGroup" | "ImageSetGroup",
        /// How many there are in all: groups or versions, no source says which. Known to be absent, 0 or the page's own
        /// count, so advice only.
        total_count: Option<u64> = "TotalCount" | "Total",
        /// How many of them are published.
        available_total_count: Option<u64> = "AvailableTotalCount",
    }
}

impl ImageList {
    /// Returns all images: those of the flat list, then those of each group. A group's row without a group id, a state or a
    /// name of its own has the group's; a group without versions gives one image without an id, so that nothing vanishes.
    pub fn images(&self) -> impl Iterator<Item = Cow<'_, Image>> {
        let flat = self.image_set.iter().flat_map(|row| match as_group(row) {
            Some(group) => owned(images_of(&group)),
            None => vec![Cow::Borrowed(row)],
        });
        flat.chain(self.groups.iter().flat_map(images_of))
    }

    /// As [`images`](Self::images), without copying.
    pub fn into_images(self) -> Vec<Image> {
        if self.groups.is_empty() && self.image_set.iter().all(|row| as_group(row).is_none()) {
            return self.image_set;
        }
        let mut images = Vec::new();
        for group in self.into_groups() {
            if group.data.is_empty() {
                images.push(without_versions(&group));
            } else {
                images.extend(group.data);
            }
        }
        images
    }

    /// Returns all groups: a row of a flat list is a group of its own, with the group's id where it has one. Rows are
    /// completed as [`images`](Self::images) says.
    pub fn into_groups(self) -> Vec<ImageGroup> {
        self.map_rows(of_one, |mut group| {
            let rows = std::mem::take(&mut group.data).into_iter();
            let rows = rows.map(|row| complete(Cow::Owned(row), &group).into_owned());
            group.data = rows.collect();
            group
        })
    }

    /// Converts each row by its kind: a flat list may have groups among its images, and a grouped one images.
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
        let alone = as_image(group).unwrap_or_else(|| without_versions(group));
        return vec![Cow::Owned(alone)];
    }
    let rows = group.data.iter();
    rows.map(|row| complete(Cow::Borrowed(row), group))
        .collect()
}

fn owned(images: Vec<Cow<'_, Image>>) -> Vec<Cow<'static, Image>> {
    let images = images.into_iter().map(Cow::into_owned);
    images.map(Cow::Owned).collect()
}

/// Returns a row of a flat list as a group: what such a row says of its group, and the row.
fn of_one(image: Image) -> ImageGroup {
    let status = image.status.as_ref();
    ImageGroup {
        group_id: image.group_id.clone(),
        is_favorite: image.is_favorite,
        status: status.map(|status| GroupStatus::from(status.as_str())),
        data: vec![image],
        ..ImageGroup::default()
    }
}

/// Returns a row of a flat list that is a group: it has versions and no image id of its own.
fn as_group(row: &Image) -> Option<ImageGroup> {
    if !row.id.is_empty() || row.extra.get("Data").is_none() {
        return None;
    }
    read_as(row).filter(|group: &ImageGroup| !group.data.is_empty())
}

/// Returns a row of a grouped list that is an image: it has an image's id, and no versions.
fn as_image(group: &ImageGroup) -> Option<Image> {
    if !group.data.is_empty() {
        return None;
    }
    read_as(group).filter(|image: &Image| !image.id.is_empty())
}

/// Reads a record as one of another type. Nothing is lost on the way, since a record writes what it was read from.
fn read_as<T: Record + Default>(record: &impl Serialize) -> Option<T> {
    let text = serde_json::to_string(record).ok()?;
    let mut other = T::default();
    read::record_from_text(&mut other, &text, &mut Context::unlimited()).ok()?;
    Some(other)
}

/// No group's text is given to all its rows if it is longer: many rows would multiply it.
const MAX_SHARED: usize = 1024;

/// Gives a row the group's id, state and name where it has none of its own.
pub(super) fn complete<'a>(mut row: Cow<'a, Image>, group: &ImageGroup) -> Cow<'a, Image> {
    if row.group_id.is_none() {
        let id = group.group_id.as_ref();
        if let Some(id) = id.filter(|id| id.as_str().len() <= MAX_SHARED) {
            row.to_mut().group_id = Some(id.clone());
        }
    }
    if row.status.is_none() {
        let status = group.image_status();
        if let Some(status) = status.filter(|status| status.as_str().len() <= MAX_SHARED) {
            row.to_mut().status = Some(status);
        }
    }
    if row.name.is_empty() {
        let name = group.image_name.as_ref();
        if let Some(name) = name.filter(|name| (1..=MAX_SHARED).contains(&name.len())) {
            row.to_mut().name.clone_from(name);
        }
    }
    row
}

/// What is known of a group that has no versions. What is kept of the group belongs to the same names here.
pub(super) fn without_versions(group: &ImageGroup) -> Image {
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

/// Counts the rows of a page, and estimates how many there are at least.
fn count(list: &ImageList) -> Rows<()> {
    let flat = sent(&list.extra, IMAGES, list.image_set.len());
    let grouped = sent(&list.extra, GROUPS, list.groups.len());
    // The service counts what it pages by: images, or groups. Should an answer hold both lists, the shorter one
    // counts: pages then overlap, and overlapping loses nothing.
    let received = if flat == 0 || grouped == 0 {
        flat.max(grouped)
    } else {
        flat.min(grouped)
    };

    // The totals may count versions where the pages count groups.
    let versions = list.groups.iter().map(|group| group.data.len()).sum();
    let counted = size(versions).max(grouped).max(received).max(1);
    let lower = list.total_count.zip(list.available_total_count);
    let lower = lower.map(|(total, available)| total.min(available));
    Rows {
        likely: lower.map(|total| total.saturating_mul(received) / counted),
        ..Rows::new(Vec::new(), received, list.total_count)
    }
}

fn size(length: usize) -> u64 {
    length.try_into().unwrap_or(u64::MAX)
}

/// How many rows a list had when it was sent, `null`s included: the original is kept if there were any. Of two spellings
/// the shorter list that can be the one that was read counts, for the same reason.
fn sent(extra: &Extra, names: &[&str], typed: usize) -> u64 {
    let originals = names.iter().filter_map(|name| extra.get(name)?.as_array());
    let lengths = originals.map(Vec::len);
    let kept = lengths.filter(|length| *length > 0 && *length >= typed);
    size(kept.min().unwrap_or(typed))
}

impl ListResponse for ImageList {
    type Item = Image;

    fn dedup(image: &mut Image, seen: &mut Seen) -> bool {
        if !image.id.is_empty() {
            return seen.insert(image.id.as_str());
        }
        // An image without an id is always kept. A new group proves that its page is new.
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
    fn a_list_may_be_empty_in_many_ways() {
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
    fn a_single_object_is_one_row_and_null_is_none() {
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
            "the end of the list looks otherwise"
        );
    }

    #[test]
    fn a_list_that_is_none_is_an_error() {
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
    fn rows_of_a_group_have_what_the_group_has() {
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
                "what was filled in is written"
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
                "complete rows are not copied"
            );
            assert_eq!(
                Rows::<Image>::from(response).received,
                3,
                "the service pages by groups"
            );
        }
    }

    #[test]
    fn rows_may_come_under_the_other_list_s_name() {
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

    /// A group's long text is not multiplied by the number of its rows.
    #[test]
    fn what_rows_share_is_bounded() {
        let long = "x".repeat(MAX_SHARED + 1);
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
    fn with_both_lists_the_shorter_counts() {
        let both = response(&json!({
            "ImageSet": [{"CompShareImageId": "a"}, {"CompShareImageId": "b"}],
            "CompshareImageGroup": [{"GroupId": "g", "Data": [{"CompShareImageId": "a"}, {"CompShareImageId": "b"}]}],
        }));
        let rows = Rows::<Image>::from(both);
        assert_eq!((rows.items.len(), rows.received), (4, 1));
    }

    #[test]
    fn groups_of_both_spellings_are_kept() {
        let both = response(&json!({
            "CompshareImageGroup": [{"GroupId": "g", "Data": [{"CompShareImageId": "a"}]}],
            "ImageSetGroup": [{"GroupId": "h"}, {"GroupId": "i"}],
        }));
        assert_eq!(names(&both), ["a/"], "the canonical spelling wins");
        assert_eq!(Rows::<Image>::from(both).received, 1);
        let empty = response(
            &json!({"CompshareImageGroup": [], "ImageSetGroup": [{"GroupId": "h", "ImageName": "n"}]}),
        );
        assert_eq!(names(&empty), ["/n"]);
        assert_eq!(Rows::<Image>::from(empty).received, 1);
    }

    #[test]
    fn an_image_is_known_by_its_id_and_kept_without_one() {
        let image = |id: &str, group: &str| Image {
            id: id.into(),
            group_id: Some(group.into()),
            ..Image::default()
        };
        let seen = &mut Seen::default();
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
