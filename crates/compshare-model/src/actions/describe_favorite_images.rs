//! The account's favourite images.

use serde::Serialize;

use crate::list::{image_list_action, image_list_response};
use crate::{ProjectId, Region, Zone};

/// Asks for the community images that the account has among its favourites, page by page.
///
/// Documented by CompShare only, with `Region` (required), `Offset` (0 if absent) and `Limit` (20 if absent, no maximum
/// stated; sister actions allow 100). `Zone` and `ProjectId` are not documented for it; they are common parameters.
/// The platform's own command-line tool reported the action as unavailable in production
/// ([`RetCode::ACTION_NOT_FOUND`](crate::RetCode::ACTION_NOT_FOUND), 2026-07).
///
/// ```
/// use compshare_model::{Action, DescribeFavoriteImages};
///
/// let request = DescribeFavoriteImages::new().region("cn-wlcb").offset(100).limit(100);
/// assert_eq!(request.name(), "DescribeFavoriteImages");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "PascalCase")]
#[non_exhaustive]
pub struct DescribeFavoriteImages {
    /// The region, `cn-wlcb` in the documentation's sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// The zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// The project; sub-accounts must name one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<ProjectId>,
    /// How many rows to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// How many rows to return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl DescribeFavoriteImages {
    /// Asks for the first page, its size left to the service.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the region.
    pub fn region(mut self, region: impl Into<Region>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the zone.
    pub fn zone(mut self, zone: impl Into<Zone>) -> Self {
        self.zone = Some(zone.into());
        self
    }

    /// Sets the project.
    pub fn project_id(mut self, project_id: impl Into<ProjectId>) -> Self {
        self.project_id = Some(project_id.into());
        self
    }

    /// Sets how many rows to skip.
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Sets how many rows to return.
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }
}

image_list_action!(DescribeFavoriteImages -> DescribeFavoriteImagesResponse);

image_list_response! {
    /// A page of the account's favourites.
    ///
    /// Documented is a flat `ImageSet` whose rows have an id, a name, an author and a status, and no total. Since the
    /// community lists answer in groups of versions, groups are read here too; use [`images`](Self::images) or
    /// [`into_images`](Self::into_images) to get all rows, whichever way they came.
    pub struct DescribeFavoriteImagesResponse
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Action, Effect, PagedAction, Window, flatten};

    #[test]
    fn parameters_and_effect() {
        let request = DescribeFavoriteImages::new()
            .region("cn-wlcb")
            .zone("cn-wlcb-01")
            .project_id("org-cwy2qk")
            .offset(40)
            .limit(20);
        let mut pairs = Vec::new();
        flatten(&request, &mut |key, value| {
            pairs.push(format!("{key}={value}"));
            Ok(())
        })
        .unwrap();
        assert_eq!(pairs, ["Region=cn-wlcb", "Zone=cn-wlcb-01", "ProjectId=org-cwy2qk", "Offset=40", "Limit=20"]);
        assert_eq!(serde_json::to_string(&DescribeFavoriteImages::new()).unwrap(), "{}");
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
