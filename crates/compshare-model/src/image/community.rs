//! Community images: those of all users, of the account, and of one user.

use super::grouped::Grouped;
use super::{Image, ImageList, SortField};
use crate::wire::request::request;
use crate::{GroupId, ImageId};

request! {
    /// The sort order of a community listing (`SortCondition`).
    ///
    /// ```
    /// use compshare_model::{SortCondition, SortField};
    ///
    /// let newest_first = SortCondition::new(SortField::PubTime).asc(false);
    /// ```
    pub object SortCondition {
        required {
            /// The field to sort by.
            field: SortField = "Field",
        }
        values {
            /// `true` for ascending order. The default is undocumented.
            asc: bool = "ASC",
        }
    }
}

/// Creates a community listing: a [`request!`] with the common filters, and `grouped`.
macro_rules! community_list {
    ($(#[$docs:meta])* pub struct $name:ident { $($values:tt)* }) => {
        request! {
            $(#[$docs])*
            pub struct $name: List<Image> -> ImageList {
                optional {
                    /// Filters by image id. For an unknown id, the service is reported by a third
                    /// party to return
                    /// [`RetCode::RESOURCE_NOT_FOUND`](crate::RetCode::RESOURCE_NOT_FOUND).
                    image_id: ImageId = "CompShareImageId",
                    /// Filters by group id.
                    group_id: GroupId = "GroupId",
                    /// Filters by a part of the name.
                    name: String = "Name",
                    /// Filters by the author's full name.
                    author: String = "Author",
                    /// Filters by a part of the image name or of the author's name. Documented by
                    /// CompShare.
                    fuzzy_search: String = "FuzzySearch",
                    /// The sort order. By UCloud's SDKs, the default is the time of publication.
                    sort_condition: SortCondition = "SortCondition",
                }
                values {
                    $($values)*
                    /// Filters free or paid images. Documented by CompShare.
                    is_free: bool = "IsFree",
                    /// Filters images of the platform or of users. Documented by CompShare.
                    is_official: bool = "IsOfficial",
                    /// Filters images whose programs start with the instance. Documented by
                    /// CompShare.
                    if_auto_start: bool = "IfAutoStart",
                    /// Omits the readmes, which can be long. Undocumented; two third-party clients
                    /// send it.
                    exclude_readme: bool = "ExcludeReadme",
                }
                lists {
                    /// Filters by tags, all of which an image must have. CompShare documents a
                    /// list. UCloud's SDKs have one tag as `Tag`, which [`Untyped`](crate::Untyped)
                    /// can send if a service requires it.
                    tags: String = "Tag",
                }
            }
        }

        impl $name {
            /// Returns the same listing with groups of versions as items.
            pub fn grouped(self) -> Grouped<Self> {
                Grouped::new(self)
            }
        }
    };
}

community_list! {
    /// Lists the images of the community, in groups of versions.
    ///
    /// Documented by CompShare and UCloud, which differ in the form of the response and in many
    /// types: see [`ImageList`]. Pages and totals are reported to count groups.
    ///
    /// ```
    /// use compshare_model::{DescribeCommunityImages, SortCondition, SortField};
    ///
    /// let request = DescribeCommunityImages::new()
    ///     .tags(["ComfyUI"])
    ///     .is_free(true)
    ///     .sort_condition(SortCondition::new(SortField::FavoritesCount).asc(false))
    ///     .exclude_readme(true);
    /// ```
    pub struct DescribeCommunityImages {}
}

community_list! {
    /// Lists the images published by the account in every state: under review, online, offline.
    ///
    /// CompShare documents the filters; UCloud's SDKs have only `CompShareImageId` and `GroupId`,
    /// and no paging. The `Action` of the response is `DescribeCommunityImagesResponse`.
    pub struct DescribeSelfCommunityImages {}
}

community_list! {
    /// Lists the published images of one user.
    ///
    /// Documented by CompShare. UCloud's SDKs describe it as the community listing for the
    /// logged-in user, without a parameter for the user.
    pub struct DescribeUserCommunityImages {
        /// The number of the user's organization. The platform's command-line tool requires it.
        target_top_organization_id: u64 = "TargetTopOrganizationId",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect, PagedAction, Window};

    #[test]
    fn documented_filters_are_flattened() {
        let request = DescribeCommunityImages::new()
            .image_id("i")
            .group_id("g")
            .name("n")
            .author("a")
            .fuzzy_search("f")
            .sort_condition(SortCondition::new(SortField::Favor).asc(false))
            .is_free(true)
            .is_official(false)
            .if_auto_start(true)
            .exclude_readme(true)
            .tags(["LLM", "Qwen"])
            .offset(20)
            .limit(10);
        let expected = "CompShareImageId=i GroupId=g Name=n Author=a FuzzySearch=f SortCondition.Field=Favor \
            SortCondition.ASC=false IsFree=true IsOfficial=false IfAutoStart=true ExcludeReadme=true Offset=20 Limit=10 \
            Tag.0=LLM Tag.1=Qwen";
        assert_eq!(pairs(&request).join(" "), expected);
        assert_eq!(DescribeCommunityImages::EFFECT, Effect::Read);
    }

    #[test]
    fn sort_field_accepts_unknown_values() {
        let request =
            DescribeSelfCommunityImages::new().sort_condition(SortCondition::new("Stars"));
        assert_eq!(pairs(&request), ["SortCondition.Field=Stars"]);
    }

    #[test]
    fn user_is_selected_by_number() {
        let request = DescribeUserCommunityImages::new().target_top_organization_id(50_123_456);
        assert_eq!(pairs(&request), ["TargetTopOrganizationId=50123456"]);
        assert_eq!(
            request.with_window(Window::new(3, Some(4))).window(),
            Window::new(3, Some(4))
        );
    }
}
