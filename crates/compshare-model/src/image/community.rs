//! Community images: everybody's, the account's own, and one user's.

use super::grouped::Grouped;
use super::{Image, ImageList, SortField};
use crate::wire::request::request;
use crate::{GroupId, ImageId};

request! {
    /// How a community listing is sorted (`SortCondition`).
    ///
    /// ```
    /// use compshare_model::{SortCondition, SortField};
    ///
    /// let newest_first = SortCondition::new(SortField::PubTime).asc(false);
    /// ```
    pub object SortCondition {
        required {
            /// By what.
            field: SortField = "Field",
        }
        values {
            /// Whether the smallest comes first. No source states the default.
            asc: bool = "ASC",
        }
    }
}

/// Makes a community listing: a [`request!`] with the filters that all of them share, and `grouped`.
macro_rules! community_list {
    ($(#[$docs:meta])* pub struct $name:ident { $($values:tt)* }) => {
        request! {
            $(#[$docs])*
            pub struct $name: List<Image> -> ImageList {
                optional {
                    /// One image by its id. The service answers an unknown one with
                    /// [`RetCode::RESOURCE_NOT_FOUND`](crate::RetCode::RESOURCE_NOT_FOUND) (reported by a third party).
                    comp_share_image_id: ImageId = "CompShareImageId",
                    /// One group of versions.
                    group_id: GroupId = "GroupId",
                    /// Part of the name.
                    name: String = "Name",
                    /// The author's name, all of it.
                    author: String = "Author",
                    /// Part of the name or of the author's name. Documented by CompShare.
                    fuzzy_search: String = "FuzzySearch",
                    /// The order. By UCloud's SDKs, the time of publication if absent.
                    sort_condition: SortCondition = "SortCondition",
                }
                values {
                    $($values)*
                    /// Only images that cost nothing, or only those that do. Documented by CompShare.
                    is_free: bool = "IsFree",
                    /// Only the platform's own images, or only others. Documented by CompShare.
                    is_official: bool = "IsOfficial",
                    /// Only images whose programs start with the instance. Documented by CompShare.
                    if_auto_start: bool = "IfAutoStart",
                    /// Leaves out the readmes, which can be long. In no documentation; two third-party clients send it.
                    exclude_readme: bool = "ExcludeReadme",
                }
                lists {
                    /// Tags, all of which an image must have. By CompShare's documentation a list; UCloud's SDKs know one
                    /// tag only, as `Tag` (send that with [`Untyped`](crate::Untyped) where a service asks for it).
                    tags: String = "Tag",
                }
            }
        }

        impl $name {
            /// Returns the same listing with groups of versions as its items.
            pub fn grouped(self) -> Grouped<Self> {
                Grouped::new(self)
            }
        }
    };
}

community_list! {
    /// Asks for the images of the community, page by page, in groups of versions.
    ///
    /// Documented by CompShare and UCloud, which differ in the answer's shape and in many types; see [`ImageList`]. Pages
    /// and totals count groups, as far as is known.
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
    /// Asks for the images that the account itself has published, in every state: under review, online, offline.
    ///
    /// The filters are CompShare's documentation; UCloud's SDKs know `CompShareImageId` and `GroupId` only, and no pages.
    /// The service answers with `DescribeCommunityImagesResponse` as the action.
    pub struct DescribeSelfCommunityImages {}
}

community_list! {
    /// Asks for the published images of one user.
    ///
    /// By CompShare's documentation. UCloud's SDKs describe it as the community's listing for whoever is logged in, without
    /// a user to ask for.
    pub struct DescribeUserCommunityImages {
        /// The user: the number of their organization. The platform's command-line tool requires it.
        target_top_organization_id: u64 = "TargetTopOrganizationId",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect, PagedAction, Window};

    #[test]
    fn filters_as_documented() {
        let request = DescribeCommunityImages::new()
            .comp_share_image_id("i")
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
    fn sort_fields_may_be_of_another_day() {
        let request =
            DescribeSelfCommunityImages::new().sort_condition(SortCondition::new("Stars"));
        assert_eq!(pairs(&request), ["SortCondition.Field=Stars"]);
    }

    #[test]
    fn a_user_is_asked_for_by_number() {
        let request = DescribeUserCommunityImages::new().target_top_organization_id(50_123_456);
        assert_eq!(pairs(&request), ["TargetTopOrganizationId=50123456"]);
        assert_eq!(
            request.with_window(Window::new(3, Some(4))).window(),
            Window::new(3, Some(4))
        );
    }
}
