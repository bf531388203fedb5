//! Images: twenty actions, and the records that they answer with.

mod community;
mod custom;
mod favorite;
mod favorites;
mod group;
mod grouped;
#[allow(clippy::module_inception, reason = "the record of the family")]
mod image;
mod installed_software;
mod list;
mod platform;
mod publishing;
mod sharing;
mod software;
mod tags;
mod words;

pub use community::*;
pub use custom::*;
pub use favorite::Favorite;
pub use favorites::*;
pub use group::ImageGroup;
pub use grouped::Grouped;
pub use image::{Image, SupportZone};
pub use installed_software::{CustomImageSoftware, PublishedSoftware};
pub use list::ImageList;
pub use platform::DescribeCompShareImages;
pub use publishing::*;
pub use sharing::*;
pub use software::{Software, SoftwarePort};
pub use tags::*;
pub use words::*;
