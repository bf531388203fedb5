//! The catalog: zones, types on sale, stock, and programs.

mod software;
mod stock;
mod types;
mod zones;

pub use software::*;
pub use stock::*;
pub use types::*;
pub use zones::*;
