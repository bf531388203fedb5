//! The images of the account: its own, and those that others share with it.

use crate::list::image_list;
use crate::{ImageId, ImageList};

image_list! {
    /// Asks for the account's own images, page by page.
    ///
    /// Documented by CompShare and UCloud. A third party reports that `TotalCount` may be the page's own count, and that
    /// an image asked for by id may be one of another account.
    pub struct DescribeCompShareCustomImages {
        optional {
            /// One image by its id.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

image_list! {
    /// Asks for the images that others share with the account, page by page.
    ///
    /// Documented by CompShare and UCloud. `TotalCount` may be the page's own count, as a third party reports.
    pub struct DescribeCompShareSharingImages {
        optional {
            /// One image by its id.
            comp_share_image_id: ImageId = "CompShareImageId",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::pairs;

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
}
