//! The platform's images.

use super::{Image, ImageList, ImageType};
use crate::ImageId;
use crate::wire::request::request;

request! {
    /// Asks for the images that the platform offers, page by page.
    ///
    /// Documented by CompShare and UCloud. The service pages each `ImageType` for itself, so a walk over all of them is one
    /// walk per type: the clients' `platform_images` does that. Readmes are empty even when asked by id, and images of
    /// type `System` have no tags (reported by a third party).
    pub struct DescribeCompShareImages: List<Image> -> ImageList {
        optional {
            /// The kind: `System` and `App` are documented; `Game` and `Other` are known from the platform's command-line
            /// tool. If absent, `System` by UCloud's SDKs, all kinds by a third party's report.
            image_type: ImageType = "ImageType",
            /// One image by its id. The answer then has the row with a `TotalCount` of 0; an id that is none of the
            /// platform's is answered with [`RetCode::PARAMETER_NOT_AVAILABLE`](crate::RetCode::PARAMETER_NOT_AVAILABLE),
            /// or with an empty list (reported by a third party).
            comp_share_image_id: ImageId = "CompShareImageId",
            /// The name; UCloud's SDKs: part of it.
            name: String = "Name",
            /// The author's name.
            author: String = "Author",
            /// One tag.
            tag: String = "Tag",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;

    #[test]
    fn one_tag_and_one_type() {
        let request = DescribeCompShareImages::new()
            .image_type(ImageType::App)
            .tag("LLM")
            .name("vLLM")
            .limit(100);
        assert_eq!(
            pairs(&request),
            ["ImageType=App", "Name=vLLM", "Tag=LLM", "Limit=100"]
        );
        assert_eq!(
            pairs(&DescribeCompShareImages::new().image_type("Robot")),
            ["ImageType=Robot"]
        );
    }
}
