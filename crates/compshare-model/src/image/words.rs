//! Words of the image actions.

use crate::types::open_enum::open_enum;

open_enum! {
    /// The state of an image (`Status`).
    ///
    /// `Making` to `Offline` are UCloud's documentation; CompShare's names three of them for community versions.
    ImageStatus {
        /// Being made from an instance or a copy.
        Making,
        /// Ready for use.
        Available,
        /// Not usable: making it failed.
        Unavailable = "UnAvailable",
        /// Published and waiting for the platform's review.
        Reviewing,
        /// Taken off the community list.
        Offline,
        /// Tolerated by a third-party client as another word for ready; no documentation has it.
        Normal,
    }

    /// The state of a group of versions (`Status`).
    GroupStatus {
        /// At least one version is online.
        Available,
        /// No version is online.
        Unavailable = "UnAvailable",
    }

    /// Where an image belongs (`ImageType`).
    ///
    /// The first four are UCloud's documentation; `Game` and `Other` come from the platform's own command-line tool.
    ImageType {
        /// A platform image with an operating system only.
        System,
        /// A platform image with an application.
        App,
        /// Made by the account itself.
        Custom,
        /// Published by somebody.
        Community,
        /// A platform image for games.
        Game,
        /// A platform image of another kind: a word of the service, not a placeholder for unknown ones.
        Other,
    }

    /// By what a community listing is sorted (`SortCondition.Field`).
    SortField {
        /// UCloud's SDKs: popularity; CompShare's documentation: the number of favourites.
        Favor,
        /// When it was published: the default, by UCloud's SDKs.
        PubTime,
        /// How long it was used. CompShare's documentation; UCloud's SDKs have it for one user's images only.
        ImageUseTime,
        /// How many accounts have it among their favourites. As for `ImageUseTime`.
        FavoritesCount,
        /// The price. UCloud's SDKs only.
        Price,
        /// How many instances were created from it. UCloud's SDKs only.
        CreatedCount,
    }

    /// Who stands behind an image (`ImageOwnerAlias`).
    ImageOwner {
        /// The platform.
        Official,
        /// A member of the community.
        Community,
    }
}

impl ImageStatus {
    /// Returns `true` if an instance can be created from an image in this state: `Available` or `Normal`.
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Available | Self::Normal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_word_is_found_by_its_text() {
        for word in ImageStatus::named() {
            assert_eq!(ImageStatus::from(word.as_str()), word);
            assert!(!matches!(word, ImageStatus::Unknown(_)));
        }
        for word in ImageType::named() {
            assert_eq!(ImageType::from(word.as_str()), word);
        }
        for word in GroupStatus::named() {
            assert_eq!(GroupStatus::from(word.as_str().to_owned()), word);
        }
        for word in SortField::named() {
            assert_eq!(SortField::from(word.as_str()), word);
        }
        for word in ImageOwner::named() {
            assert_eq!(
                serde_json::from_value::<ImageOwner>(word.as_str().into()).unwrap(),
                word
            );
        }
    }

    #[test]
    fn unknown_words_survive_and_other_is_a_word() {
        let word: ImageStatus = serde_json::from_str(r#""Copying""#).unwrap();
        assert!(matches!(word, ImageStatus::Unknown(_)));
        assert_eq!(
            (word.as_str(), word.to_string().as_str()),
            ("Copying", "Copying")
        );
        assert_eq!(serde_json::to_string(&word).unwrap(), r#""Copying""#);
        assert_ne!(
            ImageStatus::from("available"),
            ImageStatus::Available,
            "letter case is kept"
        );
        assert_eq!(ImageType::from("Other"), ImageType::Other);
        assert_eq!(format!("{:>8}", ImageType::App), "     App");
    }
}
