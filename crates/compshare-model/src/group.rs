//! Groups of versions.

use crate::record::record;
use crate::{GroupId, GroupStatus, Image};

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
        /// How many accounts have it among their favourites.
        favorites_count: Option<u64> = "FavoritesCount",
        /// How many recommend it.
        recommend_count: Option<u64> = "RecommendCount",
        /// How long it was used, in hours by UCloud's documentation; CompShare's calls it a count of uses.
        image_use_time: Option<i64> = "ImageUseTime",
        /// Whether it is among the caller's favourites.
        is_favorite: Option<bool> = "IsFavorite",
        /// Whether a version is online.
        status: Option<GroupStatus> = "Status",
        /// The versions. A row that is no object gives none; the original is then kept in `extra`.
        data: Vec<Image> as Inner = "Data",
    }
}
