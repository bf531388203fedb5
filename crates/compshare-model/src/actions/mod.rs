//! The actions, a file for each, or for those that belong together.

mod account_images;
mod community_images;
mod describe_comp_share_image_tags;
mod describe_comp_share_images;
mod describe_favorite_images;
mod favorite_writes;
mod image_sharing;
mod installed_software;
mod making_images;
mod publishing_images;

pub use account_images::{DescribeCompShareCustomImages, DescribeCompShareSharingImages};
pub use community_images::{
    DescribeCommunityImages, DescribeSelfCommunityImages, DescribeUserCommunityImages,
    SortCondition,
};
pub use describe_comp_share_image_tags::{
    DescribeCompShareImageTags, DescribeCompShareImageTagsResponse,
};
pub use describe_comp_share_images::DescribeCompShareImages;
pub use describe_favorite_images::DescribeFavoriteImages;
pub use favorite_writes::{
    AddFavoriteImage, AddFavoriteImageResponse, CreateCompShareImageFavorite,
    CreateCompShareImageFavoriteResponse, DeleteCompShareImageFavorite,
    DeleteCompShareImageFavoriteResponse, RemoveFavoriteImage, RemoveFavoriteImageResponse,
};
pub use image_sharing::{
    DescribeCompShareImageShareAccounts, DescribeCompShareImageShareAccountsResponse,
    ModifyCompShareImageShareAccount, ModifyCompShareImageShareAccountResponse,
};
pub use installed_software::{CustomImageSoftware, PublishedSoftware};
pub use making_images::{
    CopyCompShareCustomImage, CopyCompShareCustomImageResponse, CreateCompShareCustomImage,
    CreateCompShareCustomImageResponse, GetCompShareImageCreateProgress,
    GetCompShareImageCreateProgressResponse, TerminateCompShareCustomImage,
    TerminateCompShareCustomImageResponse,
};
pub use publishing_images::{
    PublishCompShareImage, PublishCompShareImageResponse, UpdateCompShareImage,
    UpdateCompShareImageResponse,
};
