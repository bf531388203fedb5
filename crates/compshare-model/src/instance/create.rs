//! Creating an instance.

use crate::wire::record::record;
use crate::wire::request::request;
use crate::{
    ChargeType, CpuPlatform, DiskType, FirewallId, Gigabytes, GpuType, ImageId, InstanceId,
    Megabytes, Password, Zone,
};

/// GPUs, cores and memory of an instance that does not exist yet.
///
/// [`DescribeAvailableCompShareInstanceTypes`](crate::DescribeAvailableCompShareInstanceTypes) lists the sizes on sale.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct InstanceSize {
    /// The type of GPU.
    pub gpu_type: GpuType,
    /// The number of GPUs: 1 to 8, of the 4090 to 10 (CompShare's documentation).
    pub gpus: u32,
    /// The number of cores.
    pub cpus: u32,
    /// The memory; a multiple of 1,024 MB.
    pub memory: Megabytes,
}

impl InstanceSize {
    /// Creates a size from the type and number of GPUs, the number of cores, and the memory with
    /// its unit.
    ///
    /// ```
    /// use compshare_model::{Gigabytes, GpuType, InstanceSize, Megabytes};
    ///
    /// let size = InstanceSize::new(GpuType::Rtx4090, 1, 16, Gigabytes(64));
    /// assert_eq!(size.memory, Megabytes(65_536));
    /// ```
    pub fn new(
        gpu_type: impl Into<GpuType>,
        gpus: u32,
        cpus: u32,
        memory: impl Into<Megabytes>,
    ) -> Self {
        Self {
            gpu_type: gpu_type.into(),
            gpus,
            cpus,
            memory: memory.into(),
        }
    }
}

/// The system disk of a new instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct BootDisk {
    /// The type.
    pub disk_type: DiskType,
    /// The size in GB, not below that of the image (else RetCode 8315). By CompShare's news of
    /// April 2026 100 GB are free, by its page of this action 200.
    pub size: Gigabytes,
}

impl BootDisk {
    /// Creates a system disk.
    pub fn new(disk_type: impl Into<DiskType>, size: Gigabytes) -> Self {
        Self {
            disk_type: disk_type.into(),
            size,
        }
    }
}

request! {
    /// A disk of a new instance (`Disks.N`), in requests that create, price or check one.
    pub object DiskSpec {
        composed {
            /// Whether it is the system disk, of which there is one.
            is_boot: bool = "IsBoot",
            /// The type.
            disk_type: DiskType = "Type",
            /// The size in GB.
            size: Gigabytes = "Size",
        }
    }
}

impl DiskSpec {
    /// Creates a data disk.
    pub fn data(disk_type: impl Into<DiskType>, size: Gigabytes) -> Self {
        Self::compose(false, disk_type.into(), size)
    }
}

impl From<BootDisk> for DiskSpec {
    fn from(disk: BootDisk) -> Self {
        Self::compose(true, disk.disk_type, disk.size)
    }
}

request! {
    /// Creates an instance, **which costs money**. Documented by CompShare and UCloud.
    ///
    /// Never repeated by itself: the API has no client token and names are not unique, so a second
    /// request makes a second instance. The instance is not ready when the response arrives: see
    /// [`InstanceState`](crate::InstanceState).
    ///
    /// The charge type is required here, since the service takes `Month` where there is none: a
    /// month in advance, renewed by itself.
    ///
    /// Reported by third-party clients: RetCode 226604 for no stock; 8333, about the ratio of cores
    /// and memory, also where the zone has no such GPU; 226603 and 226637 for an image that does
    /// not suit the GPU or the zone.
    ///
    /// ```
    /// use compshare_model::{
    ///     BootDisk, ChargeType, CreateCompShareInstance, DiskType, Gigabytes, GpuType, InstanceSize,
    /// };
    ///
    /// let request = CreateCompShareInstance::new(
    ///     "cn-wlcb-01",
    ///     InstanceSize::new(GpuType::Rtx4090, 1, 16, Gigabytes(64)),
    ///     "compshareImage-1pl06yxr5lvm",
    ///     BootDisk::new(DiskType::CloudSsd, Gigabytes(100)),
    ///     ChargeType::Postpay,
    /// )
    /// .name("train");
    /// ```
    pub struct CreateCompShareInstance: Write -> CreateCompShareInstanceResponse {
        composed {
            /// The type of GPU.
            gpu_type: GpuType = "GpuType",
            /// The number of GPUs.
            gpu: u32 = "GPU",
            /// The number of cores.
            cpu: u32 = "CPU",
            /// The memory in MB.
            memory: Megabytes = "Memory",
            /// The image, which must be `Available`.
            image_id: ImageId = "CompShareImageId",
            /// The disks, of which one is the system disk.
            disks: Vec<DiskSpec> = "Disks",
            /// How it is paid for.
            charge_type: ChargeType = "ChargeType",
        }
        optional {
            /// The machine family; `G` unless changed. Required by UCloud's SDKs, and `G` alone by
            /// CompShare's documentation.
            machine_type: String = "MachineType",
            /// The platform of the CPU; `Auto` unless changed. Sources differ on the service's
            /// default.
            minimal_cpu_platform: CpuPlatform = "MinimalCpuPlatform",
            /// The name, at most 63 characters: Chinese, letters, digits and `_.,:-`. `host` if
            /// absent; not unique.
            name: String = "Name",
            /// A free note. CompShare's documentation and the platform's command-line tool.
            remark: String = "Remark",
            /// The password to log in with; the service makes one if absent. UCloud's
            /// documentation.
            password: Password = "Password",
            /// The way to log in; `Password` if absent. UCloud's SDKs.
            login_mode: String = "LoginMode",
            /// The firewall; if absent the service makes one from the ports of the image.
            security_group_id: FirewallId = "SecurityGroupId",
        }
        values {
            /// The number of months or days, 1 if absent. 0 is the end of the month by UCloud's
            /// SDKs, and refused by CompShare's documentation.
            quantity: u32 = "Quantity",
            /// The number of instances, 1 if absent: **each of them costs**. CompShare's
            /// documentation and the platform's command-line tool.
            max_count: u32 = "MaxCount",
            /// Whether to mount object storage; for images of containers.
            enable_us3: bool = "EnableUS3",
            /// Whether to mount the shared file storage of the zone, without buying one. Platform's
            /// command-line tool.
            enable_cfs: bool = "EnableCfs",
        }
    }
}

impl CreateCompShareInstance {
    /// Creates a request for one instance in `zone` and its region.
    pub fn new(
        zone: impl Into<Zone>,
        size: InstanceSize,
        image: impl Into<ImageId>,
        boot_disk: BootDisk,
        charge_type: impl Into<ChargeType>,
    ) -> Self {
        let zone = zone.into();
        Self::compose(
            size.gpu_type,
            size.gpus,
            size.cpus,
            size.memory,
            image.into(),
            vec![boot_disk.into()],
            charge_type.into(),
        )
        .machine_type("G")
        .minimal_cpu_platform(CpuPlatform::Auto)
        .region(zone.region())
        .zone(zone)
    }

    /// Adds a data disk, which costs on its own and outlives the instance.
    pub fn data_disk(mut self, disk_type: impl Into<DiskType>, size: Gigabytes) -> Self {
        self.disks.push(DiskSpec::data(disk_type, size));
        self
    }
}

record! {
    /// The new instances.
    ///
    /// A field of an unexpected form is no error here, since the instances exist: see
    /// [`extra`](Self::extra).
    pub response CreateCompShareInstanceResponse {
        /// The ids of the new instances. The second name is read by the platform's command-line
        /// tool.
        instance_ids: Vec<InstanceId> = "UHostIds" | "UHostId",
        /// Warnings, for humans. CompShare's documentation only.
        warnings: Vec<String> = "Warning",
        /// The password to log in with; read by the platform's command-line tool.
        password: Option<Password> = "Password",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::wire::request::pairs;
    use crate::{Action, Effect};

    fn request() -> CreateCompShareInstance {
        CreateCompShareInstance::new(
            "cn-wlcb-01",
            InstanceSize::new("4090", 1, 16, Gigabytes(64)),
            "compshareImage-1",
            BootDisk::new("CLOUD_SSD", Gigabytes(100)),
            ChargeType::Postpay,
        )
    }

    #[test]
    fn create_sends_required_parameters_and_defaults() {
        let expected = [
            "GpuType=4090",
            "GPU=1",
            "CPU=16",
            "Memory=65536",
            "CompShareImageId=compshareImage-1",
            "Disks.0.IsBoot=true",
            "Disks.0.Type=CLOUD_SSD",
            "Disks.0.Size=100",
            "ChargeType=Postpay",
            "MachineType=G",
            "MinimalCpuPlatform=Auto",
            "Region=cn-wlcb",
            "Zone=cn-wlcb-01",
        ];
        assert_eq!(pairs(&request()), expected);
        assert_eq!(CreateCompShareInstance::EFFECT, Effect::Write);
    }

    #[test]
    fn create_sends_optional_parameters() {
        let request = request()
            .data_disk(DiskType::CloudSsd, Gigabytes(10))
            .region("cn-x")
            .minimal_cpu_platform("intel/auto")
            .name("训练")
            .remark("r")
            .password("hunter-2")
            .login_mode("Password")
            .security_group_id("firewall-1")
            .project_id("org-1")
            .quantity(2)
            .max_count(3)
            .enable_us3(true)
            .enable_cfs(false);
        let expected = "Disks.1.IsBoot=false Disks.1.Type=CLOUD_SSD Disks.1.Size=10 ChargeType=Postpay MachineType=G \
            MinimalCpuPlatform=Intel/Auto Name=训练 Remark=r Password=aHVudGVyLTI= LoginMode=Password \
            SecurityGroupId=firewall-1 Region=cn-x Zone=cn-wlcb-01 ProjectId=org-1 Quantity=2 MaxCount=3 EnableUS3=true \
            EnableCfs=false";
        assert!(
            pairs(&request).join(" ").ends_with(expected),
            "{:?}",
            pairs(&request)
        );
        let shown = format!("{request:?}");
        assert!(
            shown.contains("Password(..)") && !shown.contains("aHVu") && !shown.contains("hunter"),
            "{shown}"
        );
    }

    #[test]
    fn create_response_accepts_any_form() {
        let read = |value: serde_json::Value| {
            let response: CreateCompShareInstanceResponse =
                serde_json::from_value(value.clone()).unwrap();
            assert_eq!(
                serde_json::to_value(&response).unwrap(),
                value,
                "nothing is lost"
            );
            response
        };
        let response = read(
            json!({"UHostIds": ["uhost-1", "uhost-2"], "Warning": ["w"], "Password": "aHVudGVyLTI="}),
        );
        assert_eq!(response.instance_ids, ["uhost-1".into(), "uhost-2".into()]);
        assert_eq!(response.password.unwrap().expose(), "hunter-2");
        assert_eq!(
            read(json!({"UHostId": "cpod-1"})).instance_ids,
            ["cpod-1".into()]
        );
        for odd in [
            json!({}),
            json!({"UHostIds": null}),
            json!({"UHostIds": {"a": [1]}}),
            json!({"Ids": [{"a": 1}]}),
        ] {
            assert!(read(odd).instance_ids.is_empty());
        }
    }
}
