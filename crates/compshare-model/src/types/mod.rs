//! Types that several families share.

mod account;
mod codes;
mod ids;
pub(crate) mod newtype;
pub(crate) mod open_enum;
mod ret_code;
mod timestamp;

pub use account::Account;
pub use codes::{AuthInfo, Visibility};
pub use ids::{AccountId, GroupId, ImageId, InstanceId, ProjectId, Region, Zone};
pub use open_enum::UnknownWord;
pub use ret_code::{RetClass, RetCode};
pub use timestamp::Timestamp;
