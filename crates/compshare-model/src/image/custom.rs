//! Custom images: listing, creation, copying and deletion.

use std::time::Duration;

use super::{CustomImageSoftware, Image, ImageList};
use crate::wire::record::record;
use crate::wire::request::request;
use crate::wire::response::Acknowledged;
use crate::{ImageId, InstanceId};

request! {
    /// Lists the custom images of the account.
    ///
    /// Documented by CompShare and UCloud. A third party reports that `TotalCount` may be the size
    /// of the page, and that a request by id may return an image of another account.
    pub struct DescribeCompShareCustomImages: List<Image> -> ImageList {
        optional {
            /// Filters by image id.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

request! {
    /// Lists the images that other accounts share with the account.
    ///
    /// Documented by CompShare and UCloud. A third party reports that `TotalCount` may be the size
    /// of the page.
    pub struct DescribeCompShareSharingImages: List<Image> -> ImageList {
        optional {
            /// Filters by image id.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

request! {
    /// Creates an image from an instance. Documented by CompShare and UCloud, which require `Zone`.
    ///
    /// The response has the id of an image that is not ready: `images().wait_until_ready` of the clients polls
    /// [`GetCompShareImageCreateProgress`]. By CompShare's documentation, an instance can create
    /// one image at a time. A virtual machine may be running or stopped; a container must be
    /// running. For an instance with a paid image, the service returns RetCode 226644, unless the
    /// caller published that image (reported by a third party).
    pub struct CreateCompShareCustomImage: Write -> CreateCompShareCustomImageResponse {
        required {
            /// The instance id.
            instance_id: InstanceId = "UHostId",
            /// The image name. By UCloud's SDKs, it must be unique within the account.
            name: String = "Name",
        }
        optional {
            /// A short description.
            description: String = "Description",
            /// The installed software.
            softwares: CustomImageSoftware = "Softwares",
        }
    }
}

record! {
    /// The response of [`CreateCompShareCustomImage`].
    pub response CreateCompShareCustomImageResponse {
        /// The id of the new image. The platform's command-line tool accepts both names.
        image_id: Option<ImageId> = "CompShareImageId" | "ImageId",
    }
}

request! {
    /// Copies a custom image of the account. Documented by UCloud.
    pub struct CopyCompShareCustomImage: Write -> CopyCompShareCustomImageResponse {
        required {
            /// The image id.
            image_id: ImageId = "CompShareImageId",
        }
        optional {
            /// The name of the copy.
            target_image_name: String = "TargetImageName",
        }
    }
}

record! {
    /// The response of [`CopyCompShareCustomImage`].
    pub response CopyCompShareCustomImageResponse {
        /// The id of the copy.
        new_image_id: Option<ImageId> = "NewCompShareImageId",
    }
}

request! {
    /// Deletes a custom image permanently. Documented by CompShare and UCloud, which require
    /// `Zone`; the platform's command-line tool omits it.
    ///
    /// A published image must be taken offline first. The clients do not retry it without a
    /// response: the retry would return a misleading "not found" error.
    pub struct TerminateCompShareCustomImage: Write -> TerminateCompShareCustomImageResponse {
        required {
            /// The image id.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

/// The response of [`TerminateCompShareCustomImage`], without documented fields.
pub type TerminateCompShareCustomImageResponse = Acknowledged;

request! {
    /// Returns the progress of the creation of an image. Documented by CompShare and UCloud, which
    /// require `Zone`; the platform's command-line tool omits it.
    pub struct GetCompShareImageCreateProgress: Read -> GetCompShareImageCreateProgressResponse {
        required {
            /// The image id.
            image_id: ImageId = "CompShareImageId",
        }
    }
}

record! {
    /// The progress of the creation of an image.
    ///
    /// `Process` and the two durations are documented. The other names and fields are accepted by
    /// the platform's command-line tool, or reported by third parties.
    pub response GetCompShareImageCreateProgressResponse {
        /// The progress in percent, 0 to 100.
        process: Option<f64> = "Process" | "Progress" | "Percent",
        /// The total duration in seconds.
        total_duration: Option<u64> = "TotalDuration",
        /// The remaining time in seconds.
        remaining_duration: Option<u64> = "RemainingDuration",
        /// The state, with undocumented values.
        status: Option<String> = "Status" | "State",
        /// The reason of a failure.
        failed_reason: Option<String> = "FailedReason",
    }
}

impl GetCompShareImageCreateProgressResponse {
    /// Returns `true` if the progress is 100 % or the state means completion.
    pub fn is_done(&self) -> bool {
        self.process.is_some_and(|process| process >= 100.0)
            || self.is_in(&["Available", "Normal", "Success", "Succeeded", "Done"])
    }

    /// Returns `true` if the state means failure.
    pub fn is_failed(&self) -> bool {
        self.is_in(&["UnAvailable", "Failed", "Error"])
    }

    /// Returns the remaining time as estimated by the service.
    pub fn remaining(&self) -> Option<Duration> {
        self.remaining_duration.map(Duration::from_secs)
    }

    fn is_in(&self, states: &[&str]) -> bool {
        self.status.as_deref().is_some_and(|status| {
            states
                .iter()
                .any(|state| state.eq_ignore_ascii_case(status))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect};
    use serde_json::{Value, json};

    #[test]
    fn list_parameters_are_flattened() {
        assert_eq!(
            pairs(&DescribeCompShareCustomImages::new().image_id("i")),
            ["CompShareImageId=i"]
        );
        assert_eq!(
            pairs(&DescribeCompShareSharingImages::new().offset(0).limit(5)),
            ["Offset=0", "Limit=5"]
        );
    }

    #[test]
    fn create_and_copy_parameters_are_flattened() {
        let software = CustomImageSoftware::new()
            .framework("PyTorch")
            .cuda_version("12.4")
            .applications(["ComfyUI"]);
        let request = CreateCompShareCustomImage::new("uhost-1", "mine")
            .zone("cn-wlcb-01")
            .softwares(software);
        let expected = "UHostId=uhost-1 Name=mine Softwares.Framework=PyTorch Softwares.CUDAVersion=12.4 \
            Softwares.Application.0=ComfyUI Zone=cn-wlcb-01";
        assert_eq!(pairs(&request).join(" "), expected);
        assert_eq!(
            pairs(&CopyCompShareCustomImage::new("i").target_image_name("n")),
            ["CompShareImageId=i", "TargetImageName=n"]
        );
        for effect in [
            CreateCompShareCustomImage::EFFECT,
            CopyCompShareCustomImage::EFFECT,
            TerminateCompShareCustomImage::EFFECT,
        ] {
            assert_eq!(effect, Effect::Write);
        }
    }

    #[test]
    fn responses_have_the_new_image_id() {
        for json in [r#"{"CompShareImageId": "i"}"#, r#"{"ImageId": "i"}"#] {
            let response: CreateCompShareCustomImageResponse = serde_json::from_str(json).unwrap();
            assert_eq!(response.image_id, Some("i".into()));
        }
        let copy: CopyCompShareCustomImageResponse =
            serde_json::from_str(r#"{"NewCompShareImageId": "j"}"#).unwrap();
        assert_eq!(copy.new_image_id, Some("j".into()));
    }

    #[test]
    fn progress_accepts_every_form() {
        let read = |value: Value| {
            let read: GetCompShareImageCreateProgressResponse =
                serde_json::from_str(&value.to_string()).unwrap();
            assert_eq!(
                serde_json::to_value(&read).unwrap(),
                value,
                "nothing is lost"
            );
            read
        };
        let documented =
            read(json!({"Process": 37.5, "TotalDuration": 600, "RemainingDuration": 375}));
        assert_eq!(
            (documented.process, documented.remaining()),
            (Some(37.5), Some(Duration::from_secs(375)))
        );
        assert!(!documented.is_done() && !documented.is_failed());
        let of_the_sdks =
            read(json!({"Process": 100, "TotalDuration": "600", "RemainingDuration": "0"}));
        assert!(of_the_sdks.is_done());
        assert_eq!(
            (of_the_sdks.total_duration, of_the_sdks.remaining_duration),
            (Some(600), Some(0))
        );
        assert_eq!(read(json!({"Progress": "12"})).process, Some(12.0));
        assert!(read(json!({"Percent": 100})).is_done());
        assert!(read(json!({"State": "succeeded"})).is_done());
        let failed = read(json!({"Status": "FAILED", "FailedReason": "disk full"}));
        assert!(failed.is_failed() && !failed.is_done());
        assert!(!read(json!({})).is_done());
        assert!(!read(json!({"Process": null})).is_done());
    }
}
