//! Groups of versions.

use crate::wire::record::record;
use crate::{GroupId, GroupStatus, Image, ImageStatus};

record! {
    /// A community image as a group of its versions (`CompshareImageGroup`, in UCloud's SDKs `ImageSetGroup`).
    pub struct ImageGroup {
        /// The group's id. It may be missing.
        group_id: Option<GroupId> = "GroupId",
        /// The image's name.
        image_name: Option<String> = "ImageName",
        /// The image's description.
        image_desc: Option<String> = "ImageDesc",
        /// How many instances were created from it.
        created_count: Option<u64> = "CreatedCount",
        /// How many accounts have it among their favorites.
        favorites_count: Option<u64> = "FavoritesCount",
        /// How many recommend it.
        recommend_count: Option<u64> = "RecommendCount",
        /// How long it was used, in hours by UCloud's documentation; CompShare's calls it a count of uses.
        image_use_time: Option<i64> = "ImageUseTime",
        /// Whether it is among the caller's favorites.
        is_favorite: Option<bool> = "IsFavorite",
        /// Whether a version is online.
        status: Option<GroupStatus> = "Status",
        /// The versions. A row that is no object gives none; the original is then kept in `extra`.
        data: Vec<Image> = "Data",
    }
}

impl ImageGroup {
    /// The image's name; without one, that of its first version with a name. Empty if there is none.
    pub fn name(&self) -> &str {
        let own = self.image_name.as_deref().filter(|name| !name.is_empty());
        own.or_else(|| {
            self.data
                .iter()
                .map(|version| version.name.as_str())
                .find(|name| !name.is_empty())
        })
        .unwrap_or("")
    }

    /// Returns the version to create an instance from: the first that is ready, or else the first of which no state is
    /// known. A version without a state has the group's. `None` if all are known not to be ready, or there are none.
    pub fn ready_version(&self) -> Option<&Image> {
        let of_group = self.image_status();
        let is_ready = |version: &Image| {
            let status = version.status.as_ref().or(of_group.as_ref());
            status.map(ImageStatus::is_ready)
        };

        let mut usable = self.data.iter().filter(|version| !version.id.is_empty());
        let ready = usable
            .clone()
            .find(|version| is_ready(version) == Some(true));
        ready.or_else(|| usable.find(|version| is_ready(version).is_none()))
    }

    /// Returns the state of the group as an image's, whose values include it.
    pub(super) fn image_status(&self) -> Option<ImageStatus> {
        let status = self.status.as_ref();
        status.map(|status| ImageStatus::from(status.as_str()))
    }

    /// The version that stands for the group in a list: the ready one, or else the first with an id, whatever its state.
    pub fn main_version(&self) -> Option<&Image> {
        self.ready_version()
            .or_else(|| self.data.iter().find(|version| !version.id.is_empty()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_ready_version_is_found() {
        for (rows, ready) in [
            (
                json!([{"CompShareImageId": "a", "Status": "Offline"}, {"CompShareImageId": "b", "Status": "Available"}]),
                Some("b"),
            ),
            (
                json!([{"CompShareImageId": "a"}, {"CompShareImageId": "b", "Status": "Normal"}]),
                Some("b"),
            ),
            (
                json!([{"Status": "Available"}, {"CompShareImageId": "b"}]),
                Some("b"),
            ),
            (
                json!([{"CompShareImageId": "a", "Status": "Reviewing"}]),
                None,
            ),
            (json!(null), None),
        ] {
            let group: ImageGroup = serde_json::from_value(json!({"Data": rows})).unwrap();
            assert_eq!(
                group.ready_version().map(|version| version.id.as_str()),
                ready,
                "{rows}"
            );
            let main = ready.or_else(|| rows[0]["CompShareImageId"].as_str());
            assert_eq!(
                group.main_version().map(|version| version.id.as_str()),
                main,
                "{rows}"
            );
        }
    }

    #[test]
    fn a_version_without_a_state_has_the_group_s() {
        for (status, ready) in [("Available", Some("b")), ("UnAvailable", None)] {
            let rows =
                json!([{"CompShareImageId": "a", "Status": "Offline"}, {"CompShareImageId": "b"}]);
            let group: ImageGroup =
                serde_json::from_value(json!({"Status": status, "Data": rows})).unwrap();
            assert_eq!(
                group.ready_version().map(|version| version.id.as_str()),
                ready
            );
        }
    }

    #[test]
    fn a_group_has_its_name_or_a_version_s() {
        for (group, name) in [
            (json!({"ImageName": "g", "Data": [{"Name": "v1"}]}), "g"),
            (json!({"ImageName": "", "Data": [{}, {"Name": "v1"}]}), "v1"),
            (json!({}), ""),
        ] {
            assert_eq!(
                serde_json::from_value::<ImageGroup>(group).unwrap().name(),
                name
            );
        }
    }
}
