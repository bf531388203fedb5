//! The account's own images: listing, creating, copying and deleting.

use std::time::Duration;

use super::{CustomImageSoftware, Image, ImageList};
use crate::wire::record::record;
use crate::wire::request::request;
use crate::wire::response::Acknowledged;
use crate::{ImageId, InstanceId};

request! {
    /// Asks for the account's own images, page by page.
    ///
    /// Documented by CompShare and UCloud. A third party reports that `TotalCount` may be the page's own count, and that
    /// an image asked for by id may be one of another account.
    pub struct DescribeCompShareCustomImages: List<Image> -> ImageList {
        optional {
            /// One image by its id.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

request! {
    /// Asks for the images that others share with the account, page by page.
    ///
    /// Documented by CompShare and UCloud. `TotalCount` may be the page's own count, as a third party reports.
    pub struct DescribeCompShareSharingImages: List<Image> -> ImageList {
        optional {
            /// One image by its id.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

request! {
    /// Makes an image of an instance. Documented by CompShare and UCloud, which require `Zone`.
    ///
    /// The image is there at once, but not ready: the clients' `wait_for_image` follows
    /// [`GetCompShareImageCreateProgress`]. By CompShare's documentation an instance can make one image at a time; a
    /// virtual machine may be running or stopped meanwhile, a container must be running. An instance that runs an image
    /// that is paid for answers with RetCode 226644, unless the caller published that image (reported by a third party).
    pub struct CreateCompShareCustomImage: Write -> CreateCompShareCustomImageResponse {
        required {
            /// The instance.
            uhost_id: InstanceId = "UHostId",
            /// The image's name; by UCloud's SDKs no two images of an account may have the same.
            name: String = "Name",
        }
        optional {
            /// A short description.
            description: String = "Description",
            /// What is installed in it.
            softwares: CustomImageSoftware = "Softwares",
        }
    }
}

record! {
    /// The image that is being made.
    pub response CreateCompShareCustomImageResponse {
        /// The image's id. The second spelling is accepted by the platform's command-line tool.
        comp_share_image_id: Option<ImageId> = "CompShareImageId" | "ImageId",
    }
}

request! {
    /// Copies an image of the account. Documented by UCloud.
    pub struct CopyCompShareCustomImage: Write -> CopyCompShareCustomImageResponse {
        required {
            /// The image.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
        optional {
            /// The copy's name.
            target_image_name: String = "TargetImageName",
        }
    }
}

record! {
    /// The copy.
    pub response CopyCompShareCustomImageResponse {
        /// The copy's id.
        new_comp_share_image_id: Option<ImageId> = "NewCompShareImageId",
    }
}

request! {
    /// Deletes an image of the account for good. Documented by CompShare and UCloud, which require `Zone`; the platform's
    /// command-line tool does not.
    ///
    /// One that is published must be taken off the community first. Never repeated by itself when no answer came: a
    /// second call would say that there is no such image.
    pub struct TerminateCompShareCustomImage: Write -> TerminateCompShareCustomImageResponse {
        required {
            /// The image.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

/// The response of an action that answers with success alone, as far as is documented.
pub type TerminateCompShareCustomImageResponse = Acknowledged;

request! {
    /// Asks how far the making of an image is. Documented by CompShare and UCloud, which require `Zone`; the platform's
    /// command-line tool does not.
    pub struct GetCompShareImageCreateProgress: Read -> GetCompShareImageCreateProgressResponse {
        required {
            /// The image.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

record! {
    /// How far the making of an image is.
    ///
    /// Documented are `Process` and the two durations. The other spellings and fields are what the platform's
    /// command-line tool reads instead, or third parties report.
    pub response GetCompShareImageCreateProgressResponse {
        /// How much is done, in per cent: 0 to 100.
        process: Option<f64> = "Process" | "Progress" | "Percent",
        /// How long it takes in all, in seconds.
        total_duration: Option<u64> = "TotalDuration",
        /// How long it will still take, in seconds.
        remaining_duration: Option<u64> = "RemainingDuration",
        /// The state, in words that no documentation has.
        status: Option<String> = "Status" | "State",
        /// Why it failed.
        failed_reason: Option<String> = "FailedReason",
    }
}

impl GetCompShareImageCreateProgressResponse {
    /// Whether all is done: 100 per cent, or a state that says so.
    pub fn is_done(&self) -> bool {
        self.process.is_some_and(|process| process >= 100.0)
            || self.is_in(&["Available", "Normal", "Success", "Succeeded", "Done"])
    }

    /// Whether the state says that it failed.
    pub fn is_failed(&self) -> bool {
        self.is_in(&["UnAvailable", "Failed", "Error"])
    }

    /// How long it will still take, as far as the service knows.
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
    fn by_id_or_page_by_page() {
        assert_eq!(
            pairs(&DescribeCompShareCustomImages::new().comp_share_image_id("i")),
            ["CompShareImageId=i"]
        );
        assert_eq!(
            pairs(&DescribeCompShareSharingImages::new().offset(0).limit(5)),
            ["Offset=0", "Limit=5"]
        );
    }

    #[test]
    fn an_image_is_made_of_an_instance() {
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
    fn the_new_image_s_id() {
        for json in [r#"{"CompShareImageId": "i"}"#, r#"{"ImageId": "i"}"#] {
            let response: CreateCompShareCustomImageResponse = serde_json::from_str(json).unwrap();
            assert_eq!(response.comp_share_image_id, Some("i".into()));
        }
        let copy: CopyCompShareCustomImageResponse =
            serde_json::from_str(r#"{"NewCompShareImageId": "j"}"#).unwrap();
        assert_eq!(copy.new_comp_share_image_id, Some("j".into()));
    }

    #[test]
    fn progress_in_every_form() {
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
