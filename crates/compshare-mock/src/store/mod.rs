//! The data of the gateway, independent of actions and requests.

mod account;
mod community;
mod disks;
mod instances;
mod market;

use serde_json::Value;

pub(crate) use account::Account;
pub(crate) use community::{Community, Group, Scope, Selection};
pub(crate) use disks::{detach, disk_size};
pub(crate) use instances::{Instance, Instances, number};
pub(crate) use market::{Market, Size, items};

use crate::Catalog;

/// All data of a gateway.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) community: Community,
    pub(crate) account: Account,
    pub(crate) platform: Vec<Value>,
    pub(crate) shared: Vec<Value>,
    pub(crate) instances: Instances,
    /// Rows of `DescribeCompshareDisk`.
    pub(crate) disks: Vec<Value>,
    pub(crate) market: Market,
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
            instances: Instances::new(catalog.instances),
            disks: catalog.disks,
            market: catalog.market,
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

    /// Returns the image with that id, of any list.
    pub(crate) fn image(&self, id: &str) -> Option<&Value> {
        find(&self.platform, id)
            .or_else(|| self.account.find(id))
            .or_else(|| find(&self.shared, id))
            .or_else(|| Some(&self.community.version(id)?.row))
    }

    /// Returns the row of a zone.
    pub(crate) fn zone(&self, name: &str) -> Option<&Value> {
        self.zones.iter().find(|zone| text(zone, "Zone") == name)
    }

    /// Returns the number of GPUs in stock for an instance, by its zone, type and pool.
    pub(crate) fn stock(&self, instance: &Value) -> u64 {
        let (pool, zone_id, gpu_type) = self.stock_key(instance);
        self.market.stock(pool, &zone_id, gpu_type)
    }

    /// Takes GPUs for an instance; returns `false` if there are too few.
    pub(crate) fn take_stock(&mut self, instance: &Value, gpus: u64) -> bool {
        let rest = self.stock(instance).checked_sub(gpus);
        if let Some(rest) = rest {
            self.set_stock(instance, rest);
        }
        rest.is_some()
    }

    /// Returns the GPUs of an instance to the stock.
    pub(crate) fn return_stock(&mut self, instance: &Value) {
        let gpus = number(instance, "GPU");
        self.set_stock(instance, self.stock(instance).saturating_add(gpus));
    }

    fn set_stock(&mut self, instance: &Value, gpus: u64) {
        let (pool, zone_id, gpu_type) = self.stock_key(instance);
        // Without an entry, the stock is unlimited.
        if self.market.stock(pool, &zone_id, gpu_type) != u64::MAX {
            self.market.set_stock(pool, &zone_id, gpu_type, gpus);
        }
    }

    /// Returns the pool, zone id and type of GPU of an instance.
    fn stock_key<'a>(&self, instance: &'a Value) -> (&'static str, String, &'a str) {
        let is_spot = instance.get("IsSpot").is_some_and(|spot| *spot == true);
        let zone = self.zone(text(instance, "Zone"));
        let zone_id = zone.map(|zone| number(zone, "ZoneId")).unwrap_or_default();
        (
            if is_spot { "Spot" } else { "Exclusive" },
            zone_id.to_string(),
            text(instance, "GpuType"),
        )
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

/// Adds members to a row, replacing those of the same name.
pub(crate) fn extend(row: &mut Value, members: Value) {
    if let (Value::Object(row), Value::Object(members)) = (row, members) {
        row.extend(members);
    }
}
