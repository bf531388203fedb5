//! Groups of versions.

use crate::wire::record::record;
use crate::{GroupId, GroupStatus, Image, ImageStatus};

record! {
    /// A group of versions of a community image (`CompshareImageGroup`; `ImageSetGroup` in UCloud's
    /// SDKs).
    pub struct ImageGroup {
        /// The group's id.
        group_id: Option<GroupId> = "GroupId",
        /// The image's name.
        image_name: Option<String> = "ImageName",
        /// The image's description.
        image_desc: Option<String> = "ImageDesc",
        /// The number of instances created from it.
        created_count: Option<u64> = "CreatedCount",
        /// The number of accounts that have it among their favorites.
        favorites_count: Option<u64> = "FavoritesCount",
        /// The number of recommendations.
        recommend_count: Option<u64> = "RecommendCount",
        /// The time of use, in hours according to UCloud's documentation; a count of uses according
        /// to CompShare's.
        image_use_time: Option<i64> = "ImageUseTime",
        /// `true` if it is a favorite of the caller.
        is_favorite: Option<bool> = "IsFavorite",
        /// The state: whether a version is online.
        status: Option<GroupStatus> = "Status",
        /// The versions. A row that is not an object is skipped, and the original list kept in `extra`.
        data: Vec<Image> = "Data",
    }
}

impl ImageGroup {
    /// Returns the image's name, else the name of its first version that has one. Empty without either.
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

    /// Returns the version to create an instance from: the first that is ready, else the first with
    /// an unknown state. A version without a state has the group's. `None` if every version is known
    /// not to be ready, or there are no versions.
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

    /// Converts the state of the group to the state of an image.
    pub(super) fn image_status(&self) -> Option<ImageStatus> {
        let status = self.status.as_ref();
        status.map(|status| ImageStatus::from(status.as_str()))
    }

    /// Returns the version that represents the group: the ready one, else the first with an id, in any
    /// state.
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
    fn ready_version_is_the_first_usable_one() {
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
    fn name_is_the_group_s_or_a_version_s() {
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
