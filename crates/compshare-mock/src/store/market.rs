//! Types of GPU on sale, with their stock and prices.

use serde_json::{Map, Value};

use super::instances::number;
use super::{set, text};

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Market {
    /// The rows of `AvailableInstanceTypes`.
    pub(crate) types: Vec<Value>,
    /// `GpuInventory`: pool, zone id, type of GPU, number of GPUs.
    pub(crate) inventory: Value,
    /// Yuan per GPU and hour, by type of GPU.
    pub(crate) gpu_prices: Map<String, Value>,
}

/// GPUs, cores and memory in GB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) gpu: u64,
    pub(crate) cpu: u64,
    pub(crate) memory: u64,
}

impl Market {
    /// Returns the type of GPU in that zone.
    pub(crate) fn find(&self, zone: &str, gpu_type: &str) -> Option<&Value> {
        let mut types = self.types.iter();
        types.find(|row| text(row, "Zone") == zone && text(row, "Name") == gpu_type)
    }

    /// Returns the sizes on sale of the type in that zone.
    pub(crate) fn sizes(&self, zone: &str, gpu_type: &str) -> Vec<Size> {
        let mut sizes = Vec::new();
        let row = self.find(zone, gpu_type);
        for size in row
            .map(|row| items(row, "MachineSizes"))
            .unwrap_or_default()
        {
            for choice in items(size, "Collection") {
                for memory in items(choice, "Memory") {
                    sizes.push(Size {
                        gpu: number(size, "Gpu"),
                        cpu: number(choice, "Cpu"),
                        memory: memory.as_u64().unwrap_or_default(),
                    });
                }
            }
        }
        sizes
    }

    /// Returns the number of GPUs in stock; unlimited if the inventory has no such entry.
    pub(crate) fn stock(&self, pool: &str, zone_id: &str, gpu_type: &str) -> u64 {
        let pools = self.inventory.get(pool);
        let stock = pools.and_then(|zones| zones.get(zone_id)?.get(gpu_type)?.as_u64());
        stock.unwrap_or(u64::MAX)
    }

    /// Sets the number of GPUs in stock.
    pub(crate) fn set_stock(&mut self, pool: &str, zone_id: &str, gpu_type: &str, gpus: u64) {
        if !self.inventory.is_object() {
            self.inventory = Map::new().into();
        }
        let mut inventory = Some(&mut self.inventory);
        for key in [pool, zone_id] {
            let members = inventory.and_then(Value::as_object_mut);
            inventory = members.map(|members| {
                let entry = members.entry(key);
                entry.or_insert_with(|| Map::new().into())
            });
        }
        if let Some(gpu_types) = inventory {
            set(gpu_types, gpu_type, gpus);
        }
    }

    /// Returns the price of a GPU in yuan per hour.
    pub(crate) fn gpu_price(&self, gpu_type: &str) -> Option<f64> {
        self.gpu_prices.get(gpu_type)?.as_f64()
    }
}

/// Returns a list of a row; empty if it is missing or not a list.
pub(crate) fn items<'a>(row: &'a Value, key: &str) -> &'a [Value] {
    let list = row.get(key).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}
