//! Images: the requests and responses of twenty actions.

mod community;
mod custom;
mod enums;
mod favorite;
mod favorites;
mod group;
mod grouped;
#[allow(clippy::module_inception, reason = "the record of the family")]
mod image;
mod list;
mod platform;
mod publishing;
mod sharing;
mod software;
mod software_params;
mod tags;

pub use community::*;
pub use custom::*;
pub use enums::*;
pub use favorite::Favorite;
pub use favorites::*;
pub use group::ImageGroup;
pub use grouped::Grouped;
pub use image::{Image, SupportZone};
pub use list::ImageList;
pub(crate) use list::sent_len;
pub use platform::DescribeCompShareImages;
pub use publishing::*;
pub use sharing::*;
pub use software::{Software, SoftwarePort};
pub use software_params::{CustomImageSoftware, PublishedSoftware};
pub use tags::*;
