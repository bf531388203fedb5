//! Prices of instances: new ones, changed ones, and what is paid back.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{
    BootDisk, ChargeType, CreateCompShareInstance, DiskSpec, Gigabytes, GpuType, ImageId,
    InstanceId, InstanceSize, Megabytes, Price, PriceRow,
};

request! {
    /// Queries the price of an instance. Documented by CompShare and UCloud, which require a zone.
    ///
    /// A price does not mean that the zone sells the GPU (reported by a third-party client); stock
    /// is a matter of [`CheckCompShareResourceCapacity`](crate::CheckCompShareResourceCapacity).
    /// Some zones refuse `Dynamic` with RetCode 230.
    pub struct GetCompShareInstancePrice: Read -> InstancePrices {
        composed {
            /// The type of GPU. Required by CompShare's documentation, as are the number of GPUs
            /// and cores and the memory.
            gpu_type: GpuType = "GpuType",
            /// The number of GPUs. UCloud's SDKs send it as text, which is the same in a form.
            gpu: u32 = "Gpu",
            /// The number of cores.
            cpu: u32 = "Cpu",
            /// The memory in MB.
            memory: Megabytes = "Memory",
        }
        optional {
            /// The charge type; if absent all of them by CompShare's documentation, `Month` by
            /// UCloud's.
            charge_type: ChargeType = "ChargeType",
            /// The image, which may be paid for.
            image_id: ImageId = "CompShareImageId",
        }
        values {
            /// The number of months or days; 1 if absent. CompShare's documentation.
            quantity: u32 = "Quantity",
        }
        lists {
            /// The disks.
            disks: DiskSpec = "Disks",
            /// Shared volumes. CompShare's documentation.
            volumes: VolumeSpec = "Volumes",
        }
    }
}

impl GetCompShareInstancePrice {
    /// Creates a request for the price of an instance of this size.
    pub fn new(size: InstanceSize) -> Self {
        Self::compose(size.gpu_type, size.gpus, size.cpus, size.memory)
    }
}

impl From<&CreateCompShareInstance> for GetCompShareInstancePrice {
    fn from(request: &CreateCompShareInstance) -> Self {
        let mut price = Self::compose(
            request.gpu_type.clone(),
            request.gpu,
            request.cpu,
            request.memory,
        );
        price.charge_type = Some(request.charge_type.clone());
        price.image_id = Some(request.image_id.clone());
        price.disks.clone_from(&request.disks);
        price.quantity = request.quantity;
        price.region.clone_from(&request.region);
        price.zone.clone_from(&request.zone);
        price.project_id.clone_from(&request.project_id);
        price
    }
}

request! {
    /// A shared volume to be priced (`Volumes.N`). CompShare's documentation.
    pub object VolumeSpec {
        required {
            /// The type: `UDisk`.
            volume_type: String = "Type",
            /// The size in GB.
            size: Gigabytes = "Size",
        }
    }
}

request! {
    /// Queries the price of an instance for the account. Documented by CompShare and UCloud, which
    /// require a zone.
    ///
    /// As [`GetCompShareInstancePrice`]; the names of the numbers of GPUs and cores are in capitals
    /// here (CompShare's documentation and the platform's command-line tool, not UCloud's SDKs).
    pub struct GetCompShareInstanceUserPrice: Read -> InstancePrices {
        composed {
            /// The type of GPU.
            gpu_type: GpuType = "GpuType",
            /// The number of GPUs.
            gpu: u32 = "GPU",
            /// The number of cores.
            cpu: u32 = "CPU",
            /// The memory in MB.
            memory: Megabytes = "Memory",
        }
        optional {
            /// The charge type, without `Dynamic` by CompShare's documentation; all but `Year` if
            /// absent.
            charge_type: ChargeType = "ChargeType",
            /// The image. UCloud's documentation.
            image_id: ImageId = "CompShareImageId",
        }
        lists {
            /// The disks. UCloud's documentation.
            disks: DiskSpec = "Disks",
        }
    }
}

impl GetCompShareInstanceUserPrice {
    /// Creates a request for the price of an instance of this size.
    pub fn new(size: InstanceSize) -> Self {
        Self::compose(size.gpu_type, size.gpus, size.cpus, size.memory)
    }
}

record! {
    /// The prices of an instance. The first names are those that are sent; UCloud's documentation
    /// has the second ones, by which its SDKs read nothing.
    pub response InstancePrices {
        /// Prices after discounts.
        prices: Vec<PriceRow> as Required = "PriceDetails" | "PriceDetail",
        /// Prices before discounts.
        original_prices: Vec<PriceRow> = "OriginalPriceDetails" | "OriginalPriceDetail",
        /// The catalog's prices.
        list_prices: Vec<PriceRow> = "ListPriceDetails" | "ListPriceDetail",
    }
}

impl InstancePrices {
    /// Returns the price after discounts: see [`PriceRow::total`].
    pub fn total(&self, charge_type: &ChargeType) -> Option<Price> {
        PriceRow::total(&self.prices, charge_type)
    }

    /// Returns the highest price after discounts that the response can mean: see
    /// [`PriceRow::total_at_most`].
    pub fn total_at_most(&self, charge_type: &ChargeType) -> Option<Price> {
        PriceRow::total_at_most(&self.prices, charge_type)
    }
}

request! {
    /// Queries the price of another size of an instance. Documented by CompShare and UCloud, which
    /// require a zone.
    pub struct GetCompShareInstanceUpgradePrice: Read -> UpgradePrice {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
        }
        optional {
            /// The image. UCloud's documentation.
            image_id: ImageId = "CompShareImageId",
        }
        values {
            /// The number of GPUs. In capitals by CompShare's documentation and the platform's
            /// command-line tool, not by UCloud's SDKs.
            gpu: u32 = "GPU",
            /// The number of cores, in capitals as well.
            cpu: u32 = "CPU",
            /// The memory in MB.
            memory: Megabytes = "Memory",
        }
    }
}

record! {
    /// The price of another size.
    pub response UpgradePrice {
        /// The price in yuan; below zero it is a refund (CompShare's documentation).
        price: Option<Price> = "Price",
        /// The price before discounts, in yuan.
        original_price: Option<Price> = "OriginalPrice",
        /// The catalog's price in yuan. UCloud's documentation only.
        list_price: Option<Price> = "ListPrice",
    }
}

request! {
    /// Queries what is paid back if instances are deleted. Documented by CompShare and UCloud,
    /// which require a zone.
    pub struct GetCompShareRefundPrice: Read -> GetCompShareRefundPriceResponse {
        composed {
            /// The instances.
            instance_ids: Vec<InstanceId> = "UHostIds",
        }
    }
}

impl GetCompShareRefundPrice {
    /// Creates a request for these instances.
    pub fn new(instances: impl IntoIterator<Item = impl Into<InstanceId>>) -> Self {
        Self::compose(instances.into_iter().map(Into::into).collect())
    }
}

record! {
    /// The refunds.
    pub response GetCompShareRefundPriceResponse {
        /// The refund of each instance.
        refunds: Vec<Refund> as Required = "RefundPriceSet",
    }
}

record! {
    /// The refund of an instance (`RefundPriceSet`).
    pub struct Refund {
        /// The instance's id, empty if absent.
        id: InstanceId = "UHostId",
        /// 0 if money is paid back.
        code: Option<i64> = "Code",
        /// The reason, for humans. The first name is CompShare's documentation, the second
        /// UCloud's.
        message: Option<String> = "Message" | "ErrMessage",
        /// The amount in yuan.
        price: Option<Price> = "RefundPrice",
    }
}

/// For requests that take the disks of a new instance as a list.
impl From<&BootDisk> for DiskSpec {
    fn from(disk: &BootDisk) -> Self {
        disk.clone().into()
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;
    use crate::wire::request::pairs;

    fn read<T: DeserializeOwned + serde::Serialize>(value: &Value) -> T {
        let response: T = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(
            &serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        response
    }

    #[test]
    fn price_requests_differ_in_letter_case() {
        let size = InstanceSize::new("4090", 1, 16, Gigabytes(64));
        let disk = BootDisk::new("CLOUD_SSD", Gigabytes(100));
        let price = GetCompShareInstancePrice::new(size.clone())
            .charge_type("Postpay")
            .image_id("i")
            .quantity(1)
            .disks([&disk])
            .volumes([VolumeSpec::new("UDisk", Gigabytes(50))]);
        let expected = "GpuType=4090 Gpu=1 Cpu=16 Memory=65536 ChargeType=Postpay CompShareImageId=i Quantity=1 \
            Disks.0.IsBoot=true Disks.0.Type=CLOUD_SSD Disks.0.Size=100 Volumes.0.Type=UDisk Volumes.0.Size=50";
        assert_eq!(pairs(&price).join(" "), expected);

        let price = GetCompShareInstanceUserPrice::new(size);
        assert_eq!(
            pairs(&price),
            ["GpuType=4090", "GPU=1", "CPU=16", "Memory=65536"]
        );
        let price = GetCompShareInstanceUpgradePrice::new("u")
            .gpu(2)
            .cpu(32)
            .memory(Gigabytes(128).into());
        assert_eq!(
            pairs(&price),
            ["UHostId=u", "GPU=2", "CPU=32", "Memory=131072"]
        );
        let refund = GetCompShareRefundPrice::new(["u", "v"]).zone("z");
        assert_eq!(pairs(&refund), ["UHostIds.0=u", "UHostIds.1=v", "Zone=z"]);
    }

    #[test]
    fn prices_decode_from_both_names() {
        let rows = json!([{"ChargeType": "Month", "Instance": 1068.00, "SystemDisks": 120.00, "ListPrice": "1300.50"}]);
        for (now, before, list) in [
            ("PriceDetails", "OriginalPriceDetails", "ListPriceDetails"),
            ("PriceDetail", "OriginalPriceDetail", "ListPriceDetail"),
        ] {
            let value =
                json!({"RetCode": 0, "request_uuid": "r", now: rows, before: rows, list: rows});
            let response: InstancePrices = read(&value);
            assert_eq!(
                response.total(&ChargeType::Month),
                Some(Price::from_yuan(1188))
            );
            assert_eq!(
                (response.original_prices.len(), response.list_prices.len()),
                (1, 1)
            );
            assert_eq!(
                response.prices[0].list_price.unwrap().to_string(),
                "1300.50"
            );
            assert_eq!(response.prices[0].disks, None, "absent is not 0");
        }
        assert!(
            serde_json::from_value::<InstancePrices>(json!({"Prices": [{"Instance": 1}]})).is_err()
        );
    }

    #[test]
    fn refunds_and_upgrade_prices_decode() {
        for name in ["Message", "ErrMessage"] {
            let value = json!({"RefundPriceSet": [{"UHostId": "u", "Code": "0", name: "ok", "RefundPrice": 12.345}]});
            let response: GetCompShareRefundPriceResponse = read(&value);
            let refund = &response.refunds[0];
            assert_eq!(
                (refund.code, refund.message.as_deref()),
                (Some(0), Some("ok"))
            );
            assert_eq!(refund.price.unwrap().to_string(), "12.345");
        }
        let upgrade: UpgradePrice = read(&json!({"Price": -3.5, "OriginalPrice": 0}));
        assert!(upgrade.price.unwrap().is_negative());
        assert_eq!(
            (upgrade.original_price, upgrade.list_price),
            (Some(Price::ZERO), None)
        );
    }
}
