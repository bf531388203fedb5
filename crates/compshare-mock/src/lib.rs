#![doc = include_str!("../README.md")]
#![deny(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    clippy::todo,
    clippy::unimplemented,
    clippy::unwrap_used
)]

mod actions;
mod catalog;
mod fault;
mod gateway;
mod quirks;
mod render;
mod request;
mod response;
mod server;
mod split_mix;
mod store;

pub use catalog::Catalog;
pub use fault::Fault;
pub use gateway::{Gateway, Outcome};
pub use quirks::{BooleanText, InventoryForm, ListKey, QuirkError, Quirks, StateQuirk, Total};
pub use response::Response;
pub use server::{MockGateway, MockGatewayBuilder, StartError};

use serde_json::Value;

/// Returns the built-in favorites: some fifty invented images, as rows of an `ImageSet`.
///
/// They are deliberately varied: Chinese and English names, characters outside the basic plane,
/// long names, several tags in one text, paid and free images, every documented status of a
/// published image, and rows with missing, `null` or undocumented fields. Each `CompShareImageId`
/// is unique.
///
/// ```
/// let favorites = compshare_mock::favorites();
/// assert!(favorites.len() >= 47);
/// assert!(favorites[0]["CompShareImageId"].as_str().unwrap().starts_with("compshareImage-"));
/// ```
pub fn favorites() -> Vec<Value> {
    // The file is valid, as a test checks: the default is never used.
    serde_json::from_str(include_str!("favorites.json")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn built_in_favorites_are_varied_and_distinct() {
        let rows = favorites();
        assert!(rows.len() >= 47, "{}", rows.len());
        let ids: BTreeSet<&str> = rows
            .iter()
            .map(|row| row["CompShareImageId"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), rows.len(), "duplicate id");
        for id in ids {
            let tail = id.strip_prefix("compshareImage-").unwrap();
            assert!(
                tail.len() == 12
                    && tail
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
                "{id}"
            );
        }
        let any = |test: &dyn Fn(&Value) -> bool| rows.iter().any(test);
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        for status in ["Available", "UnAvailable", "Offline", "Reviewing"] {
            assert!(any(&|row| row["Status"] == status), "{status}");
        }
        for price in [0.0, 0.5, 1.28] {
            assert!(any(&|row| row["Price"].as_f64() == Some(price)), "{price}");
        }
        for container in ["True", "False"] {
            assert!(any(&|row| row["Container"] == container), "{container}");
        }
        assert!(any(&|row| text(row, "Name").is_ascii()));
        assert!(any(&|row| text(row, "Name")
            .chars()
            .any(|c| u32::from(c) > 0xffff)));
        assert!(any(&|row| text(row, "Name").len() > 100));
        assert!(any(&|row| row["Tags"].as_array().is_some_and(|tags| tags
            .iter()
            .any(|tag| { tag.as_str().unwrap_or_default().contains(',') }))));
        assert!(any(&|row| row["Tags"].is_null()) && any(&|row| row.get("Price").is_none()));
        assert!(any(&|row| row.get("RecommendLevel").is_some()));
    }
}
