//! Instances: their actions, and the records of their responses.

mod change;
mod create;
mod enums;
#[allow(clippy::module_inception, reason = "the record of the family")]
mod instance;
mod list;
mod monitor;
mod parts;
mod ports;
mod power;
mod schedule;

pub use change::*;
pub use create::*;
pub use enums::*;
pub use instance::Instance;
pub use list::*;
pub use monitor::*;
pub use parts::*;
pub use ports::*;
pub use power::*;
pub use schedule::*;
