//! Types shared by all action families.

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
pub use open_enum::UnknownValue;
pub use ret_code::{RetCode, RetCodeClass};
pub use timestamp::Timestamp;
