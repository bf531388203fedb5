//! Publishing images to the community, and updating published ones.

use super::PublishedSoftware;
use crate::wire::record::record;
use crate::wire::request::request;
use crate::wire::response::Acknowledged;
use crate::{GroupId, ImageId, Visibility};

request! {
    /// Publishes an image of the account to the community, as a new image or as a new version of one.
    ///
    /// Documented by CompShare and UCloud, which differ: `VersionName` is required by CompShare and unknown to UCloud's
    /// SDKs, which require `Zone` and `Price` instead; the platform's command-line tool sends all three. Only images of
    /// container instances in state `Available` can be published; they are then reviewed, which takes about three working
    /// days. A version name that the group has already is answered with RetCode 8968 (reported by a third party).
    ///
    /// ```
    /// use compshare_model::PublishCompShareImage;
    ///
    /// let request = PublishCompShareImage::new("compshareImage-1pl06yxr5lvm", "v1.0")
    ///     .zone("cn-wlcb-01")
    ///     .community_image_name("My ComfyUI")
    ///     .price(0.0)
    ///     .tags(["ComfyUI"]);
    /// ```
    pub struct PublishCompShareImage: Write -> PublishCompShareImageResponse {
        required {
            /// The image.
            comp_share_image_id: ImageId = "CompShareImageId",
            /// The version's name, in a form such as `v1.0`.
            version_name: String = "VersionName",
        }
        optional {
            /// The group that it is a new version of; a new group if absent. CompShare's documentation only.
            group_id: GroupId = "GroupId",
            /// What is new in the version. CompShare's documentation only.
            version_desc: String = "VersionDesc",
            /// The image's name in the community.
            community_image_name: String = "CommunityImageName",
            /// A short description.
            description: String = "Description",
            /// A rich text, possibly long.
            readme: String = "Readme",
            /// A picture in base64.
            cover: String = "Cover",
            /// What is installed in it. UCloud's SDKs only.
            softwares: PublishedSoftware = "Softwares",
        }
        values {
            /// The price in yuan per hour, in steps of 0.01; 0 is free. Company accounts may publish, but not for money.
            price: f64 = "Price",
            /// Whether its programs start with the instance.
            auto_start: bool = "AutoStart",
        }
        lists {
            /// Tags; by UCloud's SDKs at most 3.
            tags: String = "Tags",
            /// The GPU types it is meant for. CompShare's documentation only.
            supported_gpu_types: String = "SupportedGpuTypes",
        }
    }
}

record! {
    /// Nothing beyond success, by the documentation.
    pub response PublishCompShareImageResponse {
        /// The id of the published version; a sample of UCloud's documentation shows it.
        new_comp_share_image_id: Option<ImageId> = "NewCompShareImageId",
    }
}

request! {
    /// Changes what is said of an image of the account, or whether others see it. What is left out stays as it is.
    ///
    /// Documented by CompShare and UCloud, whose SDKs require `Zone` and know fewer parameters. Sets values, so it may be
    /// repeated. Of a version that is published already, little beyond description and readme can be changed.
    pub struct UpdateCompShareImage: IdempotentWrite -> UpdateCompShareImageResponse {
        required {
            /// The image.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
        optional {
            /// The group of versions. CompShare's documentation only.
            group_id: GroupId = "GroupId",
            /// The image's name. CompShare's documentation only.
            name: String = "Name",
            /// The version's name. CompShare's documentation only.
            version_name: String = "VersionName",
            /// What is new in the version. CompShare's documentation only.
            version_desc: String = "VersionDesc",
            /// A short description.
            description: String = "Description",
            /// A picture in base64.
            cover: String = "Cover",
            /// A rich text, possibly long.
            readme: String = "Readme",
            /// The framework. UCloud's SDKs only.
            framework: String = "Framework",
            /// What is installed in it: here a text, not an object as elsewhere. UCloud's SDKs only.
            softwares: String = "Softwares",
        }
        values {
            /// Who can see it.
            visibility: Visibility = "Visibility",
            /// The price in yuan per hour; needed when the image becomes public. CompShare's documentation only.
            price: f64 = "Price",
            /// Whether its programs start with the instance. CompShare's documentation only.
            auto_start: bool = "AutoStart",
        }
        lists {
            /// Tags, in place of all that it had; by UCloud's SDKs at most 3.
            tags: String = "Tags",
            /// The GPU types it is meant for. CompShare's documentation only.
            supported_gpu_types: String = "SupportedGpuTypes",
        }
    }
}

/// The response of an action that answers with success alone, as far as is documented.
pub type UpdateCompShareImageResponse = Acknowledged;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect};

    #[test]
    fn an_image_is_published_under_a_version() {
        let request = PublishCompShareImage::new("i", "v1.0")
            .group_id("g")
            .community_image_name("名字")
            .price(0.5)
            .auto_start(true)
            .tags(["a", "b"])
            .supported_gpu_types(["4090"])
            .softwares(PublishedSoftware::new().applications(["ComfyUI"]));
        let expected = "CompShareImageId=i VersionName=v1.0 GroupId=g CommunityImageName=名字 \
            Softwares.Applications.0=ComfyUI Price=0.5 AutoStart=true Tags.0=a Tags.1=b SupportedGpuTypes.0=4090";
        assert_eq!(pairs(&request).join(" "), expected);
        assert_eq!(PublishCompShareImage::EFFECT, Effect::Write);
    }

    #[test]
    fn an_update_sends_what_is_changed_only() {
        let request = UpdateCompShareImage::new("i")
            .visibility(Visibility::PUBLIC)
            .price(2.0)
            .description("");
        assert_eq!(
            pairs(&request),
            [
                "CompShareImageId=i",
                "Description=",
                "Visibility=1",
                "Price=2"
            ]
        );
        assert_eq!(
            pairs(&UpdateCompShareImage::new("i")),
            ["CompShareImageId=i"]
        );
        assert_eq!(UpdateCompShareImage::EFFECT, Effect::IdempotentWrite);
    }
}
