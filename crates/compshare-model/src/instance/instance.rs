//! The record of an instance.

use crate::wire::record::record;
use crate::{
    ChargeType, DiskPrice, GpuType, GraphicsMemory, ImageId, ImageOwner, ImageStatus, ImageType,
    InstanceAddress, InstanceConfig, InstanceDisk, InstanceId, InstanceLoad, InstancePorts,
    InstanceSoftware, InstanceState, InstanceType, Megabytes, OsType, Password, Price, ProjectId,
    Region, Timestamp, Zone,
};

record! {
    /// An instance (`UHostSet`).
    ///
    /// Every field may be absent or `null`. Sources are CompShare's and UCloud's documentation
    /// unless a field says otherwise. Fields that the documentation calls internal are in
    /// [`extra`](Self::extra), as are `VolumeSet` and `TcpForwards`, whose form no source shows.
    ///
    /// The prices are absent unless the instance is requested by its id (reported by a third-party
    /// client). An absent price is unknown, not 0.
    ///
    /// `Debug` hides the passwords and the addresses of programs; `Serialize` writes them. See
    /// [`Password`](crate::Password).
    ///
    /// ```
    /// use compshare_model::{Instance, InstanceState, Megabytes};
    ///
    /// let json = r#"{"UHostId": "uhost-1pl07y4wkaaq", "Name": "train", "State": "Running",
    ///     "GPU": 1, "Memory": "65536", "AutoRenew": "Yes", "Password": "aHVudGVyLTI=", "InstancePrice": 1.88}"#;
    /// let instance: Instance = serde_json::from_str(json)?;
    /// assert_eq!(instance.state, Some(InstanceState::Running));
    /// assert_eq!(instance.memory, Some(Megabytes(65_536)));
    /// assert_eq!(instance.auto_renew, Some(true));
    /// assert_eq!(instance.password.as_ref().unwrap().expose(), "hunter-2");
    /// assert!(!format!("{instance:?}").contains("aHVudGVyLTI="));
    ///
    /// // Nothing is lost.
    /// let before: serde_json::Value = serde_json::from_str(json)?;
    /// assert_eq!(serde_json::to_value(&instance)?, before);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Instance {
        /// The instance's id, empty if absent.
        id: InstanceId = "UHostId",
        /// The instance's name, empty if absent. Not unique.
        name: String = "Name",
        /// The state.
        state: Option<InstanceState> = "State",
        /// The region. In no documentation, and always sent as clients report.
        region: Option<Region> = "Region",
        /// The zone.
        zone: Option<Zone> = "Zone",
        /// The project; reported by a third-party client. Empty for the default one.
        project_id: Option<ProjectId> = "ProjectId",
        /// A free note.
        remark: Option<String> = "Remark",
        /// The business group.
        tag: Option<String> = "Tag",
        /// The type of GPU.
        gpu_type: Option<GpuType> = "GpuType",
        /// The number of GPUs; 0 while it runs without.
        gpu: Option<u64> = "GPU",
        /// The number of cores.
        cpu: Option<u64> = "CPU",
        /// The memory in MB.
        memory: Option<Megabytes> = "Memory",
        /// The memory of each GPU.
        graphics_memory: Option<GraphicsMemory> = "GraphicsMemory",
        /// The platform of the CPU.
        cpu_platform: Option<String> = "CpuPlatform",
        /// The architecture of the CPU.
        cpu_arch: Option<String> = "CpuArch",
        /// The machine family; `G` is for GPUs.
        machine_type: Option<String> = "MachineType",
        /// Whether it was made from an image of a virtual machine or of a container.
        instance_type: Option<InstanceType> = "InstanceType",
        /// The kind of operating system.
        os_type: Option<OsType> = "OsType",
        /// The operating system.
        os_name: Option<String> = "OsName",
        /// The image.
        image_id: Option<ImageId> = "CompShareImageId",
        /// The image's name.
        image_name: Option<String> = "CompShareImageName",
        /// The image's version; reported by the platform's command-line tool.
        image_version: Option<String> = "CompShareImageVersionName",
        /// The image's author; reported by the platform's command-line tool.
        image_author: Option<String> = "CompShareImageAuthor",
        /// Where the image belongs.
        image_type: Option<ImageType> = "CompShareImageType",
        /// Who stands behind the image.
        image_owner: Option<ImageOwner> = "CompShareImageOwnerAlias",
        /// The image's state.
        image_status: Option<ImageStatus> = "CompShareImageStatus",
        /// The image's price in yuan.
        image_price: Option<Price> = "CompShareImagePrice",
        /// The image's id in the bills.
        image_bill_id: Option<String> = "CompShareImageBillId",
        /// The base image, in ids of the host product; reported by the platform's command-line
        /// tool.
        base_image_id: Option<String> = "BasicImageId",
        /// The base image's name; reported by the platform's command-line tool.
        base_image_name: Option<String> = "BasicImageName",
        /// The image's id in the host product; reported by the platform's command-line tool.
        host_image_id: Option<String> = "ImageId",
        /// How it is paid for. `Postpay` or absent for a spot instance.
        charge_type: Option<ChargeType> = "ChargeType",
        /// Whether it is a spot instance; reported by a third-party client.
        is_spot: Option<bool> = "IsSpot",
        /// Whether it is renewed by itself; sent as `"Yes"` or `"No"`.
        auto_renew: Option<bool> as YesNo = "AutoRenew",
        /// Whether it has expired; sent as `"Yes"` or `"No"`.
        is_expired: Option<bool> as YesNo = "IsExpire",
        /// The price of computing in yuan; 0 while a `Postpay` instance is stopped.
        price: Option<Price> = "InstancePrice",
        /// The price of the disks in yuan; reported by the platform's command-line tool.
        disk_price: Option<Price> = "DiskPrice",
        /// The prices of the disks.
        disk_prices: Vec<DiskPrice> = "DiskPriceInfo",
        /// The prices of what costs while the instance is stopped. The second spelling is a third
        /// party's.
        stopped_prices: Vec<DiskPrice> = "PostPayPowerOffBillingResource"
            | "PostPayPowerOffBillingResources",
        /// The discount in force: 1 by night, 2 on holidays.
        discount_type: Option<i64> = "DiscountType",
        /// When it was created.
        create_time: Option<Timestamp> = "CreateTime",
        /// When it was started.
        start_time: Option<Timestamp> = "StartTime",
        /// By UCloud's SDKs when it will be stopped. They have
        /// [`scheduler_stop_time`](Self::scheduler_stop_time) beside it, so rather when it was
        /// stopped last.
        stop_time: Option<Timestamp> = "StopTime",
        /// When it will be stopped; 0 for never, see [`planned_stop`](Self::planned_stop). The
        /// first name is the one that is sent, the second that of UCloud's SDKs.
        scheduler_stop_time: Option<Timestamp> = "SchedulerStopTime" | "StopSchedulerTime",
        /// When it was changed.
        update_time: Option<Timestamp> = "UpdateTime",
        /// When it expires.
        expire_time: Option<Timestamp> = "ExpireTime",
        /// When it is deleted by itself, while it is stopped.
        release_time: Option<Timestamp> = "ReleaseTime",
        /// The disks.
        disks: Vec<InstanceDisk> = "DiskSet",
        /// The disks in the network; reported by the platform's command-line tool.
        cloud_disks: Vec<InstanceDisk> = "UDiskSet",
        /// The size of all data disks, in GB.
        total_disk_space: Option<u64> = "TotalDiskSpace",
        /// The size of all shared volumes, in GB; reported by the platform's command-line tool.
        total_volume_space: Option<u64> = "TotalVolumeSpace",
        /// The addresses.
        addresses: Vec<InstanceAddress> = "IPSet",
        /// The host of a container instance's HTTP ports; reported by a third-party client.
        ingress_host: Option<String> = "IngressHost",
        /// The open ports of a container instance; reported by third-party clients.
        ports: Option<InstancePorts> = "Ports",
        /// The command to log in with, such as `ssh -p 24329 root@host`. Empty while the instance
        /// is stopped.
        ssh_login_command: Option<String> = "SshLoginCommand",
        /// The password to log in with.
        password: Option<Password> = "Password",
        /// The password of the web file browser; reported by the platform's command-line tool.
        file_browser_password: Option<Password> = "FileBrowserPassword",
        /// The programs and their addresses.
        softwares: Vec<InstanceSoftware> = "Softwares",
        /// Whether it can be started without a GPU.
        supports_start_without_gpu: Option<bool> = "SupportWithoutGpuStart",
        /// The size without a GPU.
        without_gpu_spec: Option<InstanceConfig> = "WithoutGpuSpec",
        /// The size with GPUs, while it runs without; reported by a third-party client.
        size_with_gpu: Option<InstanceConfig> = "SrcInstanceConfig",
        /// The load.
        load: Option<InstanceLoad> = "MonitorMessages",
    }
}

impl Instance {
    /// Returns when the instance will be stopped, if that is planned.
    pub fn planned_stop(&self) -> Option<Timestamp> {
        self.scheduler_stop_time.filter(|time| time.as_secs() > 0)
    }

    /// Returns `true` if the record marks a spot instance.
    pub fn is_spot(&self) -> bool {
        self.is_spot == Some(true) || self.charge_type == Some(ChargeType::Spot)
    }

    /// Returns `true` if the instance is known to run without a GPU.
    pub fn runs_without_gpu(&self) -> bool {
        self.state == Some(InstanceState::Running) && self.gpu == Some(0)
    }
}
