//! Publication of images to the community, and updates.

use super::PublishedSoftware;
use crate::wire::record::record;
use crate::wire::request::request;
use crate::wire::response::Acknowledged;
use crate::{GroupId, ImageId, Visibility};

request! {
    /// Publishes a custom image to the community, as a new image or as a new version.
    ///
    /// Documented by CompShare and UCloud, which differ. CompShare requires `VersionName`, which
    /// UCloud's SDKs lack; these require `Zone` and `Price` instead. The platform's command-line
    /// tool sends all three. Only `Available` images of container instances can be published. The
    /// following review takes about three working days. For a version name that exists in the
    /// group, the service returns RetCode 8968 (reported by a third party).
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
            /// The image id.
            image_id: ImageId = "CompShareImageId",
            /// The name of the version, such as `v1.0`.
            version_name: String = "VersionName",
        }
        optional {
            /// The group of a new version; a new group if absent. Documented only by CompShare.
            group_id: GroupId = "GroupId",
            /// The changes in the version. Documented only by CompShare.
            version_desc: String = "VersionDesc",
            /// The name of the image in the community.
            community_image_name: String = "CommunityImageName",
            /// A short description.
            description: String = "Description",
            /// A rich text, possibly long.
            readme: String = "Readme",
            /// A picture in base64.
            cover: String = "Cover",
            /// The installed software. UCloud's SDKs only.
            softwares: PublishedSoftware = "Softwares",
        }
        values {
            /// The price in yuan per hour, in steps of 0.01; 0 is free. Company accounts can
            /// publish free images only.
            price: f64 = "Price",
            /// `true` to start the programs with the instance.
            auto_start: bool = "AutoStart",
        }
        lists {
            /// Tags; by UCloud's SDKs at most 3.
            tags: String = "Tags",
            /// The recommended GPU types. Documented only by CompShare.
            supported_gpu_types: String = "SupportedGpuTypes",
        }
    }
}

record! {
    /// The response of [`PublishCompShareImage`], without documented fields.
    pub response PublishCompShareImageResponse {
        /// The id of the published version, as in a sample of UCloud's documentation.
        new_image_id: Option<ImageId> = "NewCompShareImageId",
    }
}

request! {
    /// Updates the description or the visibility of an image. Absent parameters are not changed.
    ///
    /// Documented by CompShare and UCloud, whose SDKs require `Zone` and have fewer parameters. The
    /// request is idempotent. Of a published version, little beyond description and readme can be
    /// changed.
    pub struct UpdateCompShareImage: IdempotentWrite -> UpdateCompShareImageResponse {
        required {
            /// The image id.
            image_id: ImageId = "CompShareImageId",
        }
        optional {
            /// The group of versions. Documented only by CompShare.
            group_id: GroupId = "GroupId",
            /// The name of the image. Documented only by CompShare.
            name: String = "Name",
            /// The name of the version. Documented only by CompShare.
            version_name: String = "VersionName",
            /// The changes in the version. Documented only by CompShare.
            version_desc: String = "VersionDesc",
            /// A short description.
            description: String = "Description",
            /// A picture in base64.
            cover: String = "Cover",
            /// A rich text, possibly long.
            readme: String = "Readme",
            /// The framework. UCloud's SDKs only.
            framework: String = "Framework",
            /// The installed software, as a text instead of an object. UCloud's SDKs only.
            softwares: String = "Softwares",
        }
        values {
            /// The visibility.
            visibility: Visibility = "Visibility",
            /// The price in yuan per hour, required to make the image public. Documented only by
            /// CompShare.
            price: f64 = "Price",
            /// `true` to start the programs with the instance. Documented only by CompShare.
            auto_start: bool = "AutoStart",
        }
        lists {
            /// Tags, which replace all previous ones; by UCloud's SDKs at most 3.
            tags: String = "Tags",
            /// The recommended GPU types. Documented only by CompShare.
            supported_gpu_types: String = "SupportedGpuTypes",
        }
    }
}

/// The response of [`UpdateCompShareImage`], without documented fields.
pub type UpdateCompShareImageResponse = Acknowledged;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect};

    #[test]
    fn publish_parameters_are_flattened() {
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
    fn update_sends_only_set_parameters() {
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
