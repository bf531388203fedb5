//! What the gateway knows. Nothing here knows of actions or requests.

mod account;
mod community;

use serde_json::Value;

pub(crate) use account::Account;
pub(crate) use community::{Community, Group, Scope, Selection};

use crate::Catalog;

/// The images there are.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) community: Community,
    pub(crate) account: Account,
    pub(crate) platform: Vec<Value>,
    pub(crate) shared: Vec<Value>,
    pub(crate) instances: Vec<Value>,
    pub(crate) zones: Vec<Value>,
    /// By category.
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

    /// Who has an account of this number, for [`Account::share`]: the authors of the community, and anyone else by number.
    pub(crate) fn account_name(&self, id: u64) -> String {
        self.community
            .author_of(id)
            .map_or_else(|| format!("account-{id}"), str::to_owned)
    }
}

/// The row of that image.
pub(crate) fn find<'a>(rows: &'a [Value], id: &str) -> Option<&'a Value> {
    rows.iter().find(|row| has_id(row, id))
}

pub(crate) fn has_id(row: &Value, id: &str) -> bool {
    crate::catalog::image_id(row) == Some(id)
}

/// The text of a member; empty if there is none.
pub(crate) fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Sets a member; a row that is no object stays as it is.
pub(crate) fn set(row: &mut Value, key: &str, value: impl Into<Value>) {
    if let Value::Object(members) = row {
        members.insert(key.to_owned(), value.into());
    }
}
