//! The account's favorite images: listing, adding and removing.

use super::grouped::Grouped;
use super::{Image, ImageList};
use crate::wire::request::request;
use crate::wire::response::Acknowledged;
use crate::{GroupId, ImageId};

request! {
    /// Lists the account's favorite images.
    ///
    /// Documented by CompShare only: `Region` is required, `Offset` and `Limit` have no documented
    /// maximum. The response is a flat `ImageSet` with id, name, author and status, without a total.
    /// `Zone` and `ProjectId` are common parameters, not documented for this action. The platform's
    /// command-line tool reported the action as unavailable in production
    /// ([`RetCode::ACTION_NOT_FOUND`](crate::RetCode::ACTION_NOT_FOUND), 2026-07).
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
    /// Documented by CompShare only. The platform's command-line tool lists the action as unavailable
    /// in production since 2026-07-19 and uses [`CreateCompShareImageFavorite`] instead. The response
    /// to a repeated call is not documented; it is assumed to be idempotent.
    pub struct AddFavoriteImage: IdempotentWrite -> AddFavoriteImageResponse {
        required {
            /// The image: one version.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

/// A response without documented fields.
pub type AddFavoriteImageResponse = Acknowledged;

request! {
    /// Removes a community image from the account's favorites, by the image's id.
    ///
    /// The sources are those of [`AddFavoriteImage`]; the reported successor is
    /// [`DeleteCompShareImageFavorite`].
    pub struct RemoveFavoriteImage: IdempotentWrite -> RemoveFavoriteImageResponse {
        required {
            /// The image: one version.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

/// A response without documented fields.
pub type RemoveFavoriteImageResponse = Acknowledged;

request! {
    /// Adds a community image to the account's favorites, by the id of its group.
    ///
    /// Undocumented. Name and parameter are those of the platform's command-line tool (0.3.3,
    /// 2026-07-19), which sends no region. The response to a repeated call is unknown; it is assumed
    /// to be idempotent.
    pub struct CreateCompShareImageFavorite: IdempotentWrite -> CreateCompShareImageFavoriteResponse {
        required {
            /// The group of versions.
            group_id: GroupId = "GroupId",
        }
    }
}

/// A response without documented fields.
pub type CreateCompShareImageFavoriteResponse = Acknowledged;

request! {
    /// Removes a community image from the account's favorites, by the id of its group.
    ///
    /// The sources are those of [`CreateCompShareImageFavorite`].
    pub struct DeleteCompShareImageFavorite: IdempotentWrite -> DeleteCompShareImageFavoriteResponse {
        required {
            /// The group of versions.
            group_id: GroupId = "GroupId",
        }
    }
}

/// A response without documented fields.
pub type DeleteCompShareImageFavoriteResponse = Acknowledged;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect, PagedAction, Window};

    #[test]
    fn favorites_request_has_parameters_and_effect() {
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
    fn window_is_offset_and_limit() {
        let request = DescribeFavoriteImages::new().region("cn-wlcb");
        assert_eq!(request.window(), Window::new(0, None));
        let next = request.with_window(Window::new(100, Some(100)));
        assert_eq!(next, request.clone().offset(100).limit(100));
        assert_eq!(next.window(), Window::new(100, Some(100)));
        assert_eq!(DescribeFavoriteImages::MAX_LIMIT, 100);
    }

    #[test]
    fn changes_send_image_id_or_group_id() {
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
    fn keeps_undocumented_fields_of_a_response() {
        let json =
            r#"{"Action":"CreateCompShareImageFavoriteResponse","RetCode":0,"FavoriteId":"f"}"#;
        let response: CreateCompShareImageFavoriteResponse = serde_json::from_str(json).unwrap();
        assert_eq!(response.extra.get("FavoriteId").unwrap(), "f");
        assert_eq!(serde_json::to_string(&response).unwrap(), json);
    }
}
