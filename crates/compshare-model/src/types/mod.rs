//! Types shared by all action families.

mod account;
mod codes;
mod enums;
mod ids;
pub(crate) mod newtype;
pub(crate) mod open_enum;
mod price;
mod ret_code;
mod secret;
mod size;
mod timestamp;

pub use account::Account;
pub use codes::{AuthInfo, Visibility};
pub use enums::{ChargeType, CpuPlatform, DataDiskType, DiskType, GpuType};
pub use ids::{
    AccountId, DiskId, FirewallId, GroupId, ImageId, InstanceId, ProjectId, Region, Zone,
};
pub use open_enum::UnknownValue;
pub use price::{ParsePriceError, Price};
pub use ret_code::{RetCode, RetCodeClass};
pub use secret::{Password, SecretUrl};
pub use size::{Gigabytes, Megabytes};
pub use timestamp::Timestamp;
