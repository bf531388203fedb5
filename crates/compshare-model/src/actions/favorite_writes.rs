//! Adding favourites and taking them away: the documented calls, and the ones that are reported to work.

use crate::request::request;
use crate::response::response;
use crate::{GroupId, ImageId};

request! {
    /// Adds a community image to the account's favourites, by the image's id.
    ///
    /// Documented by CompShare only. Its command-line tool lists the action as unavailable in production since 2026-07-19
    /// and uses [`CreateCompShareImageFavorite`] in its place. What a second call for the same image answers is not
    /// documented; it is taken to leave things as they are, so it may be repeated.
    pub struct AddFavoriteImage: IdempotentWrite -> AddFavoriteImageResponse {
        required {
            /// The image: one version.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

response! {
    /// Nothing beyond success.
    pub struct AddFavoriteImageResponse {}
}

request! {
    /// Takes a community image off the account's favourites, by the image's id. What is said at [`AddFavoriteImage`] holds
    /// here too; its reported successor is [`DeleteCompShareImageFavorite`].
    pub struct RemoveFavoriteImage: IdempotentWrite -> RemoveFavoriteImageResponse {
        required {
            /// The image: one version.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

response! {
    /// Nothing beyond success.
    pub struct RemoveFavoriteImageResponse {}
}

request! {
    /// Adds a community image to the account's favourites, by the id of its group.
    ///
    /// In no documentation: name and parameter are known from the platform's own command-line tool (0.3.3, 2026-07-19),
    /// which sends no region with it. What a second call answers is not known; it is taken to leave things as they are,
    /// so it may be repeated.
    pub struct CreateCompShareImageFavorite: IdempotentWrite -> CreateCompShareImageFavoriteResponse {
        required {
            /// The group of versions.
            group_id: GroupId = "GroupId",
        }
    }
}

response! {
    /// What the service answers is not documented; all of it is kept.
    pub struct CreateCompShareImageFavoriteResponse {}
}

request! {
    /// Takes a community image off the account's favourites, by the id of its group. What is said at
    /// [`CreateCompShareImageFavorite`] holds here too.
    pub struct DeleteCompShareImageFavorite: IdempotentWrite -> DeleteCompShareImageFavoriteResponse {
        required {
            /// The group of versions.
            group_id: GroupId = "GroupId",
        }
    }
}

response! {
    /// What the service answers is not documented; all of it is kept.
    pub struct DeleteCompShareImageFavoriteResponse {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::pairs;
    use crate::{Action, Effect};

    #[test]
    fn images_by_id_and_groups_by_group_id() {
        assert_eq!(
            pairs(&AddFavoriteImage::new("i").region("cn-wlcb")),
            ["CompShareImageId=i", "Region=cn-wlcb"]
        );
        assert_eq!(
            pairs(&RemoveFavoriteImage::new("i")),
            ["CompShareImageId=i"]
        );
        assert_eq!(
            pairs(&CreateCompShareImageFavorite::new("g")),
            ["GroupId=g"]
        );
        assert_eq!(
            pairs(&DeleteCompShareImageFavorite::new("g").project_id("org-1")),
            ["GroupId=g", "ProjectId=org-1"]
        );
        assert_eq!(AddFavoriteImage::EFFECT, Effect::IdempotentWrite);
        assert_eq!(
            DeleteCompShareImageFavorite::NAME,
            "DeleteCompShareImageFavorite"
        );
    }

    #[test]
    fn what_is_not_documented_is_kept() {
        let json =
            r#"{"Action":"CreateCompShareImageFavoriteResponse","RetCode":0,"FavoriteId":"f"}"#;
        let response: CreateCompShareImageFavoriteResponse = serde_json::from_str(json).unwrap();
        assert_eq!(response.extra.get("FavoriteId").unwrap(), "f");
        assert_eq!(serde_json::to_string(&response).unwrap(), json);
    }
}
