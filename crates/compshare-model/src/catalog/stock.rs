//! Stock.

use std::borrow::Cow;

use serde_json::Value;

use crate::types::open_enum::open_enum;
use crate::wire::record::record;
use crate::wire::request::request;
use crate::wire::scalar::Scalar;
use crate::{
    BootDisk, ChargeType, CpuPlatform, CreateCompShareInstance, DiskSpec, Gigabytes, GpuType,
    ImageId, Timestamp, Zone,
};

request! {
    /// Checks which sizes of an instance are in stock, by a trial. Documented by CompShare, which
    /// requires every parameter; in none of UCloud's SDKs.
    ///
    /// The stock may have changed a moment later.
    pub struct CheckCompShareResourceCapacity: Read -> CheckCompShareResourceCapacityResponse {
        composed {
            /// The type of GPU.
            gpu_type: GpuType = "GpuType",
            /// The image.
            image_id: ImageId = "CompShareImageId",
            /// The disks.
            disks: Vec<DiskSpec> = "Disks",
            /// The charge type.
            charge_type: ChargeType = "ChargeType",
            /// The machine family; `G` unless changed.
            machine_type: String = "MachineType",
            /// The platform of the CPU; `Auto` unless changed.
            minimal_cpu_platform: CpuPlatform = "MinimalCpuPlatform",
        }
    }
}

impl CheckCompShareResourceCapacity {
    /// Creates a request for the sizes of one type of GPU in `zone` and its region.
    pub fn new(
        zone: impl Into<Zone>,
        gpu_type: impl Into<GpuType>,
        image: impl Into<ImageId>,
        boot_disk: BootDisk,
        charge_type: impl Into<ChargeType>,
    ) -> Self {
        let (zone, disks) = (zone.into(), vec![boot_disk.into()]);
        let request = Self::compose(
            gpu_type.into(),
            image.into(),
            disks,
            charge_type.into(),
            "G".to_owned(),
            CpuPlatform::Auto,
        );
        request.region(zone.region()).zone(zone)
    }
}

impl From<&CreateCompShareInstance> for CheckCompShareResourceCapacity {
    fn from(request: &CreateCompShareInstance) -> Self {
        let platform = request.minimal_cpu_platform.clone();
        let mut check = Self::compose(
            request.gpu_type.clone(),
            request.image_id.clone(),
            request.disks.clone(),
            request.charge_type.clone(),
            request
                .machine_type
                .clone()
                .unwrap_or_else(|| "G".to_owned()),
            platform.unwrap_or(CpuPlatform::Auto),
        );
        check.region.clone_from(&request.region);
        check.zone.clone_from(&request.zone);
        check.project_id.clone_from(&request.project_id);
        check
    }
}

record! {
    /// The sizes and their stock.
    pub response CheckCompShareResourceCapacityResponse {
        /// The sizes, a row for each that the service sells.
        sizes: Vec<SizeStock> as Required = "Specs",
    }
}

record! {
    /// A size and its stock (`Specs`).
    pub struct SizeStock {
        /// The number of GPUs.
        gpu: Option<u64> = "Gpu",
        /// The number of cores.
        cpu: Option<u64> = "Cpu",
        /// The memory in **GB**, where instances have MB.
        memory: Option<Gigabytes> = "Mem",
        /// Whether there are enough resources.
        is_available: Option<bool> = "ResourceEnough",
    }
}

open_enum! {
    /// A pool of GPUs.
    StockPool ignoring case {
        /// For instances of every charge type but `Spot`.
        Exclusive,
        /// For spot instances.
        Spot,
    }
}

request! {
    /// Queries the stock of GPUs. Documented by UCloud.
    ///
    /// The service renews it every 5 minutes. The zone does not filter (reported by a third-party
    /// client).
    pub struct DescribeCompShareGpuInventory: Read -> DescribeCompShareGpuInventoryResponse {}
}

record! {
    /// The stock of GPUs: see [`stock`](Self::stock). It is in [`extra`](Self::extra) as it was
    /// sent.
    pub response DescribeCompShareGpuInventoryResponse {
        /// The types that are never sold as spot.
        spot_unsupported: Vec<GpuType> = "SpotUnsupportedGpuTypes",
        /// When the stock was counted.
        update_time: Option<Timestamp> = "UpdateTime",
    }
}

/// The stock of a type of GPU in a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GpuStock {
    /// The pool.
    pub pool: StockPool,
    /// The zone's number: see [`ZoneInfo::zone_id`](crate::ZoneInfo::zone_id).
    pub zone_id: i64,
    /// The type of GPU.
    pub gpu_type: GpuType,
    /// The number of GPUs.
    pub gpus: u64,
}

impl DescribeCompShareGpuInventoryResponse {
    /// Returns the stock: a row for each pool, zone and type of GPU that the response has. An
    /// absent row is unknown, not 0.
    ///
    /// Read from `GpuInventory`, the name that is sent, or `GpuInventoryByZone`, UCloud's
    /// documentation; an object, or the text of one. Rows whose zone or number is not a whole
    /// number are left out.
    pub fn stock(&self) -> Vec<GpuStock> {
        let names = ["GpuInventory", "GpuInventoryByZone"];
        let mut inventories = names
            .iter()
            .filter_map(|name| self.extra.get(name))
            .map(rows);
        inventories
            .find(|rows| !rows.is_empty())
            .unwrap_or_default()
    }
}

/// Returns the rows of an inventory: numbers of GPUs by type, zone and pool.
fn rows(inventory: &Value) -> Vec<GpuStock> {
    let inventory = match inventory {
        Value::String(text) => Cow::Owned(serde_json::from_str(text).unwrap_or_default()),
        other => Cow::Borrowed(other),
    };

    let mut rows = Vec::new();
    for (pool, zones) in members(&inventory) {
        for (zone, gpus) in members(zones) {
            let Ok(zone_id) = zone.parse() else {
                continue;
            };
            for (gpu_type, count) in members(gpus) {
                let count = Scalar::from(count).integer();
                if let Some(gpus) = count.and_then(|count| count.try_into().ok()) {
                    rows.push(GpuStock {
                        pool: pool.as_str().into(),
                        zone_id,
                        gpu_type: gpu_type.as_str().into(),
                        gpus,
                    });
                }
            }
        }
    }
    rows
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::DiskType;
    use crate::wire::request::pairs;

    #[test]
    fn capacity_decodes_sizes_in_gigabytes() {
        let disk = BootDisk::new(DiskType::CloudSsd, Gigabytes(100));
        let request =
            CheckCompShareResourceCapacity::new("cn-wlcb-01", "4090", "i", disk, ChargeType::Spot);
        let expected = "GpuType=4090 CompShareImageId=i Disks.0.IsBoot=true Disks.0.Type=CLOUD_SSD Disks.0.Size=100 \
            ChargeType=Spot MachineType=G MinimalCpuPlatform=Auto Region=cn-wlcb Zone=cn-wlcb-01";
        assert_eq!(pairs(&request).join(" "), expected);

        let value = json!({"Specs": [
            {"Gpu": 1, "Cpu": 16, "Mem": 64, "ResourceEnough": true},
            {"Gpu": "2", "Cpu": 32, "Mem": 128, "ResourceEnough": "false"},
        ]});
        let response: CheckCompShareResourceCapacityResponse =
            serde_json::from_value(value.clone()).unwrap();
        assert_eq!(
            serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        let sizes: Vec<_> = response
            .sizes
            .iter()
            .map(|size| (size.gpu, size.memory, size.is_available))
            .collect();
        let expected = [
            (Some(1), Some(Gigabytes(64)), Some(true)),
            (Some(2), Some(Gigabytes(128)), Some(false)),
        ];
        assert_eq!(sizes, expected);
        assert!(
            serde_json::from_value::<CheckCompShareResourceCapacityResponse>(
                json!({"Specs": "none"})
            )
            .is_err()
        );
    }

    fn stock(value: &Value) -> Vec<String> {
        let response: DescribeCompShareGpuInventoryResponse =
            serde_json::from_value(value.clone()).unwrap();
        assert_eq!(
            &serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        let rows = response.stock();
        rows.iter()
            .map(|row| format!("{} {} {} {}", row.pool, row.zone_id, row.gpu_type, row.gpus))
            .collect()
    }

    #[test]
    fn inventory_decodes_from_both_names_and_from_text() {
        let inventory = json!({"Exclusive": {"10027": {"4090": 3, "H20": "0"}}, "Spot": {"8200": {"4090": 12}}});
        let text = Value::from(inventory.to_string());
        let expected = [
            "Exclusive 10027 4090 3",
            "Exclusive 10027 H20 0",
            "Spot 8200 4090 12",
        ];
        for value in [
            json!({"RetCode": 0, "GpuInventory": inventory, "SpotUnsupportedGpuTypes": ["H20"], "UpdateTime": 1}),
            json!({"GpuInventoryByZone": inventory}),
            json!({"GpuInventoryByZone": text}),
            json!({"GpuInventory": inventory, "GpuInventoryByZone": {"Spot": {"1": {"A": 1}}}}),
            json!({"GpuInventory": null, "GpuInventoryByZone": text}),
            json!({"GpuInventory": {}, "GpuInventoryByZone": inventory}),
        ] {
            assert_eq!(stock(&value), expected, "{value}");
        }
        for word in StockPool::known_values() {
            assert_eq!(StockPool::from(word.as_str()), word);
        }
    }

    #[test]
    fn invalid_inventory_is_empty() {
        for value in [
            json!({}),
            json!({"GpuInventory": "not JSON"}),
            json!({"GpuInventory": [1]}),
            json!({"GpuInventory": {"Exclusive": {"wlcb": {"4090": 1}, "1": {"4090": -1, "H20": null}, "2": 3}}}),
        ] {
            assert!(stock(&value).is_empty(), "{value}");
        }
    }
}
