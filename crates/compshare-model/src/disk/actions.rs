//! Creating, attaching, growing and deleting disks.

use crate::types::open_enum::open_enum;
use crate::wire::record::record;
use crate::wire::request::request;
use crate::wire::response::Acknowledged;
use crate::{ChargeType, DataDiskType, DiskId, Gigabytes, InstanceId, Price};

request! {
    /// Creates a disk and attaches it to an instance, **which costs money**. Documented by
    /// CompShare, which requires a zone.
    ///
    /// For virtual machines only (reported by a third-party client). Never repeated by itself:
    /// there is no client token, and a second request makes a second disk.
    ///
    /// The charge type is required here: no source names the service's default, and the platform's
    /// command-line tool sends `Month`.
    pub struct CreateAndAttachCompshareDisk: Write -> CreateAndAttachCompshareDiskResponse {
        required {
            /// The instance, running or stopped.
            instance_id: InstanceId = "UHostId",
            /// The name.
            name: String = "Name",
            /// The type. Its values differ from those of an instance's disks.
            disk_type: DataDiskType = "DiskType",
            /// The size in GB.
            size: Gigabytes = "Size",
            /// How it is paid for: `Month`, `Day`, `Dynamic` or `Postpay`.
            charge_type: ChargeType = "ChargeType",
        }
        optional {
            /// A voucher.
            coupon_id: String = "CouponId",
        }
        values {
            /// The number of months or days; 1 if absent.
            quantity: u32 = "Quantity",
        }
    }
}

record! {
    /// The new disk.
    pub response CreateAndAttachCompshareDiskResponse {
        /// The disk.
        disk_id: Option<DiskId> = "UDiskId",
    }
}

request! {
    /// Attaches a disk to an instance. Documented by CompShare, which requires a zone, and UCloud.
    pub struct AttachCompshareDisk: Write -> Acknowledged {
        required {
            /// The instance. Optional by UCloud's SDKs.
            instance_id: InstanceId = "UHostId",
            /// The disk.
            disk_id: DiskId = "UDiskId",
        }
        optional {
            /// The type of the disk. CompShare's documentation.
            data_disk_type: DataDiskType = "DataDiskType",
            /// `Yes` or `No`, which is the default. UCloud's SDKs.
            enable_cross_pod_attach: String = "EnableCrossPodAttach",
        }
    }
}

request! {
    /// Detaches a data disk from a stopped instance. Documented by CompShare and UCloud.
    ///
    /// Unmount it in the instance first.
    pub struct DetachCompshareDisk: Write -> Acknowledged {
        required {
            /// The instance. Optional by UCloud's SDKs.
            instance_id: InstanceId = "UHostId",
            /// The disk.
            disk_id: DiskId = "UDiskId",
            /// The device: `/dev/vdb`, as [`InstanceDisk::drive`](crate::InstanceDisk::drive) has
            /// it. CompShare's documentation.
            device: String = "Device",
        }
    }
}

request! {
    /// Grows a disk, **which costs money**. Documented by CompShare and UCloud, which require a
    /// zone.
    ///
    /// The instance must be stopped by CompShare's page of this action, and need not be by its
    /// manual. Never repeated by itself: no source says what a second request to the same size
    /// does.
    pub struct ResizeCompShareDisk: Write -> ResizeCompShareDiskResponse {
        required {
            /// The disk.
            disk_id: DiskId = "UDiskId",
            /// The new size in GB; disks only grow.
            size: Gigabytes = "Size",
        }
        optional {
            /// The instance. CompShare's documentation.
            instance_id: InstanceId = "UHostId",
        }
    }
}

record! {
    /// The grown disk.
    pub response ResizeCompShareDiskResponse {
        /// The disk.
        disk_id: Option<DiskId> = "UDiskId",
    }
}

request! {
    /// Deletes a detached disk for good. Documented by CompShare and UCloud, which require a zone.
    ///
    /// Answers with RetCode 8434 while the disk is being detached (platform's command-line tool).
    /// The ids of organizations that UCloud's SDKs require are internal and not here.
    pub struct DeleteCompshareDisk: Write -> DeleteCompshareDiskResponse {
        required {
            /// The disk.
            disk_id: DiskId = "UDiskId",
        }
        optional {
            /// The instance. UCloud's SDKs.
            instance_id: InstanceId = "UHostId",
        }
    }
}

record! {
    /// The deleted disk.
    pub response DeleteCompshareDiskResponse {
        /// The disk.
        disk_id: Option<DiskId> = "UDiskId",
    }
}

open_enum! {
    /// How a disk is backed up (`BackupMode`), by CompShare's documentation. Read in any letter
    /// case.
    BackupMode ignoring case {
        /// Not at all.
        NoBackup = "NONE",
        /// By the backup service.
        DataArk = "DATAARK",
        /// By snapshots.
        Snapshot = "SNAPSHOT",
    }
}

request! {
    /// Queries the price of growing an attached disk. Documented by CompShare and UCloud, which
    /// require a zone.
    pub struct GetCompShareAttachedDiskUpgradePrice: Read -> GetCompShareAttachedDiskUpgradePriceResponse {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
            /// The disk.
            disk_id: DiskId = "DiskId",
            /// The new size in GB.
            disk_space: Gigabytes = "DiskSpace",
        }
        optional {
            /// How it is backed up, as it is now if absent. CompShare's documentation.
            backup_mode: BackupMode = "BackupMode",
        }
    }
}

record! {
    /// The price of growing a disk.
    pub response GetCompShareAttachedDiskUpgradePriceResponse {
        /// The price in yuan.
        price: Option<Price> = "Price",
        /// The price before discounts, in yuan.
        original_price: Option<Price> = "OriginalPrice",
        /// The catalog's price in yuan.
        list_price: Option<Price> = "ListPrice",
        /// The parts of the price: one object, where prices of instances are lists.
        details: Option<DiskUpgradePrice> = "PriceDetail",
        /// The parts of the price before discounts.
        original_details: Option<DiskUpgradePrice> = "OriginalPriceDetail",
        /// The parts of the catalog's price.
        list_details: Option<DiskUpgradePrice> = "ListPriceDetail",
    }
}

record! {
    /// The parts of the price of growing a disk.
    pub struct DiskUpgradePrice {
        /// The disk's, in yuan.
        disk: Option<Price> = "UDisk",
        /// The snapshots', in yuan.
        snapshot: Option<Price> = "Snapshot",
    }
}

request! {
    /// Mounts object storage in a running instance. Documented by CompShare and UCloud, which
    /// require a zone.
    ///
    /// RetCode 8433 asks to enable object storage first (platform's command-line tool).
    ///
    /// **For a container instance it mounts shared file storage, buys 50 GB of it for a month if
    /// the zone has none, and may restart the instance** (platform's command-line tool). So it is
    /// never repeated by itself.
    pub struct AttachUS3: Write -> Acknowledged {
        required {
            /// The instance.
            instance_id: InstanceId = "UHostId",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect};

    #[test]
    fn create_disk_sends_its_charge_type() {
        let request = CreateAndAttachCompshareDisk::new(
            "u",
            "data",
            DataDiskType::Ssd,
            Gigabytes(100),
            "Postpay",
        );
        let expected =
            "UHostId=u Name=data DiskType=SSDDataDisk Size=100 ChargeType=Postpay Quantity=1";
        assert_eq!(pairs(&request.quantity(1)).join(" "), expected);
    }

    #[test]
    fn disk_actions_send_their_parameters() {
        let attach = AttachCompshareDisk::new("u", "d")
            .data_disk_type("SSDDataDisk")
            .enable_cross_pod_attach("No");
        let expected = "UHostId=u UDiskId=d DataDiskType=SSDDataDisk EnableCrossPodAttach=No";
        assert_eq!(pairs(&attach).join(" "), expected);
        let detach = DetachCompshareDisk::new("u", "d", "/dev/vdb");
        assert_eq!(
            pairs(&detach),
            ["UHostId=u", "UDiskId=d", "Device=/dev/vdb"]
        );
        let resize = ResizeCompShareDisk::new("d", Gigabytes(200)).instance_id("u");
        assert_eq!(pairs(&resize), ["UDiskId=d", "Size=200", "UHostId=u"]);
        assert_eq!(
            pairs(&DeleteCompshareDisk::new("d").zone("z")),
            ["UDiskId=d", "Zone=z"]
        );
        assert_eq!(pairs(&AttachUS3::new("u")), ["UHostId=u"]);
    }

    #[test]
    fn costly_disk_actions_are_not_idempotent() {
        for effect in [
            CreateAndAttachCompshareDisk::EFFECT,
            ResizeCompShareDisk::EFFECT,
            DeleteCompshareDisk::EFFECT,
            AttachUS3::EFFECT,
        ] {
            assert_eq!(effect, Effect::Write);
        }
        assert_eq!(AttachCompshareDisk::EFFECT, Effect::Write);
        assert_eq!(DetachCompshareDisk::EFFECT, Effect::Write);
    }

    #[test]
    fn disk_upgrade_price_has_object_details() {
        let request =
            GetCompShareAttachedDiskUpgradePrice::new("u", "d", Gigabytes(200)).backup_mode("none");
        assert_eq!(
            pairs(&request),
            ["UHostId=u", "DiskId=d", "DiskSpace=200", "BackupMode=NONE"]
        );
        let value = json!({"Price": 50.00, "OriginalPrice": "50.5", "PriceDetail": {"UDisk": 30.1, "Snapshot": 20}});
        let response: GetCompShareAttachedDiskUpgradePriceResponse =
            serde_json::from_value(value.clone()).unwrap();
        assert_eq!(
            serde_json::to_value(&response).unwrap(),
            value,
            "nothing is lost"
        );
        let shown = |price: Option<Price>| price.unwrap().to_string();
        assert_eq!(
            (shown(response.price), shown(response.original_price)),
            ("50.00".into(), "50.50".into())
        );
        assert_eq!(shown(response.details.unwrap().disk), "30.10");
        for word in BackupMode::known_values() {
            assert_eq!(BackupMode::from(word.as_str()), word);
        }
    }
}
