//! Enums of the image actions.

use crate::types::open_enum::open_enum;

open_enum! {
    /// The state of an image (`Status`).
    ///
    /// UCloud documents `Making` to `Offline`; CompShare documents three of them for community
    /// versions.
    ImageStatus {
        /// Being created from an instance or as a copy.
        Making,
        /// Ready for use.
        Available,
        /// Not usable: the creation failed.
        Unavailable = "UnAvailable",
        /// Published and under review by the platform.
        Reviewing,
        /// Removed from the community list.
        Offline,
        /// Ready for use. Undocumented; accepted by a third-party client.
        Normal,
    }

    /// The state of a group of versions (`Status`).
    GroupStatus {
        /// At least one version is online.
        Available,
        /// No version is online.
        Unavailable = "UnAvailable",
    }

    /// The type of an image (`ImageType`).
    ///
    /// UCloud documents the first four; `Game` and `Other` are used by the platform's own
    /// command-line tool.
    ImageType {
        /// A platform image with an operating system only.
        System,
        /// A platform image with an application.
        App,
        /// An image created by the account.
        Custom,
        /// An image published by a user.
        Community,
        /// A platform image for games.
        Game,
        /// A platform image of another kind. This is a value of the service, not the variant for
        /// unknown values.
        Other,
    }

    /// The sort field of a community listing (`SortCondition.Field`).
    SortField {
        /// Popularity in UCloud's SDKs; the number of favorites in CompShare's documentation.
        Favor,
        /// The time of publication; the default in UCloud's SDKs.
        PubTime,
        /// The time of use. Documented by CompShare; in UCloud's SDKs only for the images of one
        /// user.
        ImageUseTime,
        /// The number of accounts with the image as a favorite. Same sources as `ImageUseTime`.
        FavoritesCount,
        /// The price. UCloud's SDKs only.
        Price,
        /// The number of instances created from the image. UCloud's SDKs only.
        CreatedCount,
    }

    /// The kind of owner of an image (`ImageOwnerAlias`).
    ImageOwner {
        /// The platform.
        Official,
        /// A user.
        Community,
    }
}

impl ImageStatus {
    /// Returns `true` if an instance can be created from an image in this state: `Available` or
    /// `Normal`.
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Available | Self::Normal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values_convert_from_their_text() {
        for value in ImageStatus::known_values() {
            assert_eq!(ImageStatus::from(value.as_str()), value);
            assert!(!matches!(value, ImageStatus::Unknown(_)));
        }
        for value in ImageType::known_values() {
            assert_eq!(ImageType::from(value.as_str()), value);
        }
        for value in GroupStatus::known_values() {
            assert_eq!(GroupStatus::from(value.as_str().to_owned()), value);
        }
        for value in SortField::known_values() {
            assert_eq!(SortField::from(value.as_str()), value);
        }
        for value in ImageOwner::known_values() {
            assert_eq!(
                serde_json::from_value::<ImageOwner>(value.as_str().into()).unwrap(),
                value
            );
        }
    }

    #[test]
    fn unknown_values_are_kept() {
        let value: ImageStatus = serde_json::from_str(r#""Copying""#).unwrap();
        assert!(matches!(value, ImageStatus::Unknown(_)));
        assert_eq!(
            (value.as_str(), value.to_string().as_str()),
            ("Copying", "Copying")
        );
        assert_eq!(serde_json::to_string(&value).unwrap(), r#""Copying""#);
        assert_ne!(
            ImageStatus::from("available"),
            ImageStatus::Available,
            "values are case-sensitive"
        );
        assert_eq!(ImageType::from("Other"), ImageType::Other);
        assert_eq!(format!("{:>8}", ImageType::App), "     App");
    }
}
