//! The account's favorite images: listing, adding and removing.

use super::grouped::Grouped;
use super::{Image, ImageList};
use crate::wire::request::request;
use crate::wire::response::Acknowledged;
use crate::{GroupId, ImageId};

request! {
    /// Asks for the community images that the account has among its favorites, page by page.
    ///
    /// Documented by CompShare only, with `Region` (required), `Offset` and `Limit`, for which no maximum is stated, and
    /// answered with a flat `ImageSet` whose rows have an id, a name, an author and a status, without a total. `Zone` and
    /// `ProjectId` are not documented for it; they are common parameters. The platform's own command-line tool reported
    /// the action as unavailable in production ([`RetCode::ACTION_NOT_FOUND`](crate::RetCode::ACTION_NOT_FOUND), 2026-07).
    ///
    /// ```
    /// use compshare_model::{Action, DescribeFavoriteImages};
    ///
    /// let request = DescribeFavoriteImages::new().region("cn-wlcb").offset(100).limit(100);
    /// assert_eq!(request.name(), "DescribeFavoriteImages");
    /// ```
    pub struct DescribeFavoriteImages: List<Image> -> ImageList {}
}

impl DescribeFavoriteImages {
    /// Returns the same listing with groups of versions as its items.
    pub fn grouped(self) -> Grouped<Self> {
        Grouped::new(self)
    }
}

request! {
    /// Adds a community image to the account's favorites, by the image's id.
    ///
    /// Documented by CompShare only. Its command-line tool lists the action as unavailable in production since 2026-07-19
    /// and uses [`CreateCompShareImageFavorite`] in its place. What a second call for the same image answers is not
    /// documented; it is taken to leave things as they are, so it may be repeated.
    pub struct AddFavoriteImage: IdempotentWrite -> AddFavoriteImageResponse {
        required {
            /// The image: one version.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

/// The response of an action that answers with success alone, as far as is documented.
pub type AddFavoriteImageResponse = Acknowledged;

request! {
    /// Takes a community image off the account's favorites, by the image's id. What is said at [`AddFavoriteImage`] holds
    /// here too; its reported successor is [`DeleteCompShareImageFavorite`].
    pub struct RemoveFavoriteImage: IdempotentWrite -> RemoveFavoriteImageResponse {
        required {
            /// The image: one version.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

/// The response of an action that answers with success alone, as far as is documented.
pub type RemoveFavoriteImageResponse = Acknowledged;

request! {
    /// Adds a community image to the account's favorites, by the id of its group.
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

/// The response of an action that answers with success alone, as far as is documented.
pub type CreateCompShareImageFavoriteResponse = Acknowledged;

request! {
    /// Takes a community image off the account's favorites, by the id of its group. What is said at
    /// [`CreateCompShareImageFavorite`] holds here too.
    pub struct DeleteCompShareImageFavorite: IdempotentWrite -> DeleteCompShareImageFavoriteResponse {
        required {
            /// The group of versions.
            group_id: GroupId = "GroupId",
        }
    }
}

/// The response of an action that answers with success alone, as far as is documented.
pub type DeleteCompShareImageFavoriteResponse = Acknowledged;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect, PagedAction, Window};

    #[test]
    fn parameters_and_effect() {
        let request = DescribeFavoriteImages::new()
            .region("cn-wlcb")
            .zone("cn-wlcb-01")
            .project_id("org-cwy2qk")
            .offset(40)
            .limit(20);
        assert_eq!(
            pairs(&request),
            [
                "Region=cn-wlcb",
                "Zone=cn-wlcb-01",
                "ProjectId=org-cwy2qk",
                "Offset=40",
                "Limit=20"
            ]
        );
        assert_eq!(
            serde_json::to_string(&DescribeFavoriteImages::new()).unwrap(),
            "{}"
        );
        assert_eq!(request.effect(), Effect::Read);
        assert_eq!(DescribeFavoriteImages::NAME, "DescribeFavoriteImages");
    }

    #[test]
    fn the_window_is_offset_and_limit() {
        let request = DescribeFavoriteImages::new().region("cn-wlcb");
        assert_eq!(request.window(), Window::new(0, None));
        let next = request.with_window(Window::new(100, Some(100)));
        assert_eq!(next, request.clone().offset(100).limit(100));
        assert_eq!(next.window(), Window::new(100, Some(100)));
        assert_eq!(DescribeFavoriteImages::MAX_LIMIT, 100);
    }

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
