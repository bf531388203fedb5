//! Platform images.

use super::{Image, ImageList, ImageType};
use crate::ImageId;
use crate::wire::request::request;

request! {
    /// Lists the images of the platform.
    ///
    /// Documented by CompShare and UCloud. The service has separate pages for each `ImageType`; the
    /// clients' `images().platform` lists all of them. A third party reports that readmes are empty
    /// even in a request by id, and that images of type `System` have no tags.
    pub struct DescribeCompShareImages: List<Image> -> ImageList {
        optional {
            /// Filters by type. `System` and `App` are documented; `Game` and `Other` are used by
            /// the platform's command-line tool. The default is `System` in UCloud's SDKs, and all
            /// types as reported by a third party.
            image_type: ImageType = "ImageType",
            /// Filters by image id. As reported by a third party, the response has a `TotalCount`
            /// of
            /// 0. For the id of another kind of image, it is empty or has
            /// [`RetCode::PARAMETER_NOT_AVAILABLE`](crate::RetCode::PARAMETER_NOT_AVAILABLE).
            image_id: ImageId = "CompShareImageId",
            /// Filters by name; by UCloud's SDKs, by a part of it.
            name: String = "Name",
            /// Filters by the author's name.
            author: String = "Author",
            /// Filters by one tag.
            tag: String = "Tag",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;

    #[test]
    fn filters_are_flattened() {
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
