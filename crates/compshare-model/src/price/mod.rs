//! Prices of instances.

mod instance;
mod row;

pub use instance::*;
pub use row::PriceRow;
