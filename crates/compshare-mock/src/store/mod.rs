//! The data of the gateway, independent of actions and requests.

mod account;
mod community;

use serde_json::Value;

pub(crate) use account::Account;
pub(crate) use community::{Community, Group, Scope, Selection};

use crate::Catalog;

/// All data of a gateway.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) community: Community,
    pub(crate) account: Account,
    pub(crate) platform: Vec<Value>,
    pub(crate) shared: Vec<Value>,
    pub(crate) instances: Vec<Value>,
    pub(crate) zones: Vec<Value>,
    /// Tags by category.
    pub(crate) tags: Vec<(String, Vec<String>)>,
}

impl Store {
    pub(crate) fn new(catalog: Catalog) -> Self {
        Self {
            community: Community::new(catalog.community, catalog.own, catalog.favorites),
            account: Account::new(catalog.custom),
            platform: catalog.platform,
            shared: catalog.shared,
            instances: catalog.instances,
            zones: catalog.zones,
            tags: catalog.tags,
        }
    }

    /// Returns the name of an account: that of a community author, else one made of the number.
    pub(crate) fn account_name(&self, id: u64) -> String {
        self.community
            .author_of(id)
            .map_or_else(|| format!("account-{id}"), str::to_owned)
    }
}

/// Returns the row of the image with that id.
pub(crate) fn find<'a>(rows: &'a [Value], id: &str) -> Option<&'a Value> {
    rows.iter().find(|row| has_id(row, id))
}

pub(crate) fn has_id(row: &Value, id: &str) -> bool {
    crate::catalog::image_id(row) == Some(id)
}

/// Returns a member's text, or an empty string if the member is missing or not a text.
pub(crate) fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Sets a member of a row. Does nothing if the row is not an object.
pub(crate) fn set(row: &mut Value, key: &str, value: impl Into<Value>) {
    if let Value::Object(members) = row {
        members.insert(key.to_owned(), value.into());
    }
}
