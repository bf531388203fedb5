//! The account's favourite images.

use crate::ImageList;
use crate::list::image_list;

image_list! {
    /// Asks for the community images that the account has among its favourites, page by page.
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
    pub struct DescribeFavoriteImages {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::pairs;
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
}
